//! Questions that are answered: the right numbers, in the right order, in the right unit.

use super::{proef, text};
use crate::metrics::antwoord::Soort;
use crate::region::Publiek::Intern;

/// Asks every question of a list and compares its answer.
#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let proef = proef();
    for (sql, expected) in cases {
        let found = text(&proef.ask(sql, Intern));
        assert_eq!(found, *expected, "{sql}");
    }
}

#[test]
fn groups_are_counted_and_added_up() {
    check(&[
        (
            "SELECT gemeente, SUM(bedrag_ct) FROM declaraties GROUP BY gemeente",
            "gemeente|som_bedrag_ct\n0310|-167\n0355|3500",
        ),
        ("SELECT COUNT(*) FROM declaraties", "aantal\n6"),
        (
            "SELECT COUNT(DISTINCT client) AS kinderen, COUNT(gezin), COUNT(DISTINCT gezin) g FROM declaraties",
            "kinderen|aantal_gezin|g\n5|5|3",
        ),
        (
            "select AANBIEDER, count(distinct CLIENT) as n from DECLARATIES group by Aanbieder order by N desc",
            "AANBIEDER|n\nBoei|3\nAnker|2",
        ),
        (
            "SELECT kwartaal k, AVG(bedrag_ct), MIN(bedrag_ct) laag, MAX(minuten), MEDIAN(bedrag_ct) FROM declaraties GROUP BY 1",
            "k|gemiddelde_bedrag_ct|laag|hoogste_minuten|mediaan_bedrag_ct\n2025-K2|166|0|10|166\n2025-K3|750|-500|60|750",
        ),
        (
            "SELECT COUNT(*) FILTER (WHERE is_maatwerk) m, COUNT(DISTINCT client) FILTER (WHERE is_maatwerk) c, SUM(bedrag_ct) FILTER (WHERE NOT is_maatwerk) b FROM declaraties",
            "m|c|b\n3|2|0",
        ),
        (
            "SELECT is_maatwerk, COUNT(*) AS n FROM declaraties GROUP BY ALL",
            "is_maatwerk|n\nnee|3\nja|3",
        ),
        (
            "SELECT gemeente FROM declaraties GROUP BY gemeente HAVING COUNT(DISTINCT client) > 2",
            "gemeente\n0310",
        ),
        ("SELECT SUM(bedrag_ct) FROM declaraties WHERE gemeente = '9999'", "som_bedrag_ct\n-"),
        (
            "SELECT COUNT(*) - COUNT(minuten) AS leeg, COUNT(minuten) - COUNT(*) AS min FROM declaraties",
            "leeg|min\n1|-1",
        ),
        (
            "SELECT SUM(CASE WHEN is_maatwerk THEN bedrag_ct ELSE 0 END) AS m FROM declaraties",
            "m\n3333",
        ),
    ]);
}

#[test]
fn names_of_items_may_be_used_behind_having_and_order_by() {
    check(&[
        (
            "SELECT gemeente, COUNT(DISTINCT client) AS n FROM declaraties GROUP BY gemeente HAVING n > 2",
            "gemeente|n\n0310|3",
        ),
        (
            "SELECT gemeente, COUNT(*) AS n, SUM(minuten) AS m FROM declaraties GROUP BY gemeente ORDER BY m / n",
            "gemeente|n|m\n0310|3|40\n0355|3|120",
        ),
        (
            "SELECT regel, -regel AS min FROM declaraties ORDER BY min + 0 LIMIT 1",
            "regel|min\n7|-7",
        ),
    ]);
    let proef = proef();
    let message = proef.refusal("SELECT n + 1 AS n FROM declaraties ORDER BY n + 1", Intern);
    assert!(message.starts_with("onbekende kolom 'n'"), "{message}");
}

