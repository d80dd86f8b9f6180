/*---
title     = "Overeenkomst voor meer dan één jeugdige"
question  = "Staat een maatwerkovereenkomst in het register bij meer dan één jeugdige?"
why       = "Een maatwerkovereenkomst is er voor één jeugdige, of voor een ouder met kind. Geldt zij voor meer, dan lijkt zij op een regionaal contract."
kind      = "signaal"
regel     = "Z02"
hoofdstuk = "maatwerk"
invloed   = "gemeente"
geval     = ["maatwerkovereenkomst", "maatwerkovereenkomsten"]
zin       = "{n#} van de {van} maatwerkovereenkomsten {n?staat|staan} in het register bij meer dan één jeugdige, anders dan een ouder met kind."
gesprek   = "Zijn dit overeenkomsten die apart vastgelegd horen te worden, of is een nummer twee keer gebruikt?"
remedie   = "Leg per jeugdige een eigen overeenkomst met een eigen nummer vast; een ouder met kind mag onder één nummer, met hetzelfde gezin."
goed      = "MW-112 staat bij een ouder en een kind van hetzelfde gezin."
fout      = "MW-112 staat bij drie jeugdigen."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Twee personen van één gezin zijn een ouder met kind; is van één van beiden het gezin niet bekend, dan is dat niet te zeggen.
WITH nummers AS (
  SELECT gemeente, kwartaal, maatwerk_id, MIN(aanbieder) AS aanbieder, MIN(client) AS eerste,
    CAST(COUNT(DISTINCT client) AS BIGINT) AS personen, CAST(COUNT(DISTINCT gezin) AS BIGINT) AS gezinnen,
    CAST(COUNT(*) AS BIGINT) AS regels, CAST(COUNT(gezin) AS BIGINT) AS met_gezin,
    MAX(COALESCE(contractwaarde_ct, 0)) AS bedrag_ct
  FROM overeenkomsten_per_kwartaal
  GROUP BY gemeente, kwartaal, maatwerk_id
)
SELECT gemeente, aanbieder,
  CASE WHEN personen = 1 THEN eerste ELSE CAST(NULL AS BIGINT) END AS client,
  kwartaal, maatwerk_id AS geval,
  CASE
    WHEN personen = 1 THEN FALSE
    WHEN personen > 2 OR gezinnen > 1 THEN TRUE
    WHEN met_gezin = regels THEN FALSE
    ELSE CAST(NULL AS BOOLEAN)
  END AS treffer,
  bedrag_ct, personen
FROM nummers
