WITH per AS (
  SELECT client, COUNT(DISTINCT aanbieder) AS aanbieders, SUM(bedrag_ct) AS totaal_ct
  FROM declaraties
  GROUP BY client
)
SELECT aanbieders, COUNT(*) AS kinderen, SUM(totaal_ct) AS totaal_ct, MAX(totaal_ct) AS hoogste_ct
FROM per
GROUP BY aanbieders
ORDER BY aanbieders
