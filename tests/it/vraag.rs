//! `maatstaf vraag` as a user runs it: every name, parameter and level, right and wrong, and what it leaves.

mod eens;
mod goud;
mod lijst;
mod logboek;
mod los;
mod uitvoer;

use std::path::Path;
use std::sync::OnceLock;

use crate::job::{Seen, TestJob};
use crate::support::{Place, read, sample_data};

/// The dataset of the practice region, read once.
fn dataset() -> &'static Path {
    static MADE: OnceLock<(Place, std::path::PathBuf)> = OnceLock::new();
    &MADE
        .get_or_init(|| {
            let place = Place::new();
            let folder = place.path("dataset");
            read(&[sample_data()], &folder);
            (place, folder)
        })
        .1
}

/// One question over the practice region, in a folder of its own.
#[track_caller]
fn vraag(words: &[&str]) -> Seen {
    vraag_in(&TestJob::new(), words)
}

#[track_caller]
fn vraag_in(job: &TestJob, words: &[&str]) -> Seen {
    let folder = dataset().to_str().unwrap();
    job.run(&[&["vraag"], words, &["--dataset", folder]].concat())
}

/// Rows of the table on the screen: what stands below the rule, up to the first empty line.
fn rows(seen: &Seen) -> Vec<&str> {
    let below = seen.out.lines().skip_while(|line| !line.starts_with('─')).skip(1);
    below.take_while(|line| !line.is_empty()).collect()
}

/// A wrong command: code 2, words in the message, and no result.
#[track_caller]
fn wrong(words: &[&str], told: &[&str]) {
    let seen = vraag(words);
    seen.check(2, told);
    assert!(seen.err.starts_with("FOUT  "), "{}", seen.err);
    assert_eq!(seen.out, "");
}

#[test]
fn a_gemeente_and_a_quarter_give_their_rows() {
    let seen =
        vraag(&["maatwerk_nieuw", "--par", "gemeente=Wilgenoord", "--par", "kwartaal=2025-K3"]);
    seen.check(0, &["INTERN – niet delen", "Nieuwe maatwerkovereenkomsten"]);
    assert_eq!(rows(&seen).len(), 2, "{}", seen.out);
    for other in ["gemeente=9901", "gemeente=WILGENOORD", "GEMEENTE=wilgenoord"] {
        let same = vraag(&["maatwerk_nieuw", "--par", other, "--par", "kwartaal=2025-k3"]);
        assert_eq!(same.out, seen.out, "{other}");
    }
    let two = vraag(&[
        "kosten_totaal",
        "--par",
        "gemeente=wilgenoord,IJsselhoek",
        "--par",
        "kwartaal=2025-K3",
    ]);
    let repeated = vraag(&[
        "kosten_totaal",
        "--par",
        "gemeente=9901",
        "--par",
        "gemeente=ijsselhoek",
        "--par",
        "kwartaal=2025-K3",
    ]);
    assert_eq!(rows(&two).len(), 2, "{}", two.out);
    assert_eq!(two.out, repeated.out);
}

#[test]
fn flags_aanbieders_and_texts_are_chosen_by_what_people_call_them() {
    let seen =
        vraag(&["maatwerk_nieuw", "--par", "is_vrije_keuze=ja", "--par", "kwartaal=2025-K3"]);
    assert!(
        !rows(&seen).is_empty() && rows(&seen).iter().all(|row| row.contains("  ja ")),
        "{}",
        seen.out
    );
    let of_name = vraag(&["coordinatie_uren", "--par", "aanbieder=de lantaarn"]);
    wrong(
        &["coordinatie_uren", "--par", "aanbieder=de lantarn bv"],
        &["komt niet voor bij aanbieder"],
    );
    assert!(of_name.exit == 0 || of_name.err.contains("komt niet voor"), "{}", of_name.err);
}

#[test]
fn a_quarter_before_the_usual_eight_can_be_asked() {
    let usual = vraag(&["kosten_totaal", "--per", "kwartaal"]);
    let first = rows(&usual)[0].split_whitespace().next().unwrap().to_owned();
    let seen =
        vraag(&["kosten_totaal", "--per", "kwartaal", "--par", &format!("kwartaal={first}")]);
    assert_eq!(rows(&seen).len(), 1, "{}", seen.out);
    wrong(&["kosten_totaal", "--par", "kwartaal=1999-K1"], &["geen declaraties over 1999-K1"]);
    wrong(
        &["kosten_totaal", "--par", "kwartaal=2025-K3,2019-K1"],
        &["kosten_totaal kijkt van 2023-K4 tot en met 2025-K3, niet naar 2019-K1"],
    );
}

