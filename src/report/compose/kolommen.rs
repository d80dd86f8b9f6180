//! Headings and cells for columns that a query names itself.
//!
//! Enters: the name of a column and a plain value. Leaves: its heading with unit, and the cell. The dictionary of the
//! program knows the words ([`kolommen`]).

use crate::metrics::antwoord::Soort;
use crate::metrics::{ListValue, kolommen};
use crate::report::compose::Input;
use crate::report::compose::cellen::gemeente;
use crate::report::document::{Cell, Kind, TableColumn, Value};

/// Heading, unit and kind of a column.
pub(super) fn column(name: &str) -> TableColumn {
    let unit = if name.ends_with("_procent") { "%" } else { "" };
    TableColumn::new(&kolommen::kop(name), unit, kind_of(kolommen::soort(name)))
}

/// How a column is written that holds this.
pub(super) fn kind_of(soort: Soort) -> Kind {
    match soort {
        Soort::Eurocent => Kind::Cents,
        Soort::Duizendste => Kind::Decimal(1),
        Soort::Minuten => Kind::Hours,
        Soort::Datum => Kind::Date,
        Soort::Code => Kind::Code,
        Soort::Aantal => Kind::Count,
        Soort::Jaar => Kind::Year,
        Soort::Aandeel => Kind::Share,
        Soort::Getal(decimals) => Kind::Decimal(decimals),
        Soort::Tekst | Soort::Gemeente | Soort::Kwartaal | Soort::Maand | Soort::JaNee => {
            Kind::Text
        }
    }
}

/// A table column that fits its values: a name that the dictionary does not know may hold numbers.
pub(super) fn column_for<'v>(
    name: &str,
    values: impl Iterator<Item = &'v ListValue>,
) -> TableColumn {
    let mut column = column(name);
    column.kind = kind_of(kolommen::soort_van(name, values));
    column
}

/// The cell of a value under that heading.
#[allow(clippy::cast_precision_loss, reason = "thousandths of hours are far below 2^53")]
pub(super) fn cell(input: &Input<'_>, name: &str, kind: Kind, value: &ListValue) -> Cell {
    match value {
        ListValue::Text(text) if name == "gemeente" => Cell::text(gemeente(input, text)),
        ListValue::Text(text) => Cell::text(text),
        ListValue::Int(n) => Cell::new(match kind {
            Kind::Cents => Value::Cents(*n),
            Kind::Decimal(_) => Value::Decimal(*n as f64 / 1000.0),
            Kind::Text | Kind::Code => Value::Text(n.to_string()),
            _ => Value::Int(*n),
        }),
        ListValue::Date(date) => Cell::new(Value::Date(*date)),
        ListValue::Bool(yes) => Cell::text(if *yes { "ja" } else { "nee" }),
        ListValue::Empty => Cell::new(Value::Empty),
    }
}
