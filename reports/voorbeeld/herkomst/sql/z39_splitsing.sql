/*---
title     = "Opeenvolgende overeenkomsten samen boven de mandaatgrens"
question  = "Welke nieuwe overeenkomsten blijven zelf onder de mandaatgrens, maar komen met eerdere van dezelfde jeugdige en aanbieder daarboven?"
why       = "Het mandaat kijkt naar één overeenkomst; wat samen boven de grens komt, had misschien hoger getekend moeten worden."
kind      = "signaal"
regel     = "Z39"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["overeenkomst", "overeenkomsten"]
nummer    = "overeenkomst"
bedrag    = "contractwaarde"
zin       = "{n} {n?komt|komen} met eerdere overeenkomsten van dezelfde jeugdige en aanbieder binnen {drempel} maanden samen boven de mandaatgrens, van de {van} die daar zelf onder blijven."
gesprek   = "Was bij de eerste overeenkomst te voorzien dat er een volgende zou komen?"
remedie   = "Kijk naar de overeenkomsten samen, en laat zo nodig de hogere functie tekenen."
goed      = "Twee overeenkomsten van € 20.000 na elkaar, bij een grens van € 50.000."
fout      = "Twee overeenkomsten van € 30.000 na elkaar bij dezelfde aanbieder, bij een grens van € 50.000."
drempels  = ["mandaat.splits_maanden", "mandaat.grens_ct", "mandaat.op_de_grens"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Looked at from every new agreement below the limit: together with those below the limit that began less than
-- splits_maanden earlier. What follows a year later to the day is a renewal. Without a value nothing is below a limit,
-- and an earlier one without a value leaves only a sum that is already above it certain.
WITH grenzen AS (
  SELECT mandaat_grens_ct AS regio_grens_ct, op_de_grens AS op_grens, splits_maanden AS venster FROM regio
),
lokaal AS (
  SELECT gemeente AS lokale_gemeente, grens_ct AS lokale_grens_ct FROM mandaat_per_gemeente
),
alle AS (
  SELECT client AS andere_client, aanbieder AS andere_aanbieder, maatwerk_id AS andere_id,
         contractwaarde_ct AS andere_ct, ingangsdatum_dag AS andere_dag,
         12 * CAST(SUBSTR(CAST(ingangsdatum AS VARCHAR), 1, 4) AS BIGINT)
           + CAST(SUBSTR(CAST(ingangsdatum AS VARCHAR), 6, 2) AS BIGINT) AS andere_maand,
         CAST(SUBSTR(CAST(ingangsdatum AS VARCHAR), 9, 2) AS BIGINT) AS andere_maanddag
  FROM overeenkomsten
),
nieuw AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, contractwaarde_ct, ingangsdatum,
         ingangsdatum_dag AS dag,
         12 * CAST(SUBSTR(CAST(ingangsdatum AS VARCHAR), 1, 4) AS BIGINT)
           + CAST(SUBSTR(CAST(ingangsdatum AS VARCHAR), 6, 2) AS BIGINT) AS maand,
         CAST(SUBSTR(CAST(ingangsdatum AS VARCHAR), 9, 2) AS BIGINT) AS maanddag
  FROM overeenkomsten_per_kwartaal
  WHERE is_nieuw
),
bekeken AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, contractwaarde_ct, ingangsdatum, dag, maand,
         maanddag, op_grens, venster, COALESCE(lokale_grens_ct, regio_grens_ct) AS grens_ct
  FROM nieuw
  CROSS JOIN grenzen
  LEFT JOIN lokaal ON nieuw.gemeente = lokaal.lokale_gemeente
),
eerder AS (
  SELECT maatwerk_id AS id, client AS eerder_client,
         SUM(CASE WHEN andere_ct < grens_ct OR (andere_ct = grens_ct AND op_grens = 'laag') THEN andere_ct ELSE 0 END)
           AS eerder_ct,
         SUM(CASE WHEN andere_ct < grens_ct OR (andere_ct = grens_ct AND op_grens = 'laag') THEN 1 ELSE 0 END) AS n_eerder,
         SUM(CASE WHEN andere_ct IS NULL THEN 1 ELSE 0 END) AS n_zonder_waarde
  FROM bekeken
  JOIN alle ON bekeken.client = alle.andere_client AND bekeken.aanbieder = alle.andere_aanbieder
  WHERE (andere_dag < dag OR (andere_dag = dag AND andere_id < maatwerk_id))
    AND (maand - andere_maand < venster OR (maand - andere_maand = venster AND maanddag < andere_maanddag))
  GROUP BY maatwerk_id, client
),
samen AS (
  SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id, productcode, contractwaarde_ct, ingangsdatum, op_grens,
         venster, grens_ct, COALESCE(n_eerder, 0) AS n_eerder, COALESCE(n_zonder_waarde, 0) AS n_zonder_waarde,
         contractwaarde_ct + COALESCE(eerder_ct, 0) AS samen_ct
  FROM bekeken LEFT JOIN eerder ON bekeken.maatwerk_id = eerder.id AND bekeken.client = eerder.eerder_client
)
SELECT gemeente, aanbieder, client, kwartaal, maatwerk_id AS geval,
       CASE WHEN grens_ct IS NULL OR venster IS NULL OR contractwaarde_ct IS NULL THEN NULL
            WHEN n_eerder > 0 AND samen_ct > grens_ct THEN TRUE
            WHEN n_eerder > 0 AND samen_ct = grens_ct AND op_grens = 'hoog' THEN TRUE
            WHEN n_zonder_waarde > 0 THEN NULL
            WHEN n_eerder > 0 AND samen_ct = grens_ct AND op_grens = 'laag' THEN FALSE
            WHEN n_eerder > 0 AND samen_ct = grens_ct THEN NULL
            ELSE FALSE
       END AS treffer,
       COALESCE(contractwaarde_ct, 0) AS bedrag_ct,
       productcode, ingangsdatum, CAST(n_eerder AS BIGINT) AS eerdere, samen_ct, grens_ct
FROM samen
WHERE grens_ct IS NULL OR contractwaarde_ct IS NULL OR contractwaarde_ct < grens_ct
   OR (contractwaarde_ct = grens_ct AND op_grens = 'laag')
