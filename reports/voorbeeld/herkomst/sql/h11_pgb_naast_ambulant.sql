/*---
title        = "PGB naast ambulante hulp"
question     = "Hoeveel jeugdigen hebben een PGB, en hoeveel hebben ambulante hulp in natura?"
why          = "Groeit ambulant doordat PGB's worden afgebouwd, dan is dat geen teken dat het doel is gemist. Lees de twee samen."
kind         = "measure"
keys         = ["vorm", "gemeente", "kwartaal"]
levels       = [["vorm", "kwartaal"], ["vorm", "gemeente", "kwartaal"]]
value        = "aantal"
unit         = "jeugdigen per gemeente"
contributors = ["client"]
measure      = "pgb_en_ambulant"
period       = "acht_kwartalen"
regel        = "H11"
hoofdstuk    = "kosten"
zin          = "Lees PGB en ambulante hulp samen: wie van het een naar het ander gaat, telt bij het een af en bij het ander op. De grootste groep is {grootste}."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Segments are known by their name in the region file. A child counts once per form, gemeente and quarter.
WITH soorten AS (
  SELECT segment FROM segmenten WHERE LOWER(naam) LIKE '%ambulant%'
),
beide AS (
  SELECT 'pgb' AS vorm, gemeente, kwartaal, client
  FROM pgb_per_kwartaal
  UNION ALL
  SELECT 'ambulant in natura' AS vorm, d.gemeente, d.kwartaal, d.client
  FROM declaraties d
  INNER JOIN soorten s ON d.segment = s.segment
  WHERE d.volume_milli > 0
)
SELECT vorm, gemeente, kwartaal, client, CAST(1 AS BIGINT) AS aantal
FROM beide
GROUP BY vorm, gemeente, kwartaal, client
