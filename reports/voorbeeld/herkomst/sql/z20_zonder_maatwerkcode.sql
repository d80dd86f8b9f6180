/*---
title     = "Maatwerk gedeclareerd met een gewone code"
question  = "Wordt zorg onder een maatwerkovereenkomst met de maatwerkcode gedeclareerd?"
why       = "Alleen met de maatwerkcode is in de declaraties te zien wat maatwerk is en wat het kost."
kind      = "signaal"
regel     = "Z20"
hoofdstuk = "signalen"
invloed   = "aanbieder"
geval     = ["product onder een overeenkomst", "producten onder een overeenkomst"]
nummer    = "overeenkomst · productcode"
bedrag    = "gedeclareerd"
zin       = "{n#} van de {van} producten onder een maatwerkovereenkomst {n?is|zijn} met een gewone code gedeclareerd, voor {bedrag}, terwijl de aanbieder daarvoor geen regionaal contract heeft."
gesprek   = "Kent de aanbieder de maatwerkcode, en is die in de toewijzing gebruikt?"
remedie   = "Laat de aanbieder de regels crediteren en opnieuw indienen met de maatwerkcode."
goed      = "Onder MW-104 is 45M53 gedeclareerd."
fout      = "Onder MW-104 is 45A53 gedeclareerd door een aanbieder zonder contract voor 45A53."
drempels  = ["maatwerk.teken.teken"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zonder het register is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
-- Heeft de aanbieder een contract voor de gewone code, dan kan het gewone zorg naast de overeenkomst zijn: geen geval.
-- Wat per saldo nul is (een regel met zijn credit), is geen zorg en geen geval.
WITH register AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM overeenkomsten
),
regels AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, maatwerk_herkenning, contract_soort, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  WHERE is_maatwerk AND maatwerk_id IS NOT NULL AND maatwerk_id <> 'geen'
  GROUP BY gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, maatwerk_herkenning, contract_soort
  HAVING SUM(volume_milli) > 0
),
gevallen AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode,
    SUM(CASE WHEN maatwerk_herkenning = 'register' AND contract_soort = 'geen' THEN 1 ELSE 0 END) AS raak,
    SUM(CASE WHEN maatwerk_herkenning = 'register' AND contract_soort IS NULL THEN 1 ELSE 0 END) AS onbekend,
    SUM(CASE WHEN maatwerk_herkenning = 'register' AND contract_soort = 'geen' THEN bedrag_ct ELSE 0 END) AS raak_ct,
    SUM(bedrag_ct) AS totaal_ct
  FROM regels
  WHERE maatwerk_herkenning <> 'register' OR contract_soort IS NULL OR contract_soort = 'geen'
  GROUP BY gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode
)
SELECT g.gemeente AS gemeente, g.aanbieder AS aanbieder, g.client AS client, g.kwartaal AS kwartaal,
  g.maatwerk_id || ' · ' || g.productcode AS geval,
  CASE
    WHEN r.aantal = 0 THEN CAST(NULL AS BOOLEAN)
    WHEN g.raak > 0 THEN TRUE
    WHEN g.onbekend > 0 THEN CAST(NULL AS BOOLEAN)
    ELSE FALSE
  END AS treffer,
  CASE WHEN g.raak > 0 THEN g.raak_ct ELSE g.totaal_ct END AS bedrag_ct
FROM gevallen AS g
CROSS JOIN register AS r
