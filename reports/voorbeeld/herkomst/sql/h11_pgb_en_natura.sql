/*---
title     = "PGB en hulp in natura tegelijk"
question  = "Welke jeugdigen met een PGB kregen in hetzelfde kwartaal ook ambulante hulp in natura?"
why       = "Samen kan bedoeld zijn, maar ook een overgang of dubbele hulp; zonder PGB in beeld is dat niet te zien."
kind      = "signaal"
regel     = "H11"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["jeugdige met een PGB", "jeugdigen met een PGB"]
nummer    = "toewijzing"
bedrag    = "hulp in natura"
zin       = "Van de {van} jeugdigen met een PGB {n?kreeg|kregen} er {n#} in hetzelfde kwartaal ook ambulante hulp in natura, voor {bedrag}."
gesprek   = "Vullen PGB en hulp in natura elkaar aan, is het een overgang, of is er dubbel toegekend?"
remedie   = "Vergelijk de beschikking van het PGB met de toewijzing in natura."
goed      = "Een PGB tot en met 30 juni en ambulante hulp vanaf 1 juli."
fout      = "Een PGB dat in juli loopt, en ambulante hulp in augustus."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Segments are known by their name in the region file. Care without a segment that the region knows may be ambulant: then it
-- cannot be told of that child.
WITH soorten AS (
  SELECT segment, MAX(CASE WHEN LOWER(naam) LIKE '%ambulant%' THEN 1 ELSE 0 END) AS is_ambulant
  FROM segmenten
  GROUP BY segment
),
bekend AS (
  SELECT COUNT(*) AS n FROM soorten WHERE is_ambulant = 1
),
zonder AS (
  SELECT d.client, d.kwartaal, 1 AS is_onbekend
  FROM declaraties d
  LEFT JOIN soorten s ON d.segment = s.segment
  WHERE s.segment IS NULL
  GROUP BY d.client, d.kwartaal
  HAVING SUM(d.volume_milli) > 0
),
natura AS (
  SELECT d.client, d.kwartaal, MIN(d.toewijzingnummer) AS toewijzingnummer, MIN(d.agb || ' · ' || d.productcode) AS zorg,
         MIN(d.aanbieder) AS aanbieder, SUM(d.bedrag_ct) AS bedrag_ct
  FROM declaraties d
  INNER JOIN soorten s ON d.segment = s.segment
  WHERE s.is_ambulant = 1
  GROUP BY d.client, d.kwartaal
  HAVING SUM(d.volume_milli) > 0
),
pgbs AS (
  SELECT client, kwartaal, MIN(gemeente) AS gemeente, MIN(ingangsdatum) AS ingangsdatum
  FROM pgb_per_kwartaal
  GROUP BY client, kwartaal
)
SELECT
  p.gemeente,
  n.aanbieder,
  p.client,
  p.kwartaal,
  COALESCE(n.toewijzingnummer, n.zorg, 'alleen PGB') AS geval,
  CASE
    WHEN b.n = 0 THEN NULL
    WHEN n.client IS NOT NULL THEN TRUE
    WHEN z.is_onbekend = 1 THEN NULL
    ELSE FALSE
  END AS treffer,
  CAST(COALESCE(n.bedrag_ct, 0) AS BIGINT) AS bedrag_ct,
  p.ingangsdatum AS pgb_vanaf
FROM pgbs p
LEFT JOIN natura n ON p.client = n.client AND p.kwartaal = n.kwartaal
LEFT JOIN zonder z ON p.client = z.client AND p.kwartaal = z.kwartaal
CROSS JOIN bekend b
