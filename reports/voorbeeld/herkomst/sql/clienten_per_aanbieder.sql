/*---
title        = "Cliënten per aanbieder"
question     = "Hoeveel cliënten had elke aanbieder, en hoeveel daarvan hadden ook een andere aanbieder?"
why          = "Een aandeel in de zorgcoördinatie krijgt pas betekenis naast het aandeel in de cliënten."
kind         = "measure"
keys         = ["aanbieder", "meer_aanbieders", "kwartaal"]
levels       = [["aanbieder", "meer_aanbieders", "kwartaal"], ["aanbieder", "kwartaal"], ["meer_aanbieders", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "clienten"
contributors = ["client", "aanbieder"]
measure      = "clienten_per_aanbieder"
period       = "acht_kwartalen"
judge        = "zorgcoordinatie"
chart        = "bars"
owner        = "ICM"
reviewed     = 2026-11-22
---*/
WITH betrokken AS (
  -- Een aanbieder telt mee als hij de cliënt in het kwartaal per saldo zorg gaf.
  SELECT client, kwartaal, aanbieder
  FROM declaraties
  GROUP BY client, kwartaal, aanbieder
  HAVING SUM(volume_milli) > 0
),
geteld AS (
  SELECT client, kwartaal, COUNT(*) AS n
  FROM betrokken
  GROUP BY client, kwartaal
)
SELECT
  betrokken.aanbieder AS aanbieder,
  CASE WHEN geteld.n > 1 THEN TRUE ELSE FALSE END AS meer_aanbieders,
  betrokken.kwartaal AS kwartaal,
  betrokken.client AS client,
  CAST(1 AS BIGINT) AS aantal
FROM betrokken
JOIN geteld ON betrokken.client = geteld.client AND betrokken.kwartaal = geteld.kwartaal
