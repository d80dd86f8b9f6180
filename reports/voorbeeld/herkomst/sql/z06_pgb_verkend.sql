/*---
title     = "Aanvraag zonder vastgelegde afweging van een PGB"
question  = "Is bij een aanvraag in vrijwillig kader vastgelegd dat een PGB is verkend, en waarom dat geen optie is?"
why       = "Willen ouders geen gecontracteerde hulp, dan is een PGB de gewone weg. Maatwerk is er pas als dat niet kan."
kind      = "signaal"
regel     = "Z06"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag in vrijwillig kader", "aanvragen in vrijwillig kader"]
nummer    = "aanvraag"
zin       = "Bij {n#} van de {van} aanvragen in vrijwillig kader is niet vastgelegd dat een PGB is verkend, of waarom dat geen optie is."
gesprek   = "Is een PGB met de ouders besproken, en waarom paste dat niet?"
remedie   = "Vul op het aanvraagformulier in of een PGB is verkend, met de reden waarom het geen optie is."
goed      = "Een aanvraag in vrijwillig kader met PGB verkend op ja en een ingevulde reden."
fout      = "Een aanvraag in vrijwillig kader waarbij PGB verkend op nee staat, of de reden leeg is."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Leeg betekent "niet vastgelegd" zodra een andere aanvraag het wel noemt; anders ontbreekt de kolom.
WITH formulier AS (
  SELECT CAST(COUNT(pgb_verkend) AS BIGINT) AS ingevuld FROM aanvragen
)
SELECT a.gemeente AS gemeente, a.aanbieder AS aanbieder, a.client AS client, a.kwartaal AS kwartaal, a.aanvraag_id AS geval,
  CASE
    WHEN a.kader IS NULL THEN CAST(NULL AS BOOLEAN)
    WHEN NOT a.pgb_verkend OR NOT a.pgb_reden THEN TRUE
    WHEN a.pgb_verkend IS NULL AND f.ingevuld > 0 THEN TRUE
    WHEN a.pgb_verkend AND a.pgb_reden THEN FALSE
    ELSE CAST(NULL AS BOOLEAN)
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, a.pgb_verkend AS pgb_verkend, a.pgb_reden AS reden_vastgelegd
FROM aanvragen AS a
CROSS JOIN formulier AS f
WHERE a.kader IS NULL OR a.kader = 'vrijwillig'
