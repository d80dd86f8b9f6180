/*---
title     = "Codes buiten de landelijke categorieën"
question  = "Horen de gedeclareerde codes bij een landelijke productcategorie?"
why       = "Een code buiten de landelijke categorieën kan geen landelijke productcode zijn; berichten daarmee lopen elders vast."
kind      = "signaal"
regel     = "H04"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["combinatie van aanbieder en code", "combinaties van aanbieder en code"]
nummer    = "aanbieder · productcategorie · productcode"
bedrag    = "gedeclareerd"
zin       = "Van de {van} combinaties van aanbieder en code {n?hoort|horen} er {n#} bij geen landelijke productcategorie ({bedrag}, {aanbieders})."
gesprek   = "Is het een tikfout, of is er een eigen code afgesproken waar een landelijke code voor bestaat?"
remedie   = "Zoek met de aanbieder de landelijke code en laat de regels daarmee opnieuw indienen."
goed      = "45A53 in productcategorie 45 (jeugdhulp ambulant)."
fout      = "99A01: categorie 99 bestaat niet."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Without a category of its own, a code tells its category by its first two characters. The categories are those of the
-- national code list JZ020 (iJw 3.2), with 31 to 38 of 2015.
WITH codes AS (
  SELECT gemeente, aanbieder, kwartaal, productcode,
         COALESCE(productcategorie, SUBSTR(productcode, 1, 2)) AS categorie,
         COUNT(*) AS regels, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  GROUP BY gemeente, aanbieder, kwartaal, productcode, COALESCE(productcategorie, SUBSTR(productcode, 1, 2))
)
SELECT
  gemeente,
  aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  aanbieder || ' · ' || categorie || ' · ' || productcode AS geval,
  categorie NOT IN ('31', '32', '33', '34', '35', '36', '37', '38', '40', '41', '42', '43', '44', '45', '46', '47', '48', '49',
                    '50', '51', '52', '53', '54', '55') AS treffer,
  CAST(bedrag_ct AS BIGINT) AS bedrag_ct,
  productcode,
  categorie AS productcategorie,
  CAST(regels AS BIGINT) AS regels
FROM codes
