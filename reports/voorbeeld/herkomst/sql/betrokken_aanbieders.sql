/*---
title        = "Cliënten naar aantal aanbieders"
question     = "Hoeveel cliënten hadden in het kwartaal één, twee, drie of meer aanbieders?"
why          = "Alleen bij twee of meer aanbieders is er iets te verdelen: daar had een ander de zorg kunnen coördineren."
kind         = "measure"
keys         = ["aantal_aanbieders", "kwartaal"]
levels       = [["aantal_aanbieders", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "clienten"
contributors = ["client"]
measure      = "betrokken_aanbieders"
period       = "acht_kwartalen"
judge        = "zorgcoordinatie"
chart        = "bars"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
WITH betrokken AS (
  -- Een aanbieder telt mee als hij de cliënt in het kwartaal per saldo zorg gaf.
  SELECT client, kwartaal, aanbieder
  FROM declaraties
  GROUP BY client, kwartaal, aanbieder
  HAVING SUM(volume_milli) > 0
),
geteld AS (
  SELECT client, kwartaal, COUNT(*) AS n
  FROM betrokken
  GROUP BY client, kwartaal
)
SELECT
  CASE WHEN n = 1 THEN '1' WHEN n = 2 THEN '2' WHEN n = 3 THEN '3' ELSE '4+' END AS aantal_aanbieders,
  kwartaal,
  client,
  CAST(1 AS BIGINT) AS aantal
FROM geteld
