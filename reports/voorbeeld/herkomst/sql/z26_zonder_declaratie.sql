/*---
title     = "Overeenkomst zonder declaratie"
question  = "Op welke maatwerkovereenkomsten is na de afgesproken weken nog niets gedeclareerd?"
why       = "Dan is de hulp niet begonnen, wordt er onder een andere naam gedeclareerd, of klopt het register niet."
kind      = "signaal"
regel     = "Z26"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["geregistreerde maatwerkovereenkomst", "geregistreerde maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "Op {n#} van de {van} maatwerkovereenkomsten in het register is na {drempel} weken nog niets gedeclareerd."
gesprek   = "Is de hulp begonnen, en hoe wordt zij gedeclareerd?"
remedie   = "Vraag de gemeente of de hulp is begonnen; verbeter zo nodig de aanbieder, de jeugdige of de datums in het register."
goed      = "MW-104 loopt een halfjaar en op twee maanden is zorg gedeclareerd."
fout      = "MW-104 loopt een halfjaar en er is niets gedeclareerd voor die jeugdige door die aanbieder."
drempels  = ["drempels.zonder_declaratie_weken"]
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Bekeken zijn de overeenkomsten die in het kwartaal lopen. Elke als maatwerk herkende regel van die jeugdige en aanbieder telt als
-- declaratie, als zijn periode en de looptijd een dag delen: een regel gaat over een maand, en een overeenkomst begint soms daarin.
-- Korter dan de termijn is nog niets te zeggen; wat vóór de eerste declaratie van de dataset ligt, telt niet als wachten.
WITH eerste AS (
  SELECT MIN(periode_begin_dag) AS dag FROM declaraties
),
lopend AS (
  SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.maatwerk_id AS maatwerk_id,
    o.productcode AS productcode, o.ingangsdatum AS ingangsdatum, o.einddatum AS einddatum,
    o.contractwaarde_ct AS contractwaarde_ct, r.kwartaal AS kwartaal,
    r.peildatum_dag - CASE WHEN e.dag > o.ingangsdatum_dag THEN e.dag ELSE o.ingangsdatum_dag END AS dagen,
    7 * r.zonder_declaratie_weken AS termijn_dagen
  FROM overeenkomsten_per_kwartaal AS o
  JOIN regio AS r ON o.kwartaal = r.kwartaal
  CROSS JOIN eerste AS e
),
zorg AS (
  SELECT client, aanbieder, periode_begin, MAX(COALESCE(periode_eind, periode_begin)) AS periode_eind
  FROM declaraties
  WHERE is_maatwerk
  GROUP BY client, aanbieder, periode_begin
),
gedeclareerd AS (
  SELECT o.maatwerk_id AS maatwerk_id, o.client AS client, CAST(COUNT(*) AS BIGINT) AS perioden
  FROM lopend AS o
  JOIN zorg AS d ON o.client = d.client AND o.aanbieder = d.aanbieder
  WHERE d.periode_eind >= o.ingangsdatum AND (o.einddatum IS NULL OR d.periode_begin <= o.einddatum)
  GROUP BY o.maatwerk_id, o.client
)
SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.kwartaal AS kwartaal, o.maatwerk_id AS geval,
  CASE
    WHEN g.perioden IS NOT NULL THEN FALSE
    WHEN o.dagen > o.termijn_dagen THEN TRUE
    ELSE CAST(NULL AS BOOLEAN)
  END AS treffer,
  COALESCE(o.contractwaarde_ct, 0) AS bedrag_ct, o.productcode AS productcode, o.ingangsdatum AS ingangsdatum, o.einddatum AS einddatum
FROM lopend AS o
LEFT JOIN gedeclareerd AS g ON o.maatwerk_id = g.maatwerk_id AND o.client = g.client
