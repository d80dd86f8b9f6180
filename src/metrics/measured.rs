//! What leaves SQL: plain rows with everything that disclosure needs.
//!
//! Enters: nothing. Leaves: [`Measured`], [`Level`] and [`MeasuredCell`]. No polars type stands here, and no
//! pseudonym: contributors are only counted and added up.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::dutch;
use crate::metrics::draws::Dossiers;
use crate::metrics::query::Query;
use crate::period::Kwartaal;

/// Written for a key that a level leaves out.
pub const TOTAAL: &str = "totaal";

/// Written for a key that is empty in the data.
pub const ONBEKEND: &str = "onbekend";

/// The answer to one query.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The query that was asked.
    pub query: Arc<Query>,
    /// The quarter of the run.
    pub kwartaal: Kwartaal,
    /// What came out.
    pub outcome: Outcome,
    /// The levels by quarter once more, over the four quarters up to and with that of the run together: `kwartaal` is then
    /// `2024-K4_2025-K3`. What is too small in a quarter may be seen over a year. Empty unless it was asked for.
    pub jaar: Vec<Level>,
    /// The hits of a signal one by one, for ICM only; `None` for every other kind.
    pub werklijst: Option<Werklijst>,
}

/// The hits of a signal, to work through.
#[derive(Debug, Clone, PartialEq)]
pub struct Werklijst {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, sorted by gemeente, aanbieder and case.
    pub rows: Vec<Vec<ListValue>>,
}

/// What came out of a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A measure, one entry per level of the header, in that order.
    Cells(Vec<Level>),
    /// A list.
    List {
        /// Names of the columns.
        columns: Vec<String>,
        /// Rows, sorted by the keys of the header and then by the other columns.
        rows: Vec<Vec<ListValue>>,
    },
    /// Who could have coordinated for whom.
    Draws(Dossiers),
    /// Nothing can be said; never a 0.
    NotDeterminable {
        /// Why, in Dutch: lower case, no full stop.
        reason: String,
    },
}

/// All cells of one level.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The keys that this level keeps, in the order of the header.
    pub keys: Vec<String>,
    /// Cells, sorted by their keys.
    pub cells: Vec<MeasuredCell>,
}

/// One value with who stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredCell {
    /// One text per key of the header; [`TOTAAL`] for a key that the level leaves out.
    pub key: Vec<String>,
    /// The value in the unit of the header.
    pub value: i64,
    /// Eurocents beside the value; of signals only.
    pub bedrag_ct: Option<i64>,
    /// Distinct clients behind it; `None` when the header does not name them.
    pub clienten: Option<u32>,
    /// Distinct aanbieders behind it; `None` when the header does not name them.
    pub aanbieders: Option<u32>,
    /// Largest and second-largest sum of one client; 0 when no (other) client has a positive sum.
    pub top_client: [i64; 2],
    /// Largest and second-largest sum of one aanbieder; 0 when no (other) aanbieder has a positive sum.
    pub top_aanbieder: [i64; 2],
    /// Contributions added up; 0 for a cell that has none and is known to be 0.
    pub rows: u32,
    /// The value against its denominator, when the header names one.
    pub ratio: Option<Ratio>,
}

/// A value against its denominator.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    /// `per_10000` or `aandeel`: the last part of its address.
    pub column: &'static str,
    /// The denominator, in its own unit.
    pub noemer: Option<i64>,
    /// The year the number of children is of.
    pub jaar: Option<i32>,
    /// The quotient (`aandeel` as a part of 1), or in Dutch why there is none.
    pub outcome: Result<f64, String>,
}

/// A cell of a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListValue {
    /// Text or code.
    Text(String),
    /// Whole number; its unit is in the name of the column.
    Int(i64),
    /// Calendar date.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
    /// Nothing was filled in; sorted last.
    Empty,
}

impl ListValue {
    /// As the asker writes it: dates as in Dutch tables, yes and no in words; nothing is `onbekend`.
    pub fn tekst(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Int(n) => n.to_string(),
            Self::Date(date) => dutch::date_short(*date),
            Self::Bool(yes) => if *yes { "ja" } else { "nee" }.to_owned(),
            Self::Empty => ONBEKEND.to_owned(),
        }
    }
}

