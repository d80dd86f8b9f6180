/*---
title     = "Overeenkomst die doorloopt na de achttiende verjaardag"
question  = "Bij welke maatwerkovereenkomsten wordt de jeugdige 18 voor de einddatum?"
why       = "Vanaf 18 jaar geldt meestal een andere wet. Wie daar op tijd aan denkt, voorkomt dat de hulp ineens stopt."
kind      = "signaal"
regel     = "Z61"
hoofdstuk = "aflopend"
invloed   = "gemeente"
geval     = ["lopende maatwerkovereenkomst", "lopende maatwerkovereenkomsten"]
zin       = "Bij {n#} van de {van} lopende maatwerkovereenkomsten wordt de jeugdige 18 voor de einddatum, of is dat al."
gesprek   = "Is er een plan voor de hulp na de achttiende verjaardag?"
remedie   = "Maak met de jeugdige en de aanbieder een plan voor de overgang naar zorg voor volwassenen."
goed      = "Een overeenkomst tot juni van een jeugdige die in november 18 wordt."
fout      = "Een overeenkomst tot november van een jeugdige die in juni 18 wordt."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Van de verjaardag is alleen het kwartaal bekend, of alleen het jaar. Valt de einddatum in datzelfde kwartaal of jaar, dan is niet te
-- zeggen wat eerst komt; zonder einddatum ook niet.
WITH lopend AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, einddatum, einddatum_kwartaal, wordt_18, contractwaarde_ct,
    CAST(SUBSTR(einddatum_kwartaal, 1, 4) AS BIGINT) AS eindjaar, geboortejaar + 18 AS jaar_18
  FROM overeenkomsten_per_kwartaal
)
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
  CASE
    WHEN einddatum IS NULL THEN CAST(NULL AS BOOLEAN)
    WHEN wordt_18 < einddatum_kwartaal THEN TRUE
    WHEN wordt_18 > einddatum_kwartaal THEN FALSE
    WHEN jaar_18 < eindjaar THEN TRUE
    WHEN jaar_18 > eindjaar THEN FALSE
    ELSE CAST(NULL AS BOOLEAN)
  END AS treffer,
  COALESCE(contractwaarde_ct, 0) AS bedrag_ct, wordt_18, einddatum
FROM lopend
