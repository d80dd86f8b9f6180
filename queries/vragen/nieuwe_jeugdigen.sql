/*---
title        = "Nieuwe jeugdigen"
question     = "Hoeveel jeugdigen kwamen in het kwartaal in de jeugdhulp, nieuw of na een tijd zonder toewijzing?"
why          = "Instroom is waar toegang en preventie invloed op hebben; het aantal jeugdigen met hulp zegt daar weinig over."
kind         = "measure"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"], ["gemeente"]]
value        = "aantal"
unit         = "jeugdigen"
contributors = ["client"]
measure      = "nieuwe_jeugdigen"
denominator  = "jeugdigen"
period       = "acht_kwartalen"
chart        = "line"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26

[params.pauze_dagen]
type    = "getal"
default = 183
---*/
-- Nieuw: de eerste toewijzing van een jeugdige die in het kwartaal begint, als geen eerdere toewijzing van hem liep of in zoveel
-- dagen ervoor eindigde, ook niet in een gemeente buiten de regio. Van wat voor het begin van de bestanden liep is niets bekend: de eerste kwartalen erin tellen te hoog.
WITH pauze AS (
  SELECT MAX(waarde) AS dagen FROM par_pauze_dagen
),
gestart AS (
  SELECT p.client AS client, p.kwartaal AS kwartaal, MIN(p.ingangsdatum_dag) AS dag
  FROM toewijzingen_per_kwartaal AS p
  JOIN gemeenten_regio AS r ON p.gemeente = r.gemeente
  WHERE p.is_nieuw
  GROUP BY p.client, p.kwartaal
),
plaats AS (
  SELECT b.client AS client, b.kwartaal AS kwartaal, b.dag AS dag, MIN(t.gemeente) AS gemeente
  FROM gestart AS b
  JOIN toewijzingen AS t ON b.client = t.client AND b.dag = t.ingangsdatum_dag
  JOIN gemeenten_regio AS r ON t.gemeente = r.gemeente
  GROUP BY b.client, b.kwartaal, b.dag
),
eerder AS (
  SELECT p.client AS client, p.kwartaal AS kwartaal, p.gemeente AS gemeente,
         SUM(CASE WHEN p.dag - t.ingangsdatum_dag > 0 AND p.dag - COALESCE(t.einddatum_dag, p.dag) <= u.dagen THEN 1 ELSE 0 END) AS n
  FROM plaats AS p
  JOIN toewijzingen AS t ON p.client = t.client
  CROSS JOIN pauze AS u
  GROUP BY p.client, p.kwartaal, p.gemeente
)
SELECT gemeente, kwartaal, client, CAST(1 AS BIGINT) AS aantal
FROM eerder
WHERE n = 0
