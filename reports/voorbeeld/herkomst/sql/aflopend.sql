/*---
title    = "Aflopende maatwerkovereenkomsten"
question = "Welke maatwerkovereenkomsten lopen binnenkort af?"
why      = "Wie op tijd weet dat een overeenkomst afloopt, kan regulier aanbod zoeken of op tijd verlengen."
kind     = "list"
keys     = ["dagen_tot_einde", "gemeente", "maatwerk_id"]
period   = "alles"
judge    = "proces"
owner    = "ICM"
reviewed = 2026-11-22
---*/
-- signaaldagen bevat elk aantal dagen van 0 tot en met de langste signaaltermijn van de regio.
SELECT gemeente, maatwerk_id, aanbieder, productcode, einddatum, dagen_tot_einde
FROM overeenkomsten
WHERE dagen_tot_einde IN (SELECT dagen FROM signaaldagen)
