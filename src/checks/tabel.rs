//! A small table, whole in memory, read cell by cell.

use std::path::PathBuf;

use anyhow::{Context, Result};
use polars::prelude::{Column, DataFrame, IdxCa, IdxSize, NewChunkedArray, PlSmallStr};

use crate::dataset::parquet::{computing, read_whole};
use crate::schema::{Need, Table};

/// All base rows of one table. Not for declaraties: those are walked.
pub(super) struct Tabel {
    /// The table of the schema.
    pub(super) table: &'static Table,
    /// The rows.
    pub(super) frame: DataFrame,
}

impl Tabel {
    /// Reads every base file of a table; without files it has no rows.
    pub(super) fn load(table: &'static Table, files: &[PathBuf]) -> Result<Self> {
        Self::load_columns(table, files, &[])
    }

    /// Reads these columns only, all when none are named.
    pub(super) fn load_columns(
        table: &'static Table,
        files: &[PathBuf],
        columns: &[&str],
    ) -> Result<Self> {
        let mut frame = DataFrame::empty();
        for file in files {
            let part = read_whole(file, columns)?;
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
    pub(super) fn is_supplied(&self) -> bool {
        self.frame.width() > 0
    }

    /// Number of rows.
    pub(super) fn n_rows(&self) -> usize {
        self.frame.height()
    }

    /// Text, empty for null.
    pub(super) fn text(&self, column: &str, row: usize) -> &str {
        self.frame
            .column(column)
            .and_then(Column::str)
            .ok()
            .and_then(|c| c.get(row))
            .unwrap_or_default()
    }

    /// Number, money or pseudonym.
    pub(super) fn int(&self, column: &str, row: usize) -> Option<i64> {
        self.frame.column(column).and_then(Column::i64).ok()?.get(row)
    }

    /// Day number.
    pub(super) fn date(&self, column: &str, row: usize) -> Option<i32> {
        self.frame.column(column).and_then(Column::date).ok()?.physical().get(row)
    }

    /// Yes or no.
    pub(super) fn bool(&self, column: &str, row: usize) -> Option<bool> {
        self.frame.column(column).and_then(Column::bool).ok()?.get(row)
    }

    /// All rows in the order of `bron` and `regel`, which no batching of the input changes.
    pub(super) fn ordered(&self) -> Vec<usize> {
        self.in_order((0..self.n_rows()).collect())
    }

    /// These rows in the order of `bron` and `regel`.
    pub(super) fn in_order(&self, mut rows: Vec<usize>) -> Vec<usize> {
        let (Ok(bron), Ok(regel)) = (
            self.frame.column("bron").and_then(Column::str),
            self.frame.column("regel").and_then(Column::i64),
        ) else {
            return rows;
        };
        rows.sort_by_cached_key(|row| (bron.get(*row), regel.get(*row)));
        rows
    }

    /// These rows, with derived columns added.
    pub(super) fn take(&self, rows: &[usize], derived: Vec<Column>) -> Result<DataFrame> {
        let index: Vec<IdxSize> = rows
            .iter()
            .map(|row| IdxSize::try_from(*row))
            .collect::<Result<_, _>>()
            .context("tabel te groot")?;
        // All rows in their order need not be copied.
        let is_whole = index.len() == self.n_rows() && index.iter().copied().eq(0..);
        let mut frame = if is_whole {
            self.frame.clone()
        } else {
            let index = IdxCa::from_slice(PlSmallStr::EMPTY, &index);
            computing(self.frame.take(&index), self.table.label)?
        };
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
