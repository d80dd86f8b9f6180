//! A workbook of one table, for who asked one question.
//!
//! Enters: a table, the chart of it and what to know. Leaves: bytes. Does not know the question.

use rust_xlsxwriter::Workbook;

use crate::report::document::{FigureBlock, Table};
use crate::report::workbook::page::Imprint;
use crate::report::workbook::plan::Sheet;
use crate::report::workbook::{bytes, lists};

const ANSWER: &str = "Antwoord";
const CHART: &str = "Grafiek";
const EXPLANATION: &str = "Toelichting";

/// The answer first, then its chart, what to know about it, and the address of every figure that has one.
///
/// # Errors
/// When the table does not fit a workbook: a mistake of this program.
pub fn loose(
    imprint: &Imprint,
    table: &Table,
    figure: Option<&FigureBlock>,
    explanation: Table,
) -> anyhow::Result<Vec<u8>> {
    let mut answer = Sheet::table(ANSWER.to_owned(), "", "", table);
    "de CSV (--csv)".clone_into(&mut answer.csv);
    let mut sheets = vec![answer];
    sheets.extend(figure.map(|figure| Sheet::figure(CHART.to_owned(), "", figure)));
    let addresses = lists::addresses(&sheets);
    sheets.push(Sheet::list(EXPLANATION, explanation));
    sheets.extend(addresses);
    for sheet in &mut sheets {
        sheet.alone = Some(imprint.banner.clone());
    }
    bytes(Workbook::new(), imprint, &sheets)
}
