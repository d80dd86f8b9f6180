/*---
title     = "Nieuwe aanbieders na sluiting van de toetreding"
question  = "Welke aanbieders kregen in de laatste vier kwartalen hun eerste contract, terwijl de toetreding was gesloten?"
why       = "Is de toetreding gesloten, dan hoort een nieuwe aanbieder een uitzondering te zijn waarvoor een besluit is."
kind      = "signaal"
regel     = "H19"
hoofdstuk = "aanbieders"
invloed   = "gemeente"
geval     = ["gecontracteerde aanbieder", "gecontracteerde aanbieders"]
nummer    = "aanbieder"
zin       = "Van de {van} gecontracteerde aanbieders {n?begon|begonnen} er {n#} in de laatste vier kwartalen met een eerste contract, na {drempel}: de dag waarop de toetreding sloot."
gesprek   = "Op welk besluit rust deze toetreding, en gaat het om een overname of een nieuwe naam?"
remedie   = "Leg het besluit bij het contract vast, of herstel de ingangsdatum in de contractenlijst."
goed      = "Een aanbieder met een eerste contract op 1 januari 2025, bij sluiting op die dag; of met een contract uit 2021 en een nieuw contract in 2025."
fout      = "Een aanbieder met een eerste contract op 2 januari 2025, bij sluiting op 1 januari 2025."
drempels  = ["contract.toetreding_gesloten"]
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Only who is new in the quarter or the three before it: who came earlier was told of then. Quarters are numbered to count them.
WITH eerste AS (
  SELECT aanbieder, MIN(ingangsdatum_dag) AS eerste_dag, MIN(ingangsdatum) AS eerste_contract,
         MIN(4 * CAST(SUBSTR(ingangsdatum_kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(ingangsdatum_kwartaal, 7, 1) AS BIGINT)) AS nummer
  FROM contracten
  GROUP BY aanbieder
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  e.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  r.kwartaal,
  e.aanbieder AS geval,
  CASE
    WHEN r.toetreding_gesloten_dag IS NULL THEN NULL
    WHEN e.eerste_dag <= r.toetreding_gesloten_dag THEN FALSE
    ELSE 4 * CAST(SUBSTR(r.kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(r.kwartaal, 7, 1) AS BIGINT) - e.nummer <= 3
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  e.eerste_contract
FROM eerste e
CROSS JOIN regio r
WHERE e.eerste_dag - r.peildatum_dag <= 0
