/*---
title     = "Instroom in Veiligheid na ambulante hulp"
question  = "Bij welke jeugdigen die nieuw zijn in het segment Veiligheid stopte de ambulante hulp het kwartaal ervoor?"
why       = "Het segment Veiligheid hangt van de andere af: stopt ambulante hulp te vroeg, dan kan de instroom daar groeien."
kind      = "signaal"
regel     = "H28"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["jeugdige die nieuw is in het segment Veiligheid", "jeugdigen die nieuw zijn in het segment Veiligheid"]
zin       = "Van de {van} jeugdigen die nieuw zijn in het segment Veiligheid {n?had|hadden} er {n#} het kwartaal ervoor ambulante hulp die nu niet meer loopt."
gesprek   = "Was de ambulante hulp klaar, of hield zij op voordat de situatie veilig was?"
remedie   = "Bespreek deze jeugdigen met de toegang en met de aanbieder van de ambulante hulp."
goed      = "Ambulante hulp in het tweede en derde kwartaal, en Veiligheid vanaf het derde."
fout      = "Ambulante hulp tot en met het tweede kwartaal, en Veiligheid vanaf het derde."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Segments are known by their name in the region file. Without any declaration in the quarter before, nobody is known to be new.
WITH soorten AS (
  SELECT segment,
         CASE WHEN LOWER(naam) LIKE '%veiligheid%' THEN 1 ELSE 0 END AS is_veiligheid,
         CASE WHEN LOWER(naam) LIKE '%ambulant%' THEN 1 ELSE 0 END AS is_ambulant
  FROM segmenten
),
zorg AS (
  SELECT d.client, d.kwartaal, MAX(s.is_veiligheid) AS is_veiligheid, MAX(s.is_ambulant) AS is_ambulant,
         MIN(d.gemeente) AS gemeente, MIN(d.toewijzingnummer) AS toewijzingnummer,
         MIN(d.agb || ' · ' || d.productcode) AS omschrijving, SUM(d.bedrag_ct) AS bedrag_ct,
         4 * CAST(SUBSTR(d.kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(d.kwartaal, 7, 1) AS BIGINT) AS nummer
  FROM declaraties d
  INNER JOIN soorten s ON d.segment = s.segment
  WHERE d.volume_milli > 0
  GROUP BY d.client, d.kwartaal
),
nu AS (
  SELECT z.client, z.kwartaal, z.is_ambulant, z.gemeente, z.toewijzingnummer, z.omschrijving, z.nummer - 1 AS vorig_nummer
  FROM zorg z
  INNER JOIN regio r ON z.kwartaal = r.kwartaal
  WHERE z.is_veiligheid = 1
),
vorige AS (
  SELECT nummer, COUNT(*) AS n FROM zorg GROUP BY nummer
)
SELECT
  n.gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  n.client,
  n.kwartaal,
  COALESCE(n.toewijzingnummer, n.omschrijving) AS geval,
  CASE WHEN q.n IS NULL THEN NULL ELSE COALESCE(v.is_ambulant, 0) = 1 AND n.is_ambulant = 0 END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct
FROM nu n
LEFT JOIN zorg v ON n.client = v.client AND n.vorig_nummer = v.nummer
LEFT JOIN vorige q ON n.vorig_nummer = q.nummer
WHERE COALESCE(v.is_veiligheid, 0) = 0
