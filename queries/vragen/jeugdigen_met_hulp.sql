/*---
title        = "Jeugdigen met hulp"
question     = "Hoeveel jeugdigen kregen jeugdhulp, ook per 10.000 jeugdigen van de gemeente?"
why          = "Het gebruik van jeugdhulp is pas tussen gemeenten te vergelijken als het tegen het aantal jeugdigen wordt afgezet."
kind         = "measure"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "jeugdigen"
contributors = ["client"]
measure      = "jeugdigen_met_hulp"
denominator  = "jeugdigen"
period       = "acht_kwartalen"
chart        = "line"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26

[params.productcode]
type = "productcode"
---*/
-- Hulp heeft wie in een maand per saldo volume heeft. Een jeugdige telt in een kwartaal één keer: in de gemeente van zijn
-- laatste maand met hulp, en bij twee gemeenten in die maand in die met de laagste code.
WITH per_maand AS (
  SELECT client, kwartaal, maand, gemeente
  FROM declaraties
  WHERE productcode IN (SELECT waarde FROM par_productcode)
  GROUP BY client, kwartaal, maand, gemeente
  HAVING SUM(volume_milli) > 0
),
laatste AS (
  SELECT client, kwartaal, MAX(maand) AS maand
  FROM per_maand
  GROUP BY client, kwartaal
),
geplaatst AS (
  SELECT p.client AS client, p.kwartaal AS kwartaal, MIN(p.gemeente) AS gemeente
  FROM per_maand AS p
  JOIN laatste AS l ON p.client = l.client AND p.kwartaal = l.kwartaal AND p.maand = l.maand
  GROUP BY p.client, p.kwartaal
)
SELECT gemeente, kwartaal, client, CAST(1 AS BIGINT) AS aantal
FROM geplaatst
