SELECT gemeente, COUNT(DISTINCT client) AS kinderen, COUNT(*) AS toewijzingen
FROM toewijzingen
WHERE client NOT IN (SELECT client FROM declaraties WHERE is_maatwerk AND client IS NOT NULL)
  AND client IN (SELECT client FROM overeenkomsten)
GROUP BY gemeente
