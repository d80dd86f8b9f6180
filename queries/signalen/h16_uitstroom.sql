/*---
title     = "Uitstroom per aanbieder"
question  = "Bij welk deel van de jeugdigen eindigde de hulp van een aanbieder in het kwartaal?"
why       = "Bekostiging kan uitstroom belonen of remmen; verschillen tussen aanbieders zijn een begin van dat gesprek."
kind      = "signaal"
regel     = "H16"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["combinatie van jeugdige en aanbieder", "combinaties van jeugdige en aanbieder"]
nummer    = "toewijzing"
zin       = "Van de {van} combinaties van jeugdige en aanbieder {n?eindigde|eindigden} er {n#} ({aandeel}) in het kwartaal, zonder vervolg bij dezelfde aanbieder."
gesprek   = "Welke hulp rondt af en welke loopt door, en past dat bij het soort hulp?"
remedie   = "Bespreek met aanbieders met veel of weinig uitstroom hoe zij toewerken naar het einde van de hulp."
goed      = "Een toewijzing tot en met 31 augustus en een volgende bij dezelfde aanbieder vanaf 1 september."
fout      = "Een toewijzing tot en met 31 augustus, en geen volgende bij dezelfde aanbieder."
drempels  = []
period    = "alles"
over      = "kwartaal"
vergelijk = "aanbieder"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- A later toewijzing with the same aanbieder, also one that begins after the quarter, means that the help goes on.
WITH keten AS (
  SELECT t.client, t.aanbieder, r.kwartaal, MIN(t.gemeente) AS gemeente, MAX(t.toewijzingnummer) AS toewijzingnummer,
         MAX(CASE WHEN t.ingangsdatum_dag <= r.kwartaal_eind_dag
                   AND (t.einddatum_dag IS NULL OR t.einddatum_dag >= r.kwartaal_begin_dag) THEN 1 ELSE 0 END) AS in_kwartaal,
         MAX(CASE WHEN t.einddatum_dag IS NULL OR t.einddatum_dag > r.kwartaal_eind_dag THEN 1 ELSE 0 END) AS loopt_door,
         MAX(t.einddatum_dag) - MIN(t.ingangsdatum_dag) + 1 AS duur_dagen
  FROM toewijzingen t
  CROSS JOIN regio r
  GROUP BY t.client, t.aanbieder, r.kwartaal
)
SELECT
  gemeente,
  aanbieder,
  client,
  kwartaal,
  toewijzingnummer AS geval,
  loopt_door = 0 AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CASE WHEN loopt_door = 0 THEN CAST(duur_dagen AS BIGINT) ELSE NULL END AS duur_dagen
FROM keten
WHERE in_kwartaal = 1
