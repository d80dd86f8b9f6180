/*---
title     = "Aanbieders met gewone zorg en maatwerk"
question  = "Welke aanbieders met maatwerk leveren ook gewone zorg, en voor hoeveel?"
why       = "Wie met een aanbieder over maatwerk praat, wil ook weten wat er onder contract loopt."
kind      = "signaal"
regel     = "Z58"
hoofdstuk = "aanbieders"
invloed   = "beide"
geval     = ["aanbieder met maatwerk", "aanbieders met maatwerk"]
nummer    = "aanbieder"
zin       = "{n#} van de {van} aanbieders met maatwerk {n?levert|leveren} in vier kwartalen ook gewone zorg; de bedragen staan naast elkaar in de werklijst."
gesprek   = "Waarom valt dit deel van de hulp buiten het contract?"
remedie   = "Neem beide bedragen mee in het gesprek met de aanbieder."
goed      = "Een aanbieder die alleen maatwerk levert (zie Z56)."
fout      = "Een aanbieder met € 410.000 gewone zorg en € 58.000 maatwerk."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH per_aanbieder AS (
  SELECT aanbieder,
    SUM(CASE WHEN is_maatwerk THEN bedrag_ct ELSE 0 END) AS maatwerk_ct,
    SUM(CASE WHEN is_maatwerk THEN 0 ELSE bedrag_ct END) AS regulier_ct,
    SUM(CASE WHEN is_maatwerk THEN 1 ELSE 0 END) AS maatwerk_regels,
    SUM(CASE WHEN is_maatwerk THEN 0 ELSE 1 END) AS gewone_regels,
    CAST(COUNT(DISTINCT client) AS BIGINT) AS aantal_jeugdigen
  FROM declaraties
  GROUP BY aanbieder
)
SELECT CAST(NULL AS VARCHAR) AS gemeente, aanbieder, CAST(NULL AS BIGINT) AS client, CAST(NULL AS VARCHAR) AS kwartaal, aanbieder AS geval,
  CASE WHEN gewone_regels > 0 THEN TRUE ELSE FALSE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, regulier_ct, maatwerk_ct, aantal_jeugdigen
FROM per_aanbieder
WHERE maatwerk_regels > 0
