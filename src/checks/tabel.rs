//! A small table, whole in memory, read cell by cell.

use std::path::PathBuf;

use anyhow::{Context, Result};
use polars::prelude::{Column, DataFrame, IdxCa, IdxSize, NewChunkedArray, PlSmallStr};

use crate::dataset::parquet::{computing, n_rows, read_slice};
use crate::schema::{Need, Table};

/// All base rows of one table. Not for declaraties: those are walked.
pub struct Tabel {
    /// The table of the schema.
    pub table: &'static Table,
    /// The rows.
    pub frame: DataFrame,
}

impl Tabel {
    /// Reads every base file of a table; without files it has no rows.
    pub fn load(table: &'static Table, files: &[PathBuf]) -> Result<Self> {
        let mut frame = DataFrame::empty();
        for file in files {
            let part = read_slice(file, &[], 0, n_rows(file)?)?;
            if frame.width() == 0 {
                frame = part;
            } else {
                computing(frame.vstack_mut(&part).map(|_| ()), table.label)?;
            }
        }
        frame.rechunk_mut();
        Ok(Self { table, frame })
    }

    /// True when the table was supplied.
    pub fn is_supplied(&self) -> bool {
        self.frame.width() > 0
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.frame.height()
    }

    /// Text, empty for null.
    pub fn text(&self, column: &str, row: usize) -> &str {
        self.frame.column(column).and_then(Column::str).ok().and_then(|c| c.get(row)).unwrap_or_default()
    }

    /// Number, money or pseudonym.
    pub fn int(&self, column: &str, row: usize) -> Option<i64> {
        self.frame.column(column).and_then(Column::i64).ok()?.get(row)
    }

    /// Day number.
    pub fn date(&self, column: &str, row: usize) -> Option<i32> {
        self.frame.column(column).and_then(Column::date).ok()?.physical().get(row)
    }

    /// Yes or no.
    pub fn bool(&self, column: &str, row: usize) -> Option<bool> {
        self.frame.column(column).and_then(Column::bool).ok()?.get(row)
    }

    /// Rows in the order of `bron` and `regel`, which no batching of the input changes; of rows with the same
    /// key the last one stays when the table has a key.
    pub fn ordered(&self) -> Result<Vec<usize>> {
        let mut rows: Vec<usize> = (0..self.n_rows()).collect();
        rows.sort_by(|a, b| self.place(*a).cmp(&self.place(*b)));
        Ok(rows)
    }

    fn place(&self, row: usize) -> (&str, i64) {
        (self.text("bron", row), self.int("regel", row).unwrap_or_default())
    }

    /// These rows, with derived columns added.
    pub fn take(&self, rows: &[usize], derived: Vec<Column>) -> Result<DataFrame> {
        let index: Vec<IdxSize> =
            rows.iter().map(|row| IdxSize::try_from(*row)).collect::<Result<_, _>>().context("tabel te groot")?;
        let index = IdxCa::from_slice(PlSmallStr::EMPTY, &index);
        let mut frame = computing(self.frame.take(&index), self.table.label)?;
        for column in derived {
            computing(frame.with_column(column).map(|_| ()), self.table.label)?;
        }
        let order: Vec<PlSmallStr> = self
            .table
            .columns
            .iter()
            .filter(|column| column.need != Need::Derived || frame.column(column.name).is_ok())
            .map(|column| PlSmallStr::from_static(column.name))
            .chain(["bron", "regel"].map(PlSmallStr::from_static))
            .collect();
        computing(frame.select(order), self.table.label)
    }
}
