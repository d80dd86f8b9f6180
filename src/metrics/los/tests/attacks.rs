//! Questions that try to see a child, or to do something else than ask. Each is refused, with a reason, at a spot.

use super::{proef, text};
use crate::region::Publiek::{Intern, Regio};

/// What is said of a column that points at a child.
const PERSON: &str = "wijst een persoon aan";

/// Every question is refused for its reason, with a mark under a spot.
#[track_caller]
fn refused(cases: &[(&str, &str)]) {
    let proef = proef();
    for (sql, reason) in cases {
        for publiek in [Intern, Regio] {
            let message = proef.refusal(sql, publiek);
            if publiek == Intern {
                assert!(message.contains(reason), "{sql}\n{message}");
            }
            assert!(message.trim_end().ends_with('^'), "{sql}\n{message}");
        }
    }
}

#[test]
fn a_child_is_never_shown() {
    refused(&[
        ("SELECT client FROM declaraties", PERSON),
        ("SELECT CLIENT FROM declaraties", PERSON),
        ("SELECT \"client\" FROM declaraties", PERSON),
        ("SELECT `client` FROM declaraties", PERSON),
        ("SELECT (client) FROM declaraties", PERSON),
        ("SELECT d.client AS aantal FROM declaraties d", PERSON),
        ("SELECT gezin FROM declaraties", PERSON),
        ("SELECT iban FROM overeenkomsten", PERSON),
        ("SELECT/* niets */client--\nFROM declaraties", PERSON),
        ("SELECT DISTINCT client FROM declaraties", PERSON),
        ("SELECT client, COUNT(*) FROM declaraties GROUP BY client", PERSON),
        ("SELECT client, COUNT(*) FROM declaraties GROUP BY 1", PERSON),
        ("SELECT client AS k, COUNT(*) FROM declaraties GROUP BY k", PERSON),
        ("SELECT client, COUNT(*) FROM declaraties GROUP BY ALL", PERSON),
        ("SELECT * FROM declaraties", "EXCLUDE (client, gezin)"),
        ("SELECT d.* FROM declaraties d", "EXCLUDE (client, gezin)"),
        ("SELECT * EXCLUDE (client) FROM declaraties", "EXCLUDE (gezin)"),
        ("SELECT * EXCLUDE client FROM declaraties", "EXCLUDE (gezin)"),
        ("SELECT * FROM toewijzingen", "EXCLUDE (client, geboortejaar, gezin, wordt_18)"),
        (
            "SELECT p.*, d.* FROM producten p JOIN declaraties d ON p.productcode = d.productcode",
            "EXCLUDE (client, gezin)",
        ),
        ("SELECT COLUMNS('client') FROM declaraties", "onbekende functie"),
        (
            "SELECT aanbieder, client FROM declaraties UNION ALL SELECT aanbieder, client FROM toewijzingen",
            PERSON,
        ),
        ("SELECT regel FROM declaraties UNION ALL SELECT client FROM declaraties", PERSON),
        ("SELECT geboortejaar FROM toewijzingen", "geboortejaar"),
        ("SELECT geboortejaar + 0 AS x FROM toewijzingen", "geboortejaar"),
    ]);
}

#[test]
fn a_child_is_not_shown_by_another_name() {
    refused(&[
        ("WITH x AS (SELECT client AS n FROM declaraties) SELECT n FROM x", PERSON),
        (
            "WITH x AS (SELECT client AS a FROM declaraties), y AS (SELECT a AS b FROM x) SELECT b FROM y",
            PERSON,
        ),
        ("SELECT n FROM (SELECT client AS n FROM declaraties) AS x", PERSON),
        ("SELECT n FROM (SELECT n FROM (SELECT client AS n FROM declaraties) AS x) AS y", PERSON),
        ("SELECT * FROM (SELECT * FROM declaraties) AS x", "EXCLUDE (client, gezin)"),
        ("SELECT * FROM (SELECT client AS regel FROM declaraties) AS x", "EXCLUDE (regel)"),
        (
            "WITH x AS (SELECT client AS regel, regel AS client FROM declaraties) SELECT regel FROM x",
            PERSON,
        ),
        (
            "SELECT x FROM (SELECT client AS x FROM declaraties UNION SELECT gezin FROM declaraties) AS u",
            PERSON,
        ),
        (
            "WITH x AS (SELECT regel AS n FROM declaraties UNION ALL SELECT client FROM declaraties) SELECT n FROM x",
            PERSON,
        ),
        (
            "WITH x AS (SELECT client AS n FROM declaraties UNION ALL SELECT 5) SELECT n FROM x",
            "FROM",
        ),
        (
            "WITH x AS (SELECT client AS n FROM declaraties UNION ALL SELECT regel FROM declaraties) SELECT n FROM x",
            PERSON,
        ),
        (
            "WITH x AS (SELECT client, COUNT(*) AS n FROM declaraties GROUP BY client) SELECT n, client FROM x",
            PERSON,
        ),
        ("SELECT t.client FROM declaraties d JOIN toewijzingen t USING (client)", PERSON),
        ("SELECT client FROM declaraties d JOIN toewijzingen t USING (client)", PERSON),
        (
            "WITH declaraties AS (SELECT regel AS client FROM producten) SELECT client FROM declaraties",
            "kies een andere naam",
        ),
        (
            "WITH x(n) AS (SELECT client FROM declaraties) SELECT n FROM x",
            "kolomnamen achter een tabelnaam",
        ),
        (
            "SELECT n FROM (SELECT client FROM declaraties) AS x(n)",
            "kolomnamen achter een tabelnaam",
        ),
    ]);
}

