/*---
title     = "Meer uren zorgcoördinatie toegewezen dan het maximum"
question  = "Welke toewijzingen zorgcoördinatie laten meer uren toe dan het maximum per toewijzing?"
why       = "Staat er meer in de toewijzing, dan declareert de aanbieder met recht meer dan de regio afsprak."
kind      = "signaal"
regel     = "O02"
hoofdstuk = "zorgcoordinatie"
invloed   = "gemeente"
geval     = ["toewijzing voor zorgcoördinatie", "toewijzingen voor zorgcoördinatie"]
nummer    = "toewijzing"
zin       = "{n#} van de {van} toewijzingen voor zorgcoördinatie {n?laat|laten} meer dan {drempel} uur toe."
gesprek   = "Is bewust meer toegewezen dan de regio afsprak?"
remedie   = "Pas de toewijzing aan naar het maximum, of leg vast waarom meer nodig is."
goed      = "Een toewijzing van een jaar met 52 uur in totaal, of met één uur per week gedurende 52 weken."
fout      = "Een toewijzing van een jaar met twee uur per week."
drempels  = ["coordinatie.max_uren", "coordinatie.looptijd_maanden"]
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Wat de toewijzing in totaal toelaat, gerekend zoals de iJw-standaard dat doet (per week, per maand of in totaal). De codes zijn
-- die waarop zorgcoördinatie is gedeclareerd.
WITH codes AS (
  SELECT productcode FROM declaraties WHERE is_coordinatie GROUP BY productcode
),
toegewezen AS (
  SELECT
    t.gemeente AS gemeente, t.aanbieder AS aanbieder, t.client AS client, t.toewijzingnummer AS toewijzingnummer,
    MAX(t.kwartaal) AS kwartaal, MAX(t.looptijd_dagen) AS looptijd_dagen,
    MAX(CASE WHEN t.eenheid = '04' THEN t.toegekend_milli * 60 WHEN t.eenheid = '01' THEN t.toegekend_milli END) AS minuten_milli
  FROM toewijzingen_per_kwartaal AS t
  JOIN codes ON t.productcode = codes.productcode
  GROUP BY t.gemeente, t.aanbieder, t.client, t.toewijzingnummer
)
SELECT
  t.gemeente AS gemeente, t.aanbieder AS aanbieder, t.client AS client, t.kwartaal AS kwartaal,
  t.toewijzingnummer AS geval,
  CASE
    WHEN t.minuten_milli IS NULL OR r.max_uren IS NULL THEN NULL
    WHEN t.minuten_milli <= r.max_uren * 60000 THEN FALSE
    WHEN t.looptijd_dagen * 12 <= r.looptijd_maanden * 366 THEN TRUE
    ELSE NULL
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CAST(FLOOR(CAST(t.minuten_milli AS DOUBLE) / 1000) AS BIGINT) AS minuten_toegewezen,
  t.looptijd_dagen AS looptijd_dagen
FROM toegewezen AS t
CROSS JOIN regio AS r
