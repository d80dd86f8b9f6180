//! Four quarters as one: what is too small in a quarter may be seen over a year.
//!
//! Enters: contributions with the key `kwartaal`. Leaves: the levels that keep it, with one text in its place:
//! `2024-K4_2025-K3`, as in an address.

use crate::metrics::measured::Level;
use crate::metrics::query::{Period, Query};
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

    /// The levels that keep `kwartaal`, over the year; none when the query has no such key. A child of two quarters is one
    /// child of the year.
    pub(super) fn roll_up(&self, rows: &Contributions, query: &Query) -> Vec<Level> {
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
        let by_quarter: Vec<Vec<String>> = query
            .levels
            .iter()
            .filter(|level| level.iter().any(|key| key == KWARTAAL))
            .cloned()
            .collect();
        let mut levels = roll_up(&year, &by_quarter);
        if query.counts_children() {
            for cell in levels.iter_mut().flat_map(|level| &mut level.cells) {
                cell.value = cell.clienten.map_or(cell.value, i64::from);
            }
        }
        levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(codes: &[u32], texts: &[&str]) -> Coded {
        Coded {
            codes: codes.to_vec(),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        }
    }

    #[test]
    fn a_child_of_two_quarters_counts_once_in_the_year_and_earlier_quarters_not() {
        let rows = Contributions {
            names: vec!["gemeente".to_owned(), KWARTAAL.to_owned()],
            keys: vec![
                coded(&[0, 0, 0, 1], &["9901", "9902"]),
                coded(&[0, 1, 2, 2], &["2024-K3", "2024-K4", "2025-K3"]),
            ],
            values: vec![500, 20, 30, 7],
            clients: Some(vec![1, 1, 1, 2]),
            aanbieders: None,
        };
        let jaar = Jaar::tot("2025-K3".parse().unwrap());
        assert!(jaar.has("2024-K4") && !jaar.has("2024-K3") && !jaar.has("2025-K4"));
        let gemeente = vec!["gemeente".to_owned()];
        let both = vec!["gemeente".to_owned(), KWARTAAL.to_owned()];
        let mut query = Query::load("kosten_totaal", None).unwrap().unwrap()[0].as_ref().clone();
        query.levels = vec![both.clone(), gemeente];
        let levels = jaar.roll_up(&rows, &query);
        assert_eq!(levels.len(), 1, "a level without quarters has no year of its own");
        assert_eq!(levels[0].keys, both);
        let told: Vec<_> = (levels[0].cells.iter())
            .map(|cell| (cell.key.join(" "), cell.value, cell.clienten, cell.rows))
            .collect();
        query.unit = "clienten".to_owned();
        let children = jaar.roll_up(&rows, &query)[0].cells[0].value;
        assert_eq!(children, 1, "in two quarters one child");
        let of = |key: &str, value, rows| (key.to_owned(), value, Some(1), rows);
        assert_eq!(told, [of("9901 2024-K4_2025-K3", 50, 2), of("9902 2024-K4_2025-K3", 7, 1)]);
    }
}