#[test]
fn nothing_is_made_of_a_child() {
    refused(&[
        ("SELECT MIN(client) FROM declaraties", PERSON),
        ("SELECT MAX(d.CLIENT) FROM declaraties d", PERSON),
        ("SELECT SUM(client) FROM declaraties", PERSON),
        ("SELECT AVG(client) FROM declaraties", PERSON),
        ("SELECT MEDIAN(gezin) FROM declaraties", PERSON),
        ("SELECT QUANTILE_CONT(client, 0.5) FROM declaraties", PERSON),
        ("SELECT client + 0 AS x FROM declaraties", PERSON),
        ("SELECT -client AS x FROM declaraties", PERSON),
        ("SELECT client % 2 AS x, COUNT(*) FROM declaraties GROUP BY client % 2", PERSON),
        ("SELECT COUNT(*) FROM declaraties GROUP BY client % 2", PERSON),
        ("SELECT CAST(client AS VARCHAR) AS x FROM declaraties", PERSON),
        ("SELECT client::VARCHAR AS x FROM declaraties", PERSON),
        ("SELECT TRY_CAST(client AS DOUBLE) AS x FROM declaraties", PERSON),
        ("SELECT CONCAT(client, '') AS x FROM declaraties", PERSON),
        ("SELECT client || '' AS x FROM declaraties", PERSON),
        ("SELECT COALESCE(client, 0) AS x FROM declaraties", PERSON),
        ("SELECT NULLIF(client, 0) AS x FROM declaraties", PERSON),
        ("SELECT GREATEST(client, 0) AS x FROM declaraties", PERSON),
        ("SELECT ABS(client) AS x FROM declaraties", PERSON),
        ("SELECT ROUND(client, 0) AS x FROM declaraties", PERSON),
        ("SELECT CASE WHEN is_maatwerk THEN client END AS x FROM declaraties", PERSON),
        ("SELECT CASE client WHEN 5 THEN 1 END AS x FROM declaraties", PERSON),
        ("SELECT COUNT(DISTINCT CASE WHEN client = 5 THEN 1 END) FROM declaraties", PERSON),
        ("SELECT COUNT(DISTINCT client + 1) FROM declaraties", PERSON),
        ("SELECT COUNT(*) FILTER (WHERE client = 5) FROM declaraties", PERSON),
        ("WITH x AS (SELECT client + 0 AS n FROM declaraties) SELECT n FROM x", PERSON),
        ("WITH x AS (SELECT MIN(client) AS n FROM declaraties) SELECT n FROM x", PERSON),
        ("SELECT HASH(client) AS x FROM declaraties", "onbekende functie 'HASH'"),
        ("SELECT MD5(CAST(client AS VARCHAR)) AS x FROM declaraties", "onbekende functie"),
        ("SELECT STRING_AGG(client, ',') FROM declaraties", "STRING_AGG kan niet"),
        ("SELECT ARRAY_AGG(client) FROM declaraties", "onbekende functie"),
        ("SELECT FIRST(client) FROM declaraties", "onbekende functie"),
    ]);
}

