/*---
title     = "Tarieven zonder indexering"
question  = "Welke producten hebben nog hetzelfde tarief als een jaar eerder?"
why       = "Indexering is een afspraak; een tarief dat stilstaat, is een besluit of een vergeten regel in de productenlijst."
kind      = "signaal"
regel     = "H15"
hoofdstuk = "kosten"
invloed   = "gemeente"
geval     = ["product", "producten"]
nummer    = "productcode · product · eenheid"
zin       = "Van de {van} producten met een tarief nu en een jaar eerder {n?heeft|hebben} er {n#} hetzelfde tarief."
gesprek   = "Is er besloten dit tarief niet te indexeren, of ontbreekt het nieuwe tarief in de lijst?"
remedie   = "Vul het geldende tarief met zijn ingangsdatum in de productenlijst in."
goed      = "Een product van € 100 in 2024 en € 104 in 2025."
fout      = "Een product van € 100 in 2024 en € 100 in 2025."
drempels  = []
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- The tariff on the last day of the quarter against that of 365 days before. A product that is new cannot be told.
WITH nu AS (
  SELECT p.productcode, p.eenheid, r.kwartaal, MAX(p.naam) AS naam, MIN(p.tarief_ct) AS laagste_ct, MAX(p.tarief_ct) AS hoogste_ct
  FROM producten p
  CROSS JOIN regio r
  WHERE p.geldig_van_dag - r.kwartaal_eind_dag <= 0 AND (p.geldig_tot_dag IS NULL OR p.geldig_tot_dag - r.kwartaal_eind_dag >= 0)
  GROUP BY p.productcode, p.eenheid, r.kwartaal
),
toen AS (
  SELECT p.productcode, p.eenheid, MIN(p.tarief_ct) AS laagste_ct, MAX(p.tarief_ct) AS hoogste_ct
  FROM producten p
  CROSS JOIN regio r
  WHERE p.geldig_van_dag - r.kwartaal_eind_dag <= -365
    AND (p.geldig_tot_dag IS NULL OR p.geldig_tot_dag - r.kwartaal_eind_dag >= -365)
  GROUP BY p.productcode, p.eenheid
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  CAST(NULL AS BIGINT) AS client,
  n.kwartaal,
  n.productcode || ' · ' || n.naam || ' · ' || n.eenheid AS geval,
  n.laagste_ct = t.laagste_ct AND n.hoogste_ct = t.hoogste_ct AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  n.productcode,
  n.hoogste_ct AS tarief_ct,
  t.hoogste_ct AS tarief_jaar_eerder_ct
FROM nu n
LEFT JOIN toen t ON n.productcode = t.productcode AND n.eenheid = t.eenheid
