//! The small tables beside the declaraties: what was agreed, what there is, and who is concerned.
//!
//! Enters: the plan. Leaves: a file per table: CSV with semicolons, UTF-8 with BOM, CRLF, Dutch dates and amounts; one
//! workbook and one Parquet file.

mod agreements;
mod lists;
mod people;
mod requests;
mod supply;
mod write;

use std::io;
use std::path::Path;

use super::columns::Value;
use super::plan::Plan;

pub(super) use agreements::iban;

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Semicolons.
    Text,
    /// XLSX with real numbers and dates.
    Workbook,
    /// ODS with real numbers and dates.
    OpenDocument,
    /// Parquet, each column in its own type.
    Parquet,
}

/// A table: its name in the schema, what it is written as, headings, and what makes its rows.
pub(super) struct Register {
    name: &'static str,
    kind: Kind,
    headings: &'static [&'static str],
    rows: fn(&Plan) -> Rows<'_>,
}

type Rows<'p> = Box<dyn Iterator<Item = Vec<Value>> + 'p>;

const fn text(
    name: &'static str,
    headings: &'static [&'static str],
    rows: fn(&Plan) -> Rows<'_>,
) -> Register {
    Register { name, kind: Kind::Text, headings, rows }
}

/// The table of which the last two rows say different things.
pub(super) const GEMEENTEN_FILE: &str = "gemeenten.csv";
/// The table of which the last row is wrong.
pub(super) const PLANNEN: &str = "plannen.csv";

/// The tables, in the order in which they are written.
pub(super) const REGISTERS: [Register; 13] = [
    text("overeenkomsten", agreements::OVEREENKOMSTEN, agreements::overeenkomsten),
    text("contracten", agreements::CONTRACTEN, agreements::contracten),
    text("producten", lists::PRODUCTEN, lists::producten),
    text("aanbieders", lists::AANBIEDERS, lists::aanbieders),
    text("gemeenten", lists::GEMEENTEN, lists::gemeenten),
    text("maatregelen", people::MAATREGELEN, people::maatregelen),
    text("plannen", people::PLANNEN, people::plannen),
    text("aanvragen", requests::AANVRAGEN, requests::aanvragen),
    text("pgb", people::PGB, people::pgb),
    text("productinrichting", lists::PRODUCTINRICHTING, lists::productinrichting),
    Register {
        name: "rapportages",
        kind: Kind::OpenDocument,
        headings: supply::RAPPORTAGES,
        rows: supply::rapportages,
    },
    Register {
        name: "wachttijden",
        kind: Kind::Workbook,
        headings: supply::WACHTTIJDEN,
        rows: supply::wachttijden,
    },
    Register {
        name: "budgetten",
        kind: Kind::Parquet,
        headings: supply::BUDGETTEN,
        rows: supply::budgetten,
    },
];

impl Register {
    /// Name of the file.
    pub(super) fn file(&self) -> String {
        let extension = match self.kind {
            Kind::Text => "csv",
            Kind::Workbook => "xlsx",
            Kind::OpenDocument => "ods",
            Kind::Parquet => "parquet",
        };
        format!("{}.{extension}", self.name)
    }

    /// How many rows the table has when it ends on this line.
    pub(super) fn rows_until(&self, last: u64) -> u64 {
        last - u64::from(self.kind != Kind::Parquet)
    }

    /// Writes the table into a folder, and gives the line on which it ends.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn write(&self, plan: &Plan, folder: &Path) -> io::Result<u64> {
        let path = folder.join(self.file());
        let rows = (self.rows)(plan).inspect(|row| {
            debug_assert_eq!(row.len(), self.headings.len(), "{}", self.name);
        });
        match self.kind {
            Kind::Text => write::text(&path, self.headings, rows),
            Kind::Workbook => write::workbook(&path, self.headings, rows),
            Kind::OpenDocument => write::opendocument(&path, self.headings, rows),
            Kind::Parquet => write::parquet(&path, self.headings, rows),
        }
    }
}

/// Text of the program as a cell.
fn word(text: &'static str) -> Value {
    Value::Text(text.into())
}

/// Made-up text as a cell.
fn made(text: String) -> Value {
    Value::Text(text.into())
}

/// Yes or no as a cell.
fn yes(is: bool) -> Value {
    word(if is { "ja" } else { "nee" })
}

/// A day as a cell, or nothing.
fn day(day: Option<super::calendar::Day>) -> Value {
    day.map_or(Value::Empty, Value::Day)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::schema;

    fn targets(table: &str, headings: &[&str], unused: &[&str]) {
        let columns = schema::table(table).unwrap().columns;
        let mut seen = BTreeSet::new();
        for heading in headings.iter().filter(|heading| !unused.contains(heading)) {
            let wanted = schema::normalise_heading(heading);
            let hit = columns.iter().find(|column| {
                std::iter::once(&column.name)
                    .chain(column.aliases)
                    .any(|name| schema::normalise_heading(name) == wanted)
            });
            let column = hit.unwrap_or_else(|| panic!("{heading} is no heading of {table}"));
            assert!(
                seen.insert(column.name),
                "{heading} and another heading are both {}",
                column.name
            );
        }
        for column in columns.iter().filter(|column| column.need.is_heading_required()) {
            assert!(seen.contains(column.name), "{} is missing from {table}", column.name);
        }
    }

    #[test]
    fn every_heading_is_known_to_the_schema_and_no_required_column_is_missing() {
        for register in &REGISTERS {
            targets(register.name, register.headings, &[]);
        }
        targets("toewijzingen", &crate::practice::assignments::HEADINGS, &[]);
        for form in crate::practice::MonthForm::ALL {
            if let crate::practice::MonthForm::Table(form) = form {
                let headings: Vec<&str> =
                    crate::practice::columns::columns(form).iter().map(|(_, h)| *h).collect();
                targets("declaraties", &headings, &["opmerking"]);
            }
        }
    }
}
