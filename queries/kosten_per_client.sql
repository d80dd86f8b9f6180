/*---
title        = "Kosten per cliënt"
question     = "Wat kostten cliënten in vier kwartalen, per klasse van zorg en per band van bedragen?"
why          = "Laat zien hoe sterk de kosten op weinig cliënten rusten, zonder dat een kind een regel krijgt."
kind         = "measure"
keys         = ["klasse", "vanaf_euro"]
levels       = [["klasse", "vanaf_euro"], ["klasse"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client"]
measure      = "kosten_per_client"
period       = "vier_kwartalen"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Verblijf en ambulant worden niet vergeleken: een klasse is het segment van het product, anders de productcategorie.
-- Een cliënt staat in elke klasse waarin hij zorg had, en één keer onder 'alle zorg'; vanaf_euro is de ondergrens van zijn band, -1 is onder nul.
WITH regels AS (
    SELECT CASE WHEN segment IS NOT NULL THEN CONCAT('segment ', segment)
            WHEN productcategorie IS NOT NULL THEN CONCAT('categorie ', productcategorie) ELSE 'onbekend' END AS klasse, client, bedrag_ct
    FROM declaraties
    WHERE client IS NOT NULL
), per_client AS (
    SELECT klasse, client, SUM(bedrag_ct) AS totaal_ct FROM regels GROUP BY klasse, client
    UNION ALL
    SELECT 'alle zorg' AS klasse, client, SUM(bedrag_ct) AS totaal_ct FROM regels GROUP BY client
)
SELECT klasse, client, totaal_ct AS bedrag_ct,
    CAST(CASE WHEN totaal_ct < 0 THEN -1 WHEN totaal_ct < 100000 THEN 0 WHEN totaal_ct < 250000 THEN 1000
        WHEN totaal_ct < 500000 THEN 2500 WHEN totaal_ct < 1000000 THEN 5000 WHEN totaal_ct < 2500000 THEN 10000
        WHEN totaal_ct < 5000000 THEN 25000 WHEN totaal_ct < 10000000 THEN 50000 ELSE 100000 END AS BIGINT) AS vanaf_euro
FROM per_client
