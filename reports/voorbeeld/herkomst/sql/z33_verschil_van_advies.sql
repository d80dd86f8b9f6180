/*---
title     = "Beleid en ICM verschillen van advies"
question  = "Bij welke aanvragen gaven de beleidsadviseur en ICM een verschillend advies?"
why       = "Veel verschil kan betekenen dat de twee adviseurs niet met dezelfde afspraken werken."
kind      = "signaal"
regel     = "Z33"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van} met twee adviezen) verschilden de beleidsadviseur en ICM van advies ({aandeel})."
gesprek   = "Waarover verschilden de adviseurs, en is dat voor een volgende keer te bespreken?"
remedie   = "Bespreek de aanvragen met twee verschillende adviezen samen na."
goed      = "Een aanvraag waarop beide adviseurs positief adviseerden."
fout      = "Een aanvraag met een positief advies van beleid en een negatief advies van ICM."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Only requests with both advices are looked at: one advice cannot differ.
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       advies_beleid <> advies_icm AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       advies_beleid, advies_icm, besluit
FROM aanvragen
WHERE advies_beleid IS NOT NULL AND advies_icm IS NOT NULL
