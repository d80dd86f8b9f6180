//! Four quarters as one: what is too small in a quarter may be seen over a year.
//!
//! Enters: contributions with the key `kwartaal`. Leaves: the levels that keep it, with one text in its place:
//! `2024-K4_2025-K3`, as in an address.

use crate::metrics::measured::Level;
use crate::metrics::query::Period;
use crate::metrics::rollup::{Coded, Contributions, roll_up};
use crate::period::Kwartaal;

const KWARTAAL: &str = "kwartaal";

/// The quarters of a year, as texts.
pub(crate) struct Jaar {
    kwartalen: Vec<String>,
    /// `2024-K4_2025-K3`.
    pub(crate) tekst: String,
}

impl Jaar {
    /// The quarter of the run and the three before it.
    pub(crate) fn tot(kwartaal: Kwartaal) -> Self {
        let (first, last) =
            Period::VierKwartalen.span(kwartaal).unwrap_or((kwartaal.plus(-3), kwartaal));
        let kwartalen = (0..4).map(|n| first.plus(n).to_string()).collect();
        Self { kwartalen, tekst: format!("{first}_{last}") }
    }

    /// True for a quarter of this year.
    pub(crate) fn has(&self, kwartaal: &str) -> bool {
        self.kwartalen.iter().any(|one| one == kwartaal)
    }

    /// The levels that keep `kwartaal`, over the year; none when the query has no such key.
    pub(super) fn roll_up(&self, rows: &Contributions, levels: &[Vec<String>]) -> Vec<Level> {
        let Some(at) = rows.names.iter().position(|name| name == KWARTAAL) else {
            return Vec::new();
        };
        let quarters = &rows.keys[at];
        let in_year: Vec<bool> = quarters.texts.iter().map(|text| self.has(text)).collect();
        let kept: Vec<usize> =
            (0..rows.values.len()).filter(|row| in_year[quarters.codes[*row] as usize]).collect();
        let of_kept = |codes: &[u32]| kept.iter().map(|row| codes[*row]).collect::<Vec<u32>>();
        let key = |(position, key): (usize, &Coded)| {
            if position == at {
                Coded { codes: vec![0; kept.len()], texts: vec![self.tekst.clone()] }
            } else {
                Coded { codes: of_kept(&key.codes), texts: key.texts.clone() }
            }
        };
        let year = Contributions {
            names: rows.names.clone(),
            keys: rows.keys.iter().enumerate().map(key).collect(),
            values: kept.iter().map(|row| rows.values[*row]).collect(),
            clients: rows.clients.as_ref().map(|ids| kept.iter().map(|row| ids[*row]).collect()),
            aanbieders: rows.aanbieders.as_ref().map(|codes| of_kept(codes)),
        };
        let by_quarter: Vec<Vec<String>> = levels
            .iter()
            .filter(|level| level.iter().any(|key| key == KWARTAAL))
            .cloned()
            .collect();
        roll_up(&year, &by_quarter)
    }
}
