/*---
title     = "Maatwerk gedeclareerd zonder overeenkomst in het register"
question  = "Voor welke zorg met een maatwerkcode staat geen overeenkomst in het register?"
why       = "Zonder registratie krijgt ICM geen signaal als een overeenkomst afloopt, en is het maatwerk van de regio niet volledig in beeld."
kind      = "signaal"
regel     = "Z25"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["toewijzing met een maatwerkcode", "toewijzingen met een maatwerkcode"]
nummer    = "toewijzing of AGB-code · productcode"
bedrag    = "gedeclareerd"
zin       = "Voor {bedrag} aan zorg met een maatwerkcode is geen overeenkomst in het register gevonden: {n#} van de {van} toewijzingen."
gesprek   = "Is de registratie vergeten, of is de code verkeerd gebruikt?"
remedie   = "Leg de overeenkomst vast in het register, of laat de aanbieder de regels met de gewone code opnieuw indienen."
goed      = "45M53 in een maand waarin MW-104 van die jeugdige en aanbieder loopt."
fout      = "45M53 van een jeugdige en aanbieder waarvan het register geen overeenkomst heeft, ook geen eerdere."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zonder het register is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
-- Het spiegelbeeld is Z26. Zorg na het einde van een eerdere overeenkomst van die jeugdige en aanbieder staat bij Z44 en telt hier niet.
-- Wat per saldo nul is (een regel met zijn credit), is geen zorg en geen geval.
WITH register AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM overeenkomsten
),
opgeteld AS (
  SELECT gemeente, aanbieder, client, kwartaal, COALESCE(toewijzingnummer, agb) AS bij, productcode, maatwerk_id, maand,
    periode_begin_dag, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  WHERE is_maatwerk AND maatwerk_herkenning <> 'register'
  GROUP BY gemeente, aanbieder, client, kwartaal, COALESCE(toewijzingnummer, agb), productcode, maatwerk_id, maand, periode_begin_dag
  HAVING SUM(volume_milli) > 0
),
afgelopen AS (
  SELECT client, aanbieder, MIN(einddatum_dag) AS eerste_einde
  FROM overeenkomsten
  WHERE einddatum_dag >= ingangsdatum_dag
  GROUP BY client, aanbieder
),
regels AS (
  SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.kwartaal AS kwartaal, o.bij AS bij,
    o.productcode AS productcode, o.maatwerk_id AS maatwerk_id, o.maand AS maand, o.bedrag_ct AS bedrag_ct,
    CASE WHEN o.maatwerk_id = 'geen' AND o.periode_begin_dag - a.eerste_einde > 0 THEN 1 ELSE 0 END AS na_einde
  FROM opgeteld AS o
  LEFT JOIN afgelopen AS a ON o.client = a.client AND o.aanbieder = a.aanbieder
),
gevallen AS (
  SELECT gemeente, aanbieder, client, kwartaal, bij, productcode,
    SUM(CASE WHEN maatwerk_id = 'geen' THEN 1 ELSE 0 END) AS raak,
    SUM(CASE WHEN maatwerk_id IS NULL THEN 1 ELSE 0 END) AS onbekend,
    SUM(CASE WHEN maatwerk_id = 'geen' THEN bedrag_ct ELSE 0 END) AS raak_ct,
    SUM(bedrag_ct) AS totaal_ct,
    MIN(CASE WHEN maatwerk_id = 'geen' THEN maand ELSE CAST(NULL AS VARCHAR) END) AS oudste_maand
  FROM regels
  WHERE na_einde = 0
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
