/*---
title     = "Getekend onder het vereiste mandaat"
question  = "Welke nieuwe overeenkomsten zijn getekend door een functie die bij die contractwaarde geen mandaat heeft?"
why       = "Boven de mandaatgrens tekent een hogere functie; is dat niet gebeurd, dan is de gemeente misschien niet gebonden."
kind      = "signaal"
regel     = "Z38"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["overeenkomst", "overeenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n} ({bedrag}) {n?is|zijn} getekend door een functie die bij deze waarde geen mandaat heeft, van de {van} die te beoordelen zijn."
gesprek   = "Wie heeft in deze gemeente mandaat bij dit bedrag, en klopt de functie in het register?"
remedie   = "Laat de overeenkomst bekrachtigen door de functie met mandaat, of verbeter de functie in het register."
goed      = "Een overeenkomst van € 48.000 die een teammanager toegang tekende, bij een grens van € 50.000."
fout      = "Een overeenkomst van € 61.500 die een teammanager toegang tekende, bij een grens van € 50.000."
drempels  = ["mandaat.grens_ct", "mandaat.op_de_grens"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- The scheme of a gemeente goes before that of the region. Exactly the limit is what the region says of it; where it
-- says nothing, only the higher function is certainly right. A function that the scheme does not name tells nothing.
WITH grenzen AS (
  SELECT mandaat_grens_ct AS regio_grens_ct, op_de_grens AS op_grens FROM regio
),
lokaal AS (
  SELECT gemeente AS lokale_gemeente, grens_ct AS lokale_grens_ct FROM mandaat_per_gemeente
),
functies AS (
  SELECT LOWER(functie) AS functie_klein, MIN(niveau) AS niveau FROM mandaat_functies GROUP BY LOWER(functie)
),
nieuw AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, contractwaarde_ct, ondertekenaar_functie,
         ondertekendatum, LOWER(ondertekenaar_functie) AS tekenaar
  FROM overeenkomsten_per_kwartaal
  WHERE is_nieuw
),
getekend AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, contractwaarde_ct, ondertekenaar_functie,
         ondertekendatum, niveau, op_grens, COALESCE(lokale_grens_ct, regio_grens_ct) AS grens_ct
  FROM nieuw
  CROSS JOIN grenzen
  LEFT JOIN functies ON nieuw.tekenaar = functies.functie_klein
  LEFT JOIN lokaal ON nieuw.gemeente = lokaal.lokale_gemeente
),
nodig AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, contractwaarde_ct, ondertekenaar_functie,
         ondertekendatum, niveau, grens_ct,
         CASE WHEN contractwaarde_ct < grens_ct THEN 'laag'
              WHEN contractwaarde_ct > grens_ct THEN 'hoog'
              WHEN contractwaarde_ct = grens_ct AND op_grens IN ('laag', 'hoog') THEN op_grens
         END AS vereist
  FROM getekend
)
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
       CASE WHEN grens_ct IS NULL THEN NULL
            WHEN niveau = 'hoog' THEN FALSE
            WHEN niveau = 'laag' AND vereist = 'laag' THEN FALSE
            WHEN niveau = 'laag' AND vereist = 'hoog' THEN TRUE
       END AS treffer,
       COALESCE(contractwaarde_ct, 0) AS bedrag_ct,
       productcode, contractwaarde_ct, grens_ct, ondertekenaar_functie, ondertekendatum
FROM nodig
