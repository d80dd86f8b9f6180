/*---
title     = "Productcodes zonder segment"
question  = "Welke gedeclareerde codes hadden op de dag van de zorg geen segment?"
why       = "Zorg zonder segment valt buiten elk overzicht per segment; vanaf de startdatum hoort elke code er een te hebben."
kind      = "signaal"
regel     = "H02"
hoofdstuk = "kosten"
invloed   = "gemeente"
geval     = ["productcode", "productcodes"]
nummer    = "productcode"
bedrag    = "gedeclareerd"
zin       = "{n} {n?heeft|hebben} geen segment van de regio op de dag van de zorg; het gaat om {bedrag}. Bekeken zijn {van} codes."
gesprek   = "Hoort de code bij een segment dat in de productenlijst ontbreekt, of is er met een vervallen code gedeclareerd?"
remedie   = "Vul het segment met de juiste datums in de productenlijst in, of laat de aanbieder de geldende code gebruiken."
goed      = "Zorg van 3 juli 2025 met een code die in de productenlijst vanaf 1 januari 2022 segment 4 heeft."
fout      = "Zorg van 3 juli 2025 met een code waarvan het segment in de productenlijst tot en met 30 juni 2025 geldt."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH grens AS (
  SELECT MIN(van_dag) AS eerste_dag, MAX(van_dag) AS laatste_dag FROM segmenten
),
lijst AS (
  SELECT p.productcode, p.geldig_van_dag, p.geldig_tot_dag, s.segment
  FROM producten p
  INNER JOIN segmenten s ON p.segment = s.segment
),
zorg AS (
  SELECT productcode, kwartaal, periode_begin_dag, COUNT(*) AS regels, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY productcode, kwartaal, periode_begin_dag
),
gelegd AS (
  SELECT z.productcode, z.kwartaal, z.periode_begin_dag, z.regels, z.bedrag_ct,
         MAX(CASE WHEN l.segment IS NOT NULL AND l.geldig_van_dag <= z.periode_begin_dag
                   AND (l.geldig_tot_dag IS NULL OR l.geldig_tot_dag >= z.periode_begin_dag) THEN 1 ELSE 0 END) AS met_segment
  FROM zorg z
  LEFT JOIN lijst l ON z.productcode = l.productcode
  GROUP BY z.productcode, z.kwartaal, z.periode_begin_dag, z.regels, z.bedrag_ct
),
beoordeeld AS (
  -- 2: no segment on a day when all segments hold; 1: some segments do not hold yet, so it cannot be told; 0: fine.
  SELECT g.productcode, g.kwartaal, g.regels, g.bedrag_ct, g.periode_begin_dag,
         CASE
           WHEN n.laatste_dag IS NULL THEN 1
           WHEN g.met_segment = 1 OR g.periode_begin_dag < n.eerste_dag THEN 0
           WHEN g.periode_begin_dag < n.laatste_dag THEN 1
           ELSE 2
         END AS uitkomst
  FROM gelegd g
  CROSS JOIN grens n
),
opgeteld AS (
  SELECT productcode, kwartaal, MAX(uitkomst) AS uitkomst,
         SUM(CASE WHEN uitkomst = 2 THEN bedrag_ct ELSE 0 END) AS bedrag_ct,
         SUM(CASE WHEN uitkomst = 2 THEN regels ELSE 0 END) AS regels
  FROM beoordeeld
  GROUP BY productcode, kwartaal
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  productcode AS geval,
  CASE WHEN uitkomst = 2 THEN TRUE WHEN uitkomst = 0 THEN FALSE ELSE NULL END AS treffer,
  CAST(bedrag_ct AS BIGINT) AS bedrag_ct,
  CAST(regels AS BIGINT) AS regels
FROM opgeteld
