/*---
title     = "Extra vergoeding zonder afspraak vooraf"
question  = "Welke extra vergoedingen voor zorgcoördinatie zijn niet vooraf afgesproken, of voldoen niet aan alle voorwaarden?"
why       = "Tot de wijziging van de tekst mocht een extra vergoeding alleen als die vooraf was vastgelegd en aan alle voorwaarden was voldaan."
kind      = "signaal"
regel     = "M06"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["extra vergoeding", "extra vergoedingen"]
nummer    = "toewijzing"
bedrag    = "extra vergoeding"
zin       = "Bij {n#} van de {van} extra vergoedingen is geen afspraak vooraf vastgelegd of is niet aan alle {drempel} voorwaarden voldaan: {bedrag}."
gesprek   = "Is de afspraak wel gemaakt, maar niet vastgelegd?"
remedie   = "Vraag de aanbieder om de afspraak en leg die met de voorwaarden vast; was er geen, bespreek dan wat met de vergoeding gebeurt."
goed      = "Een vergoeding over juli die op 1 juli is afgesproken, met alle vijf voorwaarden vervuld."
fout      = "Een vergoeding over juli die op 2 juli is afgesproken."
drempels  = ["coordinatie.toeslag_voorwaarden", "coordinatie.wijziging"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Vergoedingen over het afgelopen jaar; die staan in elk rapport. De afspraak staat in de plannen, bij de jeugdige of het gezin en dezelfde aanbieder. Staat er in geen enkel plan een datum, dan is
-- die niet aangeleverd en is het niet te bepalen. Een maand waarin de tekst veranderde, evenmin.
WITH toeslagen AS (
  SELECT
    gemeente, client, aanbieder, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb) AS geval,
    periode_begin_dag AS begin_dag, MAX(periode_eind_dag) AS eind_dag, MAX(gezin) AS gezin,
    SUM(bedrag_ct) AS kosten_ct
  FROM declaraties
  WHERE is_toeslag
  GROUP BY gemeente, client, aanbieder, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb), periode_begin_dag
  HAVING SUM(bedrag_ct) > 0
),
afspraken AS (
  SELECT
    t.gemeente AS gemeente, t.client AS client, t.aanbieder AS aanbieder, t.geval AS geval, t.begin_dag AS begin_dag,
    p.toeslag_afgesproken_op_dag AS op_dag, p.voorwaarden AS voorwaarden
  FROM toeslagen AS t
  JOIN plannen AS p ON t.client = p.client AND t.aanbieder = p.aanbieder
  UNION ALL
  SELECT
    t.gemeente AS gemeente, t.client AS client, t.aanbieder AS aanbieder, t.geval AS geval, t.begin_dag AS begin_dag,
    p.toeslag_afgesproken_op_dag AS op_dag, p.voorwaarden AS voorwaarden
  FROM toeslagen AS t
  JOIN plannen AS p ON t.gezin = p.gezin AND t.aanbieder = p.aanbieder
),
vooraf AS (
  SELECT gemeente, client, aanbieder, geval, begin_dag, CAST(1 AS BIGINT) AS is_vooraf, MAX(voorwaarden) AS voorwaarden
  FROM afspraken
  WHERE op_dag <= begin_dag
  GROUP BY gemeente, client, aanbieder, geval, begin_dag
),
aangeleverd AS (
  SELECT COUNT(toeslag_afgesproken_op) AS afspraken FROM plannen
),
oordeel AS (
  SELECT
    t.gemeente AS gemeente, t.aanbieder AS aanbieder, t.client AS client, r.kwartaal AS kwartaal, t.geval AS geval,
    t.kosten_ct AS kosten_ct,
    CASE
      WHEN r.wijziging_dag IS NULL OR t.eind_dag >= r.wijziging_dag OR a.afspraken = 0 THEN 2
      WHEN v.is_vooraf IS NULL THEN 1
      WHEN v.voorwaarden < r.toeslag_voorwaarden THEN 1
      WHEN v.voorwaarden >= r.toeslag_voorwaarden THEN 0
      ELSE 2
    END AS stand
  FROM toeslagen AS t
  CROSS JOIN regio AS r
  CROSS JOIN aangeleverd AS a
  LEFT JOIN vooraf AS v
    ON t.gemeente = v.gemeente AND t.client = v.client AND t.aanbieder = v.aanbieder AND t.geval = v.geval
      AND t.begin_dag = v.begin_dag
  WHERE CASE
    WHEN t.eind_dag <= r.kwartaal_eind_dag - 365 THEN 0
    WHEN r.wijziging_dag IS NULL OR t.begin_dag < r.wijziging_dag THEN 1
    ELSE 0
  END = 1
)
SELECT
  gemeente, aanbieder, client, MAX(kwartaal) AS kwartaal, geval,
  CASE
    WHEN MAX(CASE WHEN stand = 1 THEN 1 ELSE 0 END) = 1 THEN TRUE
    WHEN MAX(stand) = 2 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(SUM(CASE WHEN stand = 1 THEN kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct
FROM oordeel
GROUP BY gemeente, aanbieder, client, geval
UNION ALL
-- Zonder de kolom is_toeslag is geen vergoeding te herkennen.
SELECT
  CAST(NULL AS VARCHAR) AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, CAST(NULL AS BIGINT) AS client, r.kwartaal AS kwartaal,
  'niet aangeleverd: is_toeslag' AS geval, CAST(NULL AS BOOLEAN) AS treffer, CAST(0 AS BIGINT) AS bedrag_ct
FROM regio AS r
CROSS JOIN (SELECT COUNT(is_toeslag) AS aantal FROM declaraties) AS t
WHERE t.aantal = 0
