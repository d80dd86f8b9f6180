//! The list of queries and the dictionary.

use maatstaf::metrics::{Kind, Query};
use maatstaf::schema::TABLES;

use super::{vraag, wrong};
use crate::job::TestJob;

#[test]
fn the_list_has_every_query_with_its_question() {
    let job = TestJob::new();
    let seen = job.run(&["vraag"]);
    seen.check(0, &["Maatwerk\n", "Regels van ", "Voorbeelden:\n"]);
    for query in Query::load_all(None).unwrap() {
        let line =
            seen.out.lines().find(|line| line.trim_start().starts_with(&format!("{} ", query.id)));
        match query.kind {
            Kind::Draws => assert!(line.is_none(), "{}", query.id),
            _ => assert!(line.unwrap().contains(query.question.as_str()), "{}", query.id),
        }
    }
    assert_eq!(job.run(&["query"]).out, seen.out);
}

#[test]
fn beside_a_dataset_rules_that_are_off_are_left_out_and_counted() {
    let all = TestJob::new().run(&["vraag"]);
    let seen = vraag(&[]);
    let lines = |text: &str| text.lines().filter(|line| line.starts_with("  ")).count();
    assert!(lines(&seen.out) <= lines(&all.out));
    let json = vraag(&["--json"]);
    let list: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let n = Query::load_all(None).unwrap().iter().filter(|q| q.kind != Kind::Draws).count();
    assert_eq!(list.as_array().unwrap().len(), n);
    assert_eq!(list[0]["groep"], "Maatwerk");
}

#[test]
fn options_that_need_a_question_say_so() {
    wrong(&["--csv"], &["bij --csv hoort een vraag"]);
    wrong(&["--csv", "kosten_totaal"], &["bedoelde u: maatstaf vraag kosten_totaal --csv"]);
    wrong(&["--json", "kosten_totaal"], &["bedoelde u: maatstaf vraag kosten_totaal --json"]);
    wrong(&["--par", "gemeente=Wilgenoord"], &["bij --par hoort een vraag"]);
}

#[test]
fn the_dictionary_names_every_table_with_its_rows() {
    let seen = vraag(&["--woordenboek"]);
    for table in TABLES {
        let line = seen.out.lines().find(|line| line.starts_with(&format!("  {} ", table.name)));
        let line = line.unwrap_or_else(|| panic!("{} is not in:\n{}", table.name, seen.out));
        assert!(line.contains(" rij") || line.contains("niet aangeleverd"), "{line}");
    }
    assert!(!TestJob::new().run(&["vraag", "--woordenboek"]).out.contains(" rijen"));
    // How many rows there are of children is for ICM.
    let regio = vraag(&["--woordenboek", "--publiek", "regio"]);
    let line = |name: &str| regio.out.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(!line("  declaraties ").contains(" rij"), "{}", regio.out);
    assert!(line("  producten ").contains(" rij"), "{}", regio.out);
}

#[test]
fn a_table_of_the_dictionary_tells_its_columns() {
    let seen = vraag(&["--woordenboek", "declaraties"]);
    seen.check(
        0,
        &[
            "tellen en koppelen, niet tonen",
            "eurocenten",
            "periode_begin_dag",
            "maatstaf vraag \"SELECT ",
        ],
    );
    assert_eq!(vraag(&["declaraties", "--woordenboek"]).out, seen.out);
    let machine: serde_json::Value =
        serde_json::from_str(&vraag(&["--woordenboek", "declaraties", "--json"]).out).unwrap();
    let columns = machine["kolommen"].as_array().unwrap();
    let client = columns.iter().find(|column| column["naam"] == "client").unwrap();
    assert_eq!(client["alleen_tellen_en_koppelen"], true);
    assert!(machine["rijen"].as_i64().unwrap() > 1000);
    wrong(
        &["--woordenboek", "declaratis"],
        &["onbekende tabel 'declaratis'; bedoelde u 'declaraties'?"],
    );
}
