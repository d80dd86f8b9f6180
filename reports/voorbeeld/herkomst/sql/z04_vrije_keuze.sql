/*---
title     = "Maatwerk door een maatregel met vrije keuze"
question  = "Welke maatwerkovereenkomsten volgen uit een maatregel waarbij de uitvoerder de aanbieder vrij kiest?"
why       = "De jeugdreclasseerder kiest de aanbieder zelf. Die overeenkomsten tellen niet mee als gemeenten met elkaar worden vergeleken."
kind      = "signaal"
regel     = "Z04"
hoofdstuk = "maatwerk"
invloed   = "geen"
geval     = ["maatwerkovereenkomst", "maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n#} van de {van} maatwerkovereenkomsten {n?volgt|volgen} uit een maatregel waarbij de keuze van de aanbieder vrij is; in de vergelijking tussen gemeenten {n?staat die|staan die} apart."
gesprek   = "Hoeveel van het maatwerk kan een gemeente zelf beïnvloeden?"
remedie   = "Er hoeft niets te gebeuren; leg in het register bij elke overeenkomst vast of zij uit een maatregel volgt."
goed      = "Een overeenkomst zonder maatregel: de gemeente koos de aanbieder."
fout      = "Een overeenkomst waarbij in het register JR als maatregel staat."
drempels  = ["maatwerk.uitzondering_maatregel"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["maatregelen"]
---*/
-- Zonder maatregel in het register en zonder lijst van maatregelen is niet bekend of er een maatregel liep.
WITH lijst AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM maatregelen
)
SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.kwartaal AS kwartaal, o.maatwerk_id AS geval,
  CASE
    WHEN o.is_vrije_keuze THEN TRUE
    WHEN o.maatregel IS NOT NULL OR l.aantal > 0 THEN FALSE
    ELSE CAST(NULL AS BOOLEAN)
  END AS treffer,
  COALESCE(o.contractwaarde_ct, 0) AS bedrag_ct, o.maatregel AS maatregel
FROM overeenkomsten_per_kwartaal AS o
CROSS JOIN lijst AS l
