/*---
title     = "Van ambulant naar verblijf"
question  = "Welke jeugdigen met alleen ambulante hulp hebben een kwartaal later verblijf?"
why       = "Naast wie naar huis gaat, hoort te staan wie de andere kant op gaat."
kind      = "signaal"
regel     = "H08"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["jeugdige die het kwartaal ervoor alleen ambulante hulp had", "jeugdigen die het kwartaal ervoor alleen ambulante hulp hadden"]
nummer    = "toewijzing"
zin       = "Van de {van} jeugdigen met alleen ambulante hulp in het kwartaal ervoor {n?heeft|hebben} er {n#} nu verblijf."
gesprek   = "Was verblijf te voorkomen met andere of eerdere ambulante hulp?"
remedie   = "Bespreek deze jeugdigen met de toegang en kijk wat er eerder had gekund."
goed      = "Alleen ambulante hulp in het tweede en in het derde kwartaal."
fout      = "Alleen ambulante hulp in het tweede kwartaal, en verblijf in het derde."
drempels  = []
period    = "vier_kwartalen"
over      = "kwartaal"
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
kwartalen AS (
  SELECT kwartaal, 1 AS is_nu FROM regio
  UNION ALL
  SELECT CASE WHEN SUBSTR(kwartaal, 7, 1) = '1' THEN CAST(jaar - 1 AS VARCHAR) || '-K4'
              ELSE SUBSTR(kwartaal, 1, 6) || CAST(CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) - 1 AS VARCHAR) END AS kwartaal, 0 AS is_nu
  FROM regio
),
zorg AS (
  SELECT d.client, k.is_nu, MIN(d.kwartaal) AS kwartaal, MAX(s.is_verblijf) AS is_verblijf, MAX(s.is_ambulant) AS is_ambulant,
         MIN(d.gemeente) AS gemeente, MIN(d.toewijzingnummer) AS toewijzingnummer,
         MIN(d.agb || ' · ' || d.productcode) AS omschrijving
  FROM declaraties d
  INNER JOIN soorten s ON d.segment = s.segment
  INNER JOIN kwartalen k ON d.kwartaal = k.kwartaal
  WHERE d.volume_milli > 0
  GROUP BY d.client, k.is_nu
)
SELECT
  n.gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  n.client,
  n.kwartaal,
  COALESCE(n.toewijzingnummer, n.omschrijving) AS geval,
  n.is_verblijf = 1 AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct
FROM zorg n
INNER JOIN zorg v ON n.client = v.client
WHERE n.is_nu = 1 AND v.is_nu = 0 AND v.is_verblijf = 0 AND v.is_ambulant = 1
