//! The four real regions: what is planted for their rules, against what the program says of it.

mod antwoord;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chrono::Days;
use maatstaf::dataset::Dataset;
use maatstaf::dataset::manifest::Uitkomst;
use maatstaf::findings;
use maatstaf::inventaris::{self, Regel, Staat};
use maatstaf::metrics::{Measured, Query};
use maatstaf::period::Kwartaal;
use maatstaf::practice::{CaseSummary, case_regions, generate_cases, generate_cases_with};
use maatstaf::region::{Publiek, Region};
use maatstaf::rejects::Severity;
use maatstaf::run::{Rapport, Silent, measure};
use serde_json::{Value, json};

use antwoord::{list, wrong, wrong_account, wrong_figures, wrong_words};

use crate::support::{Place, files_below, read_region, root};

/// What is planted for a region, read and measured.
struct Seen {
    /// Keeps the folder until the end.
    _place: Place,
    answers: Value,
    dataset: Dataset,
    measured: Vec<Measured>,
    /// What the report says.
    sentences: Vec<String>,
}

/// The queries as they stand in the folder, so that one can be worked on without building the program. One that cannot
/// be read is told by the tests of the queries.
fn queries() -> Vec<Arc<Query>> {
    let files = files_below(&root().join("queries"));
    let is_sql = |name: &str| std::path::Path::new(name).extension().is_some_and(|e| e == "sql");
    let texts = files.iter().filter(|(name, _)| is_sql(name));
    texts
        .filter_map(|(name, bytes)| Query::parse(std::str::from_utf8(bytes).unwrap(), name).ok())
        .map(Arc::new)
        .collect()
}

fn seen(regio: &str) -> Seen {
    let place = Place::new();
    let summary = generate_cases(regio, &place.path("gevallen")).unwrap();
    measured(place, &Region::load(regio, None).unwrap(), &summary)
}

fn measured(place: Place, region: &Region, summary: &CaseSummary) -> Seen {
    let dataset = read_region(&[place.path("gevallen")], &place.path("set"), region);
    let kwartaal: Kwartaal = summary.kwartaal.parse().unwrap();
    let peildatum = kwartaal.last_day() + Days::new(30);
    let job = Rapport {
        region,
        kwartaal,
        peildatum,
        publiek: Publiek::Intern,
        queries: &queries(),
        templates: None,
        command: &[],
        exit: 0,
        is_above_threshold: false,
        only: None,
        stop: &AtomicBool::new(false),
    };
    let measured = measure(&job, &dataset, &mut Silent).unwrap();
    let answers = fs::read(place.path("gevallen/antwoorden.json")).unwrap();
    let answers = serde_json::from_slice(&answers).unwrap();
    let context = findings::Context { region, kwartaal, peildatum, measured: &measured };
    let sentences = findings::judge(&context).findings.into_iter().map(|found| found.text);
    let sentences = sentences.collect();
    Seen { _place: place, answers, dataset, measured, sentences }
}

fn rejected(seen: &Seen) -> Vec<String> {
    let rejects = seen.dataset.rejects().unwrap();
    let fatal = rejects.iter().filter(|reject| reject.severity == Severity::Fataal);
    fatal.map(|r| format!("{} {}:{} {} {}", r.code, r.file, r.line, r.column, r.found)).collect()
}

fn check(regio: &str, seen: &Seen) {
    assert_eq!(rejected(seen), [""; 0], "{regio}");
    assert_eq!(seen.dataset.manifest.open_accounts(), [""; 0], "{regio}");
    let planted = seen.answers["regels"].as_object().unwrap();
    let asked = seen.measured.iter().filter_map(|measured| measured.query.regel.as_deref());
    let all: BTreeSet<&str> = asked.chain(planted.keys().map(String::as_str)).collect();
    let nothing = json!({ "raak": [], "bijna": [], "onbekend": [], "ook": [] });
    let rejects = seen.dataset.rejects().unwrap();
    let (_, reporting) = seen.dataset.manifest.totals();
    let mut found = Vec::new();
    for regel in all {
        let queries: Vec<&Measured> = seen
            .measured
            .iter()
            .filter(|measured| measured.query.regel.as_deref() == Some(regel))
            .collect();
        let answer = planted.get(regel).unwrap_or(&nothing);
        found.extend(wrong(regel, answer, &queries));
        found.extend(wrong_figures(regel, answer, &seen.measured));
        found.extend(wrong_account(regel, answer, &reporting));
        found.extend(wrong_words(regel, answer, &rejects, &seen.sentences));
    }
    assert!(found.is_empty(), "{regio}:\n{}", found.join("\n"));
}

