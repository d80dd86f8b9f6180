/*---
title     = "Aanvraag voor verblijf buiten het KNOOPpunt om"
question  = "Gaat een aanvraag voor verblijf via het KNOOPpunt Verblijf?"
why       = "Aanvragen voor verblijf gaan via het KNOOPpunt Verblijf, dat het aanbod van de regio kent."
kind      = "signaal"
regel     = "Z10"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag voor verblijf", "aanvragen voor verblijf"]
nummer    = "aanvraag"
zin       = "{n#} van de {van} aanvragen voor verblijf {n?is|zijn} buiten het KNOOPpunt Verblijf om ingediend."
gesprek   = "Waarom liep deze aanvraag niet via het KNOOPpunt Verblijf?"
remedie   = "Leg de aanvraag alsnog voor aan het KNOOPpunt Verblijf, of verbeter de route in de aanvraag."
goed      = "Een aanvraag voor een gezinshuis met route KNOOPpunt."
fout      = "Een aanvraag voor een gezinshuis met route regulier."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Wat zeker ambulant is, is geen geval.
WITH verblijf AS (
  SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id, hulptype, route,
    COALESCE(is_verblijf, CASE WHEN hulptype = 'ambulant' THEN FALSE
      WHEN hulptype IN ('pleegzorg', 'gezinshuis', 'ouder-kindhuis', 'instelling') THEN TRUE
      ELSE CAST(NULL AS BOOLEAN) END) AS verblijf
  FROM aanvragen
)
SELECT gemeente, aanbieder, client, kwartaal, aanvraag_id AS geval,
  CASE
    WHEN route = 'KNOOPpunt' THEN FALSE
    WHEN verblijf AND route IS NOT NULL THEN TRUE
    ELSE CAST(NULL AS BOOLEAN)
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, hulptype, route
FROM verblijf
WHERE verblijf IS NULL OR verblijf
