//! What is too small in the quarter and may be seen over a year: a table per question, for who may not see everything.

use std::collections::BTreeMap;

use crate::disclosure::{PublishedCell, PublishedMeasure, Shown};
use crate::metrics::ListValue;
use crate::metrics::kolommen::van_eenheid;
use crate::report::compose::cellen::clienten;
use crate::report::compose::overzichten::name;
use crate::report::compose::{Input, kolommen};
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn};

const KWARTAAL: &str = "kwartaal";

/// More rows than this are no reading matter: all of them stand in the CSV.
const MAX_ROWS: usize = 10;

/// The tables with a heading; none where nothing is hidden, or nothing is to be seen over a year either. An edition is about
/// one gemeente, which sees its own quarters.
pub(super) fn blocks(input: &Input<'_>) -> Vec<Block> {
    if input.published.gemeente().is_some() {
        return Vec::new();
    }
    let tables: Vec<Table> =
        input.published.measures().filter_map(|measure| table(input, measure)).collect();
    if tables.is_empty() {
        return Vec::new();
    }
    let mut out = vec![
        Block::Heading("In het kwartaal te klein, over een jaar te zien".to_owned()),
        Block::Paragraph(format!(
            "Deze cijfers zijn in {} onderdrukt. Over het jaar tot en met {} staan er genoeg jeugdigen achter.",
            input.kwartaal, input.kwartaal
        )),
    ];
    out.extend(tables.into_iter().map(Block::Table));
    out
}

/// A year figure beside which the quarter is hidden, with the text that names its row.
type Rij<'p> = (&'p str, &'p PublishedCell);

fn table(input: &Input<'_>, measure: &PublishedMeasure) -> Option<Table> {
    let (key, rows) = measure.jaar.iter().find_map(|(keys, cells)| {
        let key = match keys.as_slice() {
            [key, kwartaal] | [kwartaal, key] if kwartaal == KWARTAAL => key,
            _ => return None,
        };
        let rows = rows(input, measure, (keys, cells), key);
        (!rows.is_empty()).then_some((key, rows))
    })?;
    let (soort, kop) = van_eenheid(&measure.unit);
    let kind = kolommen::kind_of(soort);
    let mut columns = vec![kolommen::column(key), TableColumn::new(&kop, "", kind)];
    // A value that counts the children itself is not told twice.
    let is_twice = |cell: &PublishedCell| cell.clienten.as_ref() == Some(&cell.value);
    let has_clients = rows.iter().any(|(_, cell)| cell.clienten.is_some() && !is_twice(cell));
    if has_clients {
        columns.push(TableColumn::new("Jeugdigen", "", Kind::Count));
    }
    let caption = format!("{}, over vier kwartalen", measure.title);
    let mut table = Table::new(&format!("{}-jaar", measure.id), &caption, columns);
    for (text, cell) in rows {
        let Some(value) = cell.value.value() else { continue };
        let value = kolommen::cell(input, &measure.unit, kind, &ListValue::Int(value));
        let mut cells = vec![Cell::text(name(input, key, text)), value.at(&cell.address)];
        if has_clients {
            cells.push(clienten(Some(cell)));
        }
        table.rows.push(Row::new(cells));
    }
    table.source_line = format!("Vraag {}.", measure.id);
    table.op_pagina = Some(MAX_ROWS);
    Some(table)
}

/// The year figures that may be seen and whose quarter may not, by their key.
fn rows<'p>(
    input: &Input<'_>,
    measure: &'p PublishedMeasure,
    (keys, cells): (&[String], &'p [PublishedCell]),
    key: &str,
) -> Vec<Rij<'p>> {
    let kwartaal = input.kwartaal.to_string();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let in_quarter: BTreeMap<&str, &PublishedCell> = (measure.level(&keys).iter())
        .filter(|cell| measure.key(cell, KWARTAAL) == kwartaal)
        .map(|cell| (measure.key(cell, key), cell))
        .collect();
    let is_hidden =
        |text: &str| in_quarter.get(text).is_some_and(|quarter| quarter.value == Shown::Hidden);
    let seen = cells.iter().filter(|cell| cell.value != Shown::Hidden);
    seen.map(|cell| (measure.key(cell, key), cell)).filter(|(text, _)| is_hidden(text)).collect()
}