#[test]
fn a_question_as_deep_as_it_is_long_is_refused() {
    let proef = proef();
    for sql in [
        format!("SELECT {}1 AS x FROM declaraties", "1 + ".repeat(20_000)),
        format!("SELECT {}1 AS x FROM declaraties", "1 + ".repeat(400)),
        format!("SELECT {}1 AS x FROM declaraties", "- ".repeat(700)),
        format!("SELECT {}1{} AS x FROM declaraties", "(".repeat(5_000), ")".repeat(5_000)),
        format!(
            "SELECT 1 AS x FROM {}declaraties{}",
            "(SELECT * FROM ".repeat(500),
            ") AS x".repeat(500)
        ),
        format!(
            "SELECT 1 AS x FROM declaraties {}",
            "UNION SELECT 1 FROM declaraties ".repeat(2_000)
        ),
        format!("SELECT {}1{} AS x FROM declaraties", "ROUND(1.5 * ".repeat(20), ")".repeat(20)),
    ] {
        let message = proef.refusal(&sql, Intern);
        assert!(message.contains("te veel") || message.contains("te lang"), "{message}");
    }
    let many = format!(
        "SELECT COUNT(*) AS n FROM declaraties WHERE {}regel = 2",
        "regel = 1 OR ".repeat(300)
    );
    assert_eq!(text(&proef.ask(&many, Intern)), "n\n1");
}

/// A question with a list of so many values.
fn list_of(n: usize) -> String {
    let values: Vec<String> = (2..2 + n).map(|n| n.to_string()).collect();
    format!("SELECT COUNT(*) AS n FROM declaraties WHERE regel IN ({})", values.join(", "))
}

#[test]
fn a_long_list_is_answered() {
    let proef = proef();
    assert_eq!(text(&proef.ask(&list_of(1000), Intern)), "n\n6");
    let others = list_of(1000).replace(" IN ", " NOT IN ");
    assert_eq!(text(&proef.ask(&others, Intern)), "n\n0");
    let all =
        format!("SELECT COUNT(*) AS n FROM declaraties WHERE {}TRUE", "regel > 1 AND ".repeat(398));
    assert_eq!(text(&proef.ask(&all, Intern)), "n\n6");
    let sql = "SELECT CAST('9223372036854775807' AS BIGINT) AS a, CAST('-12' AS BIGINT) AS b FROM declaraties WHERE regel = 2";
    assert_eq!(text(&proef.ask(sql, Intern)), "a|b\n-|-12");
}

#[test]
fn what_cannot_be_answered_is_refused_at_its_spot() {
    let proef = proef();
    for (sql, reason) in [
        (list_of(1500), "een lijst heeft hooguit 1000 waarden"),
        (
            format!(
                "SELECT COUNT(*) AS n FROM declaraties WHERE {}TRUE",
                "is_maatwerk OR ".repeat(600)
            ),
            "meer dan 400 voorwaarden",
        ),
        (
            format!(
                "SELECT CASE {}END AS n FROM declaraties",
                "WHEN regel = 1 THEN 2 ".repeat(200)
            ),
            "CASE heeft hooguit",
        ),
        (
            "SELECT a.regel FROM declaraties a CROSS JOIN declaraties b".to_owned(),
            "te veel om te tonen",
        ),
        (
            (2..20).fold("WITH x1 AS (SELECT a.regel FROM declaraties a JOIN producten b ON a.regel = b.regel)".to_owned(), |sql, n| {
                let m = n - 1;
                format!("{sql}, x{n} AS (SELECT a.regel FROM x{m} a JOIN x{m} b ON a.regel = b.regel)")
            }) + " SELECT COUNT(*) AS n FROM x19",
            "meer dan 40 tabellen",
        ),
        ("SELECT 100000000001 AS n FROM declaraties".to_owned(), "is te groot"),
        ("SELECT CAST(agb AS BOOLEAN) AS n FROM declaraties".to_owned(), "geen ja of nee"),
        ("SELECT LEFT(agb, -1) AS n FROM declaraties".to_owned(), "een heel getal vanaf 0"),
        ("SELECT SUBSTR(agb, 1.5) AS n FROM declaraties".to_owned(), "een heel getal vanaf 0"),
        (
            "SELECT COUNT(*) AS n FROM declaraties WHERE kwartaal = '2025-K9'".to_owned(),
            "'2025-K9' is geen kwartaal; schrijf bijvoorbeeld 2025-K3",
        ),
        (
            "SELECT COUNT(*) AS n FROM declaraties WHERE kwartaal IN ('2025-K3', '2025K3')"
                .to_owned(),
            "'2025K3' is geen kwartaal",
        ),
        (
            "SELECT COUNT(*) AS n FROM declaraties WHERE maand >= '2025-7'".to_owned(),
            "'2025-7' is geen maand; schrijf bijvoorbeeld 2025-07",
        ),
    ] {
        let message = proef.refusal(&sql, Intern);
        assert!(message.contains(reason), "{message}");
        assert!(message.ends_with('^'), "{message}");
    }
}

