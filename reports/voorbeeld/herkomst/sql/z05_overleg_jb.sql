/*---
title     = "Maatwerk bij een JB-maatregel zonder overleg"
question  = "Is bij maatwerk voor een jeugdige met een JB-maatregel het overleg met de CJG-consulent vastgelegd?"
why       = "Bij jeugdbescherming overlegt de gecertificeerde instelling eerst met de CJG-consulent, en gaat een gecontracteerde aanbieder voor."
kind      = "signaal"
regel     = "Z05"
hoofdstuk = "proces"
invloed   = "geen"
geval     = ["maatwerkovereenkomst met een JB-maatregel", "maatwerkovereenkomsten met een JB-maatregel"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "Bij {n#} van de {van} maatwerkovereenkomsten met een JB-maatregel is geen overleg met de CJG-consulent vastgelegd."
gesprek   = "Heeft het overleg plaatsgevonden en is het alleen niet vastgelegd, of is het overgeslagen?"
remedie   = "Leg het overleg vast in de lijst van maatregelen of op het aanvraagformulier; voer het anders alsnog."
goed      = "Een overeenkomst tijdens een JB-maatregel waarbij overleg CJG op ja staat."
fout      = "Een overeenkomst tijdens een JB-maatregel waarbij overleg CJG op nee staat of leeg is."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
optional  = ["maatregelen", "aanvragen"]
---*/
-- Leeg betekent "niet vastgelegd" zodra dezelfde lijst het overleg bij een ander wel noemt; anders ontbreekt de kolom.
-- Eén vastgelegd overleg is genoeg. De cijfers: 2 = vastgelegd, 1 = niet vastgelegd, 0 = niet te zeggen.
WITH nieuw AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, maatregel, ingangsdatum, contractwaarde_ct
  FROM overeenkomsten_per_kwartaal
  WHERE is_nieuw
),
in_maatregelen AS (
  SELECT CAST(COUNT(overleg_cjg) AS BIGINT) AS ingevuld FROM maatregelen
),
in_aanvragen AS (
  SELECT CAST(COUNT(overleg_cjg) AS BIGINT) AS ingevuld FROM aanvragen
),
gezien AS (
  SELECT n.maatwerk_id AS maatwerk_id, n.client AS client,
    CASE WHEN m.overleg_cjg THEN 2 WHEN i.ingevuld > 0 THEN 1 ELSE 0 END AS overleg
  FROM nieuw AS n
  JOIN maatregelen AS m ON n.client = m.client
  CROSS JOIN in_maatregelen AS i
  WHERE UPPER(m.soort) = 'JB' AND m.ingangsdatum <= n.ingangsdatum
    AND (m.einddatum IS NULL OR m.einddatum >= n.ingangsdatum)
  UNION ALL
  SELECT n.maatwerk_id AS maatwerk_id, n.client AS client,
    CASE WHEN a.overleg_cjg THEN 2 WHEN i.ingevuld > 0 THEN 1 ELSE 0 END AS overleg
  FROM nieuw AS n
  JOIN aanvragen AS a ON n.maatwerk_id = a.maatwerk_id AND n.client = a.client
  CROSS JOIN in_aanvragen AS i
  WHERE UPPER(a.maatregel) = 'JB'
  UNION ALL
  SELECT maatwerk_id, client, 0 AS overleg FROM nieuw WHERE UPPER(maatregel) = 'JB'
),
beste AS (
  SELECT maatwerk_id, client, MAX(overleg) AS overleg FROM gezien GROUP BY maatwerk_id, client
)
SELECT n.gemeente AS gemeente, n.aanbieder AS aanbieder, n.client AS client, n.kwartaal AS kwartaal, n.maatwerk_id AS geval,
  CASE WHEN b.overleg = 2 THEN FALSE WHEN b.overleg = 1 THEN TRUE ELSE CAST(NULL AS BOOLEAN) END AS treffer,
  COALESCE(n.contractwaarde_ct, 0) AS bedrag_ct, n.ingangsdatum AS ingangsdatum
FROM nieuw AS n
JOIN beste AS b ON n.maatwerk_id = b.maatwerk_id AND n.client = b.client
