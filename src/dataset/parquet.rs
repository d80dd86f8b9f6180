//! Parquet out, and in whole, with the faults of the disk in Dutch.

use std::fs::File;
use std::io::{BufWriter, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use polars::io::parquet::write::{BatchedWriter, StatisticsOptions};
use polars::prelude::{
    DataFrame, ParquetReader, ParquetWriter, PolarsError, PolarsResult, Schema, SerReader,
};

use crate::dataset::encode::{Encoded, encode};

/// Rows that are in memory at a time when a table is walked.
pub const SLICE_ROWS: usize = 1 << 16;

/// A Parquet file being written, one row group per batch.
pub struct Writer {
    path: PathBuf,
    inner: Option<BatchedWriter<BufWriter<File>>>,
    rows: u64,
}

impl Writer {
    /// A file that comes into being with its first batch.
    pub fn new(path: PathBuf) -> Self {
        Self { path, inner: None, rows: 0 }
    }

    /// Adds rows. All batches must have the same columns.
    pub fn write(&mut self, batch: &DataFrame) -> Result<()> {
        self.put(&encode(batch)?)
    }

    /// Adds rows that were encoded elsewhere, with the columns of those before them.
    pub fn put(&mut self, rows: &Encoded) -> Result<()> {
        self.begin(&rows.schema)?;
        let Some(writer) = &mut self.inner else { return Ok(()) };
        for group in &rows.groups {
            writer
                .write_row_group(group.rows as u64, &group.columns)
                .map_err(|error| disk_error(error, &self.path))?;
        }
        self.rows += rows.rows();
        Ok(())
    }

    fn begin(&mut self, schema: &Schema) -> Result<()> {
        if self.inner.is_none() {
            self.inner = Some(open(&self.path, schema)?);
        }
        Ok(())
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes the footer. A file without a batch does not exist.
    pub fn finish(self) -> Result<u64> {
        if let Some(writer) = &self.inner {
            writer.finish().map_err(|error| disk_error(error, &self.path))?;
        }
        Ok(self.rows)
    }
}

fn open(path: &Path, schema: &Schema) -> Result<BatchedWriter<BufWriter<File>>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| io_error(&error, folder))?;
    }
    let file = File::create(path).map_err(|error| io_error(&error, path))?;
    // Pages are written without minima and maxima. An index of pages would then call each of them empty, and a reader that
    // believes it finds nothing (DuckDB from 2.0.1 on). Counts of empty values per column are kept with the pages.
    ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
        .with_statistics(StatisticsOptions::empty())
        .batched(schema)
        .map_err(|error| disk_error(error, path))
}

/// Reads a whole file, these columns only (all when empty): for tables that are small by nature.
pub fn read_whole(path: &Path, columns: &[&str]) -> Result<DataFrame> {
    let file = File::open(path).map_err(|error| io_error(&error, path))?;
    let wanted = (!columns.is_empty()).then(|| columns.iter().map(|c| (*c).to_owned()).collect());
    let read = ParquetReader::new(file).with_columns(wanted).finish();
    let mut frame = read.map_err(|error| read_error(error, path))?;
    frame.rechunk_mut();
    Ok(frame)
}

/// What the disk said, in Dutch.
pub fn io_error(error: &std::io::Error, path: &Path) -> anyhow::Error {
    let shown = path.display();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded => {
            anyhow!(
                "de schijf is vol of de bestandsgrens is bereikt bij {shown}; maak ruimte en probeer het opnieuw"
            )
        }
        ErrorKind::PermissionDenied => {
            anyhow!(
                "geen toegang tot {shown}; sluit het bestand in andere programma's of kies een andere map"
            )
        }
        ErrorKind::NotFound => anyhow!("{shown} is er niet (meer)"),
        _ => anyhow!("{shown} kon niet worden gelezen of geschreven"),
    }
}

fn disk_error(error: PolarsError, path: &Path) -> anyhow::Error {
    if let PolarsError::IO { error: io, .. } = &error {
        return io_error(io, path);
    }
    // Parquet wraps what the disk said in a text of its own; the operating system's words survive in it.
    let text = error.to_string();
    let is_full =
        ["No space left", "File too large", "Disk quota"].iter().any(|part| text.contains(part));
    let kind = if is_full { ErrorKind::StorageFull } else { ErrorKind::Other };
    io_error(&kind.into(), path)
}

pub(super) fn read_error(error: PolarsError, path: &Path) -> anyhow::Error {
    anyhow!(error).context(format!("{} is beschadigd of geen bestand van maatstaf", path.display()))
}

/// Turns an error inside a computation into one that names what was being made; the original stays below it.
pub fn computing<T>(result: PolarsResult<T>, what: &str) -> Result<T> {
    result
        .map_err(anyhow::Error::from)
        .with_context(|| format!("het berekenen van {what} is mislukt"))
}

/// Rows of many small files, put together before they are written.
#[derive(Default)]
pub struct Pool {
    frame: Option<DataFrame>,
}

impl Pool {
    /// Adds rows; all with the same columns.
    pub fn add(&mut self, rows: DataFrame) -> Result<()> {
        let Some(frame) = &mut self.frame else {
            self.frame = Some(rows);
            return Ok(());
        };
        computing(frame.vstack_mut(&rows).map(|_| ()), "de tabel")
    }

    /// Everything as one table.
    pub fn into_frame(self) -> DataFrame {
        let mut frame = self.frame.unwrap_or_default();
        frame.rechunk_mut();
        frame
    }
}
