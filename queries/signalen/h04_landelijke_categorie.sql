/*---
title     = "Codes buiten de landelijke categorieën"
question  = "Horen de gedeclareerde codes bij een landelijke productcategorie?"
why       = "Een code buiten de landelijke categorieën kan geen landelijke productcode zijn; berichten daarmee lopen elders vast."
kind      = "signaal"
regel     = "H04"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["productcode bij een aanbieder", "productcodes bij een aanbieder"]
zin       = "{n} {n?hoort|horen} bij geen landelijke productcategorie ({bedrag}, {aanbieders}); bekeken zijn er {van}."
gesprek   = "Is het een tikfout, of is er een eigen code afgesproken waar een landelijke code voor bestaat?"
remedie   = "Zoek met de aanbieder de landelijke code en laat de regels daarmee opnieuw indienen."
goed      = "45A53 in productcategorie 45 (jeugdhulp ambulant)."
fout      = "99A01: categorie 99 bestaat niet."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Without a category of its own, a code tells its category by its first two characters.
WITH codes AS (
  SELECT gemeente, aanbieder, kwartaal, productcode,
         COALESCE(productcategorie, SUBSTR(productcode, 1, 2)) AS categorie,
         COUNT(*) AS regels, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, aanbieder, kwartaal, productcode, COALESCE(productcategorie, SUBSTR(productcode, 1, 2))
),
landelijk AS (
  SELECT DISTINCT productcategorie AS categorie FROM landelijke_codes WHERE productcategorie IS NOT NULL
),
bekend AS (
  SELECT COUNT(*) AS n FROM landelijk
)
SELECT
  c.gemeente,
  c.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  c.kwartaal,
  c.aanbieder || ' · ' || c.categorie || ' · ' || c.productcode AS geval,
  CASE WHEN b.n = 0 THEN NULL ELSE l.categorie IS NULL END AS treffer,
  CAST(c.bedrag_ct AS BIGINT) AS bedrag_ct,
  c.productcode,
  c.categorie AS productcategorie,
  CAST(c.regels AS BIGINT) AS regels
FROM codes c
LEFT JOIN landelijk l ON c.categorie = l.categorie
CROSS JOIN bekend b
