/*---
title     = "Ontbrekende halfjaarrapportages"
question  = "Welke gecontracteerde aanbieders leverden geen halfjaarrapportage?"
why       = "Zonder rapportage is niet te zien of prijs, prestatie en kwaliteit zijn wat is afgesproken."
kind      = "signaal"
regel     = "H13"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["gecontracteerde aanbieder", "gecontracteerde aanbieders"]
zin       = "Van {n#} van de {van} gecontracteerde aanbieders is over het laatste afgesloten halfjaar geen rapportage ontvangen."
gesprek   = "Is de rapportage onderweg, of weet de aanbieder niet dat hij wordt verwacht?"
remedie   = "Vraag de rapportage op en leg de ontvangst vast."
goed      = "Een aanbieder met een contract in het eerste halfjaar en een rapportage die op 15 september binnenkwam."
fout      = "Een aanbieder met een contract in het eerste halfjaar en geen rapportage daarover."
drempels  = []
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- The last half-year that was over at the end of the quarter: its number, and a year and half as one number to join on.
WITH halfjaren AS (
  SELECT kwartaal, jaar, peildatum_dag, kwartaal_eind_dag,
         2 * jaar + CASE SUBSTR(kwartaal, 7, 1) WHEN '1' THEN -1 WHEN '2' THEN 0 WHEN '3' THEN 0 ELSE 1 END AS nummer
  FROM regio
),
lopend AS (
  -- Half-years that a contract touches are known from its first and last year and half.
  SELECT c.aanbieder, h.kwartaal, h.nummer, MIN(c.contract_id) AS contract_id,
         MAX(CASE WHEN 2 * CAST(SUBSTR(c.ingangsdatum_kwartaal, 1, 4) AS BIGINT)
                     + CASE WHEN SUBSTR(c.ingangsdatum_kwartaal, 7, 1) IN ('1', '2') THEN 0 ELSE 1 END <= h.nummer
                   AND (c.einddatum_kwartaal IS NULL
                        OR 2 * CAST(SUBSTR(c.einddatum_kwartaal, 1, 4) AS BIGINT)
                          + CASE WHEN SUBSTR(c.einddatum_kwartaal, 7, 1) IN ('1', '2') THEN 0 ELSE 1 END >= h.nummer)
                  THEN 1 ELSE 0 END) AS is_lopend
  FROM contracten c
  CROSS JOIN halfjaren h
  GROUP BY c.aanbieder, h.kwartaal, h.nummer
),
ontvangen AS (
  SELECT p.aanbieder, 2 * p.jaar + p.halfjaar - 1 AS nummer, MIN(p.ontvangen_op) AS ontvangen_op
  FROM rapportages p
  CROSS JOIN regio r
  WHERE p.ontvangen_op_dag - r.peildatum_dag <= 0
  GROUP BY p.aanbieder, 2 * p.jaar + p.halfjaar - 1
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  l.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  l.kwartaal,
  l.aanbieder AS geval,
  o.aanbieder IS NULL AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  l.contract_id,
  o.ontvangen_op
FROM lopend l
LEFT JOIN ontvangen o ON l.aanbieder = o.aanbieder AND l.nummer = o.nummer
WHERE l.is_lopend = 1
