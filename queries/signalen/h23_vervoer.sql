/*---
title        = "Vervoer per gemeente"
question     = "Wat kostte vervoer per gemeente, en welk deel is dat van alle jeugdhulp?"
why          = "Vervoer groeit ongemerkt mee met hulp die verder weg wordt gegeven."
kind         = "measure"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_vervoer"
denominator  = "kosten_totaal"
period       = "acht_kwartalen"
regel        = "H23"
hoofdstuk    = "kosten"
zin          = "Voor vervoer is {totaal} gedeclareerd, het meest in {grootste}."
optional     = ["producten", "productgroepen"]
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Products of the national category 42 (vervoerdiensten), and those that the region calls vervoer. When it names none: those
-- that the product list calls so, but not what is with or without it.
WITH gegeven AS (
  SELECT productcode FROM productgroepen WHERE groep = 'vervoer'
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
  WHERE t.n = 0 AND LOWER(p.naam) LIKE '%vervoer%'
    AND LOWER(p.naam) NOT LIKE '%excl%' AND LOWER(p.naam) NOT LIKE '%incl%' AND LOWER(p.naam) NOT LIKE '%zonder%'
),
groep AS (
  SELECT DISTINCT productcode FROM genoemd
)
SELECT d.gemeente, d.kwartaal, d.client, d.aanbieder, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
LEFT JOIN groep g ON d.productcode = g.productcode
WHERE g.productcode IS NOT NULL OR COALESCE(d.productcategorie, SUBSTR(d.productcode, 1, 2)) = '42'
GROUP BY d.gemeente, d.kwartaal, d.client, d.aanbieder
