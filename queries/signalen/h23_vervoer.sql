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
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- The products the region names as transport, and those of the national category 42 (vervoerdiensten).
WITH groep AS (
  SELECT DISTINCT productcode FROM productgroepen WHERE groep = 'vervoer'
)
SELECT d.gemeente, d.kwartaal, d.client, d.aanbieder, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
LEFT JOIN groep g ON d.productcode = g.productcode
WHERE g.productcode IS NOT NULL OR COALESCE(d.productcategorie, SUBSTR(d.productcode, 1, 2)) = '42'
GROUP BY d.gemeente, d.kwartaal, d.client, d.aanbieder
