/*---
title        = "Welke kwaliteitseis ontbreekt"
question     = "Welke van de acht kwaliteitseisen is bij toegekende aanvragen het vaakst niet vastgelegd?"
why          = "Eén eis die steeds ontbreekt, vraagt om een beter formulier en niet om een gesprek per aanvraag."
kind         = "measure"
keys         = ["gemeente", "eis", "kwartaal"]
levels       = [["eis", "kwartaal"], ["gemeente", "eis", "kwartaal"]]
value        = "keren"
unit         = "keren"
contributors = ["client", "aanbieder"]
measure      = "eis_niet_vastgelegd"
regel        = "Z70"
hoofdstuk    = "proces"
zin          = "Het vaakst ontbreekt: {grootste} ({grootste_aandeel} van alles wat ontbreekt)."
period       = "kwartaal"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- One row per request and requirement that is empty or no. A requirement that is empty everywhere is a column that the
-- export does not have, and is left out.
WITH kolommen AS (
  SELECT COUNT(eis_skj) AS n_eis_skj,
         COUNT(eis_plan) AS n_eis_plan,
         COUNT(eis_kwaliteit) AS n_eis_kwaliteit,
         COUNT(eis_methodiek) AS n_eis_methodiek,
         COUNT(eis_vog) AS n_eis_vog,
         COUNT(eis_meldcode) AS n_eis_meldcode,
         COUNT(eis_calamiteiten) AS n_eis_calamiteiten,
         COUNT(eis_vertrouwenspersoon) AS n_eis_vertrouwenspersoon
  FROM aanvragen
),
toegekend AS (
  SELECT gemeente, kwartaal, client, aanbieder,
         eis_skj, eis_plan, eis_kwaliteit, eis_methodiek, eis_vog, eis_meldcode, eis_calamiteiten,
         eis_vertrouwenspersoon,
         n_eis_skj, n_eis_plan, n_eis_kwaliteit, n_eis_methodiek, n_eis_vog, n_eis_meldcode,
         n_eis_calamiteiten, n_eis_vertrouwenspersoon
  FROM aanvragen CROSS JOIN kolommen
  WHERE besluit = 'toegekend' OR maatwerk_id IS NOT NULL
),
ontbrekend AS (
  SELECT gemeente, kwartaal, client, aanbieder, 'SKJ en verantwoorde werktoedeling' AS eis
  FROM toegekend WHERE n_eis_skj > 0 AND (eis_skj IS NULL OR NOT eis_skj)
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'hulpverleningsplan' AS eis
  FROM toegekend WHERE n_eis_plan > 0 AND (eis_plan IS NULL OR NOT eis_plan)
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'kwaliteitsbewaking' AS eis
  FROM toegekend WHERE n_eis_kwaliteit > 0 AND (eis_kwaliteit IS NULL OR NOT eis_kwaliteit)
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'passende methodieken' AS eis
  FROM toegekend WHERE n_eis_methodiek > 0 AND (eis_methodiek IS NULL OR NOT eis_methodiek)
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'VOG' AS eis
  FROM toegekend WHERE n_eis_vog > 0 AND (eis_vog IS NULL OR NOT eis_vog)
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'meldcode' AS eis
  FROM toegekend WHERE n_eis_meldcode > 0 AND (eis_meldcode IS NULL OR NOT eis_meldcode)
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'meldplicht calamiteiten en geweld' AS eis
  FROM toegekend WHERE n_eis_calamiteiten > 0 AND (eis_calamiteiten IS NULL OR NOT eis_calamiteiten)
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'vertrouwenspersoon' AS eis
  FROM toegekend WHERE n_eis_vertrouwenspersoon > 0 AND (eis_vertrouwenspersoon IS NULL OR NOT eis_vertrouwenspersoon)
)
SELECT gemeente, eis, kwartaal, client, aanbieder, COUNT(*) AS keren
FROM ontbrekend
GROUP BY gemeente, eis, kwartaal, client, aanbieder
