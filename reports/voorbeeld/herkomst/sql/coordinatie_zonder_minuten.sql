/*---
title        = "Zorgcoördinatie zonder uren"
question     = "Hoeveel regels zorgcoördinatie zijn niet naar uren om te rekenen?"
why          = "Uren die niet te berekenen zijn, tellen nergens mee; de lezer moet weten hoeveel dat er zijn."
kind         = "measure"
keys         = ["aanbieder", "eenheid", "kwartaal"]
levels       = [["aanbieder", "eenheid", "kwartaal"], ["kwartaal"]]
value        = "regels"
unit         = "regels"
contributors = ["client", "aanbieder"]
measure      = "coordinatie_zonder_minuten"
period       = "acht_kwartalen"
judge        = "zorgcoordinatie"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
SELECT aanbieder, eenheid, kwartaal, client, COUNT(*) AS regels
FROM declaraties
WHERE is_coordinatie AND minuten IS NULL
GROUP BY aanbieder, eenheid, kwartaal, client
