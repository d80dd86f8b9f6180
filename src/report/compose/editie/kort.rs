//! The first chapter of an edition: the figures of the gemeente, with those of the region beside them.

use crate::disclosure::{PublishedCell, Shown};
use crate::dutch::{counted, decimal, euro_whole, list, percent};
use crate::findings::evenredigheid::zin_regio;
use crate::findings::verdeling::Termijn;
use crate::report::compose::cellen::{As, clienten, find, gemeente, rate, share, value};
use crate::report::compose::{Input, source};
use crate::report::document::{
    Block, Cell, Kind, Row, Section, Table, TableColumn, Value as CellValue,
};
use crate::report::shown;

/// What of a figure is told.
#[derive(Clone, Copy)]
enum Deel {
    Aantal,
    Euro,
    Uren,
    Tarief,
    Aandeel,
    Clienten,
}

/// The figures of the three questions: what is told, of which query.
const CIJFERS: [(&str, &str, Deel); 9] = [
    ("Nieuwe maatwerkovereenkomsten", "maatwerk_nieuw", Deel::Aantal),
    ("Nieuwe maatwerkovereenkomsten per 10.000 jeugdigen", "maatwerk_nieuw", Deel::Tarief),
    ("Lopende maatwerkovereenkomsten op de laatste dag", "maatwerk_lopend", Deel::Aantal),
    ("Kosten van maatwerk (euro)", "maatwerk_kosten", Deel::Euro),
    ("Aandeel van maatwerk in alle jeugdhulp", "maatwerk_kosten", Deel::Aandeel),
    ("Cliënten met maatwerk", "maatwerk_kosten", Deel::Clienten),
    ("Zorgcoördinatie (uren)", "o19_coordinatie_per_gemeente", Deel::Uren),
    ("Kosten van alle jeugdhulp (euro)", "kosten_totaal", Deel::Euro),
    ("Cliënten met jeugdhulp", "kosten_totaal", Deel::Clienten),
];

pub(super) fn section(input: &Input<'_>, code: &str) -> Section {
    let mut blocks = vec![Block::Table(table(input, code))];
    blocks.extend(loting(input, code));
    Section {
        id: "uw-gemeente".to_owned(),
        title: "Uw gemeente in het kort".to_owned(),
        conclusion: conclusion(input, code),
        blocks,
    }
}

fn own<'p>(input: &'p Input<'_>, query: &str, code: &str) -> Option<&'p PublishedCell> {
    let kwartaal = input.kwartaal.to_string();
    let texts = [("gemeente", code), ("kwartaal", kwartaal.as_str())];
    find(input.published.measure(query), &["gemeente", "kwartaal"], &texts)
}

fn region<'p>(input: &'p Input<'_>, query: &str) -> Option<&'p PublishedCell> {
    let kwartaal = input.kwartaal.to_string();
    find(input.published.measure(query), &["kwartaal"], &[("kwartaal", kwartaal.as_str())])
}

/// What the gemeente did in the quarter, in sentences; nothing when there are no figures of it.
fn conclusion(input: &Input<'_>, code: &str) -> Option<String> {
    let naam = gemeente(input, code);
    let value = |query: &str| own(input, query, code).and_then(|cell| cell.value.value());
    let ratio = |query: &str| {
        own(input, query, code).and_then(|cell| cell.ratio.as_ref()).and_then(Shown::value)
    };
    let mut parts = Vec::new();
    if let Some(n) = value("maatwerk_nieuw") {
        let rate = ratio("maatwerk_nieuw")
            .map(|rate| format!(", {} per 10.000 jeugdigen", decimal(rate, 1)));
        parts.push(format!(
            "{naam} sloot in {} {}{}.",
            input.kwartaal,
            counted(n, "nieuwe maatwerkovereenkomst", "nieuwe maatwerkovereenkomsten"),
            rate.unwrap_or_default()
        ));
    }
    if let Some(ct) = value("maatwerk_kosten") {
        let part = ratio("maatwerk_kosten")
            .map(|part| format!(", {} van alle jeugdhulp in de gemeente", percent(part, 1)));
        parts.push(format!("Maatwerk kostte er {}{}.", euro_whole(ct), part.unwrap_or_default()));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn table(input: &Input<'_>, code: &str) -> Table {
    let naam = gemeente(input, code);
    let caption = format!("{naam} naast de regio, {}", input.kwartaal);
    let columns = ["Cijfer", naam, "Regio"].map(|label| TableColumn::new(label, "", Kind::Text));
    let mut table = Table::new("uw_gemeente", &caption, columns.to_vec());
    for (label, query, deel) in CIJFERS {
        let Some(eigen) = own(input, query, code) else { continue };
        table.rows.push(Row::new(vec![
            Cell::text(label),
            cell(Some(eigen), deel),
            cell(region(input, query), deel),
        ]));
    }
    let mut queries: Vec<&str> = CIJFERS.iter().map(|(_, query, _)| *query).collect();
    // Figures of one query stand together.
    queries.dedup();
    table.source_line = source(input, &list(&queries));
    table
}

/// A figure as text, for a column holds figures of more kinds; hidden and unknown stay what they are.
fn cell(of: Option<&PublishedCell>, deel: Deel) -> Cell {
    let Some(found) = of else { return Cell::new(CellValue::Empty) };
    let (cell, kind) = match deel {
        Deel::Aantal => (value(found, As::Count), Kind::Count),
        Deel::Euro => (value(found, As::Cents), Kind::Cents),
        Deel::Uren => (value(found, As::Minutes), Kind::Hours),
        Deel::Tarief => (rate(of), Kind::Decimal(1)),
        Deel::Aandeel => (share(of), Kind::Share),
        Deel::Clienten => (clienten(of), Kind::Count),
    };
    let value = match cell.value {
        CellValue::Hidden | CellValue::Unknown { .. } | CellValue::Empty => cell.value,
        value => CellValue::Text(shown::text(&value, kind)),
    };
    Cell { value, address: cell.address }
}

/// How zorgcoordinatie is divided over the aanbieders of the own clients, over the longest term.
fn loting(input: &Input<'_>, code: &str) -> Option<Block> {
    let is_own = |one: &&crate::findings::Evenredig| one.gemeente.as_deref() == Some(code);
    let all = || input.published.judged().evenredig.iter().filter(is_own);
    let found = all().find(|one| one.termijn == Termijn::Jaar).or_else(|| all().next())?;
    let naam = gemeente(input, code);
    Some(Block::Paragraph(format!(
        "Zorgcoördinatie bij cliënten van {naam}: {}",
        zin_regio(found, input.kwartaal)
    )))
}
