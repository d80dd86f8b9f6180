//! A report folder beside the same report made again: how they differ, and why.
//!
//! Enters: a report, the hashes of what lies in its folder, and what making it again gave. Leaves: [`Verschil`], the one
//! that explains most first. Does not make a report.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;
use serde_json::Value;

use crate::metrics::Query;
use crate::region::Region;
use crate::report::folder::Written;
use crate::trace::bronnen::Afwijking;
use crate::trace::rapportmap::{Herkomst, Rapportmap, hash};
use crate::trace::tekst;

/// Where the manifest lies in a report.
const MANIFEST: &str = "herkomst/manifest.json";
/// Files an operating system or an office program leaves in a folder by itself.
const LITTER: [&str; 3] = ["desktop.ini", "Thumbs.db", ".DS_Store"];
/// Digits of a hash that are shown.
const HASH: usize = 16;

/// Why a report does not follow from its files any more; the order is that in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Oorzaak {
    /// A file it was made from is not what it was.
    Invoer,
    /// The manifest contradicts itself about quarter, audience, region or date.
    Instellingen,
    /// The region file or a query in the folder is not that of then.
    Definitie,
    /// Another version of the program.
    Programma,
    /// A file of the report was changed after it was made.
    Bewerkt,
    /// A file of the report is gone.
    Ontbreekt,
    /// A file in the folder is none of the report.
    Extra,
    /// The same program makes something else of the same files.
    Uitkomst,
}

impl Oorzaak {
    /// In words.
    pub fn tekst(self) -> &'static str {
        match self {
            Self::Invoer => "de invoer is veranderd",
            Self::Instellingen => "de instellingen zijn veranderd",
            Self::Definitie => "een definitie (regio of query) is veranderd",
            Self::Programma => "het is met een andere versie van het programma gemaakt",
            Self::Bewerkt => "een bestand van het rapport is na het maken veranderd",
            Self::Ontbreekt => "een bestand van het rapport is weg",
            Self::Extra => "in de map staat een bestand dat niet bij het rapport hoort",
            Self::Uitkomst => {
                "dezelfde bestanden geven nu een andere uitkomst, of het manifest is veranderd"
            }
        }
    }

    /// What helps.
    pub fn oplossing(self) -> &'static str {
        match self {
            Self::Invoer => {
                "zet de bestanden van toen terug, of maak het rapport opnieuw van die van nu"
            }
            Self::Programma => "gebruik die versie, of maak het rapport opnieuw",
            Self::Instellingen | Self::Definitie | Self::Bewerkt | Self::Ontbreekt => {
                "gebruik een ongeschonden kopie van de map, of maak het rapport opnieuw"
            }
            Self::Extra => "zet het bestand ergens anders",
            Self::Uitkomst => {
                "maak het rapport opnieuw; komt het terug, meld het dan aan de makers"
            }
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Verschil {
    /// Why.
    pub oorzaak: Oorzaak,
    /// The file it is about.
    pub bestand: String,
    /// What is different, in Dutch.
    pub wat: String,
}

impl Verschil {
    fn new(oorzaak: Oorzaak, bestand: &str, wat: String) -> Self {
        Self { oorzaak, bestand: bestand.to_owned(), wat }
    }
}

/// Files that are not what they were.
pub fn van_invoer(afwijkingen: &[Afwijking]) -> Vec<Verschil> {
    let one = |one: &Afwijking| Verschil::new(Oorzaak::Invoer, &one.pad, tekst::afwijking(one));
    afwijkingen.iter().map(one).collect()
}

/// The bytes of a file.
///
/// # Errors
/// When it cannot be read.
pub fn lees(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} is niet te lezen", path.display()))
}

/// The hash of every file in the folder but the manifest, by path.
///
/// # Errors
/// When a file cannot be read.
pub fn op_schijf(map: &Path) -> Result<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    let mut open = vec![(map.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let refused = || format!("{} is niet te lezen", folder.display());
        for entry in fs::read_dir(&folder).with_context(refused)? {
            let entry = entry.with_context(refused)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if entry.path().is_dir() {
                open.push((entry.path(), format!("{path}/")));
            } else if !LITTER.contains(&name.as_str())
                && !name.starts_with("~$")
                && path != MANIFEST
            {
                let bytes =
                    fs::read(entry.path()).with_context(|| format!("{path} is niet te lezen"))?;
                out.insert(path, hash(&bytes));
            }
        }
    }
    Ok(out)
}

/// What can be seen without making the report again: the folder against its own manifest.
pub fn van_map(rapport: &Rapportmap, op_schijf: &BTreeMap<String, String>) -> Vec<Verschil> {
    let recorded: BTreeMap<&str, &str> = rapport
        .herkomst
        .outputs
        .iter()
        .map(|one| (one.path.as_str(), one.sha256.as_str()))
        .collect();
    let mut out = instellingen(rapport);
    for (path, was) in &recorded {
        match op_schijf.get(*path) {
            None => {
                out.push(Verschil::new(Oorzaak::Ontbreekt, path, "ontbreekt in de map".to_owned()));
            }
            Some(is) if is != was => {
                let is_definition =
                    *path == "herkomst/regio.toml" || path.starts_with("herkomst/sql/");
                let oorzaak = if is_definition { Oorzaak::Definitie } else { Oorzaak::Bewerkt };
                let wat = format!(
                    "na het maken veranderd: sha256 was {}, is nu {}",
                    short(was),
                    short(is)
                );
                out.push(Verschil::new(oorzaak, path, wat));
            }
            Some(_) => {}
        }
    }
    let extra = op_schijf.keys().filter(|path| !recorded.contains_key(path.as_str()));
    out.extend(
        extra.map(|path| {
            Verschil::new(Oorzaak::Extra, path, "hoort niet bij het rapport".to_owned())
        }),
    );
    out
}

