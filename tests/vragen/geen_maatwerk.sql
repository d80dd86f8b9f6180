SELECT verwijzer, COUNT(DISTINCT client) AS kinderen, COUNT(*) AS toewijzingen
FROM toewijzingen
WHERE client NOT IN (SELECT client FROM declaraties WHERE is_maatwerk AND client IS NOT NULL)
GROUP BY verwijzer
