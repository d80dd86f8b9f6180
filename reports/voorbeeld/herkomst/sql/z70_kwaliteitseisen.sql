/*---
title     = "Niet alle acht kwaliteitseisen vastgelegd"
question  = "Bij welke toegekende aanvragen zijn niet alle acht kwaliteitseisen met ja vastgelegd?"
why       = "Een aanbieder zonder contract is door niemand anders getoetst; de acht eisen zijn de toets."
kind      = "signaal"
regel     = "Z70"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["toegekende aanvraag", "toegekende aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van}) zijn niet alle acht kwaliteitseisen met ja vastgelegd."
gesprek   = "Is de eis niet getoetst, of niet opgeschreven?"
remedie   = "Vraag de aanbieder om wat ontbreekt, en leg het vast bij de aanvraag."
goed      = "Een toegekende aanvraag met acht keer ja."
fout      = "Een toegekende aanvraag met zeven keer ja, waarbij de VOG leeg is of nee."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- What is empty was not recorded, and that is what the rule is about; a requirement that is empty everywhere is a
-- column that the export does not have. Only what was granted is looked at: the rest may still be asked.
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
eisen AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, maatwerk_id, besluitdatum,
         CASE WHEN eis_skj THEN 0 WHEN n_eis_skj > 0 THEN 1 END AS zonder_skj,
         CASE WHEN eis_plan THEN 0 WHEN n_eis_plan > 0 THEN 1 END AS zonder_plan,
         CASE WHEN eis_kwaliteit THEN 0 WHEN n_eis_kwaliteit > 0 THEN 1 END AS zonder_kwaliteit,
         CASE WHEN eis_methodiek THEN 0 WHEN n_eis_methodiek > 0 THEN 1 END AS zonder_methodiek,
         CASE WHEN eis_vog THEN 0 WHEN n_eis_vog > 0 THEN 1 END AS zonder_vog,
         CASE WHEN eis_meldcode THEN 0 WHEN n_eis_meldcode > 0 THEN 1 END AS zonder_meldcode,
         CASE WHEN eis_calamiteiten THEN 0 WHEN n_eis_calamiteiten > 0 THEN 1 END AS zonder_calamiteiten,
         CASE WHEN eis_vertrouwenspersoon THEN 0 WHEN n_eis_vertrouwenspersoon > 0 THEN 1 END AS zonder_vertrouwenspersoon
  FROM aanvragen CROSS JOIN kolommen
  WHERE besluit = 'toegekend' OR maatwerk_id IS NOT NULL
),
geteld AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, maatwerk_id, besluitdatum,
         COALESCE(zonder_skj, 0) + COALESCE(zonder_plan, 0) + COALESCE(zonder_kwaliteit, 0)
         + COALESCE(zonder_methodiek, 0) + COALESCE(zonder_vog, 0) + COALESCE(zonder_meldcode, 0)
         + COALESCE(zonder_calamiteiten, 0) + COALESCE(zonder_vertrouwenspersoon, 0) AS n_zonder,
         zonder_skj + zonder_plan + zonder_kwaliteit + zonder_methodiek + zonder_vog + zonder_meldcode
         + zonder_calamiteiten + zonder_vertrouwenspersoon AS alle_bekend,
         CASE WHEN zonder_skj = 1 THEN ', SKJ en verantwoorde werktoedeling' ELSE '' END
         || CASE WHEN zonder_plan = 1 THEN ', hulpverleningsplan' ELSE '' END
         || CASE WHEN zonder_kwaliteit = 1 THEN ', kwaliteitsbewaking' ELSE '' END
         || CASE WHEN zonder_methodiek = 1 THEN ', passende methodieken' ELSE '' END
         || CASE WHEN zonder_vog = 1 THEN ', VOG' ELSE '' END
         || CASE WHEN zonder_meldcode = 1 THEN ', meldcode' ELSE '' END
         || CASE WHEN zonder_calamiteiten = 1 THEN ', meldplicht calamiteiten en geweld' ELSE '' END
         || CASE WHEN zonder_vertrouwenspersoon = 1 THEN ', vertrouwenspersoon' ELSE '' END AS namen
  FROM eisen
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       CASE WHEN n_zonder > 0 THEN TRUE WHEN alle_bekend = 0 THEN FALSE END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       maatwerk_id, besluitdatum, CAST(n_zonder AS BIGINT) AS eisen_niet_vastgelegd,
       SUBSTR(namen, 3) AS ontbrekende_eisen
FROM geteld
