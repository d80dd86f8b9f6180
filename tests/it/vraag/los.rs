//! Loose questions and own files.

use super::{rows, vraag, vraag_in, wrong};
use crate::job::TestJob;

const OWN: &str = r#"/*---
title = "Grote declaraties"
question = "Hoeveel regels zijn minstens zo groot?"
why = "Een groot bedrag is een gesprek waard."
kind = "measure"
keys = ["gemeente"]
levels = [["gemeente"], []]
value = "regels"
unit = "regels"
contributors = ["client"]
measure = "grote_regels"
period = "kwartaal"
owner = "ICM"
reviewed = 2026-11-22
[params.drempel]
type = "getal"
default = 100000
[params.wet]
type = "ja_nee"
default = "nee"
[params.vanaf]
type = "datum"
default = 2025-07-01
[params.product]
type = "productcode"
---*/
WITH gekozen AS (
  SELECT gemeente, client, bedrag_ct, periode_begin, wet
  FROM declaraties
  WHERE productcode IN (SELECT waarde FROM par_product)
)
SELECT gemeente, client, COUNT(*) AS regels
FROM gekozen
CROSS JOIN par_drempel
CROSS JOIN par_vanaf
WHERE bedrag_ct >= par_drempel.waarde AND periode_begin >= par_vanaf.waarde
GROUP BY gemeente, client
"#;

/// The one number of the level without keys.
fn total(job: &TestJob, words: &[&str]) -> i64 {
    let seen = vraag_in(job, &[&["eigen.sql", "--per", "totaal"], words].concat());
    seen.check(0, &["Grote declaraties"]);
    let row = rows(&seen)[0].to_owned();
    row.split_whitespace().next().unwrap().replace('.', "").parse().unwrap()
}

#[test]
fn an_own_file_has_parameters_of_every_type() {
    let job = TestJob::new().file("eigen.sql", OWN);
    let usual = total(&job, &[]);
    let all = total(&job, &["--par", "drempel=0"]);
    let later = total(&job, &["--par", "drempel=0", "--par", "vanaf=01-09-2025"]);
    assert!(0 < usual && usual < all, "{usual} {all}");
    assert!(0 < later && later < all, "{later} {all}");
    assert_eq!(total(&job, &["--par", "drempel=0", "--par", "vanaf=2025-09-01"]), later);
    let one = total(&job, &["--par", "drempel=0", "--par", "product=45A04"]);
    let two = total(&job, &["--par", "drempel=0", "--par", "product=45A04,45A53"]);
    assert!(0 < one && one <= two && two < all, "{one} {two} {all}");
    let refused = |words: &[&str], told: &str| {
        let seen = vraag_in(&job, &[&["eigen.sql"], words].concat());
        seen.check(2, &[told, "te kiezen met --par", "geheel getal; zonder keuze: 100000"]);
    };
    refused(&["--par", "drempel=veel"], "parameter 'drempel': 'veel' is geen geheel getal");
    refused(&["--par", "vanaf=gisteren"], "'gisteren' is geen datum");
    refused(&["--par", "dremple=1"], "eigen heeft geen parameter 'dremple'; bedoelde u 'drempel'?");
}

#[test]
fn a_header_with_a_wrong_parameter_is_told_with_its_line() {
    for (from, to, told) in [
        (
            "default = 100000",
            "default = \"veel\"",
            "eigen.sql:17: parameter 'drempel' heeft een veld default dat niet kan: 'veel' is geen geheel getal",
        ),
        (
            "default = 100000",
            "",
            "eigen.sql:16: parameter 'drempel' heeft een veld type dat niet kan: type getal heeft een default nodig",
        ),
        (
            "default = \"nee\"",
            "default = \"misschien\"",
            "eigen.sql:20: parameter 'wet' heeft een veld default dat niet kan: 'misschien' is geen ja of nee",
        ),
        (
            "default = 100000",
            "default = 100000\nallowed = [1, 2]",
            "parameter 'drempel' heeft een veld default dat niet kan: '100000' kan niet; kies uit: 1, 2",
        ),
        (
            "type = \"productcode\"",
            "type = \"kleur\"",
            "parameter 'product': geen tabel van deze query heeft een tekstkolom 'kleur'",
        ),
    ] {
        assert!(OWN.contains(from));
        let job = TestJob::new().file("eigen.sql", OWN.replace(from, to));
        vraag_in(&job, &["eigen.sql"]).check(2, &[told]);
    }
}

