//! Which rejected rows have another in their place, and which that is.
//!
//! Enters: what a file with corrections mended. Leaves: the same for later runs, and what of the rejected rows is no
//! longer open. A rejected row itself never changes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::dataset::manifest::{FileEntry, Manifest, Sum};
use crate::dataset::parquet::io_error;
use crate::dataset::{CROSS_REJECTS, Dataset, Store, read_rejects};
use crate::rejects::{Reject, Severity};

/// Name of the file in a dataset; without corrections it does not exist.
const FILE: &str = "vervangen.jsonl";

/// A rejected row and what came in its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Vervanging {
    /// Table of both.
    pub tabel: String,
    /// File of the rejected row.
    pub bron: String,
    /// Its line.
    pub regel: u64,
    /// Which of the rejected rows on that line, from 0: a message without line breaks has all on one.
    pub nummer: u32,
    /// How many there are on that line.
    pub samen: u32,
    /// File of the row in its place.
    pub door_bron: String,
    /// Line of that row.
    pub door_regel: u64,
    /// Signed amount of the rejected row, where it could be read.
    pub bedrag_ct: Option<i64>,
    /// True when the row was accepted and then rejected by a rule across files.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kruis: bool,
}

/// Reads what a folder remembers.
///
/// # Errors
/// When the disk refuses or the file is damaged.
pub(super) fn read(folder: &Path) -> Result<BTreeSet<Vervanging>> {
    let path = folder.join(FILE);
    if !path.is_file() {
        return Ok(BTreeSet::new());
    }
    let text = fs::read_to_string(&path).map_err(|error| io_error(&error, &path))?;
    let one = |line: &str| {
        serde_json::from_str(line).with_context(|| format!("{} is beschadigd", path.display()))
    };
    text.lines().map(one).collect()
}

/// Writes what is to be remembered; nothing when there is nothing.
pub(super) fn write(folder: &Path, all: &BTreeSet<Vervanging>) -> Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let path = folder.join(FILE);
    let failed = |error: std::io::Error| io_error(&error, &path);
    let mut out = BufWriter::new(File::create(&path).map_err(failed)?);
    for one in all {
        let line =
            serde_json::to_string(one).context("een herstelde regel is niet te schrijven")?;
        writeln!(out, "{line}").map_err(failed)?;
    }
    out.flush().map_err(failed)
}

/// Per file and table, what of its rejected rows has another row in its place.
pub(super) fn count(all: &BTreeSet<Vervanging>, bestanden: &mut [FileEntry]) {
    let mut sums: BTreeMap<&str, BTreeMap<String, Sum>> = BTreeMap::new();
    let mut kruis: BTreeMap<&str, Sum> = BTreeMap::new();
    for one in all {
        let sum = Sum { regels: 1, bedrag_ct: one.bedrag_ct.unwrap_or_default() };
        if one.kruis {
            kruis.entry(&one.bron).or_default().add(sum);
            continue;
        }
        let of_table = sums.entry(&one.bron).or_default().entry(one.tabel.clone()).or_default();
        of_table.add(sum);
    }
    for entry in bestanden {
        let bron = entry.sha256.get(..16).unwrap_or_default();
        let is_first = entry.dubbel_van.is_empty();
        let own = sums.get(bron).filter(|_| is_first);
        entry.hersteld = own.cloned().unwrap_or_default();
        let own = kruis.get(bron).filter(|_| is_first);
        entry.hersteld_kruis = own.copied().unwrap_or_default();
    }
}

/// Marks the rejects of rows that have another in their place with the file of that row.
pub(super) fn mark(all: &BTreeSet<Vervanging>, manifest: &Manifest, rejects: &mut [Reject]) {
    if all.is_empty() {
        return;
    }
    let paths = manifest.paths();
    let path = |bron: &str| paths.get(bron).map_or("", String::as_str);
    let mut at: HashMap<(&str, u64), Vec<&Vervanging>> = HashMap::new();
    for one in all {
        at.entry((&one.bron, one.regel)).or_default().push(one);
    }
    for reject in rejects.iter_mut().filter(|reject| reject.line > 0) {
        let of_place = at.get(&(reject.bron.as_str(), reject.line)).map_or(&[][..], Vec::as_slice);
        let mut own = of_place.iter().filter(|one| one.tabel == reject.table);
        let Some(first) = own.clone().next() else { continue };
        // Of several rows on one line nothing says which of them a reject is about.
        if own.by_ref().count() == first.samen as usize {
            path(&first.door_bron).clone_into(&mut reject.hersteld);
        }
    }
}

impl Store {
    /// The rejected rows that have another in their place.
    pub fn vervangen(&self) -> &BTreeSet<Vervanging> {
        &self.vervangen
    }

    /// Lines that a rule across files refused, when they were last judged: `bron` and line.
    pub fn cross_rejected(&self, table: &str) -> Result<BTreeSet<(String, u64)>> {
        let path = self.folder().join(CROSS_REJECTS);
        let rejects = read_rejects(&path)?.into_iter();
        let refused = rejects.filter(|reject| {
            reject.severity == Severity::Fataal && reject.line > 0 && reject.table == table
        });
        Ok(refused.map(|reject| (reject.bron, reject.line)).collect())
    }

    /// Remembers that rows came in the place of rejected ones.
    pub fn vervang(&mut self, nieuw: Vec<Vervanging>) {
        self.vervangen.extend(nieuw);
    }
}

impl Dataset {
    /// The rejected rows that have another in their place.
    ///
    /// # Errors
    /// When the disk refuses or the file is damaged.
    pub fn vervangen(&self) -> Result<BTreeSet<Vervanging>> {
        read(&self.folder)
    }
}
