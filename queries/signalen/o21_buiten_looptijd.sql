/*---
title     = "Zorgcoördinatie buiten de looptijd van de afspraak"
question  = "Op welke toewijzingen is zorgcoördinatie gedeclareerd tot en met dit kwartaal over maanden waarin de raamovereenkomst niet gold?"
why       = "De afspraken over zorgcoördinatie horen bij een raamovereenkomst; daarbuiten is niet vastgelegd wat geldt."
kind      = "signaal"
regel     = "O21"
hoofdstuk = "zorgcoordinatie"
invloed   = "gemeente"
geval     = ["toewijzing met zorgcoördinatie", "toewijzingen met zorgcoördinatie"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Op {n#} van de {van} toewijzingen met zorgcoördinatie is gedeclareerd over maanden buiten de looptijd van de raamovereenkomst: {bedrag}."
gesprek   = "Gelden de afspraken nog, en waar staat dat?"
remedie   = "Leg vast welke afspraken nu gelden, en zet de looptijd in het regiobestand."
goed      = "Zorgcoördinatie in de laatste maand van de raamovereenkomst."
fout      = "Zorgcoördinatie in de maand na de raamovereenkomst."
drempels  = []
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Ook buiten de looptijd wordt alles gemeten; dit zegt alleen over hoeveel het gaat.
WITH regels AS (
  SELECT
    d.gemeente AS gemeente, d.client AS client, COALESCE(d.toewijzingnummer, 'zonder toewijzingnummer · ' || d.agb) AS geval,
    d.periode_begin_dag AS begin_dag, MIN(d.aanbieder) AS aanbieder, MAX(d.kwartaal) AS kwartaal, SUM(d.bedrag_ct) AS kosten_ct
  FROM declaraties AS d
  WHERE d.is_coordinatie
  GROUP BY d.gemeente, d.client, COALESCE(d.toewijzingnummer, 'zonder toewijzingnummer · ' || d.agb), d.periode_begin_dag
  HAVING SUM(d.volume_milli) > 0
),
oordeel AS (
  SELECT
    g.gemeente AS gemeente, g.client AS client, g.geval AS geval, g.aanbieder AS aanbieder, g.kwartaal AS kwartaal,
    g.kosten_ct AS kosten_ct,
    CASE WHEN g.begin_dag < r.coordinatie_van_dag OR g.begin_dag > r.coordinatie_tot_dag THEN 1 ELSE 0 END AS is_buiten,
    CASE WHEN r.coordinatie_van_dag IS NULL AND r.coordinatie_tot_dag IS NULL THEN 1 ELSE 0 END AS is_onbekend
  FROM regels AS g
  CROSS JOIN regio AS r
  WHERE CASE WHEN g.begin_dag <= r.kwartaal_eind_dag THEN 1 ELSE 0 END = 1
)
SELECT
  gemeente, MIN(aanbieder) AS aanbieder, client, MAX(kwartaal) AS kwartaal, geval,
  CASE WHEN MAX(is_onbekend) = 1 THEN NULL WHEN MAX(is_buiten) = 1 THEN TRUE ELSE FALSE END AS treffer,
  CAST(SUM(CASE WHEN is_buiten = 1 THEN kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct,
  CAST(SUM(is_buiten) AS BIGINT) AS maanden
FROM oordeel
GROUP BY gemeente, client, geval
