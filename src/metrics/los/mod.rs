//! A loose question: one `SELECT` that somebody made up just now, checked and answered.
//!
//! Enters: the text of one `SELECT` and who asks. Leaves: [`LosVraag`], and of that a [`Tabel`] over a dataset.
//! Does not know how an answer looks, nor which groups are too small to be shown.
//!
//! The text is never handed to the engine. Its syntax tree is read node by node, and other SQL is written, in which
//! each table and column has a name of its own and nothing stands that is not known here. What is not known is refused.
//! So a column that points at a child cannot be shown by a trick with names: whoever reads a column here, asks what it is.
//!
//! Whole numbers cannot overflow: an amount is at most 10^11 (MS225), so 90 million of them fit in a sum; products and
//! divisions are made in floating point, and what does not come out as a number is left empty. A mean of whole units
//! (cents, minutes, thousandths) is rounded to the unit, half to even.
//! A unit stays what it is when it is multiplied or divided by a number without one. Cents that are divided by 100 are
//! euros and minutes that are divided by 60 are hours: plain numbers, with that word in their heading.
//! `ROW_NUMBER` numbers rows with the same place in an order that may differ from run to run.

mod achter;
mod aggregates;
mod aliases;
mod call;
mod catalog;
mod clauses;
mod compare;
mod conditions;
mod execute;
mod expr;
mod fout;
mod from;
mod functions;
mod gesloten;
mod grouped;
mod headings;
mod joins;
mod kinderen;
mod literals;
mod order;
mod parse;
mod populaties;
mod refusals;
mod scope;
mod select;
mod statement;
#[cfg(test)]
mod tests;
mod types;
mod units;
mod windows;

use crate::metrics::MeasureInput;
use crate::metrics::antwoord::Tabel;
use crate::metrics::los::statement::Gelezen;
use crate::metrics::populatie::Populaties;
use crate::metrics::query::QueryError;
use crate::metrics::tables;
use crate::region::Publiek;

/// Words that begin a command in SQL: a text that begins with one is no name.
pub const OPDRACHTEN: [&str; 16] = [
    "alter", "attach", "copy", "create", "delete", "describe", "drop", "explain", "from", "insert",
    "pragma", "select", "show", "truncate", "update", "with",
];

/// What a question is read against besides the dictionary.
#[derive(Debug, Clone, Copy)]
pub struct Omgeving<'a> {
    /// Code and name of every gemeente of the region.
    pub gemeenten: &'a [(String, String)],
    /// For whom the answer is.
    pub publiek: Publiek,
    /// Fewest children that may be shown outside `intern`; for the messages.
    pub minimum: i64,
}

/// A `SELECT` that may be asked.
#[derive(Debug, Clone)]
pub struct LosVraag {
    bron: String,
    sql: String,
    gelezen: Gelezen,
}

impl LosVraag {
    /// Reads and checks a `SELECT`. `bron` is how messages call it: `de vraag`, or the name of a file ending in `.sql`.
    ///
    /// An error says in Dutch what is wrong, with the line and a mark under the spot.
    pub fn lees(sql: &str, bron: &str, omgeving: &Omgeving<'_>) -> Result<Self, QueryError> {
        let gelezen = parse::parse(sql).and_then(|query| statement::read(&query, omgeving));
        let gelezen = gelezen.map_err(|fout| fout.in_text(sql, bron))?;
        let vraag = Self { bron: bron.to_owned(), sql: sql.to_owned(), gelezen };
        execute::plan(&vraag.gelezen, bron)?;
        Ok(vraag)
    }

    /// The tables of the dataset that it reads, sorted.
    pub fn tabellen(&self) -> &[String] {
        &self.gelezen.tabellen
    }

    /// True when the answer follows from the reference date too.
    pub fn hangt_af_van_peildatum(&self) -> bool {
        tables::looks_at_peildatum(self.tabellen(), &self.sql)
    }

    /// Asks the dataset, over everything that is in it. `Ok(Err(reason))` when a table was not supplied:
    /// "geen contracten aangeleverd".
    pub fn antwoord(&self, input: &MeasureInput<'_>) -> Result<Result<Tabel, String>, QueryError> {
        execute::answer(&self.gelezen, &self.bron, input)
    }

    /// Who stands behind the rows of the answer, when others than ICM see it: nobody where it is not about children, or
    /// where a table was not supplied.
    pub fn populaties(&self, input: &MeasureInput<'_>) -> Result<Populaties, QueryError> {
        populaties::read(&self.gelezen, &self.bron, input)
    }
}
