/*---
title        = "Waaraan maatwerk is herkend"
question     = "Hoeveel declaratieregels zijn als maatwerk herkend, waaraan en onder welke code?"
why          = "De opzoektabel gaat voor de M-regel, en zonder maatwerkcode telt alleen het register. Zo is na te gaan of niets is gemist."
kind         = "measure"
keys         = ["herkenning", "productcode", "kwartaal"]
levels       = [["herkenning", "productcode", "kwartaal"], ["herkenning", "kwartaal"], ["kwartaal"]]
value        = "regels"
unit         = "declaratieregels"
contributors = ["client", "aanbieder"]
measure      = "maatwerk_herkenning"
period       = "kwartaal"
regel        = "Z21"
hoofdstuk    = "signalen"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
SELECT maatwerk_herkenning AS herkenning, productcode, kwartaal, client, aanbieder, COUNT(*) AS regels
FROM declaraties
WHERE is_maatwerk
GROUP BY maatwerk_herkenning, productcode, kwartaal, client, aanbieder
