/*---
title     = "Van ambulant naar verblijf"
question  = "Welke jeugdigen met alleen ambulante hulp hebben een kwartaal later verblijf?"
why       = "Naast wie naar huis gaat, hoort te staan wie de andere kant op gaat."
kind      = "signaal"
regel     = "H08"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["jeugdige die het kwartaal ervoor alleen ambulante hulp had", "jeugdigen die het kwartaal ervoor alleen ambulante hulp hadden"]
zin       = "Van de {van} jeugdigen met alleen ambulante hulp in het kwartaal ervoor {n?heeft|hebben} er {n#} nu verblijf."
gesprek   = "Was verblijf te voorkomen met andere of eerdere ambulante hulp?"
remedie   = "Bespreek deze jeugdigen met de toegang en kijk wat er eerder had gekund."
goed      = "Alleen ambulante hulp in het tweede en in het derde kwartaal."
fout      = "Alleen ambulante hulp in het tweede kwartaal, en verblijf in het derde."
drempels  = []
period    = "vier_kwartalen"
vergelijk = "gemeente"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Segments are known by their name in the region file.
WITH soorten AS (
  SELECT segment,
         CASE WHEN LOWER(naam) LIKE '%verblijf%' OR LOWER(naam) LIKE '%wonen%' THEN 1 ELSE 0 END AS is_verblijf,
         CASE WHEN LOWER(naam) LIKE '%ambulant%' THEN 1 ELSE 0 END AS is_ambulant
  FROM segmenten
),
zorg AS (
  SELECT d.client, d.kwartaal, MAX(s.is_verblijf) AS is_verblijf, MAX(s.is_ambulant) AS is_ambulant,
         MIN(d.gemeente) AS gemeente, MIN(d.toewijzingnummer) AS toewijzingnummer,
         MIN(d.agb || ' · ' || d.productcode) AS omschrijving,
         4 * CAST(SUBSTR(d.kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(d.kwartaal, 7, 1) AS BIGINT) AS nummer
  FROM declaraties d
  INNER JOIN soorten s ON d.segment = s.segment
  WHERE d.volume_milli > 0
  GROUP BY d.client, d.kwartaal
),
nu AS (
  SELECT z.client, z.kwartaal, z.is_verblijf, z.gemeente, z.toewijzingnummer, z.omschrijving,
         z.nummer - 1 AS vorig_nummer
  FROM zorg z
  INNER JOIN regio r ON z.kwartaal = r.kwartaal
)
SELECT
  n.gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  n.client,
  n.kwartaal,
  COALESCE(n.toewijzingnummer, n.omschrijving) AS geval,
  n.is_verblijf = 1 AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct
FROM nu n
INNER JOIN zorg v ON n.client = v.client AND n.vorig_nummer = v.nummer
WHERE v.is_verblijf = 0 AND v.is_ambulant = 1
