/*---
title     = "Twee coördinatoren tegelijk"
question  = "Bij welke jeugdigen of gezinnen declareren meer aanbieders tegelijk zorgcoördinatie dan is afgesproken?"
why       = "Eén aanbieder krijgt de opdracht; twee coördinatoren is dubbel werk en onduidelijk voor het gezin."
kind      = "signaal"
regel     = "O09"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["gezin met zorgcoördinatie", "gezinnen met zorgcoördinatie"]
zin       = "Bij {n} declareerden meer aanbieders tegelijk zorgcoördinatie, van de {van}: {bedrag} in die maanden."
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
WITH gezinnen AS (
  SELECT client, COALESCE(MAX(gezin), client) AS gezin FROM declaraties WHERE is_coordinatie GROUP BY client
),
regels AS (
  SELECT
    d.gemeente AS gemeente, g.gezin AS gezin, d.client AS client, d.agb AS agb, d.aanbieder AS aanbieder,
    d.toewijzingnummer AS toewijzingnummer, d.maand AS maand, d.periode_begin_dag AS begin_dag, d.periode_eind_dag AS eind_dag,
    MAX(d.kwartaal) AS kwartaal, SUM(d.bedrag_ct) AS kosten_ct
  FROM declaraties AS d
  JOIN gezinnen AS g ON d.client = g.client
  WHERE d.is_coordinatie
  GROUP BY
    d.gemeente, g.gezin, d.client, d.agb, d.aanbieder, d.toewijzingnummer, d.maand, d.periode_begin_dag, d.periode_eind_dag
  HAVING SUM(d.volume_milli) > 0
),
begindagen AS (
  SELECT gezin, maand, begin_dag FROM regels GROUP BY gezin, maand, begin_dag
),
per_dag AS (
  SELECT b.gezin AS gezin, b.maand AS maand, CAST(COUNT(DISTINCT r.aanbieder) AS BIGINT) AS aanbieders
  FROM begindagen AS b
  JOIN regels AS r ON b.gezin = r.gezin AND b.maand = r.maand
  WHERE r.begin_dag <= b.begin_dag AND r.eind_dag >= b.begin_dag
  GROUP BY b.gezin, b.maand, b.begin_dag
),
per_maand AS (
  SELECT gezin, maand, MAX(aanbieders) AS tegelijk FROM per_dag GROUP BY gezin, maand
)
SELECT
  MIN(r.gemeente) AS gemeente,
  CASE WHEN MIN(r.aanbieder) = MAX(r.aanbieder) THEN MIN(r.aanbieder) END AS aanbieder,
  MIN(r.client) AS client, MAX(r.kwartaal) AS kwartaal,
  CASE
    WHEN MIN(r.toewijzingnummer) IS NULL THEN 'zonder toewijzingnummer · ' || MIN(r.agb)
    WHEN MIN(r.toewijzingnummer) = MAX(r.toewijzingnummer) THEN MIN(r.toewijzingnummer)
    ELSE MIN(r.toewijzingnummer) || ' · ' || MAX(r.toewijzingnummer)
  END AS geval,
  CASE
    WHEN MAX(regio.max_aanbieders_tegelijk) IS NULL THEN NULL
    WHEN MAX(m.tegelijk) > MAX(regio.max_aanbieders_tegelijk) THEN TRUE
    ELSE FALSE
  END AS treffer,
  CAST(SUM(CASE WHEN m.tegelijk > regio.max_aanbieders_tegelijk THEN r.kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct,
  MAX(m.tegelijk) AS aanbieders_tegelijk,
  CASE WHEN MIN(r.aanbieder) <> MAX(r.aanbieder) THEN MIN(r.aanbieder) || ' · ' || MAX(r.aanbieder) END AS betrokken
FROM regels AS r
JOIN per_maand AS m ON r.gezin = m.gezin AND r.maand = m.maand
CROSS JOIN regio
GROUP BY r.gezin
