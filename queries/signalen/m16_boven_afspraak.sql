/*---
title     = "Meer coördinatie dan samen afgesproken"
question  = "Bij welke plannen is meer coördinatie ingezet dan de betrokkenen samen hebben afgesproken?"
why       = "De betrokkenen spreken samen af hoeveel uren de coördinator nodig heeft; wordt het meer, dan hoort dat opnieuw te worden besproken."
kind      = "signaal"
regel     = "M16"
hoofdstuk = "zorgcoordinatie"
invloed   = "aanbieder"
geval     = ["plan met afgesproken uren", "plannen met afgesproken uren"]
nummer    = "toewijzing · plan"
zin       = "Bij {n#} van de {van} plannen met afgesproken uren ligt de inzet boven de samen afgesproken uren."
gesprek   = "Is de afspraak bijgesteld zonder dat dit is vastgelegd?"
remedie   = "Spreek de uren opnieuw af met de betrokkenen en leg ze vast."
goed      = "20 uur ingezet bij 20 afgesproken uren."
fout      = "21 uur ingezet bij 20 afgesproken uren."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Plannen die het afgelopen jaar liepen; die staan in elk rapport. De inzet volgens de declaraties als coördinatie daar te herkennen is (product of activiteit), anders de uren in het plan zelf. Een
-- declaratie over een maand waarin het plan begon of eindigde telt alleen mee als het zonder die maand al te veel is.
WITH gedeclareerd AS (
  SELECT client, aanbieder, periode_begin_dag AS begin_dag, periode_eind_dag AS eind_dag, MIN(toewijzingnummer) AS toewijzingnummer,
    COALESCE(SUM(minuten), 0) AS minuten, SUM(CASE WHEN minuten IS NULL THEN 1 ELSE 0 END) AS onbekend
  FROM declaraties
  WHERE is_coordinatie
    OR LOWER(activiteit) IN ('zorgcoordinatie', 'zorgcoördinatie', 'coordinatie', 'coördinatie', 'zorgregie', 'regie')
  GROUP BY client, aanbieder, periode_begin_dag, periode_eind_dag
),
lopend AS (
  SELECT
    p.gemeente AS gemeente, p.client AS client, p.aanbieder AS aanbieder, p.ingangsdatum_dag AS van_dag,
    MAX(p.einddatum_dag) AS tot_dag, MAX(p.ingangsdatum_kwartaal) AS begin, MAX(p.uren_afgesproken_milli) AS afgesproken_milli,
    MAX(p.uren_milli) AS uren_milli,
    MAX(r.kwartaal) AS kwartaal
  FROM plannen AS p
  CROSS JOIN regio AS r
  WHERE (p.agb IS NOT NULL OR p.uren_afgesproken_milli IS NOT NULL)
    AND CASE
      WHEN p.ingangsdatum_dag > r.kwartaal_eind_dag THEN 0
      WHEN p.einddatum_dag <= r.kwartaal_eind_dag - 365 THEN 0
      ELSE 1
    END = 1
  GROUP BY p.gemeente, p.client, p.aanbieder, p.ingangsdatum_dag
),
inzet AS (
  SELECT
    l.gemeente AS gemeente, l.client AS client, l.aanbieder AS aanbieder, l.van_dag AS van_dag, l.begin AS begin, MAX(l.kwartaal) AS kwartaal,
    MAX(l.afgesproken_milli) * 60 AS afgesproken, MAX(l.uren_milli) * 60 AS volgens_plan,
    MIN(CASE WHEN d.eind_dag >= l.van_dag AND d.begin_dag <= COALESCE(l.tot_dag, d.begin_dag) THEN d.toewijzingnummer END) AS toewijzingnummer,
    MAX(CASE WHEN d.eind_dag >= l.van_dag AND d.begin_dag <= COALESCE(l.tot_dag, d.begin_dag) THEN 1 ELSE 0 END) AS is_gedeclareerd,
    SUM(CASE WHEN d.begin_dag >= l.van_dag AND d.eind_dag <= COALESCE(l.tot_dag, d.eind_dag) THEN d.minuten ELSE 0 END) * 1000 AS zeker,
    SUM(CASE WHEN d.eind_dag >= l.van_dag AND d.begin_dag <= COALESCE(l.tot_dag, d.begin_dag) THEN d.minuten ELSE 0 END) * 1000 AS hooguit,
    SUM(CASE WHEN d.eind_dag >= l.van_dag AND d.begin_dag <= COALESCE(l.tot_dag, d.begin_dag) THEN d.onbekend ELSE 0 END) AS onbekend
  FROM lopend AS l
  LEFT JOIN gedeclareerd AS d ON l.client = d.client AND l.aanbieder = d.aanbieder
  GROUP BY l.gemeente, l.client, l.aanbieder, l.van_dag, l.begin
)
SELECT
  gemeente, aanbieder, client, kwartaal,
  COALESCE(toewijzingnummer, aanbieder) || ' · plan vanaf ' || begin AS geval,
  CASE
    WHEN afgesproken IS NULL THEN NULL
    WHEN is_gedeclareerd = 1 AND zeker > afgesproken THEN TRUE
    WHEN is_gedeclareerd = 1 AND (hooguit > afgesproken OR onbekend > 0) THEN NULL
    WHEN is_gedeclareerd = 1 THEN FALSE
    WHEN volgens_plan > afgesproken THEN TRUE
    WHEN volgens_plan <= afgesproken THEN FALSE
    ELSE NULL
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CAST(FLOOR(CAST(afgesproken AS DOUBLE) / 1000) AS BIGINT) AS minuten_afgesproken,
  CAST(FLOOR(CAST(CASE WHEN is_gedeclareerd = 1 THEN zeker ELSE volgens_plan END AS DOUBLE) / 1000) AS BIGINT) AS minuten_ingezet
FROM inzet
