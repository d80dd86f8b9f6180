/*---
title     = "Tarief van een latere periode"
question  = "Welke aanbieders rekenen al een tarief dat volgens het contract pas later ingaat?"
why       = "Een nieuw tarief geldt voor zorg vanaf de ingangsdatum, niet voor declaraties vanaf die dag."
kind      = "signaal"
regel     = "H15"
hoofdstuk = "kosten"
invloed   = "aanbieder"
geval     = ["combinatie van aanbieder en product", "combinaties van aanbieder en product"]
nummer    = "AGB-code · productcode"
bedrag    = "boven het tarief dat geldt"
zin       = "Van de {van} combinaties van aanbieder en product {n?is|zijn} er {n#} met een tarief dat later ingaat, bij {aanbieders}; het verschil is {bedrag}."
gesprek   = "Is het nieuwe tarief per ongeluk al ingevoerd, of is een eerdere ingangsdatum afgesproken?"
remedie   = "Laat de aanbieder de regels crediteren en met het geldende tarief opnieuw indienen, of verbeter de datum in het contract."
goed      = "Zorg in september voor € 100 per uur, bij een contracttarief van € 100 tot en met december en € 105 vanaf januari."
fout      = "Zorg in september voor € 105 per uur, bij een contracttarief van € 100 tot en met december en € 105 vanaf januari."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Any other difference with the contract is TR418. Without a tariff in force on the day nothing can be told.
WITH betaald AS (
  SELECT aanbieder, agb, productcode, kwartaal, tarief_ct, periode_begin_dag, SUM(bedrag_ct) AS bedrag_ct, COUNT(*) AS regels
  FROM declaraties
  WHERE tarief_ct > 0 AND bedrag_ct > 0
  GROUP BY aanbieder, agb, productcode, kwartaal, tarief_ct, periode_begin_dag
),
tarieven AS (
  SELECT agb, productcode, ingangsdatum_dag, einddatum_dag, tarief_ct FROM contracten WHERE tarief_ct IS NOT NULL
),
gelegd AS (
  SELECT b.aanbieder, b.agb, b.productcode, b.kwartaal, b.tarief_ct, b.periode_begin_dag, b.bedrag_ct, b.regels,
         MAX(CASE WHEN t.ingangsdatum_dag <= b.periode_begin_dag
                   AND (t.einddatum_dag IS NULL OR t.einddatum_dag >= b.periode_begin_dag) THEN t.tarief_ct ELSE NULL END) AS geldend_ct,
         MAX(CASE WHEN t.ingangsdatum_dag <= b.periode_begin_dag
                   AND (t.einddatum_dag IS NULL OR t.einddatum_dag >= b.periode_begin_dag)
                   AND t.tarief_ct = b.tarief_ct THEN 1 ELSE 0 END) AS is_geldend,
         MAX(CASE WHEN t.ingangsdatum_dag > b.periode_begin_dag AND t.tarief_ct = b.tarief_ct THEN 1 ELSE 0 END) AS is_later
  FROM betaald b
  LEFT JOIN tarieven t ON b.agb = t.agb AND b.productcode = t.productcode
  GROUP BY b.aanbieder, b.agb, b.productcode, b.kwartaal, b.tarief_ct, b.periode_begin_dag, b.bedrag_ct, b.regels
),
beoordeeld AS (
  SELECT aanbieder, agb, productcode, kwartaal, tarief_ct, geldend_ct, bedrag_ct, regels,
         CASE WHEN geldend_ct IS NULL THEN 1 WHEN is_geldend = 0 AND is_later = 1 THEN 2 ELSE 0 END AS uitkomst
  FROM gelegd
),
opgeteld AS (
  SELECT aanbieder, agb, productcode, kwartaal, MAX(uitkomst) AS uitkomst,
         SUM(CASE WHEN uitkomst = 2 AND tarief_ct > geldend_ct
                  THEN CAST((bedrag_ct * (tarief_ct - geldend_ct) - (bedrag_ct * (tarief_ct - geldend_ct)) % tarief_ct) / tarief_ct AS BIGINT)
                  ELSE CAST(0 AS BIGINT) END) AS bedrag_ct,
         SUM(CASE WHEN uitkomst = 2 THEN regels ELSE 0 END) AS regels,
         MAX(CASE WHEN uitkomst = 2 THEN tarief_ct ELSE NULL END) AS gerekend_ct,
         MAX(CASE WHEN uitkomst = 2 THEN geldend_ct ELSE NULL END) AS geldend_ct
  FROM beoordeeld
  GROUP BY aanbieder, agb, productcode, kwartaal
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  agb || ' · ' || productcode AS geval,
  CASE WHEN uitkomst = 2 THEN TRUE WHEN uitkomst = 0 THEN FALSE ELSE NULL END AS treffer,
  CAST(bedrag_ct AS BIGINT) AS bedrag_ct,
  productcode,
  CAST(gerekend_ct AS BIGINT) AS gerekend_tarief_ct,
  CAST(geldend_ct AS BIGINT) AS geldend_tarief_ct,
  CAST(regels AS BIGINT) AS regels
FROM opgeteld
