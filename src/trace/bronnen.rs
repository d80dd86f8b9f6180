//! The files a report was made from: where they are now, and whether they are what they were.
//!
//! Enters: the list of a report, and the places to look. Leaves: files that can be read again, and every difference.
//! Does not read what is in them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::dataset::Dataset;
use crate::metrics::Query;
use crate::sources::gather::Candidate;
use crate::sources::hashed::hash_all;
use crate::trace::rapportmap::{Herkomst, Invoer, Rapportmap};
use crate::trace::spoor::Bronbestand;

/// A file that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Afwijking {
    /// Path as the report shows it.
    pub pad: String,
    /// What is different.
    pub wat: Wat,
}

/// What is different about a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wat {
    /// It is nowhere.
    Ontbreekt,
    /// It holds something else: both hashes; empty is: could not be read.
    Anders {
        /// What the report was made from.
        was: String,
        /// What is there now.
        is: String,
    },
    /// The report was not made from it.
    Extra,
}

/// Where to look for files, the first before the next: what the user names, else beside the report and here.
pub fn plaatsen(rapport: &Path, genoemd: &[PathBuf]) -> Vec<PathBuf> {
    if !genoemd.is_empty() {
        return genoemd.to_vec();
    }
    let report = std::path::absolute(rapport).unwrap_or_else(|_| rapport.to_path_buf());
    let beside = report.parent().map(Path::to_path_buf);
    beside.into_iter().chain([PathBuf::from(".")]).collect()
}

/// Finds every file of the report and holds it against its hash.
///
/// When `stop` is set this ends soon, and what it gives then is of no use.
pub fn zoek(
    herkomst: &Herkomst,
    plaatsen: &[PathBuf],
    stop: &AtomicBool,
) -> (Vec<Candidate>, Vec<Afwijking>) {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    let mut afwijkingen = Vec::new();
    for invoer in &herkomst.inputs {
        match plaatsen.iter().find_map(|place| locate(place, &invoer.path)) {
            Some(candidate) => {
                found.entry(candidate.shown.clone()).or_insert(candidate);
            }
            None => {
                afwijkingen.push(Afwijking { pad: invoer.path.clone(), wat: Wat::Ontbreekt });
            }
        }
    }
    let found: Vec<Candidate> = found.into_values().collect();
    let hashed = hash_all(&found, stop);
    let now: BTreeSet<(String, String)> = hashed
        .into_iter()
        .map(|one| (one.candidate.shown, one.file.map(|file| file.sha256).unwrap_or_default()))
        .collect();
    let missing: BTreeSet<String> = afwijkingen.iter().map(|one| one.pad.clone()).collect();
    let there: Vec<&Invoer> =
        herkomst.inputs.iter().filter(|invoer| !missing.contains(&invoer.path)).collect();
    afwijkingen.extend(verschillen(there.into_iter(), &now));
    afwijkingen.sort();
    (found, afwijkingen)
}

/// The files of the report with a table of this query.
pub fn van(rapport: &Rapportmap, query: &Query) -> Vec<Bronbestand> {
    let tables = query.canonical_tables();
    let holds =
        |one: &&Invoer| one.duplicate_of.is_empty() && tables.iter().any(|table| one.holds(table));
    let inputs = rapport.herkomst.inputs.iter().filter(holds);
    let of = |one: &Invoer| Bronbestand {
        pad: one.path.clone(),
        sha256: one.sha256.clone(),
        tabel: one.table.clone(),
        gelezen: one.account.map(|account| {
            (account.gelezen.regels, account.afgekeurd.regels, account.afgekeurd.bedrag_ct)
        }),
        achter: None,
    };
    inputs.map(of).collect()
}

/// How the files of a dataset differ from those of the report; empty when they are the same.
pub fn past(herkomst: &Herkomst, dataset: &Dataset) -> Vec<Afwijking> {
    let files = dataset.manifest.bestanden.iter();
    let now = files.map(|entry| (entry.pad.clone(), entry.sha256.clone())).collect();
    verschillen(herkomst.inputs.iter(), &now)
}

