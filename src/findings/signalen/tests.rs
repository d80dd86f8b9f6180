use std::sync::Arc;

use super::{Signaal, regels_in, undetermined};
use crate::findings::{Chapter, Context, Judged, judge};
use crate::metrics::{Level, Measured, MeasuredCell, Outcome, Query, TOTAAL, Werklijst};
use crate::period::Kwartaal;
use crate::region::{Region, Stand};

const QUERY: &str = r#"/*---
title     = "Proef"
question  = "q"
why       = "w"
kind      = "signaal"
regel     = "Z25"
hoofdstuk = "proces"
invloed   = "gemeente"
geval     = ["aanvraag", "aanvragen"]
zin       = "bij {n} van de {van} ({aandeel}) {n?ontbreekt|ontbreken} iets, samen {bedrag}, vooral in {meest_gemeente}."
gesprek   = "Hoe komt dat?"
remedie   = "r"
goed      = "g"
fout      = "f"
drempels  = ["advies.werkdagen"]
period    = "acht_kwartalen"
owner     = "ICM"
reviewed  = 2026-11-26
---*/
SELECT gemeente, aanbieder, client, kwartaal, toewijzingnummer AS geval, is_maatwerk AS treffer, bedrag_ct FROM declaraties
"#;

/// Verdict, gemeente, quarter, cases, eurocents.
type Cell<'a> = (&'a str, &'a str, &'a str, i64, i64);

const CELLS: [Cell<'_>; 8] = [
    ("treffer", "9901", "2025-K3", 3, 120_000),
    ("treffer", "9902", "2025-K3", 1, 4_000),
    ("goed", "9901", "2025-K3", 4, 0),
    ("goed", "9902", "2025-K3", 8, 0),
    ("onbekend", "9902", "2025-K3", 2, 0),
    ("treffer", "9901", "2025-K1", 1, 0),
    ("goed", "9901", "2025-K1", 1, 0),
    // Before the agreements of the practice region.
    ("treffer", "9901", "2024-K3", 1, 0),
];

fn cell(key: [&str; 4], value: i64, bedrag_ct: i64) -> MeasuredCell {
    MeasuredCell {
        key: key.map(str::to_owned).into(),
        value,
        bedrag_ct: Some(bedrag_ct),
        clienten: Some(u32::try_from(value).unwrap()),
        aanbieders: Some(1),
        top_client: [0; 2],
        top_aanbieder: [0; 2],
        rows: 1,
        ratio: None,
    }
}

