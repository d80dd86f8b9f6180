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
measure      = "volume_totaal"
period       = "kwartaal"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT productcode, eenheid, gemeente, aanbieder, kwartaal, client, SUM(volume_milli) AS volume_milli
FROM declaraties
GROUP BY productcode, eenheid, gemeente, aanbieder, kwartaal, client
