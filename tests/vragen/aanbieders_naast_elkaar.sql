WITH per AS (
  SELECT kwartaal, client, COUNT(DISTINCT aanbieder) AS aanbieders
  FROM declaraties
  GROUP BY kwartaal, client
)
SELECT kwartaal, COUNT(*) AS kinderen, AVG(aanbieders) AS gemiddeld, SUM(CASE WHEN aanbieders > 1 THEN 1 ELSE 0 END) AS meer_dan_een
FROM per
GROUP BY kwartaal
ORDER BY kwartaal
