/*---
title     = "Negatief advies zonder alternatief"
question  = "Bij welke negatieve adviezen is geen gecontracteerd alternatief genoemd?"
why       = "Een negatief advies helpt de jeugdige pas als erbij staat welke gecontracteerde aanbieder het wel kan."
kind      = "signaal"
regel     = "Z35"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n} met een negatief advies is geen gecontracteerd alternatief genoemd, van de {van} die te beoordelen zijn."
gesprek   = "Was er geen gecontracteerd alternatief, of is het niet opgeschreven?"
remedie   = "Noem bij een negatief advies welke gecontracteerde aanbieder de hulp kan bieden."
goed      = "Een negatief advies met een gecontracteerd alternatief: ja."
fout      = "Een negatief advies waarbij het gecontracteerde alternatief op nee staat of leeg is."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Leeg betekent "niet genoemd" zodra een andere aanvraag het wel invult; anders ontbreekt de kolom.
WITH formulier AS (
  SELECT CAST(COUNT(alternatief_genoemd) AS BIGINT) AS ingevuld FROM aanvragen
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       CASE WHEN alternatief_genoemd THEN FALSE WHEN ingevuld > 0 THEN TRUE ELSE CAST(NULL AS BOOLEAN) END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       advies_beleid, advies_icm, besluit
FROM aanvragen
CROSS JOIN formulier
WHERE advies_beleid = 'negatief' OR advies_icm = 'negatief'
