/*---
title        = "Duur van hulp"
question     = "In hoeveel van de laatste acht kwartalen kregen de jeugdigen die nu hulp hebben ook hulp?"
why          = "Een groep die jaren hulp krijgt, vraagt een ander gesprek dan een groep die kort en eenmalig wordt geholpen."
kind         = "measure"
keys         = ["duur", "gemeente", "kwartaal"]
levels       = [["duur", "kwartaal"], ["duur", "gemeente", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "jeugdigen"
contributors = ["client"]
measure      = "jeugdigen_naar_duur"
period       = "acht_kwartalen"
chart        = "bars"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Alleen het kwartaal van het rapport telt, met wat eraan voorafging. Een kwartaal telt mee als de jeugdige er per saldo volume heeft, waar in
-- de regio ook. De gemeente is die van het kwartaal van het rapport (bij meer gemeenten de laagste code). Gaan de bestanden minder ver
-- terug dan acht kwartalen, dan is de duur te kort.
WITH per_kwartaal AS (
  SELECT client, kwartaal
  FROM declaraties
  GROUP BY client, kwartaal
  HAVING SUM(volume_milli) > 0
),
geteld AS (
  SELECT client, MAX(kwartaal) AS laatste, COUNT(*) AS n
  FROM per_kwartaal
  GROUP BY client
),
nu AS (
  SELECT d.client AS client, d.kwartaal AS kwartaal, MIN(d.gemeente) AS gemeente
  FROM declaraties AS d
  JOIN regio AS r ON d.kwartaal = r.kwartaal
  WHERE d.volume_milli > 0
  GROUP BY d.client, d.kwartaal
)
SELECT
  CASE WHEN g.n = 1 THEN '1 kwartaal' WHEN g.n <= 3 THEN '2-3 kwartalen' WHEN g.n <= 7 THEN '4-7 kwartalen' ELSE '8 kwartalen' END AS duur,
  nu.gemeente AS gemeente, nu.kwartaal AS kwartaal, nu.client AS client, CAST(1 AS BIGINT) AS aantal
FROM nu
JOIN geteld AS g ON nu.client = g.client AND nu.kwartaal = g.laatste
