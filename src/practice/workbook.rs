//! A table as XLSX: real numbers and dates, or everything as text.
//!
//! Enters: rows of [`Value`]s, in order. Leaves: a workbook with a sheet of declaraties for each million of rows and a
//! hidden sheet with notes, and for each row the row of the sheet. Rows go to disk as they come.

use std::io;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};

use super::columns::{Columns, Value};
use super::form::{Dialect, Form};
use super::text::push_value;

/// Rows of one sheet; a sheet of Excel ends soon after.
const MAX_ROWS: u32 = 1_000_000;
/// Added to the row number for every further sheet, so that each row of the file has a number of its own.
const SHEET_STEP: u64 = 10_000_000;
/// What stands above the headings.
const PREAMBLE: [&str; 2] = ["Declaraties per maand", "Gemaakt op 22-10-2025"];
/// What the hidden sheet says.
const NOTES: [&str; 3] = [
    "Toelichting",
    "Dit blad is verborgen. Er staan geen declaraties op.",
    "De laatste regel van het blad met declaraties is een optelling.",
];

/// A workbook being written.
pub(super) struct WorkbookFile {
    book: Workbook,
    path: PathBuf,
    form: Form,
    columns: Columns,
    /// Position of the sheet being written.
    sheet: u32,
    /// Next row of that sheet, from 0.
    next_row: u32,
    day: Format,
    amount: Format,
}

impl WorkbookFile {
    /// Begins a workbook with its headings.
    ///
    /// # Errors
    /// When no temporary file can be made beside it.
    pub(super) fn create(path: &Path, form: Form, columns: Columns) -> io::Result<Self> {
        let mut book = Workbook::new();
        // Rows wait in a temporary file; it stands where there must be room for the workbook anyway.
        if let Some(folder) = path.parent() {
            book.set_tempdir(folder).map_err(as_io)?;
        }
        let made = ExcelDateTime::from_ymd(2025, 10, 22).map_err(as_io)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let mut file = Self {
            book,
            path: path.to_owned(),
            form,
            columns,
            sheet: 0,
            next_row: 0,
            day: Format::new().set_num_format("dd-mm-yyyy"),
            amount: Format::new().set_num_format("#,##0.00"),
        };
        file.begin_sheet("Declaraties")?;
        Ok(file)
    }

    fn begin_sheet(&mut self, name: &str) -> io::Result<()> {
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(as_io)?;
        sheet.set_name(name).map_err(as_io)?;
        self.next_row = 0;
        if self.form == Form::Workbook {
            for line in PREAMBLE {
                sheet.write_string(self.next_row, 0, line).map_err(as_io)?;
                self.next_row += 1;
            }
            self.next_row += 1;
        }
        for (column, (_, heading)) in (0..).zip(self.columns) {
            sheet.write_string(self.next_row, column, *heading).map_err(as_io)?;
        }
        self.next_row += 1;
        Ok(())
    }

    /// Writes a row and gives its number, from 1.
    pub(super) fn write(&mut self, row: &[Value]) -> io::Result<u64> {
        if self.next_row == MAX_ROWS {
            self.sheet += 1;
            self.begin_sheet(&format!("Declaraties {}", self.sheet + 1))?;
        }
        let sheet = self.book.worksheet_from_index(self.sheet as usize).map_err(as_io)?;
        for (column, value) in (0..).zip(row) {
            let at = (self.next_row, column);
            if self.form == Form::TextWorkbook {
                write_as_text(sheet, at, value)
            } else {
                write_value(sheet, at, value, (&self.day, &self.amount))
            }
            .map_err(as_io)?;
        }
        self.next_row += 1;
        Ok(self.number(self.next_row))
    }

    /// Leaves a row empty.
    pub(super) fn write_blank(&mut self) {
        self.next_row += 1;
    }

    /// Hides the next row, which is written as any other; gives its number.
    pub(super) fn hide_next(&mut self) -> io::Result<u64> {
        let sheet = self.book.worksheet_from_index(self.sheet as usize).map_err(as_io)?;
        sheet.set_row_hidden(self.next_row).map_err(as_io)?;
        Ok(self.number(self.next_row + 1))
    }