/// True when the dataset was made with the same region file from the same files.
pub fn is_van(rapport: &Rapportmap, dataset: &Dataset) -> bool {
    dataset.manifest.regio_sha256 == rapport.regio.sha256
        && past(&rapport.herkomst, dataset).is_empty()
}

fn verschillen<'i>(
    inputs: impl Iterator<Item = &'i Invoer>,
    now: &BTreeSet<(String, String)>,
) -> Vec<Afwijking> {
    let then: BTreeSet<(String, String)> =
        inputs.map(|one| (one.path.clone(), one.sha256.clone())).collect();
    let mut left: BTreeMap<&str, &str> =
        now.difference(&then).map(|(pad, hash)| (pad.as_str(), hash.as_str())).collect();
    let mut out = Vec::new();
    for (pad, was) in then.difference(now) {
        let wat = match left.remove(pad.as_str()) {
            Some(is) => Wat::Anders { was: was.clone(), is: is.to_owned() },
            None => Wat::Ontbreekt,
        };
        out.push(Afwijking { pad: pad.clone(), wat });
    }
    out.extend(left.keys().map(|pad| Afwijking { pad: (*pad).to_owned(), wat: Wat::Extra }));
    out.sort();
    out
}

/// The file on disk with this path below a place, or below what the place itself is the first part of. Of a file in an
/// archive, the archive.
fn locate(place: &Path, shown: &str) -> Option<Candidate> {
    let parts: Vec<&str> = shown.split('/').collect();
    let of = |skipped: usize| {
        (skipped + 1..=parts.len()).find_map(|end| {
            let path =
                parts[skipped..end].iter().fold(place.to_path_buf(), |path, part| path.join(part));
            path.is_file().then(|| Candidate { path, shown: parts[..end].join("/") })
        })
    };
    // A file that was named itself.
    let itself = || {
        let is_it = place.is_file() && place.file_name().is_some_and(|name| name == parts[0]);
        is_it.then(|| Candidate { path: place.to_path_buf(), shown: parts[0].to_owned() })
    };
    of(0).or_else(|| of(1)).or_else(itself)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoer(path: &str, sha256: &str) -> Invoer {
        Invoer {
            path: path.to_owned(),
            sha256: sha256.to_owned(),
            bytes: 0,
            table: String::new(),
            account: None,
            duplicate_of: String::new(),
        }
    }

    #[test]
    fn what_changed_went_or_came_is_told_apart() {
        let inputs = [invoer("a", "1"), invoer("b", "2"), invoer("c", "3")];
        let now = [("a", "1"), ("b", "9"), ("d", "4")];
        let now = now.map(|(pad, hash)| (pad.to_owned(), hash.to_owned())).into();
        let found = verschillen(inputs.iter(), &now);
        let told: Vec<(&str, Wat)> =
            found.iter().map(|one| (one.pad.as_str(), one.wat.clone())).collect();
        let changed = Wat::Anders { was: "2".to_owned(), is: "9".to_owned() };
        assert_eq!(told, [("b", changed), ("c", Wat::Ontbreekt), ("d", Wat::Extra)]);
    }

    #[test]
    fn a_file_is_found_below_a_place_below_its_own_folder_and_in_an_archive() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("exports");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("a.zip"), "x").unwrap();
        for from in [place.path(), &folder] {
            let found = locate(from, "exports/a.zip/b.xml").unwrap();
            assert_eq!(found.shown, "exports/a.zip");
            assert_eq!(found.path, folder.join("a.zip"));
        }
        assert_eq!(locate(&folder.join("a.zip"), "a.zip").unwrap().shown, "a.zip");
        assert!(locate(place.path(), "exports/c.csv").is_none());
    }
}
