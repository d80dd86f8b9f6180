/*---
title     = "Coördinatie, maar één aanbieder zichtbaar"
question  = "Bij welke jeugdigen met zorgcoördinatie zijn minder aanbieders te zien dan de regio als uitgangspunt neemt?"
why       = "Er is iets te coördineren als er meer dan één aanbieder of professional bij het gezin betrokken is. Niet iedereen declareert: het dossier zegt meer dan dit cijfer."
kind      = "signaal"
regel     = "O10"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["jeugdige met zorgcoördinatie", "jeugdigen met zorgcoördinatie"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Bij {n#} van de {van} jeugdigen met zorgcoördinatie zijn in dit kwartaal minder dan {drempel} aanbieders zichtbaar."
gesprek   = "Zijn er andere professionals betrokken die niet bij de regio declareren?"
remedie   = "Kijk in het dossier wie er nog meer betrokken is, zoals school, huisarts of volwassenenzorg."
goed      = "Zorgcoördinatie bij een jeugdige van wie een broer of zus zorg van een tweede aanbieder krijgt."
fout      = "Zorgcoördinatie bij een jeugdige, en alle zorg in het gezin komt van dezelfde aanbieder."
drempels  = ["coordinatie.min_aanbieders"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH jeugdigen AS (
  SELECT
    gemeente, client, MAX(gezin) AS gezin, MIN(aanbieder) AS aanbieder, MIN(agb) AS agb, MIN(toewijzingnummer) AS toewijzingnummer,
    MAX(kwartaal) AS kwartaal, SUM(bedrag_ct) AS kosten_ct
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client
  HAVING SUM(volume_milli) > 0
),
zorg AS (
  SELECT client, aanbieder, MAX(gezin) AS gezin
  FROM declaraties
  GROUP BY client, aanbieder
  HAVING SUM(volume_milli) > 0
),
zichtbaar AS (
  SELECT j.gemeente AS gemeente, j.client AS client, z.aanbieder AS aanbieder
  FROM jeugdigen AS j
  JOIN zorg AS z ON j.client = z.client
  UNION
  SELECT j.gemeente AS gemeente, j.client AS client, z.aanbieder AS aanbieder
  FROM jeugdigen AS j
  JOIN zorg AS z ON j.gezin = z.gezin
),
geteld AS (
  SELECT gemeente, client, CAST(COUNT(DISTINCT aanbieder) AS BIGINT) AS aanbieders FROM zichtbaar GROUP BY gemeente, client
)
SELECT
  j.gemeente AS gemeente, j.aanbieder AS aanbieder, j.client AS client, j.kwartaal AS kwartaal,
  COALESCE(j.toewijzingnummer, 'zonder toewijzingnummer · ' || j.agb) AS geval,
  CASE
    WHEN r.min_aanbieders IS NULL THEN NULL
    WHEN g.aanbieders < r.min_aanbieders THEN TRUE
    ELSE FALSE
  END AS treffer,
  CAST(j.kosten_ct AS BIGINT) AS bedrag_ct,
  g.aanbieders AS aanbieders
FROM jeugdigen AS j
JOIN geteld AS g ON j.gemeente = g.gemeente AND j.client = g.client
CROSS JOIN regio AS r
