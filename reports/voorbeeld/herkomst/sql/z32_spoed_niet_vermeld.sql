/*---
title     = "Spoed niet vermeld"
question  = "Bij welke aanvragen staat niet of het spoed is?"
why       = "De termijn voor het advies hangt ervan af; zonder vermelding is niet te zeggen of het advies op tijd was."
kind      = "signaal"
regel     = "Z32"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van}) staat niet of het spoed is."
gesprek   = "Is het vak op het formulier overgeslagen, of is het bij het overnemen weggevallen?"
remedie   = "Vul op het aanvraagformulier altijd in of het spoed is: ja of nee."
goed      = "Een aanvraag met spoed: nee."
fout      = "Een aanvraag waarin het vak spoed leeg is."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Empty everywhere means that the export has no such column: nobody left anything out.
WITH kolom AS (
  SELECT COUNT(is_spoed) AS n_spoed FROM aanvragen
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       CASE WHEN n_spoed > 0 THEN is_spoed IS NULL END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       ontvangst_beleid, ontvangst_icm
FROM aanvragen CROSS JOIN kolom
