/*---
title        = "Welke toets van ICM ontbreekt"
question     = "Welke van de zes toetsen is bij adviezen van ICM het vaakst niet ingevuld?"
why          = "Eén toets die steeds ontbreekt, vraagt om een andere werkwijze en niet om een gesprek per advies."
kind         = "measure"
keys         = ["gemeente", "toets", "kwartaal"]
levels       = [["toets", "kwartaal"], ["gemeente", "toets", "kwartaal"]]
value        = "keren"
unit         = "keren"
contributors = ["client", "aanbieder"]
measure      = "toets_niet_ingevuld"
regel        = "Z71"
hoofdstuk    = "proces"
zin          = "Het vaakst ontbreekt: {grootste} ({grootste_aandeel} van alles wat ontbreekt)."
period       = "kwartaal"
owner        = "ICM"
reviewed     = 2026-11-26
---*/
-- An export without such a column gives NULL, and no row.
WITH ontbrekend AS (
  SELECT gemeente, kwartaal, client, aanbieder, 'eerdere inschrijving' AS toets
  FROM aanvragen WHERE advies_icm IS NOT NULL AND NOT toets_inschrijving
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'bereid zich in te schrijven' AS toets
  FROM aanvragen WHERE advies_icm IS NOT NULL AND NOT toets_bereidheid
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'contract in een andere regio' AS toets
  FROM aanvragen WHERE advies_icm IS NOT NULL AND NOT toets_andere_regio
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'kwaliteitsonderzoek' AS toets
  FROM aanvragen WHERE advies_icm IS NOT NULL AND NOT toets_kwaliteit
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'fraude en surseance' AS toets
  FROM aanvragen WHERE advies_icm IS NOT NULL AND NOT toets_fraude
  UNION ALL
  SELECT gemeente, kwartaal, client, aanbieder, 'tarief' AS toets
  FROM aanvragen WHERE advies_icm IS NOT NULL AND NOT toets_tarief
)
SELECT gemeente, toets, kwartaal, client, aanbieder, COUNT(*) AS keren
FROM ontbrekend
GROUP BY gemeente, toets, kwartaal, client, aanbieder
