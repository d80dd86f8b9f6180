//! One large file: a thread cuts it in blocks while the blocks before it are typed and checked.
//!
//! A file whose values contradict how it is being read is begun again, once, after all of it was looked at.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Result, bail};
use rayon::prelude::*;

use super::FileReader;
use super::stijlen::{FileStyles, Place};
use super::whole::cuts_off;
use super::work::{Done, FileState, work};
use crate::dataset::encode::{Encoded, encode};
use crate::run::{Progress, check_stop};
use crate::schema::DECLARATIES;
use crate::sources::gather::real;
use crate::sources::hashed::Hashed;
use crate::sources::raw::SourceFile;
use crate::sources::{Block, Format, Opened, Reading};
use crate::typing::styles::Frozen;

/// Blocks typed side by side.
const BLOCKS_PER_BATCH: usize = 2;

/// How reading a file went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// To its end.
    Read,
    /// Until something contradicted how it was read.
    Contradicted,
    /// Until it turned out to hold mended rows, which are for after all other files.
    Postponed,
}

/// What was told of a file that is being read; a file that is begun again is not told twice.
struct Meter {
    bytes_left: u64,
    shown: (u64, u64),
    now: (u64, u64),
}

impl Meter {
    fn new(bytes: u64) -> Self {
        Self { bytes_left: bytes, shown: (0, 0), now: (0, 0) }
    }

    fn again(&mut self) {
        self.now = (0, 0);
    }

    fn tell(&mut self, progress: &mut dyn Progress, block: &Done) {
        let part = block.n_bytes.min(self.bytes_left);
        self.bytes_left -= part;
        self.now.0 += block.account.gelezen.regels;
        self.now.1 += block.account.afgekeurd.regels;
        let more = |now: u64, shown: u64| now.saturating_sub(shown);
        progress.advance(part, more(self.now.0, self.shown.0), more(self.now.1, self.shown.1));
        self.shown = (self.now.0.max(self.shown.0), self.now.1.max(self.shown.1));
    }
}

impl FileReader<'_, '_> {
    /// Reads one large file: a thread cuts it while the blocks before it are typed. One with mended rows is left alone
    /// until the rows they mend are known.
    pub(super) fn read_blocks(
        &mut self,
        format: &'static Format,
        file: &Arc<SourceFile>,
        one: &Hashed,
    ) -> Result<Pass> {
        let forced = self.lees.forced.get(&real(&one.candidate.path)).copied();
        let aliases = self.lees.aliases;
        let opened = Opened { file: Arc::clone(file), input: &one.input, aliases, table: forced };
        self.store.begin_unit(file.bron())?;
        let (pass, mut state) = self.read_through(format, &opened)?;
        if pass == Pass::Postponed {
            self.store.abandon_unit()?;
            return Ok(pass);
        }
        let broken = self.broken(one, &state);
        if let Some((rule, found)) = &broken {
            // Of a file that does not count only that is told, and not what was wrong with its rows.
            self.store.abandon_unit()?;
            self.store.reject_in(file.bron(), &state.cut_off)?;
            self.refuse_whole(file, rule, found, &mut state)?;
        } else {
            self.store.reject_in(file.bron(), &state.styles.notes())?;
            self.store.reject_in(file.bron(), state.honderd.judge(&file.path).as_slice())?;
            self.store.end_unit()?;
            self.store.vervang(std::mem::take(&mut state.overgenomen.vervangingen));
        }
        let FileState { reading, account, per_tabel, styles, .. } = state;
        let mut reading = reading.unwrap_or_else(|| Reading::unused(format.name, String::new()));
        reading.styles = styles.describe();
        self.remember_as(file, broken.is_none(), reading, account);
        if let Some(entry) = self.store.manifest.bestanden.last_mut() {
            entry.stijl = styles.freezable();
            entry.is_herstel = self.herstel.is_some();
            if per_tabel.len() > 1 {
                let named = per_tabel.into_iter().map(|(table, of)| (table.to_owned(), of));
                entry.per_tabel = named.collect();
            }
        }
        Ok(pass)
    }

    /// Reads a file, and once more when it contradicts how it was read.
    fn read_through(
        &mut self,
        format: &'static Format,
        opened: &Opened<'_>,
    ) -> Result<(Pass, FileState)> {
        let mut state = FileState::default();
        let mut meter = Meter::new(opened.file.bytes);
        let mut pass = self.pass(format, opened, &mut state, &mut meter)?;
        if pass == Pass::Contradicted {
            self.store.abandon_unit()?;
            meter.again();
            state = FileState { styles: self.look(format, opened)?, ..FileState::default() };
            pass = self.pass(format, opened, &mut state, &mut meter)?;
        }
        Ok((pass, state))
    }

