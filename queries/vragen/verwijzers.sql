/*---
title        = "Verwijzers"
question     = "Wie verwees naar de hulp die in het kwartaal begon: de gemeente, de huisarts, een gecertificeerde instelling?"
why          = "Een gemeente stuurt via haar eigen toegang; wat langs artsen en gecertificeerde instellingen binnenkomt, vraagt afspraken met hen."
kind         = "measure"
keys         = ["verwijzer", "gemeente", "kwartaal"]
levels       = [["verwijzer", "kwartaal"], ["verwijzer", "gemeente", "kwartaal"], ["verwijzer", "gemeente"], ["gemeente", "kwartaal"], ["kwartaal"]]
value        = "aantal"
unit         = "toewijzingen"
contributors = ["client", "aanbieder"]
measure      = "begonnen_toewijzingen"
period       = "acht_kwartalen"
chart        = "bars"
rapport      = false
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- De codes van de landelijke lijst van verwijzers, of de woorden ervan. Wat daar niet bij staat of leeg is, is onbekend.
WITH begonnen AS (
  SELECT t.gemeente AS gemeente, t.kwartaal AS kwartaal, t.client AS client, t.aanbieder AS aanbieder, LOWER(t.verwijzer) AS genoemd
  FROM toewijzingen_per_kwartaal AS t
  JOIN gemeenten_regio AS r ON t.gemeente = r.gemeente
  WHERE t.is_nieuw
),
vertaald AS (
  SELECT
    gemeente, kwartaal, client, aanbieder,
    CASE
      WHEN genoemd IN ('01', '1', 'gemeente') THEN 'gemeente'
      WHEN genoemd IN ('02', '2', 'huisarts') THEN 'huisarts'
      WHEN genoemd IN ('03', '3', 'jeugdarts') THEN 'jeugdarts'
      WHEN genoemd IN ('04', '4', 'gecertificeerde instelling', 'gi') THEN 'gecertificeerde instelling'
      WHEN genoemd IN ('05', '5', 'medisch specialist') THEN 'medisch specialist'
      WHEN genoemd IN ('06', '6', 'zelfverwijzer', 'geen verwijzer', 'zelfverwijzer / geen verwijzer') THEN 'zelf of geen verwijzer'
      WHEN genoemd IN ('08', '8', 'rechter') THEN 'rechter'
      ELSE 'onbekend'
    END AS verwijzer
  FROM begonnen
)
SELECT verwijzer, gemeente, kwartaal, client, aanbieder, COUNT(*) AS aantal
FROM vertaald
GROUP BY verwijzer, gemeente, kwartaal, client, aanbieder
