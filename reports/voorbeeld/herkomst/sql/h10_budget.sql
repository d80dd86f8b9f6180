/*---
title     = "Verbruik van budgetplafonds"
question  = "Welke aanbieders komen bij gelijk tempo voor het eind van het jaar meer dan 1 procent boven hun budgetplafond?"
why       = "Een plafond dat in november op is, geeft wachtlijsten; vroeg weten geeft tijd om te schuiven."
kind      = "signaal"
regel     = "H10"
hoofdstuk = "kosten"
invloed   = "beide"
geval     = ["budgetplafond", "budgetplafonds"]
nummer    = "aanbieder · segment"
bedrag    = "verwacht boven het plafond"
zin       = "Bij {n#} van de {van} budgetplafonds komen de uitgaven bij gelijk tempo dit jaar meer dan {drempel} procent boven het plafond uit."
gesprek   = "Is er meer vraag dan verwacht, of komt er in de rest van het jaar minder; en waar is ruimte over?"
remedie   = "Bekijk met de aanbieder de verwachting tot het eind van het jaar en schuif op tijd tussen plafonds."
goed      = "Een plafond van € 100.000 en na drie kwartalen € 75.750 verbruikt: bij gelijk tempo € 101.000, precies op een grens van 1 procent."
fout      = "Een plafond van € 100.000 en na drie kwartalen € 76.000 verbruikt: bij gelijk tempo € 101.333."
drempels  = ["afspraken.plafond_marge_procent"]
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Spent so far, to whole years: the number of the quarter is the number of quarters that have passed. What is still to
-- be declared makes the expectation too low, never too high. A plafond without a segment is for all care together.
-- A little above it is no hit: the pace is not that exact.
WITH zorg AS (
  SELECT d.aanbieder, d.segment, SUM(d.bedrag_ct) AS bedrag_ct
  FROM declaraties d
  INNER JOIN regio r ON d.jaar = r.jaar
  WHERE d.kwartaal <= r.kwartaal
  GROUP BY d.aanbieder, d.segment
),
alles AS (
  SELECT aanbieder, segment, bedrag_ct FROM zorg WHERE segment IS NOT NULL
  UNION ALL
  SELECT aanbieder, '' AS segment, SUM(bedrag_ct) AS bedrag_ct FROM zorg GROUP BY aanbieder
),
plafonds AS (
  SELECT b.aanbieder, COALESCE(b.segment, '') AS segment,
         CASE WHEN COUNT(*) = COUNT(b.plafond_ct) THEN SUM(b.plafond_ct) ELSE NULL END AS plafond_ct
  FROM budgetten b
  INNER JOIN regio r ON b.jaar = r.jaar
  GROUP BY b.aanbieder, COALESCE(b.segment, '')
),
stand AS (
  SELECT p.aanbieder, p.segment, r.kwartaal, r.plafond_marge_procent AS marge_procent, CAST(p.plafond_ct AS BIGINT) AS plafond_ct,
         CAST(COALESCE(a.bedrag_ct, 0) AS BIGINT) AS verbruikt_ct,
         CAST(SUBSTR(r.kwartaal, 7, 1) AS BIGINT) AS kwartalen
  FROM plafonds p
  CROSS JOIN regio r
  LEFT JOIN alles a ON p.aanbieder = a.aanbieder AND p.segment = a.segment
),
verwacht AS (
  SELECT aanbieder, segment, kwartaal, marge_procent, plafond_ct, verbruikt_ct, kwartalen,
         CAST((4 * verbruikt_ct - (4 * verbruikt_ct) % kwartalen) / kwartalen AS BIGINT) AS verwacht_jaar_ct
  FROM stand
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  CASE WHEN segment = '' THEN aanbieder ELSE aanbieder || ' · segment ' || segment END AS geval,
  400 * verbruikt_ct > (100 + marge_procent) * kwartalen * plafond_ct AS treffer,
  CASE WHEN 400 * verbruikt_ct > (100 + marge_procent) * kwartalen * plafond_ct THEN verwacht_jaar_ct - plafond_ct ELSE CAST(0 AS BIGINT) END AS bedrag_ct,
  verwacht_jaar_ct,
  plafond_ct,
  verbruikt_ct,
  CASE WHEN plafond_ct > 0 THEN CAST((100 * verbruikt_ct - (100 * verbruikt_ct) % plafond_ct) / plafond_ct AS BIGINT) ELSE NULL END AS verbruikt_procent
FROM verwacht
