/*---
title        = "Kosten maatwerk"
question     = "Wat kostte maatwerk per gemeente, en welk deel is dat van alle jeugdhulp?"
why          = "Een gemeente met veel kosten buiten het contract is een gesprek waard."
kind         = "measure"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"], ["gemeente"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_maatwerk"
denominator  = "kosten_totaal"
period       = "acht_kwartalen"
judge        = "maatwerk"
chart        = "line"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT gemeente, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
WHERE is_maatwerk
GROUP BY gemeente, kwartaal, client, aanbieder
