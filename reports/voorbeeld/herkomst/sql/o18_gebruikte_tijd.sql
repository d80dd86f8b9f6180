/*---
title        = "Gebruikte tijd in afgelopen toewijzingen"
question     = "Hoeveel van de toegewezen tijd zorgcoördinatie is gebruikt in de toewijzingen die eindigden?"
why          = "Is er veel meer of minder nodig dan toegewezen, dan hoort dat tussentijds met de toegang te worden besproken."
kind         = "measure"
regel        = "O18"
hoofdstuk    = "zorgcoordinatie"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"], ["gemeente"]]
value        = "minuten"
unit         = "minuten"
contributors = ["client", "aanbieder"]
measure      = "coordinatie_gebruikt"
denominator  = "o18_toegewezen_tijd"
period       = "acht_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
zin          = "Van de tijd die was toegewezen in de toewijzingen die dit kwartaal eindigden, is {totaal} gebruikt."
---*/
-- Dezelfde toewijzingen als in o18_toegewezen_tijd; een toewijzing zonder declaraties telt mee met 0.
WITH codes AS (
  SELECT productcode FROM declaraties WHERE is_coordinatie GROUP BY productcode
),
gebruikt AS (
  SELECT gemeente, client, toewijzingnummer, SUM(minuten) AS minuten
  FROM declaraties
  WHERE is_coordinatie AND minuten IS NOT NULL
  GROUP BY gemeente, client, toewijzingnummer
)
SELECT
  t.gemeente AS gemeente, t.kwartaal AS kwartaal, t.client AS client, t.aanbieder AS aanbieder,
  CAST(SUM(COALESCE(g.minuten, 0)) AS BIGINT) AS minuten
FROM toewijzingen_per_kwartaal AS t
JOIN codes ON t.productcode = codes.productcode
CROSS JOIN regio AS r
LEFT JOIN gebruikt AS g
  ON t.gemeente = g.gemeente AND t.client = g.client AND t.toewijzingnummer = g.toewijzingnummer
WHERE t.eindigt AND t.toegekend_milli IS NOT NULL AND t.eenheid IN ('01', '04')
  AND CASE WHEN t.ingangsdatum_dag > r.kwartaal_eind_dag - 730 AND t.einddatum_dag > r.kwartaal_eind_dag - 365 THEN 1 ELSE 0 END = 1
GROUP BY t.gemeente, t.kwartaal, t.client, t.aanbieder
