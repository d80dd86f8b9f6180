//! Whatever the program is asked and whatever goes wrong: no client number of the input stands in anything it leaves or
//! says, in any guise, and no pseudonym outside a dataset.

mod digests;
mod finder;
mod geheugen;
mod guises;
mod invoer;
mod planted;
mod runs;
mod stopped;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use self::finder::Finder;
use self::invoer::{numbers_in, wrong_files};
use self::runs::Runs;
use crate::support::{Place, files_below, rows_of, sample_data};

/// Looks for the numbers of the practice region.
fn of_the_sample() -> &'static Finder {
    static MADE: OnceLock<Finder> = OnceLock::new();
    MADE.get_or_init(|| {
        let numbers = numbers_in(&sample_data());
        assert!(numbers.len() > 500, "{}", numbers.len());
        Finder::new(&numbers)
    })
}

/// Every pseudonym of a dataset, as it would be written.
fn pseudonyms(set: &Path) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for name in files_below(&set.join("afgeleid")).into_keys() {
        for row in rows_of(&set.join("afgeleid").join(name)) {
            let persons = ["client", "gezin", "iban"].iter().filter_map(|column| row.get(*column));
            // Short ones could be chance; there are a few in a million.
            out.extend(persons.filter(|value| value.len() > 15).cloned());
        }
    }
    assert!(out.len() > 300, "{}", out.len());
    out
}

