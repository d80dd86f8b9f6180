//! Files and forms: what is written, what is refused, and that nothing is left half.

use super::{vraag, vraag_in, wrong};
use crate::job::TestJob;

#[test]
fn an_answer_goes_to_several_files_at_once() {
    let job = TestJob::new();
    let words = [
        "kosten_totaal",
        "--per",
        "kwartaal",
        "--csv",
        "k.csv",
        "--json",
        "k.json",
        "--xlsx",
        "k.xlsx",
        "--grafiek",
        "k.svg",
    ];
    let seen = vraag_in(&job, &words);
    seen.check(
        0,
        &["geschreven: k.csv", "geschreven: k.json", "geschreven: k.xlsx", "geschreven: k.svg"],
    );
    assert_eq!(seen.out, "");
    assert_eq!(job.names(), ["k.csv", "k.json", "k.svg", "k.xlsx"]);
    assert_eq!(job.read("k.csv"), vraag(&["kosten_totaal", "--per", "kwartaal", "--csv"]).out);
    assert_eq!(job.read("k.json"), vraag(&["kosten_totaal", "--per", "kwartaal", "--json"]).out);
    assert!(job.read("k.svg").starts_with("<svg"));
    assert!(job.read("k.csv").starts_with('\u{feff}'));
    // The same question gives the same bytes.
    let again = vraag_in(&job, &[&words[..], &["--overschrijf"]].concat());
    assert_eq!(again.exit, 0);
    let json: serde_json::Value = serde_json::from_str(&job.read("k.json")).unwrap();
    assert_eq!(json["query"], "kosten_totaal");
}

#[test]
fn a_file_that_is_there_stays() {
    let job = TestJob::new().file("k.csv", "van mij").folder("map.csv");
    let ask = |words: &[&str]| vraag_in(&job, &[&["kosten_totaal"], words].concat());
    ask(&["--csv", "k.csv"]).refused(2, &["k.csv bestaat al", "--overschrijf"]);
    // One that may not be written: the others are not written either.
    ask(&["--json", "k.json", "--csv", "k.csv"]).refused(2, &["k.csv bestaat al"]);
    ask(&["--csv", "map.csv"]).refused(2, &["map.csv is een map"]);
    ask(&["--csv", "weg/k.csv"]).refused(2, &["de map weg bestaat niet"]);
    assert_eq!(job.read("k.csv"), "van mij");
    assert_eq!(job.names(), ["k.csv", "map.csv"]);
    ask(&["--csv", "k.csv", "--overschrijf"]).check(0, &["geschreven: k.csv"]);
    assert!(job.read("k.csv").contains("Gemeente"));
}

#[test]
fn an_ending_that_does_not_fit_is_told() {
    for (words, told) in [
        (
            &["kosten_totaal", "--csv", "k.xlsx"][..],
            "--csv schrijft geen 'k.xlsx'; bedoelde u --xlsx k.xlsx?",
        ),
        (
            &["kosten_totaal", "--xlsx", "k"],
            "--xlsx schrijft geen 'k'; schrijf bijvoorbeeld --xlsx k.xlsx",
        ),
        (&["kosten_totaal", "--grafiek", "k.pdf"], "schrijf bijvoorbeeld --grafiek k.svg"),
        (&["--xlsx", "kosten_totaal"], "bij --xlsx hoort een vraag"),
        (&["kosten_totaal", "--csv", "--json"], "op het scherm past één vorm"),
        (&["kosten_totaal", "--soort", "line"], "--grafiek antwoord.svg --soort line"),
    ] {
        wrong(words, &[told]);
    }
}

#[test]
fn a_chart_that_cannot_be_drawn_leaves_no_file() {
    let job = TestJob::new();
    let seen =
        vraag_in(&job, &["aflopend", "--csv", "a.csv", "--grafiek", "a.svg", "--soort", "taart"]);
    assert_eq!(seen.exit, 2, "{}{}", seen.out, seen.err);
    assert!(job.names().is_empty(), "{:?}", job.names());
}

#[test]
fn still_means_only_the_answer() {
    let seen = vraag(&["kosten_totaal", "--per", "kwartaal", "--stil"]);
    assert_eq!(seen.err, "");
    assert!(seen.out.contains("2025-K3"));
    let job = TestJob::new();
    let files = vraag_in(&job, &["kosten_totaal", "--csv", "k.csv", "--stil"]);
    assert_eq!((files.out.as_str(), files.err.as_str()), ("", ""));
    assert_eq!(job.names(), ["k.csv"]);
}
