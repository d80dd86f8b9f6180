//! Figures that belong to a rule of the region and are no cases: a table with its sentence in the chapter they name.

use crate::disclosure::{PublishedCell, PublishedMeasure, Shown};
use crate::dutch::capital;
use crate::findings::Chapter;
use crate::findings::overzichten::Overzicht;
use crate::report::compose::cellen::{As, clienten, gemeente, rate, share, value};
use crate::report::compose::{Input, kolommen, source};
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn, Value};

/// More rows than this are no reading matter: the largest stand on the page, all in the CSV.
const MAX_ROWS: usize = 10;

/// The figures of a chapter, in the order of their queries.
pub(super) fn blocks(input: &Input<'_>, chapter: Chapter) -> Vec<Block> {
    let all = input.published.judged().overzichten.iter().filter(|one| one.chapter == chapter);
    all.flat_map(|one| block(input, one)).collect()
}

fn block(input: &Input<'_>, overzicht: &Overzicht) -> Vec<Block> {
    let Some(measure) = input.published.measure(&overzicht.query) else { return Vec::new() };
    let keys: Vec<&str> = overzicht.keys.iter().map(String::as_str).collect();
    let kwartaal = input.kwartaal.to_string();
    let has_quarter = keys.contains(&"kwartaal");
    let mut cells: Vec<&PublishedCell> = (measure.level(&keys).iter())
        .filter(|cell| !has_quarter || measure.key(cell, "kwartaal") == kwartaal)
        .collect();
    if cells.is_empty() {
        return Vec::new();
    }
    if let Some(code) = input.published.gemeente() {
        let is_per_gemeente = keys.iter().all(|key| ["gemeente", "kwartaal"].contains(key));
        // That another gemeente has a row at all says that there is a child of that kind.
        cells.retain(|cell| {
            is_per_gemeente || cell.value != Shown::Hidden || measure.key(cell, "gemeente") == code
        });
        if cells.is_empty() {
            let none = format!("{}: onderdrukt, het gaat om te weinig jeugdigen.", overzicht.titel);
            return vec![Block::Paragraph(none)];
        }
    }
    if cells.len() > MAX_ROWS {
        cells.sort_by_key(|cell| std::cmp::Reverse(cell.value.value()));
    }
    let shown: Vec<&str> = keys.into_iter().filter(|key| *key != "kwartaal").collect();
    let mut table = table(input, overzicht, measure, &shown, &cells);
    table.op_pagina = Some(MAX_ROWS);
    let mut out = Vec::new();
    if !overzicht.zin.is_empty() {
        out.push(Block::Paragraph(format!("{} ({})", overzicht.zin, overzicht.regel.id)));
    }
    out.push(Block::Table(table));
    out
}

fn table(
    input: &Input<'_>,
    overzicht: &Overzicht,
    measure: &PublishedMeasure,
    keys: &[&str],
    cells: &[&PublishedCell],
) -> Table {
    let (kind, label, unit) = of_unit(&overzicht.eenheid);
    let has_share = cells.iter().any(|cell| cell.ratio.is_some());
    let has_clients = cells.iter().any(|cell| cell.clienten.is_some());
    let mut columns: Vec<TableColumn> = keys.iter().map(|key| heading(key)).collect();
    columns.push(TableColumn::new(&label, unit, kind));
    let is_rate = is_rate(cells);
    if has_share {
        columns.push(if is_rate {
            TableColumn::new(&format!("{label} per 10.000 jeugdigen"), unit, Kind::Decimal(1))
        } else {
            TableColumn::new("Aandeel", "", Kind::Share)
        });
    }
    if has_clients {
        columns.push(TableColumn::new("Jeugdigen", "", Kind::Count));
    }
    let caption = format!("{} ({})", overzicht.titel, overzicht.periode);
    let mut table = Table::new(&overzicht.query, &caption, columns);
    let how = if kind == Kind::Cents { As::Cents } else { As::Count };
    for cell in cells {
        let name = |key: &&str| {
            let text = measure.key(cell, key);
            Cell::text(if *key == "gemeente" { gemeente(input, text) } else { text })
        };
        let mut row: Vec<Cell> = keys.iter().map(name).collect();
        row.push(value(cell, how));
        if has_share {
            row.push(match is_rate {
                true if kind == Kind::Hours => hours(rate(Some(cell))),
                true => rate(Some(cell)),
                false => share(Some(cell)),
            });
        }
        if has_clients {
            row.push(clienten(Some(cell)));
        }
        table.rows.push(Row::new(row));
    }
    table.source_line = source(input, &overzicht.query);
    table
}

/// A key is words, whatever the dictionary says of the column.
fn heading(key: &str) -> TableColumn {
    TableColumn { kind: Kind::Text, ..kolommen::column(key) }
}

/// Held against the number of children, rather than against a whole.
fn is_rate(cells: &[&PublishedCell]) -> bool {
    let mut addresses = cells.iter().filter_map(|cell| cell.ratio_address.as_deref());
    addresses.any(|address| address.ends_with("/per_10000"))
}

/// Minutes per so many children as hours.
fn hours(minutes: Cell) -> Cell {
    match minutes.value {
        Value::Decimal(number) => Cell { value: Value::Decimal(number / 60.0), ..minutes },
        _ => minutes,
    }
}

/// How the value is shown, its heading and its unit.
fn of_unit(unit: &str) -> (Kind, String, &'static str) {
    match unit {
        "eurocent" => (Kind::Cents, "Bedrag".to_owned(), ""),
        "minuten" => (Kind::Hours, "Tijd".to_owned(), "uren"),
        other => (Kind::Count, capital(other), ""),
    }
}
