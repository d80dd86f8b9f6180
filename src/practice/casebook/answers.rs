//! `antwoorden.json`: per rule what must be found, what must not, and what cannot be told.
//!
//! Enters: the planted cases. Leaves: JSON. Comes from the files with the cases, never from the program that measures.

use std::collections::BTreeMap;

use serde::Serialize;

use super::complete::Made;
use super::rule::{Case, Kind, RuleFile};
use super::told::{Aansluiting, Cijfer, Toets, Zin};
use super::words;

/// What is known of one rule.
#[derive(Debug, Default, Serialize)]
pub(super) struct Answer {
    raak: Vec<Planted>,
    bijna: Vec<Planted>,
    onbekend: Vec<Planted>,
    /// Hit because of a case of another rule.
    ook: Vec<String>,
    cijfers: Vec<Cijfer>,
    toetsen: Vec<Toets>,
    zinnen: Vec<Zin>,
    aansluiting: Vec<Aansluiting>,
}

/// A case as a query prints it, its aanbieder, and that query when no other may.
#[derive(Debug, Serialize)]
struct Planted {
    geval: String,
    aanbieder: String,
    query: Option<String>,
}

/// What is known, by rule.
#[derive(Debug, Default)]
pub(super) struct Answers(BTreeMap<String, Answer>);

impl Answers {
    /// Adds a case.
    pub(super) fn add(&mut self, rule: &RuleFile, case: &Case, made: &Made) {
        let answer = self.0.entry(rule.regel.clone()).or_default();
        let list = match case.kind {
            Kind::Raak => &mut answer.raak,
            Kind::Bijna => &mut answer.bijna,
            Kind::Onbekend => &mut answer.onbekend,
        };
        list.extend(made.geval.iter().map(|geval| Planted {
            geval: geval.clone(),
            aanbieder: words::aanbieder(&case.nr, 1),
            query: case.query.clone(),
        }));
        for (other, gevallen) in &made.ook {
            self.0.entry(other.clone()).or_default().ook.extend(gevallen.clone());
        }
    }

    /// Adds what is planted for a rule besides cases.
    pub(super) fn add_others(&mut self, rule: &RuleFile) {
        let answer = self.0.entry(rule.regel.clone()).or_default();
        answer.cijfers.extend(rule.told.cijfers.clone());
        answer.toetsen.extend(rule.told.toetsen.clone());
        answer.zinnen.extend(rule.told.zinnen.clone());
        answer.aansluiting.extend(rule.told.aansluiting.clone());
    }

    /// How many cases must be found, and how many near misses there are.
    pub(super) fn counts(&self) -> (u64, u64) {
        let sum = |list: fn(&Answer) -> usize| self.0.values().map(list).sum::<usize>() as u64;
        (sum(|answer| answer.raak.len()), sum(|answer| answer.bijna.len()))
    }

    /// The text of the file.
    ///
    /// # Errors
    /// When JSON cannot be made.
    pub(super) fn json(&self, regio: &str, kwartaal: &str) -> anyhow::Result<String> {
        let all = serde_json::json!({ "regio": regio, "kwartaal": kwartaal, "regels": self.0 });
        Ok(format!("{}\n", serde_json::to_string_pretty(&all)?))
    }
}
