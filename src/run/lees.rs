//! Files → dataset: the first walk.
//!
//! One thread cuts a file in blocks while the others type and check them; rows are stored in the order of the
//! files, so that the same input gives the same dataset.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Result, bail};
use rayon::prelude::*;

use crate::checks;
use crate::dataset::manifest::{FileEntry, ReadingAccount, Sum};
use crate::dataset::parquet::Pool;
use crate::dataset::{Dataset, Store};
use crate::region::Region;
use crate::rejects::Reject;
use crate::run::Progress;
use crate::schema::DECLARATIES;
use crate::sources::gather::{Hashed, NothingThere, real};
use crate::sources::input::Input;
use crate::sources::raw::SourceFile;
use crate::sources::rules::{MS002, MS204, MS205, MS206};
use crate::sources::{Aliases, Block, Format, Opened, Reading, gather};
use crate::typing::pseudonym::Key;
use crate::typing::styles::Styles;
use crate::typing::{Finished, Typer, undecided_reject};

/// Small files that are read side by side.
const FILES_PER_BATCH: usize = 256;
/// Blocks typed side by side.
const BLOCKS_PER_BATCH: usize = 2;

/// What reading needs.
pub struct Lees<'a> {
    /// Files and folders as given.
    pub inputs: &'a [PathBuf],
    /// Where the dataset comes.
    pub target: &'a std::path::Path,
    /// The region.
    pub region: &'a Region,
    /// Headings of this folder.
    pub aliases: &'a Aliases,
    /// Table per file given with `--als`: real path → table.
    pub forced: &'a BTreeMap<PathBuf, &'static str>,
    /// The key of the pseudonyms.
    pub key: &'a Key,
    /// Set when the user interrupts.
    pub stop: &'a AtomicBool,
}

/// Reads everything and completes the dataset.
///
/// # Errors
/// When inputs do not exist, the disk refuses, or the user interrupts. Bad rows and files are rejects.
pub fn lees(lees: &Lees<'_>, progress: &mut dyn Progress) -> Result<Dataset> {
    let candidates = gather::gather(lees.inputs)?;
    if candidates.is_empty() {
        bail!(NothingThere(format!("er zijn geen bestanden gevonden in {}", shown(lees.inputs))));
    }
    progress.phase("bestanden bekijken", candidates.len() as u64);
    let is_read = |path: &PathBuf| candidates.iter().any(|one| real(&one.path) == *path);
    if let Some(path) = lees.forced.keys().find(|path| !is_read(path)) {
        bail!(NothingThere(format!(
            "{} (bij --als) is geen bestand dat wordt gelezen",
            path.display()
        )));
    }
    let hashed = gather::hash_all(&candidates);
    let mut store = Store::create(lees.target, &lees.key.mark(), &lees.region.id)?;
    let total = hashed.iter().filter_map(|h| h.file.as_ref().ok()).map(|f| f.bytes).sum();
    progress.phase("lezen en controleren", total);
    let names = crate::typing::gemeente_names(
        lees.region.gemeenten.iter().map(|g| (g.code.as_str(), g.naam.as_str())),
    );
    let mut reader = FileReader {
        lees,
        typer: Typer { key: lees.key, gemeenten: &names },
        store: &mut store,
        progress,
        doubles: Vec::new(),
    };
    reader.read_all(&hashed)?;
    progress.phase("regels over bestanden heen", 0);
    checks::derive(&mut store, lees.region)?;
    check_stop(lees.stop)?;
    store.finish()
}

/// Paths in a sentence.
pub fn shown(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    crate::dutch::list(&names)
}

fn check_stop(stop: &AtomicBool) -> Result<()> {
    if stop.load(Ordering::Relaxed) {
        return Err(crate::run::Interrupted.into());
    }
    Ok(())
}

struct FileReader<'a, 'p> {
    lees: &'a Lees<'a>,
    typer: Typer<'a>,
    store: &'p mut Store,
    progress: &'p mut dyn Progress,
    /// Files with content that was read before, judged when the first has its account.
    doubles: Vec<SourceFile>,
}

