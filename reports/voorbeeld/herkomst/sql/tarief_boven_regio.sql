/*---
title        = "Kosten boven het regionale tarief"
question     = "Hoeveel euro is er gedeclareerd boven het regionale tarief, en door wie?"
why          = "Afwijken van een afgesproken tarief is een feit en geen statistiek; het bedrag bepaalt waar het gesprek begint."
kind         = "measure"
keys         = ["aanbieder", "productcode", "eenheid", "kwartaal"]
levels       = [["aanbieder", "productcode", "eenheid", "kwartaal"], ["aanbieder", "kwartaal"], ["kwartaal"]]
value        = "boven_tarief_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_boven_tarief"
denominator  = "kosten_met_tarief"
period       = "acht_kwartalen"
judge        = "kosten"
chart        = "bars"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
-- Leeg betekent: geen regionaal tarief. Een creditregel verlaagt het bedrag.
SELECT aanbieder, productcode, eenheid, kwartaal, client, SUM(boven_tarief_ct) AS boven_tarief_ct
FROM declaraties
WHERE boven_tarief_ct <> 0
GROUP BY aanbieder, productcode, eenheid, kwartaal, client
