/*---
title        = "Kwartalen met zorg"
question     = "In hoeveel van de vier kwartalen hadden cliënten zorg, per klasse van zorg?"
why          = "Vier kwartalen met zorg zijn een cliëntjaar: de noemer van de kosten per cliëntjaar."
kind         = "measure"
keys         = ["klasse"]
levels       = [["klasse"]]
value        = "kwartalen"
unit         = "kwartalen"
contributors = ["client"]
measure      = "clientkwartalen"
samen_met    = "kosten_per_client"
period       = "vier_kwartalen"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Dezelfde klassen als kosten_per_client. Een kwartaal telt als er een regel met een bedrag boven nul is.
WITH regels AS (
    SELECT CASE WHEN segment IS NOT NULL THEN CONCAT('segment ', segment)
            WHEN productcategorie IS NOT NULL THEN CONCAT('categorie ', productcategorie) ELSE 'onbekend' END AS klasse, client, kwartaal
    FROM declaraties
    WHERE client IS NOT NULL AND bedrag_ct > 0
), per_client AS (
    SELECT klasse, client, COUNT(DISTINCT kwartaal) AS aantal FROM regels GROUP BY klasse, client
    UNION ALL
    SELECT 'alle zorg' AS klasse, client, COUNT(DISTINCT kwartaal) AS aantal FROM regels GROUP BY client
)
SELECT klasse, client, CAST(aantal AS BIGINT) AS kwartalen
FROM per_client
