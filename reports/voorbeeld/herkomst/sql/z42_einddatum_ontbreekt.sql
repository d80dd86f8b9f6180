/*---
title     = "Registratie zonder bruikbare einddatum"
question  = "Bij welke nieuwe overeenkomsten in het register ontbreekt de einddatum, of ligt die voor de ingangsdatum?"
why       = "De einddatum is het signaal: zonder waarschuwt het register niet als de overeenkomst afloopt."
kind      = "signaal"
regel     = "Z42"
hoofdstuk = "proces"
invloed   = "icm"
geval     = ["registratie", "registraties"]
nummer    = "overeenkomst"
zin       = "Bij {n} (van de {van}) ontbreekt een bruikbare einddatum, zodat er geen signaal komt."
gesprek   = "Is er geen einde afgesproken, of is de einddatum niet ingevuld?"
remedie   = "Vul de einddatum in het register in."
goed      = "Een overeenkomst van 1 juli tot en met 31 december."
fout      = "Een overeenkomst vanaf 1 juli zonder einddatum."
drempels  = []
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Not per quarter touched: what ends before it begins touches none. Of what began longer ago, z43_loopt_af says of how
-- many the end is not known. Empty everywhere means that the register has no such column.
WITH nu AS (
  SELECT 4 * CAST(SUBSTR(kwartaal, 1, 4) AS BIGINT) + CAST(SUBSTR(kwartaal, 7, 1) AS BIGINT) AS nu_nummer FROM regio
),
kolom AS (
  SELECT COUNT(einddatum) AS n_einde FROM overeenkomsten
)
SELECT gemeente, aanbieder, client, ingangsdatum_kwartaal AS kwartaal, maatwerk_id AS geval,
       CASE WHEN einddatum_dag < ingangsdatum_dag THEN TRUE
            WHEN einddatum_dag >= ingangsdatum_dag THEN FALSE
            WHEN n_einde > 0 THEN TRUE
       END AS treffer,
       CAST(0 AS BIGINT) AS bedrag_ct,
       productcode, ingangsdatum, einddatum, registratiedatum, mochadocs_ref
FROM overeenkomsten
CROSS JOIN nu
CROSS JOIN kolom
WHERE nu_nummer - 4 * CAST(SUBSTR(ingangsdatum_kwartaal, 1, 4) AS BIGINT)
        - CAST(SUBSTR(ingangsdatum_kwartaal, 7, 1) AS BIGINT) BETWEEN 0 AND 7
