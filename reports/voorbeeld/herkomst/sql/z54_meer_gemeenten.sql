/*---
title     = "Aanbieders met maatwerk in meer dan één gemeente"
question  = "Welke aanbieders leveren maatwerk in twee of meer gemeenten van de regio?"
why       = "Wie in meer gemeenten buiten het contract om werkt, kan zich beter inschrijven; anders loont het om dat niet te doen."
kind      = "signaal"
regel     = "Z54"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["aanbieder met maatwerk", "aanbieders met maatwerk"]
nummer    = "aanbieder"
zin       = "{n#} van de {van} aanbieders met maatwerk {n?levert|leveren} dat in vier kwartalen in twee of meer gemeenten."
gesprek   = "Is inschrijven bij de volgende ronde een optie, en wat houdt dat nu tegen?"
remedie   = "Nodig de aanbieder uit om zich in te schrijven, en stem tussen de gemeenten af onder welke voorwaarden zij maatwerk inzetten."
goed      = "Een aanbieder met drie overeenkomsten in één gemeente."
fout      = "Een aanbieder met overeenkomsten in vier van de vijf gemeenten."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["overeenkomsten_per_kwartaal"]
---*/
-- Maatwerk is hier een overeenkomst in het register of een declaratie die als maatwerk is herkend.
WITH gezien AS (
  SELECT aanbieder, gemeente, client, bedrag_ct, CAST(NULL AS VARCHAR) AS maatwerk_id
  FROM declaraties
  WHERE is_maatwerk
  UNION ALL
  SELECT aanbieder, gemeente, client, CAST(0 AS BIGINT) AS bedrag_ct, maatwerk_id
  FROM overeenkomsten_per_kwartaal
),
per_aanbieder AS (
  SELECT aanbieder, CAST(COUNT(DISTINCT gemeente) AS BIGINT) AS gemeenten, CAST(COUNT(DISTINCT maatwerk_id) AS BIGINT) AS overeenkomsten,
    CAST(COUNT(DISTINCT client) AS BIGINT) AS aantal_jeugdigen, SUM(bedrag_ct) AS gedeclareerd_ct
  FROM gezien
  GROUP BY aanbieder
)
SELECT CAST(NULL AS VARCHAR) AS gemeente, aanbieder, CAST(NULL AS BIGINT) AS client, CAST(NULL AS VARCHAR) AS kwartaal, aanbieder AS geval,
  CASE WHEN gemeenten >= 2 THEN TRUE ELSE FALSE END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, gemeenten AS in_gemeenten, overeenkomsten, aantal_jeugdigen, gedeclareerd_ct
FROM per_aanbieder
