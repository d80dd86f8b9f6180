//! What the program says of planted cases, held against their answers.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::dataset::manifest::ReportingAccount;
use maatstaf::metrics::{Level, ListValue, Measured, TOTAAL};
use maatstaf::rejects::Reject;
use serde_json::Value;

/// The cases that a signal hits.
fn hits(measured: &Measured) -> BTreeSet<String> {
    let Some(list) = &measured.werklijst else { return BTreeSet::new() };
    let at = list.columns.iter().position(|column| column == "geval").unwrap();
    list.rows
        .iter()
        .map(|row| match &row[at] {
            ListValue::Text(text) => text.clone(),
            other => panic!("{}: geval is {other:?}", measured.query.id),
        })
        .collect()
}

/// Cases with a verdict, by aanbieder; under `totaal` all of them.
fn judged(measured: &Measured, oordeel: &str) -> BTreeMap<String, i64> {
    let mut out = BTreeMap::new();
    let has = |level: &Level, key: &str| level.keys.iter().any(|own| own == key);
    for level in measured.levels().iter().filter(|level| !has(level, "gemeente")) {
        for cell in level.cells.iter().filter(|cell| measured.key_of(cell, "oordeel") == oordeel) {
            // The name of the aanbieder, or `totaal` where the level leaves it out.
            let name = measured.key_of(cell, "aanbieder").to_owned();
            *out.entry(name).or_default() += cell.value;
        }
    }
    out
}

/// What is wrong with the answers of the queries of one rule.
pub(super) fn wrong(regel: &str, answer: &Value, queries: &[&Measured]) -> Vec<String> {
    let mut out = wrong_hits(regel, answer, queries);
    for (key, oordeel) in [("bijna", "goed"), ("onbekend", "onbekend")] {
        let missing = list(answer, key).iter().filter(|planted| {
            let asked = queries
                .iter()
                .filter(|m| planted["query"].as_str().is_none_or(|query| query == m.query.id));
            !asked.clone().any(|measured| is_judged(measured, oordeel, planted))
        });
        out.extend(
            missing.map(|planted| format!("{regel}: {} is niet {oordeel}", planted["geval"])),
        );
    }
    out
}

/// Whether a query gives the case of this aanbieder this verdict.
fn is_judged(measured: &Measured, oordeel: &str, planted: &Value) -> bool {
    let judged = judged(measured, oordeel);
    let own = judged.get(planted["aanbieder"].as_str().unwrap());
    // A query about more than one aanbieder tells only how many cases there are.
    let is_told = judged.keys().any(|name| name.starts_with("Oefenhuis"));
    own.is_some() || (!is_told && judged.get(TOTAAL).is_some_and(|n| *n > 0))
}

/// Planted hits that were not found, and hits that were not planted.
fn wrong_hits(regel: &str, answer: &Value, queries: &[&Measured]) -> Vec<String> {
    let mut out = Vec::new();
    let gevallen = list(answer, "raak").iter().map(|planted| &planted["geval"]);
    let may: BTreeSet<String> = gevallen
        .chain(list(answer, "ook"))
        .map(|geval| geval.as_str().unwrap().to_owned())
        .collect();
    let is_planted = !may.is_empty() || !list(answer, "bijna").is_empty();
    let mut found = BTreeSet::new();
    for measured in queries {
        let id = &measured.query.id;
        let reason = measured.reason().filter(|_| is_planted);
        out.extend(reason.map(|reason| format!("{id}: niet te bepalen: {reason}")));
        let hits = hits(measured);
        out.extend(hits.difference(&may).map(|hit| format!("{id}: {hit} is raak")));
        found.extend(hits.into_iter().map(|hit| (id.clone(), hit)));
    }
    for planted in list(answer, "raak") {
        let (geval, query) = (planted["geval"].as_str().unwrap(), planted["query"].as_str());
        let is_it = |(id, hit): &(String, String)| hit == geval && query.is_none_or(|q| q == id);
        if !found.iter().any(is_it) {
            out.push(format!("{regel}: {geval} is niet gevonden {}", query.unwrap_or_default()));
        }
    }
    out
}

/// A list of an answer; one that is absent is empty.
pub(super) fn list<'v>(answer: &'v Value, key: &str) -> &'v [Value] {
    answer[key].as_array().map_or(&[], Vec::as_slice)
}

/// Planted remarks of reading and sentences of the report that are not there, and sentences that must not be.
pub(super) fn wrong_words(
    regel: &str,
    answer: &Value,
    rejects: &[Reject],
    sentences: &[String],
) -> Vec<String> {
    let mut out = Vec::new();
    for toets in list(answer, "toetsen") {
        if !rejects
            .iter()
            .any(|r| toets["code"] == r.code.as_str() && toets["gevonden"] == r.found.as_str())
        {
            out.push(format!("{regel}: {toets} is niet gezegd"));
        }
    }
    for zin in list(answer, "zinnen") {
        let words = list(zin, "woorden");
        let has = |text: &String| words.iter().all(|word| text.contains(word.as_str().unwrap()));
        if sentences.iter().any(has) != zin["is_er"].as_bool().unwrap() {
            out.push(format!("{regel}: {zin} in {sentences:#?}"));
        }
    }
    out
}

/// Planted cells of a measure that are not there.
pub(super) fn wrong_figures(regel: &str, answer: &Value, queries: &[Measured]) -> Vec<String> {
    let mut out = Vec::new();
    for planted in list(answer, "cijfers") {
        let wanted: Vec<&str> =
            planted["cel"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        let cells = queries
            .iter()
            .filter(|measured| planted["query"] == measured.query.id.as_str())
            .flat_map(Measured::levels)
            .flat_map(|level| &level.cells);
        let mut of_key =
            cells.filter(|cell| wanted.iter().all(|key| cell.key.iter().any(|own| own == key)));
        let is_it = |value: i64| planted["waarde"].as_i64().map_or(value != 0, |own| own == value);
        if !of_key.any(|cell| is_it(cell.value)) {
            out.push(format!("{regel}: cijfer {planted} is er niet"));
        }
    }
    out
}

/// Lines that do not count and are not accounted for as planted.
pub(super) fn wrong_account(
    regel: &str,
    answer: &Value,
    account: &ReportingAccount,
) -> Vec<String> {
    let mut out = Vec::new();
    for planted in list(answer, "aansluiting") {
        let name = planted["uitkomst"].as_str().unwrap();
        let sum = account.uitkomsten.iter().find(|(uitkomst, _)| uitkomst.name() == name);
        let found = sum.map(|(_, sum)| (sum.regels, sum.bedrag_ct));
        let wanted = (planted["regels"].as_u64().unwrap(), planted["bedrag_ct"].as_i64().unwrap());
        if found != Some(wanted) {
            out.push(format!("{regel}: {name} is {found:?} en niet {wanted:?}"));
        }
    }
    out
}
