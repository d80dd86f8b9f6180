/*---
title     = "Maatwerk door het woonplaatsbeginsel"
question  = "Welke maatwerkovereenkomsten komen door een wijziging van het woonplaatsbeginsel?"
why       = "Komt een jeugdige met een verblijfsplek over van een andere gemeente, dan kan maatwerk in zijn belang zijn. De gemeente kon dit niet voorkomen."
kind      = "signaal"
regel     = "Z09"
hoofdstuk = "maatwerk"
invloed   = "geen"
geval     = ["maatwerkovereenkomst", "maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n#} van de {van} maatwerkovereenkomsten met een vastgelegde reden {n?komt|komen} door het woonplaatsbeginsel; die {n?was|waren} niet te voorkomen."
gesprek   = "Zijn voor deze jeugdigen afspraken gemaakt met de vorige gemeente en met de aanbieder?"
remedie   = "Er hoeft niets te gebeuren; leg bij elke overeenkomst de reden vast, zodat dit aandeel klopt."
goed      = "Een overeenkomst met een andere reden, zoals zorg die al liep."
fout      = "Een overeenkomst met als reden woonplaatsbeginsel of WPB."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
  CASE
    WHEN reden_code IS NULL THEN CAST(NULL AS BOOLEAN)
    WHEN LOWER(reden_code) = 'wpb' OR LOWER(reden_code) LIKE '%woonplaatsbeginsel%' THEN TRUE
    ELSE FALSE
  END AS treffer,
  COALESCE(contractwaarde_ct, 0) AS bedrag_ct, reden_code
FROM overeenkomsten_per_kwartaal
