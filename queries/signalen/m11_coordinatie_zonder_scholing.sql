/*---
title     = "Coördinatie zonder geschoolde medewerkers"
question  = "Welke aanbieders coördineren zonder medewerkers die in 1Gezin1Plan en in het voorzitten van een overleg zijn geschoold?"
why       = "Een zorgcoördinator is geschoold in 1Gezin1Plan en in het voorzitten van een bijeenkomst."
kind      = "signaal"
regel     = "M11"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["aanbieder", "aanbieders"]
nummer    = "AGB-code"
zin       = "Bij {n#} van de {van} aanbieders met zorgcoördinatie staat voor één of beide scholingen geen enkele medewerker geregistreerd."
gesprek   = "Zijn er medewerkers geschoold die nog niet zijn opgegeven?"
remedie   = "Vraag de aanbieder om de aantallen, of om een datum voor de scholing."
goed      = "Een aanbieder die coördineert, met één medewerker voor elke scholing."
fout      = "Een aanbieder die coördineert, met drie medewerkers geschoold in 1Gezin1Plan en nul in voorzitten."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["plannen_per_kwartaal"]
---*/
-- Wie coördineert, blijkt uit de declaraties (product of activiteit) of uit de plannen.
WITH gezien AS (
  SELECT aanbieder
  FROM declaraties
  WHERE volume_milli > 0
    AND (
      is_coordinatie
      OR LOWER(activiteit) IN ('zorgcoordinatie', 'zorgcoördinatie', 'coordinatie', 'coördinatie', 'zorgregie', 'regie')
    )
  GROUP BY aanbieder
  UNION
  SELECT aanbieder
  FROM plannen_per_kwartaal
  WHERE agb IS NOT NULL AND COALESCE(uitvoerder_type, 'aanbieder') = 'aanbieder'
  GROUP BY aanbieder
),
coordineert AS (
  SELECT aanbieder, CAST(1 AS BIGINT) AS is_gezien FROM gezien
  UNION ALL
  -- Is er in de hele regio geen coördinatie te herkennen, dan is van geen aanbieder te zeggen of het voor hem geldt.
  SELECT a.aanbieder AS aanbieder, CAST(0 AS BIGINT) AS is_gezien
  FROM aanbieders AS a
  CROSS JOIN (SELECT COUNT(*) AS aantal FROM gezien) AS g
  WHERE g.aantal = 0
  GROUP BY a.aanbieder
),
geschoold AS (
  SELECT
    aanbieder, MIN(agb) AS agb, MAX(geschoold_1g1p) AS geschoold_1g1p, MAX(geschoold_voorzitten) AS geschoold_voorzitten
  FROM aanbieders
  GROUP BY aanbieder
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente, c.aanbieder AS aanbieder, CAST(NULL AS BIGINT) AS client, CAST(NULL AS VARCHAR) AS kwartaal,
  COALESCE(g.agb, c.aanbieder) AS geval,
  CASE
    WHEN c.is_gezien = 0 THEN NULL
    WHEN g.geschoold_1g1p = 0 OR g.geschoold_voorzitten = 0 THEN TRUE
    WHEN g.geschoold_1g1p > 0 AND g.geschoold_voorzitten > 0 THEN FALSE
    ELSE NULL
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  g.geschoold_1g1p AS geschoold_1g1p, g.geschoold_voorzitten AS geschoold_voorzitten
FROM coordineert AS c
LEFT JOIN geschoold AS g ON c.aanbieder = g.aanbieder
