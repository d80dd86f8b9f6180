/*---
title     = "Maatwerk betaald buiten het berichtenverkeer"
question  = "Welk maatwerk is gedeclareerd langs een kanaal dat de regio niet heeft afgesproken?"
why       = "Wat buiten het berichtenverkeer om gaat, is niet te volgen en mag alleen bij zeer hoge uitzondering."
kind      = "signaal"
regel     = "Z46"
hoofdstuk = "proces"
invloed   = "beide"
geval     = ["toewijzing in een kwartaal", "toewijzingen in een kwartaal"]
nummer    = "toewijzing"
bedrag    = "gedeclareerd"
zin       = "{n#} van de {van} toewijzingen met maatwerk {n?is|zijn} (deels) buiten het berichtenverkeer om gedeclareerd, samen voor {bedrag}."
gesprek   = "Waarom ging deze declaratie buiten het berichtenverkeer om, en is dat nog nodig?"
remedie   = "Laat de aanbieder volgende perioden via het berichtenverkeer declareren."
goed      = "Maatwerk dat de aanbieder via Zorgned declareert."
fout      = "Maatwerk dat de aanbieder met een losse factuur declareert."
drempels  = ["kanaal.toegestaan"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- A line with its credit is no care: what nets to zero along one channel does not count, and what nets to zero altogether is no case.
-- Capitals make no other channel. A case is one toewijzing in one quarter; without a number, what one aanbieder declared of one product
-- for one child.
WITH toegestaan AS (
  SELECT LOWER(kanaal) AS toegestaan_kanaal, COUNT(*) AS n_keer FROM kanalen GROUP BY LOWER(kanaal)
),
aantal AS (
  SELECT COUNT(*) AS n_toegestaan FROM kanalen
),
maatwerk AS (
  SELECT gemeente, aanbieder, client, kwartaal, LOWER(kanaal) AS kanaal,
         CASE WHEN toewijzingnummer IS NULL THEN agb || ' · ' || productcode ELSE toewijzingnummer END AS wat,
         SUM(bedrag_ct) AS kanaal_ct, SUM(volume_milli) AS kanaal_milli
  FROM declaraties
  WHERE is_maatwerk
  GROUP BY gemeente, aanbieder, client, kwartaal, LOWER(kanaal),
           CASE WHEN toewijzingnummer IS NULL THEN agb || ' · ' || productcode ELSE toewijzingnummer END
),
getoetst AS (
  SELECT gemeente, aanbieder, client, kwartaal, wat, kanaal, kanaal_ct, kanaal_milli,
         CASE WHEN kanaal_milli > 0 AND kanaal IS NOT NULL AND n_toegestaan > 0 AND n_keer IS NULL THEN 1 ELSE 0 END AS buiten,
         CASE WHEN kanaal_milli > 0 AND (kanaal IS NULL OR n_toegestaan = 0) THEN 1 ELSE 0 END AS onbekend
  FROM maatwerk
  CROSS JOIN aantal
  LEFT JOIN toegestaan ON maatwerk.kanaal = toegestaan.toegestaan_kanaal
)
SELECT gemeente, aanbieder, client, kwartaal, wat AS geval,
       CASE WHEN SUM(buiten) > 0 THEN TRUE WHEN SUM(onbekend) = 0 THEN FALSE END AS treffer,
       SUM(CASE WHEN buiten = 1 THEN kanaal_ct ELSE 0 END) AS bedrag_ct,
       MIN(CASE WHEN buiten = 1 THEN kanaal END) AS kanaal
FROM getoetst
GROUP BY gemeente, aanbieder, client, kwartaal, wat
HAVING SUM(kanaal_milli) > 0
