/*---
title     = "Coördinatie als deel van alle uren"
question  = "Bij welke jeugdigen is de coördinatie een groot deel van alle gedeclareerde uren?"
why       = "Zorgcoördinatie hoort bij het gewone werk en wordt niet groter gemaakt dan nodig."
kind      = "signaal"
regel     = "M12"
hoofdstuk = "zorgcoordinatie"
invloed   = "aanbieder"
geval     = ["jeugdige", "jeugdigen"]
nummer    = "toewijzing"
zin       = "Bij {n#} van de {van} jeugdigen met zorgcoördinatie is de coördinatie meer dan {drempel} procent van alle uren in dit kwartaal."
gesprek   = "Waarom vraagt juist deze hulp zoveel afstemming?"
remedie   = "Bespreek met de aanbieders of de afstemming eenvoudiger kan."
goed      = "10 uur coördinatie en 20 uur zorg bij een grens van 34 procent."
fout      = "20 uur coördinatie en 20 uur zorg bij een grens van 34 procent."
drempels  = ["coordinatie.aandeel_uren_procent"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zorg in een eenheid zonder minuten telt niet in de uren. Zonder die zorg is het deel te groot: boven de grens is dan niet te bepalen.
WITH uren AS (
  SELECT
    gemeente, client, MIN(CASE WHEN c = 1 THEN toewijzingnummer END) AS toewijzingnummer, MIN(agb) AS een_agb,
    MIN(CASE WHEN c = 1 THEN agb END) AS agb, MAX(kwartaal) AS kwartaal,
    MIN(CASE WHEN c = 1 THEN aanbieder END) AS aanbieder, MAX(CASE WHEN c = 1 THEN aanbieder END) AS andere_aanbieder,
    COALESCE(SUM(CASE WHEN c = 1 THEN minuten END), 0) AS coordinatie, COALESCE(SUM(minuten), 0) AS alles,
    SUM(CASE WHEN c = 1 AND minuten IS NULL THEN 1 ELSE 0 END) AS coordinatie_onbekend,
    SUM(CASE WHEN c = 0 AND minuten IS NULL THEN 1 ELSE 0 END) AS zorg_onbekend,
    SUM(CASE WHEN c = 1 THEN volume_milli ELSE 0 END) AS volume_milli
  FROM (
    SELECT
      gemeente, client, toewijzingnummer, agb, aanbieder, kwartaal, minuten, volume_milli,
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
    WHEN r.aandeel_uren_procent IS NULL OR z.is_er = 0 THEN NULL
    WHEN u.coordinatie * 100 > u.alles * r.aandeel_uren_procent AND u.zorg_onbekend = 0 THEN TRUE
    WHEN u.coordinatie * 100 > u.alles * r.aandeel_uren_procent OR u.coordinatie_onbekend > 0 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CAST(u.coordinatie AS BIGINT) AS minuten_coordinatie, CAST(u.alles AS BIGINT) AS minuten_samen
FROM uren AS u
CROSS JOIN regio AS r
CROSS JOIN zichtbaar AS z
WHERE u.volume_milli > 0 OR z.is_er = 0
