//! The hits of every rule one by one, as files for ICM: what a contract manager works through.

use crate::dutch::{counted, n_of};
use crate::report::compose::{Input, kolommen};
use crate::report::document::{Block, FileLink, Row, Table};

/// Where they stand in the output.
const FOLDER: &str = "werklijsten";

/// One table per rule with hits, for the audience that may see single cases.
pub(crate) fn werklijsten(input: &Input<'_>) -> Vec<Table> {
    let signalen = input.published.judged().signalen.iter();
    signalen.filter_map(|signaal| werklijst(input, &signaal.query, &signaal.titel)).collect()
}

fn werklijst(input: &Input<'_>, query: &str, titel: &str) -> Option<Table> {
    let hits = input.published.measure(query)?.werklijst.as_ref()?;
    if hits.rows.is_empty() {
        return None;
    }
    let columns = hits.columns.iter().enumerate().map(|(at, name)| {
        kolommen::column_for(name, hits.rows.iter().filter_map(|row| row.get(at)))
    });
    let mut table = Table::new(query, titel, columns.collect());
    for row in &hits.rows {
        let cells = row.iter().zip(&hits.columns).zip(&table.columns);
        let cells =
            cells.map(|((value, name), column)| kolommen::cell(input, name, column.kind, value));
        let row = Row::new(cells.collect());
        table.rows.push(row);
    }
    Some(table)
}

/// Links to the work lists.
pub(super) fn links(input: &Input<'_>) -> Vec<Block> {
    let link = |table: &Table| FileLink {
        path: format!("{FOLDER}/{}.csv", table.id),
        text: format!(
            "{} ({})",
            table.caption,
            counted(n_of(table.rows.len()), "geval", "gevallen")
        ),
    };
    let links: Vec<FileLink> = werklijsten(input).iter().map(link).collect();
    if links.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading("Werklijsten per regel".to_owned()), Block::Files(links)]
}
