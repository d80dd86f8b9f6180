/*---
title     = "Steekproef voor materiële controle"
question  = "Welke declaraties zijn dit kwartaal getrokken om te vergelijken met wat er is geleverd?"
why       = "Een steekproef die iedereen kan nadoen, voorkomt de vraag waarom juist deze regels zijn gekozen."
kind      = "signaal"
regel     = "H14"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["declaratieregel uit de trekking", "declaratieregels uit de trekking"]
bedrag    = "gedeclareerd"
zin       = "Voor de materiële controle {n?is|zijn} {n} aangewezen bij {aanbieders}, {drempel} per aanbieder; samen {bedrag}."
gesprek   = "Is deze zorg geleverd zoals gedeclareerd, en is dat uit het dossier van de aanbieder te zien?"
remedie   = "Vraag de aanbieder van elke regel om de onderbouwing, zonder gegevens die daarvoor niet nodig zijn."
goed      = "Een regel met een hoger volgnummer in de trekking: reserve, voor als een getrokken regel niet te controleren is."
fout      = "Een regel die bij zijn aanbieder bij de eerste van de trekking hoort; die wordt bekeken. Het zegt niets over de regel."
drempels  = ["afspraken.controle_regels"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- The draw follows from the lines and the quarter alone, so that anyone can repeat it: numbers of the line are mixed and
-- squared modulo the prime 2^31 - 1, and the lowest outcomes per aanbieder are taken; as many again are in reserve. No pseudonym
-- takes part. Credits and lines of nought are not drawn: there is nothing to compare. Who has no more lines than are
-- drawn is left out: those can be looked at without a draw.
WITH gemengd AS (
  SELECT d.gemeente, d.aanbieder, d.client, d.kwartaal, d.agb, d.productcode, d.maand, d.bedrag_ct, d.volume_milli,
         d.referentienummer, d.toewijzingnummer, d.bron, d.regel, r.controle_regels,
         4 * CAST(SUBSTR(d.kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(d.kwartaal, 7, 1) AS BIGINT) AS zaad,
         (d.bedrag_ct * 7919 + ABS(d.volume_milli) * 104729 + d.regel * 1299709 + d.periode_begin_dag * 15485863) % 2147483647 AS x
  FROM declaraties d
  CROSS JOIN regio r
  WHERE d.bedrag_ct > 0 AND r.controle_regels > 0
),
eerste AS (
  SELECT gemeente, aanbieder, client, kwartaal, agb, productcode, maand, bedrag_ct, volume_milli, referentienummer,
         toewijzingnummer, bron, regel, controle_regels, zaad, (x * x + zaad * 48271) % 2147483647 AS x
  FROM gemengd
),
tweede AS (
  SELECT gemeente, aanbieder, client, kwartaal, agb, productcode, maand, bedrag_ct, volume_milli, referentienummer,
         toewijzingnummer, bron, regel, controle_regels, (x * x + zaad * 69621) % 2147483647 AS x
  FROM eerste
),
genummerd AS (
  SELECT gemeente, aanbieder, client, kwartaal, agb, productcode, maand, bedrag_ct, volume_milli, referentienummer,
         toewijzingnummer, bron, regel, controle_regels, ROW_NUMBER() OVER (PARTITION BY aanbieder ORDER BY x, bron, regel) AS plaats
  FROM tweede
),
omvang AS (
  SELECT aanbieder, COUNT(*) AS regels FROM gemengd GROUP BY aanbieder
)
SELECT
  g.gemeente,
  g.aanbieder,
  g.client,
  g.kwartaal,
  g.agb || ' · ' || COALESCE(g.toewijzingnummer, g.productcode) || ' · ' || g.maand || ' · '
    || COALESCE(g.referentienummer, g.bron || ' regel ' || CAST(g.regel AS VARCHAR), 'regel ' || CAST(g.regel AS VARCHAR)) AS geval,
  g.plaats <= g.controle_regels AS treffer,
  g.bedrag_ct,
  g.referentienummer,
  g.productcode,
  g.volume_milli,
  CAST(g.plaats AS BIGINT) AS volgnummer
FROM genummerd g
INNER JOIN omvang o ON g.aanbieder = o.aanbieder
WHERE o.regels > g.controle_regels AND g.plaats <= 2 * g.controle_regels
