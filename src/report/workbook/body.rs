//! One table on one sheet.
//!
//! Enters: a [`Sheet`]. Leaves: its worksheet: title, the way back, source, headings, rows, totals. Does not
//! know what the figures mean.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    ExcelDateTime, IgnoreError, Note, Table as ExcelTable, TableColumn as ExcelColumn, TableStyle,
    Url, Worksheet, XlsxError,
};

use crate::dutch::{self, counted, n_of};
use crate::report::document::{Kind, Row, Table, TableColumn, Value};
use crate::report::shown;
use crate::report::workbook::page::Imprint;
use crate::report::workbook::plan::Sheet;
use crate::report::workbook::styles::Look;
use crate::report::workbook::{drawing, heights, lists, page, styles, widths};

/// The row of the headings, counted from 0 as all below.
pub(super) const HEADING: u32 = 3;
/// The first row of figures.
pub(super) const FIRST: u32 = HEADING + 1;

/// Numbers from here on are not exact in Excel, which keeps fifteen digits.
const EXACT: u64 = 1_000_000_000_000_000;
/// Longest text in a cell.
const LONGEST: usize = 32_000;

/// Writes the sheet; at most `max_rows` rows of the table, and says so when there are more.
///
/// # Errors
/// When Excel cannot hold the table: a mistake of this program.
pub(super) fn write(
    worksheet: &mut Worksheet,
    imprint: &Imprint,
    sheet: &Sheet<'_>,
    max_rows: usize,
) -> Result<(), XlsxError> {
    let table = &*sheet.table;
    worksheet.set_name(&sheet.name)?;
    page::set_up(worksheet, imprint, Some(HEADING))?;
    above(worksheet, sheet, max_rows)?;
    let (body, totals) = table.rows.split_at(sheet.n_body());
    let shown = &body[..body.len().min(max_rows)];
    let widths = widths::of(table);
    // Made once: a work list can have a million cells.
    let ordinary = Row::new(Vec::new());
    let look = |column: &TableColumn| styles::look(column.kind, &ordinary);
    let looks: Vec<Look> = table.columns.iter().map(look).collect();
    let mut notes = Notes::default();
    for (at, row) in (FIRST..).zip(shown.iter().chain(totals)) {
        write_row(worksheet, at, row, (&table.columns, &looks), &mut notes)?;
        fit_row(worksheet, at, row, &widths)?;
    }
    for ((at, row), target) in (FIRST..).zip(shown).zip(&sheet.links) {
        if let Some(Value::Text(text)) = row.cells.first().map(|cell| &cell.value) {
            worksheet.write_url_with_format(at, 0, link(target, text), &styles::link(row))?;
        }
    }
    named(worksheet, sheet, shown.len())?;
    fit_columns(worksheet, table, &widths)?;
    worksheet.set_freeze_panes(FIRST, 0)?;
    Ok(())
}

/// Widths of the columns, and the height of the headings in them.
fn fit_columns(worksheet: &mut Worksheet, table: &Table, widths: &[f64]) -> Result<(), XlsxError> {
    for (at, width) in (0..).zip(widths) {
        worksheet.set_column_width(at, *width)?;
    }
    let lines = headings(table).into_iter().zip(widths).map(|(heading, width)| {
        // Bold letters are wider, and the button of the filter takes its place.
        heights::lines(&heading, width - widths::BUTTON as f64)
    });
    if let Some(height) = heights::of_lines(lines.max().unwrap_or(1)) {
        worksheet.set_row_height(HEADING, height)?;
    }
    Ok(())
}

/// The height of a row, by its longest text.
fn fit_row(worksheet: &mut Worksheet, at: u32, row: &Row, widths: &[f64]) -> Result<(), XlsxError> {
    let lines = row.cells.iter().zip(widths).map(|(cell, width)| match &cell.value {
        Value::Text(text) => heights::lines(text, *width),
        _ => 1,
    });
    if let Some(height) = heights::of_lines(lines.max().unwrap_or(1)) {
        worksheet.set_row_height(at, height)?;
    }
    Ok(())
}

