/*---
title        = "Volume per product en aanbieder"
question     = "Hoeveel eenheden declareerde elke aanbieder per product, eenheid en gemeente?"
why          = "De noemer van de prijs in prijs_per_aanbieder."
kind         = "measure"
keys         = ["productcode", "eenheid", "gemeente", "aanbieder", "kwartaal"]
levels       = [["productcode", "eenheid", "gemeente", "aanbieder", "kwartaal"], ["productcode", "eenheid", "aanbieder", "kwartaal"]]
value        = "volume_milli"
unit         = "duizendsten van de eenheid"
contributors = ["client", "aanbieder"]
measure      = "volume_met_prijs"
samen_met    = "prijs_per_aanbieder"
period       = "kwartaal"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Creditregels en regels met nul hebben geen prijs; zij staan in credit_en_nul.
SELECT productcode, eenheid, gemeente, aanbieder, kwartaal, client, SUM(volume_milli) AS volume_milli
FROM declaraties
WHERE bedrag_ct > 0 AND volume_milli > 0
GROUP BY productcode, eenheid, gemeente, aanbieder, kwartaal, client
