SELECT productcode, SUM(CASE WHEN gemeente = '9901' THEN bedrag_ct ELSE 0 END) AS eerste_ct, SUM(bedrag_ct) AS alle_ct
FROM declaraties
WHERE gemeente IN ('9901', '9903') AND productcode LIKE '45%'
GROUP BY productcode
