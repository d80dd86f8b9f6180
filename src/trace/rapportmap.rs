//! A report folder as it was left behind: what `herkomst/` says of it.
//!
//! Enters: the folder. Leaves: [`Rapportmap`], or one Dutch message. Does not know whether what is said is true.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::dataset::manifest::{Opdracht, ReadingAccount};
use crate::metrics::Query;
use crate::period::Kwartaal;
use crate::region::{Publiek, Region};
use crate::sources::gather::to_hex;

/// Folder below `herkomst` with the templates of the user.
pub const SJABLOON: &str = "sjabloon";

/// The form of the manifest that is read here.
const FORM: u64 = 1;

/// `herkomst/manifest.json`.
#[derive(Debug, Clone, Deserialize)]
pub struct Herkomst {
    /// Version of the program.
    pub version: String,
    /// What the user asked.
    pub command: Vec<String>,
    /// The region file.
    pub region: Regiobron,
    /// The quarter, `2025-K3`.
    pub kwartaal: String,
    /// The day from which was looked back, `2025-10-30`.
    pub peildatum: String,
    /// For whom.
    pub audience: String,
    /// Every file that was offered.
    pub inputs: Vec<Invoer>,
    /// Hash of every query.
    pub queries: BTreeMap<String, Vraag>,
    /// Every figure by address.
    pub figures: BTreeMap<String, Value>,
    /// What was computed from figures.
    #[serde(flatten)]
    pub oordelen: Oordelen,
    /// Every file of the folder but the manifest.
    pub outputs: Vec<Uitvoer>,
    /// How the run ended.
    pub exit_code: u8,
    /// What was said about reading beside the region file.
    #[serde(default)]
    pub reading: Opdracht,
}

/// What was computed from figures.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Oordelen {
    /// Numbers by address.
    pub derived: BTreeMap<String, Value>,
    /// Judgements on maatwerk by address.
    pub judged: BTreeMap<String, Value>,
    /// Prices held against each other.
    pub prices: Value,
    /// Sentences of the report with what they rest on.
    #[serde(default)]
    pub sentences: Value,
    /// Rules of the region.
    pub signalen: Value,
    /// Zorgcoordinatie against a fair lottery.
    pub verdeling: Value,
}

/// The region file of a report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Regiobron {
    /// Name of the region.
    pub name: String,
    /// Where it stood, as shown.
    pub path: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// A file the report was made from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Invoer {
    /// Path as shown.
    pub path: String,
    /// SHA-256, lower-case hex; empty when it could not be read.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// The table it holds, empty when none was recognised.
    pub table: String,
    /// Its reading account; absent where the audience may not see files.
    pub account: Option<ReadingAccount>,
    /// Path of an earlier file with the same content, or empty.
    pub duplicate_of: String,
}

impl Invoer {
    /// True when this table was read from it; a workbook can hold several.
    pub fn holds(&self, table: &str) -> bool {
        self.table.split(|c: char| !c.is_alphanumeric() && c != '_').any(|name| name == table)
    }
}

/// A query of the report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Vraag {
    /// SHA-256 of the file.
    pub sql_sha256: String,
    /// Why nothing can be said, in Dutch.
    pub unknown: Option<String>,
}

/// A file of the report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Uitvoer {
    /// Path inside the folder.
    pub path: String,
    /// SHA-256, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// A report with the definitions it was made with.
#[derive(Debug, Clone)]
pub struct Rapportmap {
    /// The folder.
    pub map: PathBuf,
    /// What it says of itself.
    pub herkomst: Herkomst,
    /// The region, from the file in the folder.
    pub regio: Region,
    /// The quarter.
    pub kwartaal: Kwartaal,
    /// The day from which was looked back.
    pub peildatum: NaiveDate,
    /// For whom.
    pub publiek: Publiek,
}

/// Whether a definition in the folder is the one the report was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gelijk {
    /// To the byte.
    Ja,
    /// The file was changed; that of the program is the one the report was made with.
    Programma,
    /// The file was changed or is gone, and what it was is not known.
    Nee,
}

