/*---
title        = "Nieuwe maatwerkovereenkomsten"
question     = "Hoeveel maatwerkovereenkomsten begonnen er per gemeente en kwartaal?"
why          = "Een gemeente met veel meer nieuwe overeenkomsten dan de andere gemeenten is een gesprek waard; misschien ontbreekt er gecontracteerd aanbod."
kind         = "measure"
keys         = ["gemeente", "is_vrije_keuze", "kwartaal"]
levels       = [["gemeente", "is_vrije_keuze", "kwartaal"], ["gemeente", "kwartaal"], ["is_vrije_keuze", "kwartaal"], ["kwartaal"], ["gemeente", "is_vrije_keuze"], ["gemeente"]]
value        = "aantal"
unit         = "overeenkomsten"
contributors = ["client", "aanbieder"]
measure      = "maatwerk_nieuw"
jaar         = true
denominator  = "jeugdigen"
period       = "acht_kwartalen"
judge        = "maatwerk"
chart        = "line"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
WITH nieuw AS (
  -- Overeenkomsten met een vrije keuze van aanbieder staan apart; niet vastgelegd telt als gewone keuze.
  SELECT gemeente, COALESCE(is_vrije_keuze, FALSE) AS is_vrije_keuze, kwartaal, client, aanbieder
  FROM overeenkomsten_per_kwartaal
  WHERE is_nieuw
)
SELECT gemeente, is_vrije_keuze, kwartaal, client, aanbieder, COUNT(*) AS aantal
FROM nieuw
GROUP BY gemeente, is_vrije_keuze, kwartaal, client, aanbieder
