//! One large file: a thread cuts it in blocks while the blocks before it are typed and checked.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Result, bail};
use rayon::prelude::*;

use super::FileReader;
use super::whole::cuts_off;
use super::work::{Done, FileState, work};
use crate::dataset::encode::{Encoded, encode};
use crate::run::check_stop;
use crate::schema::DECLARATIES;
use crate::sources::gather::{Hashed, real};
use crate::sources::raw::SourceFile;
use crate::sources::{Block, Format, Opened, Reading};
use crate::typing::styles::Styles;
use crate::typing::undecided_reject;

/// Blocks typed side by side.
const BLOCKS_PER_BATCH: usize = 2;

impl FileReader<'_, '_> {
    /// Reads one large file: a thread cuts it while the blocks before it are typed.
    pub(super) fn read_blocks(
        &mut self,
        format: &'static Format,
        file: &Arc<SourceFile>,
        one: &Hashed,
    ) -> Result<()> {
        let forced = self.lees.forced.get(&real(&one.candidate.path)).copied();
        let opened = Opened {
            file: Arc::clone(file),
            input: &one.input,
            aliases: self.lees.aliases,
            table: forced,
        };
        self.store.begin_unit(file.bron())?;
        let mut file_state = FileState::default();
        std::thread::scope(|scope| -> Result<()> {
            let (sender, receiver) = sync_channel::<Block>(BLOCKS_PER_BATCH);
            let opened = &opened;
            let cutter =
                scope.spawn(move || (format.read)(opened, &mut |block| send(&sender, block)));
            let typed = self.type_blocks(&receiver, &mut file_state, file.bytes);
            // A full channel would keep the cutter waiting for ever.
            drop(receiver);
            let cut =
                cutter.join().unwrap_or_else(|_| bail!("het lezen van {} is gestopt", file.path));
            typed.and(cut)
        })?;
        let broken = self.broken(one, &file_state);
        match &broken {
            None => self.store.end_unit()?,
            Some((rule, found)) => {
                self.store.discard_unit()?;
                self.refuse_whole(file, rule, found, &mut file_state)?;
            }
        }
        let FileState { reading, account, .. } = file_state;
        let reading = reading.unwrap_or_else(|| Reading::unused(format.name, String::new()));
        self.remember_as(file, broken.is_none(), reading, account);
        Ok(())
    }

    fn type_blocks(
        &mut self,
        receiver: &Receiver<Block>,
        state: &mut FileState,
        bytes: u64,
    ) -> Result<()> {
        let mut left = bytes;
        while let Ok(first) = receiver.recv() {
            check_stop(self.lees.stop)?;
            let mut batch = vec![first];
            batch.extend(receiver.try_iter().take(BLOCKS_PER_BATCH - 1));
            if state.styles.is_none()
                && let Some(raw) = batch[0].tables.first()
            {
                let styles = Styles::decide(raw);
                if let Some(index) = styles.undecided() {
                    return self.refuse_undecided(receiver, batch, index, state);
                }
                state.styles = Some(styles);
            }
            let styles = state.styles.clone().unwrap_or(Styles { columns: Vec::new() });
            let typer = &self.typer;
            let one = |block| ready(work(typer, block, Some(&styles)));
            let done: Vec<Result<Ready>> = batch.into_par_iter().map(one).collect();
            for ready in done {
                let Ready { block, tables } = ready?;
                let part = block.n_bytes.min(left);
                left -= part;
                self.progress.advance(
                    part,
                    block.account.gelezen.regels,
                    block.account.afgekeurd.regels,
                );
                self.take(block, &tables, state)?;
            }
        }
        Ok(())
    }

    /// A file whose numbers can be read two ways is refused whole; its rows are still counted.
    fn refuse_undecided(
        &mut self,
        receiver: &Receiver<Block>,
        mut batch: Vec<Block>,
        index: usize,
        state: &mut FileState,
    ) -> Result<()> {
        let raw = batch[0].tables.first();
        let is_money = raw.is_some_and(|raw| raw.table.name == DECLARATIES.name);
        let reject = raw.map(|raw| undecided_reject(raw, index));
        self.store.reject(reject.as_slice())?;
        batch.extend(receiver.iter());
        for block in batch {
            let counts = block.counts;
            let data = counts.rows - counts.blank - counts.totals - counts.headings;
            state.account.gelezen.regels += counts.rows;
            state.account.blanco += counts.blank;
            state.account.totaalregels += counts.totals;
            state.account.koppen += counts.headings;
            state.account.afgekeurd.regels += data;
            if is_money {
                state.account.onleesbaar_bedrag += data;
            }
            self.store.reject(&block.rejects)?;
            state.reading = state.reading.take().or(block.reading);
        }
        Ok(())
    }

    fn take(&mut self, block: Done, tables: &[Table], state: &mut FileState) -> Result<()> {
        state.is_cut_off |= block.rejects.iter().any(cuts_off);
        self.store.reject(&block.rejects)?;
        for (table, rows) in tables {
            self.store.append(table, rows)?;
        }
        state.take(block);
        Ok(())
    }
}

/// Accepted rows of one table, ready to be written.
type Table = (&'static str, Encoded);

/// A block after all work but the writing.
struct Ready {
    block: Done,
    tables: Vec<Table>,
}

fn ready(mut block: Done) -> Result<Ready> {
    let tables = std::mem::take(&mut block.tables);
    let encoded =
        tables.into_iter().map(|(table, finished)| Ok((table, encode(&finished.accepted)?)));
    Ok(Ready { tables: encoded.collect::<Result<_>>()?, block })
}

fn send(sender: &SyncSender<Block>, block: Block) -> Result<()> {
    // The other side is gone only after it failed itself, and then its own error is the one to show.
    sender.send(block).map_err(|_| anyhow::anyhow!("het lezen is gestopt"))
}
