/*---
title     = "Een tweede toewijzing binnen een jaar"
question  = "Bij welke jeugdigen komt zorgcoördinatie via meer dan één toewijzing binnen een jaar boven het maximum?"
why       = "Bij een nieuwe toewijzing begint het maximum opnieuw; zo kan er in een jaar meer worden ingezet dan één toewijzing toelaat."
kind      = "signaal"
regel     = "O05"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["jeugdige met meer dan één toewijzing binnen een jaar", "jeugdigen met meer dan één toewijzing binnen een jaar"]
zin       = "Bij {n#} van de {van} jeugdigen met meer dan één toewijzing binnen een jaar is samen meer dan {drempel} uur ingezet; {bedrag} ligt daarboven."
gesprek   = "Was de tweede toewijzing een nieuwe situatie, of een verlenging van dezelfde inzet?"
remedie   = "Kijk bij de volgende verlenging hoeveel uren het afgelopen jaar al zijn ingezet."
goed      = "Twee toewijzingen in één jaar met samen 52 uur, of een tweede toewijzing die begint als de uren van de eerste een jaar oud zijn."
fout      = "Twee toewijzingen in één jaar met 40 en 48 uur."
drempels  = ["coordinatie.max_uren", "coordinatie.looptijd_maanden"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Elke periode van een jaar die eindigt met een maand met zorgcoördinatie; de zwaarste telt.
WITH maanden AS (
  SELECT
    gemeente, client, toewijzingnummer, maand, MIN(periode_begin_dag) AS dag, MIN(aanbieder) AS aanbieder, MAX(kwartaal) AS kwartaal,
    COALESCE(SUM(minuten), 0) AS minuten,
    SUM(CASE WHEN minuten IS NULL OR toewijzingnummer IS NULL THEN 1 ELSE 0 END) AS onvolledig,
    SUM(bedrag_ct) AS kosten_ct
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client, toewijzingnummer, maand
  HAVING SUM(volume_milli) > 0
),
dagen AS (
  SELECT gemeente, client, dag FROM maanden GROUP BY gemeente, client, dag
),
jaren AS (
  SELECT
    a.gemeente AS gemeente, a.client AS client, a.dag AS dag, MAX(b.kwartaal) AS kwartaal,
    MIN(b.aanbieder) AS aanbieder, MAX(b.aanbieder) AS andere_aanbieder,
    MIN(b.toewijzingnummer) AS eerste, MAX(b.toewijzingnummer) AS laatste,
    CAST(COUNT(DISTINCT b.toewijzingnummer) AS BIGINT) AS toewijzingen,
    CAST(SUM(b.minuten) AS BIGINT) AS minuten, SUM(b.onvolledig) AS onvolledig, CAST(SUM(b.kosten_ct) AS BIGINT) AS kosten_ct,
    MAX(r.max_uren) * 60 AS grens_minuten
  FROM dagen AS a
  JOIN maanden AS b ON a.gemeente = b.gemeente AND a.client = b.client
  CROSS JOIN regio AS r
  WHERE CASE
    WHEN a.dag <= r.kwartaal_eind_dag - 365 OR b.dag > a.dag THEN 0
    WHEN (a.dag - b.dag) * 12 < COALESCE(r.looptijd_maanden, 12) * 365 THEN 1
    ELSE 0
  END = 1
  GROUP BY a.gemeente, a.client, a.dag
),
gewogen AS (
  SELECT
    gemeente, client, kwartaal, eerste, laatste, toewijzingen, minuten, aanbieder, andere_aanbieder,
    CASE WHEN minuten > grens_minuten THEN 1 ELSE 0 END AS is_boven,
    CASE WHEN grens_minuten IS NULL OR onvolledig > 0 THEN 1 ELSE 0 END AS is_onbekend,
    CASE
      WHEN minuten > grens_minuten
        THEN CAST(FLOOR(CAST(kosten_ct * (minuten - grens_minuten) AS DOUBLE) / NULLIF(CAST(minuten AS DOUBLE), 0)) AS BIGINT)
      ELSE CAST(0 AS BIGINT)
    END AS boven_ct
  FROM jaren
  WHERE toewijzingen > 1
),
per_jeugdige AS (
  SELECT
    gemeente, client, MAX(kwartaal) AS kwartaal, MIN(aanbieder) AS aanbieder, MAX(andere_aanbieder) AS andere_aanbieder,
    MIN(eerste) AS eerste, MAX(laatste) AS laatste, MAX(is_boven) AS is_boven, MAX(is_onbekend) AS is_onbekend,
    MAX(boven_ct) AS boven_ct, MAX(toewijzingen) AS toewijzingen, MAX(minuten) AS minuten
  FROM gewogen
  GROUP BY gemeente, client
)
SELECT
  gemeente, CASE WHEN aanbieder = andere_aanbieder THEN aanbieder END AS aanbieder, client, kwartaal,
  eerste || ' · ' || laatste AS geval,
  CASE WHEN is_boven = 1 THEN TRUE WHEN is_onbekend = 1 THEN NULL ELSE FALSE END AS treffer,
  boven_ct AS bedrag_ct, toewijzingen, minuten
FROM per_jeugdige
