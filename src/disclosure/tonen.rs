//! A query as an audience may see it, once is decided what is hidden.
//!
//! Enters: a query with its figures, and which of them are hidden. Leaves: [`PublishedMeasure`].

use std::collections::{BTreeMap, BTreeSet};

use crate::disclosure::Onbeveiligd;
use crate::disclosure::patroon::{Bewijs, Lezer, Patroon, patroon};
use crate::disclosure::published::{
    List, PublishedCell, PublishedMeasure, PublishedOutcome, Shown,
};
use crate::disclosure::stelsel::{Plaats, noemers};
use crate::metrics::signaal::BEDRAG;
use crate::metrics::{Level, Measured, MeasuredCell, Outcome};

/// All queries as an audience may see them.
#[derive(Debug)]
pub struct Gezien<'a> {
    measured: &'a [Measured],
    /// What is hidden; `None` for who sees everything, rows of single children too.
    patroon: Option<Patroon>,
    noemers: BTreeMap<Plaats, Plaats>,
}

impl<'a> Gezien<'a> {
    /// Decides what is hidden. `measured` are all queries whose figures tell something of each other
    /// ([`crate::metrics::verwanten`]); `minimum` the fewest children behind a figure that is shown, `None` for ICM itself.
    ///
    /// # Errors
    /// When there is no way to show some of it without giving away a hidden figure.
    pub fn new(measured: &'a [Measured], minimum: Option<i64>) -> Result<Self, Onbeveiligd> {
        let Some(minimum) = minimum else {
            return Ok(Self { measured, patroon: None, noemers: BTreeMap::new() });
        };
        Ok(Self::met(measured, patroon(measured, Lezer { minimum, eigen: None }, None)?))
    }

    pub(super) fn met(measured: &'a [Measured], patroon: Patroon) -> Self {
        Self { measured, patroon: Some(patroon), noemers: noemers(measured) }
    }

    /// How many figures are hidden for which reason, and the proof; `None` when all are shown.
    pub fn bewijs(&self) -> Option<&Bewijs> {
        self.patroon.as_ref().map(|patroon| &patroon.bewijs)
    }

    /// Number of hidden figures.
    pub(super) fn n_verborgen(&self) -> usize {
        self.patroon.as_ref().map_or(0, Patroon::n_verborgen)
    }

    /// The query of that id, with its position.
    pub(super) fn zoek(&self, id: &str) -> Option<(usize, &'a Measured)> {
        self.measured.iter().enumerate().find(|(_, one)| one.query.id == id)
    }

    fn is_verborgen(&self, plaats: Plaats) -> bool {
        // Without children to count nothing says how many stand behind a figure of somebody's own.
        let is_blind = || self.measured[plaats.0].query.hides_children();
        self.patroon.as_ref().is_some_and(|patroon| patroon.is_verborgen(plaats) || is_blind())
    }

    /// From value and ratio together what it is divided by can be worked out; nought is no part of anything.
    fn is_ratio_verborgen(&self, plaats: Plaats, value: i64) -> bool {
        let below = || self.noemers.get(&plaats).is_some_and(|below| self.is_verborgen(*below));
        self.is_verborgen(plaats) || (value != 0 && below())
    }

    /// Every query.
    pub(super) fn measures(&self) -> Vec<PublishedMeasure> {
        (0..self.measured.len()).map(|at| self.measure(at)).collect()
    }

    /// Addresses of the figures that are hidden, and of lists that are: what cites them is not told.
    pub(super) fn addresses(&self) -> BTreeSet<String> {
        let is_list =
            |one: &&Measured| matches!(one.outcome, Outcome::List { .. } | Outcome::Draws(_));
        let lists = self.measured.iter().filter(|one| self.patroon.is_some() && is_list(one));
        // What is said of a list or of dossiers cites the query itself.
        let mut out: BTreeSet<String> = lists.map(|one| one.query.id.clone()).collect();
        out.extend(self.addresses_where(true));
        out
    }

    /// Addresses of the figures that may be seen.
    pub(super) fn shown_addresses(&self) -> BTreeSet<String> {
        self.addresses_where(false).into_iter().collect()
    }

    fn addresses_where(&self, is_hidden: bool) -> Vec<String> {
        let mut out = Vec::new();
        for (at, measured) in self.measured.iter().enumerate() {
            for (level_at, level) in measured.alle_levels().enumerate() {
                for (position, cell) in level.cells.iter().enumerate() {
                    let plaats = (at, level_at, position);
                    if self.is_verborgen(plaats) == is_hidden {
                        out.push(measured.address(cell, &measured.query.value));
                        out.extend(cell.bedrag_ct.map(|_| measured.address(cell, BEDRAG)));
                    }
                    let is_wanted = self.is_ratio_verborgen(plaats, cell.value) == is_hidden;
                    let ratio = cell.ratio.as_ref().filter(|_| is_wanted);
                    out.extend(ratio.map(|ratio| measured.address(cell, ratio.column)));
                }
            }
        }
        out
    }

