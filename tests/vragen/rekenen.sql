SELECT jaar, ROUND(AVG(bedrag_ct) / 100, 2) AS gemiddeld_euro, ROUND(100.0 * SUM(CASE WHEN is_maatwerk THEN 1 ELSE 0 END) / COUNT(*), 1) AS procent_maatwerk,
  COUNT(*) FILTER (WHERE minuten IS NULL) AS zonder_minuten, SUM(bedrag_ct) / NULLIF(SUM(minuten), 0) AS per_minuut_ct
FROM declaraties
GROUP BY jaar
