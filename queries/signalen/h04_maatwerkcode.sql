/*---
title     = "Eigen maatwerkcodes"
question  = "Is er gedeclareerd met een code die op een eigen maatwerkcode lijkt?"
why       = "In deze regio gelden alleen landelijke productcodes. Een code met een M op de derde plaats komt uit een afspraak van een andere regio."
kind      = "signaal"
regel     = "H04"
hoofdstuk = "maatwerk"
invloed   = "beide"
geval     = ["combinatie van aanbieder en code", "combinaties van aanbieder en code"]
nummer    = "aanbieder · productcode"
bedrag    = "gedeclareerd"
zin       = "Van de {van} combinaties van aanbieder en code {n?heeft|hebben} er {n#} een M op de derde plaats; daarmee is {bedrag} gedeclareerd door {aanbieders}."
gesprek   = "Wie heeft deze code toegekend, en welke landelijke code past erbij?"
remedie   = "Spreek met gemeente en aanbieder een landelijke code af en laat de regels daarmee opnieuw indienen."
goed      = "Een declaratie met 45A53."
fout      = "Een declaratie met 45M53."
drempels  = ["maatwerk.verboden"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH codes AS (
  SELECT gemeente, aanbieder, kwartaal, productcode, COUNT(*) AS regels, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, aanbieder, kwartaal, productcode
)
SELECT
  c.gemeente,
  c.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  c.kwartaal,
  c.aanbieder || ' · ' || c.productcode AS geval,
  CASE WHEN r.maatwerk_verboden THEN SUBSTR(c.productcode, 3, 1) IN ('M', 'm') ELSE NULL END AS treffer,
  CAST(c.bedrag_ct AS BIGINT) AS bedrag_ct,
  c.productcode,
  CAST(c.regels AS BIGINT) AS regels
FROM codes c
CROSS JOIN regio r