/// One address per query of a report, and one of a single cell in the middle.
fn addresses(report: &Path) -> BTreeSet<String> {
    let manifest = std::fs::read_to_string(report.join("herkomst/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    let figures = manifest["figures"].as_object().unwrap();
    let queries: BTreeSet<&str> = figures.keys().filter_map(|key| key.split('/').next()).collect();
    let of = |query: &str| -> String {
        let own: Vec<&String> =
            figures.keys().filter(|key| key.split('/').next() == Some(query)).collect();
        own[own.len() / 2].clone()
    };
    queries.into_iter().map(of).collect()
}

#[test]
fn no_client_number_is_in_anything_any_command_leaves_or_says() {
    let (finder, runs) = (of_the_sample(), Runs::new());
    let sample = sample_data().to_string_lossy().into_owned();
    let per_quarter = ["--dataset", "set", "--regio", "oefenregio", "--kwartaal", "2025-K3"];
    let with = |words: &[&'static str]| [words, &per_quarter[..]].concat();
    runs.run(&["controleer", "-v", &sample], 0);
    runs.run(&["lees", "-v", &sample, "--naar", "set"], 0);
    runs.run(&with(&["rapport", "-v", "--uit", "intern"]), 0);
    runs.run(&with(&["rapport", "-v", "--uit", "regio", "--publiek", "regio"]), 0);
    runs.run(&with(&["verdeling", "--uit", "verdeling"]), 0);
    runs.run(&["verifieer", "regio", "--dataset", "set", "-v"], 0);
    // The return files come back.
    runs.run(&["lees", "-v", &sample, "intern/afkeur/per-aanbieder", "--naar", "terug"], 0);
    for (at, address) in addresses(&runs.place.path("intern")).iter().enumerate().step_by(25) {
        let rows = format!("rijen{at}.xlsx");
        runs.ask(&["herkomst", address, "--van", "intern", "--dataset", "set", "--regels", &rows]);
        runs.ask(&["herkomst", address, "--van", "regio", "--dataset", "set", "--json", "-v"]);
    }
    questions(&runs);
    runs.place.write("regio/tabellen/kosten_per_product.csv", "veranderd");
    runs.run(&["verifieer", "regio", "--bron", &sample, "-v"], 7);
    assert!(runs.has_left(".png") && runs.has_left(".xlsx") && runs.has_left(".parquet"));
    assert_eq!(runs.hits(finder), [""; 0]);
    // A pseudonym stands in datasets alone.
    let pseudonyms = Finder::of_words(&pseudonyms(&runs.place.path("set")));
    let (inside, outside): (Vec<String>, Vec<String>) = runs
        .hits(&pseudonyms)
        .into_iter()
        .partition(|hit| hit.starts_with("set/") || hit.starts_with("terug/"));
    assert_eq!(outside, [""; 0]);
    assert!(!inside.is_empty(), "the search finds those of the dataset");
}

/// Known questions in every form, and loose ones, also such as want to see a child.
fn questions(runs: &Runs) {
    let list = runs.run(&["vraag", "--json", "--dataset", "set"], 0);
    let list: Vec<Value> = serde_json::from_str(&list).unwrap();
    assert!(list.len() > 40, "{}", list.len());
    for (at, query) in list.iter().enumerate().step_by(20) {
        let name = query["naam"].as_str().unwrap();
        let [csv, json, xlsx] = ["csv", "json", "xlsx"].map(|kind| format!("vraag{at}.{kind}"));
        let forms = ["--csv", &csv, "--json", &json, "--xlsx", &xlsx, "--dataset", "set", "-v"];
        runs.ask(&[&["vraag", name], &forms[..]].concat());
        runs.ask(&["vraag", name, "--dataset", "set", "--publiek", "regio"]);
        runs.ask(&["vraag", name, "--dataset", "set", "--regels"]);
    }
    runs.ask(&[
        "vraag",
        "kosten_totaal",
        "--per",
        "kwartaal",
        "--dataset",
        "set",
        "--grafiek",
        "k.svg",
    ]);
    runs.ask(&[
        "vraag",
        "kosten_totaal",
        "--per",
        "kwartaal",
        "--dataset",
        "set",
        "--grafiek",
        "k.png",
    ]);
    for sql in [
        "SELECT gemeente, COUNT(DISTINCT client) AS n FROM declaraties GROUP BY gemeente",
        "SELECT client, COUNT(*) AS n FROM declaraties GROUP BY client",
        "SELECT MIN(client) AS n FROM declaraties",
        "SELECT * FROM declaraties",
        "SELECT referentienummer, COUNT(*) AS n FROM declaraties GROUP BY referentienummer",
    ] {
        for publiek in ["intern", "regio"] {
            runs.ask(&["vraag", sql, "--dataset", "set", "-v", "--publiek", publiek, "--csv"]);
        }
    }
}

#[test]
fn no_client_number_of_a_broken_or_misplaced_input_comes_out() {
    let (runs, input) = (Runs::new(), Place::new());
    let numbers = wrong_files(&input);
    assert!(numbers.len() > 25, "{}", numbers.len());
    let finder = Finder::new(&numbers);
    let files: Vec<String> =
        input.names().iter().map(|name| input.path(name).to_string_lossy().into_owned()).collect();
    for file in &files {
        runs.ask(&["controleer", "-v", file, "--regio", "oefenregio"]);
    }
    let all = input.path("").to_string_lossy().into_owned();
    runs.ask(&["lees", "-v", &all, "--regio", "oefenregio", "--naar", "set"]);
    let report = ["--kwartaal", "2025-K3", "--regio", "oefenregio", "-v"];
    for publiek in ["intern", "regio"] {
        let words = ["rapport", "--dataset", "set", "--uit", publiek, "--publiek", publiek];
        runs.ask(&[&words[..], &report].concat());
        assert!(runs.place.path(publiek).join("rapport.html").exists(), "{}", runs.last());
    }
    // Rows with these numbers were read, refused and given back.
    let rejects = std::fs::read_to_string(runs.place.path("set/afkeur_lezen.jsonl")).unwrap();
    assert!(rejects.lines().count() > 15, "{rejects}");
    assert!(rejects.contains(maatstaf::rejects::HIDDEN));
    assert!(runs.place.path("intern/afkeur/per-aanbieder").exists());
    assert_eq!(runs.hits(&finder), [""; 0]);
}
