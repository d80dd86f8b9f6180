//! Many small files: whole files side by side, their rows stored together.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;

use super::FileReader;
use super::whole::cuts_off;
use super::work::{Done, FileState, work};
use crate::dataset::encode::encode;
use crate::dataset::parquet::Pool;
use crate::run::check_stop;
use crate::sources::gather;
use crate::sources::hashed::Hashed;
use crate::sources::raw::SourceFile;
use crate::sources::{Aliases, Format, Opened, Reading};
use crate::typing::Typer;

/// Files that are read side by side, at most.
const FILES_PER_BATCH: usize = 256;

/// A batch takes no further file when it has this many bytes: all its rows are in memory until the last file is read.
const BYTES_PER_BATCH: u64 = 128 << 20;

/// A small file with its format and where it lies.
pub(super) type Small<'h> = (&'static Format, Arc<SourceFile>, &'h Hashed);

/// Rows of a batch, per table.
#[derive(Default)]
struct Frames {
    accepted: BTreeMap<&'static str, Pool>,
    rejected: BTreeMap<&'static str, Pool>,
}

impl FileReader<'_, '_> {
    /// Reads many small files: whole files side by side, stored together.
    pub(super) fn read_whole(&mut self, files: &[Small<'_>]) -> Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        // The unit is named by what is in it, so that the same files give the same name in any order.
        let all: String = files.iter().map(|(_, file, _)| file.sha256.as_str()).collect();
        self.store.begin_unit(&format!("berichten_{}", short_hash(&all)))?;
        for batch in batches(files, |(_, file, _)| file.bytes) {
            check_stop(self.lees.stop)?;
            let (typer, aliases) = (&self.typer, self.lees.aliases);
            let read =
                |(format, file, one): &Small<'_>| read_one(typer, aliases, format, file, one);
            let done: Vec<Result<Vec<Done>>> = batch.par_iter().map(read).collect();
            let mut frames = Frames::default();
            for ((_, file, one), blocks) in batch.iter().zip(done) {
                let mut state = FileState::default();
                let broken = self.broken(one, &state);
                for mut block in blocks? {
                    if broken.is_some() {
                        block.tables.clear();
                        block.rejects.retain(cuts_off);
                    }
                    self.progress.advance(
                        0,
                        block.account.gelezen.regels,
                        block.account.afgekeurd.regels,
                    );
                    self.pool(block, &mut state, &mut frames)?;
                }
                self.progress.advance(file.bytes, 0, 0);
                if let Some((rule, found)) = &broken {
                    self.refuse_whole(file, rule, found, &mut state)?;
                }
                let reading = state.reading.take();
                let reading = reading.unwrap_or_else(|| Reading::unused("iJw", String::new()));
                self.remember_as(file, broken.is_none(), reading, state.account);
            }
            for (table, pool) in frames.accepted {
                self.store.append(table, &encode(&pool.into_frame())?)?;
            }
            for (table, pool) in frames.rejected {
                self.store.append_rejected(table, &encode(&pool.into_frame())?)?;
            }
        }
        self.store.end_unit()
    }

    fn pool(&mut self, mut block: Done, state: &mut FileState, frames: &mut Frames) -> Result<()> {
        self.store.reject_in(&block.bron, &block.rejects)?;
        for (table, finished) in block.tables.drain(..) {
            frames.accepted.entry(table).or_default().add(finished.accepted)?;
            if finished.rejected.height() > 0 {
                frames.rejected.entry(table).or_default().add(finished.rejected)?;
            }
        }
        let bron = block.bron.clone();
        let findings = state.take(block);
        self.store.reject_in(&bron, &findings)
    }
}

/// Files in batches of a bounded number and size; a file that is larger by itself is a batch of its own.
fn batches<T>(files: &[T], bytes_of: impl Fn(&T) -> u64) -> Vec<&[T]> {
    let mut out = Vec::new();
    let mut rest = files;
    while !rest.is_empty() {
        let mut bytes = 0;
        let has_room = |file: &&T| {
            let before = bytes;
            bytes += bytes_of(file);
            before < BYTES_PER_BATCH
        };
        let n = rest.iter().take(FILES_PER_BATCH).take_while(has_room).count();
        let (batch, left) = rest.split_at(n);
        out.push(batch);
        rest = left;
    }
    out
}

fn read_one(
    typer: &Typer<'_>,
    aliases: &Aliases,
    format: &'static Format,
    file: &Arc<SourceFile>,
    one: &Hashed,
) -> Result<Vec<Done>> {
    let opened = Opened { file: Arc::clone(file), input: &one.input, aliases, table: None };
    let mut out = Vec::new();
    (format.read)(&opened, &mut |block| {
        out.push(work(typer, block, None, None));
        Ok(())
    })?;
    Ok(out)
}

fn short_hash(text: &str) -> String {
    use sha2::Digest as _;
    gather::to_hex(&sha2::Sha256::digest(text.as_bytes())[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(files: &[u64]) -> Vec<usize> {
        batches(files, |bytes| *bytes).iter().map(|batch| batch.len()).collect()
    }

    #[test]
    fn a_batch_is_bounded_in_files_and_in_bytes_and_every_file_is_in_one() {
        assert_eq!(sizes(&[]), [0; 0]);
        assert_eq!(sizes(&[1; 600]), [256, 256, 88]);
        // The third finds 120 MB and still fits, the fourth does not.
        assert_eq!(sizes(&[60 << 20; 7]), [3, 3, 1]);
        assert_eq!(sizes(&[500 << 20, 500 << 20, 1]), [1, 1, 1]);
    }
}
