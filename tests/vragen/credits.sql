SELECT gemeente, COUNT(DISTINCT d.client) AS kinderen, SUM(ABS(bedrag_ct)) AS bedrag_ct, GREATEST(MAX(bedrag_ct), 0) AS hoogste_ct
FROM declaraties d
WHERE bedrag_ct < 0 OR NOT (is_coordinatie IS TRUE) AND UPPER(aanbieder) >= 'M'
GROUP BY gemeente
