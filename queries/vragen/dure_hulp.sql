/*---
title        = "Jeugdigen naar kosten in een jaar"
question     = "Hoeveel jeugdigen kostten in vier kwartalen meer dan 100.000, 50.000 of 20.000 euro, en wat kostten zij samen?"
why          = "Een klein aantal jeugdigen bepaalt een groot deel van de kosten; over hen loont het om samen te zoeken naar passende hulp."
kind         = "measure"
keys         = ["kosten_in_jaar", "gemeente"]
levels       = [["kosten_in_jaar"], ["kosten_in_jaar", "gemeente"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client"]
measure      = "kosten_naar_kosten_per_jeugdige"
period       = "vier_kwartalen"
chart        = "bars"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- De groep volgt uit wat een jeugdige in de hele regio kostte; elke gemeente draagt daarvan haar eigen deel. Het aantal jeugdigen
-- staat bij cliënten.
WITH per_gemeente AS (
  SELECT gemeente, client, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, client
),
per_client AS (
  SELECT client, SUM(bedrag_ct) AS totaal_ct
  FROM per_gemeente
  GROUP BY client
)
SELECT
  CASE
    WHEN c.totaal_ct > 10000000 THEN '4 meer dan 100.000 euro'
    WHEN c.totaal_ct > 5000000 THEN '3 tot en met 100.000 euro'
    WHEN c.totaal_ct > 2000000 THEN '2 tot en met 50.000 euro'
    ELSE '1 tot en met 20.000 euro'
  END AS kosten_in_jaar,
  p.gemeente AS gemeente, p.client AS client, p.bedrag_ct AS bedrag_ct
FROM per_gemeente AS p
JOIN per_client AS c ON p.client = c.client
