/*---
title     = "Nieuwe aanbieders na sluiting van de toetreding"
question  = "Welke aanbieders kregen hun eerste contract nadat de toetreding was gesloten?"
why       = "Is de toetreding gesloten, dan hoort een nieuwe aanbieder een uitzondering te zijn waarvoor een besluit is."
kind      = "signaal"
regel     = "H19"
hoofdstuk = "aanbieders"
invloed   = "gemeente"
geval     = ["gecontracteerde aanbieder", "gecontracteerde aanbieders"]
zin       = "Van de {van} gecontracteerde aanbieders {n?heeft|hebben} er {n#} een eerste contract dat begint op of na {drempel}, de dag waarop de toetreding sloot."
gesprek   = "Op welk besluit rust deze toetreding, en gaat het om een overname of een nieuwe naam?"
remedie   = "Leg het besluit bij het contract vast, of herstel de ingangsdatum in de contractenlijst."
goed      = "Een aanbieder met een contract uit 2021 en een nieuw contract in 2023, bij sluiting op 1 januari 2022."
fout      = "Een aanbieder met een eerste contract op 1 januari 2022, bij sluiting op 1 januari 2022."
drempels  = ["contract.toetreding_gesloten"]
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH eerste AS (
  SELECT aanbieder, MIN(ingangsdatum_dag) AS eerste_dag, MIN(ingangsdatum) AS eerste_contract
  FROM contracten
  GROUP BY aanbieder
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  e.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  r.kwartaal,
  e.aanbieder AS geval,
  e.eerste_dag >= r.toetreding_gesloten_dag AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  e.eerste_contract
FROM eerste e
CROSS JOIN regio r
WHERE e.eerste_dag - r.peildatum_dag <= 0
