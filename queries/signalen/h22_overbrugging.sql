/*---
title        = "Overbruggingszorg"
question     = "Wie levert overbruggingszorg, en voor hoeveel euro?"
why          = "Overbrugging laat zien waar de gewone hulp niet op tijd begint."
kind         = "measure"
keys         = ["aanbieder", "gemeente", "kwartaal"]
levels       = [["aanbieder", "kwartaal"], ["gemeente", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_overbrugging"
period       = "acht_kwartalen"
regel        = "H22"
hoofdstuk    = "kosten"
zin          = "Voor overbruggingszorg is {totaal} gedeclareerd, het meest door {grootste}."
optional     = ["producten", "productgroepen"]
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Products that the region names as overbrugging. When it names none: those that say so in the product list, but not what is with
-- or without it.
WITH gegeven AS (
  SELECT productcode FROM productgroepen WHERE groep = 'overbrugging'
),
telling AS (
  SELECT COUNT(*) AS n FROM gegeven
),
genoemd AS (
  SELECT productcode FROM gegeven
  UNION ALL
  SELECT p.productcode
  FROM producten p
  CROSS JOIN telling t
  WHERE t.n = 0 AND LOWER(p.naam) LIKE '%overbrugging%'
    AND LOWER(p.naam) NOT LIKE '%excl%' AND LOWER(p.naam) NOT LIKE '%incl%' AND LOWER(p.naam) NOT LIKE '%zonder%'
),
groep AS (
  SELECT DISTINCT productcode FROM genoemd
)
SELECT d.aanbieder, d.gemeente, d.kwartaal, d.client, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
INNER JOIN groep g ON d.productcode = g.productcode
GROUP BY d.aanbieder, d.gemeente, d.kwartaal, d.client
