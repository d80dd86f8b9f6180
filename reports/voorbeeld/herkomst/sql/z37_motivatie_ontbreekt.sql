/*---
title     = "Overeenkomsten zonder motivatie"
question  = "Bij welke nieuwe overeenkomsten is niet vastgelegd waarom het regionale aanbod tekortschiet?"
why       = "De motivatie is het 'tenzij' van 'nee, tenzij', en laat zien welk aanbod de regio mist."
kind      = "signaal"
regel     = "Z37"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["overeenkomst", "overeenkomsten"]
nummer    = "overeenkomst"
zin       = "Bij {n} (van de {van}) is geen motivatie vastgelegd, {n?namelijk in|het vaakst in} {meest_gemeente}."
gesprek   = "Waarom schoot het regionale aanbod hier tekort?"
remedie   = "Leg bij de overeenkomst in het register vast waarom het regionale aanbod tekortschiet."
goed      = "Een overeenkomst met een motivatie in het register."
fout      = "Een overeenkomst waarbij de motivatie leeg is, of 'n.v.t.'."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- NULL is a register without such a column.
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
       NOT motivatie AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       productcode, ingangsdatum, reden_code, maatregel
FROM overeenkomsten_per_kwartaal
WHERE is_nieuw
