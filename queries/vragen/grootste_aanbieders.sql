/*---
title        = "Grootste aanbieders"
question     = "Welk deel van de kosten gaat naar de grootste aanbieders van de regio, in de regio en in elke gemeente?"
why          = "Hoe meer er bij weinig aanbieders ligt, hoe kwetsbaarder de regio is als er een stopt, en hoe zwaarder die weegt in een gesprek."
kind         = "measure"
keys         = ["plaats", "gemeente", "kwartaal"]
levels       = [["plaats", "kwartaal"], ["plaats", "gemeente", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_grootste_aanbieders"
denominator  = "kosten_totaal"
period       = "acht_kwartalen"
chart        = "bars"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- De plaats is die in de hele regio, per kwartaal naar gedeclareerd bedrag; bij gelijk bedrag gaat de naam voor in het alfabet.
WITH per_aanbieder AS (
  SELECT kwartaal, aanbieder, 0 - SUM(bedrag_ct) AS volgorde
  FROM declaraties
  GROUP BY kwartaal, aanbieder
),
op_rij AS (
  SELECT kwartaal, aanbieder,
         CAST(ROW_NUMBER() OVER (PARTITION BY kwartaal ORDER BY volgorde, aanbieder) AS BIGINT) AS nummer
  FROM per_aanbieder
),
per_client AS (
  SELECT gemeente, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, kwartaal, client, aanbieder
)
SELECT
  CASE WHEN o.nummer = 1 THEN '01 grootste' WHEN o.nummer <= 3 THEN '02-03' WHEN o.nummer <= 10 THEN '04-10' ELSE '11 en verder' END AS plaats,
  p.gemeente AS gemeente, p.kwartaal AS kwartaal, p.client AS client, p.aanbieder AS aanbieder, p.bedrag_ct AS bedrag_ct
FROM per_client AS p
JOIN op_rij AS o ON p.kwartaal = o.kwartaal AND p.aanbieder = o.aanbieder