    /// Writes a note beside the table, on the row before; gives its number.
    pub(super) fn note_beside(&mut self) -> io::Result<u64> {
        let column = u16::try_from(self.columns.len()).map_err(io::Error::other)?;
        let sheet = self.book.worksheet_from_index(self.sheet as usize).map_err(as_io)?;
        sheet.write_string(self.next_row - 1, column + 1, "nabellen").map_err(as_io)?;
        Ok(self.number(self.next_row))
    }

    /// The number of the first row below the headings.
    pub(super) fn first_row(&self) -> u64 {
        let headings = if self.form == Form::Workbook { PREAMBLE.len() + 2 } else { 1 };
        headings as u64 + 1
    }

    fn number(&self, row: u32) -> u64 {
        u64::from(row) + u64::from(self.sheet) * SHEET_STEP
    }

    /// Adds the hidden sheet and puts the workbook on disk.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let notes = self.book.add_worksheet_with_constant_memory().map_err(as_io)?;
        notes.set_name("Toelichting").map_err(as_io)?;
        for (row, note) in (0..).zip(NOTES) {
            notes.write_string(row, 0, note).map_err(as_io)?;
        }
        notes.set_hidden(true);
        self.book.save(&self.path).map_err(as_io)
    }
}

/// Writes a small table on one sheet, and gives the row on which it ends.
///
/// # Errors
/// When the disk refuses.
pub(super) fn write_table(path: &Path, headings: &[&str], rows: &[Vec<Value>]) -> io::Result<u64> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2025, 10, 22).map_err(as_io)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let day = Format::new().set_num_format("dd-mm-yyyy");
    let amount = Format::new().set_num_format("#,##0.00");
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string(0, column, *heading).map_err(as_io)?;
    }
    for (row, values) in (1..).zip(rows) {
        for (column, value) in (0..).zip(values) {
            write_value(sheet, (row, column), value, (&day, &amount)).map_err(as_io)?;
        }
    }
    book.save(path).map_err(as_io)?;
    Ok(rows.len() as u64 + 1)
}

type Written<'s> = Result<&'s mut Worksheet, XlsxError>;

fn write_as_text<'s>(sheet: &'s mut Worksheet, at: (u32, u16), value: &Value) -> Written<'s> {
    let mut text = String::new();
    push_value(&mut text, value, Dialect::Puntkomma);
    if text.is_empty() { Ok(sheet) } else { sheet.write_string(at.0, at.1, text) }
}

fn write_value<'s>(
    sheet: &'s mut Worksheet,
    at: (u32, u16),
    value: &Value,
    formats: (&Format, &Format),
) -> Written<'s> {
    let (row, column) = at;
    match value {
        Value::Empty | Value::NotUtf8 => Ok(sheet),
        Value::Text(text) if text.is_empty() => Ok(sheet),
        Value::Text(text) => sheet.write_string(row, column, text.as_ref()),
        Value::Raw(text) => sheet.write_string(row, column, *text),
        Value::Whole(number) => sheet.write_number(row, column, *number as f64),
        Value::Milli(milli) => sheet.write_number(row, column, *milli as f64 / 1000.0),
        Value::Cents(cents) => {
            sheet.write_number_with_format(row, column, *cents as f64 / 100.0, formats.1)
        }
        Value::Day(day) => {
            let year = u16::try_from(day.jaar).unwrap_or(0);
            let month = u8::try_from(day.maand).unwrap_or(0);
            let date = ExcelDateTime::from_ymd(year, month, u8::try_from(day.dag).unwrap_or(0))?;
            sheet.write_datetime_with_format(row, column, &date, formats.0)
        }
        Value::Error => sheet.write_formula(row, column, Formula::new("=NA()").set_result("#N/A")),
    }
}

/// The library's errors as those of the disk, so that a full one is recognised.
fn as_io(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) | XlsxError::TempFileError(_, error) => error,
        other => io::Error::other(other),
    }
}
