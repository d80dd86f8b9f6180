/*---
title     = "Zorgcoördinatie na een medische verwijzing"
question  = "Welke toewijzingen voor zorgcoördinatie volgen op een verwijzing door huisarts, jeugdarts of medisch specialist?"
why       = "Alleen het CJG of wijkteam kan een aanbieder als coördinator aanwijzen; na een medische verwijzing moet het daar dus bij betrokken zijn."
kind      = "signaal"
regel     = "O14"
hoofdstuk = "zorgcoordinatie"
invloed   = "gemeente"
geval     = ["toewijzing voor zorgcoördinatie", "toewijzingen voor zorgcoördinatie"]
nummer    = "toewijzing"
zin       = "{n#} van de {van} toewijzingen voor zorgcoördinatie {n?volgt|volgen} op een medische verwijzing."
gesprek   = "Heeft de toegang in deze gevallen de coördinator aangewezen?"
remedie   = "Kijk in het dossier of de toegang betrokken is, en leg dat vast."
goed      = "Zorgcoördinatie na een verwijzing door de gemeente."
fout      = "Zorgcoördinatie na een verwijzing door de huisarts (code 02)."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- De codes van de landelijke lijst van verwijzers, of de woorden ervan. Wat daar niet bij staat, is niet te bepalen.
WITH codes AS (
  SELECT productcode FROM declaraties WHERE is_coordinatie GROUP BY productcode
)
SELECT
  t.gemeente AS gemeente, t.aanbieder AS aanbieder, t.client AS client, t.kwartaal AS kwartaal, t.toewijzingnummer AS geval,
  CASE
    WHEN LOWER(t.verwijzer) IN ('02', '2', 'huisarts', '03', '3', 'jeugdarts', '05', '5', 'medisch specialist') THEN TRUE
    WHEN LOWER(t.verwijzer) IN (
      '01', '1', 'gemeente', '04', '4', 'gecertificeerde instelling', 'gi', '06', '6', 'zelfverwijzer', 'geen verwijzer',
      'zelfverwijzer / geen verwijzer', '08', '8', 'rechter'
    ) THEN FALSE
    ELSE NULL
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct
FROM toewijzingen_per_kwartaal AS t
JOIN codes ON t.productcode = codes.productcode
