/*---
title     = "Maatwerkcode bij een gecontracteerde aanbieder"
question  = "Welke zorg is met een maatwerkcode gedeclareerd door een aanbieder die een contract heeft voor het product waar die code bij hoort?"
why       = "Met een contract geldt het regionale tarief en de gewone code; maatwerk is er dan niet voor nodig."
kind      = "signaal"
regel     = "Z24"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["toewijzing met een maatwerkcode", "toewijzingen met een maatwerkcode"]
nummer    = "toewijzing of AGB-code · productcode"
bedrag    = "gedeclareerd"
zin       = "Bij {n#} van de {van} toewijzingen met een maatwerkcode heeft de aanbieder op de dag van de zorg een contract voor het basisproduct: {bedrag} bij {aanbieders}."
gesprek   = "Waarom is hier de maatwerkcode gebruikt en niet het contract?"
remedie   = "Laat de aanbieder de regels opnieuw indienen met de gewone code, of leg vast waarom het contract hier niet geldt."
goed      = "45M53 van een aanbieder zonder contract voor 45A53."
fout      = "45M53 van een aanbieder die op die dag een contract voor 45A53 heeft."
drempels  = ["maatwerk.contractsoorten_als_gecontracteerd"]
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Zonder de tabel contracten is er niets te zeggen; doordat de query die tabel leest, noemt het rapport wat ontbreekt.
-- Het spiegelbeeld is Z23. Een code waarvan het basisproduct niet eenduidig is, is niet te beoordelen (Z22).
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
  SELECT gemeente, agb, aanbieder, client, kwartaal, toewijzingnummer, productcode, basisproduct, contract_soort, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  WHERE is_maatwerk AND maatwerk_herkenning <> 'register'
  GROUP BY gemeente, agb, aanbieder, client, kwartaal, toewijzingnummer, productcode, basisproduct, contract_soort
  HAVING SUM(volume_milli) > 0
),
opgeteld AS (
  SELECT gemeente, aanbieder, client, kwartaal, COALESCE(toewijzingnummer, agb) AS bij, productcode, basisproduct,
    LOWER(contract_soort) AS soort, bedrag_ct
  FROM regels
),
beoordeeld AS (
  SELECT r.gemeente AS gemeente, r.aanbieder AS aanbieder, r.client AS client, r.kwartaal AS kwartaal, r.bij AS bij,
    r.productcode AS productcode, r.basisproduct AS basisproduct, r.bedrag_ct AS bedrag_ct,
    CASE
      WHEN r.soort = 'geen' THEN 0
      WHEN r.soort IS NULL OR i.aantal = 0 OR c.aantal = 0 THEN 1
      WHEN s.soort IS NULL THEN 0
      ELSE 2
    END AS uitkomst
  FROM opgeteld AS r
  LEFT JOIN soorten AS s ON r.soort = s.soort
  CROSS JOIN instelling AS i
  CROSS JOIN aangeleverd AS c
),
gevallen AS (
  SELECT gemeente, aanbieder, client, kwartaal, bij, productcode, basisproduct, MAX(uitkomst) AS uitkomst,
    SUM(CASE WHEN uitkomst = 2 THEN bedrag_ct ELSE 0 END) AS raak_ct, SUM(bedrag_ct) AS totaal_ct
  FROM beoordeeld
  GROUP BY gemeente, aanbieder, client, kwartaal, bij, productcode, basisproduct
)
SELECT gemeente, aanbieder, client, kwartaal, bij || ' · ' || productcode AS geval,
  CASE WHEN uitkomst = 2 THEN TRUE WHEN uitkomst = 1 THEN CAST(NULL AS BOOLEAN) ELSE FALSE END AS treffer,
  CASE WHEN uitkomst = 2 THEN raak_ct ELSE totaal_ct END AS bedrag_ct, productcode, basisproduct
FROM gevallen
