SELECT COALESCE(p.segment, 'onbekend') AS segment, p.productcode IS NULL AS zonder_product, COUNT(*) AS regels
FROM declaraties d
LEFT JOIN producten p ON d.productcode = p.productcode
GROUP BY 1, 2
ORDER BY regels DESC, segment
