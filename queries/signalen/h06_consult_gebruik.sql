/*---
title        = "Consult en advies per gemeente en aanbieder"
question     = "Wie gaf consult en advies, in welke gemeente en voor hoeveel euro?"
why          = "Tijdig expertise inroepen is een doel van de inkoop; dit laat zien waar het gebeurt."
kind         = "measure"
keys         = ["gemeente", "aanbieder", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["aanbieder", "kwartaal"], ["gemeente", "aanbieder", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_consult"
period       = "acht_kwartalen"
regel        = "H06"
hoofdstuk    = "kosten"
zin          = "Voor consult en advies is {totaal} gedeclareerd, het meest in {grootste}."
optional     = ["producten", "productgroepen"]
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Products that the region names as consult. When it names none: those that say so in the product list, but not what is with
-- or without it.
WITH gegeven AS (
  SELECT productcode FROM productgroepen WHERE groep = 'consult'
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
  WHERE t.n = 0 AND LOWER(p.naam) LIKE '%consult%'
    AND LOWER(p.naam) NOT LIKE '%excl%' AND LOWER(p.naam) NOT LIKE '%incl%' AND LOWER(p.naam) NOT LIKE '%zonder%'
),
groep AS (
  SELECT DISTINCT productcode FROM genoemd
)
SELECT d.gemeente, d.aanbieder, d.kwartaal, d.client, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
INNER JOIN groep g ON d.productcode = g.productcode
GROUP BY d.gemeente, d.aanbieder, d.kwartaal, d.client
