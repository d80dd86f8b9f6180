/*---
title     = "Euro's buiten het berichtenverkeer"
question  = "Welke declaraties kwamen langs een andere weg binnen dan afgesproken?"
why       = "Wat buiten iJw om loopt, is niet met berichten te controleren en kost handwerk."
kind      = "signaal"
regel     = "H04"
hoofdstuk = "proces"
invloed   = "beide"
geval     = ["combinatie van aanbieder, kanaal en gemeente", "combinaties van aanbieder, kanaal en gemeente"]
nummer    = "aanbieder · kanaal"
bedrag    = "gedeclareerd"
zin       = "Voor {bedrag} is buiten het afgesproken berichtenverkeer om gedeclareerd, door {aanbieders} in {gemeenten}."
gesprek   = "Waarom liep dit buiten de berichten om, en wat is er nodig om het voortaan met berichten te doen?"
remedie   = "Spreek met gemeente en aanbieder af vanaf welke maand de declaraties als bericht komen."
goed      = "Een declaratie die via iJw binnenkwam."
fout      = "Een declaratie die als losse factuur is betaald."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH wegen AS (
  SELECT gemeente, aanbieder, kwartaal, LOWER(kanaal) AS kanaal, COUNT(*) AS regels, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, aanbieder, kwartaal, LOWER(kanaal)
),
afgesproken AS (
  SELECT DISTINCT LOWER(kanaal) AS kanaal FROM kanalen
),
bekend AS (
  SELECT COUNT(*) AS n FROM afgesproken
)
SELECT
  w.gemeente,
  w.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  w.kwartaal,
  w.aanbieder || ' · ' || COALESCE(w.kanaal, 'kanaal niet ingevuld') AS geval,
  CASE WHEN b.n = 0 OR w.kanaal IS NULL THEN NULL ELSE a.kanaal IS NULL END AS treffer,
  CAST(w.bedrag_ct AS BIGINT) AS bedrag_ct,
  w.kanaal,
  CAST(w.regels AS BIGINT) AS regels
FROM wegen w
LEFT JOIN afgesproken a ON w.kanaal = a.kanaal
CROSS JOIN bekend b
