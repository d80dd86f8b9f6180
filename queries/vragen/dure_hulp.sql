/*---
title        = "Jeugdigen met hoge kosten"
question     = "Hoeveel jeugdigen kostten in vier kwartalen samen meer dan een grens, en wat kostten zij?"
why          = "Een klein aantal jeugdigen bepaalt een groot deel van de kosten; over hen loont het om samen te zoeken naar passende hulp."
kind         = "measure"
keys         = ["boven_grens", "gemeente"]
levels       = [["boven_grens"], ["boven_grens", "gemeente"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client"]
measure      = "kosten_naar_kosten_per_jeugdige"
period       = "vier_kwartalen"
chart        = "bars"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26

[params.grens_euro]
type    = "getal"
default = 50000
---*/
-- Of een jeugdige boven de grens komt, volgt uit wat hij in de hele regio kostte; elke gemeente draagt daarvan haar eigen deel. Het
-- aantal jeugdigen staat bij cliënten.
WITH grens AS (
  SELECT MAX(waarde) * 100 AS grens_ct FROM par_grens_euro
),
per_gemeente AS (
  SELECT gemeente, client, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, client
),
per_client AS (
  SELECT client, SUM(bedrag_ct) AS totaal_ct
  FROM per_gemeente
  GROUP BY client
)
SELECT c.totaal_ct > g.grens_ct AS boven_grens, p.gemeente AS gemeente, p.client AS client, p.bedrag_ct AS bedrag_ct
FROM per_gemeente AS p
JOIN per_client AS c ON p.client = c.client
CROSS JOIN grens AS g
