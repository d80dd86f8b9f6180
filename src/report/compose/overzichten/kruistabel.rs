//! A measure with two keys and many cells: one key down, the other across.

use std::collections::BTreeSet;

use crate::disclosure::PublishedCell;
use crate::dutch::sort_key;
use crate::report::compose::cellen::{As, value_or_none};
use crate::report::compose::overzichten::tabel::{heading, of_unit};
use crate::report::compose::overzichten::{MAX_ROWS, Part, name};
use crate::report::compose::{Input, source};
use crate::report::document::{Cell, Kind, Row, Table, TableColumn};

/// More columns than this do not fit beside each other on paper.
const MAX_COLUMNS: usize = 8;

/// `None` when a list reads better: few cells, more keys, or too many of both.
pub(super) fn table(input: &Input<'_>, part: &Part<'_>) -> Option<Table> {
    let [one, other] = part.keys.as_slice() else { return None };
    if part.cells.len() <= MAX_ROWS {
        return None;
    }
    let (ones, others) = (texts(input, part, one), texts(input, part, other));
    // The key with most values goes down.
    let is_turned = others.len() > ones.len();
    let (down, across) = if is_turned { (other, one) } else { (one, other) };
    let (rows, columns) = if is_turned { (others, ones) } else { (ones, others) };
    if columns.len() > MAX_COLUMNS {
        return None;
    }
    let (kind, _, _) = of_unit(&part.overzicht.eenheid);
    let how = if kind == Kind::Cents { As::Cents } else { As::Count };
    let label = |text: &String| TableColumn::new(name(input, across, text), "", kind);
    let headings = std::iter::once(heading(down)).chain(columns.iter().map(label));
    let what = &part.overzicht;
    let caption = format!("{}, {} ({})", what.titel, unit(&what.eenheid), what.periode);
    let mut table = Table::new(&what.query, &caption, headings.collect());
    for row in &rows {
        let cell = |column: &String| {
            let fits = |cell: &&&PublishedCell| {
                part.measure.key(cell, down) == row && part.measure.key(cell, across) == column
            };
            value_or_none(part.cells.iter().find(fits).copied(), how)
        };
        let cells = std::iter::once(Cell::text(name(input, down, row)));
        table.rows.push(Row::new(cells.chain(columns.iter().map(cell)).collect()));
    }
    table.source_line = source(input, &what.query);
    table.op_pagina = Some(2 * MAX_ROWS);
    Some(table)
}

/// The unit in the words of a caption.
fn unit(unit: &str) -> &str {
    match unit {
        "eurocent" => "euro",
        "minuten" => "uren",
        other => other,
    }
}

/// The values of a key: numbers by size, names in Dutch order.
fn texts(input: &Input<'_>, part: &Part<'_>, key: &str) -> Vec<String> {
    let all: BTreeSet<&str> = part.cells.iter().map(|cell| part.measure.key(cell, key)).collect();
    let mut all: Vec<String> = all.into_iter().map(ToOwned::to_owned).collect();
    if all.iter().all(|text| text.parse::<i64>().is_ok()) && key != "gemeente" {
        all.sort_by_key(|text| text.parse::<i64>().unwrap_or_default());
    } else {
        all.sort_by_cached_key(|text| sort_key(name(input, key, text)));
    }
    all
}
