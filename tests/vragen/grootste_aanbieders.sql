SELECT aanbieder, SUM(bedrag_ct) AS bedrag_ct, COUNT(DISTINCT client) AS clienten
FROM declaraties
WHERE jaar = 2025 AND bedrag_ct > 0
GROUP BY aanbieder
ORDER BY bedrag_ct DESC, aanbieder
LIMIT 5
