/*---
title        = "Wie coördineert"
question     = "Bij wie ligt de zorgcoördinatie volgens de plannen: een aanbieder, het sociaal team, de RCG of een gecertificeerde instelling?"
why          = "Naast de aanbieder kunnen het sociaal team, de regisseur complexe gezinnen en de jeugdbeschermer coördineren; een gesprek over de verdeling begint bij wie het doet."
kind         = "measure"
regel        = "M14"
hoofdstuk    = "zorgcoordinatie"
keys         = ["uitvoerder_type", "kwartaal"]
levels       = [["uitvoerder_type", "kwartaal"], ["kwartaal"]]
value        = "plannen"
unit         = "plannen"
contributors = ["client", "aanbieder"]
measure      = "plannen_met_coordinator"
period       = "acht_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
zin          = "Van de {totaal} in dit kwartaal noemt het grootste deel als uitvoerder: {grootste} ({grootste_aandeel})."
---*/
-- Elk plan dat in het kwartaal liep en een aanbieder of een soort uitvoerder noemt; een plan dat niemand noemt, zegt niets over wie
-- coördineert. Staat er alleen een aanbieder, dan is onbekend in welke rol.
SELECT uitvoerder_type, kwartaal, client, aanbieder, COUNT(*) AS plannen
FROM plannen_per_kwartaal
WHERE agb IS NOT NULL OR uitvoerder_type IS NOT NULL
GROUP BY uitvoerder_type, kwartaal, client, aanbieder
