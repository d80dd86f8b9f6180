/*---
title        = "Kosten jeugdhulp"
question     = "Wat kostte alle gedeclareerde jeugdhulp per gemeente?"
why          = "Het aandeel van maatwerk zegt pas iets naast het geheel."
kind         = "measure"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"], ["gemeente"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_totaal"
period       = "acht_kwartalen"
judge        = "kosten"
chart        = "line"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT gemeente, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
GROUP BY gemeente, kwartaal, client, aanbieder
