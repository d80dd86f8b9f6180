/*---
title        = "Redenen van maatwerk"
question     = "Om welke reden begonnen de maatwerkovereenkomsten, per gemeente?"
why          = "Zorg die al liep, een verwijzer die een aanbieder noemt, een machtiging van de rechter of een aanbieder zonder gunning vragen elk om een ander gesprek."
kind         = "measure"
keys         = ["gemeente", "reden", "kwartaal"]
levels       = [["gemeente", "reden"], ["gemeente", "reden", "kwartaal"], ["reden", "kwartaal"]]
value        = "aantal"
unit         = "overeenkomsten"
contributors = ["client", "aanbieder"]
measure      = "maatwerk_nieuw"
jaar         = true
denominator  = "maatwerk_nieuw"
period       = "acht_kwartalen"
regel        = "Z11"
hoofdstuk    = "maatwerk"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
WITH nieuw AS (
  SELECT gemeente, CASE WHEN LOWER(reden_code) = 'wpb' THEN 'woonplaatsbeginsel' ELSE LOWER(reden_code) END AS reden, kwartaal, client, aanbieder
  FROM overeenkomsten_per_kwartaal
  WHERE is_nieuw
)
SELECT gemeente, reden, kwartaal, client, aanbieder, COUNT(*) AS aantal
FROM nieuw
GROUP BY gemeente, reden, kwartaal, client, aanbieder