/// A link to the first cell of a sheet.
pub(super) fn link(sheet: &str, text: &str) -> Url {
    let name = rust_xlsxwriter::utility::quote_sheet_name(sheet);
    Url::new(format!("internal:{name}!A1")).set_text(text)
}

/// Title, way back or for whom it is, source.
fn above(worksheet: &mut Worksheet, sheet: &Sheet<'_>, max_rows: usize) -> Result<(), XlsxError> {
    let table = &*sheet.table;
    worksheet.write_string_with_format(0, 0, cut(&table.caption), &styles::title())?;
    if let Some(banner) = &sheet.alone {
        worksheet.write_string_with_format(1, 0, cut(banner), &styles::banner())?;
    } else {
        let back = if sheet.name == lists::CONTENTS { lists::COVER } else { lists::CONTENTS };
        let text = format!("Naar {}", back.to_lowercase());
        worksheet.write_url_with_format(1, 0, link(back, &text), &styles::back())?;
    }
    let mut source = table.source_line.clone();
    if sheet.figure.is_some() && drawing::is_below(table) {
        source = joined("De grafiek staat onder de tabel.", &source);
    }
    if table.rows.is_empty() {
        source = joined("Deze tabel heeft geen rijen.", &source);
    }
    if sheet.n_body() > max_rows {
        let all = counted(n_of(sheet.n_body()), "rij", "rijen");
        let first = dutch::count(n_of(max_rows));
        let all = format!("Dit zijn de eerste {first} van {all}; alle staan in {}.", sheet.csv);
        source = joined(&all, &source);
    }
    worksheet.write_string_with_format(2, 0, cut(&source), &styles::line())?;
    Ok(())
}

fn joined(first: &str, second: &str) -> String {
    format!("{first} {second}").trim_end().to_owned()
}

/// The named table over headings and rows; the totals stay out of it, so that no filter moves them.
fn named(worksheet: &mut Worksheet, sheet: &Sheet<'_>, n_rows: usize) -> Result<(), XlsxError> {
    let table = &*sheet.table;
    let column = |(heading, column): (&String, &TableColumn)| {
        ExcelColumn::new().set_header(heading).set_header_format(styles::heading(column.kind))
    };
    let headings = headings(table);
    let columns: Vec<ExcelColumn> = headings.iter().zip(&table.columns).map(column).collect();
    let total = if sheet.n_body() < table.rows.len() {
        " Direct eronder staat het totaal, buiten het filter."
    } else {
        ""
    };
    let named = ExcelTable::new()
        .set_name(&sheet.table_name)
        .set_style(TableStyle::Light1)
        .set_columns(&columns)
        .set_alt_text_title(&table.caption)
        .set_alt_text(format!("{}. {}{total}", table.caption, table.source_line));
    let last_column = last_column(table);
    // A table of Excel has at least one row; without figures that row stays empty and row 3 says why.
    let last_row = HEADING + u32::try_from(n_rows.max(1)).unwrap_or(u32::MAX);
    worksheet.add_table(HEADING, 0, last_row, last_column, &named)?;
    // Codes are meant to be text.
    let error = IgnoreError::NumberStoredAsText;
    worksheet.ignore_error_range(FIRST, 0, last_row, last_column, error)?;
    Ok(())
}

/// Position of the last column.
pub(super) fn last_column(table: &Table) -> u16 {
    u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

/// Headings with their unit, none twice: the columns of a table of Excel have different names.
pub(super) fn headings(table: &Table) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut unique = |column: &TableColumn| {
        let heading: String = shown::heading(column).chars().take(240).collect();
        let numbered = |n: usize| if n == 1 { heading.clone() } else { format!("{heading} {n}") };
        let found = (1..=usize::MAX).map(numbered).find(|name| seen.insert(name.to_lowercase()));
        found.expect("numbers do not end")
    };
    table.columns.iter().map(&mut unique).collect()
}

