SELECT gemeente, SUM(bedrag_ct) AS bedrag_ct, COUNT(*) AS regels, COUNT(DISTINCT client) AS clienten
FROM declaraties
GROUP BY gemeente
