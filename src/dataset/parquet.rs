//! Parquet in and out, in slices, with the faults of the disk in Dutch.

use std::fs::File;
use std::io::{BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use anyhow::{Context, Result, anyhow, bail};
use polars::io::parquet::metadata::FileMetadataRef;
use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{
    DataFrame, ParallelStrategy, ParquetReader, ParquetWriter, PolarsError, PolarsResult, Schema,
    SerReader,
};
use polars_parquet::read::RowGroupMetadata;
use rayon::prelude::*;

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
    ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
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

fn read_rows(part: &Part<'_>, columns: &[&str], parallel: ParallelStrategy) -> Result<DataFrame> {
    let path = part.path;
    let rows = (part.offset, part.len);
    let file = File::open(path).map_err(|error| io_error(&error, path))?;
    let wanted = (!columns.is_empty()).then(|| columns.iter().map(|c| (*c).to_owned()).collect());
    let mut reader = ParquetReader::new(file);
    // A footer grows with the number of row groups; read again for each of them it would cost their square.
    reader.set_metadata(Arc::clone(&part.footer));
    let mut frame = reader
        .with_columns(wanted)
        .with_slice(Some(rows))
        .read_parallel(parallel)
        .finish()
        .map_err(|error| read_error(error, path))?;
    frame.rechunk_mut();
    Ok(frame)
}

/// Walks over a file in the slices in which it was written, so that each row group is decoded once. Small ones
/// are taken together, up to [`SLICE_ROWS`].
pub fn for_each_slice(
    path: &Path,
    columns: &[&str],
    mut visit: impl FnMut(&DataFrame) -> Result<()>,
) -> Result<()> {
    for part in parts(std::slice::from_ref(&path))? {
        visit(&read_rows(&part, columns, ParallelStrategy::Auto)?)?;
    }
    Ok(())
}

/// A slice of one of several files.
struct Part<'p> {
    path: &'p Path,
    footer: FileMetadataRef,
    offset: usize,
    len: usize,
    /// Number of its first row over all files.
    first: usize,
}

/// Works on the slices of these files side by side, and takes what comes out of each in their order. `work` is given
/// the number of the slice's first row over all files. A few slices are in memory at a time.
pub fn side_by_side<T: Send>(
    files: &[PathBuf],
    columns: &[&str],
    work: impl Fn(usize, &DataFrame) -> Result<T> + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let parts = parts(files)?;
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        let (parts, work) = (&parts, &work);
        let worker = scope.spawn(move || work_on(parts, columns, work, &sender));
        let taken = receiver.iter().flatten().try_for_each(&mut take);
        // A full channel would keep the worker waiting for ever.
        drop(receiver);
        let worked = worker.join().unwrap_or_else(|_| bail!("een berekening is gestopt"));
        taken.and(worked)
    })
}

fn work_on<T: Send>(
    parts: &[Part<'_>],
    columns: &[&str],
    work: &(impl Fn(usize, &DataFrame) -> Result<T> + Sync),
    sender: &SyncSender<Vec<T>>,
) -> Result<()> {
    for batch in parts.chunks(rayon::current_num_threads()) {
        let one = |part: &Part<'_>| {
            // Every core has a slice of its own: columns side by side as well would only get in the way.
            work(part.first, &read_rows(part, columns, ParallelStrategy::None)?)
        };
        let made = batch.par_iter().map(one).collect::<Result<Vec<T>>>()?;
        if sender.send(made).is_err() {
            // The other side has failed, and tells why.
            break;
        }
    }
    Ok(())
}

fn parts<P: AsRef<Path>>(files: &[P]) -> Result<Vec<Part<'_>>> {
    let mut out: Vec<Part<'_>> = Vec::new();
    let mut first = 0;
    for path in files {
        let path = path.as_ref();
        let file = File::open(path).map_err(|error| io_error(&error, path))?;
        let mut reader = ParquetReader::new(file);
        let footer = Arc::clone(reader.get_metadata().map_err(|error| read_error(error, path))?);
        let mut offset = 0;
        for rows in footer.row_groups.iter().map(RowGroupMetadata::num_rows) {
            match out.last_mut() {
                Some(last) if offset > 0 && last.len + rows <= SLICE_ROWS => last.len += rows,
                _ => out.push(Part { path, footer: Arc::clone(&footer), offset, len: rows, first }),
            }
            offset += rows;
            first += rows;
        }
    }
    Ok(out)
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

fn read_error(error: PolarsError, path: &Path) -> anyhow::Error {
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
