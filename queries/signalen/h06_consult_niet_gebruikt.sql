/*---
title     = "Consult en advies niet gebruikt"
question  = "In welke gemeenten is consult en advies in het kwartaal niet gebruikt?"
why       = "Wie op tijd expertise inroept, voorkomt soms zwaardere hulp; niet gebruiken kan onbekendheid zijn."
kind      = "signaal"
regel     = "H06"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["gemeente", "gemeenten"]
nummer    = "gemeente"
zin       = "In {n#} van de {van} gemeenten is in het kwartaal geen consult en advies gedeclareerd."
gesprek   = "Kennen de medewerkers van de toegang consult en advies, of wordt de vraag anders gesteld?"
remedie   = "Breng consult en advies onder de aandacht van de toegang en kijk na een kwartaal opnieuw."
goed      = "Een gemeente met één declaratie consult en advies in het kwartaal."
fout      = "Een gemeente met jeugdhulp in het kwartaal, en zonder consult en advies."
drempels  = ["productgroepen.consult"]
period    = "kwartaal"
optional = ["producten", "productgroepen"]
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Products that the region names as consult. When it names none: those that say so in the product list, but not what is with
-- or without it.
-- A gemeente without any declaration says nothing about consult: that is a delivery that is missing.
WITH gegeven AS (
  SELECT productcode FROM productgroepen WHERE groep = 'consult'
),
telling AS (
  SELECT COUNT(*) AS n FROM gegeven
),
genoemd AS (
  SELECT productcode FROM gegeven
  UNION ALL
  SELECT p.productcode
  FROM producten p
  CROSS JOIN telling t
  WHERE t.n = 0 AND LOWER(p.naam) LIKE '%consult%'
    AND LOWER(p.naam) NOT LIKE '%excl%' AND LOWER(p.naam) NOT LIKE '%incl%' AND LOWER(p.naam) NOT LIKE '%zonder%'
),
groep AS (
  SELECT DISTINCT productcode FROM genoemd
),
bekend AS (
  SELECT COUNT(*) AS n FROM groep
),
gebruik AS (
  SELECT d.gemeente,
         SUM(CASE WHEN g.productcode IS NULL THEN 0 ELSE d.volume_milli END) AS volume_milli,
         SUM(CASE WHEN g.productcode IS NULL THEN 0 ELSE d.bedrag_ct END) AS consult_ct
  FROM declaraties d
  LEFT JOIN groep g ON d.productcode = g.productcode
  GROUP BY d.gemeente
)
SELECT
  r.gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  CAST(NULL AS BIGINT) AS client,
  i.kwartaal,
  r.naam AS geval,
  CASE WHEN b.n = 0 OR u.gemeente IS NULL THEN NULL ELSE u.volume_milli <= 0 END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CAST(u.consult_ct AS BIGINT) AS consult_ct
FROM gemeenten_regio r
LEFT JOIN gebruik u ON r.gemeente = u.gemeente
CROSS JOIN bekend b
CROSS JOIN regio i
