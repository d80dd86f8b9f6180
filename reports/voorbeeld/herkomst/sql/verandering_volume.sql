/*---
title        = "Volume naar product en aanbieder, zonder creditregels"
question     = "Hoeveel is er van elk product bij elke aanbieder geleverd, per eenheid?"
why          = "Samen met de kosten zegt het of er meer is geleverd of dat het duurder werd."
kind         = "measure"
keys         = ["productcode", "eenheid", "aanbieder", "kwartaal"]
levels       = [["productcode", "eenheid", "aanbieder", "kwartaal"], ["productcode", "eenheid", "kwartaal"]]
value        = "volume_milli"
unit         = "duizendsten van de eenheid"
contributors = ["client", "aanbieder"]
measure      = "volume_zonder_credit"
samen_met    = "verandering"
period       = "acht_kwartalen"
judge        = "verandering"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
SELECT productcode, eenheid, aanbieder, kwartaal, client, SUM(volume_milli) AS volume_milli
FROM declaraties
WHERE bedrag_ct >= 0 AND volume_milli >= 0
GROUP BY productcode, eenheid, aanbieder, kwartaal, client
