/*---
title     = "Maatwerk met een aanbieder die niet is gegund"
question  = "Welke maatwerkovereenkomsten zijn gesloten met een aanbieder die zich inschreef en niet is gegund?"
why       = "Een aanbieder die niet door de inkoop kwam, komt via maatwerk alsnog binnen; dat vraagt een bewuste keuze."
kind      = "signaal"
regel     = "Z55"
hoofdstuk = "aanbieders"
invloed   = "gemeente"
geval     = ["maatwerkovereenkomst", "maatwerkovereenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n#} van de {van} maatwerkovereenkomsten {n?is|zijn} gesloten met een aanbieder die zich eerder inschreef en niet is gegund (contractwaarde {bedrag}, bij {aanbieders})."
gesprek   = "Was bij het sluiten bekend waarom de aanbieder niet is gegund?"
remedie   = "Vraag bij de inkoop na waarom niet is gegund, en leg vast waarom maatwerk toch past."
goed      = "Een overeenkomst met een aanbieder die zich niet inschreef."
fout      = "Een overeenkomst met een aanbieder waarbij in de tabel aanbieders niet gegund staat."
drempels  = []
period    = "kwartaal"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
WITH uitkomsten AS (
  SELECT agb, MAX(CASE WHEN inschrijving = 'niet gegund' THEN 2 WHEN inschrijving IS NOT NULL THEN 1 ELSE 0 END) AS uitkomst
  FROM aanbieders
  GROUP BY agb
)
SELECT o.gemeente AS gemeente, o.aanbieder AS aanbieder, o.client AS client, o.kwartaal AS kwartaal, o.maatwerk_id AS geval,
  CASE WHEN u.uitkomst = 2 THEN TRUE WHEN u.uitkomst = 1 THEN FALSE ELSE CAST(NULL AS BOOLEAN) END AS treffer,
  COALESCE(o.contractwaarde_ct, 0) AS bedrag_ct, o.productcode AS productcode, o.ingangsdatum AS ingangsdatum
FROM overeenkomsten_per_kwartaal AS o
LEFT JOIN uitkomsten AS u ON o.agb = u.agb
