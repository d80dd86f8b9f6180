/*---
title     = "Maatwerktarief boven het regionale tarief"
question  = "Welke maatwerkovereenkomsten hebben een hoger tarief dan het regionale product?"
why       = "Het regionale product met zijn tarief is het begin van het gesprek; maatwerk kan een weg worden naar een hoger tarief."
kind      = "signaal"
regel     = "Z52"
hoofdstuk = "kosten"
invloed   = "beide"
geval     = ["maatwerkovereenkomst met een regionaal tarief", "maatwerkovereenkomsten met een regionaal tarief"]
nummer    = "overeenkomst"
bedrag    = "boven het regionale tarief"
zin       = "{n#} van de {van} maatwerkovereenkomsten met een regionaal tarief {n?heeft|hebben} een hoger tarief dan dat; over het afgesproken volume scheelt dat {bedrag}."
gesprek   = "Wat krijgt de jeugdige voor het hogere tarief?"
remedie   = "Vraag de aanbieder om een onderbouwing, of spreek bij een verlenging het regionale tarief af."
goed      = "€ 96 per uur voor 45M53, gelijk aan het regionale tarief van 45A53."
fout      = "€ 112 per uur voor 45M53, terwijl 45A53 in de regio € 96 kost."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Het regionale tarief is dat van het basisproduct, per dezelfde eenheid, op de ingangsdatum. Hetzelfde voor gedeclareerde
-- tarieven staat in tarief_boven_regio.
WITH tarieven AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, basisproduct, tarief_ct, regio_tarief_ct,
    COALESCE(volume_milli, 0) AS volume_milli
  FROM overeenkomsten_per_kwartaal
)
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
  CASE
    WHEN tarief_ct IS NULL OR regio_tarief_ct IS NULL OR regio_tarief_ct <= 0 THEN CAST(NULL AS BOOLEAN)
    WHEN tarief_ct > regio_tarief_ct THEN TRUE
    ELSE FALSE
  END AS treffer,
  CASE WHEN tarief_ct > regio_tarief_ct THEN
    CAST(FLOOR(CAST(tarief_ct - regio_tarief_ct AS DOUBLE) * volume_milli / 1000 + 0.5) AS BIGINT)
    ELSE CAST(0 AS BIGINT) END AS bedrag_ct,
  productcode, basisproduct, tarief_ct, regio_tarief_ct,
  CASE WHEN regio_tarief_ct > 0 THEN
    CAST(FLOOR(CAST(tarief_ct - regio_tarief_ct AS DOUBLE) * 100 / regio_tarief_ct + 0.5) AS BIGINT)
    ELSE CAST(NULL AS BIGINT) END AS verschil_procent
FROM tarieven
