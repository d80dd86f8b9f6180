/*---
title     = "Jeugdigen die komend kwartaal 18 worden"
question  = "Welke jeugdigen met lopende hulp worden in het volgende kwartaal 18?"
why       = "Vanaf 18 jaar komt hulp meestal uit de Wmo, de Zvw of de Wlz; dat moet geregeld zijn voor de verjaardag."
kind      = "signaal"
regel     = "H24"
hoofdstuk = "aflopend"
invloed   = "gemeente"
geval     = ["jeugdige met lopende hulp", "jeugdigen met lopende hulp"]
nummer    = "toewijzing"
zin       = "Van de {van} jeugdigen met lopende hulp {n?wordt|worden} er {n#} in het volgende kwartaal 18, de meeste in {meest_gemeente}."
gesprek   = "Is voor deze jeugdigen bekend welke hulp na hun verjaardag nodig is en wie die betaalt?"
remedie   = "Laat de toegang voor elke jeugdige de overgang naar Wmo, Zvw of Wlz vastleggen."
goed      = "Een jeugdige die over twee kwartalen 18 wordt."
fout      = "Een jeugdige die volgend kwartaal 18 wordt en een toewijzing heeft die dan nog loopt."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Quarters are numbered so that the next one is one more. When only the year of birth is known: in another year than that of
-- the next quarter the child does not turn 18 in it.
WITH lopend AS (
  SELECT client, kwartaal, MIN(gemeente) AS gemeente, MIN(aanbieder) AS aanbieder, MIN(wordt_18) AS wordt_18, MIN(geboortejaar) AS geboortejaar,
         MIN(toewijzingnummer) AS toewijzingnummer, MIN(einddatum) AS eerste_einddatum
  FROM toewijzingen_per_kwartaal
  WHERE loopt_op_einde
  GROUP BY client, kwartaal
)
SELECT
  gemeente,
  aanbieder,
  client,
  kwartaal,
  toewijzingnummer AS geval,
  CASE
    WHEN wordt_18 IS NOT NULL
      THEN 4 * CAST(SUBSTR(wordt_18, 1, 4) AS BIGINT) + CAST(SUBSTR(wordt_18, 7, 1) AS BIGINT)
        = 4 * CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) + 1
    WHEN geboortejaar + 18 <> CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) + CASE WHEN SUBSTR(kwartaal, 7, 1) = '4' THEN 1 ELSE 0 END THEN FALSE
    ELSE NULL
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  eerste_einddatum
FROM lopend
