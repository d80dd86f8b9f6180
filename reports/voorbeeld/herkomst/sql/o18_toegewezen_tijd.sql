/*---
title        = "Toegewezen tijd in afgelopen toewijzingen"
question     = "Hoeveel tijd zorgcoördinatie was toegewezen in de toewijzingen die eindigden?"
why          = "Dit is de noemer van het gebruik: wat er had mogen worden ingezet."
kind         = "measure"
regel        = "O18"
hoofdstuk    = "zorgcoordinatie"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"], ["gemeente"]]
value        = "minuten"
unit         = "minuten"
contributors = ["client", "aanbieder"]
measure      = "coordinatie_toegewezen"
period       = "acht_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
zin          = "In de toewijzingen die dit kwartaal eindigden, was samen {totaal} toegewezen."
---*/
-- Alleen toewijzingen waarvan alle declaraties in de acht kwartalen kunnen vallen, en waarvan het totaal vaststaat.
WITH codes AS (
  SELECT productcode FROM declaraties WHERE is_coordinatie GROUP BY productcode
)
SELECT
  t.gemeente AS gemeente, t.kwartaal AS kwartaal, t.client AS client, t.aanbieder AS aanbieder,
  CAST(SUM(FLOOR(CAST(CASE WHEN t.eenheid = '04' THEN t.toegekend_milli * 60 ELSE t.toegekend_milli END AS DOUBLE) / 1000)) AS BIGINT) AS minuten
FROM toewijzingen_per_kwartaal AS t
JOIN codes ON t.productcode = codes.productcode
CROSS JOIN regio AS r
WHERE t.eindigt AND t.toegekend_milli IS NOT NULL AND t.eenheid IN ('01', '04')
  AND CASE WHEN t.ingangsdatum_dag > r.kwartaal_eind_dag - 730 AND t.einddatum_dag > r.kwartaal_eind_dag - 365 THEN 1 ELSE 0 END = 1
GROUP BY t.gemeente, t.kwartaal, t.client, t.aanbieder
