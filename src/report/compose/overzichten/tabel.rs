//! One or more measures over the same rows, side by side.

use std::collections::BTreeSet;

use crate::disclosure::PublishedCell;
use crate::dutch::{capital, list};
use crate::metrics::antwoord::Soort;
use crate::metrics::kolommen::van_eenheid;
use crate::report::compose::cellen::{As, clienten, rate, share, value_or_none};
use crate::report::compose::overzichten::{MAX_ROWS, Part, name};
use crate::report::compose::{Input, kolommen, source};
use crate::report::document::{Cell, Kind, Row, Table, TableColumn, Value};

pub(super) fn table(input: &Input<'_>, group: &[Part<'_>]) -> Table {
    let first = &group[0];
    let mut columns: Vec<TableColumn> = first.keys.iter().map(|key| heading(key)).collect();
    columns.extend(group.iter().flat_map(|part| figure_columns(part, has_twin(group, part))));
    let has_clients = group.iter().any(|part| part.cells.iter().any(|c| c.clienten.is_some()));
    if has_clients {
        columns.push(TableColumn::new("Jeugdigen", "", Kind::Count));
    }
    let mut table = Table::new(&first.overzicht.query, &caption(group), columns);
    for texts in rows(group) {
        let found: Vec<Option<&PublishedCell>> =
            group.iter().map(|part| part.find(&texts)).collect();
        let mut row: Vec<Cell> = first
            .keys
            .iter()
            .zip(&texts)
            .map(|(key, text)| Cell::text(name(input, key, text)))
            .collect();
        for (part, cell) in group.iter().zip(&found) {
            row.extend(figures(part, *cell));
        }
        if has_clients {
            row.push(clienten(found.into_iter().flatten().next()));
        }
        table.rows.push(Row::new(row));
    }
    let queries: Vec<&str> = group.iter().map(|part| part.overzicht.query.as_str()).collect();
    table.source_line = source(input, &list(&queries));
    table.op_pagina = Some(MAX_ROWS);
    table
}

/// Rows of any of the measures, in the order of the first that has them.
fn rows(group: &[Part<'_>]) -> Vec<Vec<String>> {
    let mut seen = BTreeSet::new();
    let all = group.iter().flat_map(|part| part.cells.iter().map(|cell| part.texts(cell)));
    all.filter(|texts| seen.insert(texts.clone())).collect()
}

fn caption(group: &[Part<'_>]) -> String {
    let mut titles = Vec::new();
    for part in group {
        let title = &part.overzicht.titel;
        // Behind "en" a title goes on as a sentence.
        titles.push(if titles.is_empty() { title.clone() } else { uncapital(title) });
    }
    format!("{} ({})", list(&titles), group[0].overzicht.periode)
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Another measure of the table would have the same heading.
fn has_twin(group: &[Part<'_>], part: &Part<'_>) -> bool {
    group.iter().filter(|other| other.overzicht.eenheid == part.overzicht.eenheid).count() > 1
}

fn has_share(part: &Part<'_>) -> bool {
    part.cells.iter().any(|cell| cell.ratio.is_some())
}

/// Held against the number of children, rather than against a whole.
fn is_rate(part: &Part<'_>) -> bool {
    let mut addresses = part.cells.iter().filter_map(|cell| cell.ratio_address.as_deref());
    addresses.any(|address| address.ends_with("/per_10000"))
}

fn figure_columns(part: &Part<'_>, has_twin: bool) -> Vec<TableColumn> {
    let (kind, label, unit) = of_unit(&part.overzicht.eenheid);
    let label = if has_twin { part.overzicht.titel.clone() } else { label };
    let mut columns = vec![TableColumn::new(&label, unit, kind)];
    if has_share(part) {
        columns.push(if is_rate(part) {
            TableColumn::new(&format!("{label} per 10.000 jeugdigen"), unit, Kind::Decimal(1))
        } else {
            TableColumn::new("Aandeel", "", Kind::Share)
        });
    }
    columns
}

fn figures(part: &Part<'_>, cell: Option<&PublishedCell>) -> Vec<Cell> {
    let (kind, _, _) = of_unit(&part.overzicht.eenheid);
    let how = if kind == Kind::Cents { As::Cents } else { As::Count };
    let mut out = vec![value_or_none(cell, how)];
    if has_share(part) {
        out.push(match is_rate(part) {
            true if kind == Kind::Hours => hours(rate(cell)),
            true => rate(cell),
            false => share(cell),
        });
    }
    out
}

/// A key is words, whatever the dictionary says of the column.
pub(super) fn heading(key: &str) -> TableColumn {
    TableColumn { kind: Kind::Text, ..kolommen::column(key) }
}

/// Minutes per so many children as hours.
fn hours(minutes: Cell) -> Cell {
    match minutes.value {
        Value::Decimal(number) => Cell { value: Value::Decimal(number / 60.0), ..minutes },
        _ => minutes,
    }
}

/// How the value is shown, its heading and its unit.
pub(super) fn of_unit(unit: &str) -> (Kind, String, &'static str) {
    match van_eenheid(unit) {
        (Soort::Eurocent, label) => (Kind::Cents, label, ""),
        (Soort::Minuten, label) => (Kind::Hours, label, "uren"),
        _ => (Kind::Count, capital(unit), ""),
    }
}
