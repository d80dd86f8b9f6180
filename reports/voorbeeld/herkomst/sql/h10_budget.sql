/*---
title     = "Verbruik van budgetplafonds"
question  = "Welke aanbieders komen bij gelijk tempo voor het eind van het jaar boven hun budgetplafond?"
why       = "Een plafond dat in november op is, geeft wachtlijsten; vroeg weten geeft tijd om te schuiven."
kind      = "signaal"
regel     = "H10"
hoofdstuk = "kosten"
invloed   = "beide"
geval     = ["budgetplafond", "budgetplafonds"]
zin       = "Van de {van} budgetplafonds {n?wordt|worden} er {n#} bij gelijk tempo dit jaar overschreden, samen met {bedrag}."
gesprek   = "Is er meer vraag dan verwacht, of komt er in de rest van het jaar minder; en waar is ruimte over?"
remedie   = "Bekijk met de aanbieder de verwachting tot het eind van het jaar en schuif op tijd tussen plafonds."
goed      = "Na drie kwartalen is precies drie kwart van het plafond verbruikt."
fout      = "Na drie kwartalen is een cent meer dan drie kwart van het plafond verbruikt."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Spent so far, to whole years: the number of the quarter is the number of quarters that have passed. What is still to
-- be declared makes the expectation too low, never too high. A plafond without a segment is for all care together.
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
  SELECT p.aanbieder, p.segment, r.kwartaal, CAST(p.plafond_ct AS BIGINT) AS plafond_ct,
         CAST(COALESCE(a.bedrag_ct, 0) AS BIGINT) AS verbruikt_ct,
         CAST(SUBSTR(r.kwartaal, 7, 1) AS BIGINT) AS kwartalen
  FROM plafonds p
  CROSS JOIN regio r
  LEFT JOIN alles a ON p.aanbieder = a.aanbieder AND p.segment = a.segment
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  CASE WHEN segment = '' THEN aanbieder ELSE aanbieder || ' · segment ' || segment END AS geval,
  4 * verbruikt_ct > kwartalen * plafond_ct AS treffer,
  CASE WHEN 4 * verbruikt_ct > kwartalen * plafond_ct
       THEN CAST((4 * verbruikt_ct - (4 * verbruikt_ct) % kwartalen) / kwartalen AS BIGINT) - plafond_ct ELSE CAST(0 AS BIGINT) END AS bedrag_ct,
  plafond_ct,
  verbruikt_ct,
  CASE WHEN plafond_ct > 0 THEN CAST((100 * verbruikt_ct - (100 * verbruikt_ct) % plafond_ct) / plafond_ct AS BIGINT) ELSE NULL END AS verbruikt_procent
FROM stand
