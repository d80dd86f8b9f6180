SELECT gemeente, COUNT(DISTINCT client) AS kinderen
FROM overeenkomsten
WHERE client NOT IN (SELECT client FROM toewijzingen WHERE client IS NOT NULL)
GROUP BY gemeente
