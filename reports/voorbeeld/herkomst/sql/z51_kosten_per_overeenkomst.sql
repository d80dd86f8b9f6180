/*---
title     = "Kosten per maatwerkovereenkomst"
question  = "In welke gemeente kost een maatwerkovereenkomst veel meer dan in de andere gemeenten samen?"
why       = "Substantieel hoge kosten zijn een reden om het gesprek te beginnen; vaak komt het door één plek of één aanbieder."
kind      = "signaal"
regel     = "Z51"
hoofdstuk = "kosten"
invloed   = "gemeente"
geval     = ["gemeente met maatwerk", "gemeenten met maatwerk"]
nummer    = "gemeente"
zin       = "In {n#} van de {van} gemeenten met maatwerk zijn de kosten per overeenkomst (zonder vrije keuze) in vier kwartalen meer dan {drempel} keer zo hoog als in de andere gemeenten samen."
gesprek   = "Waardoor is maatwerk hier duurder: door de soort hulp, door de duur, of door het tarief?"
remedie   = "Bekijk met de gemeente welke overeenkomsten het verschil maken."
goed      = "Een gemeente met € 12.000 per overeenkomst, tegen € 10.000 in de andere gemeenten."
fout      = "Een gemeente met € 25.000 per overeenkomst, tegen € 10.000 in de andere gemeenten."
drempels  = ["kosten.hoog_factor"]
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Maatwerk dat onder een overeenkomst in het register is gedeclareerd, gedeeld door de overeenkomsten die in de vier kwartalen liepen,
-- tegen hetzelfde in de andere gemeenten samen. Zonder overeenkomsten in een andere gemeente, of zonder kosten daar, is er niets om mee
-- te vergelijken. Overeenkomsten bij een maatregel met vrije keuze, en wat daaronder is gedeclareerd, tellen aan geen van beide kanten
-- mee; wat zonder overeenkomst is gedeclareerd, staat bij Z25.
WITH overeen AS (
  SELECT gemeente, CAST(COUNT(DISTINCT maatwerk_id) AS BIGINT) AS aantal
  FROM overeenkomsten_per_kwartaal
  WHERE NOT is_vrije_keuze
  GROUP BY gemeente
),
vrij AS (
  SELECT DISTINCT maatwerk_id, client, TRUE AS is_vrij FROM overeenkomsten_per_kwartaal WHERE is_vrije_keuze
),
gedeclareerd AS (
  SELECT gemeente, maatwerk_id, client, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  WHERE is_maatwerk AND maatwerk_id <> 'geen'
  GROUP BY gemeente, maatwerk_id, client
),
kosten AS (
  SELECT g.gemeente AS gemeente, SUM(g.bedrag_ct) AS bedrag_ct
  FROM gedeclareerd AS g
  LEFT JOIN vrij AS v ON g.maatwerk_id = v.maatwerk_id AND g.client = v.client
  WHERE v.is_vrij IS NULL
  GROUP BY g.gemeente
),
per_gemeente AS (
  SELECT o.gemeente AS gemeente, o.aantal AS aantal, COALESCE(k.bedrag_ct, 0) AS bedrag_ct
  FROM overeen AS o
  LEFT JOIN kosten AS k ON o.gemeente = k.gemeente
),
totaal AS (
  SELECT SUM(aantal) AS aantal, SUM(bedrag_ct) AS bedrag_ct FROM per_gemeente
),
naast_elkaar AS (
  SELECT g.gemeente AS gemeente, g.aantal AS aantal, g.bedrag_ct AS bedrag_ct,
    t.aantal - g.aantal AS overig_aantal, t.bedrag_ct - g.bedrag_ct AS overig_ct, r.hoog_factor_procent AS factor_procent
  FROM per_gemeente AS g
  CROSS JOIN totaal AS t
  CROSS JOIN regio AS r
)
SELECT gemeente, CAST(NULL AS VARCHAR) AS aanbieder, CAST(NULL AS BIGINT) AS client, CAST(NULL AS VARCHAR) AS kwartaal, gemeente AS geval,
  CASE
    WHEN overig_aantal <= 0 OR overig_ct <= 0 THEN CAST(NULL AS BOOLEAN)
    WHEN factor_procent IS NULL THEN CAST(NULL AS BOOLEAN)
    WHEN CAST(bedrag_ct AS DOUBLE) * overig_aantal * 100 > CAST(overig_ct AS DOUBLE) * aantal * factor_procent THEN TRUE
    ELSE FALSE
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, aantal AS overeenkomsten, bedrag_ct AS kosten_ct,
  CAST(FLOOR(CAST(bedrag_ct AS DOUBLE) / aantal + 0.5) AS BIGINT) AS per_overeenkomst_ct,
  CASE WHEN overig_aantal > 0 THEN CAST(FLOOR(CAST(overig_ct AS DOUBLE) / overig_aantal + 0.5) AS BIGINT)
    ELSE CAST(NULL AS BIGINT) END AS elders_per_overeenkomst_ct
FROM naast_elkaar
