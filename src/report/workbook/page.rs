//! How a sheet comes out of a printer.
//!
//! Enters: a worksheet. Leaves: the same, set up. Does not know what is on it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use crate::report::document::Document;

/// A4, in the numbering of Excel.
const A4: u8 = 9;

/// Landscape, as wide as the page, for whom on top of every page.
///
/// # Errors
/// When `repeated` is no row of a sheet.
pub(super) fn set_up(
    worksheet: &mut Worksheet,
    document: &Document,
    repeated: Option<u32>,
) -> Result<(), XlsxError> {
    worksheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.8, 0.7, 0.3, 0.3)
        .set_header(format!("&L{}&R&B{}", plain(&document.region), plain(&document.banner)))
        .set_footer(format!("&L{}&C&A&RPagina &P van &N", plain(&document.program)))
        .set_default_note_author(&document.program);
    if let Some(row) = repeated {
        worksheet.set_repeat_rows(row, row)?;
    }
    Ok(())
}

/// Text in which `&` commands nothing; Excel takes 255 characters for the whole line.
fn plain(text: &str) -> String {
    text.chars().take(90).collect::<String>().replace('&', "&&")
}
