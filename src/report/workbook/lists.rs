//! Lists about the workbook itself: what is where, what it means, and where it comes from.
//!
//! Enters: a [`Document`] and its sheets. Leaves: sheets. Does not know cells.

use rust_xlsxwriter::utility::row_col_to_cell;

use crate::dutch::n_of;
use crate::report::document::{
    Block, Cell, Definition, Document, Kind, Row, Table, TableColumn, Value,
};
use crate::report::shown;
use crate::report::workbook::body;
use crate::report::workbook::plan::{self, Sheet};

pub(super) const COVER: &str = "Voorblad";
pub(super) const CONTENTS: &str = "Inhoud";
pub(super) const SUMMARY: &str = "Samenvatting";
const EXPLANATION: &str = "Toelichting";
const PROVENANCE: &str = "Herkomst";
const ADDRESSES: &str = "Adressen";

/// Names of sheets that no table may get.
pub(super) const NAMES: [&str; 7] =
    [COVER, CONTENTS, SUMMARY, "Afkeur", EXPLANATION, PROVENANCE, ADDRESSES];

fn text_columns<const N: usize>(labels: [&str; N]) -> Vec<TableColumn> {
    labels.iter().map(|label| TableColumn::new(label, "", Kind::Text)).collect()
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Cell> {
    texts.map(Cell::text).to_vec()
}

/// Every sheet with what is on it; the name leads there.
pub(super) fn contents<'d>(sheets: &[Sheet<'d>]) -> Sheet<'d> {
    let mut columns = text_columns(["Blad", "Wat erop staat", "Hoofdstuk", "Grafiek"]);
    columns.push(TableColumn::new("Rijen", "", Kind::Count));
    let mut table = Table::new("inhoud", "Inhoud van deze werkmap", columns);
    for sheet in sheets {
        let chart = if sheet.figure.is_some() { "ja" } else { "" };
        let mut cells = texts([&sheet.name, &sheet.table.caption, &sheet.chapter, chart]);
        cells.push(Cell::new(Value::Int(n_of(sheet.table.rows.len()))));
        table.rows.push(Row::new(cells));
    }
    "Klik op de naam van een blad om erheen te gaan.".clone_into(&mut table.source_line);
    Sheet {
        links: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        ..Sheet::list(CONTENTS, table)
    }
}

/// Every text of the report that is no table, no figure and no finding; and each reason and description.
pub(super) fn explanation<'d>(document: &Document, sheets: &[Sheet<'_>]) -> Sheet<'d> {
    let columns = text_columns(["Hoofdstuk of blad", "Soort", "Onderwerp", "Tekst"]);
    let mut table =
        Table::new("toelichting", "Toelichting: begrippen, rekenwijze en opmerkingen", columns);
    let mut rows = of_blocks(plan::FRONT, &document.front.coverage);
    for (n, section) in document.sections.iter().enumerate() {
        rows.extend(of_blocks(&plan::chapter(n, section), &section.blocks));
    }
    for sheet in sheets {
        if let Some(figure) = sheet.figure {
            rows.push(texts([
                &sheet.name,
                "Beschrijving van de grafiek",
                figure.title(),
                figure.alt(),
            ]));
        }
        rows.extend(reasons(sheet));
    }
    table.rows = rows.into_iter().map(Row::new).collect();
    Sheet::list(EXPLANATION, table)
}

fn of_blocks(chapter: &str, blocks: &[Block]) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut subject = "";
    let mut add = |kind: &str, subject: &str, text: &str| {
        rows.push(texts([chapter, kind, subject, text]));
    };
    for block in blocks {
        match block {
            Block::Heading(text) => subject = text,
            Block::Paragraph(text) => add("Tekst", subject, text),
            Block::List(items) => items.iter().for_each(|item| add("Punt", subject, item)),
            Block::Note(kind, text) => add(kind.label(), subject, text),
            Block::Definitions(all) => {
                for Definition { term, text } in all {
                    add("Begrip", term, text);
                }
            }
            Block::Files(files) => {
                for file in files {
                    add("Bestand", &file.path, &file.text);
                }
            }
            Block::Findings(_) | Block::Table(_) | Block::Figure(_) => {}
        }
    }
    rows
}

/// Why cells of a sheet are unknown, each reason once per column.
fn reasons(sheet: &Sheet<'_>) -> Vec<Vec<Cell>> {
    let headings = body::headings(&sheet.table);
    let mut seen: Vec<(usize, &str)> = Vec::new();
    for row in &sheet.table.rows {
        for (at, cell) in row.cells.iter().enumerate() {
            if let Value::Unknown { reason } = &cell.value
                && !seen.contains(&(at, reason.as_str()))
            {
                seen.push((at, reason));
            }
        }
    }
    let row = |(at, reason): (usize, &str)| {
        texts([&sheet.name, "Niet te bepalen", &headings[at], reason])
    };
    seen.into_iter().map(row).collect()
}

/// Where the figures of each sheet come from.
pub(super) fn provenance<'d>(sheets: &[Sheet<'_>]) -> Sheet<'d> {
    let mut columns = text_columns(["Blad", "Bron", "Zelfde rijen als CSV"]);
    columns.push(TableColumn::new("Cijfers met een adres", "", Kind::Count));
    let mut table = Table::new("herkomst", "Herkomst: waar elk blad vandaan komt", columns);
    let mut links = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.chapter.is_empty()) {
        let cells = sheet.table.rows.iter().flat_map(|row| &row.cells);
        let n = cells.filter(|cell| cell.address.is_some()).count();
        let mut cells = texts([&sheet.name, &sheet.table.source_line, &sheet.csv]);
        cells.push(Cell::new(Value::Int(n_of(n))));
        table.rows.push(Row::new(cells));
        links.push(sheet.name.clone());
    }
    Sheet { links, ..Sheet::list(PROVENANCE, table) }
}

/// The address of every figure that has one; `None` when none has.
pub(super) fn addresses<'d>(sheets: &[Sheet<'_>]) -> Option<Sheet<'d>> {
    let mut columns = text_columns(["Blad", "Cel", "Rij", "Kolom"]);
    columns.push(TableColumn::new("Adres", "", Kind::Code));
    let mut table = Table::new("adressen", "Adressen: de herkomst van elk cijfer", columns);
    "Geef een adres aan maatstaf en u krijgt de vraag en de rekenwijze achter het cijfer. De cel klopt zolang u het blad niet sorteert."
        .clone_into(&mut table.source_line);
    for sheet in sheets {
        let headings = body::headings(&sheet.table);
        let name_at = sheet.table.row_header();
        for (y, row) in (body::FIRST..).zip(&sheet.table.rows) {
            let name = row
                .cells
                .get(name_at)
                .map(|cell| shown::text(&cell.value, sheet.table.columns[name_at].kind));
            for ((x, cell), heading) in (0..).zip(&row.cells).zip(&headings) {
                let Some(address) = &cell.address else { continue };
                let place = row_col_to_cell(y, x);
                let name = name.as_deref().unwrap_or_default();
                let cells = texts([&sheet.name, &place, name, heading, address]);
                table.rows.push(Row::new(cells));
            }
        }
    }
    (!table.rows.is_empty()).then(|| Sheet::list(ADDRESSES, table))
}
