/*---
title     = "Advies van ICM zonder alle zes toetsen"
question  = "Bij welke adviezen van ICM zijn niet alle zes toetsen ingevuld?"
why       = "De zes toetsen onderbouwen het advies; wat niet is ingevuld, is achteraf niet te verantwoorden."
kind      = "signaal"
regel     = "Z71"
hoofdstuk = "proces"
invloed   = "icm"
geval     = ["advies van ICM", "adviezen van ICM"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van}) zijn niet alle zes toetsen ingevuld."
gesprek   = "Is de toets niet gedaan, of niet opgeschreven?"
remedie   = "Vul de toets aan bij het advies, ook als er niets bijzonders uit kwam."
goed      = "Een advies van ICM met zes ingevulde toetsen."
fout      = "Een advies van ICM waarbij de fraudetoets leeg is."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- NULL is an export without that column.
WITH toetsen AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, advies_icm, advies_icm_datum,
         CASE WHEN NOT toets_inschrijving THEN 1 ELSE 0 END
         + CASE WHEN NOT toets_bereidheid THEN 1 ELSE 0 END
         + CASE WHEN NOT toets_andere_regio THEN 1 ELSE 0 END
         + CASE WHEN NOT toets_kwaliteit THEN 1 ELSE 0 END
         + CASE WHEN NOT toets_fraude THEN 1 ELSE 0 END + CASE WHEN NOT toets_tarief THEN 1 ELSE 0 END AS n_zonder,
         CASE WHEN toets_inschrijving IS NULL THEN 1 ELSE 0 END
         + CASE WHEN toets_bereidheid IS NULL THEN 1 ELSE 0 END
         + CASE WHEN toets_andere_regio IS NULL THEN 1 ELSE 0 END
         + CASE WHEN toets_kwaliteit IS NULL THEN 1 ELSE 0 END
         + CASE WHEN toets_fraude IS NULL THEN 1 ELSE 0 END
         + CASE WHEN toets_tarief IS NULL THEN 1 ELSE 0 END AS n_onbekend,
         CASE WHEN NOT toets_inschrijving THEN ', eerdere inschrijving' ELSE '' END
         || CASE WHEN NOT toets_bereidheid THEN ', bereid zich in te schrijven' ELSE '' END
         || CASE WHEN NOT toets_andere_regio THEN ', contract in een andere regio' ELSE '' END
         || CASE WHEN NOT toets_kwaliteit THEN ', kwaliteitsonderzoek' ELSE '' END
         || CASE WHEN NOT toets_fraude THEN ', fraude en surseance' ELSE '' END
         || CASE WHEN NOT toets_tarief THEN ', tarief' ELSE '' END AS namen
  FROM aanvragen
  WHERE advies_icm IS NOT NULL
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       CASE WHEN n_zonder > 0 THEN TRUE WHEN n_onbekend = 0 THEN FALSE END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       advies_icm, advies_icm_datum, CAST(n_zonder AS BIGINT) AS toetsen_niet_ingevuld,
       SUBSTR(namen, 3) AS ontbrekende_toetsen
FROM toetsen
