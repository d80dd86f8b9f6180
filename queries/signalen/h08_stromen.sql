/*---
title        = "Stromen tussen segmenten"
question     = "Hoeveel jeugdigen gingen van het ene naar het andere segment?"
why          = "Afschalen is een doel van de inkoop; de stromen laten zien of zorg lichter of zwaarder wordt."
kind         = "measure"
keys         = ["van_segment", "naar_segment", "kwartaal"]
levels       = [["van_segment", "naar_segment", "kwartaal"], ["kwartaal"]]
value        = "overgangen"
unit         = "overgangen"
contributors = ["client"]
measure      = "stromen"
period       = "vier_kwartalen"
regel        = "H08"
hoofdstuk    = "kosten"
zin          = "Tussen segmenten: {totaal}. De grootste stroom (van segment, naar segment) is {grootste}."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- A child is in the segment with most euros of the quarter; at equal amounts in the lower number. Only who has care in
-- both of two following quarters can flow. Quarters are numbered so that the one before is one less.
WITH per_segment AS (
  SELECT client, kwartaal, segment, 0 - SUM(bedrag_ct) AS volgorde
  FROM declaraties
  WHERE segment IS NOT NULL
  GROUP BY client, kwartaal, segment
  HAVING SUM(bedrag_ct) > 0
),
geordend AS (
  SELECT client, kwartaal, segment,
         4 * CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) AS nummer,
         ROW_NUMBER() OVER (PARTITION BY client, kwartaal ORDER BY volgorde, segment) AS plaats
  FROM per_segment
),
stand AS (
  SELECT client, kwartaal, segment, nummer, nummer - 1 AS vorig_nummer
  FROM geordend
  WHERE plaats = 1
),
namen AS (
  SELECT segment, MIN(naam) AS naam FROM segmenten GROUP BY segment
)
SELECT
  CASE WHEN vn.naam IS NULL THEN v.segment ELSE v.segment || ' ' || vn.naam END AS van_segment,
  CASE WHEN nn.naam IS NULL THEN n.segment ELSE n.segment || ' ' || nn.naam END AS naar_segment,
  n.kwartaal, n.client, CAST(1 AS BIGINT) AS overgangen
FROM stand n
INNER JOIN stand v ON n.client = v.client AND n.vorig_nummer = v.nummer
LEFT JOIN namen vn ON v.segment = vn.segment
LEFT JOIN namen nn ON n.segment = nn.segment
WHERE n.segment <> v.segment
