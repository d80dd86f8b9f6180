/*---
title     = "Maatwerk met een aanbieder van het landelijke contract"
question  = "Viel de aanbieder van een maatwerkovereenkomst op de ingangsdatum onder het landelijk transitiearrangement?"
why       = "Aanbieders van het landelijk transitiearrangement gelden als gecontracteerd; een eigen overeenkomst is dan niet de weg."
kind      = "signaal"
regel     = "Z07"
hoofdstuk = "maatwerk"
invloed   = "gemeente"
geval     = ["maatwerkovereenkomst", "maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n#} van de {van} maatwerkovereenkomsten {n?is|zijn} gesloten met een aanbieder die op de ingangsdatum voor deze hulp onder het landelijk transitiearrangement viel (contractwaarde {bedrag})."
gesprek   = "Kon deze hulp via het landelijk transitiearrangement worden ingezet, of kan dat nu?"
remedie   = "Zet de hulp in via het landelijk transitiearrangement en beëindig de overeenkomst, of leg vast waarom dat niet kan."
goed      = "Een overeenkomst met een aanbieder zonder contract voor deze hulp."
fout      = "Een overeenkomst met een aanbieder die op de ingangsdatum een contract van soort LTA had voor deze hulp."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zonder de tabel contracten is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
WITH aangeleverd AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM contracten
)
SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.kwartaal AS kwartaal, o.maatwerk_id AS geval,
  CASE
    WHEN o.contract_soort IS NULL OR c.aantal = 0 THEN CAST(NULL AS BOOLEAN)
    WHEN UPPER(o.contract_soort) = 'LTA' THEN TRUE
    ELSE FALSE
  END AS treffer,
  COALESCE(o.contractwaarde_ct, 0) AS bedrag_ct, o.productcode AS productcode, o.ingangsdatum AS ingangsdatum
FROM overeenkomsten_per_kwartaal AS o
CROSS JOIN aangeleverd AS c
