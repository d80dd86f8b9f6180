//! Declaraties as an export: one file in one of the forms.
//!
//! Enters: lines. Leaves: a file, and for each line the number under which the file knows it (line, row of the sheet,
//! row of the table).

use std::io;
use std::path::Path;

use super::columns::{self, Columns, Value};
use super::form::Form;
use super::lines::Line;
use super::opendocument::OpenDocument;
use super::parquet::ParquetFile;
use super::plan::Plan;
use super::text::TextFile;
use super::workbook::WorkbookFile;

/// A file being written.
pub(super) struct Export {
    form: Form,
    columns: Columns,
    row: Vec<Value>,
    file: File,
}

enum File {
    Text(TextFile),
    Workbook(Box<WorkbookFile>),
    OpenDocument(Box<OpenDocument>),
    Parquet(Box<ParquetFile>),
}

impl Export {
    /// Begins a file with what stands above its rows.
    pub(super) fn create(path: &Path, form: Form) -> io::Result<Self> {
        let columns = columns::columns(form);
        let file = match form {
            Form::Text(dialect) => File::Text(TextFile::create(path, dialect, columns)?),
            Form::Workbook | Form::TextWorkbook => {
                File::Workbook(Box::new(WorkbookFile::create(path, form, columns)?))
            }
            Form::OpenDocument => {
                File::OpenDocument(Box::new(OpenDocument::of_lines(path, columns)?))
            }
            Form::Parquet => File::Parquet(Box::new(ParquetFile::create(path, columns)?)),
        };
        Ok(Self { form, columns, row: Vec::new(), file })
    }

    /// Writes a line and gives the number under which the file knows it.
    pub(super) fn write(&mut self, plan: &Plan, line: &Line) -> io::Result<u64> {
        columns::row(plan, line, self.columns, &mut self.row);
        match &mut self.file {
            File::Text(file) => file.write(&self.row),
            File::Workbook(file) => file.write(&self.row),
            File::OpenDocument(file) => file.write(&self.row),
            File::Parquet(file) => file.write(&self.row),
        }
    }

    /// Leaves a row empty, where the form has such rows; tells whether it has.
    pub(super) fn write_blank(&mut self) -> io::Result<bool> {
        match &mut self.file {
            File::Text(file) => file.write_blank().map(|_| true),
            File::Workbook(file) => {
                file.write_blank();
                Ok(true)
            }
            File::OpenDocument(file) => file.write_blank().map(|()| true),
            File::Parquet(_) => Ok(false),
        }
    }

    /// Writes the headings once more, where the form is text; tells whether it is.
    pub(super) fn write_headings(&mut self) -> io::Result<bool> {
        match &mut self.file {
            File::Text(file) => file.write_headings().map(|_| true),
            File::Workbook(_) | File::OpenDocument(_) | File::Parquet(_) => Ok(false),
        }
    }

    /// Hides the next row, where the form can; gives its number.
    pub(super) fn hide_next(&mut self) -> io::Result<Option<u64>> {
        match &mut self.file {
            File::Workbook(file) => file.hide_next().map(Some),
            File::Text(_) | File::OpenDocument(_) | File::Parquet(_) => Ok(None),
        }
    }

    /// Writes a note beside the row before, where the form has room for one; gives its number.
    pub(super) fn note_beside(&mut self) -> io::Result<Option<u64>> {
        match &mut self.file {
            File::Workbook(file) => file.note_beside().map(Some),
            File::Text(_) | File::OpenDocument(_) | File::Parquet(_) => Ok(None),
        }
    }

    /// Where the first number stands that is written as text although the form has numbers.
    pub(super) fn first_text_number(&self) -> Option<u64> {
        match &self.file {
            File::Workbook(file) if self.form == Form::TextWorkbook => Some(file.first_row()),
            _ => None,
        }
    }

    /// Ends the file, with a total row where the form has one; tells whether it has, and on which line it stands.
    pub(super) fn finish(mut self, total_ct: i64) -> io::Result<Option<u64>> {
        let row = self.form.has_total().then(|| columns::total_row(self.columns, total_ct));
        let line = match (&row, &mut self.file) {
            (Some(row), File::Text(file)) => Some(file.write(row)?),
            (Some(row), File::Workbook(file)) => Some(file.write(row)?),
            (Some(row), File::OpenDocument(file)) => Some(file.write(row)?),
            _ => None,
        };
        match self.file {
            File::Text(file) => file.finish()?,
            File::Workbook(file) => file.finish()?,
            File::OpenDocument(file) => drop(file.finish()?),
            File::Parquet(file) => file.finish()?,
        }
        Ok(line)
    }
}
