/*---
title     = "Aanbieders met alleen maatwerk"
question  = "Welke aanbieders declareren alleen maatwerk?"
why       = "De regio wil het aantal aanbieders beperkt houden; elke aanbieder met alleen maatwerk komt daar bovenop."
kind      = "signaal"
regel     = "Z56"
hoofdstuk = "aanbieders"
invloed   = "gemeente"
geval     = ["aanbieder met omzet", "aanbieders met omzet"]
nummer    = "aanbieder"
zin       = "Van de {van} aanbieders met omzet {n?levert|leveren} er {n#} in vier kwartalen alleen maatwerk."
gesprek   = "Kan deze hulp ook door een gecontracteerde aanbieder worden gegeven?"
remedie   = "Bekijk per aanbieder of een gecontracteerde aanbieder de hulp kan overnemen, of dat inschrijven past."
goed      = "Een aanbieder met een contract en één jeugdige op maatwerk."
fout      = "Een aanbieder van wie elke gedeclareerde regel maatwerk is."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH per_aanbieder AS (
  SELECT aanbieder, SUM(CASE WHEN is_maatwerk THEN 0 ELSE 1 END) AS gewone_regels, CAST(COUNT(DISTINCT gemeente) AS BIGINT) AS in_gemeenten,
    CAST(COUNT(DISTINCT client) AS BIGINT) AS aantal_jeugdigen, SUM(bedrag_ct) AS gedeclareerd_ct
  FROM declaraties
  GROUP BY aanbieder
)
SELECT CAST(NULL AS VARCHAR) AS gemeente, aanbieder, CAST(NULL AS BIGINT) AS client, CAST(NULL AS VARCHAR) AS kwartaal, aanbieder AS geval,
  CASE WHEN gewone_regels = 0 THEN TRUE ELSE FALSE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, in_gemeenten, aantal_jeugdigen, gedeclareerd_ct
FROM per_aanbieder
WHERE gedeclareerd_ct > 0
