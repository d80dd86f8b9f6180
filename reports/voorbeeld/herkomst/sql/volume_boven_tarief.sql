/*---
title        = "Volume boven het regionale tarief"
question     = "Hoeveel eenheden zijn er boven het regionale tarief gedeclareerd, en wat was dat tarief?"
why          = "Het bedrag erboven gedeeld door wat dit volume tegen het tarief kost, zegt hoeveel procent de prijs erboven ligt."
kind         = "measure"
keys         = ["aanbieder", "productcode", "eenheid", "regio_tarief_ct", "kwartaal"]
levels       = [["aanbieder", "productcode", "eenheid", "regio_tarief_ct", "kwartaal"]]
value        = "volume_milli"
unit         = "duizendsten van de eenheid"
contributors = ["client", "aanbieder"]
measure      = "volume_boven_tarief"
period       = "kwartaal"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Dezelfde regels als tarief_boven_regio; een creditregel verlaagt het volume.
SELECT aanbieder, productcode, eenheid, regio_tarief_ct, kwartaal, client, SUM(volume_milli) AS volume_milli
FROM declaraties
WHERE boven_tarief_ct <> 0
GROUP BY aanbieder, productcode, eenheid, regio_tarief_ct, kwartaal, client
