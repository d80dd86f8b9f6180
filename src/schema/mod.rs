//! The canonical tables: the dictionary of the program.
//!
//! Enters: nothing. Leaves: [`TABLES`], every table with its columns, types, Dutch labels, units and
//! the headings suppliers are known to use. Does not know where a table comes from or what is asked of it.
//!
//! A column is wholly Dutch and ASCII; the label is the only place where the display form stands.

mod agreements;
mod care;
pub mod choices;
mod people;
mod registers;
mod requests;

use polars::prelude::DataType;

pub use agreements::{CONTRACTEN, OVEREENKOMSTEN, PRODUCTEN};
pub use care::{DECLARATIES, TOEWIJZINGEN};
use choices::Choice;
pub use people::{MAATREGELEN, PGB, PLANNEN};
pub use registers::{
    AANBIEDERS, ANTWOORDEN, BUDGETTEN, GEMEENTEN, PRODUCTINRICHTING, RAPPORTAGES, WACHTTIJDEN,
};
pub use requests::AANVRAGEN;

/// How a value is stored after typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dtype {
    /// Free or coded text, trimmed.
    Text,
    /// Four-digit gemeente code; a supplier may also write the name.
    Gemeente,
    /// Eight-digit AGB code.
    Agb,
    /// Unit of care, iJw code list WJ756 (`01`, `04`, `14`, `16`, `82`, `83`, `84`); words are accepted.
    Eenheid,
    /// Whole number.
    Int,
    /// Number with at most three decimals, stored as thousandths.
    Milli,
    /// Money, stored as whole eurocents.
    Cent,
    /// Calendar date, stored as days since 1970-01-01.
    Date,
    /// Yes or no.
    Bool,
    /// BSN or client number: replaced at typing by a keyed pseudonym (64 bits in an `i64`).
    Client,
    /// Another identifier of a person or account (gezin, IBAN): keyed pseudonym.
    Pseudonym,
    /// Free text of which only "filled or not" is kept.
    Filled,
    /// Birth date, of which the year is kept, and in `wordt_18` the quarter of the eighteenth birthday.
    BirthYear,
    /// One of a few words, stored in the spelling of its first.
    Choice(&'static [Choice]),
}

impl Dtype {
    /// How a column of this type is stored in the dataset.
    pub fn storage(self) -> DataType {
        match self {
            Self::Text | Self::Gemeente | Self::Agb | Self::Eenheid | Self::Choice(_) => {
                DataType::String
            }
            Self::Int
            | Self::Milli
            | Self::Cent
            | Self::Client
            | Self::Pseudonym
            | Self::BirthYear => DataType::Int64,
            Self::Date => DataType::Date,
            Self::Bool | Self::Filled => DataType::Boolean,
        }
    }
}

/// Whether a supplier must, may or cannot give a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without this column the table cannot be read, and a row without the value is a reject.
    Required,
    /// Switches on what needs it; null otherwise.
    Optional,
    /// Without this column the table cannot be read; a row may leave it empty.
    Heading,
    /// Read from the cell of another column of the same row, and stored with it.
    Typed,
    /// Made by us from other rows or tables; never read from a file.
    Derived,
}

/// One column of a canonical table.
#[derive(Debug)]
pub struct Column {
    /// Name in the dataset, in SQL and as the first heading that is recognised.
    pub name: &'static str,
    /// Storage type.
    pub dtype: Dtype,
    /// Whether a supplier must give it.
    pub need: Need,
    /// Dutch display form.
    pub label: &'static str,
    /// Headings of known exports, compared without case, accents, spaces and punctuation.
    pub aliases: &'static [&'static str],
}

impl Need {
    /// True when the table cannot be read from a file without this column.
    pub fn is_heading_required(self) -> bool {
        matches!(self, Self::Required | Self::Heading)
    }

    /// True when a file can have the column.
    pub fn is_supplied(self) -> bool {
        !matches!(self, Self::Typed | Self::Derived)
    }
}

/// Heading of a return file that names the file a rejected row came from. With [`HERKOMST_REGEL`] it makes a sheet a
/// correction.
pub const HERKOMST_BESTAND: &str = "Herkomst bestand";
/// Heading of a return file with the line of the rejected row in that file.
pub const HERKOMST_REGEL: &str = "Herkomst regel";
/// Heading of a return file with what is wrong with a row; not read.
pub const REDEN: &str = "Wat is er";

