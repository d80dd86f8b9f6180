//! Headings and cells for columns that a query names itself.
//!
//! Enters: the name of a column and a plain value. Leaves: its heading with unit, and the cell. The dictionary of the
//! program ([`crate::schema`]) knows the words; a name that stands nowhere is shown without its underscores.

use crate::dutch::capital;
use crate::metrics::ListValue;
use crate::report::compose::Input;
use crate::report::compose::cellen::gemeente;
use crate::report::document::{Cell, Kind, TableColumn, Value};
use crate::schema::{Dtype, TABLES};

/// Heading, unit and kind of a column.
pub(super) fn column(name: &str) -> TableColumn {
    let (label, unit) = match name {
        "geval" => ("Geval", ""),
        "bedrag_ct" => ("Bedrag", ""),
        "oordeel" => ("Oordeel", ""),
        "treffers" => ("Treffers", ""),
        "minuten" => ("Uren", ""),
        other if other.ends_with("_procent") => {
            return TableColumn::new(&label(other), "%", kind(other));
        }
        other => return TableColumn::new(&label(other), "", kind(other)),
    };
    TableColumn::new(label, unit, kind(name))
}

/// The label of the dictionary without its remark between brackets, else the name in words.
fn label(name: &str) -> String {
    let known = TABLES.iter().flat_map(|table| table.columns).find(|column| column.name == name);
    let words = known.map_or_else(
        || in_words(name),
        |column| column.label.split(" (").next().unwrap_or(column.label).to_owned(),
    );
    capital(&words)
}

/// Words for a number of days, months or hours say it themselves.
fn in_words(name: &str) -> String {
    // Minutes are shown in hours.
    let name = name.replace("minuten", "uren");
    let name = name.trim_end_matches("_ct").trim_end_matches("_milli");
    name.trim_end_matches("_procent").replace('_', " ")
}

fn kind(name: &str) -> Kind {
    let known = TABLES.iter().flat_map(|table| table.columns).find(|column| column.name == name);
    match known.map(|column| column.dtype) {
        _ if name.ends_with("_ct") => Kind::Cents,
        _ if name.ends_with("_milli") => Kind::Decimal(1),
        _ if name.ends_with("minuten") || name.starts_with("minuten_") => Kind::Hours,
        Some(Dtype::Date) => Kind::Date,
        Some(Dtype::Agb | Dtype::Eenheid) => Kind::Code,
        Some(Dtype::Int) => Kind::Count,
        None if name.ends_with("datum") => Kind::Date,
        _ => Kind::Text,
    }
}

/// A table column that fits its values: a name that the dictionary does not know may hold numbers.
pub(super) fn column_for<'v>(
    name: &str,
    values: impl Iterator<Item = &'v ListValue>,
) -> TableColumn {
    let mut column = column(name);
    let first = values.into_iter().find(|value| **value != ListValue::Empty);
    column.kind = match (first, column.kind) {
        (Some(ListValue::Int(_)), Kind::Text | Kind::Code | Kind::Date) => Kind::Count,
        (Some(ListValue::Date(_)), _) => Kind::Date,
        (Some(ListValue::Text(_) | ListValue::Bool(_)), Kind::Code) => Kind::Code,
        (Some(ListValue::Text(_) | ListValue::Bool(_)), _) => Kind::Text,
        (_, kind) => kind,
    };
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
