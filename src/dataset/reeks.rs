//! A long row of numbers, on disk when there are many.
//!
//! Enters: numbers in an order. Leaves: the same, in that order and in pieces. The file has no name, so that nothing is left
//! behind however the run ends.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use anyhow::Result;

use crate::dataset::parquet::io_error;
use crate::dataset::stop::check_stop;

/// Numbers kept in memory before they go to the disk: 8 MB.
const IN_MEMORY: usize = 1 << 20;

/// A growing row of numbers: eight bytes each, on disk.
pub struct Reeks {
    folder: PathBuf,
    memory: Vec<u64>,
    file: Option<File>,
    limit: usize,
}

impl Reeks {
    /// An empty row; `folder` is where its file goes when it grows.
    pub fn new(folder: &Path) -> Self {
        Self::with_limit(folder, IN_MEMORY)
    }

    fn with_limit(folder: &Path, limit: usize) -> Self {
        Self { folder: folder.to_path_buf(), memory: Vec::new(), file: None, limit }
    }

    /// Adds numbers at the end.
    pub fn extend(&mut self, numbers: impl Iterator<Item = u64>) -> Result<()> {
        self.memory.extend(numbers);
        if self.memory.len() >= self.limit { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        self.write().map_err(|error| io_error(&error, &self.folder))
    }

    fn write(&mut self) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(&self.folder)?),
        };
        let bytes: Vec<u8> = self.memory.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.memory.clear();
        file.write_all(&bytes)
    }

    /// Hands on the numbers, piece by piece. Fails with `Interrupted` between two pieces once `stop` is set.
    pub fn for_each_part(mut self, stop: &AtomicBool, mut visit: impl FnMut(&[u64])) -> Result<()> {
        if self.file.is_some() {
            self.flush()?;
        }
        let folder = &self.folder;
        let Some(file) = &mut self.file else {
            visit(&self.memory);
            return Ok(());
        };
        file.seek(SeekFrom::Start(0)).map_err(|error| io_error(&error, folder))?;
        let most = (self.limit * size_of::<u64>()) as u64;
        let mut bytes = Vec::new();
        loop {
            check_stop(stop)?;
            bytes.clear();
            let read = file.take(most).read_to_end(&mut bytes);
            if read.map_err(|error| io_error(&error, folder))? == 0 {
                return Ok(());
            }
            let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
            self.memory.clear();
            self.memory.extend(bytes.chunks_exact(size_of::<u64>()).map(number));
            visit(&self.memory);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::stop::Interrupted;

    fn row(folder: &Path, limit: usize, n: u64) -> Reeks {
        let mut row = Reeks::with_limit(folder, limit);
        for begin in (0..n).step_by(7) {
            row.extend((begin..n.min(begin + 7)).map(|number| number << 40 | number)).unwrap();
        }
        row
    }

    #[test]
    fn what_goes_in_comes_out_in_its_order_on_disk_as_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        for (limit, n) in [(usize::MAX / 8, 1000), (10, 1000), (10, 14), (10, 9), (10, 0)] {
            let mut out = Vec::new();
            let all = row(folder.path(), limit, n);
            all.for_each_part(&AtomicBool::new(false), |part| out.extend_from_slice(part)).unwrap();
            let expected: Vec<u64> = (0..n).map(|number| number << 40 | number).collect();
            assert_eq!(out, expected, "{limit} {n}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn it_stops_between_two_pieces() {
        let folder = tempfile::tempdir().unwrap();
        let stop = AtomicBool::new(false);
        let mut n_seen = 0;
        let told = row(folder.path(), 10, 1000).for_each_part(&stop, |_| {
            n_seen += 1;
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        assert!(told.unwrap_err().is::<Interrupted>());
        assert_eq!(n_seen, 1);
    }
}
