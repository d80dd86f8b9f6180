//! The report as workbooks: the tables to filter and to calculate with, the charts to paste.
//!
//! Enters: a [`Document`]. Leaves: `rapport.xlsx`, and `werklijsten.xlsx` when there are lists of single
//! cases, apart so that the first can be passed on without them. Does not know where a figure comes from.
//!
//! Every sheet but the cover holds one table: title, the way back, source, then headings and rows without
//! a gap. Totals stand right below the named table and not in it: a filter or an order leaves them alone.

mod alt;
mod body;
mod cells;
mod cover;
mod drawing;
mod heights;
mod language;
mod lists;
mod loose;
mod names;
mod native;
mod page;
mod plan;
mod styles;
mod summary;
mod widths;

use anyhow::Context as _;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use crate::report::document::Document;
use crate::report::templates::Templates;
use crate::report::workbook::plan::Sheet;
use crate::report::writers::Files;

pub use loose::loose;
pub use page::Imprint;

/// The workbook of the report.
pub const REPORT: &str = "rapport.xlsx";

/// The workbook with the cases behind the rules, for those who may see single cases.
pub const CASES: &str = "werklijsten.xlsx";

/// Most rows of a table on one sheet; Excel itself ends at 1,048,576, headings and totals among them.
const MAX_ROWS: usize = 1_000_000;

/// Both workbooks; the second only when there are cases.
///
/// # Errors
/// When the document does not fit a workbook: a mistake of this program.
pub fn werkmap(document: &Document, _: &Templates) -> anyhow::Result<Files> {
    let mut files = vec![(REPORT.to_owned(), report(document)?)];
    if !document.werklijsten.is_empty() {
        files.push((CASES.to_owned(), cases(document)?));
    }
    Ok(files)
}

fn report(document: &Document) -> anyhow::Result<Vec<u8>> {
    let mut names = names::Names::new(&lists::NAMES);
    let tables = plan::report(document, &mut names);
    let (mut sheets, rejects): (Vec<Sheet<'_>>, Vec<Sheet<'_>>) =
        tables.into_iter().partition(|sheet| !sheet.is_rejects());
    sheets.insert(0, summary::sheet(document));
    sheets.extend(rejects);
    sheets.push(lists::explanation(document, &sheets));
    sheets.push(lists::provenance(&sheets));
    sheets.extend(lists::addresses(&sheets));
    sheets.insert(0, lists::contents(&sheets));
    book(document, &document.title, &cover::report(document), &sheets)
}

fn cases(document: &Document) -> anyhow::Result<Vec<u8>> {
    let mut sheets = plan::cases(document, &mut names::Names::new(&lists::NAMES));
    sheets.insert(0, lists::contents(&sheets));
    let title = format!("Werklijsten bij {}", document.title);
    book(document, &title, &cover::cases(document), &sheets)
}

/// Cover and sheets as bytes.
fn book(
    document: &Document,
    title: &str,
    cover: &[cover::Line],
    sheets: &[Sheet<'_>],
) -> anyhow::Result<Vec<u8>> {
    let imprint = Imprint::of(document, title);
    let mut book = Workbook::new();
    cover::write(book.add_worksheet(), &imprint, cover)?;
    bytes(book, &imprint, sheets)
}

/// The sheets behind what is in the workbook already, as bytes; nothing of the clock or of the machine is in them.
fn bytes(mut book: Workbook, imprint: &Imprint, sheets: &[Sheet<'_>]) -> anyhow::Result<Vec<u8>> {
    let made = ExcelDateTime::parse_from_str(&imprint.made.format("%Y-%m-%d").to_string())?;
    let properties = DocProperties::new()
        .set_title(&imprint.title)
        .set_subject(&imprint.subject)
        .set_author(&imprint.program)
        .set_comment(&imprint.banner)
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    for sheet in sheets {
        let worksheet = book.add_worksheet();
        body::write(worksheet, imprint, sheet, MAX_ROWS)
            .with_context(|| format!("sheet {}", sheet.name))?;
        if let Some(figure) = sheet.figure {
            drawing::insert(worksheet, sheet, figure)
                .with_context(|| format!("chart {}", figure.stem()))?;
        }
    }
    language::in_dutch(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests;
