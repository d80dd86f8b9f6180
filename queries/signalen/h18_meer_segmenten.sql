/*---
title     = "Aanbieders met contracten in meer segmenten"
question  = "Welk deel van de aanbieders heeft contracten in meer dan één segment?"
why       = "De regio moedigt contracten in meer segmenten aan, zodat hulp in elkaar over kan gaan."
kind      = "signaal"
regel     = "H18"
hoofdstuk = "aanbieders"
invloed   = "beide"
geval     = ["gecontracteerde aanbieder", "gecontracteerde aanbieders"]
nummer    = "aanbieder"
zin       = "Van de {van} gecontracteerde aanbieders {n?heeft|hebben} er {n#} ({aandeel}) contracten in meer dan één segment; dat is wat de regio aanmoedigt."
gesprek   = "Waar helpt een tweede segment om hulp te laten overgaan, en waar geeft het vooral administratie?"
remedie   = "Dit is een telling: er is niets te herstellen. Betrek haar bij de volgende inkoop."
goed      = "Niet geteld: een aanbieder met alleen contracten in segment 4."
fout      = "Geteld, en geen fout: een aanbieder met contracten in segment 1 en segment 4."
drempels  = []
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- A count, not a fault: a hit is what the region encourages. Contracts that run on the reference date. With a segment missing,
-- one segment may be two.
WITH lopend AS (
  SELECT c.aanbieder, r.kwartaal, COUNT(DISTINCT c.segment) AS segmenten, COUNT(*) AS contracten, COUNT(c.segment) AS met_segment
  FROM contracten c
  CROSS JOIN regio r
  WHERE c.ingangsdatum_dag - r.peildatum_dag <= 0 AND (c.einddatum_dag IS NULL OR c.einddatum_dag - r.peildatum_dag >= 0)
  GROUP BY c.aanbieder, r.kwartaal
)
SELECT
  CAST(NULL AS VARCHAR) AS gemeente,
  aanbieder,
  CAST(NULL AS BIGINT) AS client,
  kwartaal,
  aanbieder AS geval,
  CASE WHEN segmenten >= 2 THEN TRUE WHEN met_segment = contracten THEN FALSE ELSE NULL END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  CAST(segmenten AS BIGINT) AS segmenten
FROM lopend