impl Rapportmap {
    /// Reads a report folder.
    ///
    /// # Errors
    /// In Dutch, when it is no report of this program, its manifest is damaged or of another form, or its region file
    /// cannot be used.
    pub fn open(map: &Path) -> Result<Self> {
        let shown = map.display();
        let path = map.join("herkomst").join("manifest.json");
        let Ok(bytes) = fs::read(&path) else {
            bail!(
                "{shown} is geen rapport van maatstaf: herkomst/manifest.json ontbreekt; noem de map waarin LEESMIJ.html staat"
            );
        };
        let damaged = || format!("{} is beschadigd; maak het rapport opnieuw", path.display());
        let value: Value = serde_json::from_slice(&bytes).with_context(damaged)?;
        if value["schema"].as_u64() != Some(FORM) {
            bail!(
                "{} is van een andere versie van maatstaf; gebruik die versie of maak het rapport opnieuw",
                path.display()
            );
        }
        let herkomst: Herkomst = serde_json::from_value(value).with_context(damaged)?;
        let regio = regio(map, &herkomst)?;
        Ok(Self {
            map: map.to_path_buf(),
            regio,
            kwartaal: herkomst.kwartaal.parse().map_err(|_| anyhow!(damaged()))?,
            peildatum: herkomst.peildatum.parse().with_context(damaged)?,
            publiek: publiek(&herkomst.audience).with_context(damaged)?,
            herkomst,
        })
    }

    /// True for a report of one question.
    pub fn is_verdeling(&self) -> bool {
        self.herkomst.command.first().is_some_and(|word| word == "verdeling")
    }

    /// A query of the report, and whether it is the one the report was made with.
    ///
    /// # Errors
    /// When the report does not have it, or its file is gone or cannot be used.
    pub fn query(&self, id: &str) -> Result<(Query, Gelijk)> {
        let Some(known) = self.herkomst.queries.get(id) else {
            bail!("vraag {id} staat niet in het rapport {}", self.map.display());
        };
        let shown = format!("herkomst/sql/{id}.sql");
        let own =
            fs::read_to_string(self.map.join("herkomst").join("sql").join(format!("{id}.sql")))
                .ok();
        let is_it = |text: &&str| hash(text.as_bytes()) == known.sql_sha256;
        if let Some(text) = own.as_deref().filter(is_it) {
            return Ok((Query::parse(text, &shown)?, Gelijk::Ja));
        }
        let built_in = Query::load(id, None)?.unwrap_or_default();
        let built_in = built_in.iter().find(|query| query.id == id);
        if let Some(query) = built_in.filter(|query| is_it(&query.sql.as_str())) {
            return Ok(((**query).clone(), Gelijk::Programma));
        }
        let text = own.ok_or_else(|| anyhow!("{shown} ontbreekt in {}", self.map.display()))?;
        Ok((Query::parse(&text, &shown)?, Gelijk::Nee))
    }

    /// A query with the query it is divided by, for [`crate::metrics::measure`].
    ///
    /// # Errors
    /// As [`Rapportmap::query`].
    pub fn met_noemer(&self, query: Query) -> Result<Vec<Arc<Query>>> {
        let below = query.denominator.clone().filter(|id| self.herkomst.queries.contains_key(id));
        let mut out = vec![Arc::new(query)];
        if let Some(below) = below {
            out.push(Arc::new(self.query(&below)?.0));
        }
        Ok(out)
    }

    /// Every query of the report.
    ///
    /// # Errors
    /// As [`Rapportmap::query`].
    pub fn queries(&self) -> Result<Vec<Arc<Query>>> {
        let ids = self.herkomst.queries.keys();
        ids.map(|id| Ok(Arc::new(self.query(id)?.0))).collect()
    }
}

/// The region of the report: its own file, or the built-in one when only that is still the one of then.
fn regio(map: &Path, herkomst: &Herkomst) -> Result<Region> {
    let then = &herkomst.region;
    let own = fs::read_to_string(map.join("herkomst").join("regio.toml")).ok();
    if own.as_deref().is_none_or(|text| hash(text.as_bytes()) != then.sha256)
        && let Ok(built_in) = Region::load(&then.name, None)
        && built_in.sha256 == then.sha256
    {
        return Ok(built_in);
    }
    let text = own.ok_or_else(|| anyhow!("herkomst/regio.toml ontbreekt in {}", map.display()))?;
    Region::parse(&text, &then.path)
}

fn publiek(text: &str) -> Result<Publiek> {
    let all = [Publiek::Intern, Publiek::Regio, Publiek::Openbaar];
    all.into_iter().find(|one| one.to_string() == text).context("onbekend publiek")
}

/// SHA-256 as the manifest writes it.
pub fn hash(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}
