//! Pairs of a key and a value, on disk when there are many, so that equal keys are found in bounded memory.
//!
//! Enters: pairs in any order. Leaves: parts that hold all pairs of a key together, sorted. The files have no name,
//! so that nothing is left behind however the run ends.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use rayon::prelude::*;

use crate::dataset::parquet::io_error;
use crate::dataset::stop::check_stop;

/// Pairs kept in memory before the disk is used: 32 MB.
const IN_MEMORY: usize = 1 << 21;
/// Parts on disk; of 50 million pairs each then takes some 12 MB.
const PARTS: usize = 64;
/// Bytes gathered per part before they are written.
const BUFFER: usize = 1 << 16;
/// A key and a value of eight bytes each.
const PAIR: usize = 16;

/// A growing set of pairs.
pub struct Spill {
    folder: PathBuf,
    memory: Vec<(u64, u64)>,
    parts: Vec<Part>,
    limit: usize,
}

struct Part {
    file: File,
    buffer: Vec<u8>,
}

impl Spill {
    /// An empty set; `folder` is where its files go when it grows.
    pub fn new(folder: &Path) -> Self {
        Self::with_limit(folder, IN_MEMORY)
    }

    fn with_limit(folder: &Path, limit: usize) -> Self {
        Self { folder: folder.to_path_buf(), memory: Vec::new(), parts: Vec::new(), limit }
    }

    /// Adds pairs.
    pub fn extend(&mut self, pairs: &[(u64, u64)]) -> Result<()> {
        if self.parts.is_empty() && self.memory.len() + pairs.len() <= self.limit {
            self.memory.extend_from_slice(pairs);
            return Ok(());
        }
        if self.parts.is_empty() {
            self.parts = (0..PARTS).map(|_| self.part()).collect::<Result<_>>()?;
            let before = std::mem::take(&mut self.memory);
            self.write(&before)?;
        }
        self.write(pairs)
    }

    fn part(&self) -> Result<Part> {
        let file = tempfile::tempfile_in(&self.folder).map_err(|e| io_error(&e, &self.folder))?;
        Ok(Part { file, buffer: Vec::with_capacity(BUFFER + PAIR) })
    }

    fn write(&mut self, pairs: &[(u64, u64)]) -> Result<()> {
        for (key, value) in pairs {
            // Keys are hashes: their lowest bits spread them evenly.
            let part = &mut self.parts[usize::try_from(*key % PARTS as u64).expect("below 64")];
            part.buffer.extend_from_slice(&key.to_le_bytes());
            part.buffer.extend_from_slice(&value.to_le_bytes());
            if part.buffer.len() >= BUFFER {
                part.flush().map_err(|error| io_error(&error, &self.folder))?;
            }
        }
        Ok(())
    }

    /// Hands on every part, sorted by key and value; pairs with one key are in one part. Fails with `Interrupted` between
    /// two parts once `stop` is set.
    pub fn for_each_part(
        mut self,
        stop: &AtomicBool,
        mut visit: impl FnMut(&[(u64, u64)]),
    ) -> Result<()> {
        self.memory.par_sort_unstable();
        visit(&self.memory);
        self.memory = Vec::new();
        for part in &mut self.parts {
            check_stop(stop)?;
            let mut pairs = part.read().map_err(|error| io_error(&error, &self.folder))?;
            pairs.par_sort_unstable();
            visit(&pairs);
        }
        Ok(())
    }
}

impl Part {
    fn flush(&mut self) -> std::io::Result<()> {
        self.file.write_all(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }

    fn read(&mut self) -> std::io::Result<Vec<(u64, u64)>> {
        self.flush()?;
        self.file.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes)?;
        let number = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
        Ok(bytes.chunks_exact(PAIR).map(|p| (number(&p[..8]), number(&p[8..]))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs as they come out, with the number of parts that held each key.
    fn through(limit: usize, pairs: &[(u64, u64)]) -> Vec<(u64, u64)> {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = Spill::with_limit(folder.path(), limit);
        for batch in pairs.chunks(7) {
            spill.extend(batch).unwrap();
        }
        let mut out = Vec::new();
        let mut keys = std::collections::BTreeSet::new();
        spill
            .for_each_part(&AtomicBool::new(false), |part| {
                assert!(part.is_sorted());
                for group in part.chunk_by(|a, b| a.0 == b.0) {
                    assert!(keys.insert(group[0].0), "one key in two parts");
                }
                out.extend_from_slice(part);
            })
            .unwrap();
        out.sort_unstable();
        out
    }

    #[test]
    fn what_goes_in_comes_out_with_equal_keys_together_on_disk_as_in_memory() {
        let pairs: Vec<(u64, u64)> = (0..20_000u64).map(|n| (n * n % 4099, n)).collect();
        let mut expected = pairs.clone();
        expected.sort_unstable();
        assert_eq!(through(usize::MAX, &pairs), expected);
        assert_eq!(through(100, &pairs), expected);
        assert_eq!(through(0, &[]), []);
    }
}