impl Measured {
    /// The levels and, after them, those over a year.
    pub fn alle_levels(&self) -> impl Iterator<Item = &Level> {
        // Of what cannot be determined in a quarter nothing is known over a year.
        let jaar = self.jaar.iter().filter(|_| !self.levels().is_empty());
        self.levels().iter().chain(jaar)
    }

    /// The levels, empty when this is a list or not determinable.
    pub fn levels(&self) -> &[Level] {
        match &self.outcome {
            Outcome::Cells(levels) => levels,
            Outcome::List { .. } | Outcome::Draws(_) | Outcome::NotDeterminable { .. } => &[],
        }
    }

    /// The level that keeps exactly these keys, in any order.
    pub fn level(&self, keys: &[&str]) -> Option<&Level> {
        self.levels().iter().find(|level| {
            level.keys.len() == keys.len()
                && level.keys.iter().all(|key| keys.contains(&key.as_str()))
        })
    }

    /// Why nothing can be said, in Dutch.
    pub fn reason(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::NotDeterminable { reason } => Some(reason),
            Outcome::Cells(_) | Outcome::List { .. } | Outcome::Draws(_) => None,
        }
    }

    /// The text of one key of a cell; [`TOTAAL`] when the query has no such key.
    pub fn key_of<'a>(&self, cell: &'a MeasuredCell, key: &str) -> &'a str {
        let position = self.query.keys.iter().position(|known| known == key);
        position.map_or(TOTAAL, |position| &cell.key[position])
    }

    /// `query/keys/period/column`: the same in report, workbook, manifest, trace and disclosure.
    ///
    /// The period is the key `kwartaal`, else the period of the header. A `/` inside a key is written `%2F`.
    pub fn address(&self, cell: &MeasuredCell, column: &str) -> String {
        let mut parts = vec![self.query.id.clone()];
        let mut period = None;
        for (name, text) in self.query.keys.iter().zip(&cell.key) {
            if name == "kwartaal" {
                period = Some(text.clone());
            } else {
                parts.push(text.replace('%', "%25").replace('/', "%2F"));
            }
        }
        parts.push(period.unwrap_or_else(|| match self.query.period.span(self.kwartaal) {
            Some((first, last)) if first == last => last.to_string(),
            Some((first, last)) => format!("{first}_{last}"),
            None => self.query.period.name().to_owned(),
        }));
        parts.push(column.to_owned());
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(key: &[&str]) -> MeasuredCell {
        MeasuredCell {
            key: key.iter().map(|&part| part.to_owned()).collect(),
            value: 0,
            bedrag_ct: None,
            clienten: None,
            aanbieders: None,
            top_client: [0; 2],
            top_aanbieder: [0; 2],
            rows: 0,
            ratio: None,
        }
    }

    fn measured(id: &str) -> Measured {
        let query =
            Query::load_all(None).unwrap().into_iter().find(|query| query.id == id).unwrap();
        let outcome = Outcome::Cells(Vec::new());
        Measured {
            query,
            kwartaal: "2025-K3".parse().unwrap(),
            outcome,
            jaar: Vec::new(),
            werklijst: None,
        }
    }

    #[test]
    fn an_address_is_query_keys_period_column() {
        let kosten = measured("maatwerk_kosten");
        let address = |key: &[&str]| kosten.address(&cell(key), "bedrag_ct");
        assert_eq!(address(&["9001", "2025-K2"]), "maatwerk_kosten/9001/2025-K2/bedrag_ct");
        assert_eq!(address(&["9001", TOTAAL]), "maatwerk_kosten/9001/totaal/bedrag_ct");
        assert_eq!(address(&[TOTAAL, "2025-K2"]), "maatwerk_kosten/totaal/2025-K2/bedrag_ct");
    }

    #[test]
    fn without_a_quarter_in_the_keys_the_period_of_the_header_is_used() {
        let address = measured("volledigheid").address(&cell(&["Huis 1/2 %", "2025-08"]), "regels");
        assert_eq!(address, "volledigheid/Huis 1%2F2 %25/2025-08/2023-K4_2025-K3/regels");
    }
}
