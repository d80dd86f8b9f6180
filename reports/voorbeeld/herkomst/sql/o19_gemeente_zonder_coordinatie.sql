/*---
title     = "Gemeenten zonder zorgcoördinatie"
question  = "In welke gemeenten van de regio is in dit kwartaal geen zorgcoördinatie gedeclareerd?"
why       = "Loopt de hulp vast, dan zoekt een aanbieder contact met de toegang van de gemeente. Een gemeente zonder zorgcoördinatie hoort daarom ook in het overzicht."
kind      = "signaal"
regel     = "O19"
hoofdstuk = "zorgcoordinatie"
invloed   = "gemeente"
geval     = ["gemeente", "gemeenten"]
nummer    = "gemeente"
zin       = "In {n#} van de {van} gemeenten is in dit kwartaal geen zorgcoördinatie gedeclareerd."
gesprek   = "Regelt de gemeente de coördinatie daar anders?"
remedie   = "Vraag de toegang wie de coördinatie doet als er meer aanbieders bij een gezin zijn."
goed      = "Een gemeente met één jeugdige met zorgcoördinatie."
fout      = "Een gemeente zonder een enkele declaratie voor zorgcoördinatie."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH per_gemeente AS (
  SELECT gemeente, COUNT(DISTINCT client) AS jeugdigen
  FROM declaraties
  WHERE is_coordinatie AND volume_milli > 0
  GROUP BY gemeente
),
zichtbaar AS (
  -- Zonder één regel in de hele regio is niet te zeggen of coördinatie niet wordt gegeven of niet te herkennen is.
  SELECT COUNT(*) AS gemeenten FROM per_gemeente
)
SELECT
  g.gemeente AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, CAST(NULL AS BIGINT) AS client, r.kwartaal AS kwartaal,
  g.naam AS geval,
  CASE WHEN z.gemeenten = 0 THEN NULL WHEN p.jeugdigen IS NULL THEN TRUE ELSE FALSE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct
FROM gemeenten_regio AS g
CROSS JOIN regio AS r
CROSS JOIN zichtbaar AS z
LEFT JOIN per_gemeente AS p ON g.gemeente = p.gemeente
