/*---
title        = "Gebruik van toewijzingen"
question     = "Hoeveel van wat was toegewezen is gedeclareerd, in de toewijzingen die eindigden?"
why          = "Een toewijzing die niet wordt gebruikt, kan hulp zijn die niet is begonnen; een die altijd maar half wordt gebruikt, kan krapper."
kind         = "measure"
keys         = ["gebruik", "aanbieder", "gemeente", "kwartaal"]
levels       = [["gebruik", "kwartaal"], ["gebruik", "gemeente", "kwartaal"], ["gebruik", "aanbieder", "kwartaal"], ["gebruik", "gemeente"], ["gebruik", "aanbieder"], ["gebruik"]]
value        = "aantal"
unit         = "toewijzingen"
contributors = ["client", "aanbieder"]
measure      = "gebruik_van_toewijzingen"
period       = "acht_kwartalen"
chart        = "bars"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Toewijzingen die in de laatste vier kwartalen eindigden. Van wat in de acht kwartalen begon zijn alle declaraties te zien; van
-- eerder niet, en dan is alleen niet te bepalen hoeveel is gebruikt. Minuten en uren zijn samen tijd; een toewijzing zonder
-- vast totaal, of met een andere eenheid dan is gedeclareerd, is niet te bepalen. Niets gedeclareerd is altijd 0 procent.
WITH regels AS (
  SELECT
    gemeente, client, toewijzingnummer,
    CASE WHEN eenheid IN ('01', '04') THEN '01' ELSE eenheid END AS soort,
    CASE WHEN eenheid = '04' THEN volume_milli * 60 ELSE volume_milli END AS gebruikt_milli
  FROM declaraties
  WHERE toewijzingnummer IS NOT NULL
),
gebruikt AS (
  SELECT gemeente, client, toewijzingnummer, MIN(soort) AS soort, MAX(soort) AS andere_soort, SUM(gebruikt_milli) AS gebruikt_milli
  FROM regels
  GROUP BY gemeente, client, toewijzingnummer
),
geeindigd AS (
  SELECT
    t.gemeente AS gemeente, t.kwartaal AS kwartaal, t.client AS client, t.aanbieder AS aanbieder,
    4 * CAST(SUBSTR(r.kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(r.kwartaal, 7, 1) AS BIGINT) AS nummer_nu,
    4 * CAST(SUBSTR(t.kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(t.kwartaal, 7, 1) AS BIGINT) AS einde_nummer,
    4 * CAST(SUBSTR(t.ingangsdatum_kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(t.ingangsdatum_kwartaal, 7, 1) AS BIGINT) AS begin_nummer,
    CASE WHEN t.eenheid IN ('01', '04') THEN '01' ELSE t.eenheid END AS mag_soort,
    CASE WHEN t.eenheid = '04' THEN t.toegekend_milli * 60 ELSE t.toegekend_milli END AS mag_milli,
    g.soort AS soort, g.andere_soort AS andere_soort, g.gebruikt_milli AS gebruikt_milli
  FROM toewijzingen_per_kwartaal AS t
  JOIN gemeenten_regio AS n ON t.gemeente = n.gemeente
  CROSS JOIN regio AS r
  LEFT JOIN gebruikt AS g
    ON t.gemeente = g.gemeente AND t.client = g.client AND t.toewijzingnummer = g.toewijzingnummer
  WHERE t.eindigt
)
SELECT
  gemeente, kwartaal, client, aanbieder, CAST(1 AS BIGINT) AS aantal,
  CASE
    WHEN nummer_nu - begin_nummer >= 8 THEN 'niet te bepalen'
    WHEN gebruikt_milli IS NULL OR gebruikt_milli <= 0 THEN '000 procent'
    WHEN mag_milli IS NULL OR mag_soort IS NULL OR soort <> andere_soort OR soort <> mag_soort THEN 'niet te bepalen'
    WHEN gebruikt_milli * 2 <= mag_milli THEN '001-050 procent'
    WHEN gebruikt_milli * 10 <= mag_milli * 9 THEN '051-090 procent'
    WHEN gebruikt_milli <= mag_milli THEN '091-100 procent'
    ELSE 'meer dan 100 procent'
  END AS gebruik
FROM geeindigd
WHERE nummer_nu - einde_nummer <= 3
