/*---
title        = "Duur van geëindigde toewijzingen"
question     = "Hoe lang liepen de toewijzingen die in het kwartaal eindigden?"
why          = "Uitstroom zegt pas iets naast de duur: veel korte toewijzingen geven ook veel uitstroom."
kind         = "measure"
keys         = ["aanbieder", "duur", "kwartaal"]
levels       = [["duur", "kwartaal"], ["aanbieder", "duur", "kwartaal"]]
value        = "aantal"
unit         = "toewijzingen"
contributors = ["client", "aanbieder"]
measure      = "geeindigde_toewijzingen"
period       = "acht_kwartalen"
regel        = "H16"
hoofdstuk    = "aanbieders"
zin          = "In het kwartaal eindigden {totaal}; de grootste groep liep {grootste}."
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Months of 30.4 days, with leading zeroes so that the order of the texts is the order of time.
SELECT aanbieder,
       CASE
         WHEN looptijd_dagen < 92 THEN '00-03 maanden'
         WHEN looptijd_dagen < 183 THEN '03-06 maanden'
         WHEN looptijd_dagen < 366 THEN '06-12 maanden'
         WHEN looptijd_dagen < 731 THEN '12-24 maanden'
         ELSE '24 maanden of meer'
       END AS duur,
       kwartaal, client, CAST(1 AS BIGINT) AS aantal
FROM toewijzingen_per_kwartaal
WHERE eindigt AND looptijd_dagen IS NOT NULL
