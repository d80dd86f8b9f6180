SELECT geboortejaar, COUNT(DISTINCT client) AS kinderen
FROM toewijzingen
GROUP BY geboortejaar