#[test]
fn a_child_is_not_picked_out() {
    refused(&[
        ("SELECT COUNT(*) FROM declaraties WHERE client = 5", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE 5 <= client", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE client BETWEEN 1 AND 5", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE 5 BETWEEN 1 AND client", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE client IN (1, 2)", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE 5 IN (client)", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE client LIKE '5%'", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE client = gezin", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE client", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE NOT client", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE (client = 5) IS TRUE", PERSON),
        ("SELECT COUNT(*) FROM declaraties WHERE client IS NOT DISTINCT FROM 5", "dit kan niet"),
        (
            "SELECT COUNT(*) FROM declaraties WHERE client = ANY (SELECT client FROM toewijzingen)",
            "dit kan niet",
        ),
        (
            "SELECT COUNT(*) FROM declaraties WHERE regel IN (SELECT client FROM toewijzingen)",
            PERSON,
        ),
        (
            "SELECT COUNT(*) FROM declaraties WHERE client IN (SELECT regel FROM toewijzingen)",
            PERSON,
        ),
        ("SELECT gemeente FROM declaraties GROUP BY gemeente HAVING MAX(client) > 5", PERSON),
        ("SELECT gemeente FROM declaraties GROUP BY gemeente, client HAVING client > 5", PERSON),
        ("SELECT regel FROM declaraties ORDER BY client LIMIT 1", PERSON),
        ("SELECT regel FROM declaraties ORDER BY client % 7", PERSON),
        ("SELECT gemeente FROM declaraties GROUP BY gemeente, client ORDER BY client", PERSON),
        ("SELECT ROW_NUMBER() OVER (ORDER BY client) AS n FROM declaraties", PERSON),
        ("SELECT LAG(client) OVER (ORDER BY regel) AS n FROM declaraties", PERSON),
        ("SELECT MAX(client) OVER (PARTITION BY gemeente) AS n FROM declaraties", PERSON),
        ("SELECT SUM(bedrag_ct) OVER (PARTITION BY client % 3) AS n FROM declaraties", PERSON),
        ("SELECT COUNT(*) FROM declaraties d JOIN toewijzingen t ON d.client = t.regel", PERSON),
        ("SELECT COUNT(*) FROM declaraties d JOIN toewijzingen t ON d.client = 5", PERSON),
        ("SELECT COUNT(*) FROM declaraties d JOIN toewijzingen t ON d.client < t.client", PERSON),
        (
            "SELECT COUNT(*) FROM declaraties d JOIN toewijzingen t ON d.client + 0 = t.client",
            PERSON,
        ),
        ("SELECT COUNT(*) FROM declaraties d JOIN signaaldagen s ON d.client = s.dagen", PERSON),
        ("SELECT COUNT(*) FROM declaraties d JOIN toewijzingen t ON d.client = d.gezin", "eerdere"),
    ]);
}

