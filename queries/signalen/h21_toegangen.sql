/*---
title        = "Segment Veiligheid per toegang"
question     = "Wat ging er in het segment Veiligheid per toegang om?"
why          = "Voor dit segment zijn er vijf toegangen; afspraken horen overal hetzelfde uit te werken."
kind         = "measure"
keys         = ["toegang", "gemeente", "kwartaal"]
levels       = [["toegang", "kwartaal"], ["toegang", "gemeente", "kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_veiligheid"
period       = "acht_kwartalen"
regel        = "H21"
hoofdstuk    = "kosten"
zin          = "In het segment Veiligheid is {totaal} gedeclareerd, het meest bij toegang {grootste} ({grootste_aandeel})."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- The segment is known by its name in the region file; a gemeente without a toegang stays visible.
WITH soorten AS (
  SELECT segment FROM segmenten WHERE LOWER(naam) LIKE '%veiligheid%'
)
SELECT COALESCE(t.toegang, 'geen toegang vastgelegd') AS toegang, d.gemeente, d.kwartaal, d.client, d.aanbieder,
       SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
INNER JOIN soorten s ON d.segment = s.segment
LEFT JOIN toegangen t ON d.gemeente = t.gemeente
GROUP BY COALESCE(t.toegang, 'geen toegang vastgelegd'), d.gemeente, d.kwartaal, d.client, d.aanbieder
