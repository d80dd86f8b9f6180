//! Cells of a row → cells of a block: what is handed on, and what cannot be relied on.

use std::sync::Arc;

use super::layout::Layout;
use super::number;
use super::row::{Kind as CellKind, Row};
use crate::schema::Dtype;
use crate::sources::Opened;
use crate::sources::raw::RawTable;

/// A table for rows of a sheet.
pub(super) fn empty(opened: &Opened<'_>, layout: &Layout) -> RawTable {
    let (headings, targets) = (Arc::clone(&layout.headings), Arc::clone(&layout.targets));
    let mut table = RawTable::new(layout.table, Arc::clone(&opened.file), headings, targets, false);
    table.place = layout.place.clone();
    table
}

/// Adds a row with every cell in its form; a value that cannot be relied on stays away.
pub(super) fn push(table: &mut RawTable, layout: &Layout, row: &Row, is_1904: bool) {
    let dates = if is_1904 { dates_of_1904(layout, row) } else { Vec::new() };
    let cells = (0..layout.headings.len()).map(|at| {
        let (text, kind) = row.cell(u32::try_from(at).unwrap_or(u32::MAX));
        let dtype = layout.targets[at].map(|position| layout.table.columns[position].dtype);
        if dtype.is_some_and(|dtype| is_lost(kind, dtype)) {
            return (&b""[..], false);
        }
        match dates.iter().find(|(column, _)| *column == at) {
            Some((_, date)) => (date.as_bytes(), true),
            None => (text, kind.is_native()),
        }
    });
    table.push_mixed(layout.offset() + row.number, cells);
}

/// Numbers under the heading of a date that are not shown as one: only here is known from when they count.
fn dates_of_1904(layout: &Layout, row: &Row) -> Vec<(usize, String)> {
    let is_date = |at: &usize| {
        layout.targets[*at].is_some_and(|p| layout.table.columns[p].dtype == Dtype::Date)
    };
    let date = |at: usize| {
        let (text, kind) = row.cell(u32::try_from(at).ok()?);
        let serial: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
        let date = (kind == CellKind::Number).then(|| number::date(serial, true)).flatten()?;
        Some((at, date))
    };
    (0..layout.headings.len()).filter(is_date).filter_map(date).collect()
}

/// A number whose last digits are gone is no longer the number of anything; an amount it still is.
pub(super) fn is_lost(kind: CellKind, dtype: Dtype) -> bool {
    let is_figure = matches!(dtype, Dtype::Cent | Dtype::Milli | Dtype::Int | Dtype::Filled);
    kind.is_lost() || (kind == CellKind::Rounded && !is_figure)
}

/// Why a cell has no value; never the value itself.
pub(super) fn lost_words((text, kind): (&[u8], CellKind)) -> String {
    match kind {
        CellKind::Error => String::from_utf8_lossy(text).into_owned(),
        CellKind::NoValue => "formule zonder opgeslagen uitkomst".to_owned(),
        _ => "getal van meer dan 15 cijfers".to_owned(),
    }
}

/// A number in machine form as cents, when it is not finer.
pub(super) fn cents(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let (sign, body) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    if fraction.len() > 2 || whole.len() > 12 {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse::<i64>().ok().map(|ct| sign * ct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_of_a_refused_row_is_exact_or_absent() {
        assert_eq!(cents(b"-1234.5"), Some(-123_450));
        assert_eq!(cents(b"12"), Some(1200));
        assert_eq!(cents(b"0.01"), Some(1));
        assert_eq!(cents(b"0.001"), None);
        assert_eq!(cents(b"x"), None);
        assert_eq!(cents(b"99999999999999"), None);
    }
}