#[test]
fn single_rows_are_shown_in_a_fixed_order() {
    check(&[
        (
            "SELECT aanbieder, bedrag_ct FROM declaraties WHERE bedrag_ct > 0 ORDER BY bedrag_ct DESC LIMIT 2",
            "aanbieder|bedrag_ct\nAnker|2000\nAnker|1000",
        ),
        (
            "SELECT aanbieder, minuten FROM declaraties ORDER BY minuten DESC",
            "aanbieder|minuten\nAnker|60\nAnker|60\nBoei|30\nAnker|10\nBoei|0\nBoei|-",
        ),
        (
            "SELECT regel FROM declaraties ORDER BY minuten NULLS FIRST, regel LIMIT 2 OFFSET 1",
            "regel\n7\n6",
        ),
        ("SELECT DISTINCT aanbieder FROM declaraties", "aanbieder\nAnker\nBoei"),
        (
            "SELECT * FROM producten WHERE naam = 'Maatwerk'",
            "productcode|naam|productcategorie|segment|eenheid|tarief_ct|geldig_van|geldig_tot|is_coordinatie|basiscode|bron|regel\n45A53|Maatwerk|-|S1|-|-|-|-|-|-|p.csv|2",
        ),
        (
            "SELECT p.* EXCLUDE (bron, regel, eenheid, tarief_ct, geldig_van, geldig_tot, is_coordinatie, basiscode, productcategorie) FROM producten p",
            "productcode|naam|segment\n45A53|Maatwerk|S1\n45B01|Begeleiding|S2",
        ),
        (
            "SELECT regel, periode_begin FROM declaraties WHERE periode_begin BETWEEN '2025-07-01' AND DATE '2025-07-31' ORDER BY regel",
            "regel|periode_begin\n2|2025-07-01\n4|2025-07-15",
        ),
        ("SELECT regel FROM declaraties WHERE periode_begin >= '1-9-2025'", "regel\n5"),
        (
            "SELECT regel, CAST(periode_begin_dag + 1 AS DATE) AS m, CAST('1969-12-31' AS DATE) AS v FROM declaraties WHERE periode_begin IN ('2025-09-01', DATE '1960-02-29')",
            "regel|m|v\n5|2025-09-02|1969-12-31",
        ),
        (
            "SELECT regel, periode_begin_kwartaal, periode_begin_dag FROM declaraties WHERE regel = 2",
            "regel|periode_begin_kwartaal|periode_begin_dag\n2|2025-K3|20270",
        ),
        (
            "SELECT regel FROM declaraties WHERE aanbieder LIKE 'An%' AND productcode NOT LIKE 'x%' AND aanbieder ILIKE 'a%' ORDER BY 1 DESC",
            "regel\n6\n3\n2",
        ),
        (
            "SELECT regel FROM declaraties WHERE minuten IS NULL OR NOT (is_maatwerk IS TRUE) AND regel IN (5, 7)",
            "regel\n4\n5\n7",
        ),
    ]);
}

