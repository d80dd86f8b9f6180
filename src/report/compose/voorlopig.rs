//! Marks what rests on a provisional quarter, in whatever chapter it stands.
//!
//! Enters: tables and figures of all chapters. Leaves: the same, with "voorlopig" at the row, the column or the caption
//! that names the quarter. Knows a figure by its address only.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::findings::Naijl;
use crate::period::Kwartaal;
use crate::report::compose::Input;
use crate::report::document::{Block, Section, Table, Value};

/// A quarter as it is written: `2025-K3 (voorlopig)`.
pub(super) fn naam(input: &Input<'_>, kwartaal: Kwartaal) -> String {
    let is_voorlopig =
        input.published.judged().naijl.as_ref().is_some_and(|naijl| naijl.is_voorlopig(kwartaal));
    if is_voorlopig { marked(kwartaal) } else { kwartaal.to_string() }
}

fn marked(kwartaal: Kwartaal) -> String {
    format!("{kwartaal} (voorlopig)")
}

/// What stands behind the source of a figure of the quarter of the report; `vragen` names its queries.
pub(super) fn bij_bron(input: &Input<'_>, vragen: &str) -> String {
    let naijl = input.published.judged().naijl.as_ref();
    let naijl = naijl.filter(|naijl| naijl.is_voorlopig(input.kwartaal));
    let is_declared =
        |naijl: &Naijl| vragen.split([' ', ',']).any(|vraag| naijl.op_declaraties.contains(vraag));
    if naijl.is_some_and(is_declared) {
        format!(". Let op: {} is voorlopig", input.kwartaal)
    } else {
        String::new()
    }
}

/// Marks the tables and the data under the figures.
pub(super) fn mark(input: &Input<'_>, sections: &mut [Section]) -> Result<()> {
    let Some(naijl) = &input.published.judged().naijl else { return Ok(()) };
    for block in sections.iter_mut().flat_map(|section| &mut section.blocks) {
        match block {
            Block::Table(table) => mark_table(naijl, table),
            Block::Figure(figure) => {
                let mut data = figure.data().clone();
                mark_table(naijl, &mut data);
                if data != *figure.data() {
                    **figure = figure.with_data(data)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn mark_table(naijl: &Naijl, table: &mut Table) {
    let mut in_caption: BTreeSet<Kwartaal> = BTreeSet::new();
    for row in 0..table.rows.len() {
        let addresses = table.rows[row].cells.iter().map(|cell| cell.address.as_deref());
        let found: Vec<(usize, Kwartaal)> = addresses
            .enumerate()
            .filter_map(|(column, address)| Some((column, naijl.voorlopig_in(address?)?)))
            .collect();
        for (column, kwartaal) in found {
            if !mark_row(table, row, kwartaal) && !mark_column(table, column, kwartaal) {
                in_caption.insert(kwartaal);
            }
        }
    }
    for kwartaal in in_caption {
        let (name, with) = (kwartaal.to_string(), marked(kwartaal));
        table.caption = if table.caption.contains(&name) {
            table.caption.replace(&name, &with)
        } else {
            format!("{} ({name} is voorlopig)", table.caption)
        };
    }
}

/// True when the row itself names the quarter.
fn mark_row(table: &mut Table, row: usize, kwartaal: Kwartaal) -> bool {
    let (name, with) = (kwartaal.to_string(), marked(kwartaal));
    let mut is_named = false;
    for cell in &mut table.rows[row].cells {
        if let Value::Text(text) = &mut cell.value {
            if *text == name {
                text.clone_from(&with);
            }
            is_named |= *text == with;
        }
    }
    is_named
}

/// True when the column is that of the quarter.
fn mark_column(table: &mut Table, column: usize, kwartaal: Kwartaal) -> bool {
    let with = marked(kwartaal);
    let label = &mut table.columns[column].label;
    if *label == kwartaal.to_string() {
        label.clone_from(&with);
    }
    *label == with
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::NaijlKwartaal;
    use crate::report::document::{Cell, Kind, Row, TableColumn};

    fn naijl() -> Naijl {
        Naijl {
            stand: chrono::NaiveDate::from_ymd_opt(2025, 10, 8).unwrap(),
            maanden: Vec::new(),
            volledigheid: Vec::new(),
            kwartalen: vec![NaijlKwartaal {
                kwartaal: "2025-K3".parse().unwrap(),
                bekend_ct: 0,
                zonder_dagtekening_ct: 0,
                verwachting: Err(String::new()),
                is_voorlopig: true,
            }],
            op_declaraties: ["kosten_totaal".to_owned()].into(),
            cites: Vec::new(),
        }
    }

    fn table(caption: &str, labels: [&str; 2], name: &str, address: &str) -> Table {
        let columns = vec![
            TableColumn::new(labels[0], "", Kind::Text),
            TableColumn::new(labels[1], "", Kind::Cents),
        ];
        let mut table = Table::new("t", caption, columns);
        let cell = Cell::new(Value::Cents(5)).at(address);
        table.rows.push(Row::new(vec![Cell::text(name), cell]));
        mark_table(&naijl(), &mut table);
        table
    }

    const K3: &str = "kosten_totaal/totaal/2025-K3/bedrag_ct";

    #[test]
    fn the_row_the_column_or_else_the_caption_says_it() {
        let found = table("Verloop tot 2025-K3", ["Kwartaal", "Kosten"], "2025-K3", K3);
        assert_eq!(found.rows[0].cells[0], Cell::text("2025-K3 (voorlopig)"));
        assert_eq!(found.caption, "Verloop tot 2025-K3");
        let found = table("Verloop", ["Gemeente", "2025-K3"], "Dorp", K3);
        assert_eq!(found.columns[1].label, "2025-K3 (voorlopig)");
        let found = table("Kosten, 2025-K3", ["Gemeente", "Kosten"], "Dorp", K3);
        assert_eq!(found.caption, "Kosten, 2025-K3 (voorlopig)");
        let found = table("Kosten", ["Gemeente", "Kosten"], "Dorp", K3);
        assert_eq!(found.caption, "Kosten (2025-K3 is voorlopig)");
    }

    #[test]
    fn other_quarters_and_registers_are_left_alone() {
        for address in
            ["kosten_totaal/totaal/2025-K2/bedrag_ct", "maatwerk_nieuw/9001/2025-K3/aantal"]
        {
            let found = table("Cijfers, 2025-K3", ["Kwartaal", "Kosten"], "2025-K3", address);
            assert_eq!(found.caption, "Cijfers, 2025-K3");
            assert_eq!(found.rows[0].cells[0], Cell::text("2025-K3"));
        }
    }
}
