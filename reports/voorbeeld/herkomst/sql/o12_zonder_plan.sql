/*---
title     = "Zorgcoördinatie zonder plan"
question  = "Bij welke toewijzingen met zorgcoördinatie is geen gezinsplan of ondersteuningsplan geregistreerd?"
why       = "Zonder plan is niet vast te stellen wat er wordt gecoördineerd; een plan maken is de eerste taak van de coördinator."
kind      = "signaal"
regel     = "O12"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["toewijzing met zorgcoördinatie", "toewijzingen met zorgcoördinatie"]
nummer    = "toewijzing"
zin       = "Bij {n#} van de {van} toewijzingen met zorgcoördinatie is geen gezinsplan geregistreerd."
gesprek   = "Is er wel een plan, maar staat het niet in de registratie?"
remedie   = "Vraag de coördinator om het plan, en leg vast dat het er is."
goed      = "Zorgcoördinatie in juli met een plan dat sinds juni is geregistreerd, ook als het op naam van een broer of zus staat."
fout      = "Zorgcoördinatie in juli zonder plan, of met een plan dat in juni is beëindigd."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH gevallen AS (
  SELECT
    gemeente, client, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb) AS geval, MAX(gezin) AS gezin,
    MIN(aanbieder) AS aanbieder, MAX(kwartaal) AS kwartaal, MIN(periode_begin_dag) AS begin_dag, MAX(periode_eind_dag) AS eind_dag
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb)
  HAVING SUM(volume_milli) > 0
),
plan AS (
  SELECT
    client, gezin, ingangsdatum_dag, einddatum_dag,
    CASE WHEN plan_aanwezig THEN 1 ELSE 0 END AS is_er,
    CASE WHEN plan_aanwezig IS NULL THEN 1 ELSE 0 END AS is_leeg
  FROM plannen
),
gevonden AS (
  SELECT g.gemeente AS gemeente, g.client AS client, g.geval AS geval, p.is_er AS is_er, p.is_leeg AS is_leeg
  FROM gevallen AS g
  JOIN plan AS p ON g.client = p.client
  WHERE p.ingangsdatum_dag <= g.eind_dag AND COALESCE(p.einddatum_dag, g.begin_dag) >= g.begin_dag
  UNION ALL
  SELECT g.gemeente AS gemeente, g.client AS client, g.geval AS geval, p.is_er AS is_er, p.is_leeg AS is_leeg
  FROM gevallen AS g
  JOIN plan AS p ON g.gezin = p.gezin
  WHERE p.ingangsdatum_dag <= g.eind_dag AND COALESCE(p.einddatum_dag, g.begin_dag) >= g.begin_dag
),
stand AS (
  SELECT gemeente, client, geval, MAX(is_er) AS is_er, MAX(is_leeg) AS is_leeg FROM gevonden GROUP BY gemeente, client, geval
)
SELECT
  g.gemeente AS gemeente, g.aanbieder AS aanbieder, g.client AS client, g.kwartaal AS kwartaal, g.geval AS geval,
  CASE WHEN s.is_er = 1 THEN FALSE WHEN s.is_leeg = 1 THEN NULL ELSE TRUE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct
FROM gevallen AS g
LEFT JOIN stand AS s ON g.gemeente = s.gemeente AND g.client = s.client AND g.geval = s.geval
