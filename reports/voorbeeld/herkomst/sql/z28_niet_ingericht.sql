/*---
title     = "Maatwerkcode niet ingericht bij de aanbieder"
question  = "Welke gedeclareerde maatwerkcodes waren op de dag van de zorg niet ingericht voor de aanbieder?"
why       = "De backoffice richt de aanbieder met zijn codes in voordat er wordt gedeclareerd; anders blijft een declaratie hangen of loopt zij verkeerd."
kind      = "signaal"
regel     = "Z28"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["toewijzing met een maatwerkcode", "toewijzingen met een maatwerkcode"]
nummer    = "toewijzing of AGB-code · productcode"
bedrag    = "gedeclareerd"
zin       = "Bij {n#} van de {van} toewijzingen met een maatwerkcode was de code op de dag van de zorg niet ingericht voor de aanbieder ({bedrag})."
gesprek   = "Is de inrichting vergeten, of is de code verkeerd gekozen?"
remedie   = "Laat de backoffice de aanbieder met deze code inrichten, vanaf de ingangsdatum van de overeenkomst."
goed      = "45M49 terwijl de code op die dag bij de aanbieder is ingericht."
fout      = "45M49 terwijl de inrichting pas een maand later ingaat."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Wat per saldo nul is (een regel met zijn credit), is geen zorg en geen geval.
WITH regels AS (
  SELECT gemeente, agb, aanbieder, client, kwartaal, COALESCE(toewijzingnummer, agb) AS bij, productcode, periode_begin, SUM(bedrag_ct) AS bedrag_ct
  FROM declaraties
  WHERE is_maatwerk AND maatwerk_herkenning <> 'register'
  GROUP BY gemeente, agb, aanbieder, client, kwartaal, COALESCE(toewijzingnummer, agb), productcode, periode_begin
  HAVING SUM(volume_milli) > 0
),
dagen AS (
  SELECT DISTINCT agb, productcode, periode_begin FROM regels
),
ingericht AS (
  SELECT DISTINCT d.agb AS agb, d.productcode AS productcode, d.periode_begin AS periode_begin, TRUE AS is_ingericht
  FROM dagen AS d
  JOIN productinrichting AS p ON d.agb = p.agb AND d.productcode = p.productcode
  WHERE p.ingangsdatum <= d.periode_begin AND (p.einddatum IS NULL OR p.einddatum >= d.periode_begin)
),
beoordeeld AS (
  SELECT r.gemeente AS gemeente, r.aanbieder AS aanbieder, r.client AS client, r.kwartaal AS kwartaal, r.bij AS bij,
    r.productcode AS productcode, r.bedrag_ct AS bedrag_ct, CASE WHEN i.is_ingericht THEN 0 ELSE 1 END AS raak
  FROM regels AS r
  LEFT JOIN ingericht AS i
    ON r.agb = i.agb AND r.productcode = i.productcode AND r.periode_begin = i.periode_begin
),
gevallen AS (
  SELECT gemeente, aanbieder, client, kwartaal, bij, productcode, SUM(raak) AS raak,
    SUM(CASE WHEN raak = 1 THEN bedrag_ct ELSE 0 END) AS raak_ct, SUM(bedrag_ct) AS totaal_ct
  FROM beoordeeld
  GROUP BY gemeente, aanbieder, client, kwartaal, bij, productcode
)
SELECT gemeente, aanbieder, client, kwartaal, bij || ' · ' || productcode AS geval,
  CASE WHEN raak > 0 THEN TRUE ELSE FALSE END AS treffer,
  CASE WHEN raak > 0 THEN raak_ct ELSE totaal_ct END AS bedrag_ct, productcode
FROM gevallen
