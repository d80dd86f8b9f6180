/*---
title        = "Kosten per cliënt"
question     = "Wat kostten cliënten in vier kwartalen, per klasse van zorg en naar hun plaats in de rij van duur naar goedkoop?"
why          = "Laat zien hoe sterk de kosten op weinig cliënten rusten, zonder dat een kind een regel krijgt."
kind         = "measure"
keys         = ["klasse", "deel"]
levels       = [["klasse", "deel"], ["klasse"]]
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
-- Een cliënt staat in elke klasse waarin hij zorg had, en één keer onder 'alle zorg'. Het deel is zijn plaats onder de cliënten van de
-- klasse, de duurste eerst: 5 is de duurste 5%, 10 wie daarop volgt tot 10%, 100 de goedkoopste helft. Een klasse met minder dan honderd
-- cliënten blijft één geheel (0): nergens staan minder dan vijf kinderen bij elkaar omdat zij op een rij zijn gezet.
WITH regels AS (
    SELECT CASE WHEN segment IS NOT NULL THEN CONCAT('segment ', segment)
            WHEN productcategorie IS NOT NULL THEN CONCAT('categorie ', productcategorie) ELSE 'onbekend' END AS klasse, client, bedrag_ct
    FROM declaraties
    WHERE client IS NOT NULL
), per_client AS (
    SELECT klasse, client, SUM(bedrag_ct) AS totaal_ct FROM regels GROUP BY klasse, client
    UNION ALL
    SELECT 'alle zorg' AS klasse, client, SUM(bedrag_ct) AS totaal_ct FROM regels GROUP BY client
), per_klasse AS (
    SELECT klasse, COUNT(*) AS aantal FROM per_client GROUP BY klasse
), op_rij AS (
    SELECT p.klasse, p.client, p.totaal_ct, CAST(k.aantal AS BIGINT) AS aantal,
        CAST(ROW_NUMBER() OVER (PARTITION BY p.klasse ORDER BY p.totaal_ct DESC) AS BIGINT) AS plaats
    FROM per_client AS p
    JOIN per_klasse AS k ON p.klasse = k.klasse
)
SELECT klasse, client, totaal_ct AS bedrag_ct,
    CAST(CASE WHEN aantal < 100 THEN 0 WHEN 100 * plaats <= 5 * aantal THEN 5 WHEN 100 * plaats <= 10 * aantal THEN 10
        WHEN 100 * plaats <= 25 * aantal THEN 25 WHEN 100 * plaats <= 50 * aantal THEN 50 ELSE 100 END AS BIGINT) AS deel
FROM op_rij
