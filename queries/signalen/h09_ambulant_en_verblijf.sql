/*---
title        = "Uitgaven aan ambulant en verblijf samen"
question     = "Wat kostten ambulante hulp en verblijf samen per gemeente?"
why          = "Het is het geheel waarvan h09_ambulant het ambulante deel laat zien."
kind         = "measure"
keys         = ["gemeente", "kwartaal"]
levels       = [["gemeente", "kwartaal"], ["kwartaal"]]
value        = "bedrag_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "kosten_ambulant_en_verblijf"
period       = "acht_kwartalen"
regel        = "H09"
hoofdstuk    = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
WITH soorten AS (
  SELECT segment FROM segmenten WHERE LOWER(naam) LIKE '%verblijf%' OR LOWER(naam) LIKE '%ambulant%'
)
SELECT d.gemeente, d.kwartaal, d.client, d.aanbieder, SUM(d.bedrag_ct) AS bedrag_ct
FROM declaraties d
INNER JOIN soorten s ON d.segment = s.segment
GROUP BY d.gemeente, d.kwartaal, d.client, d.aanbieder
