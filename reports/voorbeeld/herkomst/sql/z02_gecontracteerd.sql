/*---
title     = "Maatwerk met een gecontracteerde aanbieder"
question  = "Had de aanbieder van een maatwerkovereenkomst op de ingangsdatum een regionaal contract voor dezelfde hulp?"
why       = "Een maatwerkovereenkomst is er voor hulp van een aanbieder die niet is gecontracteerd."
kind      = "signaal"
regel     = "Z02"
hoofdstuk = "maatwerk"
invloed   = "gemeente"
geval     = ["maatwerkovereenkomst", "maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n#} van de {van} maatwerkovereenkomsten {n?is|zijn} gesloten met een aanbieder die op de ingangsdatum voor dezelfde hulp een regionaal contract had (contractwaarde {bedrag})."
gesprek   = "Waarom is deze hulp niet via het regionale contract ingezet?"
remedie   = "Ga na of de overeenkomst nodig is; zet de hulp anders om naar het contract, of verbeter de code in het register."
goed      = "MW-104 voor 45M53 bij een aanbieder die op de ingangsdatum geen contract voor 45A53 had."
fout      = "MW-104 voor 45M53 bij een aanbieder die op de ingangsdatum een regulier contract voor 45A53 had."
drempels  = ["maatwerk.contractsoorten_als_gecontracteerd"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zonder de tabel contracten is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
-- Het landelijke contract en het afbouwcontract hebben een eigen regel (Z07, Z08).
WITH soorten AS (
  SELECT DISTINCT LOWER(soort) AS soort FROM contractsoorten
),
instelling AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM contractsoorten
),
aangeleverd AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM contracten
),
lopend AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, LOWER(contract_soort) AS soort, contractwaarde_ct
  FROM overeenkomsten_per_kwartaal
)
SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.kwartaal AS kwartaal, o.maatwerk_id AS geval,
  CASE
    WHEN o.soort IS NULL OR i.aantal = 0 OR c.aantal = 0 THEN CAST(NULL AS BOOLEAN)
    WHEN s.soort IS NOT NULL AND o.soort <> 'lta' AND o.soort <> 'afbouw' THEN TRUE
    ELSE FALSE
  END AS treffer,
  COALESCE(o.contractwaarde_ct, 0) AS bedrag_ct, o.productcode AS productcode, o.soort AS contract_soort
FROM lopend AS o
LEFT JOIN soorten AS s ON o.soort = s.soort
CROSS JOIN instelling AS i
CROSS JOIN aangeleverd AS c
