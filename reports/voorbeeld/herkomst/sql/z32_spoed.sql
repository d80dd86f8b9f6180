/*---
title      = "Aandeel spoedaanvragen"
question   = "Welk deel van de aanvragen is als spoed ingediend, en verschillen gemeenten daarin?"
why        = "Bij spoed geldt een kortere termijn; wie veel als spoed aanmerkt, vraagt meer van de adviseurs."
kind       = "signaal"
regel      = "Z32"
hoofdstuk  = "signalen"
invloed    = "gemeente"
geval      = ["aanvraag", "aanvragen"]
nummer     = "aanvraag"
zin        = "{n} van de {van} {n?is|zijn} als spoed ingediend ({aandeel})."
gesprek    = "Wanneer noemt de gemeente een aanvraag spoed, en is dat voor iedereen hetzelfde?"
remedie    = "Spreek met de gemeenten één omschrijving van spoed af."
goed       = "Een aanvraag die als gewoon is ingediend."
fout       = "Een aanvraag die als spoed is ingediend; alleen het aandeel naast dat van de andere gemeenten zegt iets."
drempels   = []
period     = "vier_kwartalen"
vergelijk  = "gemeente"
owner      = "ICM"
reviewed   = 2026-11-26
---*/
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       is_spoed AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       ontvangst_beleid, ontvangst_icm
FROM aanvragen
