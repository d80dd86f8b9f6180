/*---
title        = "Ambulant naast verblijf"
question     = "Welk deel van de euro's voor verblijf en ambulante hulp samen gaat per gemeente naar ambulante hulp?"
why          = "Segmenten werken op elkaar in: verblijf kan pas kleiner worden als er genoeg ambulante hulp is."
kind         = "measure"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_ambulant"
denominator  = "h09_ambulant_en_verblijf"
period       = "acht_kwartalen"
regel        = "H09"
hoofdstuk    = "kosten"
zin          = "Aan ambulante hulp is {totaal} gedeclareerd; de tabel zet dat per gemeente af tegen ambulant en verblijf samen."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Segments are known by their name in the region file.
WITH soorten AS (
  SELECT segment FROM segmenten WHERE LOWER(naam) LIKE '%ambulant%'
)
SELECT d.gemeente, d.kwartaal, d.client, d.aanbieder, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
INNER JOIN soorten s ON d.segment = s.segment
GROUP BY d.gemeente, d.kwartaal, d.client, d.aanbieder
