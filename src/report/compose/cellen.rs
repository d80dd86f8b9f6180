//! Published values → cells, keeping hidden, unknown and zero apart.

use crate::disclosure::{PublishedCell, PublishedMeasure, Shown};
use crate::report::compose::Input;
use crate::report::document::{Cell, Value};

/// How a whole number is to be read.
#[derive(Clone, Copy)]
pub(super) enum As {
    Count,
    Cents,
    Minutes,
}

/// The value of a figure, with its address.
pub(super) fn value(cell: &PublishedCell, kind: As) -> Cell {
    shown(&cell.value, kind).at(&cell.address)
}

/// The value of a figure that may be absent; absent in a table by key means that the key has no rows: none.
pub(super) fn value_or_none(cell: Option<&PublishedCell>, kind: As) -> Cell {
    cell.map_or_else(|| Cell::new(number(0, kind)), |cell| value(cell, kind))
}

/// The value of a figure that may be absent, where absent means that nothing is known.
pub(super) fn value_or_unknown(cell: Option<&PublishedCell>, kind: As, reason: &str) -> Cell {
    cell.map_or_else(|| Cell::unknown(reason), |cell| value(cell, kind))
}

/// Distinct clients behind a figure.
pub(super) fn clienten(cell: Option<&PublishedCell>) -> Cell {
    match cell.and_then(|cell| cell.clienten.as_ref()) {
        Some(clienten) => shown(clienten, As::Count),
        None => Cell::new(Value::Empty),
    }
}

/// Per 10.000 with one decimal.
pub(super) fn rate(cell: Option<&PublishedCell>) -> Cell {
    ratio(cell, Value::Decimal)
}

/// A share.
pub(super) fn share(cell: Option<&PublishedCell>) -> Cell {
    ratio(cell, Value::Share)
}

fn ratio(cell: Option<&PublishedCell>, make: fn(f64) -> Value) -> Cell {
    let Some(cell) = cell else { return Cell::new(Value::Empty) };
    let out = match &cell.ratio {
        Some(Shown::Value(value)) => Cell::new(make(*value)),
        Some(Shown::Hidden) => Cell::new(Value::Hidden),
        Some(Shown::Unknown(reason)) => Cell::unknown(reason),
        None => Cell::new(Value::Empty),
    };
    match &cell.ratio_address {
        Some(address) => out.at(address),
        None => out,
    }
}

fn shown(value: &Shown<i64>, kind: As) -> Cell {
    match value {
        Shown::Value(value) => Cell::new(number(*value, kind)),
        Shown::Hidden => Cell::new(Value::Hidden),
        Shown::Unknown(reason) => Cell::unknown(reason),
    }
}

fn number(value: i64, kind: As) -> Value {
    match kind {
        As::Cents => Value::Cents(value),
        As::Count | As::Minutes => Value::Int(value),
    }
}

/// Cells of a level in the quarter of the report.
pub(super) fn in_quarter<'p>(
    input: &'p Input<'_>,
    query: &str,
    keys: &[&str],
) -> Vec<(&'p PublishedMeasure, &'p PublishedCell)> {
    let kwartaal = input.kwartaal.to_string();
    let Some(measure) = input.published.measure(query) else { return Vec::new() };
    let cells = measure.level(keys).iter();
    cells
        .filter(|cell| measure.key(cell, "kwartaal") == kwartaal)
        .map(|cell| (measure, cell))
        .collect()
}

/// The cell with these key texts, among those of a level.
pub(super) fn find<'p>(
    measure: Option<&'p PublishedMeasure>,
    keys: &[&str],
    texts: &[(&str, &str)],
) -> Option<&'p PublishedCell> {
    let measure = measure?;
    let fits =
        |cell: &&PublishedCell| texts.iter().all(|(key, text)| measure.key(cell, key) == *text);
    measure.level(keys).iter().find(fits)
}

/// Name of a gemeente, else its code.
pub(super) fn gemeente<'i>(input: &'i Input<'_>, code: &'i str) -> &'i str {
    input.region.gemeenten.iter().find(|g| g.code == code).map_or(code, |g| g.naam.as_str())
}

/// Codes of the gemeenten of the region, in Dutch order of their names.
pub(super) fn gemeenten(input: &Input<'_>) -> Vec<String> {
    let mut all = input.region.gemeenten.clone();
    all.sort_by_cached_key(|g| crate::dutch::sort_key(&g.naam));
    all.into_iter().map(|g| g.code).collect()
}

/// A part of a whole, computed here; hidden when either is.
pub(super) fn share_of(part: Option<i64>, whole: Option<i64>) -> Cell {
    match (part, whole) {
        (Some(part), Some(whole)) if whole > 0 && part >= 0 => {
            Cell::new(Value::Share(part as f64 / whole as f64))
        }
        (Some(_), Some(_)) => Cell::unknown("het bedrag of het geheel is nul of lager"),
        _ => Cell::new(Value::Hidden),
    }
}
