/*---
title        = "Uitgaven per kanaal"
question     = "Langs welke weg zijn de declaraties ingediend, in euro's?"
why          = "De regio sprak af dat alles via iJw loopt; dit laat zien welk deel dat is."
kind         = "measure"
keys         = ["kanaal", "kwartaal"]
levels       = [["kanaal", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_kanaal"
denominator  = "kosten_totaal"
period       = "acht_kwartalen"
regel        = "H04"
hoofdstuk    = "proces"
zin          = "Van {totaal} kwam {grootste_aandeel} binnen via {grootste}."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
SELECT LOWER(kanaal) AS kanaal, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
GROUP BY LOWER(kanaal), kwartaal, client, aanbieder
