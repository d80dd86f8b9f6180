WITH genummerd AS (
  SELECT gemeente, aanbieder, bedrag_ct, ROW_NUMBER() OVER (PARTITION BY gemeente ORDER BY bedrag_ct DESC, bron DESC, regel DESC) AS nummer
  FROM declaraties
)
SELECT gemeente, aanbieder, bedrag_ct
FROM genummerd
WHERE nummer = 1
