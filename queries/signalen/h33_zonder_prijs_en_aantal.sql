/*---
title     = "Declaraties zonder prijs maal aantal"
question  = "Waar is een bedrag ineens gedeclareerd, zonder prijs maal aantal?"
why       = "De regio bekostigt vooralsnog niet taakgericht; een bedrag ineens valt buiten elke vergelijking van prijzen."
kind      = "signaal"
regel     = "H33"
hoofdstuk = "kosten"
invloed   = "beide"
geval     = ["combinatie van aanbieder en product", "combinaties van aanbieder en product"]
nummer    = "AGB-code · productcode"
bedrag    = "als bedrag ineens"
zin       = "Bij {n#} van de {van} combinaties van aanbieder en product is {bedrag} als bedrag ineens gedeclareerd; dat telt mee in de kosten en niet in de prijsvergelijking."
gesprek   = "Wat is er voor dit bedrag afgesproken, en kan het met een prijs en een aantal?"
remedie   = "Leg vast waar het bedrag voor is, of spreek een eenheid en een tarief af."
goed      = "12 uur voor € 80 per uur."
fout      = "€ 960 in eenheid 83 (euro's), zonder aantal en tarief."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Unit 83 of the national code list WJ756: the volume is the amount itself.
WITH producten_van AS (
  SELECT aanbieder, agb, productcode, kwartaal, SUM(CASE WHEN eenheid = '83' THEN bedrag_ct ELSE 0 END) AS bedrag_ct,
         MAX(CASE WHEN eenheid = '83' THEN 1 ELSE 0 END) AS is_ineens, SUM(CASE WHEN eenheid = '83' THEN 1 ELSE 0 END) AS regels
  FROM declaraties
  GROUP BY aanbieder, agb, productcode, kwartaal
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  agb || ' · ' || productcode AS geval,
  is_ineens = 1 AS treffer,
  CAST(bedrag_ct AS BIGINT) AS bedrag_ct,
  productcode,
  CAST(regels AS BIGINT) AS regels
FROM producten_van
