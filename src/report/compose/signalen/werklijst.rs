//! The hits of every rule one by one, as files for ICM: what a contract manager works through.

use crate::dutch::{capital, count, counted, n_of};
use crate::findings::signalen::Signaal;
use crate::metrics::ListValue;
use crate::metrics::signaal::BEDRAG;
use crate::report::compose::cellen::gemeente;
use crate::report::compose::{Input, kolommen};
use crate::report::document::{Block, Cell, FileLink, Kind, Row, Table, TableColumn};
use crate::report::shown;

/// Where they stand in the output.
const FOLDER: &str = "werklijsten";

/// Between the parts by which a case is found.
const GLUE: &str = " · ";

/// One table per rule with hits, for the audience that may see single cases.
pub(crate) fn werklijsten(input: &Input<'_>) -> Vec<Table> {
    let signalen = input.published.judged().signalen.iter();
    // A comparison without a difference asks nothing of anybody.
    let told = signalen.filter(|signaal| !signaal.zin.is_empty());
    told.filter_map(|signaal| werklijst(input, signaal)).collect()
}

fn werklijst(input: &Input<'_>, signaal: &Signaal) -> Option<Table> {
    let hits = input.published.measure(&signaal.query)?.werklijst.as_ref()?;
    if hits.rows.is_empty() {
        return None;
    }
    let mut rows: Vec<&Vec<ListValue>> = hits.rows.iter().collect();
    // What is of now first, and of that what ends first; else as it was.
    let at = |name: &str| hits.columns.iter().position(|column| column == name);
    let kwartaal = |row: &Vec<ListValue>| at("kwartaal").and_then(|at| row.get(at).cloned());
    let end = |row: &Vec<ListValue>| at("dagen_tot_einde").and_then(|at| row.get(at).cloned());
    rows.sort_by(|a, b| kwartaal(b).cmp(&kwartaal(a)).then_with(|| end(a).cmp(&end(b))));
    let mut table = Table::new(&signaal.query, &signaal.titel, Vec::new());
    table.rows = rows.iter().map(|_| Row::new(Vec::new())).collect();
    for (at, name) in hits.columns.iter().enumerate() {
        let values: Vec<&ListValue> = rows.iter().filter_map(|row| row.get(at)).collect();
        // A rule that is not about money has no amounts, rather than amounts of nought.
        if name == BEDRAG && values.iter().all(|value| **value == ListValue::Int(0)) {
            continue;
        }
        for (column, cells) in columns(input, signaal, name, &values) {
            table.columns.push(column);
            for (row, cell) in table.rows.iter_mut().zip(cells) {
                row.cells.push(cell);
            }
        }
    }
    table.without_empty_columns();
    without_repeats(&mut table);
    Some(table)
}

/// The columns of the table that hold a column of the query: mostly one.
fn columns(
    input: &Input<'_>,
    signaal: &Signaal,
    name: &str,
    values: &[&ListValue],
) -> Vec<(TableColumn, Vec<Cell>)> {
    let mut column = kolommen::column_for(name, values.iter().copied());
    match (name, &signaal.nummer, &signaal.bedrag) {
        ("geval", Some(nummer), _) => {
            if let Some(parts) = parts(input, nummer, values) {
                return parts;
            }
            column.label = capital(nummer);
        }
        (BEDRAG, _, Some(bedrag)) => column.label = format!("Bedrag: {bedrag}"),
        _ => {}
    }
    let cells = values.iter().map(|value| kolommen::cell(input, name, column.kind, value));
    let cells = cells.collect();
    vec![(column, cells)]
}

/// What a name that is glued together is made of, where every case has all its parts.
fn parts(
    input: &Input<'_>,
    nummer: &str,
    values: &[&ListValue],
) -> Option<Vec<(TableColumn, Vec<Cell>)>> {
    let names: Vec<&str> = nummer.split(GLUE).collect();
    let split = |value: &&ListValue| match value {
        ListValue::Text(text) => {
            let parts: Vec<String> = text.split(GLUE).map(ToOwned::to_owned).collect();
            (parts.len() == names.len()).then_some(parts)
        }
        _ => None,
    };
    let rows = values.iter().map(split).collect::<Option<Vec<_>>>()?;
    let column = |(at, name): (usize, &&str)| {
        let text = |parts: &Vec<String>| match *name {
            "gemeente" => Cell::text(gemeente(input, &parts[at])),
            _ => Cell::text(&parts[at]),
        };
        let cells = rows.iter().map(text).collect();
        (TableColumn::new(&capital(name), "", Kind::Text), cells)
    };
    Some(names.iter().enumerate().map(column).collect())
}

/// A column that says the same as one before it under the same heading: a part of a name that has its own column.
fn without_repeats(table: &mut Table) {
    let same = |one: usize, other: usize| {
        let label = |at: usize| table.columns[at].label.to_lowercase();
        let text = |row: &Row, at: usize| shown::text(&row.cells[at].value, table.columns[at].kind);
        label(one) == label(other)
            && table.rows.iter().all(|row| text(row, one) == text(row, other))
    };
    let n = table.columns.len();
    let keep: Vec<bool> = (0..n).map(|at| !(0..at).any(|before| same(before, at))).collect();
    let mut at = keep.iter();
    table.columns.retain(|_| at.next().copied().unwrap_or(true));
    for row in &mut table.rows {
        let mut at = keep.iter();
        row.cells.retain(|_| at.next().copied().unwrap_or(true));
    }
}

/// How many of them the sentence is about, when the list looks further back.
fn of_now(input: &Input<'_>, table: &Table) -> String {
    let signalen = &input.published.judged().signalen;
    let now = signalen.iter().find(|signaal| signaal.query == table.id).map(|s| s.treffers);
    match now {
        Some(n) if n != n_of(table.rows.len()) => {
            format!(", waarvan {} in {}", count(n), input.kwartaal)
        }
        _ => String::new(),
    }
}

/// Links to the work lists.
pub(super) fn links(input: &Input<'_>) -> Vec<Block> {
    let link = |table: &Table| FileLink {
        path: format!("{FOLDER}/{}.csv", table.id),
        text: format!(
            "{} ({}{})",
            table.caption,
            counted(n_of(table.rows.len()), "geval", "gevallen"),
            of_now(input, table)
        ),
    };
    let mut links: Vec<FileLink> = werklijsten(input).iter().map(link).collect();
    if links.is_empty() {
        return Vec::new();
    }
    let text = "Alle werklijsten in één werkmap voor Excel, een blad per regel".to_owned();
    links.insert(0, FileLink { path: crate::report::workbook::CASES.to_owned(), text });
    vec![Block::Heading("Werklijsten per regel".to_owned()), Block::Files(links)]
}
