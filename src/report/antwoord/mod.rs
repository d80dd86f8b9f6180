//! The answer to a question in every form it is asked in: on the screen, as CSV, JSON or workbook, as a chart.
//!
//! Enters: an [`Antwoord`], which holds only what may be shown, and the names of the gemeenten. Leaves: texts, bytes
//! and a drawn figure. Does not know the dataset, and writes no file.

mod blad;
mod breedte;
mod figuur;
mod json;
mod lijn;
mod raster;
mod scherm;
mod staven;
mod tabel;
mod vorm;

use crate::charts::Figure;
use crate::disclosure::Antwoord;
use crate::report::csv as table_csv;
use crate::report::shown;

pub use scherm::Scherm;

/// Code and name of the gemeenten of the region.
pub type Gemeenten<'a> = &'a [(String, String)];

/// For the screen: title, audience, table, remarks, source.
pub fn scherm(antwoord: &Antwoord, scherm: &Scherm, gemeenten: Gemeenten<'_>) -> String {
    scherm::text(antwoord, *scherm, gemeenten)
}

/// As the tables of the report: BOM, `;`, decimal comma, CRLF; a gemeente is a code and a name. A table without rows
/// is only its headings.
pub fn csv(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> Vec<u8> {
    table_csv::table(&tabel::with_codes(antwoord, gemeenten))
}

/// For a machine: one object, values in their own unit, ISO dates. `docs/QUERIES.md` describes it.
pub fn json(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> String {
    json::text(antwoord, gemeenten)
}

/// A workbook: the answer, the chart when one can be drawn, what to know, and the addresses.
///
/// # Errors
/// When a workbook cannot hold the table: a mistake of this program.
pub fn xlsx(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> anyhow::Result<Vec<u8>> {
    blad::bytes(antwoord, gemeenten)
}

/// A chart: of the kind that is asked for (`bars`, `line`), else of the header of the query, else what fits the columns.
///
/// # Errors
/// In Dutch: why it cannot be drawn, and what would help.
pub fn figuur(
    antwoord: &Antwoord,
    soort: Option<&str>,
    gemeenten: Gemeenten<'_>,
) -> Result<Figure, String> {
    figuur::drawing(antwoord, soort, gemeenten)?.drawn()
}

/// For whom the answer is, as it stands above it.
pub fn banner(antwoord: &Antwoord) -> &'static str {
    shown::banner(antwoord.publiek())
}

#[cfg(test)]
mod proef;
