//! The hits of every rule one by one, as files for ICM: what a contract manager works through.

use crate::dutch::{count, counted, n_of};
use crate::metrics::ListValue;
use crate::report::compose::{Input, kolommen};
use crate::report::document::{Block, Cell, FileLink, Row, Table, Value};

/// Where they stand in the output.
const FOLDER: &str = "werklijsten";

/// One table per rule with hits, for the audience that may see single cases.
pub(crate) fn werklijsten(input: &Input<'_>) -> Vec<Table> {
    let signalen = input.published.judged().signalen.iter();
    // A comparison without a difference asks nothing of anybody.
    let told = signalen.filter(|signaal| !signaal.zin.is_empty());
    told.filter_map(|signaal| werklijst(input, &signaal.query, &signaal.titel)).collect()
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
    let mut rows: Vec<&Vec<ListValue>> = hits.rows.iter().collect();
    // What is of now first, and of that what ends first; else as it was.
    let at = |name: &str| hits.columns.iter().position(|column| column == name);
    let kwartaal = |row: &Vec<ListValue>| at("kwartaal").and_then(|at| row.get(at).cloned());
    let end = |row: &Vec<ListValue>| at("dagen_tot_einde").and_then(|at| row.get(at).cloned());
    rows.sort_by(|a, b| kwartaal(b).cmp(&kwartaal(a)).then_with(|| end(a).cmp(&end(b))));
    let has_money = at("bedrag_ct")
        .is_some_and(|at| hits.rows.iter().any(|row| row.get(at) != Some(&ListValue::Int(0))));
    for row in rows {
        let cells = row.iter().zip(&hits.columns).zip(&table.columns);
        let cells = cells.map(|((value, name), column)| match name.as_str() {
            // A rule that is not about money has no amounts, rather than amounts of nought.
            "bedrag_ct" if !has_money => Cell::new(Value::Empty),
            _ => kolommen::cell(input, name, column.kind, value),
        });
        let row = Row::new(cells.collect());
        table.rows.push(row);
    }
    Some(table)
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
    let links: Vec<FileLink> = werklijsten(input).iter().map(link).collect();
    if links.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading("Werklijsten per regel".to_owned()), Block::Files(links)]
}