/// The notes of a sheet so far. Each is a shape, and thousands of those make Excel slow: after the first
/// [`MANY_NOTES`] a reason has one note per column.
#[derive(Default)]
struct Notes {
    n: usize,
    seen: BTreeSet<(u16, String)>,
}

const MANY_NOTES: usize = 300;

impl Notes {
    fn wants(&mut self, column: u16, reason: &str) -> bool {
        let is_new = self.seen.insert((column, reason.to_owned()));
        self.n += 1;
        is_new || self.n <= MANY_NOTES
    }
}

/// A row; the reason of an unknown value becomes a note.
fn write_row(
    worksheet: &mut Worksheet,
    at: u32,
    row: &Row,
    columns: (&[TableColumn], &[Look]),
    notes: &mut Notes,
) -> Result<(), XlsxError> {
    let columns = columns.0.iter().zip(columns.1);
    for ((x, cell), (column, ordinary)) in (0..).zip(&row.cells).zip(columns) {
        let is_special = row.is_total || row.highlight;
        let special = is_special.then(|| styles::look(column.kind, row));
        let look = special.as_ref().unwrap_or(ordinary);
        write_cell(worksheet, (at, x), stored(&cell.value, column.kind), look)?;
        if let Value::Unknown { reason } = &cell.value
            && notes.wants(x, reason)
        {
            let note = Note::new(cut(reason)).add_author_prefix(false).set_width(260);
            worksheet.insert_note(at, x, &note)?;
        }
    }
    Ok(())
}

/// A value as a number, a date or a text; never as a formula.
fn write_cell(
    worksheet: &mut Worksheet,
    (y, x): (u32, u16),
    cell: Stored,
    look: &Look,
) -> Result<(), XlsxError> {
    match cell {
        Stored::Nothing => worksheet.write_blank(y, x, &look.value)?,
        Stored::Number(number) => worksheet.write_number_with_format(y, x, number, &look.value)?,
        Stored::Date(date) => worksheet.write_datetime_with_format(y, x, &date, &look.value)?,
        Stored::Text(text) => worksheet.write_string_with_format(y, x, cut(&text), &look.value)?,
        Stored::Word(text) => worksheet.write_string_with_format(y, x, text, &look.word)?,
    };
    Ok(())
}

/// What a cell of the workbook holds.
enum Stored {
    Nothing,
    Number(f64),
    Date(ExcelDateTime),
    Text(String),
    /// In the place of a value.
    Word(String),
}

fn stored(value: &Value, kind: Kind) -> Stored {
    match value {
        Value::Int(n) | Value::Cents(n) if n.unsigned_abs() >= EXACT => {
            Stored::Word(shown::text(value, kind))
        }
        Value::Int(minuten) if kind == Kind::Hours => Stored::Number(*minuten as f64 / 60.0),
        Value::Int(n) => Stored::Number(*n as f64),
        Value::Cents(cents) => Stored::Number(*cents as f64 / 100.0),
        Value::Share(number) | Value::Decimal(number) if number.is_finite() => {
            Stored::Number(*number)
        }
        Value::Date(date) => {
            // Excel knows no day before 1900.
            let date = ExcelDateTime::parse_from_str(&date.format("%Y-%m-%d").to_string());
            date.map_or_else(|_| Stored::Word(shown::text(value, kind)), Stored::Date)
        }
        Value::Text(text) if text.trim().is_empty() => Stored::Nothing,
        Value::Text(text) => Stored::Text(text.clone()),
        Value::Empty => Stored::Nothing,
        Value::Hidden | Value::Unknown { .. } | Value::Share(_) | Value::Decimal(_) => {
            Stored::Word(shown::text(value, kind))
        }
    }
}

/// As much of a text as a cell takes.
pub(super) fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let first: String = text.chars().take(LONGEST).collect();
    format!("{first} … (de tekst gaat verder in de CSV)")
}
