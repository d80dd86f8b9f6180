//! How far the agreed steps were followed, per gemeente and quarter, and when the region talks about it (Z47, Z48).

use chrono::{Months, NaiveDate};

use crate::dutch::{count, date_long, list};
use crate::findings::signalen::naleving::{Naleving, Stappen};
use crate::report::compose::Input;
use crate::report::compose::cellen::{gemeente, gemeenten};
use crate::report::document::{Block, Cell, Kind, NoteKind, Row, Table, TableColumn, Value};

pub(super) fn blocks(input: &Input<'_>) -> Vec<Block> {
    let Some(naleving) = &input.published.judged().naleving else { return Vec::new() };
    let mut out = vec![Block::Heading("Naleving per gemeente".to_owned())];
    out.extend(zin(input, naleving).map(Block::Paragraph));
    out.extend(evaluatie(input).map(|text| Block::Note(NoteKind::Toelichting, text)));
    out.push(Block::Table(table(input, naleving)));
    out
}

/// Gemeenten by the steps they followed in the quarter, against a year before.
fn zin(input: &Input<'_>, naleving: &Naleving) -> Option<String> {
    let last = naleving.kwartalen.len().checked_sub(1)?;
    let year_before = last.checked_sub(4);
    let parts: Vec<String> = (gemeenten(input).iter())
        .filter_map(|code| {
            let steps = naleving.gemeenten.get(code)?;
            let now = steps[last]?;
            let before = year_before.and_then(|at| steps[at]);
            let then = before.map(|before| format!(", een jaar eerder {}", stappen(before)));
            Some(format!(
                "{} {} van de {} gevallen ({}{})",
                gemeente(input, code),
                count(now.gevallen_gevolgd),
                count(now.gevallen),
                stappen(now),
                then.unwrap_or_default()
            ))
        })
        .collect();
    let intro = format!("Zoals afgesproken in {}", input.kwartaal);
    let note = "Tussen haakjes de stappen waarbij dat voor elk geval zo was. Een stap kan bij de gemeente liggen, bij ICM, bij de gecertificeerde instelling of bij de aanbieder.";
    (!parts.is_empty()).then(|| format!("{intro}: {}. {note}", list(&parts)))
}

fn stappen(steps: Stappen) -> String {
    format!("{} van de {} stappen", count(steps.regels_gevolgd), count(steps.regels))
}

/// When adherence is on the agenda.
fn evaluatie(input: &Input<'_>) -> Option<String> {
    let regels = input.region.evaluatie.as_ref()?;
    let maanden = u32::try_from(regels.maanden.waarde).ok()?;
    let start = regels.start?;
    let dag: NaiveDate = start.checked_add_months(Months::new(maanden))?;
    let verb = if dag <= input.peildatum { "stond" } else { "staat" };
    Some(format!(
        "De afspraken gelden sinds {}; na {} maanden, op {}, {verb} de naleving op de agenda ({}: {}).",
        date_long(start),
        count(regels.maanden.waarde),
        date_long(dag),
        regels.maanden.grondslag,
        regels.maanden.bron.trim_end_matches('.')
    ))
}

/// Share of the judged cases that went as agreed.
fn table(input: &Input<'_>, naleving: &Naleving) -> Table {
    let mut columns = vec![TableColumn::new("Gemeente", "", Kind::Text)];
    columns.extend(
        naleving.kwartalen.iter().map(|k| TableColumn::new(&k.to_string(), "", Kind::Share)),
    );
    let caption =
        "Deel van de beoordeelde gevallen dat ging zoals afgesproken, alle processtappen samen";
    let mut table = Table::new("naleving", caption, columns);
    for code in gemeenten(input) {
        let Some(steps) = naleving.gemeenten.get(&code) else { continue };
        let mut cells = vec![Cell::text(gemeente(input, &code))];
        cells.extend(steps.iter().map(|steps| steps.map_or(Cell::new(Value::Empty), share)));
        table.rows.push(Row::new(cells));
    }
    "Leeg: in dat kwartaal was er niets te beoordelen. Een geval waarvan het niet te zeggen is, telt niet mee."
        .clone_into(&mut table.source_line);
    table
}

fn share(steps: Stappen) -> Cell {
    Cell::new(Value::Share(steps.gevallen_gevolgd as f64 / steps.gevallen as f64))
}
