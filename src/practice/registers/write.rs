//! A small table as a file.
//!
//! Enters: headings and rows of [`Value`]s. Leaves: a file, and the line, row of the sheet or row of the table on
//! which it ends.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::practice::columns::Value;
use crate::practice::form::Dialect;
use crate::practice::opendocument::OpenDocument;
use crate::practice::parquet;
use crate::practice::text::push_value;
use crate::practice::workbook;

/// Semicolons, UTF-8 with BOM, CRLF.
///
/// # Errors
/// When the disk refuses; so for all of them.
pub(super) fn text(
    path: &Path,
    headings: &[&str],
    rows: impl Iterator<Item = Vec<Value>>,
) -> io::Result<u64> {
    let mut out = BufWriter::new(File::create(path)?);
    write!(out, "\u{feff}{}\r\n", headings.join(";"))?;
    let mut regel = 1;
    let mut line = String::new();
    for row in rows {
        line.clear();
        for (position, value) in row.iter().enumerate() {
            if position > 0 {
                line.push(';');
            }
            push_value(&mut line, value, Dialect::Puntkomma);
        }
        line.push_str("\r\n");
        out.write_all(line.as_bytes())?;
        regel += 1;
    }
    out.flush()?;
    Ok(regel)
}

/// One sheet with real numbers and dates, below a title.
///
/// # Errors
/// When the disk refuses.
pub(super) fn workbook(
    path: &Path,
    headings: &[&str],
    rows: impl Iterator<Item = Vec<Value>>,
) -> io::Result<u64> {
    let rows: Vec<Vec<Value>> = rows.collect();
    workbook::write_table(path, headings, &rows)
}

/// One sheet of an ODS workbook.
///
/// # Errors
/// When the disk refuses.
pub(super) fn opendocument(
    path: &Path,
    headings: &[&str],
    rows: impl Iterator<Item = Vec<Value>>,
) -> io::Result<u64> {
    let mut file = OpenDocument::create(path, "Blad1", headings.iter().copied())?;
    for row in rows {
        file.write(&row)?;
    }
    file.finish()
}

/// Parquet, each column in the type of its first value.
///
/// # Errors
/// When the disk refuses.
pub(super) fn parquet(
    path: &Path,
    headings: &'static [&'static str],
    rows: impl Iterator<Item = Vec<Value>>,
) -> io::Result<u64> {
    let rows: Vec<Vec<Value>> = rows.collect();
    parquet::write_table(path, headings, &rows)
}
