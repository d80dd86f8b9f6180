/*---
title        = "Laatste dagtekening"
question     = "Tot en met welke dag zijn er declaraties gezien, en hoeveel regels dragen die dag?"
why          = "Die dag is de stand van de gegevens; wat later wordt gedeclareerd is onbekend, niet nul."
kind         = "measure"
keys         = ["dagtekening"]
levels       = [["dagtekening"]]
value        = "regels"
unit         = "regels"
contributors = ["client", "aanbieder"]
measure      = "regels_op_laatste_dagtekening"
period       = "alles"
judge        = "naijl"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
WITH alle AS (
  SELECT dagtekening, client, aanbieder FROM declaraties
  UNION ALL
  SELECT dagtekening, client, aanbieder FROM declaraties_verrekend
),
laatste AS (
  SELECT MAX(dagtekening) AS dag FROM alle
)
SELECT CAST(dagtekening AS VARCHAR) AS dagtekening, client, aanbieder, COUNT(*) AS regels
FROM alle CROSS JOIN laatste
WHERE dagtekening = dag
GROUP BY CAST(dagtekening AS VARCHAR), client, aanbieder
