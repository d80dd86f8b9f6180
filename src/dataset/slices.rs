//! Tables walked in slices, as many side by side as there are cores.
//!
//! Enters: Parquet files of a dataset. Leaves: what was made of each slice, in the order of the rows. A slice that a walk does
//! not need is not read: what is known of it stands in the footer of its file.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Result, bail};
use polars::io::parquet::metadata::FileMetadataRef;
use polars::prelude::{DataFrame, ParallelStrategy, ParquetReader, SerReader};
use polars_parquet::read::RowGroupMetadata;

use crate::dataset::parquet::{SLICE_ROWS, io_error, read_error};
use crate::dataset::stop::check_stop;

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
pub struct Part<'p> {
    path: &'p Path,
    footer: FileMetadataRef,
    /// Row groups of the file it is made of.
    groups: Range<usize>,
    offset: usize,
    len: usize,
    /// Number of its first row over all files.
    first: usize,
}

impl Part<'_> {
    /// Numbers of its rows over all files.
    pub fn rows(&self) -> Range<usize> {
        self.first..self.first + self.len
    }

    /// False when the column has no value here: the footer tells, without a row being read.
    pub fn has_any(&self, column: &str) -> bool {
        let mut groups = self.footer.row_groups[self.groups.clone()].iter();
        groups.any(|group| group_has_any(group, column, &self.footer.footer_buf))
    }
}

fn group_has_any(group: &RowGroupMetadata, column: &str, footer: &[u8]) -> bool {
    let Some(mut chunks) = group.columns_under_root_iter(column) else { return true };
    let is_empty = chunks.all(|chunk| {
        let nulls = chunk.statistics(footer).and_then(|said| said.ok()?.null_count());
        nulls == Some(chunk.num_values())
    });
    !is_empty
}

/// True when a column of a file has a value somewhere, by its footer.
pub fn has_any(path: &Path, column: &str) -> Result<bool> {
    Ok(parts(std::slice::from_ref(&path))?.iter().any(|part| part.has_any(column)))
}

/// Number of rows in a file.
pub fn rows(path: &Path) -> Result<usize> {
    Ok(parts(std::slice::from_ref(&path))?.iter().map(|part| part.len).sum())
}

/// Works on the slices of these files side by side, and takes what comes out of each in their order. `work` is given
/// the number of the slice's first row over all files. A few slices are in memory at a time. No slice is begun once `stop`
/// is set: the walk then fails with `Interrupted`.
pub fn side_by_side<T: Send>(
    files: &[PathBuf],
    columns: &[&str],
    stop: &AtomicBool,
    work: impl Fn(usize, &DataFrame) -> Result<T> + Sync,
    take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    side_by_side_where(files, columns, stop, |_| true, work, take)
}

/// The same for the slices that are needed; the others are not read.
pub fn side_by_side_where<T: Send>(
    files: &[PathBuf],
    columns: &[&str],
    stop: &AtomicBool,
    is_needed: impl Fn(&Part<'_>) -> bool,
    work: impl Fn(usize, &DataFrame) -> Result<T> + Sync,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut parts = parts(files)?;
    parts.retain(is_needed);
    let n = rayon::current_num_threads().min(parts.len());
    std::thread::scope(|scope| {
        let (parts, work) = (&parts, &work);
        // Each has slices of its own, in turn: none waits for the slowest of a batch, and their order is known.
        let (workers, receivers): (Vec<_>, Vec<_>) = (0..n)
            .map(|at| {
                let (sender, receiver) = sync_channel(1);
                let own = parts.iter().skip(at).step_by(n);
                (scope.spawn(move || work_on(own, columns, stop, work, &sender)), receiver)
            })
            .unzip();
        let taken = take_in_turn(receivers, parts.len(), &mut take);
        let is_stopped = workers.into_iter().fold(false, |any, one| any | one.join().is_err());
        taken?;
        if is_stopped {
            bail!(STOPPED);
        }
        Ok(())
    })
}

/// A core that gave up without saying why.
const STOPPED: &str = "een berekening is gestopt";

fn work_on<'p, T: Send>(
    parts: impl Iterator<Item = &'p Part<'p>>,
    columns: &[&str],
    stop: &AtomicBool,
    work: &(impl Fn(usize, &DataFrame) -> Result<T> + Sync),
    sender: &SyncSender<Result<T>>,
) {
    for part in parts {
        // Every core has a slice of its own: columns side by side as well would only get in the way.
        let rows = check_stop(stop).and_then(|()| read_rows(part, columns, ParallelStrategy::None));
        let made = rows.and_then(|rows| work(part.first, &rows));
        let is_last = made.is_err();
        // Nobody listens any more when the other side has failed; it tells why.
        if sender.send(made).is_err() || is_last {
            break;
        }
    }
}

