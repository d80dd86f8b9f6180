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
-- Products that the region names as overbrugging, and those that say so in the product list.
WITH genoemd AS (
  SELECT productcode FROM productgroepen WHERE groep = 'overbrugging'
  UNION ALL
  SELECT productcode FROM producten WHERE LOWER(naam) LIKE '%overbrugging%'
),
groep AS (
  SELECT DISTINCT productcode FROM genoemd
)
SELECT d.aanbieder, d.gemeente, d.kwartaal, d.client, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
INNER JOIN groep g ON d.productcode = g.productcode
GROUP BY d.aanbieder, d.gemeente, d.kwartaal, d.client