impl FileReader<'_, '_> {
    fn read_all(&mut self, hashed: &[Hashed]) -> Result<()> {
        let mut whole: Vec<(&'static Format, Arc<SourceFile>, &Hashed)> = Vec::new();
        let known = self.store.known();
        let mut taken: HashSet<&str> = HashSet::new();
        for one in hashed {
            check_stop(self.lees.stop)?;
            let file = match &one.file {
                Ok(file) => file,
                Err(reason) => {
                    self.refuse_unread(one, reason)?;
                    continue;
                }
            };
            // The same file offered again in the same place is no news; elsewhere it is a double.
            if known.contains_key(&file.sha256) || !taken.insert(&file.sha256) {
                self.doubles.push(file.clone());
                continue;
            }
            match one.format {
                Some(format) if format.whole_file => {
                    whole.push((format, Arc::new(file.clone()), one));
                }
                Some(format) => self.read_blocks(format, &Arc::new(file.clone()), one)?,
                None => self.not_recognised(file)?,
            }
        }
        self.read_whole(&whole)?;
        self.account_doubles()
    }

    fn refuse_unread(&mut self, one: &Hashed, reason: &str) -> Result<()> {
        let path = &one.candidate.shown;
        self.store
            .reject(&[Reject { found: reason.to_owned(), ..Reject::new(&MS206, path, 0) }])?;
        let file = SourceFile { path: path.clone(), sha256: String::new(), bytes: 0 };
        self.remember(&file, Reading::unused("", reason.to_owned()), ReadingAccount::default());
        Ok(())
    }

    fn not_recognised(&mut self, file: &SourceFile) -> Result<()> {
        let (rule, remark) = if file.bytes == 0 {
            (&MS205, MS205.title.to_owned())
        } else {
            (&MS204, "geen tabel en geen iJw-bericht".to_owned())
        };
        self.store
            .reject(&[Reject { found: remark.clone(), ..Reject::new(rule, &file.path, 0) }])?;
        self.remember(file, Reading::unused("", remark), ReadingAccount::default());
        self.progress.advance(file.bytes, 0, 1);
        Ok(())
    }

    /// Reads one large file: a thread cuts it while the blocks before it are typed.
    fn read_blocks(
        &mut self,
        format: &'static Format,
        file: &Arc<SourceFile>,
        one: &Hashed,
    ) -> Result<()> {
        let forced = self.lees.forced.get(&real(&one.candidate.path)).copied();
        let input = Input::File(one.candidate.path.clone());
        let opened = Opened {
            file: Arc::clone(file),
            input: &input,
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
        self.store.end_unit()?;
        let FileState { reading, account, .. } = file_state;
        self.remember(
            file,
            reading.unwrap_or_else(|| Reading::unused(format.name, String::new())),
            account,
        );
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
            let done: Vec<Done> = batch
                .into_par_iter()
                .map(|block| work(&self.typer, block, Some(&styles)))
                .collect();
            for block in done {
                let part = block.n_bytes.min(left);
                left -= part;
                self.progress.advance(
                    part,
                    block.account.gelezen.regels,
                    block.account.afgekeurd.regels,
                );
                self.take(block, state)?;
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

    /// Reads many small files: whole files side by side, stored together.
    fn read_whole(&mut self, files: &[(&'static Format, Arc<SourceFile>, &Hashed)]) -> Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        // The unit is named by what is in it, so that the same files give the same name in any order.
        let all: String = files.iter().map(|(_, file, _)| file.sha256.as_str()).collect();
        self.store.begin_unit(&format!("berichten_{}", short_hash(&all)))?;
        for batch in files.chunks(FILES_PER_BATCH) {
            check_stop(self.lees.stop)?;
            let (typer, aliases) = (&self.typer, self.lees.aliases);
            let read = |(format, file, one): &(&'static Format, Arc<SourceFile>, &Hashed)| {
                read_one(typer, aliases, format, file, one)
            };
            let done: Vec<Result<Vec<Done>>> = batch.par_iter().map(read).collect();
            let mut frames: BTreeMap<&'static str, Pool> = BTreeMap::new();
            for ((_, file, _), blocks) in batch.iter().zip(done) {
                let mut state = FileState::default();
                for block in blocks? {
                    self.progress.advance(
                        0,
                        block.account.gelezen.regels,
                        block.account.afgekeurd.regels,
                    );
                    self.pool(block, &mut state, &mut frames)?;
                }
                self.progress.advance(file.bytes, 0, 0);
                let reading =
                    state.reading.unwrap_or_else(|| Reading::unused("iJw", String::new()));
                self.remember(file, reading, state.account);
            }
            for (table, pool) in frames {
                self.store.append(table, &pool.into_frame())?;
            }
        }
        self.store.end_unit()
    }

    fn take(&mut self, block: Done, state: &mut FileState) -> Result<()> {
        self.store.reject(&block.rejects)?;
        for (table, finished) in &block.tables {
            self.store.append(table, &finished.accepted)?;
        }
        state.take(block);
        Ok(())
    }

    fn pool(
        &mut self,
        mut block: Done,
        state: &mut FileState,
        frames: &mut BTreeMap<&'static str, Pool>,
    ) -> Result<()> {
        self.store.reject(&block.rejects)?;
        for (table, finished) in block.tables.drain(..) {
            frames.entry(table).or_default().add(finished.accepted)?;
        }
        state.take(block);
        Ok(())
    }

    fn remember(&mut self, file: &SourceFile, lezing: Reading, account: ReadingAccount) {
        self.store.manifest.bestanden.push(FileEntry {
            pad: file.path.clone(),
            sha256: file.sha256.clone(),
            bytes: file.bytes,
            lezing,
            account,
            dubbel_van: String::new(),
        });
    }

    /// A file with content that was read before: all its rows are double, to the cent.
    fn account_doubles(&mut self) -> Result<()> {
        let known = self.store.known();
        for file in std::mem::take(&mut self.doubles) {
            let Some(first) = known.get(&file.sha256).cloned() else { continue };
            if first.pad == file.path || self.is_known_double(&file) {
                continue;
            }
            let reject = Reject { found: first.pad.clone(), ..Reject::new(&MS002, &file.path, 0) };
            self.store.reject(&[reject])?;
            let account = ReadingAccount {
                gelezen: first.account.gelezen,
                dubbel: Sum {
                    regels: first.account.gelezen.regels - first.account.without_data(),
                    bedrag_ct: first.account.gelezen.bedrag_ct,
                },
                blanco: first.account.blanco,
                totaalregels: first.account.totaalregels,
                koppen: first.account.koppen,
                ..ReadingAccount::default()
            };
            self.store.manifest.bestanden.push(FileEntry {
                pad: file.path.clone(),
                account,
                dubbel_van: first.pad.clone(),
                ..first
            });
            self.progress.advance(file.bytes, 0, 0);
        }
        Ok(())
    }

    fn is_known_double(&self, file: &SourceFile) -> bool {
        self.store.manifest.bestanden.iter().any(|e| e.pad == file.path && e.sha256 == file.sha256)
    }
}

fn read_one(
    typer: &Typer<'_>,
    aliases: &Aliases,
    format: &'static Format,
    file: &Arc<SourceFile>,
    one: &Hashed,
) -> Result<Vec<Done>> {
    let input = Input::File(one.candidate.path.clone());
    let opened = Opened { file: Arc::clone(file), input: &input, aliases, table: None };
    let mut out = Vec::new();
    (format.read)(&opened, &mut |block| {
        out.push(work(typer, block, None));
        Ok(())
    })?;
    Ok(out)
}

fn send(sender: &SyncSender<Block>, block: Block) -> Result<()> {
    // The other side is gone only after it failed itself, and then its own error is the one to show.
    sender.send(block).map_err(|_| anyhow::anyhow!("het lezen is gestopt"))
}

fn short_hash(text: &str) -> String {
    use sha2::Digest as _;
    gather::to_hex(&sha2::Sha256::digest(text.as_bytes())[..8])
}

/// What is gathered about one file.
#[derive(Default)]
struct FileState {
    reading: Option<Reading>,
    account: ReadingAccount,
    styles: Option<Styles>,
}

impl FileState {
    fn take(&mut self, block: Done) {
        self.account.add(&block.account);
        if let Some(reading) = block.reading {
            self.reading = Some(reading);
        }
    }
}

/// A block after typing and the rules on single rows.
struct Done {
    tables: Vec<(&'static str, Finished)>,
    rejects: Vec<Reject>,
    account: ReadingAccount,
    reading: Option<Reading>,
    n_bytes: u64,
}

/// Types and checks one block; pure, so that blocks can be done side by side.
fn work(typer: &Typer<'_>, block: Block, styles: Option<&Styles>) -> Done {
    let mut account = ReadingAccount {
        gelezen: Sum { regels: block.counts.rows, bedrag_ct: 0 },
        aanvaard: Sum::default(),
        afgekeurd: Sum { regels: block.counts.rejected, bedrag_ct: block.counts.rejected_ct },
        onleesbaar_bedrag: block.counts.rejected_unreadable,
        dubbel: Sum::default(),
        blanco: block.counts.blank,
        totaalregels: block.counts.totals,
        koppen: block.counts.headings,
    };
    let mut reading = block.reading;
    let mut rejects = block.rejects;
    let mut tables = Vec::new();
    let mut read_ct = block.counts.rejected_ct;
    let mut n_bytes = 0;
    for raw in &block.tables {
        let own = Styles::decide_if_absent(styles, raw);
        if let Some(reading) = &mut reading {
            reading.styles = own.describe(&raw.headings);
        }
        n_bytes += (raw.n_bytes() + raw.n_rows() * raw.headings.len()) as u64;
        let mut finished = checks::rows(typer.type_block(raw, &own)).finish();
        rejects.append(&mut finished.rejects);
        account
            .aanvaard
            .add(Sum { regels: finished.n_accepted(), bedrag_ct: finished.accepted_ct });
        account.afgekeurd.add(Sum { regels: finished.n_rejected, bedrag_ct: finished.rejected_ct });
        account.onleesbaar_bedrag += finished.unreadable;
        if raw.table.name == DECLARATIES.name {
            read_ct += finished.accepted_ct + finished.rejected_ct;
        }
        tables.push((raw.table.name, finished));
    }
    // Messages are added up by their reader as well, which makes the account a check between two readings.
    account.gelezen.bedrag_ct = block.counts.read_ct.unwrap_or(read_ct);
    Done { tables, rejects, account, reading, n_bytes }
}
