//! Which questions were answered before about a dataset.
//!
//! Enters: a folder and the mark of a dataset. Leaves: the questions, and which rows of their answers were shown. No figure
//! stands in it and nobody: who stood behind an answer follows from asking the dataset again. It is the asker's own, and
//! lies beside the key and not in the dataset: that gets mailed. Knows no children.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::metrics::populatie::Sleutel;
use crate::sources::gather::to_hex;

/// Version of the form.
const VORM: u32 = 1;

/// Most questions that are kept about one dataset: each is asked again with every new one.
pub const HOOGSTENS: usize = 100;

/// It cannot be told what was answered before: without that nothing is answered.
#[derive(Debug)]
pub struct Onbruikbaar(String);

impl Onbruikbaar {
    /// A question in it cannot be asked again, by this version of the program.
    pub fn niet_te_herhalen(logboek: &Logboek) -> Self {
        Self(format!(
            "een eerdere vraag in het antwoordlogboek {} is met deze versie van maatstaf niet te herhalen; daardoor is niet na te \
             gaan wat al is beantwoord\n      {REMEDIE}",
            logboek.path.display()
        ))
    }
}

impl fmt::Display for Onbruikbaar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Onbruikbaar {}

/// Taking the file away would forget what was answered; that is not for the program to advise.
const REMEDIE: &str = "gebruik het rapport, of vraag wie over de gegevens gaat wat er al is gedeeld; het logboek staat in de handleiding";

/// A question that was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gesteld {
    /// What was asked.
    pub wat: Wat,
    /// The quarter of the run: `2025-K3`.
    pub kwartaal: String,
    /// The reference date: `2025-10-30`.
    pub peildatum: String,
}

/// What was asked, with all that is needed to ask it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wat {
    /// A loose question: its SQL.
    Los(String),
    /// A query with a name.
    Query {
        /// Its id.
        id: String,
        /// Path and text of the query and of what it is divided by.
        teksten: Vec<(String, String)>,
        /// Values of its parameters.
        params: BTreeMap<String, Vec<String>>,
        /// Keys of the level that was shown.
        niveau: Vec<String>,
        /// Per key the values that were chosen.
        waarden: BTreeMap<String, BTreeSet<String>>,
    },
}

/// A question with the rows of its answer that were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vermelding {
    /// The question.
    pub gesteld: Gesteld,
    /// The keys of the rows of which a figure was shown.
    pub getoond: BTreeSet<Sleutel>,
}

#[derive(Serialize, Deserialize)]
struct WireKop {
    logboek: u32,
    dataset: String,
}

#[derive(Serialize, Deserialize)]
struct WireSlot {
    controle: String,
}

/// The log of one dataset; nobody else has it until this is dropped.
#[derive(Debug)]
pub struct Logboek {
    path: PathBuf,
    dataset: String,
    vermeldingen: Vec<Vermelding>,
    _slot: File,
}

impl Logboek {
    /// Opens the log of a dataset, by its mark; one that is not there is empty. Waits while another command has it.
    ///
    /// # Errors
    /// When it was damaged or cannot be read: what was answered before is then not known. In Dutch.
    pub fn open(folder: &Path, dataset: &str) -> Result<Self> {
        let path = folder.join(format!("{dataset}.jsonl"));
        let failed = || format!("het antwoordlogboek {} is niet te openen", path.display());
        fs::create_dir_all(folder).with_context(failed)?;
        let slot = folder.join(format!("{dataset}.slot"));
        let mut options = OpenOptions::new();
        let slot = options.read(true).write(true).create(true).truncate(false).open(slot);
        let slot = slot.with_context(failed)?;
        match slot.lock() {
            // A disk without locks: the log stays whole, as it is replaced as one file.
            Err(error) if error.kind() != ErrorKind::Unsupported => {
                return Err(error).with_context(failed);
            }
            _ => {}
        }
        let vermeldingen = match fs::read_to_string(&path) {
            Ok(text) => match read(&text, dataset) {
                Some(found) => found,
                None => bail!(Onbruikbaar(format!(
                    "het antwoordlogboek {} is beschadigd; daardoor is niet na te gaan wat al is beantwoord\n      {REMEDIE}",
                    path.display()
                ))),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error).with_context(failed),
        };
        Ok(Self { path, dataset: dataset.to_owned(), vermeldingen, _slot: slot })
    }

    /// What was answered before, oldest first.
    pub fn vermeldingen(&self) -> &[Vermelding] {
        &self.vermeldingen
    }

    /// The same question, when it was answered before.
    pub fn eerder(&self, gesteld: &Gesteld) -> Option<&Vermelding> {
        self.vermeldingen.iter().find(|one| one.gesteld == *gesteld)
    }

    /// Adds an answer. It is on the disk before the answer is shown.
    ///
    /// # Errors
    /// When it is full or cannot be written; in Dutch.
    pub fn schrijf(mut self, vermelding: Vermelding) -> Result<()> {
        self.vermeldingen.push(vermelding);
        let failed = || format!("het antwoordlogboek {} is niet te schrijven", self.path.display());
        let text = written(&self.dataset, &self.vermeldingen).with_context(failed)?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
        file.write_all(text.as_bytes()).with_context(failed)?;
        file.as_file().sync_all().with_context(failed)?;
        file.persist(&self.path).with_context(failed)?;
        Ok(())
    }
}

fn written(dataset: &str, vermeldingen: &[Vermelding]) -> Result<String> {
    let kop = WireKop { logboek: VORM, dataset: dataset.to_owned() };
    let mut text = serde_json::to_string(&kop)? + "\n";
    for one in vermeldingen {
        text.push_str(&serde_json::to_string(one)?);
        text.push('\n');
    }
    let slot = WireSlot { controle: controle(&text) };
    Ok(text + &serde_json::to_string(&slot)? + "\n")
}

/// `None` when it is not wholly as it was written.
fn read(text: &str, dataset: &str) -> Option<Vec<Vermelding>> {
    let (above, last) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let above = format!("{above}\n");
    let slot: WireSlot = serde_json::from_str(last).ok()?;
    if slot.controle != controle(&above) {
        return None;
    }
    let (kop, rest) = above.split_once('\n')?;
    let kop: WireKop = serde_json::from_str(kop).ok()?;
    if kop.logboek != VORM || kop.dataset != dataset {
        return None;
    }
    rest.lines().map(|line| serde_json::from_str(line).ok()).collect()
}

fn controle(text: &str) -> String {
    to_hex(&Sha256::digest(text.as_bytes()))
}