fn short(hash: &str) -> &str {
    hash.get(..HASH).unwrap_or(hash)
}

/// What the command says against what the manifest says beside it.
fn instellingen(rapport: &Rapportmap) -> Vec<Verschil> {
    let Herkomst { command, kwartaal, peildatum, audience, region, .. } = &rapport.herkomst;
    let given = |option: &str| {
        command.windows(2).find(|pair| pair[0] == option).map(|pair| pair[1].as_str())
    };
    let mut out = Vec::new();
    let pairs = [("--kwartaal", kwartaal), ("--publiek", audience), ("--regio", &region.name)];
    for (option, recorded) in pairs {
        if let Some(word) = given(option).filter(|word| word != recorded) {
            let wat = format!("de opdracht zegt {option} {word}, het manifest {recorded}");
            out.push(Verschil::new(Oorzaak::Instellingen, MANIFEST, wat));
        }
    }
    let forms = ["%Y-%m-%d", "%d-%m-%Y"];
    let asked = given("--peildatum").and_then(|text| {
        forms.iter().find_map(|form| chrono::NaiveDate::parse_from_str(text, form).ok())
    });
    if asked.is_some_and(|asked| asked != rapport.peildatum) {
        let wat = format!("de opdracht noemt een andere peildatum dan het manifest ({peildatum})");
        out.push(Verschil::new(Oorzaak::Instellingen, MANIFEST, wat));
    }
    out
}

/// What making the report again gave, against what its manifest says; `nieuw` and `manifest` are what came out.
pub fn van_herhaling(
    rapport: &Rapportmap,
    op_schijf: &BTreeMap<String, String>,
    nieuw: &[Written],
    manifest: &[u8],
) -> Vec<Verschil> {
    let recorded: BTreeMap<&str, &str> = rapport
        .herkomst
        .outputs
        .iter()
        .map(|one| (one.path.as_str(), one.sha256.as_str()))
        .collect();
    let again: BTreeMap<&str, &str> = (nieuw.iter())
        .filter(|one| one.path != MANIFEST)
        .map(|one| (one.path.as_str(), one.sha256.as_str()))
        .collect();
    let oorzaak = oorzaak(rapport);
    let mut out = Vec::new();
    let paths: BTreeSet<&str> = recorded.keys().chain(again.keys()).copied().collect();
    for path in paths {
        let on_disk = op_schijf.get(path).map(String::as_str);
        let wat = match (recorded.get(path), again.get(path)) {
            (Some(then), Some(now)) if then == now => continue,
            (Some(_), Some(now)) if on_disk == Some(*now) => {
                "is zoals het hoort, maar het manifest zegt iets anders".to_owned()
            }
            (Some(then), Some(now)) => {
                format!("wordt nu anders: sha256 was {}, wordt {}", short(then), short(now))
            }
            (Some(_), None) => "wordt nu niet meer gemaakt".to_owned(),
            (None, _) => "wordt nu ook gemaakt".to_owned(),
        };
        out.push(Verschil::new(oorzaak, path, wat));
    }
    out.extend(van_manifest(rapport, manifest, oorzaak));
    out
}

/// Why the same files give something else, as far as that can be told.
fn oorzaak(rapport: &Rapportmap) -> Oorzaak {
    if rapport.herkomst.version != env!("CARGO_PKG_VERSION") {
        return Oorzaak::Programma;
    }
    if !instellingen(rapport).is_empty() {
        return Oorzaak::Instellingen;
    }
    let definitions = rapport.herkomst.queries.keys().any(|id| {
        rapport.query(id).map_or(true, |(query, _): (Query, _)| {
            rapport
                .herkomst
                .queries
                .get(id)
                .is_none_or(|known| known.sql_sha256 != hash(query.sql.as_bytes()))
        })
    });
    let region: &Region = &rapport.regio;
    if definitions || region.sha256 != rapport.herkomst.region.sha256 {
        return Oorzaak::Definitie;
    }
    Oorzaak::Uitkomst
}

/// The first figure, else the first part, of which the manifest of now says something else.
fn van_manifest(rapport: &Rapportmap, manifest: &[u8], oorzaak: Oorzaak) -> Option<Verschil> {
    let path = rapport.map.join("herkomst").join("manifest.json");
    let then = fs::read(path).ok()?;
    if then == manifest {
        return None;
    }
    let now: Value = serde_json::from_slice(manifest).ok()?;
    let then: Value = serde_json::from_slice(&then).ok()?;
    let keys = |value: &Value| -> BTreeSet<String> {
        value.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
    };
    let differs = |one: &Value, other: &Value| -> Option<String> {
        let all: BTreeSet<String> = keys(one).union(&keys(other)).cloned().collect();
        all.into_iter().find(|key| one.get(key) != other.get(key))
    };
    let wat = if let Some(address) = differs(&then["figures"], &now["figures"]) {
        let value = |of: &Value| of["figures"][&address]["value"].to_string();
        format!("{address} was {}, wordt {}", value(&then), value(&now))
    } else {
        match differs(&then, &now) {
            Some(part) => format!("het onderdeel «{part}» wordt anders"),
            None => "dezelfde inhoud, anders geschreven".to_owned(),
        }
    };
    Some(Verschil::new(oorzaak, MANIFEST, wat))
}