#[test]
fn in_zou_each_planted_case_is_found_and_each_near_miss_silent() {
    let seen = seen("zou");
    check("zou", &seen);
    // What is no query: lines of elsewhere (Z03) and of another law (Z12).
    let accounts = seen.dataset.manifest.rapportage.values();
    let outcomes: Vec<(Uitkomst, u64)> = accounts
        .flat_map(|account| &account.uitkomsten)
        .filter(|(uitkomst, _)| **uitkomst != Uitkomst::Geteld)
        .map(|(uitkomst, sum)| (*uitkomst, sum.regels))
        .collect();
    assert_eq!(outcomes, [(Uitkomst::AndereWet, 1), (Uitkomst::BuitenRegio, 1)]);
}

#[test]
fn in_oost_veluwe_each_planted_case_is_found_and_each_near_miss_silent() {
    check("oost-veluwe", &seen("oost-veluwe"));
}

#[test]
fn in_midden_holland_each_planted_case_is_found_and_each_near_miss_silent() {
    check("midden-holland", &seen("midden-holland"));
}

#[test]
fn in_holland_rijnland_each_planted_case_is_found_and_each_near_miss_silent() {
    check("holland-rijnland", &seen("holland-rijnland"));
}

#[test]
fn in_midden_holland_the_day_of_the_change_tells_what_was_agreed_when() {
    let text = Region::load("midden-holland", None).unwrap().text;
    let open = "# wijziging = jjjj-mm-dd";
    assert!(text.contains(open));
    let text = text.replace(open, "wijziging = 2025-04-01");
    let region = Region::parse(&text, "midden-holland.toml").unwrap();
    let place = Place::new();
    let summary =
        generate_cases_with("midden-holland", "wijziging", &place.path("gevallen")).unwrap();
    check("midden-holland", &measured(place, &region, &summary));
}

/// Every answer about a rule, by the rule: of the regions as they are, and with the setting that one leaves open.
fn all_answers() -> BTreeMap<String, Vec<Value>> {
    let mut out: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut add = |place: Place| {
        let answers = fs::read(place.path("gevallen/antwoorden.json")).unwrap();
        let answers: Value = serde_json::from_slice(&answers).unwrap();
        for (regel, answer) in answers["regels"].as_object().unwrap() {
            out.entry(regel.clone()).or_default().push(answer.clone());
        }
    };
    for regio in case_regions() {
        let place = Place::new();
        generate_cases(&regio, &place.path("gevallen")).unwrap();
        add(place);
    }
    let place = Place::new();
    generate_cases_with("midden-holland", "wijziging", &place.path("gevallen")).unwrap();
    add(place);
    out
}

#[test]
fn every_rule_that_is_measured_is_planted_with_a_near_miss() {
    let planted = all_answers();
    let is_measured = |rule: &&Regel| matches!(rule.staat, Staat::Query(_) | Staat::Toets(_));
    let mut asked: BTreeSet<&str> =
        inventaris::alle().filter(is_measured).map(|rule| rule.id).collect();
    let queries = queries();
    asked.extend(queries.iter().filter_map(|query| query.regel.as_deref()));
    assert!(asked.len() > 95, "{}", asked.len());
    let has = |id: &str, key: &str| {
        planted.get(id).is_some_and(|all| all.iter().any(|answer| !list(answer, key).is_empty()))
    };
    let is_figure =
        |id: &str| ["cijfers", "toetsen", "zinnen", "aansluiting"].iter().any(|key| has(id, key));
    let thin: Vec<&str> = asked
        .into_iter()
        .filter(|id| !(is_figure(id) || has(id, "raak") && has(id, "bijna")))
        .collect();
    assert!(thin.is_empty(), "no hit with a near miss in src/practice/gevallen for {thin:?}");
}
