/*---
title     = "Vaker verlengd dan eenmalig"
question  = "Welke lopende overeenkomsten zijn vaker verlengd dan de regio eenmalig noemt, en hoe lang duren zij al?"
why       = "Een lokale overeenkomst is bedoeld als eenmalig; wie blijft verlengen, heeft blijkbaar regulier aanbod nodig."
kind      = "signaal"
regel     = "Z45"
hoofdstuk = "aflopend"
invloed   = "gemeente"
geval     = ["lopende overeenkomst", "lopende overeenkomsten"]
nummer    = "overeenkomst"
zin       = "{n} {n?is|zijn} vaker dan {drempel} keer verlengd, van de {van} die te beoordelen zijn; {n?deze is|de meeste zijn} van {meest_gemeente}."
gesprek   = "Waarom is steeds verlengd, en is er nu gecontracteerd aanbod?"
remedie   = "Zoek gecontracteerd aanbod voor na de einddatum, of bespreek of de aanbieder zich kan inschrijven."
goed      = "Een overeenkomst die de eerste is voor deze jeugdige bij deze aanbieder."
fout      = "Een overeenkomst die drie keer is verlengd en nu 31 maanden loopt."
drempels  = ["maatwerk.max_verlengingen"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- What runs at the end of the quarter. keten_nummer counts the agreements before this one; where the chain refers to
-- an agreement that the register does not have, only too many is certain. A register in which nothing refers to an
-- earlier agreement tells nothing about renewals.
WITH grens AS (
  SELECT max_verlengingen AS hoogstens, kwartaal_eind_dag AS laatste_dag, kwartaal_eind AS laatste FROM regio
),
kolom AS (
  SELECT COUNT(vorige_maatwerk_id) AS n_vorige FROM overeenkomsten
),
lopend AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, einddatum, keten_nummer, keten_volledig,
         keten_begin, n_vorige, hoogstens,
         12 * CAST(SUBSTR(CAST(laatste AS VARCHAR), 1, 4) AS BIGINT)
           + CAST(SUBSTR(CAST(laatste AS VARCHAR), 6, 2) AS BIGINT)
           - 12 * CAST(SUBSTR(CAST(keten_begin AS VARCHAR), 1, 4) AS BIGINT)
           - CAST(SUBSTR(CAST(keten_begin AS VARCHAR), 6, 2) AS BIGINT) + 1 AS kalendermaanden
  FROM overeenkomsten_per_kwartaal
  CROSS JOIN grens
  CROSS JOIN kolom
  WHERE loopt_op_einde
)
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
       CASE WHEN keten_nummer > hoogstens THEN TRUE
            WHEN n_vorige > 0 AND keten_volledig AND keten_nummer <= hoogstens THEN FALSE
       END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       productcode, keten_nummer AS verlengingen, keten_begin AS eerste_ingang, kalendermaanden, einddatum
FROM lopend
