/*---
title     = "Veel aanbieders, geen coördinatie zichtbaar"
question  = "Bij welke jeugdigen met veel aanbieders is geen zorgcoördinatie te zien?"
why       = "Hoe meer aanbieders, hoe meer er af te stemmen is. Of en door wie dat gebeurt, is in de gegevens niet altijd te zien."
kind      = "signaal"
regel     = "M09"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["jeugdige met veel aanbieders", "jeugdigen met veel aanbieders"]
nummer    = "toewijzing"
zin       = "Bij {n#} van de {van} jeugdigen met {drempel} of meer aanbieders is in dit kwartaal geen zorgcoördinatie zichtbaar."
gesprek   = "Wie stemt bij deze jeugdigen de hulp op elkaar af?"
remedie   = "Vraag de aanbieders wie coördineert, en leg dat in een plan vast."
goed      = "Een jeugdige met drie aanbieders en een plan waarin een coördinator staat."
fout      = "Een jeugdige met drie aanbieders zonder plan en zonder gedeclareerde coördinatie."
drempels  = ["coordinatie.zonder_coordinatie_aanbieders"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["plannen_per_kwartaal"]
---*/
-- Coördinatie is te zien aan het product, aan de activiteit op de declaratie, of aan een plan met een coördinator. Is er in de hele regio
-- niets van te zien, dan is het niet te herkennen en dus niet te bepalen.
WITH zorg AS (
  SELECT
    gemeente, client, aanbieder, MIN(toewijzingnummer) AS toewijzingnummer, MIN(agb) AS agb, MAX(gezin) AS gezin,
    MAX(kwartaal) AS kwartaal, SUM(bedrag_ct) AS kosten_ct,
    MAX(CASE
      WHEN volume_milli > 0 AND is_coordinatie THEN 1
      WHEN volume_milli > 0
        AND LOWER(activiteit) IN ('zorgcoordinatie', 'zorgcoördinatie', 'coordinatie', 'coördinatie', 'zorgregie', 'regie') THEN 1
      ELSE 0
    END) AS coordinatie
  FROM declaraties
  GROUP BY gemeente, client, aanbieder
  HAVING SUM(volume_milli) > 0
),
plan AS (
  SELECT client, gezin
  FROM plannen_per_kwartaal
  WHERE agb IS NOT NULL OR uitvoerder_type IS NOT NULL OR uren_milli > 0
),
plan_client AS (
  SELECT client, CAST(1 AS BIGINT) AS is_er FROM plan GROUP BY client
),
plan_gezin AS (
  SELECT gezin, CAST(1 AS BIGINT) AS is_er FROM plan WHERE gezin IS NOT NULL GROUP BY gezin
),
in_declaraties AS (
  SELECT COALESCE(MAX(coordinatie), 0) AS is_er FROM zorg
),
in_plannen AS (
  SELECT COUNT(*) AS plannen FROM plan
),
jeugdigen AS (
  SELECT
    gemeente, client, MAX(gezin) AS gezin, CAST(COUNT(DISTINCT aanbieder) AS BIGINT) AS aanbieders, MAX(coordinatie) AS coordinatie,
    MIN(aanbieder) AS eerste_aanbieder, MAX(aanbieder) AS laatste_aanbieder,
    MAX(kwartaal) AS kwartaal, MIN(toewijzingnummer) AS toewijzingnummer, MIN(agb) AS agb
  FROM zorg
  GROUP BY gemeente, client
)
SELECT
  j.gemeente AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, j.client AS client, j.kwartaal AS kwartaal,
  COALESCE(j.toewijzingnummer, 'zonder toewijzingnummer · ' || j.agb) AS geval,
  CASE
    WHEN r.zonder_coordinatie_aanbieders IS NULL THEN NULL
    WHEN j.coordinatie = 1 OR c.is_er = 1 OR g.is_er = 1 THEN FALSE
    WHEN d.is_er = 0 AND p.plannen = 0 THEN NULL
    ELSE TRUE
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  j.aanbieders AS aanbieders,
  j.eerste_aanbieder || ', ' || j.laatste_aanbieder AS betrokken
FROM jeugdigen AS j
CROSS JOIN regio AS r
CROSS JOIN in_declaraties AS d
CROSS JOIN in_plannen AS p
LEFT JOIN plan_client AS c ON j.client = c.client
LEFT JOIN plan_gezin AS g ON j.gezin = g.gezin
WHERE CASE WHEN j.aanbieders >= COALESCE(r.zonder_coordinatie_aanbieders, 3) THEN 1 ELSE 0 END = 1
