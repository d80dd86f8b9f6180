/*---
title     = "Maatwerk gedeclareerd zonder overeenkomst in het register"
question  = "Voor welke zorg met een maatwerkcode staat geen overeenkomst in het register?"
why       = "Zonder registratie krijgt ICM geen signaal als een overeenkomst afloopt, en is het maatwerk van de regio niet volledig in beeld."
kind      = "signaal"
regel     = "Z25"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["toewijzing met een maatwerkcode", "toewijzingen met een maatwerkcode"]
zin       = "Voor {bedrag} aan zorg met een maatwerkcode is geen overeenkomst in het register gevonden: {n#} van de {van} toewijzingen."
gesprek   = "Is de registratie vergeten, of is de code verkeerd gebruikt?"
remedie   = "Leg de overeenkomst vast in het register, of laat de aanbieder de regels met de gewone code opnieuw indienen."
goed      = "45M53 terwijl op die dag MW-104 van die jeugdige en aanbieder loopt."
fout      = "45M53 van een jeugdige en aanbieder zonder overeenkomst in het register op die dag."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Het spiegelbeeld is Z26.
WITH regels AS (
  SELECT gemeente, aanbieder, client, kwartaal, COALESCE(toewijzingnummer, agb) AS bij, productcode, maatwerk_id, maand, bedrag_ct
  FROM declaraties
  WHERE is_maatwerk AND maatwerk_herkenning <> 'register'
),
gevallen AS (
  SELECT gemeente, aanbieder, client, kwartaal, bij, productcode,
    SUM(CASE WHEN maatwerk_id = 'geen' THEN 1 ELSE 0 END) AS raak,
    SUM(CASE WHEN maatwerk_id IS NULL THEN 1 ELSE 0 END) AS onbekend,
    SUM(CASE WHEN maatwerk_id = 'geen' THEN bedrag_ct ELSE 0 END) AS raak_ct,
    SUM(bedrag_ct) AS totaal_ct,
    MIN(CASE WHEN maatwerk_id = 'geen' THEN maand ELSE CAST(NULL AS VARCHAR) END) AS oudste_maand
  FROM regels
  GROUP BY gemeente, aanbieder, client, kwartaal, bij, productcode
)
SELECT gemeente, aanbieder, client, kwartaal, bij || ' · ' || productcode AS geval,
  CASE WHEN raak > 0 THEN TRUE WHEN onbekend > 0 THEN CAST(NULL AS BOOLEAN) ELSE FALSE END AS treffer,
  CASE WHEN raak > 0 THEN raak_ct ELSE totaal_ct END AS bedrag_ct, productcode, oudste_maand
FROM gevallen
