/*---
title     = "Instroom in Veiligheid na ambulante hulp"
question  = "Bij welke jeugdigen die nieuw zijn in het segment Veiligheid stopte de ambulante hulp het kwartaal ervoor?"
why       = "Het segment Veiligheid hangt van de andere af: stopt ambulante hulp te vroeg, dan kan de instroom daar groeien."
kind      = "signaal"
regel     = "H28"
hoofdstuk = "signalen"
invloed   = "beide"
geval     = ["jeugdige die nieuw is in het segment Veiligheid", "jeugdigen die nieuw zijn in het segment Veiligheid"]
nummer    = "toewijzing"
zin       = "Van de {van} jeugdigen die nieuw zijn in het segment Veiligheid {n?had|hadden} er {n#} het kwartaal ervoor ambulante hulp die nu niet meer loopt."
gesprek   = "Was de ambulante hulp klaar, of hield zij op voordat de situatie veilig was?"
remedie   = "Bespreek deze jeugdigen met de toegang en met de aanbieder van de ambulante hulp."
goed      = "Ambulante hulp in het tweede en derde kwartaal, en Veiligheid vanaf het derde."
fout      = "Ambulante hulp tot en met het tweede kwartaal, en Veiligheid vanaf het derde."
drempels  = []
period    = "vier_kwartalen"
over      = "kwartaal"
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
kwartalen AS (
  SELECT kwartaal, 1 AS is_nu FROM regio
  UNION ALL
  SELECT CASE WHEN SUBSTR(kwartaal, 7, 1) = '1' THEN CAST(jaar - 1 AS VARCHAR) || '-K4'
              ELSE SUBSTR(kwartaal, 1, 6) || CAST(CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) - 1 AS VARCHAR) END AS kwartaal, 0 AS is_nu
  FROM regio
),
zorg AS (
  SELECT d.client, k.is_nu, MIN(d.kwartaal) AS kwartaal, MAX(s.is_veiligheid) AS is_veiligheid, MAX(s.is_ambulant) AS is_ambulant,
         MIN(d.gemeente) AS gemeente, MIN(d.toewijzingnummer) AS toewijzingnummer,
         MIN(d.agb || ' · ' || d.productcode) AS omschrijving
  FROM declaraties d
  INNER JOIN soorten s ON d.segment = s.segment
  INNER JOIN kwartalen k ON d.kwartaal = k.kwartaal
  WHERE d.volume_milli > 0
  GROUP BY d.client, k.is_nu
),
vorig AS (
  SELECT client, is_veiligheid, is_ambulant FROM zorg WHERE is_nu = 0
),
bekend AS (
  SELECT COUNT(*) AS n FROM vorig
)
SELECT
  n.gemeente,
  CAST(NULL AS VARCHAR) AS aanbieder,
  n.client,
  n.kwartaal,
  COALESCE(n.toewijzingnummer, n.omschrijving) AS geval,
  CASE WHEN b.n = 0 THEN NULL ELSE COALESCE(v.is_ambulant, 0) = 1 AND n.is_ambulant = 0 END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct
FROM zorg n
LEFT JOIN vorig v ON n.client = v.client
CROSS JOIN bekend b
WHERE n.is_nu = 1 AND n.is_veiligheid = 1 AND COALESCE(v.is_veiligheid, 0) = 0
