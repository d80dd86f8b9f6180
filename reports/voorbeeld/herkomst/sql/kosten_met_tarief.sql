/*---
title        = "Kosten met een regionaal tarief"
question     = "Van hoeveel euro is het regionale tarief bekend?"
why          = "Zonder regionaal tarief is er niets te vergelijken; dit is het deel waarover tarief_boven_regio iets zegt."
kind         = "measure"
keys         = ["aanbieder", "productcode", "eenheid", "kwartaal"]
levels       = [["aanbieder", "productcode", "eenheid", "kwartaal"], ["aanbieder", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_met_tarief"
period       = "acht_kwartalen"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT aanbieder, productcode, eenheid, kwartaal, client, SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
WHERE regio_tarief_ct IS NOT NULL
GROUP BY aanbieder, productcode, eenheid, kwartaal, client
