/*---
title        = "Welk aanbod maatwerk vervangt"
question     = "Welk regionaal product vervangen de lopende maatwerkovereenkomsten, per gemeente?"
why          = "Vervangt maatwerk in meer gemeenten hetzelfde product, dan ontbreekt daar misschien regionaal aanbod."
kind         = "measure"
keys         = ["basisproduct", "gemeente", "kwartaal"]
levels       = [["basisproduct", "kwartaal"], ["basisproduct", "gemeente", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "overeenkomsten"
contributors = ["client", "aanbieder"]
measure      = "maatwerk_vervangt"
period       = "kwartaal"
regel        = "Z57"
hoofdstuk    = "aanbieders"
zin          = "Van {totaal} die in het kwartaal liepen, vervangen de meeste het product {grootste}: {grootste_aandeel}."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Een code waarvan het basisproduct niet eenduidig is, staat onder onbekend.
SELECT basisproduct, gemeente, kwartaal, client, aanbieder, CAST(COUNT(DISTINCT maatwerk_id) AS BIGINT) AS aantal
FROM overeenkomsten_per_kwartaal
GROUP BY basisproduct, gemeente, kwartaal, client, aanbieder
