/*---
title      = "Meer aanbieders, geen zorgcoördinatie"
question   = "Welk deel van de jeugdigen met meer dan één aanbieder heeft geen zorgcoördinatie, en verschilt dat tussen gemeenten?"
why        = "De regie blijft waar het kan bij het gezin en zijn netwerk. Verschilt een gemeente van de andere, dan werkt de toegang daar misschien anders."
kind       = "signaal"
regel      = "O15"
hoofdstuk  = "zorgcoordinatie"
invloed    = "gemeente"
geval      = ["jeugdige met meer dan één aanbieder", "jeugdigen met meer dan één aanbieder"]
nummer     = "toewijzing"
zin        = "Van de {van} jeugdigen met meer dan één aanbieder {n?heeft|hebben} {n#} geen zorgcoördinatie: {aandeel}. Wie voor zover bekend onder jeugdbescherming of jeugdreclassering valt, telt niet mee."
gesprek    = "Wanneer kiest de toegang voor zorgcoördinatie, en wanneer voor regie door het gezin zelf?"
remedie    = "Niets: veel of weinig is niet goed of fout. Bespreek het verschil tussen gemeenten."
goed       = "Een jeugdige met twee aanbieders met zorgcoördinatie. Wie onder jeugdbescherming of jeugdreclassering valt, telt niet mee."
fout       = "Een jeugdige met twee aanbieders zonder zorgcoördinatie; dat telt mee, en is geen fout."
drempels   = ["coordinatie.min_aanbieders"]
vergelijk  = "gemeente"
period     = "kwartaal"
owner      = "ICM"
reviewed   = 2026-11-26
optional   = ["maatregelen_per_kwartaal"]
---*/
-- Wie in het kwartaal een maatregel heeft waarbij de gecertificeerde instelling de regie voert, doet niet mee (O06). Staat er niet bij welke
-- maatregel het is, dan is het niet te bepalen.
WITH zorg AS (
  SELECT
    gemeente, client, aanbieder, MIN(toewijzingnummer) AS toewijzingnummer, MIN(agb) AS agb, MAX(kwartaal) AS kwartaal,
    MAX(CASE WHEN is_coordinatie AND volume_milli > 0 THEN 1 ELSE 0 END) AS coordinatie
  FROM declaraties
  GROUP BY gemeente, client, aanbieder
  HAVING SUM(volume_milli) > 0
),
zichtbaar AS (
  -- Zonder één regel zorgcoördinatie in de hele regio is niet te zeggen of die niet wordt gegeven of niet te herkennen is.
  SELECT MAX(coordinatie) AS is_er FROM zorg
),
jeugdigen AS (
  SELECT
    gemeente, client, CAST(COUNT(DISTINCT aanbieder) AS BIGINT) AS aanbieders, MAX(coordinatie) AS coordinatie,
    MAX(kwartaal) AS kwartaal, MIN(toewijzingnummer) AS toewijzingnummer, MIN(agb) AS agb,
    MIN(aanbieder) AS eerste_aanbieder, MAX(aanbieder) AS laatste_aanbieder
  FROM zorg
  GROUP BY gemeente, client
),
uitgesloten AS (
  SELECT client, CAST(1 AS BIGINT) AS is_er
  FROM maatregelen_per_kwartaal
  WHERE soort IN (SELECT maatregel FROM uitgesloten_maatregelen)
  GROUP BY client
),
onbekend AS (
  SELECT client, CAST(1 AS BIGINT) AS is_er FROM maatregelen_per_kwartaal WHERE soort IS NULL GROUP BY client
)
SELECT
  j.gemeente AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, j.client AS client, j.kwartaal AS kwartaal,
  COALESCE(j.toewijzingnummer, 'zonder toewijzingnummer · ' || j.agb) AS geval,
  CASE
    WHEN r.min_aanbieders IS NULL OR z.is_er = 0 OR o.is_er = 1 THEN NULL
    WHEN j.coordinatie = 1 THEN FALSE
    ELSE TRUE
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  j.aanbieders AS aanbieders,
  CASE WHEN j.eerste_aanbieder < j.laatste_aanbieder THEN j.eerste_aanbieder || ', ' || j.laatste_aanbieder ELSE j.eerste_aanbieder END AS betrokken
FROM jeugdigen AS j
CROSS JOIN regio AS r
CROSS JOIN zichtbaar AS z
LEFT JOIN uitgesloten AS u ON j.client = u.client
LEFT JOIN onbekend AS o ON j.client = o.client
WHERE u.is_er IS NULL AND CASE WHEN j.aanbieders >= COALESCE(r.min_aanbieders, 2) THEN 1 ELSE 0 END = 1
