/*---
title        = "Volume per product"
question     = "Hoeveel eenheden van elk product zijn er gedeclareerd?"
why          = "Kosten stijgen door de prijs of door het volume; dit is het volume."
kind         = "measure"
keys         = ["productcode", "eenheid", "kwartaal"]
levels       = [["productcode", "eenheid", "kwartaal"]]
value        = "volume_milli"
unit         = "duizendsten van de eenheid"
contributors = ["client", "aanbieder"]
measure      = "volume_totaal"
samen_met    = "kosten_per_product"
period       = "acht_kwartalen"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT productcode, eenheid, kwartaal, client, aanbieder, SUM(volume_milli) AS volume_milli
FROM declaraties
GROUP BY productcode, eenheid, kwartaal, client, aanbieder
