/*---
title     = "Laat betaalde declaraties"
question  = "Hoeveel declaraties zijn later betaald dan afgesproken?"
why       = "Op tijd betalen is het deel van de afspraak dat bij de gemeente ligt."
kind      = "signaal"
regel     = "H04"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["maand van een aanbieder in een gemeente", "maanden van aanbieders in een gemeente"]
nummer    = "aanbieder · maand"
bedrag    = "gedeclareerd"
zin       = "Van de {van} maanden van aanbieders in een gemeente {n?is|zijn} er {n#} waarover een deel meer dan {drempel} dagen na indienen is betaald, of nog niet; samen {bedrag}."
gesprek   = "Waar bleef de betaling liggen: bij de controle, bij de goedkeuring of bij de uitbetaling?"
remedie   = "Ga in de betaalrun na waar de declaraties op wachten en spreek een doorlooptijd af."
goed      = "Ingediend op 1 augustus en betaald op 31 augustus, bij een termijn van 30 dagen."
fout      = "Ingediend op 1 augustus en betaald op 1 september, bij een termijn van 30 dagen."
drempels  = ["afspraken.betaaltermijn_dagen"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- A file without any day of payment has no such column, and an empty cell in it does not mean "not paid".
-- 2: late; 1: cannot be told, also when it is not paid but the term still runs; 0: in time.
WITH kolom AS (
  SELECT bron, COUNT(betaaldatum_dag) AS n FROM declaraties GROUP BY bron
),
regels AS (
  SELECT d.gemeente, d.aanbieder, d.kwartaal, d.maand, d.bedrag_ct,
         COALESCE(d.betaaldatum_dag, r.peildatum_dag) - d.dagtekening_dag AS dagen,
         CASE
           WHEN r.betaaltermijn_dagen IS NULL OR d.dagtekening_dag IS NULL OR COALESCE(k.n, 0) = 0 THEN 1
           WHEN COALESCE(d.betaaldatum_dag, r.peildatum_dag) - d.dagtekening_dag > r.betaaltermijn_dagen THEN 2
           WHEN d.betaaldatum_dag IS NULL THEN 1
           ELSE 0
         END AS uitkomst
  FROM declaraties d
  CROSS JOIN regio r
  LEFT JOIN kolom k ON d.bron = k.bron
),
opgeteld AS (
  SELECT gemeente, aanbieder, kwartaal, maand, MAX(uitkomst) AS uitkomst, MAX(dagen) AS langste_dagen,
         SUM(CASE WHEN uitkomst = 2 THEN bedrag_ct ELSE 0 END) AS bedrag_ct,
         SUM(CASE WHEN uitkomst = 2 THEN 1 ELSE 0 END) AS regels
  FROM regels
  GROUP BY gemeente, aanbieder, kwartaal, maand
)
SELECT
  gemeente,
  aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  aanbieder || ' · ' || maand AS geval,
  CASE WHEN uitkomst = 2 THEN TRUE WHEN uitkomst = 0 THEN FALSE ELSE NULL END AS treffer,
  CAST(bedrag_ct AS BIGINT) AS bedrag_ct,
  maand,
  CAST(regels AS BIGINT) AS regels,
  CAST(langste_dagen AS BIGINT) AS langste_dagen
FROM opgeteld
