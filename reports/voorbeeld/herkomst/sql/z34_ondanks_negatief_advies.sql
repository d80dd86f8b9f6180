/*---
title     = "Overeenkomst ondanks een negatief advies"
question  = "Bij welke aanvragen met een negatief advies is toch een overeenkomst gesloten?"
why       = "De gemeente beslist; wie vaak van het advies afwijkt, heeft er blijkbaar iets anders bij nodig."
kind      = "signaal"
regel     = "Z34"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van} met een negatief advies) is toch een overeenkomst gesloten, {n?namelijk in|het vaakst in} {meest_gemeente}."
gesprek   = "Wat gaf de doorslag om toch een overeenkomst te sluiten?"
remedie   = "Leg bij het besluit vast waarom van het advies is afgeweken."
goed      = "Een negatief advies, waarna de aanvraag is afgewezen."
fout      = "Een negatief advies, waarna een maatwerkovereenkomst is gesloten."
drempels  = ["advies.doorslag"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Negative is what the advice says that counts: the only one, the common one, or of two that differ the one that
-- prevails. Where nothing says which one prevails, only a refusal tells enough.
WITH doorslag_van AS (
  SELECT doorslag AS rol_doorslag FROM regio
),
geadviseerd AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, advies_beleid, advies_icm, besluit, besluitdatum, maatwerk_id,
         CASE WHEN advies_beleid IS NULL THEN advies_icm
              WHEN advies_icm IS NULL OR advies_icm = advies_beleid THEN advies_beleid
              WHEN rol_doorslag = 'beleid' THEN advies_beleid
              WHEN rol_doorslag = 'icm' THEN advies_icm
         END AS telt
  FROM aanvragen CROSS JOIN doorslag_van
  WHERE advies_beleid = 'negatief' OR advies_icm = 'negatief'
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       CASE WHEN besluit = 'toegekend' OR maatwerk_id IS NOT NULL THEN CASE WHEN telt = 'negatief' THEN TRUE END
            WHEN besluit = 'afgewezen' THEN FALSE
       END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       advies_beleid, advies_icm, besluit, besluitdatum, maatwerk_id
FROM geadviseerd
WHERE telt IS NULL OR telt = 'negatief'