#[test]
fn what_is_not_known_is_answered_with_what_is() {
    for (words, told) in [
        (
            &["maatwerk_niew"][..],
            &["onbekende vraag 'maatwerk_niew'; bedoelde u 'maatwerk_nieuw'?"][..],
        ),
        (
            &["wachttijden per gemeente"],
            &["misschien een van deze:", "alle vragen: maatstaf vraag"],
        ),
        (&["xqxqxq"], &["onbekende vraag 'xqxqxq'", "alle vragen: maatstaf vraag"]),
        (
            &["maatwerk_nieuw", "--par", "gemente=Wilgenoord"],
            &[
                "maatwerk_nieuw heeft geen parameter 'gemente'; bedoelde u 'gemeente'?",
                "te kiezen met --par",
                "naam of code",
            ],
        ),
        (
            &["maatwerk_nieuw", "--par", "gemeente=Wilgenood"],
            &["onbekende gemeente 'Wilgenood'; bedoelde u 'Wilgenoord'?", "IJsselhoek"],
        ),
        (
            &["maatwerk_nieuw", "--par", "kwartaal=2025-Q3"],
            &["'2025-Q3' is geen kwartaal; schrijf bijvoorbeeld 2025-K3"],
        ),
        (
            &["maatwerk_nieuw", "--par", "is_vrije_keuze=misschien"],
            &["'misschien' is geen ja of nee"],
        ),
        (&["maatwerk_nieuw", "--par", "gemeente"], &["schrijf NAAM=WAARDE"]),
        (&["maatwerk_nieuw", "--par", "gemeente="], &["er staat geen waarde"]),
        (
            &["maatwerk_nieuw", "--per", "gemente"],
            &["geen sleutel 'gemente'; bedoelde u 'gemeente'?", "niveaus voor --per: "],
        ),
        (
            &["maatwerk_kosten", "--per", "totaal"],
            &["is niet uitgerekend per totaal", "niveaus voor --per: "],
        ),
        (
            &["maatwerk_nieuw", "--per", "kwartaal", "--par", "gemeente=9901"],
            &["om op gemeente te kiezen moet gemeente ook in --per staan"],
        ),
        (
            &["kosten_per_product", "--par", "productcode=ZZZZZ"],
            &["'ZZZZZ' komt niet voor bij productcode", "wel: "],
        ),
        (&["coordinatie_loting"], &["maatstaf verdeling"]),
        (
            &["SELECT", "gemeente", "FROM", "declaraties"],
            &["een woord te veel", "aanhalingstekens"],
        ),
    ] {
        wrong(words, told);
    }
}

#[test]
fn an_option_that_does_not_fit_says_why() {
    for (words, told) in [
        (&["kosten_totaal", "--regels"][..], &["--regels hoort bij een signaal"][..]),
        (&["aflopend", "--regels"], &["geeft al regels"]),
        (&["aflopend", "--per", "gemeente"], &["een lijst heeft geen niveaus"]),
        (&["kosten_totaal", "--kwartaal", "2025"], &["'2025' is geen kwartaal"]),
        (&["kosten_totaal", "--peildatum", "morgen"], &["is geen datum"]),
        (&["kosten_totaal", "--publiek", "openbaar"], &["'openbaar' kan nog niet"]),
        (&["kosten_totaal", "--publiek", "iedereen"], &["onbekend publiek 'iedereen'"]),
        (&["kosten_totaal", "--regio", "zou"], &["de dataset is gemaakt voor regio oefenregio"]),
        (&["kosten_totaal", "--queries", "weg"], &["deze map met queries is niet te lezen"]),
    ] {
        wrong(words, told);
    }
}

#[test]
fn a_level_is_chosen_by_its_keys() {
    let total = vraag(&["maatwerk_nieuw", "--per", "kwartaal"]);
    assert_eq!(rows(&total).len(), 8, "{}", total.out);
    let gemeente = vraag(&["maatwerk_nieuw", "--per", "Gemeente"]);
    assert_eq!(rows(&gemeente).len(), 8, "{}", gemeente.out);
    let order = vraag(&["maatwerk_nieuw", "--per", "kwartaal,gemeente"]);
    assert_eq!(rows(&order).len(), 64, "{}", order.out);
}

#[test]
fn a_signal_is_counted_by_verdict_and_its_cases_are_for_icm() {
    let seen = vraag(&["z25_register_ontbreekt", "--per", "gemeente"]);
    seen.check(0, &["Oordeel", "treffer", "--regels"]);
    let cases = vraag(&["z25_register_ontbreekt", "--regels"]);
    cases.check(0, &["INTERN – niet delen"]);
    assert!(!rows(&cases).is_empty());
    let hidden = vraag(&["z25_register_ontbreekt", "--regels", "--publiek", "regio"]);
    hidden.check(0, &["onderdrukt", "alleen voor ICM zelf"]);
    assert_eq!(rows(&hidden).len(), 1, "{}", hidden.out);
    let list = vraag(&["aflopend", "--publiek", "regio", "--par", "gemeente=Wilgenoord"]);
    list.check(0, &["onderdrukt", "alleen voor ICM zelf"]);
    let shown = vraag(&["aflopend", "--par", "gemeente=Wilgenoord"]);
    assert!(rows(&shown).iter().all(|row| row.contains("Wilgenoord")), "{}", shown.out);
}

#[test]
fn without_a_dataset_the_way_to_one_is_told() {
    let job = TestJob::new();
    job.run(&["vraag", "kosten_totaal"])
        .refused(3, &["maatstaf lees BRON --regio REGIO --naar dataset"]);
    job.run(&["vraag", "kosten_totaal", "--dataset", "weg"])
        .refused(3, &["de map weg bestaat niet"]);
}

#[test]
fn a_table_that_was_not_supplied_is_said_and_is_no_nought() {
    let job = TestJob::new().file("d.csv", crate::support::export(&[&[]]));
    job.run(&["lees", "d.csv", "--regio", "oefenregio", "--naar", "dataset"]);
    let seen = job.run(&["vraag", "maatwerk_nieuw", "--kwartaal", "2025-K3"]);
    seen.check(
        0,
        &[
            "niet te bepalen",
            "geen maatwerkovereenkomsten (register) aangeleverd",
            "maatstaf lees BESTAND --regio oefenregio --naar dataset",
        ],
    );
    assert_eq!(rows(&seen), ["niet te bepalen"]);
}
