SELECT einddatum_kwartaal AS kwartaal, COUNT(*) AS aantal, MIN(einddatum) AS eerste, MAX(einddatum_dag - ingangsdatum_dag) AS langste
FROM overeenkomsten
WHERE einddatum BETWEEN '2025-07-01' AND '2026-06-30'
GROUP BY 1
