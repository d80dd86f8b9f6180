/*---
title    = "Wie had de zorgcoördinatie kunnen doen"
question = "Welke aanbieders gaven zorg aan een cliënt met zorgcoördinatie, en wie van hen coördineerde?"
why      = "Alleen tegenover de aanbieders die hadden kunnen coördineren is te zeggen of een verdeling evenredig is."
kind     = "draws"
period   = "vier_kwartalen"
optional = ["maatregelen_per_kwartaal", "plannen_per_kwartaal"]
judge    = "zorgcoordinatie"
owner    = "ICM"
reviewed = 2026-11-26
---*/
WITH maanden AS (
  -- De maanden waarin een cliënt per saldo zorgcoördinatie kreeg: wie toen ook zorg gaf, had kunnen coördineren.
  SELECT client, maand, CAST(1 AS BIGINT) AS met_coordinatie
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY client, maand
  HAVING SUM(volume_milli) > 0
),
gevraagd AS (
  SELECT client FROM maanden
  UNION
  SELECT client FROM plannen_per_kwartaal
),
geen_kandidaat AS (
  -- Producten die niemand tot kandidaat maken, zoals vervoer.
  SELECT productcode, CAST(1 AS BIGINT) AS valt_af
  FROM geen_kandidaat_producten
  GROUP BY productcode
),
regels AS (
  SELECT gemeente, kwartaal, declaraties.client AS client, aanbieder,
    CASE WHEN NOT is_coordinatie AND valt_af IS NULL AND met_coordinatie = 1 THEN bedrag_ct ELSE 0 END AS zorg_tegelijk_ct,
    CASE WHEN NOT is_coordinatie AND valt_af IS NULL THEN bedrag_ct ELSE 0 END AS zorg_ct,
    CASE WHEN is_coordinatie THEN volume_milli ELSE 0 END AS coordinatie_milli,
    CASE WHEN is_coordinatie AND minuten IS NOT NULL THEN minuten ELSE 0 END AS coordinatie_minuten,
    CASE WHEN is_coordinatie AND minuten IS NULL THEN 1 ELSE 0 END AS zonder_minuten,
    CAST(0 AS BIGINT) AS plan
  FROM declaraties
  LEFT JOIN maanden ON declaraties.client = maanden.client AND declaraties.maand = maanden.maand
  LEFT JOIN geen_kandidaat ON declaraties.productcode = geen_kandidaat.productcode
),
betrokken AS (
  SELECT gemeente, kwartaal, client, aanbieder,
    SUM(zorg_tegelijk_ct) AS zorg_tegelijk_ct, SUM(zorg_ct) AS zorg_ct, SUM(coordinatie_milli) AS coordinatie_milli,
    SUM(coordinatie_minuten) AS coordinatie_minuten, SUM(zonder_minuten) AS zonder_minuten, MAX(plan) AS plan
  FROM regels
  GROUP BY gemeente, kwartaal, client, aanbieder
  UNION ALL
  SELECT
    gemeente, kwartaal, client, aanbieder,
    CAST(0 AS BIGINT) AS zorg_tegelijk_ct, CAST(0 AS BIGINT) AS zorg_ct, CAST(0 AS BIGINT) AS coordinatie_milli,
    CAST(0 AS BIGINT) AS coordinatie_minuten, CAST(0 AS BIGINT) AS zonder_minuten, CAST(1 AS BIGINT) AS plan
  FROM plannen_per_kwartaal
  WHERE aanbieder IS NOT NULL
),
onder_maatregel AS (
  SELECT client, kwartaal, CAST(1 AS BIGINT) AS maatregel
  FROM maatregelen_per_kwartaal
  WHERE soort IN (SELECT maatregel FROM uitgesloten_maatregelen)
  GROUP BY client, kwartaal
)
SELECT
  betrokken.gemeente AS gemeente,
  betrokken.kwartaal AS kwartaal,
  betrokken.client AS client,
  betrokken.aanbieder AS aanbieder,
  CAST(SUM(zorg_tegelijk_ct) AS BIGINT) AS zorg_tegelijk_ct,
  CAST(SUM(zorg_ct) AS BIGINT) AS zorg_ct,
  CAST(SUM(coordinatie_milli) AS BIGINT) AS coordinatie_milli,
  CAST(SUM(coordinatie_minuten) AS BIGINT) AS coordinatie_minuten,
  CAST(SUM(zonder_minuten) AS BIGINT) AS zonder_minuten,
  CASE WHEN MAX(plan) = 1 THEN TRUE ELSE FALSE END AS heeft_plan,
  CASE WHEN MAX(maatregel) = 1 THEN TRUE ELSE FALSE END AS heeft_maatregel
FROM betrokken
JOIN gevraagd ON betrokken.client = gevraagd.client
LEFT JOIN onder_maatregel ON betrokken.client = onder_maatregel.client AND betrokken.kwartaal = onder_maatregel.kwartaal
GROUP BY betrokken.gemeente, betrokken.kwartaal, betrokken.client, betrokken.aanbieder
