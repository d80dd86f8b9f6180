/*---
title        = "Uren zorgcoördinatie"
question     = "Hoeveel tijd zorgcoördinatie declareerde elke aanbieder?"
why          = "Draagt één aanbieder veel meer coördinatie dan de andere, dan is dat een onderwerp voor de overlegtafel."
kind         = "measure"
keys         = ["aanbieder", "kwartaal"]
levels       = [["aanbieder", "kwartaal"], ["kwartaal"]]
value        = "minuten"
unit         = "minuten"
contributors = ["client", "aanbieder"]
measure      = "coordinatie_minuten"
period       = "acht_kwartalen"
judge        = "zorgcoordinatie"
chart        = "lorenz"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
-- Regels waarvan de eenheid niet naar minuten om te rekenen is, staan in coordinatie_zonder_minuten.
SELECT aanbieder, kwartaal, client, SUM(minuten) AS minuten
FROM declaraties
WHERE is_coordinatie AND minuten IS NOT NULL
GROUP BY aanbieder, kwartaal, client
