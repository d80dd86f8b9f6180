/*---
title        = "Cliënten met zorgcoördinatie"
question     = "Voor hoeveel cliënten declareerde elke aanbieder zorgcoördinatie?"
why          = "Naast de uren laat het aantal cliënten zien bij wie de coördinatie ligt."
kind         = "measure"
keys         = ["aanbieder", "kwartaal"]
levels       = [["aanbieder", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "clienten"
contributors = ["client", "aanbieder"]
measure      = "coordinatie_clienten"
period       = "acht_kwartalen"
judge        = "zorgcoordinatie"
chart        = "bars"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
-- Alleen wie per saldo zorgcoördinatie kreeg: een volledig teruggedraaide declaratie telt niet.
SELECT aanbieder, kwartaal, client, CAST(1 AS BIGINT) AS aantal
FROM declaraties
WHERE is_coordinatie
GROUP BY aanbieder, kwartaal, client
HAVING SUM(volume_milli) > 0