/// What is no question over the tables of the dataset, or no question that can be answered here.
const NO_QUESTION: &[(&str, &str)] = &[
    ("DELETE FROM declaraties", "precies een SELECT"),
    ("CREATE TABLE x AS SELECT 1", "precies een SELECT"),
    ("TRUNCATE TABLE declaraties", "precies een SELECT"),
    ("EXPLAIN SELECT gemeente FROM declaraties", "precies een SELECT"),
    ("SHOW TABLES", "precies een SELECT"),
    ("SELECT gemeente FROM declaraties; SELECT gemeente FROM declaraties", "meer dan een opdracht"),
    ("SELECT gemeente INTO x FROM declaraties", "INTO kan niet"),
    ("SELECT gemeente FROM read_parquet('x')", "tabelfunctie"),
    ("SELECT gemeente FROM read_csv('x')", "tabelfunctie"),
    ("SELECT gemeente FROM 'x.parquet'", "onbekende tabel"),
    ("SELECT gemeente FROM boven.declaraties", "onbekende tabel"),
    ("SELECT gemeente FROM TABLE(x)", "geen tabel"),
    ("SELECT x FROM UNNEST([1, 2]) AS t(x)", "geen tabel"),
    ("VALUES (1)", "hier hoort een SELECT"),
    ("SELECT x FROM (VALUES (1)) AS t", "hier hoort een SELECT"),
    ("TABLE declaraties", "SELECT"),
    ("SELECT gemeente FROM declaraties TABLESAMPLE (10)", "TABLESAMPLE"),
    ("SELECT gemeente FROM declaraties FOR UPDATE", "geen FOR"),
    ("SELECT gemeente FROM declaraties FETCH FIRST 1 ROWS ONLY", "FETCH kan niet"),
    ("SELECT TOP 1 gemeente FROM declaraties", "TOP kan niet"),
    (
        "SELECT gemeente FROM declaraties QUALIFY ROW_NUMBER() OVER (ORDER BY regel) = 1",
        "QUALIFY kan niet",
    ),
    ("SELECT gemeente FROM declaraties WINDOW w AS (ORDER BY regel)", "WINDOW kan niet"),
    ("SELECT DISTINCT ON (gemeente) gemeente FROM declaraties", "DISTINCT ON"),
    ("SELECT gemeente FROM declaraties EXCEPT SELECT gemeente FROM toewijzingen", "alleen UNION"),
    (
        "SELECT gemeente FROM declaraties INTERSECT SELECT gemeente FROM toewijzingen",
        "alleen UNION",
    ),
    ("SELECT gemeente FROM declaraties NATURAL JOIN producten", "NATURAL JOIN kan niet"),
    ("SELECT gemeente FROM declaraties, toewijzingen", "komma tussen tabellen"),
    ("SELECT COUNT(*) FROM declaraties d, LATERAL (SELECT d.client) AS x", "komma tussen tabellen"),
    (
        "SELECT COUNT(*) FROM declaraties d CROSS JOIN LATERAL (SELECT regel FROM producten) AS x",
        "LATERAL",
    ),
    ("WITH RECURSIVE x AS (SELECT regel FROM producten) SELECT regel FROM x", "RECURSIVE"),
    (
        "SELECT COUNT(*) FROM declaraties WHERE EXISTS (SELECT 1 FROM toewijzingen)",
        "EXISTS kan niet",
    ),
    ("SELECT (SELECT COUNT(*) FROM toewijzingen) AS n FROM declaraties", "deelvraag kan hier niet"),
    ("SELECT gemeente, COUNT(*) FROM declaraties GROUP BY ROLLUP(gemeente)", "kan niet"),
    (
        "SELECT regel FROM producten WHERE regel IN (SELECT d.regel FROM declaraties d WHERE d.regel = p.regel)",
        "staat niet achter FROM",
    ),
    (
        "SELECT SUM(bedrag_ct) OVER w FROM declaraties WINDOW w AS (ORDER BY regel)",
        "WINDOW kan niet",
    ),
    (
        "WITH x AS (SELECT regel FROM declaraties ORDER BY bedrag_ct LIMIT 1) SELECT regel FROM x",
        "alleen in de buitenste vraag",
    ),
    ("SELECT gemeente, gemeente FROM declaraties", "twee kolommen heten 'gemeente'"),
    ("SELECT bedrag_ct FROM declaraties GROUP BY gemeente", "staat niet achter GROUP BY"),
    ("SELECT gemeente FROM declaraties WHERE COUNT(*) > 1", "HAVING"),
    ("SELECT * FROM declaraties GROUP BY gemeente", "* kan niet"),
];

#[test]
fn a_question_only_asks() {
    refused(NO_QUESTION);
}

#[test]
fn what_is_refused_has_a_twin_that_is_allowed() {
    let proef = proef();
    for (sql, expected) in [
        ("SELECT COUNT(DISTINCT client) AS n FROM declaraties", "n\n5"),
        ("SELECT COUNT(*) AS n FROM (SELECT DISTINCT client, gezin FROM declaraties) AS x", "n\n5"),
        (
            "SELECT COUNT(*) AS n FROM (SELECT * FROM declaraties) AS x WHERE client IS NOT NULL",
            "n\n6",
        ),
        (
            "SELECT gemeente FROM declaraties GROUP BY gemeente HAVING COUNT(DISTINCT client) > 2",
            "gemeente\n0310",
        ),
        (
            "SELECT geboortejaar, COUNT(DISTINCT client) AS n FROM toewijzingen GROUP BY geboortejaar",
            "geboortejaar|n\n2010|1\n2012|2\n2015|1",
        ),
        (
            "SELECT COUNT(*) AS n FROM declaraties d JOIN toewijzingen t ON d.client = t.client AND d.regel < 4",
            "n\n2",
        ),
        (
            "SELECT regel, ROW_NUMBER() OVER (PARTITION BY client ORDER BY regel) AS n FROM declaraties WHERE regel < 4",
            "regel|n\n2|1\n3|2",
        ),
    ] {
        assert_eq!(text(&proef.ask(sql, Intern)), expected, "{sql}");
    }
}
