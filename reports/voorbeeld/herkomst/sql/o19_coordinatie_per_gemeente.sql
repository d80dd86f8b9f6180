/*---
title        = "Zorgcoördinatie per gemeente"
question     = "Hoeveel tijd zorgcoördinatie is per gemeente gedeclareerd, ook waar het niets is?"
why          = "Alle gemeenten van de regio staan erin, zodat ook te zien is waar geen zorgcoördinatie is ingezet."
kind         = "measure"
regel        = "O19"
hoofdstuk    = "zorgcoordinatie"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"]]
value        = "minuten"
unit         = "minuten"
contributors = ["client", "aanbieder"]
measure      = "coordinatie_minuten"
denominator  = "jeugdigen"
period       = "acht_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
zin          = "In de regio is dit kwartaal samen {totaal} zorgcoördinatie gedeclareerd, het meest in {grootste}."
---*/
SELECT gemeente, kwartaal, client, aanbieder, SUM(minuten) AS minuten
FROM declaraties
WHERE is_coordinatie AND minuten IS NOT NULL
GROUP BY gemeente, kwartaal, client, aanbieder
