/*---
title     = "Ontbrekende halfjaarrapportages"
question  = "Welke gecontracteerde aanbieders leverden geen halfjaarrapportage?"
why       = "Zonder rapportage is niet te zien of prijs, prestatie en kwaliteit zijn wat is afgesproken."
kind      = "signaal"
regel     = "H13"
hoofdstuk = "aanbieders"
invloed   = "aanbieder"
geval     = ["gecontracteerde aanbieder", "gecontracteerde aanbieders"]
nummer    = "aanbieder"
zin       = "Van {n#} van de {van} gecontracteerde aanbieders is over het laatste afgesloten halfjaar geen rapportage ontvangen."
gesprek   = "Is de rapportage onderweg, en is afgesproken wanneer zij komt?"
remedie   = "Vraag de rapportage op en leg de ontvangst vast."
goed      = "Een aanbieder met een contract in het eerste halfjaar en een rapportage die op 15 september binnenkwam."
fout      = "Een aanbieder met een contract in het eerste halfjaar en geen rapportage daarover, 61 dagen na dat halfjaar, bij een grens van 60 dagen."
drempels  = ["afspraken.rapportage_dagen"]
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- The last half-year that was over at the end of the quarter: its number, a year and half as one number to join on.
-- A report without a day of receipt may have been received: cannot be told. Until so
-- many days after the half-year nothing is asked yet.
WITH halfjaren AS (
  SELECT kwartaal, peildatum_dag,
         peildatum_dag - CASE WHEN SUBSTR(kwartaal, 7, 1) IN ('1', '3') THEN kwartaal_begin_dag - 1 ELSE kwartaal_eind_dag END AS dagen_na,
         2 * jaar + CASE SUBSTR(kwartaal, 7, 1) WHEN '1' THEN -1 WHEN '2' THEN 0 WHEN '3' THEN 0 ELSE 1 END AS nummer
  FROM regio
),
lopend AS (
  -- Half-years that a contract touches are known from its first and last year and half.
  SELECT c.aanbieder, h.kwartaal, h.nummer, h.dagen_na, MIN(c.contract_id) AS contract_id,
         MAX(CASE WHEN 2 * CAST(SUBSTR(c.ingangsdatum_kwartaal, 1, 4) AS BIGINT)
                     + CASE WHEN SUBSTR(c.ingangsdatum_kwartaal, 7, 1) IN ('1', '2') THEN 0 ELSE 1 END <= h.nummer
                   AND (c.einddatum_kwartaal IS NULL
                        OR 2 * CAST(SUBSTR(c.einddatum_kwartaal, 1, 4) AS BIGINT)
                          + CASE WHEN SUBSTR(c.einddatum_kwartaal, 7, 1) IN ('1', '2') THEN 0 ELSE 1 END >= h.nummer)
                  THEN 1 ELSE 0 END) AS is_lopend
  FROM contracten c
  CROSS JOIN halfjaren h
  GROUP BY c.aanbieder, h.kwartaal, h.nummer, h.dagen_na
),
ontvangen AS (
  -- 2: received on the reference date; 1: no day; 0: received later.
  SELECT p.aanbieder, 2 * p.jaar + p.halfjaar - 1 AS nummer, MIN(p.ontvangen_op) AS ontvangen_op,
         MAX(CASE WHEN p.ontvangen_op_dag IS NULL THEN 1 WHEN p.ontvangen_op_dag - r.peildatum_dag <= 0 THEN 2 ELSE 0 END) AS stand
  FROM rapportages p
  CROSS JOIN regio r
  GROUP BY p.aanbieder, 2 * p.jaar + p.halfjaar - 1
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  l.aanbieder,
  CAST(NULL AS BIGINT) AS client,
  l.kwartaal,
  l.aanbieder AS geval,
  CASE
    WHEN COALESCE(o.stand, 0) = 2 THEN FALSE
    WHEN COALESCE(o.stand, 0) = 1 OR r.rapportage_dagen IS NULL OR l.dagen_na <= r.rapportage_dagen THEN NULL
    ELSE TRUE
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  l.contract_id,
  o.ontvangen_op
FROM lopend l
CROSS JOIN regio r
LEFT JOIN ontvangen o ON l.aanbieder = o.aanbieder AND l.nummer = o.nummer
WHERE l.is_lopend = 1