#[test]
fn tables_are_joined_on_a_child_that_nobody_sees() {
    check(&[
        (
            "SELECT t.verwijzer, SUM(d.bedrag_ct) AS b FROM declaraties d JOIN toewijzingen t ON d.client = t.client GROUP BY t.verwijzer",
            "verwijzer|b\ngemeente|500\nhuisarts|2500",
        ),
        (
            "SELECT COUNT(DISTINCT d.client) n, COUNT(DISTINCT t.client) t FROM declaraties d LEFT JOIN toewijzingen t USING (client)",
            "n|t\n5|3",
        ),
        (
            "SELECT p.naam, COUNT(*) n FROM declaraties AS d INNER JOIN producten p ON d.productcode = p.productcode AND p.segment = 'S1' GROUP BY p.naam",
            "naam|n\nMaatwerk|3",
        ),
        (
            "SELECT d.regel, p.naam FROM declaraties d LEFT JOIN producten p ON d.productcode = p.productcode AND p.segment = 'S1' WHERE d.regel < 5 ORDER BY 1",
            "regel|naam\n2|Maatwerk\n3|Maatwerk\n4|-",
        ),
        (
            "SELECT COUNT(*) n FROM declaraties a JOIN declaraties b ON a.client = b.client AND a.bedrag_ct < b.bedrag_ct",
            "n\n1",
        ),
        (
            "SELECT COUNT(*) n FROM toewijzingen WHERE client IN (SELECT client FROM declaraties WHERE is_maatwerk)",
            "n\n1",
        ),
        (
            "SELECT COUNT(*) n FROM toewijzingen WHERE client NOT IN (SELECT client FROM declaraties) AND budget_ct IS NULL",
            "n\n1",
        ),
        ("SELECT COUNT(*) n, MAX(r.max_uren) u FROM declaraties d CROSS JOIN regio r", "n|u\n6|7"),
        ("SELECT COUNT(*) n FROM declaraties WHERE gezin IS NULL", "n\n1"),
        (
            "WITH t AS (SELECT SUM(bedrag_ct) AS alles FROM declaraties) SELECT d.regel, d.bedrag_ct / t.alles AS deel FROM declaraties d CROSS JOIN t WHERE d.regel = 4",
            "regel|deel\n4|0.150015002",
        ),
        // A range beside a cross join: the streaming engine has no plan for it.
        (
            "SELECT COUNT(*) AS n FROM toewijzingen AS o CROSS JOIN regio AS r WHERE o.einddatum < r.peildatum",
            "n\n1",
        ),
        (
            "SELECT COUNT(*) AS n FROM declaraties d CROSS JOIN regio r WHERE d.bedrag_ct > r.mandaat_grens_ct",
            "n\n4",
        ),
        (
            "SELECT COUNT(*) AS n FROM declaraties d CROSS JOIN toewijzingen t WHERE d.bedrag_ct * 50 > t.budget_ct",
            "n\n3",
        ),
        (
            "WITH x AS (SELECT d.regel, r.mandaat_grens_ct AS grens FROM declaraties d CROSS JOIN regio r) SELECT COUNT(*) AS n FROM x WHERE regel > grens - 2",
            "n\n2",
        ),
    ]);
}

#[test]
fn subqueries_hand_on_what_they_know() {
    check(&[
        (
            "WITH per AS (SELECT client, COUNT(DISTINCT aanbieder) AS n, SUM(bedrag_ct) AS totaal_ct FROM declaraties GROUP BY client) SELECT n, COUNT(*) AS kinderen, SUM(totaal_ct) AS totaal_ct FROM per GROUP BY n",
            "n|kinderen|totaal_ct\n1|5|3333",
        ),
        (
            "SELECT gemeente, MAX(n) AS meeste FROM (SELECT gemeente, client AS wie, COUNT(*) AS n FROM declaraties GROUP BY gemeente, client) AS x GROUP BY gemeente",
            "gemeente|meeste\n0310|1\n0355|2",
        ),
        (
            "WITH a AS (SELECT client AS x FROM declaraties UNION SELECT client FROM toewijzingen) SELECT COUNT(x) n, COUNT(DISTINCT x) m FROM a",
            "n|m\n6|6",
        ),
        (
            "WITH a AS (SELECT gemeente, SUM(bedrag_ct) AS b FROM declaraties GROUP BY gemeente) SELECT x.gemeente, x.b, y.b AS ook FROM a x JOIN a y ON x.gemeente = y.gemeente",
            "gemeente|b|ook\n0310|-167|-167\n0355|3500|3500",
        ),
        (
            "SELECT gemeente FROM declaraties UNION SELECT gemeente FROM toewijzingen ORDER BY gemeente DESC LIMIT 1",
            "gemeente\n0355",
        ),
        (
            "SELECT 'a' AS soort, COUNT(*) AS n FROM declaraties UNION ALL SELECT 'b', COUNT(*) FROM toewijzingen",
            "soort|n\na|6\nb|4",
        ),
        (
            "WITH g AS (SELECT client, bedrag_ct, ROW_NUMBER() OVER (PARTITION BY client ORDER BY bedrag_ct DESC) AS nr FROM declaraties) SELECT SUM(bedrag_ct) AS b, COUNT(DISTINCT client) n FROM g WHERE nr = 1",
            "b|n\n2333|5",
        ),
    ]);
}