impl Column {
    /// The heading a return file gives this column: the label without its unit. In a sheet with both headings of origin
    /// it is always recognised as this column.
    pub fn kop(&self) -> &'static str {
        self.label.split_once(" (").map_or(self.label, |(name, _)| name)
    }

    /// True when a raw value of this column can identify a person, so that it is never shown anywhere.
    pub fn is_person(&self) -> bool {
        matches!(self.dtype, Dtype::Client | Dtype::Pseudonym | Dtype::Filled | Dtype::BirthYear)
    }
}

/// One canonical table.
#[derive(Debug)]
pub struct Table {
    /// Name in the dataset and in SQL.
    pub name: &'static str,
    /// Dutch display form.
    pub label: &'static str,
    /// Columns that together name a row; empty when rows have no key of their own.
    pub key: &'static [&'static str],
    /// All columns but the provenance pair `bron`, `regel`, which every row carries.
    pub columns: &'static [Column],
}

impl Table {
    /// Position of a column in [`Table::columns`].
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The column of that name.
    ///
    /// # Panics
    /// When the table has no such column: a mistake in this program, not in a file.
    pub fn column(&self, name: &str) -> &'static Column {
        let position = self.position(name).expect("the column is in the schema");
        &self.columns[position]
    }
}

/// The table of that name.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

/// A heading or alias reduced to what is compared: lower case, letters and digits only, accents dropped.
pub fn normalise_heading(heading: &str) -> String {
    heading
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ä' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            other => other,
        })
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

const fn col(
    name: &'static str,
    dtype: Dtype,
    need: Need,
    label: &'static str,
    aliases: &'static [&'static str],
) -> Column {
    Column { name, dtype, need, label, aliases }
}

/// Every canonical table, in the order in which people think of them.
pub static TABLES: &[&Table] = &[
    &DECLARATIES,
    &TOEWIJZINGEN,
    &OVEREENKOMSTEN,
    &CONTRACTEN,
    &PRODUCTEN,
    &AANBIEDERS,
    &GEMEENTEN,
    &MAATREGELEN,
    &PLANNEN,
    &AANVRAGEN,
    &PGB,
    &BUDGETTEN,
    &WACHTTIJDEN,
    &PRODUCTINRICHTING,
    &RAPPORTAGES,
    &ANTWOORDEN,
];

/// Derived tables with one row per quarter touched: their name and the table they are made from.
pub static PER_KWARTAAL: &[(&str, &str)] = &[
    ("overeenkomsten_per_kwartaal", "overeenkomsten"),
    ("toewijzingen_per_kwartaal", "toewijzingen"),
    ("maatregelen_per_kwartaal", "maatregelen"),
    ("plannen_per_kwartaal", "plannen"),
    ("pgb_per_kwartaal", "pgb"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_one_table_never_name_two_columns() {
        for table in TABLES {
            let mut seen = std::collections::BTreeMap::new();
            for column in table.columns {
                for heading in std::iter::once(&column.name).chain(column.aliases) {
                    if let Some(other) = seen.insert(normalise_heading(heading), column.name) {
                        assert_eq!(other, column.name, "{} in {}", heading, table.name);
                    }
                }
            }
        }
    }

    #[test]
    fn every_column_has_its_own_heading_in_a_return_file() {
        let origin = [HERKOMST_BESTAND, HERKOMST_REGEL, REDEN].map(normalise_heading);
        for table in TABLES {
            let mut seen = std::collections::BTreeSet::from(origin.clone());
            for column in table.columns.iter().filter(|column| column.need.is_supplied()) {
                let kop = normalise_heading(column.kop());
                assert!(!kop.is_empty() && seen.insert(kop), "{} in {}", column.kop(), table.name);
            }
        }
    }

    #[test]
    fn headings_are_compared_without_case_accents_and_spaces() {
        assert_eq!(normalise_heading(" Zorgcoördinator AGB "), "zorgcoordinatoragb");
    }

    #[test]
    fn keys_exist() {
        for table in TABLES {
            for key in table.key {
                assert!(table.position(key).is_some(), "{key} in {}", table.name);
            }
        }
    }
}
