/*---
title     = "Coördinatie bij één zichtbare aanbieder"
question  = "Bij welke jeugdigen is coördinatie gedeclareerd terwijl er in het kwartaal maar één aanbieder te zien is?"
why       = "Coördinatie gaat over aanbieders heen; bij één zichtbare aanbieder is de vraag wat er te coördineren viel."
kind      = "signaal"
regel     = "H05"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["jeugdige met coördinatie", "jeugdigen met coördinatie"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Bij {n#} van de {van} jeugdigen met coördinatie is in het kwartaal één aanbieder te zien; daar is {bedrag} aan coördinatie gedeclareerd."
gesprek   = "Met wie is er gecoördineerd: met een partij die hier niet declareert, zoals school, de toegang of een instelling buiten de jeugdhulp?"
remedie   = "Vraag de aanbieder wie de andere partijen zijn en leg dat in het plan vast."
goed      = "Een jeugdige met coördinatie bij aanbieder A en ambulante hulp bij aanbieder B in hetzelfde kwartaal."
fout      = "Een jeugdige met coördinatie en alle andere hulp bij aanbieder A."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Only who gave care on balance: a declaration that was wholly reversed counts for nothing.
WITH per_aanbieder AS (
  SELECT client, kwartaal, aanbieder, MIN(gemeente) AS gemeente
  FROM declaraties
  GROUP BY client, kwartaal, aanbieder
  HAVING SUM(volume_milli) > 0
),
aanbieders_van AS (
  SELECT client, kwartaal, COUNT(*) AS aanbieders
  FROM per_aanbieder
  GROUP BY client, kwartaal
),
coordinatie AS (
  SELECT client, kwartaal, MIN(gemeente) AS gemeente, MIN(aanbieder) AS aanbieder,
         MIN(toewijzingnummer) AS toewijzingnummer, MIN(agb) AS agb, MIN(productcode) AS productcode,
         SUM(bedrag_ct) AS bedrag_ct, SUM(minuten) AS minuten
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY client, kwartaal
  HAVING SUM(volume_milli) > 0
)
SELECT
  c.gemeente,
  c.aanbieder,
  c.client,
  c.kwartaal,
  COALESCE(c.toewijzingnummer, c.agb || ' · ' || c.productcode) AS geval,
  a.aanbieders < 2 AS treffer,
  CAST(c.bedrag_ct AS BIGINT) AS bedrag_ct,
  CAST(c.minuten AS BIGINT) AS minuten
FROM coordinatie c
INNER JOIN aanbieders_van a ON c.client = a.client AND c.kwartaal = a.kwartaal
