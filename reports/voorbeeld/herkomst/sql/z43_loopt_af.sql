/*---
title     = "Overeenkomsten die binnenkort aflopen"
question  = "Welke lopende overeenkomsten lopen binnen de langste signaaltermijn af, per gemeente?"
why       = "Wie op tijd weet dat een overeenkomst afloopt, kan regulier aanbod zoeken of op tijd verlengen."
kind      = "signaal"
regel     = "Z43"
hoofdstuk = "aflopend"
invloed   = "gemeente"
geval     = ["overeenkomst", "overeenkomsten"]
nummer    = "overeenkomst"
zin       = "{n} {n?loopt|lopen} af binnen de langste signaaltermijn ({drempel} dagen), van de {van} die nu lopen; {n?deze is|de meeste zijn} van {meest_gemeente}."
gesprek   = "Wat is nodig na de einddatum, en kan een gecontracteerde aanbieder dat bieden?"
remedie   = "Meld de gemeente welke overeenkomsten aflopen, en vraag wat daarna komt."
goed      = "Een overeenkomst die nog een half jaar loopt, bij een langste termijn van 90 dagen."
fout      = "Een overeenkomst die over 60 dagen afloopt, bij een langste termijn van 90 dagen."
drempels  = ["drempels.signaal_dagen"]
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- What runs on the peildatum, without what ended before it or begins after it. Without an end date nobody can tell.
WITH termijn AS (
  SELECT kwartaal AS nu_kwartaal, langste_signaal_dagen AS langste, peildatum_dag AS peil_dag FROM regio
),
volgende AS (
  SELECT vorige_maatwerk_id AS gevolgd_id, COUNT(*) AS n_vervolg
  FROM overeenkomsten
  WHERE vorige_maatwerk_id IS NOT NULL
  GROUP BY vorige_maatwerk_id
)
SELECT gemeente, aanbieder, client, nu_kwartaal AS kwartaal, maatwerk_id AS geval,
       einddatum_dag - peil_dag <= langste AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       productcode, einddatum, einddatum_dag - peil_dag AS dagen_tot_einde, COALESCE(n_vervolg, 0) > 0 AS vervolg_bekend
FROM overeenkomsten
CROSS JOIN termijn
LEFT JOIN volgende ON overeenkomsten.maatwerk_id = volgende.gevolgd_id
WHERE peil_dag - ingangsdatum_dag >= 0 AND (einddatum_dag IS NULL OR einddatum_dag - peil_dag >= 0)
