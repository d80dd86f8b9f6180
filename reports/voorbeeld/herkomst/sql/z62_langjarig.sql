/*---
title     = "Overeenkomst die meteen voor lang is aangegaan"
question  = "Welke maatwerkovereenkomsten zijn bij het begin al voor langer dan de afgesproken duur aangegaan?"
why       = "Maatwerk is eenmalig. Is een lange duur vanaf het begin te voorzien, dan is een gecontracteerde plek een vraag waard."
kind      = "signaal"
regel     = "Z62"
hoofdstuk = "maatwerk"
invloed   = "gemeente"
geval     = ["begonnen maatwerkovereenkomst", "begonnen maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n#} van de {van} begonnen maatwerkovereenkomsten {n?is|zijn} meteen voor langer dan {drempel} maanden aangegaan (contractwaarde {bedrag})."
gesprek   = "Waarom is bij het begin voor deze duur gekozen?"
remedie   = "Spreek een kortere duur af met een moment om te bekijken of een gecontracteerde plek past."
goed      = "Een overeenkomst van 1 maart 2025 tot en met 28 februari 2026."
fout      = "Een overeenkomst van 1 maart 2025 tot en met 1 maart 2026, bij een grens van 12 maanden."
drempels  = ["maatwerk.lang_maanden"]
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Een jaar vanaf 1 juli eindigt op 30 juni; tot en met 1 juli is een dag meer.
WITH begonnen AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, ingangsdatum, einddatum, contractwaarde_ct,
    CAST(ingangsdatum AS VARCHAR) AS van, CAST(einddatum AS VARCHAR) AS tot
  FROM overeenkomsten_per_kwartaal
  WHERE is_nieuw
),
duur AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, ingangsdatum, einddatum, contractwaarde_ct,
    12 * (CAST(SUBSTR(tot, 1, 4) AS BIGINT) - CAST(SUBSTR(van, 1, 4) AS BIGINT))
      + CAST(SUBSTR(tot, 6, 2) AS BIGINT) - CAST(SUBSTR(van, 6, 2) AS BIGINT) AS maanden,
    CAST(SUBSTR(tot, 9, 2) AS BIGINT) - CAST(SUBSTR(van, 9, 2) AS BIGINT) AS dagen
  FROM begonnen
)
SELECT d.gemeente AS gemeente, d.aanbieder AS aanbieder, d.client AS client, d.kwartaal AS kwartaal, d.maatwerk_id AS geval,
  CASE
    WHEN d.einddatum IS NULL OR r.lang_maanden IS NULL THEN CAST(NULL AS BOOLEAN)
    WHEN d.maanden > r.lang_maanden OR (d.maanden = r.lang_maanden AND d.dagen >= 0) THEN TRUE
    ELSE FALSE
  END AS treffer,
  COALESCE(d.contractwaarde_ct, 0) AS bedrag_ct, d.ingangsdatum AS ingangsdatum, d.einddatum AS einddatum
FROM duur AS d
CROSS JOIN regio AS r
