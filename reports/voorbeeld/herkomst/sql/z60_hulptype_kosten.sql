/*---
title        = "Kosten van maatwerk naar soort hulp"
question     = "Hoeveel is er per soort hulp gedeclareerd onder de maatwerkovereenkomsten?"
why          = "Een klein deel van de overeenkomsten, verblijf, maakt vaak het grootste deel van de kosten."
kind         = "measure"
keys         = ["hulptype", "gemeente", "kwartaal"]
levels       = [["hulptype", "kwartaal"], ["hulptype", "gemeente", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_hulptype"
period       = "kwartaal"
regel        = "Z60"
hoofdstuk    = "maatwerk"
zin          = "Van {totaal} aan maatwerk gaat het grootste deel naar {grootste}: {grootste_aandeel}."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Maatwerk zonder overeenkomst in het register staat onder onbekend.
WITH soorten AS (
  SELECT maatwerk_id, client, MIN(COALESCE(hulptype, CASE WHEN is_verblijf THEN 'verblijf' WHEN NOT is_verblijf THEN 'ambulant'
      ELSE CAST(NULL AS VARCHAR) END)) AS hulptype
  FROM overeenkomsten
  GROUP BY maatwerk_id, client
),
kosten AS (
  SELECT maatwerk_id, gemeente, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  WHERE is_maatwerk
  GROUP BY maatwerk_id, gemeente, kwartaal, client, aanbieder
)
SELECT s.hulptype AS hulptype, k.gemeente AS gemeente, k.kwartaal AS kwartaal, k.client AS client, k.aanbieder AS aanbieder,
  SUM(k.bedrag_ct) AS bedrag_ct
FROM kosten AS k
LEFT JOIN soorten AS s ON k.maatwerk_id = s.maatwerk_id AND k.client = s.client
GROUP BY s.hulptype, k.gemeente, k.kwartaal, k.client, k.aanbieder
