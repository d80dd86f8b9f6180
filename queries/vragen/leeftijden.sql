/*---
title        = "Leeftijden"
question     = "Hoe oud waren de jeugdigen met een lopende toewijzing op de laatste dag van het kwartaal?"
why          = "Jonge kinderen, pubers en jongvolwassenen vragen andere hulp; het laat ook zien hoeveel jeugdigen naar 18 jaar toe gaan."
kind         = "measure"
keys         = ["leeftijd", "gemeente", "kwartaal"]
levels       = [["leeftijd", "kwartaal"], ["leeftijd", "gemeente", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "jeugdigen"
contributors = ["client"]
measure      = "jeugdigen_naar_leeftijd"
period       = "acht_kwartalen"
chart        = "bars"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Alleen het geboortejaar is bekend: de leeftijd is die in het jaar van het kwartaal wordt bereikt. Van wie 18 wordt is ook het kwartaal
-- bekend als een geboortedatum is aangeleverd: ervoor is hij nog 17. Een jeugdige telt één keer, in de
-- gemeente van zijn laatst begonnen toewijzing (bij gelijke dag de laagste code). Zonder geboortejaar is de leeftijd onbekend.
WITH lopend AS (
  SELECT t.client AS client, t.kwartaal AS kwartaal, t.gemeente AS gemeente, t.geboortejaar AS geboortejaar, t.wordt_18 AS wordt_18,
         CAST(SUBSTR(t.kwartaal, 1, 4) AS BIGINT) AS jaar, 0 - t.ingangsdatum_dag AS volgorde
  FROM toewijzingen_per_kwartaal AS t
  JOIN gemeenten_regio AS r ON t.gemeente = r.gemeente
  WHERE t.loopt_op_einde
),
geboren AS (
  SELECT client, kwartaal, MAX(geboortejaar) AS geboortejaar, MAX(wordt_18) AS wordt_18
  FROM lopend
  GROUP BY client, kwartaal
),
geordend AS (
  SELECT client, kwartaal, gemeente, jaar, ROW_NUMBER() OVER (PARTITION BY client, kwartaal ORDER BY volgorde, gemeente) AS nummer
  FROM lopend
),
leeftijd_in_jaar AS (
  SELECT o.client AS client, o.kwartaal AS kwartaal, o.gemeente AS gemeente, o.jaar - g.geboortejaar AS jaren, g.wordt_18 AS wordt_18
  FROM geordend AS o
  JOIN geboren AS g ON o.client = g.client AND o.kwartaal = g.kwartaal
  WHERE o.nummer = 1
)
SELECT
  CASE
    WHEN jaren IS NULL OR jaren < 0 THEN 'onbekend'
    WHEN jaren <= 3 THEN '00-03 jaar'
    WHEN jaren <= 11 THEN '04-11 jaar'
    WHEN jaren <= 15 THEN '12-15 jaar'
    WHEN jaren <= 17 OR (jaren = 18 AND wordt_18 > kwartaal) THEN '16-17 jaar'
    ELSE '18 jaar of ouder'
  END AS leeftijd,
  gemeente, kwartaal, client, CAST(1 AS BIGINT) AS aantal
FROM leeftijd_in_jaar
