/*---
title     = "Zorgcoördinatie zonder andere zorg"
question  = "Op welke toewijzingen declareert een aanbieder zorgcoördinatie in een maand waarin hij de jeugdige geen andere zorg geeft?"
why       = "Zorgcoördinatie is alleen bedoeld voor een aanbieder die de jeugdige op dat moment ook andere zorg geeft."
kind      = "signaal"
regel     = "O08"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["toewijzing met zorgcoördinatie", "toewijzingen met zorgcoördinatie"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Bij {n#} van de {van} toewijzingen met zorgcoördinatie zijn er maanden zonder andere zorg van dezelfde aanbieder: {bedrag} bij {aanbieders}."
gesprek   = "Gaf de aanbieder toen geen andere zorg, of is die nog niet gedeclareerd?"
remedie   = "Vraag de aanbieder welke andere zorg er in die maanden was; was die er niet, bespreek dan met de toegang wie de hulp het best afstemt."
goed      = "Zorgcoördinatie in juli naast begeleiding in juli van dezelfde aanbieder."
fout      = "Zorgcoördinatie in juli terwijl dezelfde aanbieder in juli niets anders declareerde, en er geen toewijzing voor iets anders liep."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["toewijzingen"]
---*/
-- Loopt in die maand een toewijzing voor andere zorg van dezelfde aanbieder, dan kan die nog worden gedeclareerd: niet te bepalen.
WITH coordinatie AS (
  SELECT
    gemeente, client, aanbieder, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb) AS geval, maand,
    MAX(kwartaal) AS kwartaal, SUM(bedrag_ct) AS kosten_ct, MIN(periode_begin_dag) AS begin_dag, MAX(periode_eind_dag) AS eind_dag
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client, aanbieder, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb), maand
  HAVING SUM(volume_milli) > 0
),
jeugdigen AS (
  SELECT client FROM coordinatie GROUP BY client
),
andere_zorg AS (
  SELECT d.client AS client, d.aanbieder AS aanbieder, d.maand AS maand, CAST(1 AS BIGINT) AS is_er
  FROM declaraties AS d
  JOIN jeugdigen ON d.client = jeugdigen.client
  WHERE NOT d.is_coordinatie
  GROUP BY d.client, d.aanbieder, d.maand
  HAVING SUM(d.volume_milli) > 0
),
zonder AS (
  SELECT
    c.gemeente AS gemeente, c.client AS client, c.aanbieder AS aanbieder, c.geval AS geval, c.maand AS maand,
    c.begin_dag AS begin_dag, c.eind_dag AS eind_dag
  FROM coordinatie AS c
  LEFT JOIN andere_zorg AS z ON c.client = z.client AND c.aanbieder = z.aanbieder AND c.maand = z.maand
  WHERE z.is_er IS NULL
),
codes AS (
  SELECT productcode, CAST(1 AS BIGINT) AS is_coordinatie FROM declaraties WHERE is_coordinatie GROUP BY productcode
),
toegewezen AS (
  SELECT t.client AS client, t.aanbieder AS aanbieder, t.ingangsdatum_dag AS van_dag, t.einddatum_dag AS tot_dag
  FROM toewijzingen AS t
  JOIN jeugdigen ON t.client = jeugdigen.client
  LEFT JOIN codes ON t.productcode = codes.productcode
  WHERE codes.is_coordinatie IS NULL
),
toegewezen_maand AS (
  SELECT
    z.gemeente AS gemeente, z.client AS client, z.aanbieder AS aanbieder, z.geval AS geval, z.maand AS maand, CAST(1 AS BIGINT) AS is_er
  FROM zonder AS z
  JOIN toegewezen AS t ON z.client = t.client AND z.aanbieder = t.aanbieder
  WHERE t.van_dag <= z.eind_dag AND COALESCE(t.tot_dag, z.begin_dag) >= z.begin_dag
  GROUP BY z.gemeente, z.client, z.aanbieder, z.geval, z.maand
),
per_maand AS (
  SELECT
    c.gemeente AS gemeente, c.client AS client, c.aanbieder AS aanbieder, c.geval AS geval, c.maand AS maand, c.kwartaal AS kwartaal,
    c.kosten_ct AS kosten_ct,
    CASE WHEN z.maand IS NULL THEN 0 WHEN t.is_er = 1 THEN 2 ELSE 1 END AS stand
  FROM coordinatie AS c
  LEFT JOIN zonder AS z
    ON c.gemeente = z.gemeente AND c.client = z.client AND c.aanbieder = z.aanbieder AND c.geval = z.geval AND c.maand = z.maand
  LEFT JOIN toegewezen_maand AS t
    ON c.gemeente = t.gemeente AND c.client = t.client AND c.aanbieder = t.aanbieder AND c.geval = t.geval AND c.maand = t.maand
)
SELECT
  p.gemeente AS gemeente, p.aanbieder AS aanbieder, p.client AS client, MAX(p.kwartaal) AS kwartaal,
  p.geval AS geval,
  CASE
    WHEN MAX(CASE WHEN r.ander_product_vereist THEN 1 ELSE 0 END) = 0 THEN NULL
    WHEN SUM(CASE WHEN p.stand = 1 THEN 1 ELSE 0 END) > 0 THEN TRUE
    WHEN MAX(p.stand) = 2 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(SUM(CASE WHEN p.stand = 1 THEN p.kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct,
  CAST(SUM(CASE WHEN p.stand = 1 THEN 1 ELSE 0 END) AS BIGINT) AS maanden,
  MIN(CASE WHEN p.stand = 1 THEN p.maand END) AS eerste_maand,
  MAX(CASE WHEN p.stand = 1 THEN p.maand END) AS laatste_maand
FROM per_maand AS p
CROSS JOIN regio AS r
GROUP BY p.gemeente, p.client, p.aanbieder, p.geval
