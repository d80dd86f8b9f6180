//! Outside `intern`: only groups, and how many children stand behind each.

use super::{Proef, proef, text};
use crate::region::Publiek::{Intern, Openbaar, Regio};

#[test]
fn every_row_knows_the_fewest_children_behind_it() {
    let proef = proef();
    for (sql, expected) in [
        (
            "SELECT gemeente, COUNT(*) AS n FROM declaraties GROUP BY gemeente",
            "gemeente|n\n0310|3|(3)\n0355|3|(2)",
        ),
        ("SELECT gemeente FROM declaraties GROUP BY gemeente", "gemeente\n0310|(3)\n0355|(2)"),
        (
            "SELECT COUNT(*) AS n FROM declaraties WHERE agb = '01000001' AND NOT (gemeente <> 'Zeist') AND jaar BETWEEN 2024 AND 2026 AND is_maatwerk",
            "n\n2|(1)",
        ),
        (
            "SELECT COUNT(*) AS n FROM declaraties WHERE productcode LIKE 'bestaat niet%'",
            "n\n0|(0)",
        ),
        // A child without euros does not stand behind a sum of euros.
        (
            "SELECT gemeente, SUM(bedrag_ct) AS b FROM declaraties WHERE kwartaal = '2025-K2' GROUP BY gemeente",
            "gemeente|b\n0310|333|(1)",
        ),
        (
            "SELECT gemeente, COUNT(*) AS n, SUM(minuten) AS m FROM declaraties GROUP BY gemeente ORDER BY gemeente DESC",
            "gemeente|n|m\n0355|3|120|(1)\n0310|3|40|(2)",
        ),
        (
            "SELECT SUM(bedrag_ct) / COUNT(DISTINCT client) AS per_kind_ct FROM declaraties",
            "per_kind_ct\n667|(4)",
        ),
        ("SELECT ROUND(AVG(bedrag_ct), 0) AS g FROM declaraties", "g\n556|(4)"),
        (
            "SELECT p.segment, COUNT(DISTINCT d.client) AS n FROM declaraties d JOIN producten p ON d.productcode = p.productcode GROUP BY p.segment",
            "segment|n\nS1|2|(2)\nS2|3|(3)",
        ),
        // Tables that are not about children.
        ("SELECT segment, COUNT(*) AS n FROM producten GROUP BY segment", "segment|n\nS1|1\nS2|1"),
        (
            "SELECT gemeente, SUM(b) AS b FROM (SELECT client AS c, gemeente, MAX(bedrag_ct) AS b FROM declaraties GROUP BY client, gemeente) AS x GROUP BY gemeente",
            "gemeente|b\n0310|-167|(2)\n0355|2500|(2)",
        ),
        (
            "WITH x AS (SELECT d.client, t.aanbieder FROM declaraties d JOIN toewijzingen t ON d.client = t.client) SELECT aanbieder, COUNT(*) AS n FROM x GROUP BY aanbieder",
            "aanbieder|n\nAnker|2|(1)\nBoei|2|(2)",
        ),
    ] {
        for publiek in [Regio, Openbaar] {
            assert_eq!(text(&proef.ask(sql, publiek)), expected, "{sql}");
        }
        // The same numbers for ICM, who needs no count.
        let inside = text(&proef.ask(sql, Intern));
        let bare: Vec<&str> =
            expected.lines().map(|line| line.split("|(").next().unwrap()).collect();
        assert_eq!(inside, bare.join("\n"), "{sql}");
    }
}

#[test]
fn rows_without_a_known_child_count_as_one() {
    let proef = proef();
    proef.write("wachttijden", "agb,aanbieder,client,wachtdagen,kwartaal,bron,regel\n1,Anker,,10,2025-K3,w,2\n1,Anker,,20,2025-K3,w,3\n2,Boei,8,20,2025-K3,w,4\n2,Boei,9,20,2025-K3,w,5\n");
    let sql =
        "SELECT aanbieder, COUNT(*) AS n, SUM(wachtdagen) AS d FROM wachttijden GROUP BY aanbieder";
    assert_eq!(text(&proef.ask(sql, Regio)), "aanbieder|n|d\nAnker|2|30|(1)\nBoei|2|40|(2)");
}

