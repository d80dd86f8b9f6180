/*---
title        = "Maatwerk naar soort hulp"
question     = "Hoeveel maatwerkovereenkomsten liepen er per soort hulp?"
why          = "Verblijf is duur en ambulante hulp komt vaak voor; samen genomen zegt een aantal weinig."
kind         = "measure"
keys         = ["hulptype", "gemeente", "kwartaal"]
levels       = [["hulptype", "kwartaal"], ["hulptype", "gemeente", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "overeenkomsten"
contributors = ["client", "aanbieder"]
measure      = "maatwerk_hulptype"
period       = "kwartaal"
regel        = "Z60"
hoofdstuk    = "maatwerk"
zin          = "Van {totaal} die in het kwartaal liepen, is de meest voorkomende soort hulp {grootste}: {grootste_aandeel}."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
WITH lopend AS (
  SELECT COALESCE(hulptype, CASE WHEN is_verblijf THEN 'verblijf' WHEN NOT is_verblijf THEN 'ambulant'
      ELSE CAST(NULL AS VARCHAR) END) AS hulptype, gemeente, kwartaal, client, aanbieder, maatwerk_id
  FROM overeenkomsten_per_kwartaal
)
SELECT hulptype, gemeente, kwartaal, client, aanbieder, CAST(COUNT(DISTINCT maatwerk_id) AS BIGINT) AS aantal
FROM lopend
GROUP BY hulptype, gemeente, kwartaal, client, aanbieder
