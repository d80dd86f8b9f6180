SELECT kwartaal, is_maatwerk, SUM(bedrag_ct) AS bedrag_ct, AVG(bedrag_ct) AS gemiddeld_ct, MEDIAN(minuten) AS minuten
FROM declaraties
GROUP BY kwartaal, is_maatwerk
ORDER BY kwartaal DESC