#[track_caller]
fn refused(proef: &Proef, sql: &str, reason: &str) {
    let message = proef.refusal(sql, Regio);
    assert!(message.contains(reason), "{sql}\n{message}");
    assert!(message.trim_end().ends_with('^'), "{sql}\n{message}");
}

/// What would show something of fewer children than are counted.
const SMALLER: &[(&str, &str)] = &[
    ("SELECT regel FROM producten", "geen losse regels"),
    ("SELECT aanbieder, bedrag_ct FROM declaraties", "geen losse regels"),
    (
        "SELECT gemeente, n FROM (SELECT gemeente, client, COUNT(*) AS n FROM declaraties GROUP BY gemeente, client) AS x",
        "geen losse regels",
    ),
    (
        "SELECT SUM(CASE WHEN toewijzingnummer = 'T1' THEN bedrag_ct ELSE 0 END) AS b FROM declaraties",
        "zet een voorwaarde achter WHERE",
    ),
    (
        "SELECT COUNT(CASE WHEN toewijzingnummer = 'T1' THEN 1 END) AS b FROM declaraties",
        "zet een voorwaarde achter WHERE",
    ),
    ("SELECT SUM(bedrag_ct * minuten) AS b FROM declaraties", "alleen een kolom"),
    (
        "SELECT COUNT(*) FILTER (WHERE toewijzingnummer = 'T1') AS b FROM declaraties",
        "FILTER kan niet",
    ),
    ("SELECT MAX(bedrag_ct) AS b FROM declaraties", "MAX kan niet"),
    ("SELECT MIN(bedrag_ct) AS b FROM declaraties", "MIN kan niet"),
    ("SELECT MEDIAN(bedrag_ct) AS b FROM declaraties", "MEDIAN kan niet"),
    (
        "SELECT gemeente, COUNT(*) AS n FROM declaraties GROUP BY gemeente HAVING COUNT(*) > 2",
        "HAVING kan niet",
    ),
    (
        "SELECT gemeente, COUNT(*) AS n FROM declaraties GROUP BY gemeente ORDER BY n",
        "sorteert ORDER BY alleen",
    ),
    (
        "SELECT gemeente, COUNT(*) AS n FROM declaraties GROUP BY gemeente ORDER BY 2",
        "sorteert ORDER BY alleen",
    ),
    (
        "SELECT gemeente FROM declaraties GROUP BY gemeente ORDER BY SUM(bedrag_ct)",
        "sorteert ORDER BY alleen",
    ),
    ("SELECT DISTINCT gemeente FROM declaraties", "geen losse regels"),
    ("SELECT DISTINCT COUNT(*) AS n FROM declaraties", "DISTINCT kan niet"),
    (
        "SELECT CASE WHEN COUNT(*) > 2 THEN 'veel' ELSE 'weinig' END AS n FROM declaraties",
        "rekent de buitenste vraag alleen",
    ),
    ("SELECT COALESCE(SUM(bedrag_ct), 0) AS n FROM declaraties", "COALESCE kan niet"),
    ("SELECT COUNT(*) OVER () AS n FROM declaraties", "geen losse regels"),
    ("SELECT SUM(COUNT(*)) OVER () AS n FROM declaraties GROUP BY gemeente", "OVER kan niet"),
    (
        "SELECT toewijzingnummer, COUNT(*) AS n FROM declaraties GROUP BY toewijzingnummer",
        "een enkel geval",
    ),
    ("SELECT bedrag_ct, COUNT(*) AS n FROM declaraties GROUP BY bedrag_ct", "een enkel geval"),
    ("SELECT bron, regel, COUNT(*) AS n FROM declaraties GROUP BY bron, regel", "een enkel geval"),
    (
        "SELECT periode_begin, COUNT(*) AS n FROM declaraties GROUP BY periode_begin",
        "een enkel geval",
    ),
    (
        "SELECT SUBSTR(toewijzingnummer, 2) AS t, COUNT(*) AS n FROM declaraties GROUP BY 1",
        "een enkel geval",
    ),
    (
        "WITH x AS (SELECT client, toewijzingnummer AS gemeente FROM declaraties) SELECT gemeente, COUNT(*) AS n FROM x GROUP BY gemeente",
        "een enkel geval",
    ),
    ("SELECT COUNT(*) AS n FROM declaraties GROUP BY client", "wijst een persoon aan"),
    (
        "WITH x AS (SELECT gemeente, COUNT(*) AS n FROM declaraties GROUP BY gemeente) SELECT SUM(n) AS n FROM x",
        "neem client mee",
    ),
    ("SELECT COUNT(*) AS n FROM (SELECT gemeente FROM declaraties) AS x", "neem client mee"),
    (
        "WITH x AS (SELECT d.client, t.budget_ct FROM declaraties d JOIN toewijzingen t ON d.toewijzingnummer = t.toewijzingnummer) SELECT SUM(budget_ct) AS b FROM x",
        "neem client mee",
    ),
    (
        "WITH x AS (SELECT client, CASE WHEN toewijzingnummer = 'T1' THEN bedrag_ct ELSE 1 END AS b FROM declaraties) SELECT SUM(b) AS b FROM x",
        "alleen kolommen door",
    ),
    (
        "WITH x AS (SELECT client, SUM(bedrag_ct) + 1 AS b FROM declaraties GROUP BY client) SELECT SUM(b) AS b FROM x",
        "alleen kolommen door",
    ),
    (
        "SELECT COUNT(*) AS n FROM declaraties UNION ALL SELECT COUNT(*) FROM toewijzingen",
        "UNION kan niet",
    ),
    (
        "WITH x AS (SELECT client FROM declaraties UNION ALL SELECT client FROM toewijzingen) SELECT COUNT(*) AS n FROM x",
        "UNION kan niet",
    ),
    (
        "SELECT SUM(d.bedrag_ct) AS b FROM declaraties d CROSS JOIN signaaldagen s",
        "CROSS JOIN met kinderen",
    ),
    (
        "SELECT SUM(d.bedrag_ct) AS b FROM declaraties d JOIN toewijzingen t ON d.client = t.client AND d.bedrag_ct > t.budget_ct",
        "kiest en groepeert",
    ),
    // What somebody may know of a child.
    ("SELECT COUNT(*) AS n FROM declaraties WHERE toewijzingnummer = 'T1'", "kiest en groepeert"),
    ("SELECT COUNT(*) AS n FROM declaraties WHERE bedrag_ct = 1000", "kiest en groepeert"),
    ("SELECT COUNT(*) AS n FROM declaraties WHERE regel < 3", "kiest en groepeert"),
    ("SELECT COUNT(*) AS n FROM declaraties WHERE gezin IS NULL", "kiest en groepeert"),
    ("SELECT COUNT(*) AS n FROM declaraties WHERE minuten IS NULL", "kiest en groepeert"),
    (
        "SELECT COUNT(*) AS n FROM declaraties WHERE gemeente = 'Zeist' OR periode_begin > '2025-08-01'",
        "kiest en groepeert",
    ),
    (
        "SELECT COUNT(*) AS n FROM declaraties WHERE periode_begin_kwartaal = '2025-K3'",
        "kiest en groepeert",
    ),
    ("SELECT COUNT(*) AS n FROM declaraties WHERE SUBSTR(agb, 8) = '1'", "kiest en groepeert"),
    ("SELECT COUNT(*) AS n FROM toewijzingen WHERE wordt_18 = '2030-K1'", "kiest en groepeert"),
    ("SELECT COUNT(*) AS n FROM toewijzingen WHERE geboortejaar = 2012", "kiest en groepeert"),
    (
        "WITH x AS (SELECT client, bedrag_ct AS segment FROM declaraties) SELECT COUNT(*) AS n FROM x WHERE segment = 1000",
        "kiest en groepeert",
    ),
    (
        "WITH x AS (SELECT client, MAX(gemeente) AS gemeente FROM declaraties GROUP BY client) SELECT gemeente, COUNT(*) AS n FROM x GROUP BY gemeente",
        "kiest en groepeert",
    ),
    (
        "SELECT SUM(d.bedrag_ct) AS b FROM declaraties d JOIN toewijzingen t ON d.client = t.client AND t.toewijzingnummer = 'T1'",
        "kiest en groepeert",
    ),
    (
        "SELECT CASE WHEN jaar = 2025 THEN 'nu' ELSE 'toen' END AS wanneer, COUNT(*) AS n FROM declaraties GROUP BY 1",
        "kiest en groepeert",
    ),
    ("SELECT verwijzer, COUNT(*) AS n FROM toewijzingen GROUP BY verwijzer", "kiest en groepeert"),
    (
        "WITH per AS (SELECT client, COUNT(DISTINCT aanbieder) AS aanbieders FROM declaraties GROUP BY client) SELECT aanbieders, COUNT(*) AS kinderen FROM per GROUP BY aanbieders",
        "kiest en groepeert",
    ),
    (
        "WITH x AS (SELECT client, regel FROM declaraties GROUP BY client, regel) SELECT COUNT(*) AS n FROM x",
        "kiest en groepeert",
    ),
    (
        "WITH x AS (SELECT client FROM declaraties GROUP BY client HAVING SUM(bedrag_ct) > 2000) SELECT COUNT(*) AS n FROM x",
        "HAVING kan niet",
    ),
    (
        "SELECT COUNT(*) AS n FROM declaraties WHERE agb IN (SELECT agb FROM toewijzingen)",
        "niet naar tabellen met kinderen",
    ),
    (
        "SELECT COUNT(*) AS n FROM declaraties d LEFT JOIN toewijzingen t ON d.client = t.client",
        "LEFT JOIN met kinderen",
    ),
    ("SELECT COUNT(minuten) AS n FROM declaraties", "telt een vraag alleen"),
    ("SELECT COUNT(client) AS n FROM declaraties", "telt een vraag alleen"),
    ("SELECT COUNT(DISTINCT bedrag_ct) AS n FROM declaraties", "telt een vraag alleen"),
    (
        "SELECT COUNT(*) - COUNT(DISTINCT client) AS n FROM declaraties",
        "met twee tellingen alleen met",
    ),
    (
        "SELECT COUNT(*) + COUNT(DISTINCT client) AS n FROM declaraties",
        "met twee tellingen alleen met",
    ),
    ("SELECT COUNT(*) AS n FROM declaraties GROUP BY gemeente", "ook achter SELECT"),
];

#[test]
fn of_tables_without_children_anything_may_be_chosen() {
    let proef = proef();
    let sql = "SELECT segment, COUNT(*) AS n FROM producten WHERE UPPER(naam) LIKE 'MAAT%' GROUP BY segment";
    assert_eq!(text(&proef.ask(sql, Regio)), "segment|n\nS1|1");
    let sql = "SELECT COUNT(*) AS n FROM declaraties WHERE productcode IN (SELECT productcode FROM producten WHERE naam = 'Maatwerk')";
    assert_eq!(text(&proef.ask(sql, Regio)), "n\n3|(2)");
}

#[test]
fn keys_are_only_closed_when_they_are_columns_that_everybody_knows() {
    let proef = proef();
    let closed = "SELECT gemeente AS plaats, agb, COUNT(*) AS n FROM declaraties GROUP BY 1, 2";
    assert!(proef.ask(closed, Regio).sleutels_gesloten);
    let open = "SELECT naam AS segment FROM producten GROUP BY naam";
    assert!(!proef.ask(open, Regio).sleutels_gesloten);
}

#[test]
fn what_makes_a_group_smaller_than_its_count_is_refused() {
    let proef = proef();
    for (sql, reason) in SMALLER {
        refused(&proef, sql, reason);
    }
}
