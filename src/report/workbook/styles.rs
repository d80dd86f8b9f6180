//! How cells look: number forms of Excel, and words for what is not a number.
//!
//! Enters: kinds of columns. Leaves: [`Format`]s. Does not know values. Colour is never alone: what is set
//! apart is bold or a word too.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::charts::theme::{ACCENT, Colour, GRID, INK, MUTED, WHITE};
use crate::report::document::{Kind, Row};

/// Behind the row that a report is about; ink on it keeps more than 12:1.
const HIGHLIGHT: Colour = Colour(0xFF, 0xF2, 0xCC);

/// Space before words, so that they keep apart from the digits of the column before them.
const INDENT: u8 = 1;

/// A colour of the house as Excel takes it.
pub(super) fn colour(colour: Colour) -> Color {
    let Colour(red, green, blue) = colour;
    Color::RGB(u32::from(red) << 16 | u32::from(green) << 8 | u32::from(blue))
}

/// How Excel writes the numbers of a column; it puts in the marks of the user's own language.
pub(super) fn number_form(kind: Kind) -> String {
    match kind {
        Kind::Text | Kind::Code => "@".to_owned(),
        Kind::Count | Kind::Decimal(0) => "#,##0".to_owned(),
        Kind::Year => "0".to_owned(),
        Kind::Cents => "#,##0.00".to_owned(),
        Kind::Share => "0.0%".to_owned(),
        Kind::Decimal(decimals) => format!("#,##0.{}", "0".repeat(usize::from(decimals))),
        Kind::Hours => "#,##0.0".to_owned(),
        Kind::Date => "dd-mm-yyyy".to_owned(),
    }
}

/// How the cells of a column look in a row: with a value, and with a word in its place.
pub(super) struct Look {
    pub(super) value: Format,
    pub(super) word: Format,
}

/// The look of a column in this row.
pub(super) fn look(kind: Kind, row: &Row) -> Look {
    Look { value: cell(kind, row), word: word(kind, row) }
}

/// A cell of the table that holds what its column says.
fn cell(kind: Kind, row: &Row) -> Format {
    let format = plain(row).set_num_format(number_form(kind));
    match kind {
        Kind::Text => format.set_text_wrap().set_align(FormatAlign::Left).set_indent(INDENT),
        Kind::Code => format.set_align(FormatAlign::Left).set_indent(INDENT),
        _ => format,
    }
}

/// A cell with a word in the place of its value: hidden or unknown.
fn word(kind: Kind, row: &Row) -> Format {
    let format = plain(row).set_italic().set_font_color(colour(MUTED));
    if kind.is_number() {
        // The button of the filter stands in the corner at the right.
        format.set_align(FormatAlign::Right).set_indent(2 * INDENT)
    } else {
        format.set_align(FormatAlign::Left).set_indent(INDENT)
    }
}

/// A cell that leads to another sheet.
pub(super) fn link(row: &Row) -> Format {
    plain(row)
        .set_font_color(colour(ACCENT))
        .set_underline(FormatUnderline::Single)
        .set_align(FormatAlign::Left)
        .set_indent(INDENT)
}

fn plain(row: &Row) -> Format {
    let mut format = Format::new()
        .set_align(FormatAlign::Top)
        .set_font_color(colour(INK))
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(colour(GRID));
    if row.is_total {
        format =
            format.set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(colour(INK));
    }
    if row.highlight {
        format = format.set_bold().set_background_color(colour(HIGHLIGHT));
    }
    format
}

/// The heading of a column.
pub(super) fn heading(kind: Kind) -> Format {
    let format = Format::new();
    let format = if kind.is_number() {
        // The button of the filter stands in the corner at the right.
        format.set_align(FormatAlign::Right).set_indent(2 * INDENT)
    } else {
        format.set_align(FormatAlign::Left).set_indent(INDENT)
    };
    format
        .set_bold()
        .set_font_color(colour(WHITE))
        .set_background_color(colour(ACCENT))
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14).set_font_color(colour(INK))
}

/// Lines between the title and the table.
pub(super) fn line() -> Format {
    Format::new().set_font_color(colour(MUTED))
}

/// For whom a sheet is, above the table.
pub(super) fn banner() -> Format {
    Format::new().set_bold().set_font_color(colour(ACCENT))
}

/// The way back, above the table.
pub(super) fn back() -> Format {
    Format::new().set_font_color(colour(ACCENT)).set_underline(FormatUnderline::Single)
}
