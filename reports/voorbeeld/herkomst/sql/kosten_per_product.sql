/*---
title        = "Kosten per product"
question     = "Wat kostte elk product, per eenheid waarin het is gedeclareerd?"
why          = "Laat zien waar het geld heen gaat; met het volume erbij wordt het een prijs."
kind         = "measure"
keys         = ["productcode", "eenheid", "kwartaal"]
levels       = [["productcode", "eenheid", "kwartaal"], ["productcode", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_totaal"
period       = "acht_kwartalen"
judge        = "kosten"
chart        = "bars"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT productcode, eenheid, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
GROUP BY productcode, eenheid, kwartaal, client, aanbieder
