/*---
title     = "Gewone code zonder regionaal contract"
question  = "Welke zorg is met een gewone code gedeclareerd door een aanbieder zonder regionaal contract daarvoor?"
why       = "Zonder contract hoort de maatwerkcode. Ontbreekt die, dan blijft maatwerk onzichtbaar in de cijfers."
kind      = "signaal"
regel     = "Z23"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["toewijzing met een gewone code", "toewijzingen met een gewone code"]
nummer    = "toewijzing of AGB-code · productcode"
bedrag    = "gedeclareerd"
zin       = "Bij {n#} van de {van} toewijzingen met een gewone code is op de dag van de zorg geen regionaal contract gevonden: {bedrag} bij {aanbieders}."
gesprek   = "Ontbreekt de maatwerkcode, of ontbreekt het contract in de aangeleverde tabel?"
remedie   = "Controleer eerst of de tabel contracten volledig is. Laat anders de regels opnieuw indienen met de maatwerkcode, met een overeenkomst in het register."
goed      = "45A53 van een aanbieder die op die dag een contract voor 45A53 heeft."
fout      = "45A53 van een aanbieder zonder contract voor 45A53 op die dag."
drempels  = ["maatwerk.contractsoorten_als_gecontracteerd"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zonder de tabel contracten is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
-- Het spiegelbeeld is Z24. Zorg die onder een overeenkomst in het register valt, staat bij Z20.
-- Wat per saldo nul is (een regel met zijn credit), is geen zorg en geen geval.
WITH soorten AS (
  SELECT DISTINCT LOWER(soort) AS soort FROM contractsoorten
),
instelling AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM contractsoorten
),
aangeleverd AS (
  SELECT CAST(COUNT(*) AS BIGINT) AS aantal FROM contracten
),
regels AS (
  SELECT gemeente, agb, aanbieder, client, kwartaal, toewijzingnummer, productcode, contract_soort, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  WHERE NOT is_maatwerk
  GROUP BY gemeente, agb, aanbieder, client, kwartaal, toewijzingnummer, productcode, contract_soort
  HAVING SUM(volume_milli) > 0
),
opgeteld AS (
  SELECT gemeente, aanbieder, client, kwartaal, COALESCE(toewijzingnummer, agb) AS bij, productcode,
    LOWER(contract_soort) AS soort, bedrag_ct
  FROM regels
),
beoordeeld AS (
  SELECT r.gemeente AS gemeente, r.aanbieder AS aanbieder, r.client AS client, r.kwartaal AS kwartaal, r.bij AS bij,
    r.productcode AS productcode, r.bedrag_ct AS bedrag_ct,
    CASE
      WHEN r.soort = 'geen' THEN 2
      WHEN r.soort IS NULL OR i.aantal = 0 OR c.aantal = 0 THEN 1
      WHEN s.soort IS NULL THEN 2
      ELSE 0
    END AS uitkomst
  FROM opgeteld AS r
  LEFT JOIN soorten AS s ON r.soort = s.soort
  CROSS JOIN instelling AS i
  CROSS JOIN aangeleverd AS c
),
gevallen AS (
  SELECT gemeente, aanbieder, client, kwartaal, bij, productcode, MAX(uitkomst) AS uitkomst,
    SUM(CASE WHEN uitkomst = 2 THEN bedrag_ct ELSE 0 END) AS raak_ct, SUM(bedrag_ct) AS totaal_ct
  FROM beoordeeld
  GROUP BY gemeente, aanbieder, client, kwartaal, bij, productcode
)
SELECT gemeente, aanbieder, client, kwartaal, bij || ' · ' || productcode AS geval,
  CASE WHEN uitkomst = 2 THEN TRUE WHEN uitkomst = 1 THEN CAST(NULL AS BOOLEAN) ELSE FALSE END AS treffer,
  CASE WHEN uitkomst = 2 THEN raak_ct ELSE totaal_ct END AS bedrag_ct, productcode
FROM gevallen
