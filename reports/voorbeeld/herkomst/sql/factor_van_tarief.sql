/*---
title        = "Prijzen een factor van het regionale tarief"
question     = "Welke regels liggen vijf keer of meer boven of onder het regionale tarief, en hoeveel euro scheelt dat?"
why          = "Een prijs van tien, honderd of duizend keer het tarief is eerder een verkeerde komma dan een duurdere afspraak."
kind         = "measure"
keys         = ["aanbieder", "productcode", "eenheid", "regio_tarief_ct", "prijs_ct", "kwartaal"]
levels       = [["aanbieder", "productcode", "eenheid", "regio_tarief_ct", "prijs_ct", "kwartaal"]]
value        = "verschil_ct"
unit         = "eurocent"
contributors = ["client", "aanbieder"]
measure      = "verschil_met_tarief"
period       = "kwartaal"
judge        = "kosten"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- Vijf keer is een ruime zeef die de uitkomst klein houdt; welke factor verdacht is, staat in docs/METHODS.md.
-- Boven het tarief is het verschil precies boven_tarief_ct, zodat de twee van elkaar kunnen worden afgetrokken.
WITH met_prijs AS (
    SELECT aanbieder, productcode, eenheid, regio_tarief_ct, kwartaal, client, bedrag_ct, boven_tarief_ct,
        CAST(FLOOR(CAST(volume_milli AS DOUBLE) * regio_tarief_ct / 1000 + 0.5) AS BIGINT) AS volgens_tarief_ct,
        CAST(FLOOR(CAST(bedrag_ct AS DOUBLE) * 1000 / volume_milli + 0.5) AS BIGINT) AS prijs_ct
    FROM declaraties
    WHERE regio_tarief_ct > 0 AND bedrag_ct > 0 AND volume_milli > 0
)
SELECT aanbieder, productcode, eenheid, regio_tarief_ct, prijs_ct, kwartaal, client,
    SUM(CASE WHEN boven_tarief_ct <> 0 THEN boven_tarief_ct ELSE bedrag_ct - volgens_tarief_ct END) AS verschil_ct
FROM met_prijs
WHERE prijs_ct >= 5 * regio_tarief_ct OR 5 * prijs_ct <= regio_tarief_ct
GROUP BY aanbieder, productcode, eenheid, regio_tarief_ct, prijs_ct, kwartaal, client
