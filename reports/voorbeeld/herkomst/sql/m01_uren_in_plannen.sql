/*---
title        = "Uren coördinatie volgens de plannen"
question     = "Hoe zijn de uren zorgcoördinatie uit de plannen over de aanbieders verdeeld?"
why          = "De aanbieders spraken af de coördinatie evenredig te verdelen. Dit is een gespreksonderwerp voor de aanbieders aan de fysieke overlegtafel."
kind         = "measure"
regel        = "M01"
hoofdstuk    = "zorgcoordinatie"
keys         = ["aanbieder", "kwartaal"]
levels       = [["aanbieder", "kwartaal"], ["kwartaal"], ["aanbieder"]]
value        = "minuten"
unit         = "minuten"
contributors = ["client", "aanbieder"]
measure      = "coordinatie_plannen"
period       = "vier_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
zin          = "De plannen die dit kwartaal begonnen, tellen samen {totaal} coördinatie; het grootste deel ligt bij {grootste}: {grootste_aandeel}."
---*/
-- Een plan telt één keer: in het kwartaal waarin het begon. Plannen zonder uren tellen niet mee.
SELECT aanbieder, kwartaal, client, CAST(SUM(FLOOR(CAST(uren_milli * 60 AS DOUBLE) / 1000)) AS BIGINT) AS minuten
FROM plannen_per_kwartaal
WHERE is_nieuw AND uren_milli IS NOT NULL AND agb IS NOT NULL
GROUP BY aanbieder, kwartaal, client
