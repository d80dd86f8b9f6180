/*---
title     = "Geen getekend exemplaar bij ICM"
question  = "Van welke nieuwe overeenkomsten had ICM niet op tijd een getekend exemplaar?"
why       = "Zonder getekend exemplaar kan ICM de overeenkomst niet registreren en niet waarschuwen als zij afloopt."
kind      = "signaal"
regel     = "Z41"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["overeenkomst", "overeenkomsten"]
nummer    = "overeenkomst"
zin       = "Van {n} had ICM {drempel} dagen na de ondertekening nog geen getekend exemplaar, van de {van} die te beoordelen zijn."
gesprek   = "Wie stuurt het getekende exemplaar door, en waar bleef het liggen?"
remedie   = "Stuur het getekende exemplaar aan ICM, of vul de ontvangstdatum in het register aan."
goed      = "Een overeenkomst die op 1 juli is getekend en op 10 juli bij ICM was."
fout      = "Een overeenkomst die op 1 juli is getekend en op 1 oktober nog niet bij ICM was."
drempels  = ["maatwerk.exemplaar_dagen"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- A copy that came in before it was signed is a slip of a date: nothing can be told. A term that still runs on the
-- peildatum tells nothing either. Empty everywhere means that the register has no such column.
WITH termijn AS (
  SELECT exemplaar_dagen AS termijn_dagen, peildatum_dag AS peil_dag FROM regio
),
kolom AS (
  SELECT COUNT(ontvangst_icm) AS n_ontvangen FROM overeenkomsten
),
verzonden AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, ondertekendatum, ontvangst_icm, n_ontvangen, termijn_dagen,
         ontvangst_icm_dag - ondertekendatum_dag AS na_dagen, peil_dag - ondertekendatum_dag AS wacht_dagen
  FROM overeenkomsten_per_kwartaal
  CROSS JOIN termijn
  CROSS JOIN kolom
  WHERE is_nieuw
)
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
       CASE WHEN na_dagen > termijn_dagen THEN TRUE
            WHEN na_dagen >= 0 AND na_dagen <= termijn_dagen THEN FALSE
            WHEN ontvangst_icm IS NULL AND n_ontvangen > 0 AND wacht_dagen > termijn_dagen THEN TRUE
       END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       ondertekendatum, ontvangst_icm, COALESCE(na_dagen, wacht_dagen) AS dagen
FROM verzonden