#[test]
fn gemeenten_are_known_by_name_and_by_code() {
    check(&[
        ("SELECT COUNT(*) n FROM declaraties WHERE gemeente = 'zeist'", "n\n3"),
        ("SELECT COUNT(*) n FROM declaraties WHERE gemeente IN ('De Bilt', '0355')", "n\n6"),
        ("SELECT COUNT(*) n FROM declaraties WHERE gemeente <> 'ZEIST'", "n\n3"),
        ("SELECT COUNT(*) n FROM declaraties d WHERE '''s-gravenhage' = d.gemeente", "n\n0"),
        (
            "SELECT CASE gemeente WHEN 'Zeist' THEN 'hier' ELSE 'daar' END AS waar, COUNT(*) n FROM declaraties GROUP BY 1",
            "waar|n\ndaar|3\nhier|3",
        ),
        (
            "WITH x AS (SELECT gemeente AS g FROM declaraties) SELECT COUNT(*) n FROM x WHERE g = 'Zeist'",
            "n\n3",
        ),
    ]);
    let message =
        proef().refusal("SELECT COUNT(*) FROM declaraties WHERE gemeente = 'Zeits'", Intern);
    assert_eq!(
        message,
        "onbekende gemeente 'Zeits'; bedoelde u 'Zeist'?\n      SELECT COUNT(*) FROM declaraties WHERE gemeente = 'Zeits'\n                                                        ^"
    );
}

#[test]
fn gemeenten_are_sorted_by_name() {
    let proef = proef();
    let pgb = "gemeente,client,bedrag_ct,bron,regel\n0518,1,1,p,2\n9999,2,2,p,3\n0355,3,3,p,4\n0310,4,4,p,5\n";
    proef.write("pgb", pgb);
    for (sql, expected) in [
        (
            "SELECT gemeente, COUNT(*) AS n FROM pgb GROUP BY gemeente",
            "gemeente|n\n0310|1\n0518|1\n0355|1\n9999|1",
        ),
        ("SELECT gemeente AS g FROM pgb ORDER BY gemeente DESC LIMIT 2", "g\n9999\n0355"),
        ("SELECT regel FROM pgb ORDER BY gemeente", "regel\n5\n2\n4\n3"),
    ] {
        assert_eq!(text(&proef.ask(sql, Intern)), expected, "{sql}");
    }
}

#[test]
fn numbers_stay_in_their_unit_and_what_is_no_number_is_empty() {
    check(&[
        (
            "SELECT SUM(bedrag_ct) / COUNT(DISTINCT client) AS per_kind_ct FROM declaraties",
            "per_kind_ct\n667",
        ),
        (
            "SELECT SUM(bedrag_ct) / SUM(minuten - minuten) AS x, SUM(minuten) % 0 AS y FROM declaraties",
            "x|y\n-|-",
        ),
        (
            "SELECT 100.0 * SUM(minuten) / SUM(bedrag_ct) AS p, ROUND(AVG(jaar), 1) AS j FROM declaraties",
            "p|j\n4.800480048|2025.0",
        ),
        (
            "SELECT bedrag_ct * 100000000000 * 100000000000 AS groot_ct FROM declaraties WHERE regel = 2",
            "groot_ct\n-",
        ),
        (
            "SELECT CAST('x' AS INTEGER) AS a, CAST(bedrag_ct AS VARCHAR) || '!' AS b, CAST(minuten AS DOUBLE) / 7 AS c FROM declaraties WHERE regel = 2",
            "a|b|c\n-|1000!|9",
        ),
        (
            "SELECT EXTRACT(YEAR FROM periode_begin) j, MONTH(periode_begin) m, COALESCE(minuten, 0) u, ABS(-3) a FROM declaraties WHERE regel = 4",
            "j|m|u|a\n2025|7|0|3",
        ),
        (
            "SELECT UPPER(aanbieder) a, LOWER(aanbieder) b, LENGTH(aanbieder) c, SUBSTR(aanbieder, 1, 2) d, CONCAT(aanbieder, '-', productcode) e, LEFT(productcode, 3) f FROM declaraties WHERE regel = 4",
            "a|b|c|d|e|f\nBOEI|boei|4|Bo|Boei-45B01|45B",
        ),
        (
            "SELECT QUANTILE_CONT(bedrag_ct, 0.5) q, ROUND(STDDEV(jaar), 2) s FROM declaraties",
            "q|s\n416|0.0",
        ),
    ]);
}

