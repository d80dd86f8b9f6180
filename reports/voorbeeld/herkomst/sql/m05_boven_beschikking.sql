/*---
title     = "Meer gedeclareerd dan beschikt"
question  = "Op welke toewijzingen is in totaal meer gedeclareerd dan de gemeente heeft toegewezen?"
why       = "Uren voor het systeem rond het gezin mogen worden gedeclareerd zolang de beschikking dat toelaat."
kind      = "signaal"
regel     = "M05"
hoofdstuk = "kosten"
invloed   = "aanbieder"
geval     = ["toewijzing", "toewijzingen"]
nummer    = "toewijzing"
bedrag    = "boven de toewijzing"
zin       = "Op {n#} van de {van} toewijzingen is meer gedeclareerd dan toegewezen; {bedrag} ligt daarboven."
gesprek   = "Past de toewijzing bij de hulp die nodig was, en waar komt het verschil vandaan?"
remedie   = "Zoek met gemeente en aanbieder uit of de toewijzing of de declaratie moet worden aangepast."
goed      = "Precies 40 uur gedeclareerd op een toewijzing van 40 uur, ook als een deel in minuten is gedeclareerd."
fout      = "41 uur gedeclareerd op een toewijzing van 40 uur."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Toewijzingen waarop het afgelopen jaar is gedeclareerd; die staan in elk rapport, ook als de zorg van eerder is. Wat eraan voorafging is bekend vanaf acht kwartalen terug: begon de toewijzing
-- eerder, dan is 'niet te veel' niet te zeggen. De regels waarmee het te veel werd, staan bij de controle TR322 en TR369.
WITH per_eenheid AS (
  SELECT
    gemeente, client, toewijzingnummer, aanbieder, eenheid,
    MAX(periode_eind_dag) AS laatste_dag, SUM(bedrag_ct) AS kosten_ct, SUM(volume_milli) AS volume_milli
  FROM declaraties
  WHERE toewijzingnummer IS NOT NULL
  GROUP BY gemeente, client, toewijzingnummer, aanbieder, eenheid
),
gedeclareerd AS (
  SELECT
    gemeente, client, toewijzingnummer, MIN(aanbieder) AS aanbieder,
    MAX(laatste_dag) AS laatste_dag, SUM(kosten_ct) AS kosten_ct,
    SUM(CASE WHEN eenheid = '04' THEN volume_milli * 60 WHEN eenheid = '01' THEN volume_milli ELSE 0 END) AS minuten_milli,
    SUM(CASE WHEN eenheid IN ('01', '04') THEN 0 ELSE volume_milli END) AS ander_milli,
    MIN(CASE WHEN eenheid IN ('01', '04') THEN '01' ELSE eenheid END) AS soort,
    MAX(CASE WHEN eenheid IN ('01', '04') THEN '01' ELSE eenheid END) AS andere_soort
  FROM per_eenheid
  GROUP BY gemeente, client, toewijzingnummer
  HAVING SUM(volume_milli) > 0
),
naast AS (
  SELECT
    g.gemeente AS gemeente, g.aanbieder AS aanbieder, g.client AS client, r.kwartaal AS kwartaal,
    g.toewijzingnummer AS toewijzingnummer, g.kosten_ct AS kosten_ct, t.budget_ct AS budget_ct,
    CASE WHEN g.soort = g.andere_soort THEN g.soort END AS soort,
    CASE WHEN t.ingangsdatum_dag > r.kwartaal_eind_dag - 730 THEN 1 ELSE 0 END AS is_compleet,
    CASE WHEN g.soort = '01' THEN g.minuten_milli ELSE g.ander_milli END AS gebruikt_milli,
    CASE
      WHEN g.soort <> g.andere_soort THEN NULL
      WHEN g.soort = '01' AND t.eenheid = '04' THEN t.toegekend_milli * 60
      WHEN g.soort = t.eenheid THEN t.toegekend_milli
    END AS mag_milli
  FROM gedeclareerd AS g
  CROSS JOIN regio AS r
  LEFT JOIN toewijzingen AS t
    ON g.gemeente = t.gemeente AND g.client = t.client AND g.toewijzingnummer = t.toewijzingnummer
  WHERE CASE WHEN g.laatste_dag > r.kwartaal_eind_dag - 365 THEN 1 ELSE 0 END = 1
)
SELECT
  gemeente, aanbieder, client, kwartaal, toewijzingnummer AS geval,
  CASE
    WHEN gebruikt_milli > mag_milli OR kosten_ct > budget_ct THEN TRUE
    WHEN (mag_milli IS NULL AND budget_ct IS NULL) OR is_compleet = 0 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(
    CASE
      WHEN gebruikt_milli > mag_milli
        THEN FLOOR(CAST(kosten_ct AS DOUBLE) * CAST(gebruikt_milli - mag_milli AS DOUBLE) / NULLIF(CAST(gebruikt_milli AS DOUBLE), 0))
      WHEN kosten_ct > budget_ct THEN CAST(kosten_ct - budget_ct AS DOUBLE)
      ELSE CAST(0 AS DOUBLE)
    END AS BIGINT
  ) AS bedrag_ct,
  CASE WHEN soort = '01' THEN CAST(FLOOR(CAST(mag_milli AS DOUBLE) / 1000) AS BIGINT) END AS minuten_toegewezen,
  CASE WHEN soort = '01' THEN CAST(FLOOR(CAST(gebruikt_milli AS DOUBLE) / 1000) AS BIGINT) END AS minuten_gedeclareerd,
  CASE WHEN soort <> '01' THEN mag_milli END AS aantal_toegewezen_milli,
  CASE WHEN soort <> '01' THEN CAST(gebruikt_milli AS BIGINT) END AS aantal_gedeclareerd_milli,
  budget_ct
FROM naast
