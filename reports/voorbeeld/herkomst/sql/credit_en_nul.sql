/*---
title        = "Creditregels en regels met nul"
question     = "Hoeveel getelde regels zijn een credit zonder passende debetregel, of hebben bedrag of volume nul?"
why          = "Deze regels hebben geen prijs en blijven buiten elke vergelijking; wat ervan klopt, weet de aanbieder."
kind         = "measure"
keys         = ["soort", "aanbieder", "productcode", "kwartaal"]
levels       = [["soort", "aanbieder", "productcode", "kwartaal"], ["soort", "kwartaal"]]
value        = "regels"
unit         = "regels"
contributors = ["client", "aanbieder"]
measure      = "regels_zonder_prijs"
period       = "kwartaal"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Een credit die bij zijn debetregel past, is al met die regel weggevallen en staat hier niet.
WITH zonder_prijs AS (
    SELECT aanbieder, productcode, kwartaal, client, CAST(1 AS BIGINT) AS regels,
        CASE WHEN bedrag_ct < 0 THEN 'credit' WHEN bedrag_ct = 0 THEN 'bedrag nul' ELSE 'volume nul' END AS soort
    FROM declaraties
    WHERE bedrag_ct <= 0 OR volume_milli <= 0
)
SELECT soort, aanbieder, productcode, kwartaal, client, SUM(regels) AS regels
FROM zonder_prijs
GROUP BY soort, aanbieder, productcode, kwartaal, client
