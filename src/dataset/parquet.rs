//! Parquet in and out, in slices, with the faults of the disk in Dutch.

use std::fs::File;
use std::io::{BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};

use anyhow::{Context, Result, anyhow, bail};
use polars::io::parquet::write::BatchedWriter;
use polars::polars_utils::compression::ZstdLevel;
use polars::prelude::{
    DataFrame, ParallelStrategy, ParquetCompression, ParquetReader, ParquetWriter, PolarsError,
    PolarsResult, SerReader,
};
use rayon::prelude::*;

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
        let writer = match &mut self.inner {
            Some(writer) => writer,
            None => self.inner.insert(open(&self.path, batch)?),
        };
        // A row group is what a later walk has in memory at once, so a large batch becomes several.
        let mut offset = 0;
        while offset < batch.height() {
            let mut group = batch.slice(i64::try_from(offset).unwrap_or(i64::MAX), SLICE_ROWS);
            group.rechunk_mut();
            writer.write_batch(&group).map_err(|error| disk_error(error, &self.path))?;
            offset += group.height();
        }
        self.rows += batch.height() as u64;
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

fn open(path: &Path, batch: &DataFrame) -> Result<BatchedWriter<BufWriter<File>>> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| io_error(&error, folder))?;
    }
    let file = File::create(path).map_err(|error| io_error(&error, path))?;
    // The lowest level halves the time of the highest that is usual, for a few per cent of space.
    let level = ZstdLevel::try_new(1).map_err(|error| disk_error(error, path))?;
    ParquetWriter::new(BufWriter::with_capacity(1 << 20, file))
        .with_compression(ParquetCompression::Zstd(Some(level)))
        .set_parallel(true)
        .batched(batch.schema())
        .map_err(|error| disk_error(error, path))
}

/// Number of rows of a file.
pub fn n_rows(path: &Path) -> Result<usize> {
    let file = File::open(path).map_err(|error| io_error(&error, path))?;
    ParquetReader::new(file).num_rows().map_err(|error| read_error(error, path))
}

/// Reads `len` rows from `offset`, these columns only (all when empty).
pub fn read_slice(path: &Path, columns: &[&str], offset: usize, len: usize) -> Result<DataFrame> {
    read_rows(path, columns, (offset, len), ParallelStrategy::Auto)
}

fn read_rows(
    path: &Path,
    columns: &[&str],
    rows: (usize, usize),
    parallel: ParallelStrategy,
) -> Result<DataFrame> {
    let file = File::open(path).map_err(|error| io_error(&error, path))?;
    let wanted = (!columns.is_empty()).then(|| columns.iter().map(|c| (*c).to_owned()).collect());
    let mut frame = ParquetReader::new(file)
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
    let mut offset = 0;
    for len in slices(path)? {
        visit(&read_slice(path, columns, offset, len)?)?;
        offset += len;
    }
    Ok(())
}

/// A slice of one of several files.
#[derive(Debug, Clone, Copy)]
struct Part<'p> {
    path: &'p Path,
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
            let rows = (part.offset, part.len);
            work(part.first, &read_rows(part.path, columns, rows, ParallelStrategy::None)?)
        };
        let made = batch.par_iter().map(one).collect::<Result<Vec<T>>>()?;
        if sender.send(made).is_err() {
            // The other side has failed, and tells why.
            break;
        }
    }
    Ok(())
}

fn parts(files: &[PathBuf]) -> Result<Vec<Part<'_>>> {
    let mut out = Vec::new();
    let mut first = 0;
    for path in files {
        let mut offset = 0;
        for len in slices(path)? {
            out.push(Part { path, offset, len, first });
            offset += len;
            first += len;
        }
    }
    Ok(out)
}

fn slices(path: &Path) -> Result<Vec<usize>> {
    let file = File::open(path).map_err(|error| io_error(&error, path))?;
    let mut reader = ParquetReader::new(file);
    let groups = &reader.get_metadata().map_err(|error| read_error(error, path))?.row_groups;
    let mut out: Vec<usize> = Vec::new();
    for group in groups {
        let rows = group.num_rows();
        match out.last_mut() {
            Some(last) if *last + rows <= SLICE_ROWS => *last += rows,
            _ => out.push(rows),
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
