/*---
title     = "Twee coördinatoren tegelijk"
question  = "Bij welke jeugdigen of gezinnen declareren meer aanbieders tegelijk zorgcoördinatie dan is afgesproken?"
why       = "Eén aanbieder krijgt de opdracht; twee coördinatoren is dubbel werk en onduidelijk voor het gezin."
kind      = "signaal"
regel     = "O09"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["gezin met zorgcoördinatie", "gezinnen met zorgcoördinatie"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Bij {n#} van de {van} gezinnen met zorgcoördinatie declareerden meer aanbieders tegelijk: {bedrag} in die maanden."
gesprek   = "Wie heeft de opdracht, en waarvoor declareerde de ander?"
remedie   = "Spreek met beide aanbieders en de toegang af wie coördineert, en wat met de uren van de andere gebeurt."
goed      = "Aanbieder A coördineert tot en met 15 juli, aanbieder B vanaf 16 juli, volgens de declaraties of volgens hun toewijzingen."
fout      = "Aanbieder A en aanbieder B declareren allebei zorgcoördinatie over heel juli en augustus voor hetzelfde gezin."
drempels  = ["coordinatie.max_aanbieders_tegelijk"]
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["toewijzingen"]
---*/
-- Een jeugdige zonder gezinsnummer is hier een gezin op zich. Tegelijk is op dezelfde dag: in de periode van de declaratie en, als die er is,
-- de looptijd van de toewijzing. Het grootste aantal aanbieders op een dag is te vinden op een dag waarop zo'n tijd begint.
-- Een declaratie over een hele maand zegt niet wanneer in die maand de uren vielen. Is de looptijd van de toewijzing niet bekend en kan de
-- ene aanbieder het in die maand van de andere hebben overgenomen, dan is het niet te bepalen.
WITH bekend AS (
  SELECT client, MAX(gezin) AS nummer FROM declaraties WHERE is_coordinatie GROUP BY client
),
gezinnen AS (
  SELECT client, COALESCE(nummer, client) AS groep FROM bekend
),
gedeclareerd AS (
  SELECT
    d.gemeente AS gemeente, g.groep AS groep, d.client AS client, d.agb AS agb, d.aanbieder AS aanbieder,
    d.toewijzingnummer AS toewijzingnummer, d.maand AS maand, d.periode_begin_dag AS begin_dag, d.periode_eind_dag AS eind_dag,
    MAX(d.kwartaal) AS kwartaal, SUM(d.bedrag_ct) AS kosten_ct
  FROM declaraties AS d
  JOIN gezinnen AS g ON d.client = g.client
  WHERE d.is_coordinatie
  GROUP BY
    d.gemeente, g.groep, d.client, d.agb, d.aanbieder, d.toewijzingnummer, d.maand, d.periode_begin_dag, d.periode_eind_dag
  HAVING SUM(d.volume_milli) > 0
),
looptijden AS (
  SELECT gemeente, client, toewijzingnummer, MIN(ingangsdatum_dag) AS van_dag, MAX(einddatum_dag) AS tot_dag
  FROM toewijzingen
  GROUP BY gemeente, client, toewijzingnummer
),
regels AS (
  SELECT
    d.gemeente AS gemeente, d.groep AS groep, d.client AS client, d.agb AS agb, d.aanbieder AS aanbieder,
    d.toewijzingnummer AS toewijzingnummer, d.maand AS maand, d.kwartaal AS kwartaal, d.kosten_ct AS kosten_ct,
    CASE WHEN t.van_dag > d.begin_dag AND t.van_dag <= d.eind_dag THEN t.van_dag ELSE d.begin_dag END AS begin_dag,
    CASE WHEN t.tot_dag < d.eind_dag AND t.tot_dag >= d.begin_dag THEN t.tot_dag ELSE d.eind_dag END AS eind_dag,
    CASE
      WHEN d.eind_dag - d.begin_dag < 27 THEN 0
      WHEN t.van_dag <= d.eind_dag AND t.tot_dag >= d.begin_dag THEN 0
      ELSE 1
    END AS dagen_onbekend
  FROM gedeclareerd AS d
  LEFT JOIN looptijden AS t
    ON d.gemeente = t.gemeente AND d.client = t.client AND d.toewijzingnummer = t.toewijzingnummer
),
begindagen AS (
  SELECT groep, maand, begin_dag FROM regels GROUP BY groep, maand, begin_dag
),
per_dag AS (
  SELECT b.groep AS groep, b.maand AS maand, CAST(COUNT(DISTINCT r.aanbieder) AS BIGINT) AS aanbieders
  FROM begindagen AS b
  JOIN regels AS r ON b.groep = r.groep AND b.maand = r.maand
  WHERE r.begin_dag <= b.begin_dag AND r.eind_dag >= b.begin_dag
  GROUP BY b.groep, b.maand, b.begin_dag
),
drukste_dag AS (
  SELECT groep, maand, MAX(aanbieders) AS tegelijk FROM per_dag GROUP BY groep, maand
),
inzet AS (
  SELECT groep, aanbieder, MIN(maand) AS eerste_maand, MAX(maand) AS laatste_maand FROM regels GROUP BY groep, aanbieder
),
per_aanbieder AS (
  SELECT groep, maand, aanbieder, MAX(dagen_onbekend) AS dagen_onbekend FROM regels GROUP BY groep, maand, aanbieder
),
wissel AS (
  -- Wie al eerder coördineerde was er in elk geval aan het begin van de maand, wie later ook nog coördineert aan het eind.
  SELECT
    m.groep AS groep, m.maand AS maand, MAX(m.dagen_onbekend) AS dagen_onbekend,
    SUM(CASE WHEN i.eerste_maand < m.maand THEN 1 ELSE 0 END) AS ervoor,
    SUM(CASE WHEN i.laatste_maand > m.maand THEN 1 ELSE 0 END) AS erna
  FROM per_aanbieder AS m
  JOIN inzet AS i ON m.groep = i.groep AND m.aanbieder = i.aanbieder
  GROUP BY m.groep, m.maand
),
per_maand AS (
  SELECT
    d.groep AS groep, d.maand AS maand, d.tegelijk AS tegelijk, r.max_aanbieders_tegelijk AS hooguit,
    CASE
      WHEN r.max_aanbieders_tegelijk IS NULL THEN 2
      WHEN d.tegelijk <= r.max_aanbieders_tegelijk THEN 0
      WHEN w.dagen_onbekend = 1 AND w.ervoor <= r.max_aanbieders_tegelijk AND w.erna <= r.max_aanbieders_tegelijk THEN 2
      ELSE 1
    END AS stand
  FROM drukste_dag AS d
  JOIN wissel AS w ON d.groep = w.groep AND d.maand = w.maand
  CROSS JOIN regio AS r
),
per_gezin AS (
  SELECT
    r.groep AS groep, MIN(r.gemeente) AS gemeente, MIN(r.client) AS client, MAX(r.kwartaal) AS kwartaal, MIN(r.agb) AS agb,
    MIN(r.aanbieder) AS aanbieder, MAX(r.aanbieder) AS andere_aanbieder,
    MIN(r.toewijzingnummer) AS eerste, MAX(r.toewijzingnummer) AS laatste, MAX(m.tegelijk) AS tegelijk,
    MAX(CASE WHEN m.stand = 1 THEN 1 ELSE 0 END) AS is_treffer, MAX(m.stand) AS hoogste_stand,
    CAST(SUM(CASE WHEN m.stand = 1 THEN r.kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct,
    MIN(CASE WHEN m.stand = 1 THEN m.maand END) AS eerste_maand, MAX(CASE WHEN m.stand = 1 THEN m.maand END) AS laatste_maand
  FROM regels AS r
  JOIN per_maand AS m ON r.groep = m.groep AND r.maand = m.maand
  GROUP BY r.groep
)
SELECT
  gemeente, CASE WHEN aanbieder = andere_aanbieder THEN aanbieder END AS aanbieder, client, kwartaal,
  CASE
    WHEN eerste IS NULL THEN 'zonder toewijzingnummer · ' || agb
    WHEN eerste = laatste THEN eerste
    ELSE eerste || ' · ' || laatste
  END AS geval,
  CASE WHEN is_treffer = 1 THEN TRUE WHEN hoogste_stand = 2 THEN NULL ELSE FALSE END AS treffer,
  bedrag_ct, tegelijk AS aanbieders_tegelijk,
  CASE WHEN aanbieder <> andere_aanbieder THEN aanbieder || ' · ' || andere_aanbieder END AS betrokken,
  eerste_maand, laatste_maand
FROM per_gezin
