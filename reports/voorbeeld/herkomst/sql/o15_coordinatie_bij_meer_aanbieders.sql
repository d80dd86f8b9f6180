/*---
title      = "Meer aanbieders, geen zorgcoördinatie"
question   = "Welk deel van de jeugdigen met meer dan één aanbieder heeft geen zorgcoördinatie, en verschilt dat tussen gemeenten?"
why        = "De regie blijft waar het kan bij het gezin en zijn netwerk. Verschilt een gemeente van de andere, dan werkt de toegang daar misschien anders."
kind       = "signaal"
regel      = "O15"
hoofdstuk  = "zorgcoordinatie"
invloed    = "gemeente"
geval      = ["jeugdige met meer dan één aanbieder", "jeugdigen met meer dan één aanbieder"]
zin        = "Van de {van} jeugdigen met meer dan één aanbieder {n?heeft|hebben} {n#} geen zorgcoördinatie: {aandeel}."
gesprek    = "Wanneer kiest de toegang voor zorgcoördinatie, en wanneer voor regie door het gezin zelf?"
remedie    = "Niets: veel of weinig is niet goed of fout. Bespreek het verschil tussen gemeenten."
goed       = "Een jeugdige met twee aanbieders met zorgcoördinatie."
fout       = "Een jeugdige met twee aanbieders zonder zorgcoördinatie; dat telt mee, en is geen fout."
drempels   = ["coordinatie.min_aanbieders"]
vergelijk  = "gemeente"
period     = "kwartaal"
owner      = "ICM"
reviewed   = 2026-11-26
---*/
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
    MAX(kwartaal) AS kwartaal, MIN(toewijzingnummer) AS toewijzingnummer, MIN(agb) AS agb
  FROM zorg
  GROUP BY gemeente, client
)
SELECT
  j.gemeente AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, j.client AS client, j.kwartaal AS kwartaal,
  COALESCE(j.toewijzingnummer, 'zonder toewijzingnummer · ' || j.agb) AS geval,
  CASE
    WHEN r.min_aanbieders IS NULL OR z.is_er = 0 THEN NULL
    WHEN j.coordinatie = 1 THEN FALSE
    ELSE TRUE
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  j.aanbieders AS aanbieders
FROM jeugdigen AS j
CROSS JOIN regio AS r
CROSS JOIN zichtbaar AS z
WHERE CASE WHEN j.aanbieders >= COALESCE(r.min_aanbieders, 2) THEN 1 ELSE 0 END = 1
