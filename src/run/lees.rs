//! Files → dataset: the first walk.
//!
//! One thread cuts a file in blocks while the others type and check them; rows are stored in the order of the
//! files, so that the same input gives the same dataset.

mod blocks;
mod many;
mod stijlen;
mod whole;
mod work;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Result, bail};

use self::blocks::Pass;
use self::many::Small;
use crate::checks;
use crate::checks::herstel::Herstel;
use crate::dataset::manifest::{FileEntry, Opdracht as Gezegd, ReadingAccount, Sum};
use crate::dataset::{Dataset, Store};
use crate::region::Region;
use crate::region::stijl::Opdracht;
use crate::rejects::Reject;
use crate::run::{Progress, check_stop};
use crate::sources::archive::Refusal;
use crate::sources::gather::{Candidate, NothingThere, real};
use crate::sources::hashed::{Hashed, hash_all};
use crate::sources::raw::SourceFile;
use crate::sources::rules::{MS002, MS204, MS205, MS246};
use crate::sources::stamp::Stamps;
use crate::sources::{Aliases, Reading, gather};
use crate::typing::Typer;
use crate::typing::pseudonym::Key;

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
    /// Notations given with `--stijl`.
    pub stijlen: &'a [Opdracht],
    /// The key of the pseudonyms.
    pub key: &'a Key,
    /// Set when the user interrupts.
    pub stop: &'a AtomicBool,
}

/// Reads everything and completes the dataset.
///
/// # Errors
/// When inputs do not exist, another run has the dataset, the disk refuses, or the user interrupts. Bad rows and files are rejects.
pub fn lees(lees: &Lees<'_>, progress: &mut dyn Progress) -> Result<Dataset> {
    lees_deze(lees, &gather::gather(lees.inputs)?, progress)
}

/// The same for files that were found already, each under the name that is to be shown.
///
/// # Errors
/// As [`lees`].
pub fn lees_deze(
    lees: &Lees<'_>,
    candidates: &[Candidate],
    progress: &mut dyn Progress,
) -> Result<Dataset> {
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
    let is_for = |one: &&Opdracht| candidates.iter().any(|file| one.geldt_voor(&file.shown));
    if let Some(one) = lees.stijlen.iter().find(|one| !is_for(one)) {
        bail!(NothingThere(format!(
            "bij --stijl {} hoort geen bestand dat wordt gelezen; controleer de naam voor de dubbele punt",
            one.tekst
        )));
    }
    // Before the long work: when another run has this dataset, the user should know at once.
    let mut store = Store::create(lees.target, &lees.key.mark(), &lees.region.id)?;
    store.manifest.opdracht.add(opdracht(lees, candidates));
    let stamps = Stamps::of(candidates);
    let hashed = hash_all(candidates, lees.stop);
    check_stop(lees.stop)?;
    let total = hashed.iter().filter_map(|h| h.file.as_ref().ok()).map(|f| f.bytes).sum();
    progress.phase("lezen en controleren", total);
    let names = crate::typing::gemeente_names(lees.region.gemeente_names());
    let mut reader = FileReader {
        lees,
        typer: Typer { key: lees.key, gemeenten: &names },
        store: &mut store,
        progress,
        doubles: Vec::new(),
        stamps,
        herstel: None,
    };
    reader.read_all(&hashed)?;
    progress.phase("regels over bestanden heen", 0);
    checks::derive(&mut store, lees.region, lees.stop)?;
    check_stop(lees.stop)?;
    store.finish()
}

/// What was said about reading these files beside the region.
fn opdracht(lees: &Lees<'_>, candidates: &[Candidate]) -> Gezegd {
    let mut kolommen = BTreeMap::new();
    for (table, columns) in lees.aliases {
        let of_region = lees.region.aliases.get(table);
        let is_own = |(kop, kolom): &(&String, &String)| {
            of_region.and_then(|known| known.get(*kop)) != Some(*kolom)
        };
        let own: BTreeMap<String, String> = columns
            .iter()
            .filter(is_own)
            .map(|(kop, kolom)| (kop.clone(), kolom.clone()))
            .collect();
        if !own.is_empty() {
            kolommen.insert(table.clone(), own);
        }
    }
    let als = candidates.iter().filter_map(|one| {
        Some((one.shown.clone(), (*lees.forced.get(&real(&one.path))?).to_owned()))
    });
    let stijl = lees.stijlen.iter().map(|one| one.tekst.clone());
    Gezegd { als: als.collect(), kolommen, stijl: stijl.collect() }
}

/// Paths in a sentence.
pub fn shown(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    crate::dutch::list(&names)
}

