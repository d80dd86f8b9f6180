/*---
title        = "Na-ijl van declaraties"
question     = "Hoe lang na de maand van de zorg is er gedeclareerd, in euro's?"
why          = "Een recent kwartaal is nog niet af; zonder deze vraag lijkt dat een daling."
kind         = "measure"
keys         = ["maand", "vertraging_maanden", "kwartaal"]
levels       = [["maand", "vertraging_maanden", "kwartaal"], ["maand", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_totaal"
period       = "alles"
judge        = "naijl"
chart        = "line"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- A month of delay ends on the day of the month of the last dagtekening in the dataset, so that every cell that has
-- begun is complete: 0 is declared at the latest on that day of the month after the care. Empty without a dagtekening.
-- A line and the credit it was netted with are 0 together, but each on its own day: what takes the place of a line
-- that was known before is no late line.
WITH alle AS (
  SELECT maand, kwartaal, client, aanbieder, bedrag_ct, dagtekening FROM declaraties
  UNION ALL
  SELECT maand, kwartaal, client, aanbieder, bedrag_ct, dagtekening FROM declaraties_verrekend
),
laatste AS (
  SELECT MAX(dagtekening) AS dag FROM alle
),
datums AS (
  SELECT maand, kwartaal, client, aanbieder, bedrag_ct,
         CAST(dagtekening AS VARCHAR) AS gedeclareerd, CAST(dag AS VARCHAR) AS laatst
  FROM alle CROSS JOIN laatste
),
delen AS (
  SELECT maand, kwartaal, client, aanbieder, bedrag_ct,
         12 * CAST(SUBSTR(gedeclareerd, 1, 4) AS BIGINT) + CAST(SUBSTR(gedeclareerd, 6, 2) AS BIGINT)
           - 12 * CAST(SUBSTR(maand, 1, 4) AS BIGINT) - CAST(SUBSTR(maand, 6, 2) AS BIGINT) - 1 AS maanden,
         CAST(SUBSTR(gedeclareerd, 9, 2) AS BIGINT) AS dag, CAST(SUBSTR(laatst, 9, 2) AS BIGINT) AS laatste_dag
  FROM datums
)
SELECT maand, CASE WHEN dag > laatste_dag THEN maanden + 1 ELSE maanden END AS vertraging_maanden, kwartaal,
       client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
FROM delen
GROUP BY maand, CASE WHEN dag > laatste_dag THEN maanden + 1 ELSE maanden END, kwartaal, client, aanbieder
