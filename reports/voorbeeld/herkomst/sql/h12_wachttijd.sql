/*---
title     = "Wachten boven de treeknorm"
question  = "Hoe vaak duurde het wachten op hulp langer dan de treeknorm?"
why       = "Wachttijden staan op de agenda van de regio; zonder getal is het gesprek een indruk."
kind      = "signaal"
regel     = "H12"
hoofdstuk = "aanbieders"
invloed   = "beide"
geval     = ["aanmelding", "aanmeldingen"]
nummer    = "AGB-code · productcode"
zin       = "Bij {n#} van de {van} aanmeldingen ({aandeel}) duurde het wachten langer dan {drempel} dagen; de meeste bij {meest_aanbieder}."
gesprek   = "Waar wachten deze jeugdigen op, en is er een andere aanbieder met plek?"
remedie   = "Leg de lijst naast die van de aanbieder en bespreek overbrugging of een andere plek."
goed      = "Aangemeld op 1 juli en gestart op 10 augustus, bij een norm van 42 dagen: 40 dagen."
fout      = "Aangemeld op 1 juli en gestart op 13 augustus, bij een norm van 42 dagen: 43 dagen."
drempels  = ["wachttijd.treeknorm_dagen"]
period    = "alles"
over      = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Who started in the quarter, and who was still waiting on the reference date. Waiting that is still within the norm cannot
-- be told yet.
WITH gekozen AS (
  SELECT w.gemeente, w.aanbieder, w.client, r.kwartaal, w.agb, w.segment, w.productcode, w.aanmelddatum, w.startdatum,
         CASE WHEN w.startdatum_dag <= r.kwartaal_eind_dag THEN w.startdatum_dag - w.aanmelddatum_dag
              ELSE r.peildatum_dag - w.aanmelddatum_dag END AS dagen,
         CASE WHEN w.startdatum_dag <= r.kwartaal_eind_dag THEN 1 ELSE 0 END AS is_gestart,
         r.treeknorm_dagen
  FROM wachttijden w
  CROSS JOIN regio r
  WHERE w.startdatum_dag BETWEEN r.kwartaal_begin_dag AND r.kwartaal_eind_dag
     OR ((w.startdatum_dag IS NULL OR w.startdatum_dag > r.peildatum_dag)
         AND (w.aanmelddatum_dag IS NULL OR w.aanmelddatum_dag <= r.peildatum_dag))
)
SELECT
  gemeente,
  aanbieder,
  client,
  kwartaal,
  agb || ' · ' || COALESCE(productcode, segment, 'product onbekend') AS geval,
  CASE
    WHEN dagen > treeknorm_dagen THEN TRUE
    WHEN is_gestart = 1 AND dagen <= treeknorm_dagen THEN FALSE
    ELSE NULL
  END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct,
  productcode,
  segment,
  aanmelddatum,
  startdatum,
  CAST(dagen AS BIGINT) AS wachtdagen
FROM gekozen
