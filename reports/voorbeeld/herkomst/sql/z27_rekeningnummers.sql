/*---
title     = "AGB-code met meer dan één rekeningnummer"
question  = "Staat een AGB-code in het register met meer dan één rekeningnummer?"
why       = "Bij een overeenkomst horen één AGB-code en één rekening. Twee rekeningen kunnen een tikfout zijn, of een betaling aan een ander."
kind      = "signaal"
regel     = "Z27"
hoofdstuk = "signalen"
invloed   = "gemeente"
geval     = ["AGB-code met maatwerk", "AGB-codes met maatwerk"]
nummer    = "AGB-code"
zin       = "{n#} van de {van} AGB-codes met maatwerk {n?komt|komen} in vier kwartalen voor met meer dan één rekeningnummer."
gesprek   = "Is de rekening gewijzigd, of is een nummer verkeerd overgenomen?"
remedie   = "Controleer het rekeningnummer bij de aanbieder en verbeter het register."
goed      = "Drie overeenkomsten met dezelfde AGB-code en hetzelfde rekeningnummer."
fout      = "Twee overeenkomsten met dezelfde AGB-code en twee rekeningnummers."
drempels  = []
period    = "vier_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
-- Een nummer zelf komt nooit in beeld; alleen hoeveel het er zijn. Staat er nergens een nummer, dan is niets te zeggen.
WITH codes AS (
  SELECT agb, MIN(aanbieder) AS aanbieder, CAST(COUNT(DISTINCT iban) AS BIGINT) AS rekeningen,
    CAST(COUNT(DISTINCT maatwerk_id) AS BIGINT) AS overeenkomsten
  FROM overeenkomsten_per_kwartaal
  GROUP BY agb
)
SELECT CAST(NULL AS VARCHAR) AS gemeente, aanbieder, CAST(NULL AS BIGINT) AS client, CAST(NULL AS VARCHAR) AS kwartaal, agb AS geval,
  CASE WHEN rekeningen > 1 THEN TRUE WHEN rekeningen = 1 THEN FALSE ELSE CAST(NULL AS BOOLEAN) END AS treffer,
  CAST(0 AS BIGINT) AS bedrag_ct, rekeningen, overeenkomsten
FROM codes
