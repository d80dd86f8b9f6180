/*---
title     = "Extra vergoeding na de wijziging"
question  = "Is na de wijziging nog een extra vergoeding betaald, in plaats van extra uren toe te kennen?"
why       = "Sinds de wijziging worden voor buitengewone inzet extra uren toegekend; een vergoeding hoort daar niet meer bij."
kind      = "signaal"
regel     = "M07"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["geval van extra inzet", "gevallen van extra inzet"]
nummer    = "toewijzing"
bedrag    = "vergoeding na de wijziging"
zin       = "Bij {n#} van de {van} gevallen van extra inzet is na de wijziging nog een vergoeding betaald: {bedrag}."
gesprek   = "Is dit een oude afspraak die doorloopt, of passen hier extra uren?"
remedie   = "Bespreek met de aanbieder of hier extra uren passen in plaats van een vergoeding, en leg dat vast."
goed      = "Een plan met extra uren, zonder vergoeding."
fout      = "Een vergoeding over de maand na de wijziging."
drempels  = ["coordinatie.wijziging"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["plannen"]
---*/
-- De gevallen van het afgelopen jaar, in elk rapport: vergoedingen na de wijziging, en plannen met extra uren. Een vergoeding over de maand waarin de tekst veranderde, is niet te
-- bepalen; die van eerder horen bij M06.
WITH toeslagen AS (
  SELECT
    d.gemeente AS gemeente, d.client AS client, d.aanbieder AS aanbieder,
    COALESCE(d.toewijzingnummer, 'zonder toewijzingnummer · ' || d.agb) AS geval,
    d.periode_begin_dag AS begin_dag, MAX(d.periode_eind_dag) AS eind_dag, SUM(d.bedrag_ct) AS kosten_ct
  FROM declaraties AS d
  WHERE d.is_toeslag
  GROUP BY d.gemeente, d.client, d.aanbieder, COALESCE(d.toewijzingnummer, 'zonder toewijzingnummer · ' || d.agb), d.periode_begin_dag
  HAVING SUM(d.bedrag_ct) > 0
),
stand AS (
  SELECT
    t.gemeente AS gemeente, t.client AS client, t.aanbieder AS aanbieder, t.geval AS geval, r.kwartaal AS kwartaal,
    t.kosten_ct AS kosten_ct,
    CASE WHEN t.begin_dag >= r.wijziging_dag THEN 1 ELSE 0 END AS is_erna
  FROM toeslagen AS t
  CROSS JOIN regio AS r
  WHERE CASE
    WHEN t.eind_dag <= r.kwartaal_eind_dag - 365 THEN 0
    WHEN r.wijziging_dag IS NULL OR t.eind_dag >= r.wijziging_dag THEN 1
    ELSE 0
  END = 1
)
SELECT
  gemeente, aanbieder, client, MAX(kwartaal) AS kwartaal, geval,
  CASE WHEN MAX(is_erna) = 1 THEN TRUE ELSE NULL END AS treffer,
  CAST(SUM(CASE WHEN is_erna = 1 THEN kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct,
  CAST(NULL AS BIGINT) AS extra_uren_milli
FROM stand
GROUP BY gemeente, aanbieder, client, geval
UNION ALL
SELECT
  p.gemeente AS gemeente, p.aanbieder AS aanbieder, p.client AS client, MAX(r.kwartaal) AS kwartaal,
  'plan vanaf ' || p.ingangsdatum_kwartaal AS geval,
  CASE WHEN MAX(r.wijziging_dag) IS NULL THEN NULL ELSE FALSE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CAST(SUM(p.extra_uren_milli) AS BIGINT) AS extra_uren_milli
FROM plannen AS p
CROSS JOIN regio AS r
WHERE p.extra_uren_milli > 0
  AND CASE
    WHEN p.ingangsdatum_dag <= r.kwartaal_eind_dag - 365 OR p.ingangsdatum_dag > r.kwartaal_eind_dag THEN 0
    WHEN r.wijziging_dag IS NULL OR p.ingangsdatum_dag >= r.wijziging_dag THEN 1
    ELSE 0
  END = 1
GROUP BY p.gemeente, p.aanbieder, p.client, p.ingangsdatum_kwartaal
UNION ALL
-- Zonder de kolom is_toeslag is geen vergoeding te herkennen.
SELECT
  CAST(NULL AS VARCHAR) AS gemeente, CAST(NULL AS VARCHAR) AS aanbieder, CAST(NULL AS BIGINT) AS client, r.kwartaal AS kwartaal,
  'niet aangeleverd: is_toeslag' AS geval, CAST(NULL AS BOOLEAN) AS treffer, CAST(0 AS BIGINT) AS bedrag_ct,
  CAST(NULL AS BIGINT) AS extra_uren_milli
FROM regio AS r
CROSS JOIN (SELECT COUNT(is_toeslag) AS aantal FROM declaraties) AS t
WHERE t.aantal = 0
