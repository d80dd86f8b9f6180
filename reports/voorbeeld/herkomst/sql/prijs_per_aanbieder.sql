/*---
title        = "Kosten per product en aanbieder"
question     = "Wat rekende elke aanbieder per product, eenheid en gemeente?"
why          = "Gedeeld door het volume is dit de prijs; een prijs die ver van de andere ligt, is een vraag waard."
kind         = "measure"
keys         = ["productcode", "eenheid", "gemeente", "aanbieder", "kwartaal"]
levels       = [["productcode", "eenheid", "gemeente", "aanbieder", "kwartaal"], ["productcode", "eenheid", "aanbieder", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_met_prijs"
period       = "kwartaal"
judge        = "kosten"
chart        = "strip"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Creditregels en regels met nul hebben geen prijs; zij staan in credit_en_nul.
SELECT productcode, eenheid, gemeente, aanbieder, kwartaal, client, SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
WHERE bedrag_ct > 0 AND volume_milli > 0
GROUP BY productcode, eenheid, gemeente, aanbieder, kwartaal, client
