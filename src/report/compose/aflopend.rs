//! Chapter: agreements that end soon.

use anyhow::Result;

use crate::disclosure::PublishedOutcome;
use crate::findings::Chapter;
use crate::metrics::ListValue;
use crate::report::compose::cellen::gemeente;
use crate::report::compose::{Input, findings_block, section, source, undetermined};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn, Value,
};

#[allow(clippy::unnecessary_wraps, reason = "every chapter has the same shape")]
pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Aflopend);
    blocks.extend(findings_block(input, Chapter::Aflopend));
    match input.published.measure("aflopend").map(|measure| &measure.outcome) {
        Some(PublishedOutcome::List(list)) if !list.rows.is_empty() => {
            blocks.push(Block::Table(table(input, &list.columns, &list.rows)));
        }
        Some(PublishedOutcome::Withheld) => {
            let text = "De lijst noemt afzonderlijke overeenkomsten en staat daarom alleen in het rapport voor ICM (publiek intern).";
            blocks.push(Block::Note(NoteKind::Toelichting, text.to_owned()));
        }
        _ => {}
    }
    Ok(section(input, Chapter::Aflopend, "Aflopende overeenkomsten", blocks))
}

/// Heading and kind of a column of the list.
fn column(name: &str) -> TableColumn {
    let (label, unit, kind) = match name {
        "gemeente" => ("Gemeente", "", Kind::Text),
        "maatwerk_id" => ("Overeenkomst", "", Kind::Code),
        "aanbieder" => ("Aanbieder", "", Kind::Text),
        "productcode" => ("Product", "", Kind::Code),
        "einddatum" => ("Einddatum", "", Kind::Date),
        "dagen_tot_einde" => ("Nog", "dagen", Kind::Count),
        other => (other, "", Kind::Text),
    };
    TableColumn::new(label, unit, kind)
}

fn table(input: &Input<'_>, names: &[String], rows: &[Vec<ListValue>]) -> Table {
    let longest = input.region.drempels.signaal_dagen.waarde.last().copied().unwrap_or_default();
    let caption = format!(
        "Maatwerkovereenkomsten die binnen {longest} dagen na {} aflopen, eerst aflopende bovenaan",
        crate::dutch::date_long(input.peildatum)
    );
    let columns = names.iter().map(|name| column(name)).collect();
    let mut table = Table::new("aflopend", &caption, columns);
    for row in rows {
        let cells = row.iter().zip(names).map(|(value, name)| cell(input, value, name));
        table.rows.push(Row::new(cells.collect()));
    }
    table.source_line = source(input, "aflopend");
    table
}

fn cell(input: &Input<'_>, value: &ListValue, name: &str) -> Cell {
    match value {
        ListValue::Text(text) if name == "gemeente" => Cell::text(gemeente(input, text)),
        ListValue::Text(text) => Cell::text(text),
        ListValue::Int(n) if column(name).kind == Kind::Count => Cell::new(Value::Int(*n)),
        ListValue::Int(n) => Cell::text(&n.to_string()),
        ListValue::Date(date) if column(name).kind == Kind::Date => Cell::new(Value::Date(*date)),
        ListValue::Date(date) => Cell::text(&crate::dutch::date_short(*date)),
        ListValue::Bool(yes) => Cell::text(if *yes { "ja" } else { "nee" }),
        ListValue::Empty => Cell::new(Value::Empty),
    }
}
