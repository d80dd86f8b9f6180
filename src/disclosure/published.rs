//! What may be seen.

use std::collections::BTreeMap;

use crate::disclosure::patroon::Bewijs;
use crate::findings::Judged;
use crate::metrics::ListValue;
use crate::region::Publiek;

/// A value, or why there is none to see.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown<T> {
    /// May be seen.
    Value(T),
    /// Too few children behind it.
    Hidden,
    /// Cannot be known; the reason in Dutch.
    Unknown(String),
}

impl<T: Copy> Shown<T> {
    /// The same with another value, when there is one to see.
    pub fn map<U>(&self, make: impl FnOnce(T) -> U) -> Shown<U> {
        match self {
            Self::Value(value) => Shown::Value(make(*value)),
            Self::Hidden => Shown::Hidden,
            Self::Unknown(reason) => Shown::Unknown(reason.clone()),
        }
    }

    /// The value when it may be seen.
    pub fn value(&self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Hidden | Self::Unknown(_) => None,
        }
    }
}

/// One figure after protection.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedCell {
    /// One text per key of the query; `totaal` for a key that the level leaves out.
    pub key: Vec<String>,
    /// The value, in the unit of the query.
    pub value: Shown<i64>,
    /// Eurocents beside the value, of a signal.
    pub bedrag_ct: Option<Shown<i64>>,
    /// Distinct clients behind it; `None` when the query does not name them.
    pub clienten: Option<Shown<i64>>,
    /// Distinct aanbieders behind it.
    pub aanbieders: Option<i64>,
    /// Per 10.000, or the share (0–1).
    pub ratio: Option<Shown<f64>>,
    /// The denominator of the ratio, and its year when it counts children.
    pub noemer: Option<(i64, Option<i32>)>,
    /// Address of the value: `query/keys/period/column`.
    pub address: String,
    /// Address of the ratio.
    pub ratio_address: Option<String>,
    /// Address of the euros.
    pub bedrag_address: Option<String>,
}

/// A list after protection.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<ListValue>>,
}

/// What came out of a query, after protection.
#[derive(Debug, Clone, PartialEq)]
pub enum PublishedOutcome {
    /// Cells per level, named by the keys it keeps.
    Cells(Vec<(Vec<String>, Vec<PublishedCell>)>),
    /// Rows as they are; audience `intern` only.
    List(List),
    /// A list that this audience may not see.
    Withheld,
    /// Nothing can be said, and why.
    NotDeterminable(String),
}

/// One query after protection.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedMeasure {
    /// Id of the query.
    pub id: String,
    /// Title, question and unit of its header.
    pub title: String,
    /// The question it answers.
    pub question: String,
    /// Unit of the value; empty for a list.
    pub unit: String,
    /// Keys, in order.
    pub keys: Vec<String>,
    /// The SQL file.
    pub sql: String,
    /// What may be seen.
    pub outcome: PublishedOutcome,
    /// The levels by quarter over four quarters together, where a quarter may be hidden; empty for `intern`.
    pub jaar: Vec<(Vec<String>, Vec<PublishedCell>)>,
    /// The hits of a signal one by one; audience `intern` only.
    pub werklijst: Option<List>,
}

impl PublishedMeasure {
    /// Cells of the level with exactly these keys, in the order of the level; empty when there is none.
    pub fn level(&self, keys: &[&str]) -> &[PublishedCell] {
        let PublishedOutcome::Cells(levels) = &self.outcome else { return &[] };
        let is_it = |(names, _): &&(Vec<String>, Vec<PublishedCell>)| {
            names.len() == keys.len() && keys.iter().all(|key| names.iter().any(|name| name == key))
        };
        levels.iter().find(is_it).map_or(&[], |(_, cells)| cells.as_slice())
    }

    /// Cells of every level; empty where there are none.
    pub fn outcome_cells(&self) -> Vec<&PublishedCell> {
        let PublishedOutcome::Cells(levels) = &self.outcome else { return Vec::new() };
        levels.iter().flat_map(|(_, cells)| cells).collect()
    }

    /// The text of a key of a cell.
    pub fn key<'c>(&self, cell: &'c PublishedCell, name: &str) -> &'c str {
        let position = self.keys.iter().position(|key| key == name);
        position.and_then(|position| cell.key.get(position)).map_or("", String::as_str)
    }

    /// Why nothing can be said.
    pub fn reason(&self) -> Option<&str> {
        match &self.outcome {
            PublishedOutcome::NotDeterminable(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Everything a run may show. Only `disclosure` makes one.
#[derive(Debug)]
pub struct Published {
    measures: BTreeMap<String, PublishedMeasure>,
    judged: Judged,
    audience: Publiek,
    gemeente: Option<String>,
    minimum: Option<i64>,
    n_hidden: usize,
    n_withheld: usize,
    bewijs: Option<Bewijs>,
}

pub(super) struct Parts {
    pub(super) measures: Vec<PublishedMeasure>,
    pub(super) judged: Judged,
    pub(super) audience: Publiek,
    pub(super) gemeente: Option<String>,
    pub(super) minimum: Option<i64>,
    pub(super) n_hidden: usize,
    pub(super) n_withheld: usize,
    pub(super) bewijs: Option<Bewijs>,
}

impl Published {
    pub(super) fn new(parts: Parts) -> Self {
        Self {
            measures: parts
                .measures
                .into_iter()
                .map(|measure| (measure.id.clone(), measure))
                .collect(),
            judged: parts.judged,
            audience: parts.audience,
            gemeente: parts.gemeente,
            minimum: parts.minimum,
            n_hidden: parts.n_hidden,
            n_withheld: parts.n_withheld,
            bewijs: parts.bewijs,
        }
    }

    /// A query by its id; `None` when the user's own folder of queries does not have it.
    pub fn measure(&self, id: &str) -> Option<&PublishedMeasure> {
        self.measures.get(id)
    }

    /// Every query, by id.
    pub fn measures(&self) -> impl Iterator<Item = &PublishedMeasure> {
        self.measures.values()
    }

    /// Judgements of which every cited figure may be seen.
    pub fn judged(&self) -> &Judged {
        &self.judged
    }

    /// For whom.
    pub fn audience(&self) -> Publiek {
        self.audience
    }

    /// Code of the gemeente for which alone this is; its own figures are shown, small or not.
    pub fn gemeente(&self) -> Option<&str> {
        self.gemeente.as_deref()
    }

    /// Fewest children behind a figure that is shown; `None` when all are shown.
    pub fn minimum(&self) -> Option<i64> {
        self.minimum
    }

    /// Number of hidden cells.
    pub fn n_hidden(&self) -> usize {
        self.n_hidden
    }

    /// How many figures are hidden for which reason, and the proof; `None` when all are shown.
    pub fn bewijs(&self) -> Option<&Bewijs> {
        self.bewijs.as_ref()
    }

    /// Number of findings withheld because they rest on a hidden cell.
    pub fn n_withheld(&self) -> usize {
        self.n_withheld
    }
}
