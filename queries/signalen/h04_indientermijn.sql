/*---
title     = "Laat ingediende declaraties"
question  = "Hoeveel declaraties zijn later ingediend dan afgesproken?"
why       = "Wat laat komt, ontbreekt zolang in de cijfers; een recent kwartaal lijkt dan lager dan het is."
kind      = "signaal"
regel     = "H04"
hoofdstuk = "proces"
invloed   = "aanbieder"
geval     = ["maand van een aanbieder", "maanden van aanbieders"]
nummer    = "aanbieder · maand"
bedrag    = "gedeclareerd"
zin       = "Van de {van} maanden van aanbieders {n?is|zijn} er {n#} waarover een deel meer dan {drempel} dagen na de zorg binnenkwam; samen {bedrag}."
gesprek   = "Wat maakt dat de declaraties zo laat komen, en wanneer komt de rest?"
remedie   = "Spreek met de aanbieder een vaste dag in de maand af om in te dienen."
goed      = "Zorg tot en met 31 juli, ingediend op 12 augustus, bij een termijn van 30 dagen."
fout      = "Zorg tot en met 31 juli, ingediend op 31 augustus, bij een termijn van 30 dagen."
drempels  = ["afspraken.indientermijn_dagen"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- 2: late; 1: the day is not known; 0: in time.
WITH regels AS (
  SELECT d.aanbieder, d.kwartaal, d.maand, d.bedrag_ct, d.dagtekening_dag - d.periode_eind_dag AS dagen,
         CASE
           WHEN r.indientermijn_dagen IS NULL OR d.dagtekening_dag IS NULL THEN 1
           WHEN d.dagtekening_dag - d.periode_eind_dag > r.indientermijn_dagen THEN 2
           ELSE 0
         END AS uitkomst
  FROM declaraties d
  CROSS JOIN regio r
),
opgeteld AS (
  SELECT aanbieder, kwartaal, maand, MAX(uitkomst) AS uitkomst, MAX(dagen) AS langste_dagen,
         SUM(CASE WHEN uitkomst = 2 THEN bedrag_ct ELSE 0 END) AS bedrag_ct,
         SUM(CASE WHEN uitkomst = 2 THEN 1 ELSE 0 END) AS regels
  FROM regels
  GROUP BY aanbieder, kwartaal, maand
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
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
