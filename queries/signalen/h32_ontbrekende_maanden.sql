/*---
title     = "Maanden zonder declaraties van een aanbieder"
question  = "Van welke aanbieders ontbreken over een maand alle declaraties?"
why       = "Wat niet is aangeleverd, kan niet worden getoetst; een lege maand is vaker een ontbrekende levering dan een daling."
kind      = "signaal"
regel     = "H32"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["maand van een aanbieder", "maanden van aanbieders"]
nummer    = "aanbieder · maand"
zin       = "Van de {van} maanden van aanbieders {n?heeft|hebben} er {n#} geen enkele declaratie, bij {aanbieders}."
gesprek   = "Is er in die maand geen hulp gegeven, of moeten de declaraties nog komen?"
remedie   = "Vraag de aanbieder of alles is ingediend voordat u de cijfers van dit kwartaal gebruikt."
goed      = "Een aanbieder met declaraties over april tot en met september, of tot en met augustus en een contract dat op 31 augustus eindigde."
fout      = "Een aanbieder met declaraties over april tot en met augustus, een contract dat doorloopt, en geen declaraties over september."
drempels  = []
period    = "vier_kwartalen"
over      = "kwartaal"
optional  = ["contracten"]
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- A case is a month of the quarter from the first month, in this quarter or the three before, in which the aanbieder declared:
-- who is new owes nothing about the months before. Nor does who had no contract any more: the last one ended before the month.
-- Who is not on the list of contracts, or when there is no list, is not known to have stopped.
WITH nu AS (
  SELECT kwartaal, kwartaal_begin_dag, kwartaal_eind_dag, SUBSTR(kwartaal, 1, 4) AS jaartal, SUBSTR(kwartaal, 7, 1) AS cijfer,
         4 * CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) AS nummer
  FROM regio
),
maanden AS (
  SELECT kwartaal, nummer,
         jaartal || CASE cijfer WHEN '1' THEN '-01' WHEN '2' THEN '-04' WHEN '3' THEN '-07' ELSE '-10' END AS maand,
         kwartaal_begin_dag AS begin_dag
  FROM nu
  UNION ALL
  SELECT kwartaal, nummer,
         jaartal || CASE cijfer WHEN '1' THEN '-02' WHEN '2' THEN '-05' WHEN '3' THEN '-08' ELSE '-11' END AS maand,
         kwartaal_begin_dag + CASE cijfer WHEN '2' THEN 30 ELSE 31 END AS begin_dag
  FROM nu
  UNION ALL
  SELECT kwartaal, nummer,
         jaartal || CASE cijfer WHEN '1' THEN '-03' WHEN '2' THEN '-06' WHEN '3' THEN '-09' ELSE '-12' END AS maand,
         kwartaal_eind_dag - CASE cijfer WHEN '2' THEN 29 WHEN '3' THEN 29 ELSE 30 END AS begin_dag
  FROM nu
),
zorg AS (
  SELECT aanbieder, kwartaal, maand, COUNT(*) AS regels, SUM(bedrag_ct) AS bedrag_ct,
         4 * CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) AS nummer
  FROM declaraties
  GROUP BY aanbieder, kwartaal, maand
),
afgelopen AS (
  SELECT aanbieder, MAX(einddatum_dag) AS laatste_dag
  FROM contracten
  GROUP BY aanbieder
  HAVING COUNT(*) = COUNT(einddatum_dag)
),
bekend AS (
  SELECT z.aanbieder, MIN(z.maand) AS eerste_maand, MAX(z.maand) AS laatste_maand,
         SUM(CASE WHEN z.nummer = n.nummer - 1 THEN z.bedrag_ct ELSE 0 END) AS vorig_kwartaal_ct
  FROM zorg z
  CROSS JOIN nu n
  GROUP BY z.aanbieder
),
paren AS (
  SELECT b.aanbieder, b.vorig_kwartaal_ct, b.laatste_maand, m.kwartaal, m.maand, m.begin_dag
  FROM bekend b
  CROSS JOIN maanden m
  WHERE CASE WHEN m.maand >= b.eerste_maand THEN 1 ELSE 0 END = 1
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  p.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  p.kwartaal,
  p.aanbieder || ' · ' || p.maand AS geval,
  z.regels IS NULL AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  p.maand,
  p.laatste_maand,
  CAST(p.vorig_kwartaal_ct AS BIGINT) AS vorig_kwartaal_ct
FROM paren p
LEFT JOIN zorg z ON p.aanbieder = z.aanbieder AND p.maand = z.maand
LEFT JOIN afgelopen a ON p.aanbieder = a.aanbieder
WHERE z.regels IS NOT NULL OR a.laatste_dag IS NULL OR a.laatste_dag - p.begin_dag >= 0