    /// One query as far as it may be seen.
    pub(super) fn measure(&self, at: usize) -> PublishedMeasure {
        let measured = &self.measured[at];
        let zicht = Zicht {
            sees_rows: self.patroon.is_none(),
            is_verborgen: &|level, cell| self.is_verborgen((at, level, cell)),
            is_ratio_verborgen: &|level, cell, value| {
                self.is_ratio_verborgen((at, level, cell), value)
            },
        };
        publish(measured, &zicht)
    }
}

/// What an audience may see of one query, by level and position.
struct Zicht<'a> {
    sees_rows: bool,
    is_verborgen: &'a dyn Fn(usize, usize) -> bool,
    is_ratio_verborgen: &'a dyn Fn(usize, usize, i64) -> bool,
}

fn publish(measured: &Measured, zicht: &Zicht<'_>) -> PublishedMeasure {
    let sees_rows = zicht.sees_rows;
    let query = &measured.query;
    let published = |at: usize, level: &Level| {
        let cell = |(position, cell): (usize, &MeasuredCell)| {
            let is_hidden = (zicht.is_verborgen)(at, position);
            let is_ratio_hidden = (zicht.is_ratio_verborgen)(at, position, cell.value);
            publish_cell(measured, cell, is_hidden, is_ratio_hidden)
        };
        (level.keys.clone(), level.cells.iter().enumerate().map(cell).collect::<Vec<_>>())
    };
    let outcome = match &measured.outcome {
        Outcome::NotDeterminable { reason } => PublishedOutcome::NotDeterminable(reason.clone()),
        // Dossiers are of single children, for whomever; what was computed from them is in the judgements.
        Outcome::Draws(_) => PublishedOutcome::Withheld,
        // Rows are agreements of single children, and so is their number.
        Outcome::List { .. } if !sees_rows => PublishedOutcome::Withheld,
        Outcome::List { columns, rows } => {
            PublishedOutcome::List(List { columns: columns.clone(), rows: rows.clone() })
        }
        Outcome::Cells(levels) => {
            let levels = levels.iter().enumerate();
            PublishedOutcome::Cells(levels.map(|(at, level)| published(at, level)).collect())
        }
    };
    let n_levels = measured.levels().len();
    // Over a year only what is hidden in a quarter is worth telling, and nobody hides anything from ICM itself.
    let jaar = measured.jaar.iter().enumerate().filter(|_| !sees_rows);
    let jaar = jaar.map(|(at, level)| published(n_levels + at, level)).collect();
    // A row of a work list is the case of one child.
    let werklijst = measured.werklijst.as_ref().filter(|_| sees_rows);
    PublishedMeasure {
        id: query.id.clone(),
        title: query.title.clone(),
        question: query.question.clone(),
        unit: query.unit.clone(),
        keys: query.keys.clone(),
        sql: query.sql.clone(),
        outcome,
        jaar,
        werklijst: werklijst
            .map(|hits| List { columns: hits.columns.clone(), rows: hits.rows.clone() }),
    }
}

fn publish_cell(
    measured: &Measured,
    cell: &MeasuredCell,
    is_hidden: bool,
    is_ratio_hidden: bool,
) -> PublishedCell {
    let address = measured.address(cell, &measured.query.value);
    let ratio_address = cell.ratio.as_ref().map(|ratio| measured.address(cell, ratio.column));
    let bedrag_address = cell.bedrag_ct.map(|_| measured.address(cell, BEDRAG));
    let show = |value| if is_hidden { Shown::Hidden } else { Shown::Value(value) };
    PublishedCell {
        key: cell.key.clone(),
        value: show(cell.value),
        bedrag_ct: cell.bedrag_ct.map(show),
        clienten: cell.clienten.map(|n| show(i64::from(n))),
        aanbieders: cell.aanbieders.filter(|_| !is_hidden).map(i64::from),
        ratio: cell.ratio.as_ref().map(|ratio| match &ratio.outcome {
            Ok(_) if is_ratio_hidden => Shown::Hidden,
            Ok(value) => Shown::Value(*value),
            Err(reason) => Shown::Unknown(reason.clone()),
        }),
        noemer: cell
            .ratio
            .as_ref()
            .filter(|_| !is_ratio_hidden)
            .and_then(|ratio| ratio.noemer.map(|noemer| (noemer, ratio.jaar))),
        address,
        ratio_address,
        bedrag_address,
    }
}
