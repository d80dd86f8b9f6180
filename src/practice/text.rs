//! A table as delimited text, in each of the dialects.
//!
//! Enters: rows of [`Value`]s. Leaves: a CSV file, and for each row the line of the file on which it begins.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use encoding_rs::WINDOWS_1252;

use super::columns::{Columns, Value};
use super::form::Dialect;
use super::notation::{push_day, push_euros, push_number, push_volume};

/// What stands above the headings in the dialect that has such lines.
const PREAMBLE: [&str; 3] = ["Overzicht van declaraties", "Alle bedragen in €, op 22-10-2025", ""];

/// Stands in a row for a byte that is no character, until the row is written.
const STANDS_FOR_BROKEN: char = char::REPLACEMENT_CHARACTER;

/// A text file being written.
pub(super) struct TextFile {
    out: BufWriter<File>,
    dialect: Dialect,
    columns: Columns,
    row: String,
    next_line: u64,
}

impl TextFile {
    /// Begins a file with its headings.
    pub(super) fn create(path: &Path, dialect: Dialect, columns: Columns) -> io::Result<Self> {
        let out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        let mut file = Self { out, dialect, columns, row: String::new(), next_line: 1 };
        match dialect {
            Dialect::Puntkomma => file.out.write_all(b"\xef\xbb\xbf")?,
            Dialect::Windows => {
                for line in PREAMBLE {
                    line.clone_into(&mut file.row);
                    file.end_row()?;
                }
            }
            Dialect::Komma | Dialect::Tab => {}
        }
        file.write_headings()?;
        Ok(file)
    }

    /// Writes the headings, at the beginning or once more.
    pub(super) fn write_headings(&mut self) -> io::Result<u64> {
        let headings: Vec<Value> =
            self.columns.iter().map(|(_, heading)| Value::Text((*heading).into())).collect();
        self.write(&headings)
    }

    /// Writes a row and gives the line on which it begins.
    pub(super) fn write(&mut self, row: &[Value]) -> io::Result<u64> {
        self.row.clear();
        for (position, value) in row.iter().enumerate() {
            if position > 0 {
                self.row.push_str(delimiter(self.dialect));
            }
            push_cell(&mut self.row, value, self.dialect);
        }
        if row.contains(&Value::NotUtf8) {
            return self.end_broken_row();
        }
        self.end_row()
    }

    /// Writes a line with nothing on it.
    pub(super) fn write_blank(&mut self) -> io::Result<u64> {
        self.row.clear();
        self.end_row()
    }

    /// Writes what is still in memory.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes a row with a byte in it that only windows-1252 knows (ë).
    fn end_broken_row(&mut self) -> io::Result<u64> {
        let row = std::mem::take(&mut self.row);
        let (before, after) = row.split_once(STANDS_FOR_BROKEN).unwrap_or((&row, ""));
        self.out.write_all(before.as_bytes())?;
        self.out.write_all(b"\xeb")?;
        after.clone_into(&mut self.row);
        self.end_row()
    }

    fn end_row(&mut self) -> io::Result<u64> {
        let begin = self.next_line;
        let within = self.row.bytes().filter(|byte| *byte == b'\n').count();
        self.next_line += 1 + within as u64;
        match self.dialect {
            Dialect::Puntkomma | Dialect::Windows => self.row.push_str("\r\n"),
            Dialect::Komma | Dialect::Tab => self.row.push('\n'),
        }
        if self.dialect == Dialect::Windows {
            self.out.write_all(&WINDOWS_1252.encode(&self.row).0)?;
        } else {
            self.out.write_all(self.row.as_bytes())?;
        }
        Ok(begin)
    }
}

fn delimiter(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Puntkomma => ";",
        Dialect::Komma => ",",
        Dialect::Tab | Dialect::Windows => "\t",
    }
}

fn push_cell(out: &mut String, value: &Value, dialect: Dialect) {
    let begin = out.len();
    push_value(out, value, dialect);
    if dialect != Dialect::Komma || matches!(value, Value::Raw(_)) {
        return;
    }
    if out[begin..].contains('"') {
        let doubled = out[begin..].replace('"', "\"\"");
        out.replace_range(begin.., &doubled);
    }
    out.insert(begin, '"');
    out.push('"');
}

/// A value in the notation of a dialect, without quotes.
pub(super) fn push_value(out: &mut String, value: &Value, dialect: Dialect) {
    match value {
        Value::Empty => {}
        Value::Text(text) => out.push_str(text),
        Value::Raw(text) => out.push_str(text),
        Value::Whole(number) => push_number(out, *number, 1),
        Value::Milli(milli) => push_volume(out, *milli, dialect),
        Value::Cents(cents) => push_euros(out, *cents, dialect),
        Value::Day(day) => push_day(out, *day, dialect),
        Value::Error => out.push_str("#N/B"),
        Value::NotUtf8 => out.push(STANDS_FOR_BROKEN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: Value, dialect: Dialect) -> String {
        let mut out = String::from("voor");
        push_cell(&mut out, &value, dialect);
        out[4..].to_owned()
    }

    #[test]
    fn the_comma_dialect_quotes_every_cell_and_doubles_quotes_inside() {
        assert_eq!(cell(Value::Text("a \"b\"".into()), Dialect::Komma), "\"a \"\"b\"\"\"");
        assert_eq!(cell(Value::Cents(123_450), Dialect::Komma), "\"1234.50\"");
        assert_eq!(cell(Value::Empty, Dialect::Komma), "\"\"");
        assert_eq!(cell(Value::Raw("\"open"), Dialect::Komma), "\"open");
        assert_eq!(cell(Value::Text("a".into()), Dialect::Puntkomma), "a");
    }
}
