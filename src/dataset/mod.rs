//! The dataset on disk: base tables, derived tables, rejects and their manifest.
//!
//! Enters: accepted rows and rejects, per file. Leaves: a folder that is there wholly or not at all.
//! Does not judge rows; `checks` writes the derived tables through [`Store`].
//!
//! `basis/<table>/<unit>.parquet` is append-only: one unit per export, one per group of messages. So is
//! `afgekeurd/<table>/<unit>.parquet`, with the rows that left.
//! `afgeleid/<table>.parquet` is rewritten by each `lees` from all base tables together.

pub mod afgekeurd;
pub mod encode;
pub mod manifest;
pub mod parquet;
pub mod place;
mod places;
pub mod reeks;
mod registers;
pub mod slices;
mod slot;
pub mod spill;
pub mod stop;
mod store;
mod unread;
pub mod vervangen;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use polars::prelude::PolarsResult;
use sha2::{Digest as _, Sha256};

use crate::dataset::manifest::{FORM, Manifest};
use crate::dataset::parquet::io_error;
use crate::rejects::Reject;
use crate::schema::GEMEENTEN;
use crate::sources::gather::to_hex;

pub use store::Store;

const MANIFEST: &str = "manifest.json";
const BASE: &str = "basis";
const REJECTED: &str = "afgekeurd";
const DERIVED: &str = "afgeleid";
const LOAD_REJECTS: &str = "afkeur_lezen.jsonl";
const CROSS_REJECTS: &str = "afkeur_kruis.jsonl";

/// The folder cannot serve as a dataset for this run: another choice by the user helps, another disk does not.
#[derive(Debug)]
pub struct Unsuitable(String);

impl std::fmt::Display for Unsuitable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unsuitable {}

/// A dataset that is there. Only [`Store::finish`] makes one, so its derived tables are always complete.
pub struct Dataset {
    folder: PathBuf,
    /// What it remembers.
    pub manifest: Manifest,
}

impl Dataset {
    /// Opens a folder.
    ///
    /// # Errors
    /// When it is no dataset of this version; in Dutch, with the way to make one.
    pub fn open(folder: &Path) -> Result<Self> {
        place::restore(folder);
        Ok(Self { folder: folder.to_path_buf(), manifest: read_manifest(folder)? })
    }

    /// Refuses a folder that was replaced or removed since it was opened: what was read from it belongs to two datasets.
    ///
    /// # Errors
    /// [`Unsuitable`], in Dutch.
    pub fn check_current(&self) -> Result<()> {
        place::restore(&self.folder);
        if !read_manifest(&self.folder).is_ok_and(|manifest| manifest == self.manifest) {
            bail!(Unsuitable(format!(
                "de dataset {} is vernieuwd terwijl eruit werd gelezen; geef de opdracht opnieuw",
                self.folder.display()
            )));
        }
        Ok(())
    }

    /// A mark of what is in it: 32 hexadecimal digits, other ones as soon as a file was read into it.
    ///
    /// # Errors
    /// When its memory cannot be written as text.
    pub fn kenmerk(&self) -> Result<String> {
        let text = serde_json::to_vec(&self.manifest)?;
        Ok(to_hex(&Sha256::digest(&text)[..16]))
    }

    /// The folder; `metrics` scans its derived tables.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True when the derived table exists, that is: was supplied.
    pub fn has(&self, table: &str) -> bool {
        self.derived(table).is_file()
    }

    /// Path of a derived table.
    pub fn derived(&self, table: &str) -> PathBuf {
        self.folder.join(DERIVED).join(format!("{table}.parquet"))
    }

    /// Children per gemeente and year as supplied: code, year, number; of two rows for one year the last.
    pub fn jeugdigen(&self) -> Result<Vec<(String, i32, i64)>> {
        let path = self.derived(GEMEENTEN.name);
        if !path.is_file() {
            return Ok(Vec::new());
        }
        let mut out = BTreeMap::new();
        slices::for_each_slice(&path, &["gemeente", "jaar", "jeugdigen"], |frame| {
            let columns = || -> PolarsResult<_> {
                Ok((
                    frame.column("gemeente")?.str()?,
                    frame.column("jaar")?.i64()?,
                    frame.column("jeugdigen")?.i64()?,
                ))
            };
            let (gemeente, jaar, aantal) = parquet::computing(columns(), "het aantal jeugdigen")?;
            for row in 0..frame.height() {
                let year = jaar.get(row).and_then(|jaar| i32::try_from(jaar).ok());
                if let (Some(code), Some(year), Some(n)) =
                    (gemeente.get(row), year, aantal.get(row))
                {
                    out.insert((code.to_owned(), year), n);
                }
            }
            Ok(())
        })?;
        Ok(out.into_iter().map(|((code, year), n)| (code, year, n)).collect())
    }

    /// All rejects: of reading and of the rules across files, by file, line and code.
    pub fn rejects(&self) -> Result<Vec<Reject>> {
        let mut out = Vec::new();
        for name in [LOAD_REJECTS, CROSS_REJECTS] {
            out.append(&mut read_rejects(&self.folder.join(name))?);
        }
        vervangen::mark(&self.vervangen()?, &self.manifest, &mut out);
        let order = |r: &Reject| (r.file.clone(), r.line, r.code.clone(), r.column.clone());
        out.sort_by_cached_key(order);
        Ok(out)
    }
}

/// The rejects in a file; none when it is not there.
fn read_rejects(path: &Path) -> Result<Vec<Reject>> {
    let Ok(file) = File::open(path) else { return Ok(Vec::new()) };
    let one = |line: std::io::Result<String>| {
        let line = line.map_err(|error| io_error(&error, path))?;
        serde_json::from_str(&line).with_context(|| format!("{} is beschadigd", path.display()))
    };
    BufReader::new(file).lines().map(one).collect()
}

fn read_manifest(folder: &Path) -> Result<Manifest> {
    let path = folder.join(MANIFEST);
    let Ok(text) = fs::read_to_string(&path) else {
        let shown = folder.display();
        if !folder.exists() {
            bail!(Unsuitable(format!(
                "de map {shown} bestaat niet; controleer de naam, of maak de dataset met: maatstaf lees BRON --naar {shown}"
            )));
        }
        bail!(Unsuitable(format!(
            "{shown} is geen dataset van maatstaf; maak er een met: maatstaf lees BRON --naar MAP"
        )));
    };
    let manifest: Manifest = serde_json::from_str(&text).map_err(|_| {
        let shown = path.display();
        Unsuitable(format!("{shown} is beschadigd of van een andere versie; maak de dataset opnieuw met maatstaf lees"))
    })?;
    if manifest.vorm != FORM {
        let shown = folder.display();
        bail!(Unsuitable(format!(
            "de dataset {shown} is van een andere versie; maak hem opnieuw met maatstaf lees"
        )));
    }
    Ok(manifest)
}
