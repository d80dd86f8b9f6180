SELECT DISTINCT c.aanbieder, c.segment
FROM contracten c
WHERE c.aanbieder IN (SELECT aanbieder FROM declaraties WHERE bedrag_ct > 100000)