    /// Reads a file to its end, or until it turns out to be written otherwise than it is read.
    fn pass(
        &mut self,
        format: &'static Format,
        opened: &Opened<'_>,
        state: &mut FileState,
        meter: &mut Meter,
    ) -> Result<Pass> {
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel::<Block>(BLOCKS_PER_BATCH);
            let cutter =
                scope.spawn(move || (format.read)(opened, &mut |block| send(&sender, block)));
            let typed = match state.styles.undecided() {
                Some(reject) => {
                    self.store.reject_in(opened.file.bron(), &[reject])?;
                    self.refuse_all(&receiver, state)
                }
                None => self.type_blocks(&receiver, state, meter),
            };
            // A full channel would keep the cutter waiting for ever.
            drop(receiver);
            let cut = cutter
                .join()
                .unwrap_or_else(|_| bail!("het lezen van {} is gestopt", opened.file.path));
            match typed {
                Ok(Pass::Read) => cut.map(|()| Pass::Read),
                // The cutter was stopped by us, and says so.
                other => other,
            }
        })
    }

    /// Looks at a whole file for what it says about its styles, and decides on all of it.
    fn look(&self, format: &'static Format, opened: &Opened<'_>) -> Result<FileStyles> {
        let mut styles = FileStyles::default();
        (format.read)(opened, &mut |block| {
            check_stop(self.lees.stop)?;
            block.tables.iter().for_each(|raw| styles.look(raw));
            Ok(())
        })?;
        styles.settle(&self.frozen());
        Ok(styles)
    }

    fn frozen(&self) -> Frozen<'_> {
        Frozen { opdrachten: self.lees.stijlen, leveranciers: &self.lees.region.leveranciers }
    }

    fn type_blocks(
        &mut self,
        receiver: &Receiver<Block>,
        state: &mut FileState,
        meter: &mut Meter,
    ) -> Result<Pass> {
        while let Ok(first) = receiver.recv() {
            check_stop(self.lees.stop)?;
            let mut batch = vec![first];
            batch.extend(receiver.try_iter().take(BLOCKS_PER_BATCH - 1));
            let mut tables = batch.iter().flat_map(|block| &block.tables);
            if self.herstel.is_none() && tables.any(|raw| raw.origin().is_some()) {
                return Ok(Pass::Postponed);
            }
            let frozen = self.frozen();
            let placed: Vec<Placed> = batch
                .into_iter()
                .map(|block| {
                    let places =
                        block.tables.iter().map(|raw| state.styles.meet(raw, &frozen)).collect();
                    (block, places)
                })
                .collect();
            if state.styles.is_open() {
                return Ok(Pass::Contradicted);
            }
            let done = self.work_all(placed, state);
            for ready in done {
                let Ready { block, tables } = ready?;
                let mut is_contradicted = false;
                for (place, seen) in &block.seen {
                    is_contradicted |= state.styles.note(*place, seen);
                }
                if is_contradicted {
                    return Ok(Pass::Contradicted);
                }
                meter.tell(self.progress, &block);
                self.take(block, &tables, state)?;
            }
        }
        Ok(Pass::Read)
    }

    /// Types and checks blocks side by side; those with mended rows one by one, for which row mends what depends on the
    /// rows before it.
    fn work_all(&self, placed: Vec<Placed>, state: &mut FileState) -> Vec<Result<Ready>> {
        let FileState { styles, overgenomen, .. } = state;
        let (typer, styles) = (&self.typer, &*styles);
        let Some(herstel) = &self.herstel else {
            let one =
                |(block, places): Placed| ready(work(typer, block, Some((styles, &places)), None));
            return placed.into_par_iter().map(one).collect();
        };
        let one = |(block, places): Placed| {
            let herstel = Some((herstel, &mut *overgenomen));
            ready(work(typer, block, Some((styles, &places)), herstel))
        };
        placed.into_iter().map(one).collect()
    }

    /// A file whose numbers can be read two ways is refused whole; its rows are still counted.
    fn refuse_all(&mut self, receiver: &Receiver<Block>, state: &mut FileState) -> Result<Pass> {
        for block in receiver {
            check_stop(self.lees.stop)?;
            let counts = block.counts;
            let is_money = block.tables.iter().any(|raw| raw.table.name == DECLARATIES.name);
            let data = counts.rows - counts.blank - counts.totals - counts.headings;
            state.account.gelezen.regels += counts.rows;
            state.account.blanco += counts.blank;
            state.account.totaalregels += counts.totals;
            state.account.koppen += counts.headings;
            state.account.afgekeurd.regels += data;
            if is_money {
                state.account.onleesbaar_bedrag += data;
            }
            self.store.reject_in(block.bron(), &block.rejects)?;
            state.reading = state.reading.take().or(block.reading);
        }
        Ok(Pass::Read)
    }

    fn take(&mut self, block: Done, tables: &[Table], state: &mut FileState) -> Result<()> {
        state.cut_off.extend(block.rejects.iter().filter(|reject| cuts_off(reject)).cloned());
        self.store.reject_in(&block.bron, &block.rejects)?;
        for Table { name, accepted, rejected } in tables {
            self.store.append(name, accepted)?;
            if let Some(rejected) = rejected {
                self.store.append_rejected(name, rejected)?;
            }
        }
        let bron = block.bron.clone();
        let findings = state.take(block);
        self.store.reject_in(&bron, &findings)
    }
}

/// A block with where its styles are.
type Placed = (Block, Vec<Place>);

/// Rows of one table, ready to be written.
struct Table {
    name: &'static str,
    accepted: Encoded,
    /// `None` when no row left.
    rejected: Option<Encoded>,
}

/// A block after all work but the writing.
struct Ready {
    block: Done,
    tables: Vec<Table>,
}

fn ready(mut block: Done) -> Result<Ready> {
    let tables = std::mem::take(&mut block.tables);
    let encoded = tables.into_iter().map(|(name, finished)| {
        let has_rejected = finished.rejected.height() > 0;
        let rejected = has_rejected.then(|| encode(&finished.rejected)).transpose()?;
        Ok(Table { name, accepted: encode(&finished.accepted)?, rejected })
    });
    Ok(Ready { tables: encoded.collect::<Result<_>>()?, block })
}

fn send(sender: &SyncSender<Block>, block: Block) -> Result<()> {
    // The other side is gone only after it failed itself, and then its own error is the one to show.
    sender.send(block).map_err(|_| anyhow::anyhow!("het lezen is gestopt"))
}
