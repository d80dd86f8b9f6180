/*---
title     = "Jeugdige van 17 of ouder, of 18 voor de einddatum"
question  = "Bij welke maatwerkovereenkomsten is de jeugdige 17 of ouder, of 18 voor de einddatum?"
why       = "Vanaf 18 jaar geldt meestal een andere wet. Wie daar op tijd aan denkt, voorkomt dat de hulp ineens stopt."
kind      = "signaal"
regel     = "Z61"
hoofdstuk = "aflopend"
invloed   = "gemeente"
geval     = ["lopende maatwerkovereenkomst", "lopende maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "Bij {n#} van de {van} lopende maatwerkovereenkomsten is de jeugdige 17 of ouder, of 18 voor de einddatum."
gesprek   = "Is er een plan voor de hulp na de achttiende verjaardag?"
remedie   = "Maak met de jeugdige en de aanbieder een plan voor de overgang naar zorg voor volwassenen."
goed      = "Een overeenkomst tot juni van een jeugdige van 14."
fout      = "Een overeenkomst van een jeugdige van 17, of een overeenkomst tot november van een jeugdige die in juni 18 wordt."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Van de verjaardag is alleen het kwartaal bekend, of alleen het jaar. 17 of ouder is wie binnen vier kwartalen na het kwartaal van het
-- rapport 18 wordt. Valt de einddatum in het kwartaal of jaar van de verjaardag, dan is niet te zeggen wat eerst komt; zonder einddatum
-- ook niet. Wie in een jaar voor dat van het rapport al 23 werd, valt buiten jeugdhulp en is de ouder bij een kind (Z02): geen geval.
WITH lopend AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, einddatum, einddatum_kwartaal, wordt_18, contractwaarde_ct,
    CAST(SUBSTR(einddatum_kwartaal, 1, 4) AS BIGINT) AS eindjaar, geboortejaar + 18 AS jaar_18,
    CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) AS jaar_nu, CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) AS nummer_nu,
    4 * CAST(SUBSTR(wordt_18, 1, 4) AS BIGINT) + CAST(SUBSTR(wordt_18, 7, 1) AS BIGINT)
      - 4 * CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) - CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) AS kwartalen_tot_18
  FROM overeenkomsten_per_kwartaal
),
beoordeeld AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, einddatum, wordt_18, contractwaarde_ct, jaar_18, jaar_nu,
    CASE
      WHEN kwartalen_tot_18 <= 4 THEN TRUE
      WHEN kwartalen_tot_18 > 4 THEN FALSE
      WHEN jaar_18 <= jaar_nu OR (jaar_18 = jaar_nu + 1 AND nummer_nu = 4) THEN TRUE
      WHEN jaar_18 > jaar_nu + 1 THEN FALSE
    END AS is_17,
    CASE
      WHEN einddatum IS NULL THEN CAST(NULL AS BOOLEAN)
      WHEN wordt_18 < einddatum_kwartaal THEN TRUE
      WHEN wordt_18 > einddatum_kwartaal THEN FALSE
      WHEN jaar_18 < eindjaar THEN TRUE
      WHEN jaar_18 > eindjaar THEN FALSE
    END AS wordt_18_voor_einde
  FROM lopend
)
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
  CASE
    WHEN is_17 OR wordt_18_voor_einde THEN TRUE
    WHEN NOT is_17 AND NOT wordt_18_voor_einde THEN FALSE
  END AS treffer,
  COALESCE(contractwaarde_ct, 0) AS bedrag_ct, wordt_18, einddatum
FROM beoordeeld
WHERE jaar_18 IS NULL OR jaar_nu - jaar_18 <= 5
