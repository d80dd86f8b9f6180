/*---
title     = "Codes buiten de landelijke lijst"
question  = "Staan de gedeclareerde codes op de landelijke lijst van productcodes?"
why       = "De regio sprak af dat er alleen landelijke productcodes worden gebruikt."
kind      = "signaal"
regel     = "H04"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["combinatie van aanbieder en code", "combinaties van aanbieder en code"]
nummer    = "aanbieder · productcode"
bedrag    = "gedeclareerd"
zin       = "Van de {van} combinaties van aanbieder en code {n?staat|staan} er {n#} niet op de landelijke lijst ({bedrag}, {aanbieders})."
gesprek   = "Is de code vervallen, of is er een eigen code afgesproken waar een landelijke code voor bestaat?"
remedie   = "Zoek met de aanbieder de landelijke code en laat de regels daarmee opnieuw indienen."
goed      = "Een declaratie met een code die op de lijst staat."
fout      = "Een declaratie met een code die er niet op staat."
drempels  = []
period    = "kwartaal"
optional  = ["landelijke_codes"]
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- The list is bilateral or regional where the national one is not at hand; without codes nothing can be told.
WITH codes AS (
  SELECT gemeente, aanbieder, kwartaal, productcode, COUNT(*) AS regels, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, aanbieder, kwartaal, productcode
),
landelijk AS (
  SELECT DISTINCT productcode FROM landelijke_codes WHERE productcode IS NOT NULL
),
bekend AS (
  SELECT COUNT(*) AS n FROM landelijk
)
SELECT
  c.gemeente,
  c.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  c.kwartaal,
  c.aanbieder || ' · ' || c.productcode AS geval,
  CASE WHEN b.n = 0 THEN NULL ELSE l.productcode IS NULL END AS treffer,
  CAST(c.bedrag_ct AS BIGINT) AS bedrag_ct,
  c.productcode,
  CAST(c.regels AS BIGINT) AS regels
FROM codes c
LEFT JOIN landelijk l ON c.productcode = l.productcode
CROSS JOIN bekend b
