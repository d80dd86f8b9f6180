/*---
title     = "Zorg na de einddatum"
question  = "Na welke overeenkomsten is nog zorg gedeclareerd, terwijl er geen volgende overeenkomst is?"
why       = "Na de einddatum is er geen afspraak meer over tarief, kwaliteit en duur."
kind      = "signaal"
regel     = "Z44"
hoofdstuk = "aflopend"
invloed   = "beide"
geval     = ["overeenkomst", "overeenkomsten"]
nummer    = "overeenkomst"
bedrag    = "na de einddatum"
zin       = "Na het einde van {n} is nog voor {bedrag} zorg gedeclareerd, van de {van} die in het laatste jaar eindigden of nog zorg kregen."
gesprek   = "Loopt de hulp door, en zo ja op grond van welke afspraak?"
remedie   = "Leg een verlenging vast in het register, of vraag de aanbieder om een creditdeclaratie."
goed      = "Een overeenkomst tot en met 30 juni, met de laatste zorg in juni."
fout      = "Een overeenkomst tot en met 30 juni, met zorg van dezelfde aanbieder in augustus en geen volgende overeenkomst."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Care that begins after the end: a line may cover the whole month in which the agreement ends. It belongs to the last
-- agreement that ended before it. Care under a regional contract needs no agreement; of care with an ordinary code whose
-- contract is not known, nobody can tell whether it did. The first care that can count is that of the month after the end:
-- as long as that month lies outside the quarter, silence says nothing.
WITH nu AS (
  SELECT kwartaal_eind_dag AS laatste_dag, SUBSTR(CAST(kwartaal_eind AS VARCHAR), 1, 7) AS laatste_maand,
         4 * CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) AS nu_nummer
  FROM regio
),
zorg AS (
  SELECT client AS zorg_client, aanbieder AS zorg_aanbieder, periode_begin_dag AS zorg_dag,
         MAX(periode_eind) AS zorg_tot, MAX(kwartaal) AS zorg_kwartaal,
         SUM(CASE WHEN is_maatwerk OR contract_soort = 'geen' THEN bedrag_ct ELSE 0 END) AS zorg_ct,
         SUM(CASE WHEN is_maatwerk OR contract_soort = 'geen' THEN 0 ELSE bedrag_ct END) AS misschien_ct
  FROM declaraties
  WHERE maatwerk_id = 'geen' AND (is_maatwerk OR contract_soort = 'geen' OR contract_soort IS NULL)
  GROUP BY client, aanbieder, periode_begin_dag
),
afgelopen AS (
  SELECT client, aanbieder, einddatum, einddatum_dag, einddatum_kwartaal, MIN(gemeente) AS gemeente,
         MIN(maatwerk_id) AS maatwerk_id, MIN(productcode) AS productcode
  FROM overeenkomsten
  WHERE einddatum_dag >= ingangsdatum_dag
  GROUP BY client, aanbieder, einddatum, einddatum_dag, einddatum_kwartaal
),
laatste AS (
  SELECT zorg_client AS bij_client, zorg_aanbieder AS bij_aanbieder, zorg_dag AS bij_dag, MAX(einddatum_dag) AS bij_einde
  FROM zorg
  JOIN afgelopen ON zorg.zorg_client = afgelopen.client AND zorg.zorg_aanbieder = afgelopen.aanbieder
  WHERE zorg_dag > einddatum_dag
  GROUP BY zorg_client, zorg_aanbieder, zorg_dag
),
erna AS (
  SELECT bij_client, bij_aanbieder, bij_einde, MAX(zorg_tot) AS zorg_tot, MAX(zorg_kwartaal) AS laatste_kwartaal,
         SUM(zorg_ct) AS erna_ct, SUM(misschien_ct) AS misschien_ct
  FROM zorg
  JOIN laatste ON zorg.zorg_client = laatste.bij_client AND zorg.zorg_aanbieder = laatste.bij_aanbieder
    AND zorg.zorg_dag = laatste.bij_dag
  GROUP BY bij_client, bij_aanbieder, bij_einde
),
samen AS (
  SELECT gemeente, aanbieder, client, maatwerk_id, productcode, einddatum, einddatum_dag, einddatum_kwartaal, zorg_tot,
         laatste_kwartaal, COALESCE(erna_ct, 0) AS erna_ct, COALESCE(misschien_ct, 0) AS misschien_ct, laatste_dag,
         SUBSTR(CAST(einddatum AS VARCHAR), 1, 7) < laatste_maand AS maand_erna_te_zien,
         nu_nummer - 4 * CAST(SUBSTR(einddatum_kwartaal, 1, 4) AS BIGINT)
           - CAST(SUBSTR(einddatum_kwartaal, 7, 1) AS BIGINT) AS kwartalen_geleden
  FROM afgelopen
  CROSS JOIN nu
  LEFT JOIN erna ON afgelopen.client = erna.bij_client AND afgelopen.aanbieder = erna.bij_aanbieder
    AND afgelopen.einddatum_dag = erna.bij_einde
)
SELECT gemeente, aanbieder, client, COALESCE(laatste_kwartaal, einddatum_kwartaal) AS kwartaal, maatwerk_id AS geval,
       CASE WHEN erna_ct > 0 THEN TRUE
            WHEN misschien_ct <= 0 AND maand_erna_te_zien THEN FALSE
       END AS treffer,
       CASE WHEN erna_ct > 0 THEN erna_ct ELSE 0 END AS bedrag_ct,
       productcode, einddatum, zorg_tot
FROM samen
WHERE laatste_dag - einddatum_dag > 0 AND (erna_ct > 0 OR misschien_ct > 0 OR kwartalen_geleden <= 3)