#[test]
fn other_commands_are_refused_as_sql_and_a_file_is_found_by_its_name() {
    for sql in ["DELETE FROM declaraties", "drop table declaraties", "FROM declaraties", "copy"] {
        wrong(&[sql], &["mag niet; een vraag is precies een SELECT"]);
    }
    let seen = vraag(&["SELECT"]);
    assert!(seen.exit == 2 && !seen.err.contains("onbekende vraag"), "{}", seen.err);
    let job = TestJob::new().file("eigen.sql", OWN);
    vraag_in(&job, &["eigen"]).check(2, &["onbekende vraag 'eigen'; bedoelde u eigen.sql?"]);
}

#[test]
fn a_parameter_is_told_in_the_source_and_refused_when_it_cannot_be() {
    let job = TestJob::new().file("eigen.sql", OWN);
    let seen = vraag_in(&job, &["eigen.sql", "--par", "vanaf=01-08-2025"]);
    seen.check(
        0,
        &["eigen vraag eigen.sql, drempel 100.000, vanaf 01-08-2025, wet nee, Oefenregio"],
    );
    for (par, told) in [
        ("drempel=1,2", "noem één waarde, niet 1 en 2"),
        ("drempel=9223372036854775807", "is te groot; een getal is hooguit 1.000.000.000.000"),
        ("drempel=", "er staat geen waarde"),
        ("product=", "er staat geen waarde"),
        ("product=45A0", "'45A0' komt niet voor bij productcode"),
    ] {
        vraag_in(&job, &["eigen.sql", "--par", par]).check(2, &[told]);
    }
    vraag(&["dure_hulp"]).check(0, &["vraag dure_hulp, grens_euro 50.000, Oefenregio"]);
    vraag(&["aflopend"]).check(0, &["alles in de dataset, peildatum 30-10-2025"]);
    let before = "de gegevens beginnen in 2023-K4: over de kwartalen daarvoor is niets bekend";
    vraag(&["dure_hulp", "--par", "kwartaal=2024-K1"]).check(0, &[before]);
    assert!(!vraag(&["dure_hulp"]).out.contains(before));
    let older = "SELECT COUNT(*) AS n FROM declaraties WHERE kwartaal = '2024-K1'";
    assert!(!vraag(&[older]).out.contains("kunnen nog declaraties komen"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    vraag(&["weg.sql"]).refused(3, &["weg.sql bestaat niet"]);
}

#[test]
fn a_folder_of_own_queries_adds_and_replaces() {
    let job = TestJob::new().file("vragen/eigen.sql", OWN);
    let ask = |words: &[&str]| vraag_in(&job, &[words, &["--queries", "vragen"]].concat());
    ask(&["eigen", "--per", "totaal"]).check(0, &["Grote declaraties"]);
    assert!(ask(&[]).out.contains("  eigen"));
    ask(&["eigne"]).check(2, &["bedoelde u 'eigen'?"]);
    // A mistake in another file does not stop this question.
    let job = job.file("vragen/stuk.sql", OWN.replace("FROM declaraties", "FROM declaratis"));
    let seen = vraag_in(&job, &["kosten_totaal", "--queries", "vragen"]);
    assert_eq!(seen.exit, 0, "{}", seen.err);
    vraag_in(&job, &["stuk", "--queries", "vragen"]).check(2, &["onbekende tabel 'declaratis'"]);
}

#[test]
fn parameters_of_a_loose_question_stand_in_it() {
    let sql = "SELECT gemeente, COUNT(*) AS n FROM declaraties GROUP BY gemeente";
    wrong(&[sql, "--par", "gemeente=Wilgenoord"], &["WHERE gemeente = 'Wilgenoord'"]);
    wrong(&[sql, "--per", "gemeente"], &["GROUP BY gemeente"]);
    wrong(&[sql, "--regels"], &["--regels hoort bij een signaal"]);
}

/// Numbers in a row of the screen, without the marks between thousands.
fn last(row: &str) -> String {
    row.split_whitespace().next_back().unwrap().replace('.', "")
}

#[test]
fn a_loose_question_counts_what_a_query_with_a_name_counts() {
    let sql = "SELECT gemeente, kwartaal, SUM(bedrag_ct) AS bedrag_ct FROM declaraties \
               WHERE kwartaal = '2025-K3' GROUP BY gemeente, kwartaal";
    let loose = vraag(&[sql]);
    loose.check(0, &["INTERN – niet delen", "Bedrag (euro)", "tabel declaraties"]);
    let named = vraag(&["kosten_totaal", "--par", "kwartaal=2025-K3"]);
    let euros = |seen: &crate::job::Seen| {
        let mut found: Vec<(String, bool)> = Vec::new();
        for row in rows(seen) {
            found.push((row.split("  ").next().unwrap().to_owned(), row.contains(',')));
        }
        found.sort();
        found
    };
    assert_eq!(rows(&loose).len(), 8, "{}", loose.out);
    assert_eq!(euros(&loose), euros(&named));
    for row in rows(&loose) {
        let (name, amount) =
            (row.split("  ").next().unwrap(), row.split_whitespace().next_back().unwrap());
        let same = rows(&named).into_iter().find(|other| other.starts_with(name)).unwrap();
        assert!(same.contains(amount), "{row} is not {same}");
    }
}

#[test]
fn outside_intern_small_rows_keep_their_place_or_are_left_out() {
    let sql = "SELECT gemeente, kwartaal, COUNT(DISTINCT client) AS n FROM overeenkomsten_per_kwartaal \
               GROUP BY gemeente, kwartaal";
    let (intern, regio) = (vraag(&[sql]), vraag(&[sql, "--publiek", "regio"]));
    intern.check(0, &["INTERN – niet delen"]);
    regio.check(0, &["REGIO – alleen voor", "onderdrukt: er staan minder dan 10 jeugdigen achter"]);
    assert_eq!(rows(&intern).len(), rows(&regio).len());
    let mut n = 0;
    for (all, shown) in rows(&intern).into_iter().zip(rows(&regio)) {
        let children: i64 = last(all).parse().unwrap();
        if children < 10 {
            assert_eq!(last(shown), "onderdrukt", "{all}");
            n += 1;
        } else {
            assert_eq!(last(all), last(shown));
        }
    }
    assert!(n > 0 && n < rows(&intern).len(), "{n}");
    // The reason of a change is no closed set: that a row is there would tell of one child.
    let sql = "SELECT gemeente, reden_wijziging, COUNT(DISTINCT client) AS n FROM toewijzingen \
               GROUP BY gemeente, reden_wijziging";
    assert_eq!(vraag(&[sql]).exit, 0);
    let refused = vraag(&[sql, "--publiek", "regio"]);
    refused.check(2, &["groepeert een vraag alleen op gemeente, aanbieder"]);
    assert_eq!(refused.out, "");
}

#[test]
fn what_may_not_be_asked_is_refused_with_its_place() {
    for (sql, told) in [
        ("SELECT client FROM declaraties", "client"),
        ("SELECT * FROM declaraties", "client"),
        ("SELECT bedrg_ct FROM declaraties", "bedoelde u 'bedrag_ct'?"),
        ("SELECT COUNT(*) AS n FROM declaratis", "bedoelde u 'declaraties'?"),
        ("SELECT COUNT(*) AS n FROM declaraties WHERE gemeente = 'Wilgenood'", "Wilgenoord"),
        ("SELECT COUNT(*) AS n FROM read_csv('/etc/passwd')", ""),
        ("WITH x AS (DELETE FROM declaraties) SELECT 1", ""),
    ] {
        let seen = vraag(&[sql]);
        seen.check(2, &["FOUT  ", told]);
        assert!(seen.err.lines().any(|line| line.trim() == "^"), "{}", seen.err);
    }
}

#[test]
fn a_file_without_a_header_is_a_loose_question() {
    let job = TestJob::new()
        .file("aantal.sql", "-- hoeveel regels\nSELECT gemeente, COUNT(*) AS regels\nFROM declaraties\nGROUP BY gemeente\n")
        .file("stuk.sql", "SELECT gemeente,\n  COUNT(*) AS n\nFROM declaratis\nGROUP BY gemeente\n");
    let seen = vraag_in(&job, &["aantal.sql", "--csv", "aantal.csv"]);
    seen.check(0, &["geschreven: aantal.csv", "Verder: open aantal.csv"]);
    assert_eq!(job.read("aantal.csv").lines().count(), 9);
    vraag_in(&job, &["stuk.sql"]).check(2, &["stuk.sql:3: ", "bedoelde u 'declaraties'?"]);
}

#[test]
fn a_loose_question_over_an_absent_table_is_not_determinable() {
    let job = TestJob::new().file("d.csv", crate::support::export(&[&[]]));
    job.run(&["lees", "d.csv", "--regio", "oefenregio", "--naar", "dataset"]);
    let ask = |words: &[&str]| job.run(&[&["vraag"], words].concat());
    let seen = ask(&["SELECT COUNT(*) AS n FROM contracten", "--kwartaal", "2025-K3"]);
    seen.check(
        0,
        &[
            "niet te bepalen",
            "geen contracten aangeleverd",
            "zet WHERE kwartaal = '2025-K3' in de SELECT",
        ],
    );
    assert_eq!(rows(&seen), ["niet te bepalen"]);
}
