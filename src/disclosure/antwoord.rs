//! The answer to a question of the moment, as far as its audience may see it.
//!
//! Enters: a `Tabel` or a `Measured` of metrics. Leaves: [`Antwoord`], which screen, CSV, workbook and chart take and nothing
//! else. Does not know how it is shown.

mod cijfers;
mod eerder;
pub mod logboek;
mod los;
mod rijen;
mod sleutels;

use crate::disclosure::published::Shown;
use crate::metrics::antwoord::{Kolom, Waarde};
use crate::region::Publiek;

pub use cijfers::Gekozen;
pub use eerder::Geweigerd;

/// Who looks, and by which rule.
#[derive(Debug, Clone, Copy)]
pub struct Blik<'a> {
    /// For whom the answer is.
    pub publiek: Publiek,
    /// Fewest children behind a figure that is shown outside `intern`.
    pub minimum: i64,
    /// Code and name of every gemeente of the region.
    pub gemeenten: &'a [(String, String)],
}

impl Blik<'_> {
    /// Fewest children behind a figure; `None` for those who may see everything.
    pub(crate) fn grens(&self) -> Option<i64> {
        (self.publiek != Publiek::Intern).then_some(self.minimum)
    }
}

/// What is told around the rows, whoever looks.
#[derive(Debug, Clone, Default)]
pub struct Rand {
    /// Where it comes from: query, period, dataset.
    pub bron: String,
    /// What the reader must know beside the rows.
    pub opmerkingen: Vec<String>,
}

/// An answer that may be shown. Only `disclosure` makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Antwoord {
    pub(super) delen: Delen,
}

/// A cell of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Cel {
    /// What may be seen of it.
    pub waarde: Shown<Waarde>,
    /// `query/keys/period/column`, by which `herkomst` finds it in a report; only for the figures of a query that
    /// a report asks too.
    pub adres: Option<String>,
}

/// What an answer is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Delen {
    pub(super) naam: String,
    pub(super) titel: String,
    pub(super) vraag: String,
    pub(super) kolommen: Vec<Kolom>,
    pub(super) rijen: Vec<Vec<Cel>>,
    pub(super) opmerkingen: Vec<String>,
    pub(super) bron: String,
    pub(super) grafiek: Option<String>,
    pub(super) publiek: Publiek,
    /// True for a question of the moment, false for a query with a name.
    pub(super) is_los: bool,
    /// Rows that are there and are not shown at all.
    pub(super) n_weggelaten: usize,
}

impl Antwoord {
    /// File stem for what is written: the id of the query, or `vraag`.
    pub fn naam(&self) -> &str {
        &self.delen.naam
    }

    /// Title of the query; of a loose question a short one made from it.
    pub fn titel(&self) -> &str {
        &self.delen.titel
    }

    /// The question in Dutch; of a loose question its SQL.
    pub fn vraag(&self) -> &str {
        &self.delen.vraag
    }

    /// Columns, left to right.
    pub fn kolommen(&self) -> &[Kolom] {
        &self.delen.kolommen
    }

    /// Rows in the order in which they are shown, each as wide as the columns.
    pub fn rijen(&self) -> &[Vec<Cel>] {
        &self.delen.rijen
    }

    /// What the reader must know beside the rows: what is hidden and why, which table was absent.
    pub fn opmerkingen(&self) -> &[String] {
        &self.delen.opmerkingen
    }

    /// Where it comes from: query, period, dataset.
    pub fn bron(&self) -> &str {
        &self.delen.bron
    }

    /// The chart the header names: `bars`, `line` or another of `charts`.
    pub fn grafiek(&self) -> Option<&str> {
        self.delen.grafiek.as_deref()
    }

    /// True for the answer to a question of the moment, false for that of a query with a name.
    pub fn is_los(&self) -> bool {
        self.delen.is_los
    }

    /// How many rows there are that this audience does not see, not even as hidden ones.
    pub fn n_weggelaten(&self) -> usize {
        self.delen.n_weggelaten
    }

    /// For whom.
    pub fn publiek(&self) -> Publiek {
        self.delen.publiek
    }

    /// An answer for the tests of those who show it.
    #[cfg(test)]
    pub(crate) fn proef(
        publiek: Publiek,
        kolommen: Vec<Kolom>,
        rijen: Vec<Vec<Shown<Waarde>>>,
    ) -> Self {
        let cel = |waarde| Cel { waarde, adres: None };
        let delen = Delen {
            naam: "proef".to_owned(),
            titel: "Proef".to_owned(),
            vraag: "Wat is dit?".to_owned(),
            kolommen,
            rijen: rijen.into_iter().map(|rij| rij.into_iter().map(cel).collect()).collect(),
            opmerkingen: Vec::new(),
            bron: "proef".to_owned(),
            grafiek: None,
            publiek,
            is_los: false,
            n_weggelaten: 0,
        };
        Self { delen }
    }
}
