/*---
title     = "Positief advies zonder code of tarief"
question  = "Bij welke positieve adviezen van ICM staat niet welke code of welk tarief moet worden gebruikt?"
why       = "Zonder code en tarief kiest ieder zelf, en is het maatwerk later niet te herkennen."
kind      = "signaal"
regel     = "Z36"
hoofdstuk = "proces"
invloed   = "icm"
geval     = ["positief advies", "positieve adviezen"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van}) ontbreekt de te gebruiken code of het tarief."
gesprek   = "Is de code of het tarief langs een andere weg doorgegeven?"
remedie   = "Zet bij een positief advies de te gebruiken code, en het tarief als de aanvraag er geen heeft."
goed      = "Een positief advies met code 45M53, op een aanvraag met een tarief."
fout      = "Een positief advies zonder code, of zonder tarief op een aanvraag die er ook geen heeft."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- The code is for ICM to give; a tariff only where needed, that is when the request has none. Empty everywhere means
-- that the export has no such column.
WITH kolommen AS (
  SELECT COUNT(icm_code) AS n_code, COUNT(icm_tarief_ct) AS n_tarief FROM aanvragen
),
adviezen AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, advies_icm_datum, productcode,
         CASE WHEN icm_code IS NOT NULL THEN FALSE WHEN n_code > 0 THEN TRUE END AS zonder_code,
         CASE WHEN icm_tarief_ct IS NOT NULL OR tarief_ct IS NOT NULL THEN FALSE WHEN n_tarief > 0 THEN TRUE
         END AS zonder_tarief
  FROM aanvragen CROSS JOIN kolommen
  WHERE advies_icm = 'positief'
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       CASE WHEN zonder_code OR zonder_tarief THEN TRUE
            WHEN NOT zonder_code AND NOT zonder_tarief THEN FALSE
       END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       advies_icm_datum, productcode, zonder_code, zonder_tarief
FROM adviezen
