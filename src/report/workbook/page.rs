//! How a sheet comes out of a printer.
//!
//! Enters: a worksheet and the [`Imprint`] of its workbook. Leaves: the same, set up. Does not know what is on it.

use chrono::NaiveDate;
use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::report::document::Document;

/// A4, in the numbering of Excel.
const A4: u8 = 9;

/// What a workbook says of itself, in its properties and on every printed page.
#[derive(Debug, Clone)]
pub struct Imprint {
    /// Title.
    pub title: String,
    /// What it is about: region and quarter, or the question.
    pub subject: String,
    /// On top of a page, at the left.
    pub heading: String,
    /// For whom it is.
    pub banner: String,
    /// Name and version of the program.
    pub program: String,
    /// Day it is said to be made on; no clock may stand in it.
    pub made: NaiveDate,
}

impl Imprint {
    /// Of a report or what belongs to it.
    pub(super) fn of(document: &Document, title: &str) -> Self {
        Self {
            title: title.to_owned(),
            subject: format!("{}, {}", document.region, document.kwartaal),
            heading: document.region.clone(),
            banner: document.banner.clone(),
            program: document.program.clone(),
            made: document.peildatum,
        }
    }
}

/// Landscape, as wide as the page, for whom on top of every page.
///
/// # Errors
/// When `repeated` is no row of a sheet.
pub(super) fn set_up(
    worksheet: &mut Worksheet,
    imprint: &Imprint,
    repeated: Option<u32>,
) -> Result<(), XlsxError> {
    worksheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.8, 0.7, 0.3, 0.3)
        .set_header(format!("&L{}&R&B{}", plain(&imprint.heading), plain(&imprint.banner)))
        .set_footer(format!("&L{}&C&A&RPagina &P van &N", plain(&imprint.program)))
        .set_default_note_author(&imprint.program);
    if let Some(row) = repeated {
        worksheet.set_repeat_rows(row, row)?;
    }
    Ok(())
}

/// Text in which `&` commands nothing; Excel takes 255 characters for the whole line.
fn plain(text: &str) -> String {
    text.chars().take(90).collect::<String>().replace('&', "&&")
}