#[test]
fn windows_look_at_other_rows() {
    let message = proef()
        .refusal("SELECT regel * SUM(7) OVER (PARTITION BY 7) AS x FROM declaraties", Intern);
    assert!(message.starts_with("met OVER hoort hier een kolom"), "{message}");
    let message = proef().refusal("SELECT CAST(kwartaal AS DATE) AS x FROM declaraties", Intern);
    assert!(message.contains("of een dag: DATE '2025-08-01'"), "{message}");
    check(&[
        (
            "SELECT maand, SUM(bedrag_ct) AS b, LAG(SUM(bedrag_ct), 1) OVER (ORDER BY maand) AS vorige FROM declaraties GROUP BY maand",
            "maand|b|vorige\n2025-06|333|-\n2025-07|1500|333\n2025-08|2000|1500\n2025-09|-500|2000",
        ),
        (
            "SELECT regel, SUM(bedrag_ct) OVER (PARTITION BY client ORDER BY regel) AS loopt FROM declaraties WHERE regel < 4 ORDER BY regel",
            "regel|loopt\n2|1000\n3|3000",
        ),
        (
            "SELECT gemeente, SUM(bedrag_ct) AS b, SUM(SUM(bedrag_ct)) OVER () AS alles FROM declaraties GROUP BY gemeente",
            "gemeente|b|alles\n0310|-167|3333\n0355|3500|3333",
        ),
        (
            "SELECT regel, SUM(CASE WHEN is_maatwerk THEN 1 ELSE 0 END) OVER (PARTITION BY client) AS n FROM declaraties WHERE regel < 4 ORDER BY 1",
            "regel|n\n2|2\n3|2",
        ),
        ("SELECT COUNT(*) OVER () AS n FROM declaraties", "n\n6\n6\n6\n6\n6\n6"),
    ]);
}

#[test]
fn columns_know_their_heading_unit_and_whether_they_name_a_row() {
    let sql = "SELECT gemeente, kwartaal AS wanneer, SUM(bedrag_ct) AS totaal_ct, AVG(minuten), COUNT(*) FROM declaraties GROUP BY 1, 2";
    let tabel = proef().ask(sql, Intern);
    let found: Vec<(&str, Soort, bool)> = tabel
        .kolommen
        .iter()
        .map(|kolom| (kolom.kop.as_str(), kolom.soort, kolom.is_sleutel))
        .collect();
    assert_eq!(
        found,
        [
            ("Gemeente", Soort::Gemeente, true),
            ("Wanneer", Soort::Kwartaal, true),
            ("Totaal", Soort::Eurocent, false),
            ("Gemiddelde van minuten", Soort::Minuten, false),
            ("Aantal", Soort::Aantal, false),
        ]
    );
}

