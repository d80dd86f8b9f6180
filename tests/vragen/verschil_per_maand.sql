SELECT maand, SUM(bedrag_ct) AS bedrag_ct,
  SUM(bedrag_ct) - LAG(SUM(bedrag_ct), 1) OVER (ORDER BY maand) AS verschil_ct
FROM declaraties
GROUP BY maand
