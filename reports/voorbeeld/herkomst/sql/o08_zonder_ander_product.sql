/*---
title     = "Zorgcoördinatie zonder andere zorg"
question  = "Op welke toewijzingen declareert een aanbieder zorgcoördinatie in een maand waarin hij de jeugdige geen andere zorg geeft?"
why       = "Zorgcoördinatie is alleen bedoeld voor een aanbieder die de jeugdige op dat moment ook andere zorg geeft."
kind      = "signaal"
regel     = "O08"
hoofdstuk = "zorgcoordinatie"
invloed   = "beide"
geval     = ["toewijzing met zorgcoördinatie", "toewijzingen met zorgcoördinatie"]
zin       = "Bij {n#} van de {van} toewijzingen met zorgcoördinatie zijn er maanden zonder andere zorg van dezelfde aanbieder: {bedrag} bij {aanbieders}."
gesprek   = "Gaf de aanbieder toen geen andere zorg, of is die nog niet gedeclareerd?"
remedie   = "Vraag de aanbieder welke andere zorg er in die maanden was; is die er niet geweest, geef de opdracht dan aan een andere aanbieder."
goed      = "Zorgcoördinatie in juli naast begeleiding in juli van dezelfde aanbieder."
fout      = "Zorgcoördinatie in juli terwijl dezelfde aanbieder in juli niets anders declareerde."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH coordinatie AS (
  SELECT
    gemeente, client, aanbieder, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb) AS geval, maand,
    MAX(kwartaal) AS kwartaal, SUM(bedrag_ct) AS kosten_ct
  FROM declaraties
  WHERE is_coordinatie
  GROUP BY gemeente, client, aanbieder, COALESCE(toewijzingnummer, 'zonder toewijzingnummer · ' || agb), maand
  HAVING SUM(volume_milli) > 0
),
jeugdigen AS (
  SELECT client FROM coordinatie GROUP BY client
),
andere_zorg AS (
  SELECT d.client AS client, d.aanbieder AS aanbieder, d.maand AS maand, CAST(1 AS BIGINT) AS is_er
  FROM declaraties AS d
  JOIN jeugdigen ON d.client = jeugdigen.client
  WHERE NOT d.is_coordinatie
  GROUP BY d.client, d.aanbieder, d.maand
  HAVING SUM(d.volume_milli) > 0
)
SELECT
  c.gemeente AS gemeente, c.aanbieder AS aanbieder, c.client AS client, MAX(c.kwartaal) AS kwartaal,
  c.geval AS geval,
  CASE
    WHEN MAX(CASE WHEN r.ander_product_vereist THEN 1 ELSE 0 END) = 0 THEN NULL
    WHEN SUM(CASE WHEN z.is_er IS NULL THEN 1 ELSE 0 END) > 0 THEN TRUE
    ELSE FALSE
  END AS treffer,
  CAST(SUM(CASE WHEN z.is_er IS NULL THEN c.kosten_ct ELSE 0 END) AS BIGINT) AS bedrag_ct,
  CAST(SUM(CASE WHEN z.is_er IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS maanden
FROM coordinatie AS c
CROSS JOIN regio AS r
LEFT JOIN andere_zorg AS z ON c.client = z.client AND c.aanbieder = z.aanbieder AND c.maand = z.maand
GROUP BY c.gemeente, c.client, c.aanbieder, c.geval
