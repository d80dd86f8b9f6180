/*---
title     = "Eisen van 1Gezin1Plan aan de aanbieder"
question  = "Welke aanbieders voldoen niet aan de drie eisen van 1Gezin1Plan: de werkwijze, een aandachtsfunctionaris en een scholingsplan?"
why       = "Elke dienstverlener werkt volgens 1Gezin1Plan, heeft een aandachtsfunctionaris en een scholingsplan; zonder die drie komt de werkwijze niet van de grond."
kind      = "signaal"
regel     = "M10"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["aanbieder", "aanbieders"]
nummer    = "AGB-code"
zin       = "{n#} van de {van} aanbieders {n?voldoet|voldoen} volgens opgave niet aan alle drie de eisen van 1Gezin1Plan."
gesprek   = "Klopt de opgave, en wanneer is de eis wel vervuld?"
remedie   = "Vraag de aanbieder om wat ontbreekt, en werk de tabel aanbieders bij."
goed      = "Een aanbieder met drie keer ja."
fout      = "Een aanbieder zonder aandachtsfunctionaris."
drempels  = []
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Een aanbieder met meer AGB-codes voldoet als dat bij een van de codes staat. Niets ingevuld is niet te bepalen.
WITH eisen AS (
  SELECT
    aanbieder, MIN(agb) AS agb,
    MAX(CASE WHEN werkwijze_1g1p THEN 2 WHEN werkwijze_1g1p IS NULL THEN 0 ELSE 1 END) AS werkwijze,
    MAX(CASE WHEN aandachtsfunctionaris THEN 2 WHEN aandachtsfunctionaris IS NULL THEN 0 ELSE 1 END) AS functionaris,
    MAX(CASE WHEN scholingsplan THEN 2 WHEN scholingsplan IS NULL THEN 0 ELSE 1 END) AS scholing
  FROM aanbieders
  GROUP BY aanbieder
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente, aanbieder, CAST(NULL AS BIGINT) AS client, CAST(NULL AS VARCHAR) AS kwartaal, agb AS geval,
  CASE
    WHEN werkwijze = 1 OR functionaris = 1 OR scholing = 1 THEN TRUE
    WHEN werkwijze = 0 OR functionaris = 0 OR scholing = 0 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CASE WHEN werkwijze = 2 THEN TRUE WHEN werkwijze = 1 THEN FALSE END AS werkwijze_1g1p,
  CASE WHEN functionaris = 2 THEN TRUE WHEN functionaris = 1 THEN FALSE END AS aandachtsfunctionaris,
  CASE WHEN scholing = 2 THEN TRUE WHEN scholing = 1 THEN FALSE END AS scholingsplan
FROM eisen