fn take_in_turn<T>(
    receivers: Vec<Receiver<Result<T>>>,
    n_parts: usize,
    take: &mut impl FnMut(T) -> Result<()>,
) -> Result<()> {
    // Gone at the end, so that no full channel keeps a worker waiting for ever.
    receivers.iter().cycle().take(n_parts).try_for_each(|receiver| match receiver.recv() {
        Ok(made) => take(made?),
        Err(_) => bail!(STOPPED),
    })
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
        for (at, rows) in footer.row_groups.iter().map(RowGroupMetadata::num_rows).enumerate() {
            match out.last_mut() {
                Some(last) if offset > 0 && last.len + rows <= SLICE_ROWS => {
                    last.len += rows;
                    last.groups.end = at + 1;
                }
                _ => {
                    let footer = Arc::clone(&footer);
                    out.push(Part { path, footer, groups: at..at + 1, offset, len: rows, first });
                }
            }
            offset += rows;
            first += rows;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, IntoColumn, NamedFrom, Series};

    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::dataset::parquet::Writer;
    use crate::dataset::stop::Interrupted;

    /// Nobody wants to stop.
    static GO: AtomicBool = AtomicBool::new(false);

    /// Numbers from `first`, and a text on one of them.
    fn rows_from(first: i64, n: i64, with_text: Option<i64>) -> DataFrame {
        let numbers: Vec<i64> = (first..first + n).collect();
        let texts: Vec<Option<&str>> =
            numbers.iter().map(|number| (Some(*number) == with_text).then_some("x")).collect();
        let columns: Vec<Column> = vec![
            Series::new("nummer".into(), numbers).into_column(),
            Series::new("tekst".into(), texts).into_column(),
        ];
        DataFrame::new(columns[0].len(), columns).unwrap()
    }

    /// Two files of two row groups that do not go together in a slice; in the third there is a text.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let n = 40_000;
        let mut out = Vec::new();
        for at in 0..2 {
            let path = folder.join(format!("{at}.parquet"));
            let mut writer = Writer::new(path.clone());
            for group in 0..2 {
                writer.write(&rows_from((2 * at + group) * n, n, Some(100_000))).unwrap();
            }
            writer.finish().unwrap();
            out.push(path);
        }
        out
    }

    #[test]
    fn slices_come_in_their_order_and_only_those_that_are_needed() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let sums = |is_needed: &dyn Fn(&Part<'_>) -> bool| {
            let mut out = Vec::new();
            let work = |first: usize, frame: &DataFrame| {
                let sum = frame.column("nummer")?.i64()?.iter().flatten().sum::<i64>();
                Ok((first, sum))
            };
            side_by_side_where(&files, &["nummer"], &GO, is_needed, work, |one| {
                out.push(one);
                Ok(())
            })
            .unwrap();
            out
        };
        let of = |first: i64| (first..first + 40_000).sum::<i64>();
        let all = [0, 40_000, 80_000, 120_000].map(|first| (first, of(first)));
        let all = all.map(|(first, sum)| (usize::try_from(first).unwrap(), sum));
        assert_eq!(sums(&|_| true), all);
        assert_eq!(sums(&|part| part.has_any("tekst")), all[2..3]);
        assert_eq!(sums(&|part| part.rows().contains(&40_000)), all[1..2]);
        assert_eq!(sums(&|part| part.has_any("nummer")), all);
        assert!(!has_any(&files[0], "tekst").unwrap());
        assert!(has_any(&files[1], "tekst").unwrap());
        assert_eq!(rows(&files[1]).unwrap(), 80_000);
    }

    #[test]
    fn what_goes_wrong_on_either_side_is_told_and_nothing_waits_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(folder.path());
        let failing = |first: usize, _: &DataFrame| {
            if first == 40_000 {
                bail!("stuk")
            }
            Ok(())
        };
        let told = side_by_side(&files, &[], &GO, failing, |()| Ok(())).unwrap_err();
        assert_eq!(told.to_string(), "stuk");
        let told = side_by_side(&files, &[], &GO, |_, _| Ok(()), |()| bail!("vol")).unwrap_err();
        assert_eq!(told.to_string(), "vol");
    }

    #[test]
    fn a_walk_that_is_to_stop_begins_no_other_slice() {
        let folder = tempfile::tempdir().unwrap();
        // More slices than there are cores, each of which may have begun one.
        let n = rayon::current_num_threads();
        let files = vec![files(folder.path()); n].concat();
        let (stop, taken) = (AtomicBool::new(false), AtomicUsize::new(0));
        // The first slice that comes through stops the walk.
        let take = |()| {
            taken.fetch_add(1, Ordering::Relaxed);
            stop.store(true, Ordering::Relaxed);
            Ok(())
        };
        let wait = |first: usize, _: &DataFrame| {
            while first > 0 && !stop.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            Ok(())
        };
        let told = side_by_side(&files, &[], &stop, wait, take).unwrap_err();
        assert!(told.is::<Interrupted>(), "{told}");
        assert!((1..=n + 1).contains(&taken.into_inner()));
    }
}