#[test]
fn a_number_keeps_its_unit_unless_it_is_made_into_another() {
    let proef = proef();
    let of_table = |sql: &str| {
        let tabel = proef.ask(sql, Intern);
        let found = tabel.kolommen[0].clone();
        (found.soort, found.kop, text(&tabel).lines().nth(1).unwrap_or("").to_owned())
    };
    let of = |expression: &str| of_table(&format!("SELECT {expression} FROM declaraties"));
    let euro = Soort::Getal(2);
    for (expression, soort, kop, value) in [
        ("SUM(bedrag_ct) / 4 AS deel", Soort::Eurocent, "Deel", "833"),
        ("SUM(bedrag_ct) * 2 AS x", Soort::Eurocent, "X", "6666"),
        ("(1 + 0.21) * SUM(bedrag_ct) AS x", Soort::Eurocent, "X", "4033"),
        ("SUM(bedrag_ct) / COUNT(*) AS x", Soort::Eurocent, "X", "556"),
        ("SUM(bedrag_ct * 1.5) AS x", Soort::Eurocent, "X", "5000"),
        ("SUM(bedrag_ct) / SUM(minuten) AS x", Soort::Eurocent, "X", "21"),
        ("SUM(minuten) / 4 AS x", Soort::Minuten, "X", "40"),
        ("SUM(bedrag_ct) / 100 AS kosten", euro, "Kosten (euro)", "33.33"),
        ("SUM(bedrag_ct) / 100.0 AS bedrag_ct", euro, "Bedrag (euro)", "33.33"),
        ("0.01 * SUM(bedrag_ct) AS in_euro", euro, "In euro", "33.33"),
        ("ROUND(SUM(bedrag_ct / 100)) AS x", Soort::Getal(0), "X (euro)", "33.0"),
        ("COALESCE(SUM(bedrag_ct) / 100, 0) / 12 + 1 AS x", euro, "X (euro)", "3.7775"),
        ("SUM(bedrag_ct) / 100000 AS x", euro, "X", "0.03333"),
        ("SUM(bedrag_ct) / 100 / 1000 AS x", euro, "X", "0.03333"),
        ("SUM(bedrag_ct) / 100 * 100 AS x_ct", Soort::Eurocent, "X", "3333"),
        ("SUM(minuten) / 60 AS zorg", euro, "Zorg (uur)", "2.666666667"),
        ("SUM(minuten) / 60 / 8 AS dagen", euro, "Dagen", "0.333333333"),
        ("SUM(minuten) / 1440 AS dagen", euro, "Dagen", "0.111111111"),
        ("100.0 * SUM(bedrag_ct) / SUM(bedrag_ct) AS p", Soort::Getal(3), "P", "100.0"),
    ] {
        let found = of(expression);
        assert_eq!(found, (soort, kop.to_owned(), value.to_owned()), "{expression}");
    }
    let nested = "WITH x AS (SELECT client, SUM(bedrag_ct) / 100 AS b FROM declaraties GROUP BY client) SELECT MAX(b) AS hoogste FROM x";
    assert_eq!(of_table(nested), (euro, "Hoogste (euro)".to_owned(), "30.0".to_owned()));
}

#[test]
fn a_year_is_no_count() {
    let sql = "SELECT jaar AS j, YEAR(periode_begin) AS k, EXTRACT(YEAR FROM periode_begin) - 1 AS l, MONTH(periode_begin) AS m, SUM(regel) AS r FROM declaraties GROUP BY 1, 2, 3, 4";
    let tabel = proef().ask(sql, Intern);
    let found: Vec<Soort> = tabel.kolommen.iter().map(|kolom| kolom.soort).collect();
    assert_eq!(found, [Soort::Jaar, Soort::Jaar, Soort::Jaar, Soort::Aantal, Soort::Aantal]);
    assert_eq!(text(&tabel).lines().nth(1), Some("2025|2025|2024|6|13"));
}

#[test]
fn a_table_that_is_absent_is_a_reason_and_no_mistake() {
    let proef = proef();
    let omgeving = proef.omgeving(Intern);
    let vraag = crate::metrics::los::LosVraag::lees(
        "SELECT COUNT(*) FROM contracten",
        "de vraag",
        &omgeving,
    )
    .unwrap();
    assert_eq!(vraag.tabellen(), ["contracten"]);
    let params = std::collections::BTreeMap::new();
    let input = crate::metrics::MeasureInput {
        dataset: proef.folder.path(),
        kwartaal: "2025-K3".parse().unwrap(),
        peildatum: chrono::NaiveDate::default(),
        gemeenten: &[],
        jeugdigen: &[],
        settings: &[],
        met_jaar: false,
        params: &params,
    };
    assert_eq!(vraag.antwoord(&input).unwrap(), Err("geen contracten aangeleverd".to_owned()));
}
