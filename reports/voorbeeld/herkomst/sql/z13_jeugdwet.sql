/*---
title     = "Aanvraag zonder bevestiging van de Jeugdwet"
question  = "Is bij de aanvraag bevestigd dat de hulp onder de Jeugdwet valt?"
why       = "Valt de hulp onder een andere wet, dan is de gemeente voor deze route niet aan zet."
kind      = "signaal"
regel     = "Z13"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n#} van de {van} aanvragen is niet bevestigd dat de hulp onder de Jeugdwet valt."
gesprek   = "Valt deze hulp onder de Jeugdwet, en is dat nagegaan?"
remedie   = "Ga na welke wet geldt en vul dit in op het aanvraagformulier."
goed      = "Een aanvraag waarbij de toets op de Jeugdwet op ja staat."
fout      = "Een aanvraag waarbij de toets op de Jeugdwet op nee staat of leeg is."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Leeg betekent "niet bevestigd" zodra een andere aanvraag de toets wel noemt; anders ontbreekt de kolom.
WITH formulier AS (
  SELECT CAST(COUNT(jeugdwet_check) AS BIGINT) AS ingevuld FROM aanvragen
)
SELECT a.gemeente AS gemeente, a.aanbieder AS aanbieder, a.client AS client, a.kwartaal AS kwartaal, a.aanvraag_id AS geval,
  CASE WHEN a.jeugdwet_check THEN FALSE WHEN f.ingevuld > 0 THEN TRUE ELSE CAST(NULL AS BOOLEAN) END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, a.jeugdwet_check AS jeugdwet_check
FROM aanvragen AS a
CROSS JOIN formulier AS f
