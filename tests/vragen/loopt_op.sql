SELECT kwartaal, SUM(bedrag_ct) AS bedrag_ct, SUM(SUM(bedrag_ct)) OVER (ORDER BY kwartaal) AS tot_en_met_ct
FROM declaraties
GROUP BY kwartaal
