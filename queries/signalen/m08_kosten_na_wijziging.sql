/*---
title     = "Kosten voor en na de wijziging"
question  = "In welke gemeenten liggen de kosten per maand na de wijziging meer dan 5 procent hoger dan ervoor?"
why       = "Bij de wijziging werd een beperkte stijging van de uitgaven verwacht. Een stijging kan ook een andere reden hebben; dit zegt alleen waar en hoeveel."
kind      = "signaal"
regel     = "M08"
hoofdstuk = "kosten"
invloed   = "gemeente"
geval     = ["gemeente", "gemeenten"]
nummer    = "gemeente"
bedrag    = "hoger per maand"
zin       = "In {n#} van de {van} gemeenten liggen de kosten na de wijziging per maand meer dan 5 procent hoger dan ervoor, samen {bedrag} per maand."
gesprek   = "Past deze stijging bij wat van de wijziging werd verwacht?"
remedie   = "Bekijk bij welke aanbieders en producten de kosten stegen."
goed      = "Gemiddeld € 100.000 per maand voor de wijziging en € 105.000 erna, bij een grens van 5 procent."
fout      = "Gemiddeld € 100.000 per maand voor de wijziging en € 105.001 erna, bij een grens van 5 procent."
drempels  = ["afspraken.stijging_procent", "coordinatie.wijziging"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Hele maanden voor en na de dag van de wijziging, binnen acht kwartalen; de maand van die dag telt alleen mee, als eerste erna, wanneer
-- de wijziging op de 1e viel. Aan beide kanten minstens drie maanden, anders zegt een vergelijking niets. De bron verwacht een beperkte
-- stijging zonder getal; 5 procent is onze keuze. De laatste maanden zijn vaak nog niet volledig gedeclareerd: een daling kan daarvan
-- komen, een stijging niet.
WITH wijziging AS (
  SELECT
    SUBSTR(CAST(wijziging AS VARCHAR), 1, 7) AS maand,
    CASE WHEN SUBSTR(CAST(wijziging AS VARCHAR), 9, 2) = '01' THEN 1 ELSE 0 END AS is_eerste
  FROM regio
),
maanden AS (
  SELECT gemeente, maand, SUM(bedrag_ct) AS bedrag_ct FROM declaraties GROUP BY gemeente, maand
),
kanten AS (
  SELECT
    m.gemeente AS gemeente, m.bedrag_ct AS bedrag_ct,
    CASE WHEN m.maand < w.maand THEN 1 ELSE 0 END AS is_voor,
    CASE WHEN m.maand > w.maand OR (m.maand = w.maand AND w.is_eerste = 1) THEN 1 ELSE 0 END AS is_na
  FROM maanden AS m
  CROSS JOIN wijziging AS w
),
per_gemeente AS (
  SELECT
    gemeente,
    SUM(is_voor * bedrag_ct) AS voor_ct,
    SUM(is_na * bedrag_ct) AS na_ct,
    SUM(is_voor) AS maanden_voor,
    SUM(is_na) AS maanden_na
  FROM kanten
  GROUP BY gemeente
),
gemiddeld AS (
  SELECT
    gemeente,
    CASE WHEN maanden_voor >= 3 THEN CAST(FLOOR(CAST(voor_ct AS DOUBLE) / NULLIF(CAST(maanden_voor AS DOUBLE), 0)) AS BIGINT) END AS voor_ct,
    CASE WHEN maanden_na >= 3 THEN CAST(FLOOR(CAST(na_ct AS DOUBLE) / NULLIF(CAST(maanden_na AS DOUBLE), 0)) AS BIGINT) END AS na_ct
  FROM per_gemeente
)
SELECT
  g.gemeente AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, CAST(NULL AS BIGINT) AS client, r.kwartaal AS kwartaal,
  g.naam AS geval,
  CASE
    WHEN m.voor_ct IS NULL OR m.na_ct IS NULL OR r.stijging_procent IS NULL THEN NULL
    WHEN m.na_ct * 100 > m.voor_ct * (100 + r.stijging_procent) THEN TRUE
    ELSE FALSE
  END AS treffer,
  CASE WHEN m.na_ct * 100 > m.voor_ct * (100 + r.stijging_procent) THEN m.na_ct - m.voor_ct ELSE CAST(0 AS BIGINT) END AS bedrag_ct,
  m.voor_ct AS per_maand_voor_ct, m.na_ct AS per_maand_na_ct
FROM gemeenten_regio AS g
CROSS JOIN regio AS r
LEFT JOIN gemiddeld AS m ON g.gemeente = m.gemeente
