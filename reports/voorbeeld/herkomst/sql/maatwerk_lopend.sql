/*---
title        = "Lopende maatwerkovereenkomsten"
question     = "Hoeveel maatwerkovereenkomsten liepen er per gemeente op de laatste dag van het kwartaal?"
why          = "Nieuwe overeenkomsten zeggen weinig als oude niet eindigen; de stand laat zien hoeveel zorg er buiten het contract om loopt."
kind         = "measure"
keys         = ["gemeente", "is_vrije_keuze", "kwartaal"]
levels       = [["gemeente", "is_vrije_keuze", "kwartaal"], ["gemeente", "kwartaal"], ["is_vrije_keuze", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "overeenkomsten"
contributors = ["client", "aanbieder"]
measure      = "maatwerk_lopend"
denominator  = "jeugdigen"
period       = "acht_kwartalen"
judge        = "maatwerk"
chart        = "line"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
WITH lopend AS (
  -- Overeenkomsten met een vrije keuze van aanbieder staan apart; niet vastgelegd telt als gewone keuze.
  SELECT gemeente, COALESCE(is_vrije_keuze, FALSE) AS is_vrije_keuze, kwartaal, client, aanbieder
  FROM overeenkomsten_per_kwartaal
  WHERE loopt_op_einde
)
SELECT gemeente, is_vrije_keuze, kwartaal, client, aanbieder, COUNT(*) AS aantal
FROM lopend
GROUP BY gemeente, is_vrije_keuze, kwartaal, client, aanbieder
