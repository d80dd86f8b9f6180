//! A table as ODS, as office programs write it: real numbers and dates, and empty cells told as a number of them.
//!
//! Enters: rows of [`Value`]s, in order. Leaves: a workbook with one sheet without any time in it, and for each row the
//! row of the sheet. Rows go to disk as they come.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::ZipWriter;

use super::archive::{options, stored};
use super::columns::{Columns, Value};
use super::form::Dialect;
use super::text::push_value;

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

/// Everything before the first row but the name of the sheet: days as dd-mm-jjjj, amounts with two decimals.
const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:automatic-styles><number:date-style style:name="N1"><number:day number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:year number:style="long"/></number:date-style><number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/></number:number-style><style:style style:name="dag" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="bedrag" style:family="table-cell" style:data-style-name="N2"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name=""#;

const CLOSING: &str =
    "</table:table></office:spreadsheet></office:body></office:document-content>\n";

/// A workbook being written.
pub(super) struct OpenDocument {
    zip: ZipWriter<BufWriter<File>>,
    /// Rows so far.
    rows: u64,
    /// The row being made.
    xml: String,
}

impl OpenDocument {
    /// Begins a workbook with one sheet and its headings.
    ///
    /// # Errors
    /// When the disk refuses; so for all of them.
    pub(super) fn create<'h>(
        path: &Path,
        sheet: &str,
        headings: impl IntoIterator<Item = &'h str>,
    ) -> io::Result<Self> {
        let out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        let mut zip = ZipWriter::new(out);
        // The standard wants the kind of the file first and not compressed.
        zip.start_file("mimetype", stored())?;
        zip.write_all(MIME.as_bytes())?;
        zip.start_file("META-INF/manifest.xml", options())?;
        zip.write_all(MANIFEST.as_bytes())?;
        zip.start_file("content.xml", options())?;
        zip.write_all(OPENING.as_bytes())?;
        write!(zip, "{sheet}\">")?;
        let mut file = Self { zip, rows: 0, xml: String::new() };
        let headings: Vec<Value> =
            headings.into_iter().map(|text| Value::Text(text.to_owned().into())).collect();
        file.write(&headings)?;
        Ok(file)
    }

    /// Begins a workbook of declaraties.
    pub(super) fn of_lines(path: &Path, columns: Columns) -> io::Result<Self> {
        Self::create(path, "Declaraties", columns.iter().map(|(_, heading)| *heading))
    }

    /// Writes a row and gives its number, from 1.
    pub(super) fn write(&mut self, row: &[Value]) -> io::Result<u64> {
        self.xml.clear();
        self.xml.push_str("<table:table-row>");
        let mut n_empty = 0;
        for value in row {
            let cell = cell(value);
            if cell.is_empty() {
                n_empty += 1;
                continue;
            }
            push_empty(&mut self.xml, &mut n_empty);
            self.xml.push_str(&cell);
        }
        push_empty(&mut self.xml, &mut n_empty);
        self.xml.push_str("</table:table-row>");
        self.zip.write_all(self.xml.as_bytes())?;
        self.rows += 1;
        Ok(self.rows)
    }

    /// Leaves a row empty.
    pub(super) fn write_blank(&mut self) -> io::Result<()> {
        self.write(&[Value::Empty]).map(|_| ())
    }

    /// Puts the workbook on disk, and gives the row on which it ends.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.zip.write_all(CLOSING.as_bytes())?;
        self.zip.finish()?.flush()?;
        Ok(self.rows)
    }
}

fn push_empty(xml: &mut String, n_empty: &mut u32) {
    match std::mem::take(n_empty) {
        0 => {}
        1 => xml.push_str("<table:table-cell/>"),
        n => {
            let repeated = format!("<table:table-cell table:number-columns-repeated=\"{n}\"/>");
            xml.push_str(&repeated);
        }
    }
}

/// A cell, with the text that is shown; empty for nothing.
fn cell(value: &Value) -> String {
    let mut shown = String::new();
    push_value(&mut shown, value, Dialect::Puntkomma);
    let number = |style: &str, value: String| {
        format!(
            r#"<table:table-cell{style} office:value-type="float" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    match value {
        Value::Empty | Value::NotUtf8 => String::new(),
        Value::Text(text) if text.is_empty() => String::new(),
        Value::Text(text) => text_cell(text),
        Value::Raw(text) => text_cell(text),
        Value::Whole(n) => number("", n.to_string()),
        Value::Milli(milli) => number("", decimals(*milli, 3)),
        Value::Cents(cents) => number(r#" table:style-name="bedrag""#, decimals(*cents, 2)),
        Value::Day(day) => {
            let (year, month, day) = (day.jaar, day.maand, day.dag);
            format!(
                r#"<table:table-cell table:style-name="dag" office:value-type="date" office:date-value="{year:04}-{month:02}-{day:02}"><text:p>{day:02}-{month:02}-{year:04}</text:p></table:table-cell>"#
            )
        }
        Value::Error => {
            r#"<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value=""><text:p>#N/A</text:p></table:table-cell>"#.to_owned()
        }
    }
}

/// A text; a line break begins a paragraph.
fn text_cell(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs = escaped.replace('\n', "</text:p><text:p>");
    format!(
        r#"<table:table-cell office:value-type="string"><text:p>{paragraphs}</text:p></table:table-cell>"#
    )
}

/// A whole number of small units with its point, exactly.
fn decimals(value: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let (whole, rest) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{whole}.{rest:0width$}", width = places as usize)
}
