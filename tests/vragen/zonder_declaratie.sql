SELECT t.gemeente, COUNT(*) AS toewijzingen
FROM toewijzingen t
WHERE t.toewijzingnummer NOT IN (SELECT toewijzingnummer FROM declaraties WHERE toewijzingnummer IS NOT NULL)
GROUP BY t.gemeente
