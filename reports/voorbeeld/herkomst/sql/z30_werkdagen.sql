/*---
title        = "Werkdagen tot het advies"
question     = "Na hoeveel werkdagen kwam het advies, per adviseur en met of zonder spoed?"
why          = "De verdeling laat zien of de termijn net wordt gemist of ruim, en bij wie."
kind         = "measure"
keys         = ["rol", "spoed", "werkdagen", "kwartaal"]
levels       = [["rol", "werkdagen"], ["rol", "spoed", "werkdagen"], ["rol", "spoed", "kwartaal"], ["rol", "kwartaal"]]
value        = "adviezen"
unit         = "adviezen"
contributors = ["client", "aanbieder"]
measure      = "adviezen"
regel        = "Z30"
hoofdstuk    = "proces"
period       = "acht_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Only advices with both dates, of which the second does not lie before the first.
WITH adviezen_per_rol AS (
  SELECT 'beleid' AS rol, is_spoed AS spoed, werkdagen_beleid AS werkdagen, kwartaal, client, aanbieder FROM aanvragen
  UNION ALL
  SELECT 'icm' AS rol, is_spoed AS spoed, werkdagen_icm AS werkdagen, kwartaal, client, aanbieder FROM aanvragen
)
SELECT rol, spoed, werkdagen, kwartaal, client, aanbieder, COUNT(*) AS adviezen
FROM adviezen_per_rol
WHERE werkdagen >= 0
GROUP BY rol, spoed, werkdagen, kwartaal, client, aanbieder
