/*---
title     = "Gezinnen met drie of meer aanbieders tegelijk"
question  = "Hoeveel gezinnen hadden in dezelfde maand drie of meer aanbieders?"
why       = "De regio wil hulp per gezin bundelen; veel aanbieders tegelijk vragen om één plan en één aanspreekpunt."
kind      = "signaal"
regel     = "H07"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["gezin", "gezinnen"]
nummer    = "toewijzing"
bedrag    = "gedeclareerd voor deze gezinnen"
zin       = "Van de {van} gezinnen {n?had|hadden} er {n#} ({aandeel}) in dezelfde maand {drempel} of meer aanbieders."
gesprek   = "Is er één plan en één aanspreekpunt, en kan de hulp bij minder aanbieders worden gebundeld?"
remedie   = "Bespreek met de toegang welke van deze gezinnen een gezamenlijk plan hebben en waar bundelen kan."
goed      = "Een gezin met in juli twee en in augustus twee andere aanbieders."
fout      = "Een gezin met in juli drie aanbieders."
drempels  = ["afspraken.gezin_aanbieders"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Not every export has the family number, so it is looked up per child; who has none anywhere is a family of its own. Only
-- aanbieders that gave care on balance in the month count.
WITH genummerd AS (
  SELECT client, MIN(gezin) AS gezin
  FROM declaraties
  GROUP BY client
),
gezinnen AS (
  -- In a step of its own: a key beside an aggregate in one expression becomes a list in polars.
  SELECT client, COALESCE(gezin, client) AS huishouden
  FROM genummerd
),
per_aanbieder AS (
  SELECT g.huishouden, d.maand, d.kwartaal, d.aanbieder,
         MIN(d.client) AS client, MIN(d.gemeente) AS gemeente, MIN(d.toewijzingnummer) AS toewijzingnummer,
         MIN(d.agb || ' · ' || d.productcode) AS zorg, SUM(d.bedrag_ct) AS bedrag_ct
  FROM declaraties d
  INNER JOIN gezinnen g ON d.client = g.client
  GROUP BY g.huishouden, d.maand, d.kwartaal, d.aanbieder
  HAVING SUM(d.volume_milli) > 0
),
per_maand AS (
  SELECT huishouden, maand, kwartaal, COUNT(*) AS aanbieders, MIN(client) AS client, MIN(gemeente) AS gemeente,
         MIN(toewijzingnummer) AS toewijzingnummer, MIN(zorg) AS zorg, SUM(bedrag_ct) AS bedrag_ct
  FROM per_aanbieder
  GROUP BY huishouden, maand, kwartaal
),
per_gezin AS (
  SELECT huishouden, kwartaal, MAX(aanbieders) AS aanbieders, MIN(client) AS client, MIN(gemeente) AS gemeente,
         MIN(toewijzingnummer) AS toewijzingnummer, MIN(zorg) AS zorg, SUM(bedrag_ct) AS bedrag_ct
  FROM per_maand
  GROUP BY huishouden, kwartaal
)
SELECT
  g.gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  g.client,
  g.kwartaal,
  COALESCE(g.toewijzingnummer, g.zorg) AS geval,
  g.aanbieders >= r.gezin_aanbieders AS treffer,
  CAST(g.bedrag_ct AS BIGINT) AS bedrag_ct,
  CAST(g.aanbieders AS BIGINT) AS aanbieders_tegelijk
FROM per_gezin g
CROSS JOIN regio r
