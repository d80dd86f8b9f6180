/*---
title     = "Kosten voor en na de wijziging"
question  = "In welke gemeenten liggen de kosten per maand na de wijziging hoger dan ervoor?"
why       = "Bij de wijziging werd een beperkte stijging van de uitgaven verwacht. Een stijging kan ook een andere reden hebben; dit zegt alleen waar en hoeveel."
kind      = "signaal"
regel     = "M08"
hoofdstuk = "kosten"
invloed   = "gemeente"
geval     = ["gemeente", "gemeenten"]
zin       = "In {n#} van de {van} gemeenten liggen de kosten na de wijziging per maand hoger dan ervoor, samen {bedrag} per maand."
gesprek   = "Past deze stijging bij wat van de wijziging werd verwacht?"
remedie   = "Bekijk bij welke aanbieders en producten de kosten stegen."
goed      = "Gemiddeld € 100.000 per maand voor de wijziging en € 98.000 erna."
fout      = "Gemiddeld € 100.000 per maand voor de wijziging en € 104.000 erna."
drempels  = ["coordinatie.wijziging"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Hele maanden voor en na de dag van de wijziging, binnen acht kwartalen. Aan beide kanten minstens een kwartaal, anders zegt een
-- vergelijking niets. De laatste maanden zijn vaak nog niet volledig gedeclareerd: een daling kan daarvan komen, een stijging niet.
WITH kanten AS (
  SELECT
    d.gemeente AS gemeente, d.maand AS maand,
    SUM(CASE WHEN d.periode_eind_dag < r.wijziging_dag THEN d.bedrag_ct ELSE 0 END) AS voor_ct,
    SUM(CASE WHEN d.periode_begin_dag >= r.wijziging_dag THEN d.bedrag_ct ELSE 0 END) AS na_ct,
    MAX(CASE WHEN d.periode_eind_dag < r.wijziging_dag THEN 1 ELSE 0 END) AS is_voor,
    MAX(CASE WHEN d.periode_begin_dag >= r.wijziging_dag THEN 1 ELSE 0 END) AS is_na
  FROM declaraties AS d
  CROSS JOIN regio AS r
  GROUP BY d.gemeente, d.maand
),
per_gemeente AS (
  SELECT
    gemeente,
    SUM(CASE WHEN is_na = 0 THEN voor_ct ELSE 0 END) AS voor_ct,
    SUM(CASE WHEN is_voor = 0 THEN na_ct ELSE 0 END) AS na_ct,
    SUM(CASE WHEN is_voor = 1 AND is_na = 0 THEN 1 ELSE 0 END) AS maanden_voor,
    SUM(CASE WHEN is_na = 1 AND is_voor = 0 THEN 1 ELSE 0 END) AS maanden_na
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
  CASE WHEN m.voor_ct IS NULL OR m.na_ct IS NULL THEN NULL WHEN m.na_ct > m.voor_ct THEN TRUE ELSE FALSE END AS treffer,
  CASE WHEN m.na_ct > m.voor_ct THEN m.na_ct - m.voor_ct ELSE CAST(0 AS BIGINT) END AS bedrag_ct,
  m.voor_ct AS per_maand_voor_ct, m.na_ct AS per_maand_na_ct
FROM gemeenten_regio AS g
CROSS JOIN regio AS r
LEFT JOIN gemiddeld AS m ON g.gemeente = m.gemeente