struct FileReader<'a, 'p> {
    lees: &'a Lees<'a>,
    typer: Typer<'a>,
    store: &'p mut Store,
    progress: &'p mut dyn Progress,
    /// Files with content that was read before, judged when the first has its account.
    doubles: Vec<SourceFile>,
    /// What the files were before they were hashed.
    stamps: Stamps,
    /// The rejected rows; known when all files without mended rows were read.
    herstel: Option<Herstel>,
}

impl FileReader<'_, '_> {
    fn read_all(&mut self, hashed: &[Hashed]) -> Result<()> {
        let mut whole: Vec<Small<'_>> = Vec::new();
        let mut mended: Vec<Small<'_>> = Vec::new();
        self.store.forget_unread(hashed.iter().map(|one| one.candidate.shown.as_str()))?;
        let known = self.store.known();
        let mut taken: HashSet<&str> = HashSet::new();
        for one in hashed {
            check_stop(self.lees.stop)?;
            let file = match &one.file {
                Ok(file) => file,
                Err(refusal) => {
                    self.refuse_unread(one, refusal)?;
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
                Some(format) => {
                    let file = Arc::new(file.clone());
                    if self.read_blocks(format, &file, one)? == Pass::Postponed {
                        mended.push((format, file, one));
                    }
                }
                None => self.not_recognised(file)?,
            }
        }
        self.read_whole(&whole)?;
        if !mended.is_empty() {
            // Lines that rules across files reject can be mended too.
            checks::derive(self.store, self.lees.region, self.lees.stop)?;
        }
        for (format, file, one) in &mended {
            check_stop(self.lees.stop)?;
            // What the file before it mended and what was rejected of that counts too.
            self.herstel = Some(Herstel::load(self.store, self.lees.stop)?);
            self.read_blocks(format, file, one)?;
        }
        self.account_doubles()
    }

    fn refuse_unread(&mut self, one: &Hashed, refusal: &Refusal) -> Result<()> {
        let path = &one.candidate.shown;
        let Refusal { rule, reason } = refusal;
        self.store.reject(&[Reject { found: reason.clone(), ..Reject::new(rule, path, 0) }])?;
        let remark = if reason.is_empty() { rule.title.to_owned() } else { reason.clone() };
        let file = SourceFile { path: path.clone(), sha256: String::new(), bytes: 0 };
        self.remember(&file, Reading::unused("", remark), ReadingAccount::default());
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

    fn remember(&mut self, file: &SourceFile, lezing: Reading, account: ReadingAccount) {
        self.store.manifest.bestanden.push(FileEntry {
            pad: file.path.clone(),
            sha256: file.sha256.clone(),
            bytes: file.bytes,
            lezing,
            account,
            per_tabel: BTreeMap::new(),
            dubbel_van: String::new(),
            stijl: BTreeMap::new(),
            hersteld: BTreeMap::new(),
            hersteld_kruis: Sum::default(),
            is_herstel: false,
        });
    }

    /// A file with content that was read before: all its rows are double, to the cent.
    fn account_doubles(&mut self) -> Result<()> {
        let known = self.store.known();
        for file in std::mem::take(&mut self.doubles) {
            let Some(first) = known.get(&file.sha256).cloned() else {
                self.refuse_double(&file)?;
                continue;
            };
            if first.pad == file.path || self.is_known_double(&file) {
                continue;
            }
            let reject = Reject { found: first.pad.clone(), ..Reject::new(&MS002, &file.path, 0) };
            self.store.reject(&[reject])?;
            let per_tabel = first.per_tabel.iter();
            let per_tabel = per_tabel.map(|(table, account)| (table.clone(), account.as_double()));
            self.store.manifest.bestanden.push(FileEntry {
                pad: file.path.clone(),
                account: first.account.as_double(),
                per_tabel: per_tabel.collect(),
                dubbel_van: first.pad.clone(),
                hersteld: BTreeMap::new(),
                hersteld_kruis: Sum::default(),
                ..first
            });
            self.progress.advance(file.bytes, 0, 0);
        }
        Ok(())
    }

    /// The file with the same content was refused while it was read, so that this one stands for nothing either.
    fn refuse_double(&mut self, file: &SourceFile) -> Result<()> {
        let found = "een bestand met dezelfde inhoud is niet heel gelezen".to_owned();
        self.store
            .reject(&[Reject { found: found.clone(), ..Reject::new(&MS246, &file.path, 0) }])?;
        let unread = SourceFile { sha256: String::new(), ..file.clone() };
        self.remember(&unread, Reading::unused("", found), ReadingAccount::default());
        Ok(())
    }

    fn is_known_double(&self, file: &SourceFile) -> bool {
        self.store.manifest.bestanden.iter().any(|e| e.pad == file.path && e.sha256 == file.sha256)
    }
}
