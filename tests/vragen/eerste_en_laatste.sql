SELECT soort, COUNT(*) AS aantal, MIN(dag) AS eerste, MAX(dag) AS laatste
FROM (
  SELECT 'toewijzing' AS soort, ingangsdatum AS dag FROM toewijzingen
  UNION ALL
  SELECT 'overeenkomst', ingangsdatum FROM overeenkomsten
) AS alles
GROUP BY soort
