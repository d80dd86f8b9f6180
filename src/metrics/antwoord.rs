//! A table that answers one question: columns with what they hold, and plain rows.
//!
//! Enters: nothing. Leaves: [`Tabel`]. No polars type and no pseudonym stands here. Does not know who may see it.

use chrono::NaiveDate;

/// What the values of a column are, and so how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soort {
    /// Words.
    Tekst,
    /// A code that only looks like a number; keeps its zeros.
    Code,
    /// Four-digit code of a gemeente; shown with its name.
    Gemeente,
    /// `2025-K3`.
    Kwartaal,
    /// `2025-08`.
    Maand,
    /// Whole number of things.
    Aantal,
    /// A year: a whole number that is not counted.
    Jaar,
    /// Money in whole eurocents.
    Eurocent,
    /// Time in minutes.
    Minuten,
    /// Thousandths: a volume.
    Duizendste,
    /// A part of 1.
    Aandeel,
    /// Any other number, with so many decimals.
    Getal(u8),
    /// A calendar date.
    Datum,
    /// Yes or no.
    JaNee,
}

/// A column of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kolom {
    /// Name in SQL and in JSON.
    pub naam: String,
    /// Dutch heading, on the screen, in CSV and in a workbook; the unit need not be in it.
    pub kop: String,
    /// What it holds.
    pub soort: Soort,
    /// True for what names a row (gemeente, kwartaal, aanbieder), false for what is told of it.
    pub is_sleutel: bool,
}

/// One value. Whether it may be seen is not known here.
#[derive(Debug, Clone, PartialEq)]
pub enum Waarde {
    /// Nothing stands there.
    Leeg,
    /// Words or a code.
    Tekst(String),
    /// A whole number in the unit of its column.
    Geheel(i64),
    /// Any other number.
    Getal(f64),
    /// A date.
    Datum(NaiveDate),
    /// Yes or no.
    JaNee(bool),
}

/// The answer to a question, before anyone decided who may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tabel {
    /// Columns, left to right.
    pub kolommen: Vec<Kolom>,
    /// Rows in the order in which they are shown.
    pub rijen: Vec<Rij>,
    /// True when everybody knows which values the keys can have: that a row is there then tells nothing of a child.
    pub sleutels_gesloten: bool,
}

/// A row with who stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rij {
    /// One value per column.
    pub waarden: Vec<Waarde>,
    /// Fewest distinct children behind any number of this row, of those that have any; 0 when no child stands behind
    /// it, `None` when the tables it is made from are not about children.
    pub kinderen: Option<i64>,
}