/// The levels of a signal that looks back, added up by hand from the cells per gemeente.
fn measured(text: &str, cells: &[Cell<'_>]) -> Measured {
    let query = Arc::new(Query::parse(text, "queries/signalen/proef.sql").unwrap());
    let mut totals: Vec<MeasuredCell> = Vec::new();
    for (verdict, _, kwartaal, n, ct) in cells {
        let key = [*verdict, TOTAAL, TOTAAL, *kwartaal];
        match totals.iter_mut().find(|total| total.key == key) {
            Some(total) => {
                total.value += n;
                total.bedrag_ct = total.bedrag_ct.map(|sum| sum + ct);
            }
            None => totals.push(cell(key, *n, *ct)),
        }
    }
    let per_gemeente =
        cells.iter().map(|(o, g, k, n, ct)| cell([*o, *g, TOTAAL, *k], *n, *ct)).collect();
    let level = |keys: &[&str], cells| Level {
        keys: keys.iter().map(|&key| key.to_owned()).collect(),
        cells,
    };
    let levels = vec![
        level(&["oordeel", "kwartaal"], totals),
        level(&["oordeel", "gemeente", "kwartaal"], per_gemeente),
        level(&["oordeel", "aanbieder", "kwartaal"], Vec::new()),
    ];
    assert_eq!(query.levels, levels.iter().map(|level| level.keys.clone()).collect::<Vec<_>>());
    let werklijst = Some(Werklijst { columns: Vec::new(), rows: Vec::new() });
    Measured {
        query,
        kwartaal: last(),
        outcome: Outcome::Cells(levels),
        jaar: Vec::new(),
        werklijst,
    }
}

fn last() -> Kwartaal {
    "2025-K3".parse().unwrap()
}

/// The practice region with its rules as given.
fn region(regels: &str) -> Region {
    let text = std::fs::read_to_string("regions/oefenregio.toml").unwrap();
    let mut is_kept = true;
    let kept = text.lines().filter(|line| {
        if line.starts_with('[') {
            is_kept = !line.starts_with("[regels");
        }
        is_kept
    });
    let kept: Vec<&str> = kept.collect();
    Region::parse(&format!("{}\n{regels}", kept.join("\n")), "oefenregio.toml").unwrap()
}

fn judged(region: &Region, measured: Measured) -> Judged {
    let measured = [measured];
    judge(&Context { region, kwartaal: last(), peildatum: last().last_day(), measured: &measured })
}

fn only(judged: &Judged) -> &Signaal {
    let [one] = judged.signalen.as_slice() else { panic!("{:?}", judged.signalen) };
    one
}

#[test]
fn a_rule_is_told_over_the_quarter_of_the_report_with_its_figures_in_words() {
    let found = judged(&region("[regels]\nbronnen = [\"Z\"]\n"), measured(QUERY, &CELLS));
    let one = only(&found);
    assert_eq!((one.treffers, one.goed, one.onbekend, one.bedrag_ct), (4, 12, 2, 124_000));
    assert_eq!(
        one.zin,
        "Bij 4 aanvragen van de 16 (25 procent) ontbreken iets, samen € 1.240, vooral in Wilgenoord (3). Van 2 is het niet te zeggen. Hoe komt dat?"
    );
    let finding = found.of(Chapter::Proces).next().unwrap();
    assert_eq!(finding.toets.waargenomen, "4 van 16 aanvragen");
    assert_eq!(finding.toets.n, "16 aanvragen (2025-K3); van 2 is het niet te zeggen");
    assert!(finding.basis.starts_with("Regel Z25 (norm): "), "{}", finding.basis);
    assert_eq!(finding.toets.drempel.as_ref().unwrap().tekst, "binnen 5 werkdagen");
    assert_eq!(finding.cites[0], "proef/treffer/totaal/totaal/2025-K3/gevallen");
}

#[test]
fn a_sentence_that_names_a_gemeente_goes_when_its_number_goes() {
    let on = region("[regels]\nbronnen = [\"Z\"]\n");
    let named = "proef/treffer/9901/totaal/2025-K3/gevallen".to_owned();
    let found = judged(&on, measured(QUERY, &CELLS));
    assert!(found.of(Chapter::Proces).next().unwrap().cites.contains(&named));
    let seen = found.without(&[named].into());
    assert!(seen.of(Chapter::Proces).next().is_none());
    let one = only(&seen);
    assert_eq!((one.zin.as_str(), one.treffers), ("", 4), "the row of the rule stays");
    let text = QUERY.replace("drempels ", "vergelijk = \"gemeente\"\ndrempels ");
    let apart = [
        ("treffer", "9901", "2025-K3", 18, 0),
        ("goed", "9901", "2025-K3", 2, 0),
        ("treffer", "9902", "2025-K3", 5, 0),
        ("goed", "9902", "2025-K3", 35, 0),
    ];
    let hidden = ["proef/goed/9901/totaal/2025-K3/gevallen".to_owned()].into();
    let seen = judged(&on, measured(&text, &apart)).without(&hidden);
    assert!(seen.findings.is_empty());
    // That the others of Sint-Maartensveen have nine in ten tells what Wilgenoord has.
    assert!(only(&seen).verschillen.is_empty());
}

#[test]
fn what_is_only_information_is_no_finding_and_what_is_off_is_not_looked_at() {
    let informs =
        "[regels]\nbronnen = [\"Z\"]\n[regels.afwijkend]\nZ25 = { stand = \"informatief\" }\n";
    let found = judged(&region(informs), measured(QUERY, &CELLS));
    assert_eq!(only(&found).stand, Stand::Informatief);
    assert!(found.findings.is_empty() && found.naleving.is_none());
    let off = judged(&region("[regels]\nbronnen = [\"O\"]\n"), measured(QUERY, &CELLS));
    assert!(
        off.signalen.is_empty() && off.niet_te_bepalen.iter().all(|n| n.chapter != Chapter::Proces)
    );
}

#[test]
fn cases_of_which_nothing_can_be_told_are_never_called_fine() {
    let on = region("[regels]\nbronnen = [\"Z\"]\n");
    let unknown = [("onbekend", "9902", "2025-K3", 7, 0)];
    let found = judged(&on, measured(QUERY, &unknown));
    assert!(found.signalen.is_empty());
    let open = found.niet_te_bepalen.iter().find(|n| n.chapter == Chapter::Proces).unwrap();
    assert_eq!(open.reason, "bij 7 aanvragen ontbreekt wat ervoor nodig is");
    let text = QUERY.replace("advies.werkdagen", "wachttijd.bestaat_niet");
    let found = judged(&on, measured(&text, &unknown));
    let open = found.niet_te_bepalen.iter().find(|n| n.chapter == Chapter::Proces).unwrap();
    assert_eq!(open.reason, "de regio heeft geen waarde voor wachttijd.bestaat_niet");
    assert!(
        judged(&on, measured(QUERY, &[]))
            .niet_te_bepalen
            .iter()
            .all(|n| n.chapter != Chapter::Proces)
    );
}

#[test]
fn a_rule_that_compares_speaks_only_of_those_who_differ() {
    let on = region("[regels]\nbronnen = [\"Z\"]\n");
    let text = QUERY.replace("drempels ", "vergelijk = \"gemeente\"\ndrempels ");
    assert_eq!(only(&judged(&on, measured(&text, &CELLS))).zin, "");
    let apart = [
        ("treffer", "9901", "2025-K3", 18, 0),
        ("goed", "9901", "2025-K3", 2, 0),
        ("treffer", "9902", "2025-K3", 5, 0),
        ("goed", "9902", "2025-K3", 35, 0),
    ];
    let found = judged(&on, measured(&text, &apart));
    let names: Vec<(&str, bool)> =
        only(&found).verschillen.iter().map(|v| (v.naam.as_str(), v.is_meer)).collect();
    // Two groups are one comparison: the one is as far above as the other is below.
    assert_eq!(names, [("Sint-Maartensveen", false), ("Wilgenoord", true)]);
    assert!(
        only(&found)
            .zin
            .contains("Wilgenoord: 18 van 20 (90%), elders 13%; dat is meer dan toeval verklaart."),
        "{}",
        only(&found).zin
    );
}

#[test]
fn followed_steps_are_counted_per_gemeente_and_quarter() {
    let found = judged(&region("[regels]\nbronnen = [\"Z\"]\n"), measured(QUERY, &CELLS));
    let naleving = found.naleving.unwrap();
    let of = |code: &str, kwartaal: &str| {
        let at = naleving.kwartalen.iter().position(|k| k.to_string() == kwartaal).unwrap();
        naleving.gemeenten[code][at]
            .map(|s| (s.regels_gevolgd, s.regels, s.gevallen_gevolgd, s.gevallen))
    };
    assert_eq!(of("9901", "2025-K3"), Some((0, 1, 4, 7)));
    assert_eq!(of("9901", "2025-K1"), Some((0, 1, 1, 2)));
    assert_eq!(of("9902", "2025-K1"), None);
    let first = naleving.kwartalen.first().map(ToString::to_string);
    assert_eq!(first.as_deref(), Some("2025-K1"), "nothing was agreed before");
    assert_eq!(of("9903", "2025-K3"), None);
}

#[test]
fn a_question_about_rules_names_them_and_a_question_of_the_report_names_none() {
    let open = |ids: Vec<&'static str>| {
        let key = (Chapter::Proces, "geen aanvragen aangeleverd".to_owned(), String::new());
        undetermined((key, ids)).question
    };
    let question = open(vec!["Z06", "Z10", "Z13"]);
    assert_eq!(regels_in(&question), ["Z06", "Z10", "Z13"], "{question}");
    let question = open(vec!["Z06", "Z06"]);
    assert_eq!(regels_in(&question), ["Z06"], "{question}");
    assert!(regels_in("Wat kostte maatwerk per gemeente?").is_empty());
}
