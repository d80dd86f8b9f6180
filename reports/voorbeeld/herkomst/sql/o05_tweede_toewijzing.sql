/*---
title     = "Een tweede toewijzing binnen een jaar"
question  = "Bij welke jeugdigen is via meer dan één toewijzing binnen een jaar samen meer ingezet dan het maximum van één toewijzing?"
why       = "Bij een nieuwe toewijzing begint het maximum opnieuw; zo kan er in een jaar meer worden ingezet dan één toewijzing toelaat."
kind      = "signaal"
regel     = "O05"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["jeugdige met meer dan één toewijzing binnen een jaar", "jeugdigen met meer dan één toewijzing binnen een jaar"]
nummer    = "eerste toewijzing · laatste toewijzing"
zin       = "Bij {n#} van de {van} jeugdigen met meer dan één toewijzing binnen een jaar is samen meer dan {drempel} uur ingezet. Dat mag: bij een tweede toewijzing begint het maximum opnieuw."
gesprek   = "Was de tweede toewijzing een nieuwe situatie, of een verlenging van dezelfde inzet?"
remedie   = "Kijk bij de volgende verlenging hoeveel uren het afgelopen jaar al zijn ingezet."
goed      = "Twee toewijzingen in één jaar met, na aftrek van credits, samen 52 uur; of een tweede toewijzing die begint als de uren van de eerste een jaar oud zijn."
fout      = "Twee toewijzingen in één jaar met 40 en 48 uur."
drempels  = ["coordinatie.max_uren", "coordinatie.looptijd_maanden"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Elke periode van een jaar die eindigt met een maand met zorgcoördinatie in het afgelopen jaar; de zwaarste telt. Eerst wie meer dan één
-- toewijzing heeft: dat zijn er weinig. Een credit kan op een andere maand zijn geboekt dan de zorg. Boven het maximum is het alleen als
-- het dat ook blijft wanneer alle credits van die toewijzingen in dat jaar vallen; hangt het van de maand af, dan is het niet te bepalen.
WITH maanden AS (
  SELECT
    gemeente, client, COALESCE(toewijzingnummer, '') AS nummer, maand, MIN(periode_begin_dag) AS dag, MIN(aanbieder) AS aanbieder,
    MAX(aanbieder) AS andere_aanbieder, COALESCE(SUM(minuten), 0) AS minuten, SUM(volume_milli) AS volume_milli,
    SUM(CASE WHEN minuten IS NULL OR toewijzingnummer IS NULL THEN 1 ELSE 0 END) AS onvolledig
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client, COALESCE(toewijzingnummer, ''), maand
),
per_toewijzing AS (
  SELECT
    gemeente, client, nummer, SUM(CASE WHEN minuten > 0 THEN minuten ELSE 0 END) AS ingezet,
    SUM(CASE WHEN minuten < 0 THEN minuten ELSE 0 END) AS credit
  FROM maanden
  GROUP BY gemeente, client, nummer
  HAVING SUM(volume_milli) > 0
),
jeugdigen AS (
  SELECT gemeente, client
  FROM per_toewijzing
  WHERE nummer <> ''
  GROUP BY gemeente, client
  HAVING COUNT(*) > 1
),
zorg AS (
  SELECT
    m.gemeente AS gemeente, m.client AS client, m.nummer AS nummer, m.dag AS dag, m.aanbieder AS aanbieder,
    m.andere_aanbieder AS andere_aanbieder, m.minuten AS minuten, m.onvolledig AS onvolledig, t.ingezet AS ingezet, t.credit AS credit
  FROM maanden AS m
  JOIN jeugdigen AS j ON m.gemeente = j.gemeente AND m.client = j.client
  JOIN per_toewijzing AS t ON m.gemeente = t.gemeente AND m.client = t.client AND m.nummer = t.nummer
  WHERE m.volume_milli > 0
),
dagen AS (
  SELECT
    z.gemeente AS gemeente, z.client AS client, z.dag AS dag, MAX(r.max_uren) * 60 AS grens_minuten, MAX(r.kwartaal) AS kwartaal,
    MAX(COALESCE(r.looptijd_maanden, 12)) * 365 AS lengte
  FROM zorg AS z
  CROSS JOIN regio AS r
  WHERE CASE WHEN z.dag > r.kwartaal_eind_dag - 365 THEN 1 ELSE 0 END = 1
  GROUP BY z.gemeente, z.client, z.dag
),
delen AS (
  SELECT
    a.gemeente AS gemeente, a.client AS client, a.dag AS dag, b.nummer AS nummer, MIN(b.aanbieder) AS aanbieder,
    MAX(b.andere_aanbieder) AS andere_aanbieder, SUM(b.minuten) AS minuten, SUM(b.onvolledig) AS onvolledig, MAX(b.ingezet) AS ingezet,
    MAX(b.credit) AS credit, MAX(a.grens_minuten) AS grens_minuten, MAX(a.kwartaal) AS kwartaal
  FROM dagen AS a
  JOIN zorg AS b ON a.gemeente = b.gemeente AND a.client = b.client
  WHERE b.dag <= a.dag AND (a.dag - b.dag) * 12 < a.lengte
  GROUP BY a.gemeente, a.client, a.dag, b.nummer
),
jaren AS (
  SELECT
    gemeente, client, dag, MIN(aanbieder) AS aanbieder, MAX(andere_aanbieder) AS andere_aanbieder,
    MIN(CASE WHEN nummer <> '' THEN nummer END) AS eerste, MAX(CASE WHEN nummer <> '' THEN nummer END) AS laatste,
    SUM(CASE WHEN nummer <> '' THEN 1 ELSE 0 END) AS toewijzingen,
    SUM(CASE WHEN minuten + credit > 0 THEN minuten + credit ELSE 0 END) AS zeker,
    SUM(CASE WHEN minuten < ingezet THEN minuten WHEN minuten + credit > 0 THEN minuten + credit ELSE 0 END) AS hooguit,
    SUM(onvolledig) AS onvolledig, MAX(grens_minuten) AS grens_minuten, MAX(kwartaal) AS kwartaal
  FROM delen
  GROUP BY gemeente, client, dag
),
gewogen AS (
  SELECT
    gemeente, client, kwartaal, eerste, laatste, toewijzingen, zeker, aanbieder, andere_aanbieder,
    CASE WHEN zeker > grens_minuten THEN 1 ELSE 0 END AS is_boven,
    CASE WHEN grens_minuten IS NULL OR onvolledig > 0 OR hooguit > grens_minuten THEN 1 ELSE 0 END AS is_onbekend
  FROM jaren
  WHERE toewijzingen > 1
),
per_jeugdige AS (
  SELECT
    gemeente, client, MAX(kwartaal) AS kwartaal, MIN(aanbieder) AS aanbieder, MAX(andere_aanbieder) AS andere_aanbieder,
    MIN(eerste) AS eerste, MAX(laatste) AS laatste, MAX(is_boven) AS is_boven, MAX(is_onbekend) AS is_onbekend,
    MAX(toewijzingen) AS toewijzingen, MAX(zeker) AS minuten
  FROM gewogen
  GROUP BY gemeente, client
)
SELECT
  gemeente, CASE WHEN aanbieder = andere_aanbieder THEN aanbieder END AS aanbieder, client, kwartaal,
  eerste || ' · ' || laatste AS geval,
  CASE WHEN is_boven = 1 THEN TRUE WHEN is_onbekend = 1 THEN NULL ELSE FALSE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, CAST(toewijzingen AS BIGINT) AS toewijzingen, CAST(minuten AS BIGINT) AS minuten
FROM per_jeugdige
