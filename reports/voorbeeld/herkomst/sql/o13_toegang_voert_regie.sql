/*---
title     = "De toegang voert zelf de regie"
question  = "Bij welke toewijzingen is zorgcoördinatie gedeclareerd terwijl de lokale toegang volgens het plan zelf de regie voert?"
why       = "Neemt het CJG of wijkteam de regie zelf, dan is zorgcoördinatie door een aanbieder niet nodig."
kind      = "signaal"
regel     = "O13"
hoofdstuk = "zorgcoordinatie"
invloed   = "gemeente"
geval     = ["toewijzing met zorgcoördinatie", "toewijzingen met zorgcoördinatie"]
nummer    = "toewijzing"
bedrag    = "gedeclareerde coördinatie"
zin       = "Bij {n#} van de {van} toewijzingen met zorgcoördinatie voert de toegang volgens het plan zelf de regie; daarover is {bedrag} gedeclareerd."
gesprek   = "Wie voert hier de regie: de toegang of de aanbieder?"
remedie   = "Leg met de toegang vast wie de regie voert, en bespreek of de toewijzing voor zorgcoördinatie daarbij past."
goed      = "Zorgcoördinatie in juni met een aanbieder als regievoerder, en de toegang neemt de regie op 1 juli over."
fout      = "Zorgcoördinatie in juli terwijl het CJG volgens het plan sinds juni de regie voert."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Een declaratie gaat over een maand. Alleen een plan dat de hele maand geldt, zegt wie toen de regie voerde; staat er geen regievoerder in
-- het plan, een andere naam dan die hieronder, of van elk soort een, of is er geen plan, dan is het niet te bepalen.
WITH regels AS (
  SELECT
    gemeente, client, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb) AS geval, periode_begin_dag AS begin_dag,
    periode_eind_dag AS eind_dag, MAX(gezin) AS gezin, MIN(aanbieder) AS aanbieder, MAX(kwartaal) AS kwartaal,
    SUM(bedrag_ct) AS kosten_ct
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb), periode_begin_dag, periode_eind_dag
  HAVING SUM(volume_milli) > 0
),
plan AS (
  SELECT
    client, gezin, ingangsdatum_dag, einddatum_dag,
    CASE
      WHEN LOWER(regievoerder) LIKE '%toegang%' OR LOWER(regievoerder) LIKE '%cjg%' OR LOWER(regievoerder) LIKE '%wijkteam%'
        OR LOWER(regievoerder) LIKE '%lokaal team%' OR LOWER(regievoerder) LIKE '%sociaal team%' OR LOWER(regievoerder) LIKE '%gemeente%'
        OR LOWER(regievoerder) LIKE '%baken%' OR LOWER(regievoerder) LIKE '%centrum voor jeugd%'
        THEN 1
      ELSE 0
    END AS noemt_toegang,
    CASE
      WHEN LOWER(regievoerder) LIKE 'gezin%' OR LOWER(regievoerder) LIKE '%ouder%' OR LOWER(regievoerder) LIKE '%netwerk%'
        OR LOWER(regievoerder) LIKE '%aanbieder%' OR LOWER(regievoerder) LIKE '%coördinator%' OR LOWER(regievoerder) LIKE '%coordinator%'
        OR LOWER(regievoerder) = 'gi' OR LOWER(regievoerder) LIKE 'gi %' OR LOWER(regievoerder) LIKE '%gecertificeerde instelling%'
        THEN 1
      ELSE 0
    END AS noemt_ander
  FROM plannen
  WHERE regievoerder IS NOT NULL
),
naast_plan AS (
  SELECT
    r.gemeente AS gemeente, r.client AS client, r.geval AS geval, r.begin_dag AS begin_dag, r.eind_dag AS eind_dag,
    p.noemt_toegang AS noemt_toegang, p.noemt_ander AS noemt_ander, p.ingangsdatum_dag AS van_dag, COALESCE(p.einddatum_dag, r.eind_dag) AS tot_dag
  FROM regels AS r
  JOIN plan AS p ON r.client = p.client
  UNION ALL
  SELECT
    r.gemeente AS gemeente, r.client AS client, r.geval AS geval, r.begin_dag AS begin_dag, r.eind_dag AS eind_dag,
    p.noemt_toegang AS noemt_toegang, p.noemt_ander AS noemt_ander, p.ingangsdatum_dag AS van_dag, COALESCE(p.einddatum_dag, r.eind_dag) AS tot_dag
  FROM regels AS r
  JOIN plan AS p ON r.gezin = p.gezin
),
per_regel AS (
  SELECT
    gemeente, client, geval, begin_dag, eind_dag,
    MAX(CASE WHEN noemt_toegang = 1 AND noemt_ander = 0 AND van_dag <= begin_dag AND tot_dag >= eind_dag THEN 1 ELSE 0 END) AS toegang,
    MAX(CASE WHEN noemt_toegang = 1 OR noemt_ander = 0 THEN 1 ELSE 0 END) AS misschien_toegang,
    MAX(CASE WHEN noemt_toegang = 0 AND noemt_ander = 1 AND van_dag <= begin_dag AND tot_dag >= eind_dag THEN 1 ELSE 0 END) AS ander
  FROM naast_plan
  WHERE van_dag <= eind_dag AND tot_dag >= begin_dag
  GROUP BY gemeente, client, geval, begin_dag, eind_dag
),
oordeel AS (
  SELECT
    r.gemeente AS gemeente, r.aanbieder AS aanbieder, r.client AS client, r.kwartaal AS kwartaal, r.geval AS geval,
    r.kosten_ct AS kosten_ct, COALESCE(p.toegang, 0) AS toegang,
    CASE WHEN p.ander = 1 AND p.misschien_toegang = 0 THEN 0 ELSE 1 END AS onbekend
  FROM regels AS r
  LEFT JOIN per_regel AS p
    ON r.gemeente = p.gemeente AND r.client = p.client AND r.geval = p.geval AND r.begin_dag = p.begin_dag AND r.eind_dag = p.eind_dag
)
SELECT
  gemeente, MIN(aanbieder) AS aanbieder, client, MAX(kwartaal) AS kwartaal, geval,
  CASE WHEN MAX(toegang) = 1 THEN TRUE WHEN MAX(onbekend) = 1 THEN NULL ELSE FALSE END AS treffer,
  CAST(SUM(CASE WHEN toegang = 1 THEN kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct
FROM oordeel
GROUP BY gemeente, client, geval
