/*---
title        = "Aangeleverde regels per maand"
question     = "Van welke aanbieder zijn er over welke maand declaraties?"
why          = "Een maand zonder regels is meestal een ontbrekende levering en geen daling; daarom staat dit vooraan."
kind         = "measure"
keys         = ["aanbieder", "maand"]
levels       = [["aanbieder", "maand"], ["maand"]]
value        = "regels"
unit         = "regels"
contributors = ["client", "aanbieder"]
measure      = "regels"
period       = "acht_kwartalen"
judge        = "proces"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT aanbieder, maand, client, COUNT(*) AS regels
FROM declaraties
GROUP BY aanbieder, maand, client
