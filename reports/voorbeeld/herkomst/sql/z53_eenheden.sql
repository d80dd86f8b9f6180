/*---
title     = "Maatwerkcode met meer dan één eenheid"
question  = "Komt een maatwerkcode voor in meer dan één eenheid, of in een eenheid die niet is afgesproken?"
why       = "Een tarief geldt per uur, per dagdeel of per etmaal. Loopt dat door elkaar, dan zijn tarieven niet te vergelijken."
kind      = "signaal"
regel     = "Z53"
hoofdstuk = "kosten"
invloed   = "beide"
geval     = ["maatwerkcode", "maatwerkcodes"]
nummer    = "productcode"
zin       = "{n#} van de {van} maatwerkcodes {n?komt|komen} voor in meer dan één eenheid, of anders dan per uur, dagdeel of etmaal."
gesprek   = "Welke eenheid hoort bij deze code?"
remedie   = "Spreek per code één eenheid af en leg die vast in het register en in de toewijzing."
goed      = "45M49 komt alleen per etmaal voor."
fout      = "45M49 komt voor per uur en per dagdeel."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["overeenkomsten_per_kwartaal"]
---*/
-- Minuten en uren zijn dezelfde soort. Zonder eenheid in het register telt alleen wat is gedeclareerd.
WITH gebruikt AS (
  SELECT productcode, eenheid, aanbieder
  FROM declaraties
  WHERE is_maatwerk AND maatwerk_herkenning <> 'register'
  UNION ALL
  SELECT productcode, eenheid, aanbieder FROM overeenkomsten_per_kwartaal WHERE productcode IS NOT NULL AND eenheid IS NOT NULL
),
codes AS (
  SELECT productcode,
    MAX(CASE WHEN eenheid IN ('01', '04') THEN 1 ELSE 0 END) AS uur,
    MAX(CASE WHEN eenheid = '16' THEN 1 ELSE 0 END) AS dagdeel,
    MAX(CASE WHEN eenheid = '14' THEN 1 ELSE 0 END) AS etmaal,
    MAX(CASE WHEN eenheid IN ('01', '04', '14', '16') THEN 0 ELSE 1 END) AS anders,
    CAST(COUNT(DISTINCT aanbieder) AS BIGINT) AS bij_aanbieders
  FROM gebruikt
  GROUP BY productcode
)
SELECT CAST(NULL AS VARCHAR) AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, CAST(NULL AS BIGINT) AS client,
  CAST(NULL AS VARCHAR) AS kwartaal, productcode AS geval,
  CASE WHEN anders = 1 OR uur + dagdeel + etmaal > 1 THEN TRUE ELSE FALSE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, uur = 1 AS per_uur, dagdeel = 1 AS per_dagdeel, etmaal = 1 AS per_etmaal, anders = 1 AS per_iets_anders,
  bij_aanbieders
FROM codes
