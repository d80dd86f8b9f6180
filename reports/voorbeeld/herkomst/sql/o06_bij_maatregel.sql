/*---
title     = "Zorgcoördinatie naast een maatregel"
question  = "Bij welke toewijzingen is zorgcoördinatie gedeclareerd over een tijd waarin een maatregel liep?"
why       = "Bij een maatregel voert de gecertificeerde instelling de regie en zit dat in haar tarief; een apart product kan dubbel betaald zijn."
kind      = "signaal"
regel     = "O06"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["toewijzing met zorgcoördinatie", "toewijzingen met zorgcoördinatie"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Bij {n#} van de {van} toewijzingen met zorgcoördinatie liep in dezelfde tijd een maatregel van jeugdbescherming of jeugdreclassering: {bedrag} bij {clienten}."
gesprek   = "Wist de aanbieder dat er een maatregel liep, en wie voerde de regie?"
remedie   = "Vraag de gecertificeerde instelling wie de regie voerde, en bespreek met de aanbieder waar de uren voor waren."
goed      = "Zorgcoördinatie in juni bij een maatregel die op 1 juli begint, of naast preventieve jeugdbescherming."
fout      = "Zorgcoördinatie in juli bij een maatregel van jeugdbescherming (JB) die van 1 juli tot en met 31 december loopt."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Preventieve jeugdbescherming staat niet bij de uitgesloten maatregelen en telt dus als vrijwillig (O07). Een declaratie gaat over een
-- maand: loopt de maatregel maar een deel daarvan, dan is niet te zeggen of de uren in dat deel vielen. Staat niet bij een maatregel welke
-- het is, dan evenmin. Euro's zijn die van hele maanden.
WITH regels AS (
  SELECT
    gemeente, aanbieder, client, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb) AS geval, periode_begin_dag,
    periode_eind_dag, MAX(kwartaal) AS kwartaal, SUM(bedrag_ct) AS kosten_ct
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY
    gemeente, aanbieder, client, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb), periode_begin_dag, periode_eind_dag
  HAVING SUM(volume_milli) > 0
),
gewogen AS (
  SELECT client, ingangsdatum_dag, einddatum_dag, 1 AS is_uitgesloten
  FROM maatregelen
  WHERE soort IN (SELECT maatregel FROM uitgesloten_maatregelen)
  UNION ALL
  SELECT client, ingangsdatum_dag, einddatum_dag, 0 AS is_uitgesloten
  FROM maatregelen
  WHERE soort IS NULL
),
ernaast AS (
  SELECT
    regels.gemeente AS gemeente, regels.aanbieder AS aanbieder, regels.client AS client, regels.geval AS geval,
    regels.periode_begin_dag AS begin_dag, regels.periode_eind_dag AS eind_dag,
    MAX(regels.kwartaal) AS kwartaal, MAX(regels.kosten_ct) AS kosten_ct,
    MAX(CASE
      WHEN m.is_uitgesloten = 1 AND m.ingangsdatum_dag <= regels.periode_begin_dag
        AND COALESCE(m.einddatum_dag, regels.periode_eind_dag) >= regels.periode_eind_dag
        THEN 1 ELSE 0
    END) AS hele_periode,
    MAX(CASE
      WHEN m.ingangsdatum_dag <= regels.periode_eind_dag AND COALESCE(m.einddatum_dag, regels.periode_eind_dag) >= regels.periode_begin_dag
        THEN 1 ELSE 0
    END) AS deel
  FROM regels
  LEFT JOIN gewogen AS m ON regels.client = m.client
  GROUP BY
    regels.gemeente, regels.aanbieder, regels.client, regels.geval, regels.periode_begin_dag, regels.periode_eind_dag
),
afspraak AS (
  SELECT COUNT(*) AS soorten FROM uitgesloten_maatregelen
)
SELECT
  gemeente, MIN(aanbieder) AS aanbieder, client, MAX(kwartaal) AS kwartaal, geval,
  CASE
    WHEN MAX(soorten) = 0 THEN NULL
    WHEN MAX(hele_periode) = 1 THEN TRUE
    WHEN MAX(deel) = 1 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(SUM(CASE WHEN hele_periode = 1 THEN kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct,
  CAST(SUM(hele_periode) AS BIGINT) AS maanden
FROM ernaast
CROSS JOIN afspraak
GROUP BY gemeente, client, geval
