/*---
title        = "Uitgaven per segment"
question     = "Wat ging er per segment en gemeente om: euro's, jeugdigen en aanbieders?"
why          = "De inkoop is ingedeeld in segmenten; wie wil sturen, moet eerst zien hoe groot elk segment is."
kind         = "measure"
keys         = ["segment", "gemeente", "kwartaal"]
levels       = [["segment", "kwartaal"], ["segment", "gemeente", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_segment"
denominator  = "kosten_totaal"
period       = "acht_kwartalen"
regel        = "H01"
hoofdstuk    = "kosten"
zin          = "In het kwartaal is {totaal} gedeclareerd; het grootste segment is {grootste}, met {grootste_aandeel} daarvan."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Before a segment began, its care is shown by its national category (H02).
WITH benoemd AS (
  SELECT
    CASE
      WHEN d.segment IS NULL THEN 'zonder segment'
      WHEN s.segment IS NULL THEN d.segment
      WHEN d.periode_begin_dag < s.van_dag THEN 'categorie ' || COALESCE(d.productcategorie, SUBSTR(d.productcode, 1, 2))
      ELSE s.segment || ' ' || s.naam
    END AS segment,
    d.gemeente, d.kwartaal, d.client, d.aanbieder, d.bedrag_ct
  FROM declaraties d
  LEFT JOIN segmenten s ON d.segment = s.segment
)
SELECT segment, gemeente, kwartaal, client, aanbieder, SUM(bedrag_ct) AS bedrag_ct
FROM benoemd
GROUP BY segment, gemeente, kwartaal, client, aanbieder
