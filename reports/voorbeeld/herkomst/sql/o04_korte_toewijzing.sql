/*---
title     = "Korte toewijzing, veel uren"
question  = "Op welke korte toewijzingen is naar verhouding meer zorgcoördinatie gedeclareerd dan in een jaar mag?"
why       = "De afspraak zegt niet of het maximum bij een kortere looptijd kleiner is; wie dat wil afspreken, ziet hier waar het over gaat."
kind      = "signaal"
regel     = "O04"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["toewijzing van minder dan een jaar", "toewijzingen van minder dan een jaar"]
nummer    = "toewijzing"
bedrag    = "boven het maximum"
zin       = "{n#} van de {van} toewijzingen die korter dan een jaar duren, {n?ligt|liggen} naar verhouding boven {drempel} uur per jaar. Dat mag: een kleiner maximum is niet afgesproken."
gesprek   = "Past dit bij een korte, zware inzet, of wordt de toewijzing daarna verlengd?"
remedie   = "Niets als de inzet bewust kort en zwaar is. Spreek anders af wat bij een kortere looptijd geldt."
goed      = "13 uur in een toewijzing van drie maanden."
fout      = "48 uur in een toewijzing van drie maanden."
drempels  = ["coordinatie.max_uren", "coordinatie.looptijd_maanden"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Toewijzingen waarop het afgelopen jaar is gedeclareerd; die staan in elk rapport, ook als de zorg van eerder is. Een aandachtspunt: het
-- evenredige maximum, naar boven afgerond op hele uren. Spreekt de regio het wel af (pro_rata), dan telt O02 ermee.
WITH gedeclareerd AS (
  SELECT
    gemeente, client, toewijzingnummer,
    CAST(COALESCE(SUM(minuten), 0) AS BIGINT) AS minuten,
    SUM(CASE WHEN minuten IS NULL THEN 1 ELSE 0 END) AS zonder_minuten,
    CAST(SUM(bedrag_ct) AS BIGINT) AS kosten_ct,
    MAX(periode_eind_dag) AS laatste_dag
  FROM declaraties
  WHERE is_coordinatie AND toewijzingnummer IS NOT NULL
  GROUP BY gemeente, client, toewijzingnummer
  HAVING SUM(volume_milli) > 0
),
kort AS (
  SELECT
    g.gemeente AS gemeente, t.aanbieder AS aanbieder, g.client AS client, r.kwartaal AS kwartaal,
    g.toewijzingnummer AS toewijzingnummer, g.minuten AS minuten, g.zonder_minuten AS zonder_minuten, g.kosten_ct AS kosten_ct,
    t.looptijd_dagen AS looptijd_dagen,
    CAST(CEIL(CAST(r.max_uren * t.looptijd_dagen * 12 AS DOUBLE) / CAST(r.looptijd_maanden * 365 AS DOUBLE)) AS BIGINT) * 60 AS grens_minuten
  FROM gedeclareerd AS g
  JOIN toewijzingen AS t
    ON g.gemeente = t.gemeente AND g.toewijzingnummer = t.toewijzingnummer AND g.client = t.client
  CROSS JOIN regio AS r
  WHERE CASE
    WHEN r.pro_rata OR g.laatste_dag <= r.kwartaal_eind_dag - 365 THEN 0
    WHEN t.looptijd_dagen * 12 < COALESCE(r.looptijd_maanden, 12) * 365 THEN 1
    ELSE 0
  END = 1
)
SELECT
  gemeente, aanbieder, client, kwartaal, toewijzingnummer AS geval,
  CASE
    WHEN minuten > grens_minuten THEN TRUE
    WHEN grens_minuten IS NULL OR zonder_minuten > 0 THEN NULL
    ELSE FALSE
  END AS treffer,
  CASE
    WHEN minuten > grens_minuten
      THEN CAST(FLOOR(CAST(kosten_ct * (minuten - grens_minuten) AS DOUBLE) / NULLIF(CAST(minuten AS DOUBLE), 0)) AS BIGINT)
    ELSE CAST(0 AS BIGINT)
  END AS bedrag_ct,
  minuten, looptijd_dagen
FROM kort
