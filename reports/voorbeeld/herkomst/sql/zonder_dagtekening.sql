/*---
title        = "Declaraties zonder dagtekening"
question     = "Van hoeveel regels is niet bekend wanneer zij zijn gedeclareerd?"
why          = "Over deze regels zegt de na-ijl niets; zijn het er veel, dan is de schatting niet te gebruiken."
kind         = "measure"
keys         = ["kwartaal"]
levels       = [["kwartaal"]]
value        = "regels"
unit         = "regels"
contributors = ["client", "aanbieder"]
measure      = "regels_zonder_dagtekening"
period       = "acht_kwartalen"
judge        = "naijl"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
SELECT kwartaal, client, aanbieder, COUNT(*) AS regels
FROM declaraties
WHERE dagtekening IS NULL
GROUP BY kwartaal, client, aanbieder
