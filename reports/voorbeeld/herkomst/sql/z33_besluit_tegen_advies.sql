/*---
title     = "Besluit anders dan het advies dat de doorslag geeft"
question  = "Bij welke aanvragen met twee verschillende adviezen is het advies dat de doorslag geeft niet gevolgd?"
why       = "Bij verschil geeft één advies de doorslag; is dat niet gevolgd, dan is er meer aan de hand dan de adviezen laten zien."
kind      = "signaal"
regel     = "Z33"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
nummer    = "aanvraag"
zin       = "Bij {n} (van de {van} met verschillende adviezen) is anders besloten dan het advies dat de doorslag geeft."
gesprek   = "Waarom is anders besloten, en staat de reden bij het besluit?"
remedie   = "Leg bij het besluit vast waarom het advies niet is gevolgd."
goed      = "Beleid adviseerde negatief, ICM positief, en de aanvraag is afgewezen."
fout      = "Beleid adviseerde negatief, ICM positief, en de aanvraag is toegekend."
drempels  = ["advies.doorslag"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH doorslag_van AS (
  SELECT doorslag AS rol_doorslag FROM regio
),
verschillen AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, advies_beleid, advies_icm, besluit, besluitdatum,
         CASE WHEN rol_doorslag = 'beleid' THEN advies_beleid WHEN rol_doorslag = 'icm' THEN advies_icm END AS telt
  FROM aanvragen CROSS JOIN doorslag_van
  WHERE advies_beleid <> advies_icm
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
       CASE WHEN telt = 'positief' AND besluit = 'afgewezen' THEN TRUE
            WHEN telt = 'negatief' AND besluit = 'toegekend' THEN TRUE
            WHEN telt = 'positief' AND besluit = 'toegekend' THEN FALSE
            WHEN telt = 'negatief' AND besluit = 'afgewezen' THEN FALSE
       END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       advies_beleid, advies_icm, besluit, besluitdatum
FROM verschillen
