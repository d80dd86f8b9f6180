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
-- Zonder het register is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
-- Het spiegelbeeld is Z26.
WITH register AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM overeenkomsten
),
regels AS (
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
SELECT g.gemeente AS gemeente, g.aanbieder AS aanbieder, g.client AS client, g.kwartaal AS kwartaal,
  g.bij || ' · ' || g.productcode AS geval,
  CASE
    WHEN r.aantal = 0 THEN CAST(NULL AS BOOLEAN)
    WHEN g.raak > 0 THEN TRUE
    WHEN g.onbekend > 0 THEN CAST(NULL AS BOOLEAN)
    ELSE FALSE
  END AS treffer,
  CASE WHEN g.raak > 0 THEN g.raak_ct ELSE g.totaal_ct END AS bedrag_ct, g.productcode AS productcode, g.oudste_maand AS oudste_maand
FROM gevallen AS g
CROSS JOIN register AS r
