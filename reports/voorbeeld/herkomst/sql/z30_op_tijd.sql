/*---
title        = "Adviezen binnen de termijn"
question     = "Welk deel van de gegeven adviezen kwam binnen de termijn, per adviseur en met of zonder spoed?"
why          = "Bij spoed telt elke dag; een goed gemiddelde kan een slechte spoedtermijn verbergen."
kind         = "measure"
keys         = ["rol", "spoed", "kwartaal"]
levels       = [["rol", "spoed", "kwartaal"]]
value        = "adviezen"
unit         = "adviezen op tijd"
contributors = ["client", "aanbieder"]
measure      = "adviezen_op_tijd"
denominator  = "z30_werkdagen"
regel        = "Z30"
hoofdstuk    = "proces"
period       = "acht_kwartalen"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Of the advices that were given, with both dates. Where nothing says whether it was urgent, there is no term to hold it
-- against. Every advice is a row, so that a share of 0 is shown too.
WITH termijnen AS (
  SELECT werkdagen_spoed AS termijn_spoed, werkdagen AS termijn_gewoon FROM regio
),
adviezen_per_rol AS (
  SELECT 'beleid' AS rol, is_spoed AS spoed, werkdagen_beleid AS nodig, kwartaal, client, aanbieder FROM aanvragen
  UNION ALL
  SELECT 'icm' AS rol, is_spoed AS spoed, werkdagen_icm AS nodig, kwartaal, client, aanbieder FROM aanvragen
),
getoetst AS (
  SELECT rol, spoed, kwartaal, client, aanbieder, nodig,
         CASE WHEN spoed THEN termijn_spoed ELSE termijn_gewoon END AS termijn
  FROM adviezen_per_rol CROSS JOIN termijnen
  WHERE spoed IS NOT NULL
)
SELECT rol, spoed, kwartaal, client, aanbieder, SUM(CASE WHEN nodig <= termijn THEN 1 ELSE 0 END) AS adviezen
FROM getoetst
WHERE nodig >= 0 AND termijn IS NOT NULL
GROUP BY rol, spoed, kwartaal, client, aanbieder
