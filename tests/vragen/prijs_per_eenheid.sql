SELECT productcode, eenheid, SUM(bedrag_ct) * 1000.0 / SUM(volume_milli) AS prijs_ct, SUM(volume_milli) AS volume_milli
FROM declaraties
WHERE volume_milli > 0
GROUP BY productcode, eenheid
HAVING COUNT(*) >= 20
