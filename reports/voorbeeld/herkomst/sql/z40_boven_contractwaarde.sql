/*---
title     = "Meer gedeclareerd dan de contractwaarde"
question  = "Op welke overeenkomsten is meer gedeclareerd dan de overeengekomen waarde?"
why       = "Boven de waarde is er geen afspraak meer over het geld."
kind      = "signaal"
regel     = "Z40"
hoofdstuk = "kosten"
invloed   = "beide"
geval     = ["overeenkomst", "overeenkomsten"]
nummer    = "overeenkomst"
bedrag    = "boven de contractwaarde"
zin       = "Op {n} (van de {van}) is meer gedeclareerd dan de overeengekomen waarde, in totaal {bedrag} meer."
gesprek   = "Is er meer hulp gegeven dan afgesproken, of moet de overeenkomst worden aangepast?"
remedie   = "Vergelijk de declaraties met de overeenkomst, en pas de waarde aan of vraag een creditdeclaratie."
goed      = "Een overeenkomst van € 20.000 waarop € 20.000 is gedeclareerd."
fout      = "Een overeenkomst van € 20.000 waarop € 23.600 is gedeclareerd."
drempels  = []
period    = "alles"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- All care of the agreement counts, up to and including the quarter of the run: what has a maatwerk code, no contract
-- of its own, or the code of the agreement. Two agreements of one child and aanbieder at the same time can be told apart
-- by their codes, when these differ and all care has one of them. Of an agreement that began before the first declared
-- month only an excess is certain; of a number that the register has more than once nothing is.
WITH nu AS (
  SELECT kwartaal AS tot_kwartaal FROM regio
),
overeenkomst AS (
  SELECT maatwerk_id, MIN(gemeente) AS gemeente, MIN(aanbieder) AS aanbieder, MIN(client) AS client,
         MIN(productcode) AS productcode, MIN(contractwaarde_ct) AS contractwaarde_ct, MIN(ingangsdatum) AS ingangsdatum,
         MIN(ingangsdatum_dag) AS ingangsdatum_dag, MIN(einddatum_dag) AS einddatum_dag, COUNT(*) AS n_rijen
  FROM overeenkomsten
  GROUP BY maatwerk_id
),
eerste AS (
  SELECT MIN(maand) AS eerste_maand FROM declaraties
),
regels AS (
  SELECT maatwerk_id AS id, productcode AS code, maatwerk_herkenning, contract_soort AS soort, kwartaal AS regel_kwartaal,
         SUM(bedrag_ct) AS regel_ct
  FROM declaraties
  WHERE maatwerk_id <> 'geen'
  GROUP BY maatwerk_id, productcode, maatwerk_herkenning, contract_soort, kwartaal
),
gedeclareerd AS (
  SELECT maatwerk_id AS gedeclareerd_id, MAX(regel_kwartaal) AS laatste_kwartaal, SUM(regel_ct) AS gedeclareerd_ct,
         SUM(CASE WHEN code = productcode THEN 0 ELSE 1 END) AS n_andere_code
  FROM regels
  JOIN overeenkomst ON regels.id = overeenkomst.maatwerk_id
  CROSS JOIN nu
  WHERE CASE WHEN regel_kwartaal <= tot_kwartaal THEN 1 ELSE 0 END = 1
    AND (maatwerk_herkenning IN ('opzoektabel', 'teken', 'categorie') OR soort = 'geen' OR code = productcode)
  GROUP BY maatwerk_id
),
kort AS (
  SELECT maatwerk_id AS kort_id, client AS kort_client, aanbieder AS kort_aanbieder, ingangsdatum_dag AS kort_begin,
         einddatum_dag AS kort_eind, productcode AS kort_code, COALESCE(n_andere_code, 0) AS kort_andere
  FROM overeenkomst LEFT JOIN gedeclareerd ON overeenkomst.maatwerk_id = gedeclareerd.gedeclareerd_id
),
tegelijk AS (
  SELECT maatwerk_id AS tegelijk_id, COUNT(*) AS n_tegelijk,
         SUM(CASE WHEN productcode <> kort_code THEN 0 ELSE 1 END) AS n_zelfde_code, SUM(kort_andere) AS n_andere_bij
  FROM overeenkomst
  JOIN kort ON overeenkomst.client = kort.kort_client AND overeenkomst.aanbieder = kort.kort_aanbieder
  WHERE maatwerk_id <> kort_id
    AND (einddatum_dag IS NULL OR kort_begin <= einddatum_dag) AND (kort_eind IS NULL OR ingangsdatum_dag <= kort_eind)
  GROUP BY maatwerk_id
),
samen AS (
  SELECT gemeente, aanbieder, client, laatste_kwartaal, maatwerk_id, productcode, contractwaarde_ct, gedeclareerd_ct,
         SUBSTR(CAST(ingangsdatum AS VARCHAR), 1, 7) < eerste_maand AS begon_eerder, n_rijen, n_andere_code,
         COALESCE(n_tegelijk, 0) AS n_tegelijk, COALESCE(n_zelfde_code, 0) AS n_zelfde_code,
         COALESCE(n_andere_bij, 0) AS n_andere_bij
  FROM overeenkomst
  CROSS JOIN eerste
  JOIN gedeclareerd ON overeenkomst.maatwerk_id = gedeclareerd.gedeclareerd_id
  LEFT JOIN tegelijk ON overeenkomst.maatwerk_id = tegelijk.tegelijk_id
)
SELECT gemeente, aanbieder, client, laatste_kwartaal AS kwartaal, maatwerk_id AS geval,
       CASE WHEN n_rijen > 1 OR n_zelfde_code > 0 OR (n_tegelijk > 0 AND n_andere_code > 0) THEN NULL
            WHEN gedeclareerd_ct > contractwaarde_ct THEN TRUE
            WHEN NOT begon_eerder AND n_andere_bij = 0 AND gedeclareerd_ct <= contractwaarde_ct THEN FALSE
       END AS treffer,
       CASE WHEN gedeclareerd_ct > contractwaarde_ct THEN gedeclareerd_ct - contractwaarde_ct ELSE 0 END AS bedrag_ct,
       productcode, contractwaarde_ct, gedeclareerd_ct
FROM samen
