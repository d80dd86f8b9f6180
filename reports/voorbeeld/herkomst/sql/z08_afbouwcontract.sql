/*---
title     = "Verblijf op maatwerk terwijl een afbouwcontract gold"
question  = "Gold voor een nieuwe verblijfsplek op maatwerk op de ingangsdatum een afbouwcontract van dezelfde aanbieder?"
why       = "Bij verblijf gaat het verlengen van een afbouwcontract voor op een nieuwe maatwerkovereenkomst."
kind      = "signaal"
regel     = "Z08"
hoofdstuk = "maatwerk"
invloed   = "gemeente"
geval     = ["nieuwe maatwerkovereenkomst voor verblijf", "nieuwe maatwerkovereenkomsten voor verblijf"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "Bij {n#} van de {van} nieuwe maatwerkovereenkomsten voor verblijf gold op de ingangsdatum een afbouwcontract van de aanbieder voor deze hulp (contractwaarde {bedrag})."
gesprek   = "Kon het afbouwcontract voor deze plek worden verlengd, of kan dat nog?"
remedie   = "Verleng het afbouwcontract voor deze plek, of leg vast waarom dat niet kan."
goed      = "Verblijf bij een aanbieder die op de ingangsdatum geen contract had, of ambulante hulp."
fout      = "Verblijf bij een aanbieder die op de ingangsdatum een contract van soort afbouw had voor deze hulp."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zonder de tabel contracten is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
-- Het contract wordt op de ingangsdatum bekeken, dus alleen bij wat in het kwartaal begon.
-- Wat zeker ambulant is, is geen geval; is niet bekend of het verblijf is, dan is er niets te zeggen.
WITH aangeleverd AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM contracten
),
lopend AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, einddatum, LOWER(contract_soort) AS soort, contractwaarde_ct,
    COALESCE(is_verblijf, CASE WHEN hulptype = 'ambulant' THEN FALSE
      WHEN hulptype IN ('pleegzorg', 'gezinshuis', 'ouder-kindhuis', 'instelling') THEN TRUE
      ELSE CAST(NULL AS BOOLEAN) END) AS verblijf
  FROM overeenkomsten_per_kwartaal
  WHERE is_nieuw
)
SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.kwartaal AS kwartaal, o.maatwerk_id AS geval,
  CASE
    WHEN o.soort IS NULL OR o.verblijf IS NULL OR c.aantal = 0 THEN CAST(NULL AS BOOLEAN)
    WHEN o.soort = 'afbouw' THEN TRUE
    ELSE FALSE
  END AS treffer,
  COALESCE(o.contractwaarde_ct, 0) AS bedrag_ct, o.productcode AS productcode, o.einddatum AS einddatum
FROM lopend AS o
CROSS JOIN aangeleverd AS c
WHERE o.verblijf IS NULL OR o.verblijf
