/*---
title        = "Bedrag van creditregels en regels met nul"
question     = "Om hoeveel euro gaat het bij credits zonder passende debetregel en bij regels met nul?"
why          = "Hoort bij credit_en_nul: hetzelfde, in euro. Een credit telt negatief."
kind         = "measure"
keys         = ["soort", "aanbieder", "productcode", "kwartaal"]
levels       = [["soort", "aanbieder", "productcode", "kwartaal"], ["soort", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_zonder_prijs"
samen_met    = "credit_en_nul"
period       = "kwartaal"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Een credit die bij zijn debetregel past, is al met die regel weggevallen en staat hier niet.
WITH zonder_prijs AS (
    SELECT aanbieder, productcode, kwartaal, client, bedrag_ct,
        CASE WHEN bedrag_ct < 0 THEN 'credit' WHEN bedrag_ct = 0 THEN 'bedrag nul' ELSE 'volume nul' END AS soort
    FROM declaraties
    WHERE bedrag_ct <= 0 OR volume_milli <= 0
)
SELECT soort, aanbieder, productcode, kwartaal, client, SUM(bedrag_ct) AS bedrag_ct
FROM zonder_prijs
GROUP BY soort, aanbieder, productcode, kwartaal, client
