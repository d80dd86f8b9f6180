/*---
title     = "Formulier niet gelijktijdig verstuurd"
question  = "Bij welke aanvragen kwam het formulier niet op dezelfde werkdag bij de beleidsadviseur en bij ICM?"
why       = "Wie het formulier later krijgt, begint later aan het advies; het besluit wacht op beide."
kind      = "signaal"
regel     = "Z31"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van}) kwam het formulier niet op dezelfde werkdag bij de beleidsadviseur en bij ICM aan."
gesprek   = "Hoe wordt het formulier verstuurd, en kan dat in één keer naar beide?"
remedie   = "Stuur het aanvraagformulier in één bericht aan de beleidsadviseur en ICM."
goed      = "Een aanvraag die de beleidsadviseur en ICM allebei op 1 juli ontvingen."
fout      = "Een aanvraag die de beleidsadviseur op 1 juli ontving en ICM op 3 juli."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Counted in working days: Saturday against Monday morning makes no difference to anybody.
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       werkdagen_verschil <> 0 AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       ontvangst_beleid, ontvangst_icm, werkdagen_verschil
FROM aanvragen
