/*---
title     = "Overeenkomst voor meer dan één jeugdige"
question  = "Staat een maatwerkovereenkomst in het register bij meer dan één jeugdige?"
why       = "Een maatwerkovereenkomst is er voor één jeugdige, of voor een ouder met kind. Geldt zij voor meer, dan lijkt zij op een regionaal contract."
kind      = "signaal"
regel     = "Z02"
hoofdstuk = "maatwerk"
invloed   = "gemeente"
geval     = ["maatwerkovereenkomst", "maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n#} van de {van} maatwerkovereenkomsten {n?staat|staan} in het register bij meer dan één jeugdige, anders dan een ouder met kind."
gesprek   = "Zijn dit overeenkomsten die apart vastgelegd horen te worden, is een nummer twee keer gebruikt, of is de ouder zelf nog geen 18?"
remedie   = "Leg per jeugdige een eigen overeenkomst met een eigen nummer vast; een ouder met kind mag onder één nummer, met hetzelfde gezin."
goed      = "MW-112 staat bij een ouder en een kind van hetzelfde gezin."
fout      = "MW-112 staat bij twee kinderen van hetzelfde gezin."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Wie een ouder is, staat er niet bij: van wie op de ingangsdatum nog geen 18 is, kan er één een kind zijn en zijn er twee broer en zus.
-- Alleen het kwartaal of het jaar van de achttiende verjaardag is bekend; valt de ingangsdatum daarin, dan is de leeftijd niet te zeggen.
-- Zonder geboortejaar, zonder gezin, of met alleen volwassenen is niet te zeggen of het een ouder met kind is.
WITH mensen AS (
  SELECT gemeente, kwartaal, maatwerk_id, client, MIN(aanbieder) AS aanbieder, MIN(gezin) AS gezin, MAX(gezin) AS ander_gezin,
    MIN(ingangsdatum_kwartaal) AS begin_kwartaal, MAX(geboortejaar) AS geboortejaar, MAX(wordt_18) AS wordt_18,
    MAX(COALESCE(contractwaarde_ct, 0)) AS bedrag_ct
  FROM overeenkomsten_per_kwartaal
  GROUP BY gemeente, kwartaal, maatwerk_id, client
),
leeftijden AS (
  SELECT gemeente, kwartaal, maatwerk_id, client, aanbieder, gezin, bedrag_ct,
    CASE WHEN gezin <> ander_gezin THEN 1 ELSE 0 END AS twee_gezinnen,
    CASE
      WHEN wordt_18 > begin_kwartaal THEN 1
      WHEN wordt_18 < begin_kwartaal THEN 0
      WHEN CAST(SUBSTR(begin_kwartaal, 1, 4) AS BIGINT) - geboortejaar < 18 THEN 1
      WHEN CAST(SUBSTR(begin_kwartaal, 1, 4) AS BIGINT) - geboortejaar > 18 THEN 0
    END AS onder_18
  FROM mensen
),
nummers AS (
  SELECT gemeente, kwartaal, maatwerk_id, MIN(aanbieder) AS aanbieder, MIN(client) AS eerste,
    CAST(COUNT(*) AS BIGINT) AS personen, CAST(COUNT(DISTINCT gezin) AS BIGINT) + MAX(twee_gezinnen) AS gezinnen,
    CAST(COUNT(gezin) AS BIGINT) AS met_gezin, CAST(COUNT(onder_18) AS BIGINT) AS met_leeftijd,
    SUM(COALESCE(onder_18, 0)) AS kinderen, MAX(bedrag_ct) AS bedrag_ct
  FROM leeftijden
  GROUP BY gemeente, kwartaal, maatwerk_id
)
SELECT gemeente, aanbieder,
  CASE WHEN personen = 1 THEN eerste ELSE CAST(NULL AS BIGINT) END AS client,
  kwartaal, maatwerk_id AS geval,
  CASE
    WHEN personen = 1 THEN FALSE
    WHEN kinderen > 1 OR gezinnen > 1 THEN TRUE
    WHEN met_gezin = personen AND met_leeftijd = personen AND kinderen = 1 THEN FALSE
    ELSE CAST(NULL AS BOOLEAN)
  END AS treffer,
  bedrag_ct, personen
FROM nummers
