/*---
title     = "Coördinatie niet in verhouding tot de zorg"
question  = "Bij welke jeugdigen is over een jaar naar verhouding veel coördinatie gedeclareerd tegenover de zorg?"
why       = "Een inzet die niet in verhouding staat tot de zorg is buitengewoon, en daarover hoort vooraf overleg te zijn."
kind      = "signaal"
regel     = "M13"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["jeugdige", "jeugdigen"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Bij {n#} van de {van} jeugdigen met zorgcoördinatie is over vier kwartalen meer coördinatie gedeclareerd dan {drempel} procent van de uren zorg."
gesprek   = "Is deze inzet vooraf besproken, en is die nog nodig?"
remedie   = "Leg de afspraak over extra inzet vast, of bouw de coördinatie af."
goed      = "20 uur coördinatie op 40 uur zorg bij een grens van 50 procent."
fout      = "40 uur coördinatie op 25 uur zorg bij een grens van 50 procent."
drempels  = ["coordinatie.verhouding_procent"]
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zorg in een eenheid zonder minuten telt niet in de uren. Zonder die zorg is de verhouding te groot: boven de grens is dan niet te bepalen.
WITH uren AS (
  SELECT
    gemeente, client, MIN(CASE WHEN c = 1 THEN toewijzingnummer END) AS toewijzingnummer, MIN(agb) AS een_agb,
    MIN(CASE WHEN c = 1 THEN agb END) AS agb, MAX(kwartaal) AS kwartaal,
    MIN(CASE WHEN c = 1 THEN aanbieder END) AS aanbieder, MAX(CASE WHEN c = 1 THEN aanbieder END) AS andere_aanbieder,
    COALESCE(SUM(CASE WHEN c = 1 THEN minuten END), 0) AS coordinatie, COALESCE(SUM(CASE WHEN c = 0 THEN minuten END), 0) AS zorg,
    SUM(CASE WHEN c = 1 THEN bedrag_ct ELSE 0 END) AS kosten_ct,
    SUM(CASE WHEN c = 1 AND minuten IS NULL THEN 1 ELSE 0 END) AS coordinatie_onbekend,
    SUM(CASE WHEN c = 0 AND minuten IS NULL THEN 1 ELSE 0 END) AS zorg_onbekend,
    SUM(CASE WHEN c = 1 THEN volume_milli ELSE 0 END) AS volume_milli
  FROM (
    SELECT
      gemeente, client, toewijzingnummer, agb, aanbieder, kwartaal, minuten, volume_milli, bedrag_ct,
      CASE
        WHEN is_coordinatie THEN 1
        WHEN LOWER(activiteit) IN ('zorgcoordinatie', 'zorgcoördinatie', 'coordinatie', 'coördinatie', 'zorgregie', 'regie') THEN 1
        ELSE 0
      END AS c
    FROM declaraties
  ) AS regels
  GROUP BY gemeente, client
),
zichtbaar AS (
  -- Is er in de hele regio geen coördinatie te herkennen, dan is van niemand iets te zeggen.
  SELECT MAX(CASE WHEN volume_milli > 0 THEN 1 ELSE 0 END) AS is_er FROM uren
)
SELECT
  u.gemeente AS gemeente, CASE WHEN u.aanbieder = u.andere_aanbieder THEN u.aanbieder END AS aanbieder, u.client AS client,
  u.kwartaal AS kwartaal, COALESCE(u.toewijzingnummer, 'zonder toewijzingnummer · ' || COALESCE(u.agb, u.een_agb)) AS geval,
  CASE
    WHEN r.verhouding_procent IS NULL OR z.is_er = 0 THEN NULL
    WHEN u.coordinatie * 100 > u.zorg * r.verhouding_procent AND u.zorg_onbekend = 0 THEN TRUE
    WHEN u.coordinatie * 100 > u.zorg * r.verhouding_procent OR u.coordinatie_onbekend > 0 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(u.kosten_ct AS BIGINT) AS bedrag_ct,
  CAST(u.coordinatie AS BIGINT) AS minuten_coordinatie, CAST(u.zorg AS BIGINT) AS minuten_zorg
FROM uren AS u
CROSS JOIN regio AS r
CROSS JOIN zichtbaar AS z
WHERE u.volume_milli > 0 OR z.is_er = 0
