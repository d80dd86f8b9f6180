WITH grote AS (
  SELECT gezin, COUNT(DISTINCT client) AS kinderen
  FROM declaraties
  WHERE gezin IS NOT NULL
  GROUP BY gezin
)
SELECT kinderen, COUNT(gezin) AS gezinnen
FROM grote
GROUP BY kinderen
