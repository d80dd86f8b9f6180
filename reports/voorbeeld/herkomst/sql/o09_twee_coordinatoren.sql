/*---
title     = "Twee coördinatoren tegelijk"
question  = "Bij welke jeugdigen of gezinnen declareren meer aanbieders tegelijk zorgcoördinatie dan is afgesproken?"
why       = "Eén aanbieder krijgt de opdracht; twee coördinatoren is dubbel werk en onduidelijk voor het gezin."
kind      = "signaal"
regel     = "O09"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["gezin met zorgcoördinatie", "gezinnen met zorgcoördinatie"]
zin       = "Bij {n#} van de {van} gezinnen met zorgcoördinatie declareerden meer aanbieders tegelijk: {bedrag} in die maanden."
gesprek   = "Wie heeft de opdracht gekregen, en weet de andere aanbieder dat?"
remedie   = "Spreek af wie coördineert, en laat de andere aanbieder de coördinatie van die maanden crediteren."
goed      = "Aanbieder A coördineert tot en met 15 juli, aanbieder B vanaf 16 juli."
fout      = "Aanbieder A en aanbieder B declareren allebei zorgcoördinatie over heel juli voor hetzelfde gezin."
drempels  = ["coordinatie.max_aanbieders_tegelijk"]
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Een jeugdige zonder gezinsnummer is hier een gezin op zich. Tegelijk is op dezelfde dag volgens de perioden van de declaraties: het
-- grootste aantal aanbieders op een dag is te vinden op een dag waarop een periode begint.
WITH bekend AS (
  SELECT client, MAX(gezin) AS nummer FROM declaraties WHERE is_coordinatie GROUP BY client
),
gezinnen AS (
  SELECT client, COALESCE(nummer, client) AS groep FROM bekend
),
regels AS (
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
per_maand AS (
  SELECT groep, maand, MAX(aanbieders) AS tegelijk FROM per_dag GROUP BY groep, maand
),
per_gezin AS (
  SELECT
    r.groep AS groep, MIN(r.gemeente) AS gemeente, MIN(r.client) AS client, MAX(r.kwartaal) AS kwartaal, MIN(r.agb) AS agb,
    MIN(r.aanbieder) AS aanbieder, MAX(r.aanbieder) AS andere_aanbieder,
    MIN(r.toewijzingnummer) AS eerste, MAX(r.toewijzingnummer) AS laatste,
    MAX(m.tegelijk) AS tegelijk, MAX(regio.max_aanbieders_tegelijk) AS hooguit,
    CAST(SUM(CASE WHEN m.tegelijk > regio.max_aanbieders_tegelijk THEN r.kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct
  FROM regels AS r
  JOIN per_maand AS m ON r.groep = m.groep AND r.maand = m.maand
  CROSS JOIN regio
  GROUP BY r.groep
)
SELECT
  gemeente, CASE WHEN aanbieder = andere_aanbieder THEN aanbieder END AS aanbieder, client, kwartaal,
  CASE
    WHEN eerste IS NULL THEN 'zonder toewijzingnummer · ' || agb
    WHEN eerste = laatste THEN eerste
    ELSE eerste || ' · ' || laatste
  END AS geval,
  CASE WHEN hooguit IS NULL THEN NULL WHEN tegelijk > hooguit THEN TRUE ELSE FALSE END AS treffer,
  bedrag_ct, tegelijk AS aanbieders_tegelijk,
  CASE WHEN aanbieder <> andere_aanbieder THEN aanbieder || ' · ' || andere_aanbieder END AS betrokken
FROM per_gezin
