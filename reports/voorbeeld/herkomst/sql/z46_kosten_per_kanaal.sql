/*---
title        = "Maatwerkkosten per kanaal"
question     = "Langs welk kanaal is maatwerk gedeclareerd, en welk deel van de kosten is dat?"
why          = "Het deel buiten het berichtenverkeer hoort klein te zijn en kleiner te worden."
kind         = "measure"
keys         = ["gemeente", "kanaal", "kwartaal"]
levels       = [["kanaal", "kwartaal"], ["gemeente", "kanaal", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_maatwerk"
denominator  = "maatwerk_kosten"
regel        = "Z46"
hoofdstuk    = "proces"
zin          = "Maatwerk voor {totaal}, waarvan {grootste_aandeel} via kanaal {grootste}."
period       = "acht_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
SELECT gemeente, kanaal, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
FROM declaraties
WHERE is_maatwerk
GROUP BY gemeente, kanaal, kwartaal, client, aanbieder
