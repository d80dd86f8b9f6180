SELECT t.verwijzer, COUNT(DISTINCT d.client) AS kinderen, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
JOIN toewijzingen t ON d.toewijzingnummer = t.toewijzingnummer AND d.gemeente = t.gemeente
GROUP BY t.verwijzer
