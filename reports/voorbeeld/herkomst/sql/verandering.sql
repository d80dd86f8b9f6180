/*---
title        = "Kosten naar product, aanbieder en correctie"
question     = "Wat kostte elk product bij elke aanbieder, en wat daarvan is een creditregel?"
why          = "Hiermee is een verandering van de kosten te verdelen over volume, prijs, samenstelling en correctie."
kind         = "measure"
keys         = ["productcode", "eenheid", "aanbieder", "is_correctie", "kwartaal"]
levels       = [["productcode", "eenheid", "aanbieder", "is_correctie", "kwartaal"], ["productcode", "kwartaal"], ["is_correctie", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_totaal"
period       = "acht_kwartalen"
judge        = "verandering"
chart        = "bridge"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- A credit that was matched with its debit has left the dataset together with it: what is left is a correction of
-- a line that was not found, or of a part of it.
SELECT productcode, eenheid, aanbieder, bedrag_ct < 0 OR volume_milli < 0 AS is_correctie, kwartaal, client,
       SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
GROUP BY productcode, eenheid, aanbieder, bedrag_ct < 0 OR volume_milli < 0, kwartaal, client
