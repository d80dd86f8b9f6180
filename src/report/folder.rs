//! The output folder, written whole or not at all.
//!
//! Enters: paths inside the folder with their bytes. Leaves: the folder under its name, and the list of
//! files with size and SHA-256. Does not know what is in a file.
//!
//! Files go to a temporary folder beside the target ([`Place`]), so that the last step is one rename on one disk.

pub(super) mod message;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;
use sha2::Digest as _;

use message::explain;

use crate::dataset::place::Place;

/// Longest path that Explorer and Excel open without trouble, in characters.
const MAX_PATH: usize = 200;

/// The file by which an output folder is recognised.
const MANIFEST: &str = "herkomst/manifest.json";

/// Files an operating system leaves in a folder by itself.
const LITTER: [&str; 3] = ["desktop.ini", "Thumbs.db", ".DS_Store"];

/// A written file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// Path inside the output folder, `/` between folders.
    pub path: String,
    /// SHA-256 of its content, lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// An output folder that is being written; dropped before [`Output::finish`] it leaves nothing behind.
#[derive(Debug)]
pub struct Output {
    target: PathBuf,
    overwrite: bool,
    place: Place,
    files: BTreeMap<String, Written>,
    /// Dropped after the place, which lies in the innermost.
    _made: Made,
}

/// Parents of the target that were made for it, innermost first. They go again when they stay empty.
#[derive(Debug)]
struct Made(Vec<PathBuf>);

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.0 {
            // A folder with something in it stays, and that is what is meant.
            let _gone = fs::remove_dir(folder).is_ok();
        }
    }
}

impl Output {
    /// Begins a folder that will be called `target`.
    ///
    /// # Errors
    /// In Dutch: when `target` exists and may not be replaced, or when there can be no folder at that place.
    pub fn create(target: &Path, overwrite: bool) -> anyhow::Result<Self> {
        let Some(name) = target.file_name() else {
            bail!(
                "'{}' is geen naam voor een map; kies met --uit een andere map",
                target.display()
            );
        };
        let target = std::path::absolute(target).map_err(|error| explain(&error, target))?;
        refuse_what_stays(&target, overwrite)?;
        let parent = target.parent().unwrap_or(Path::new(".")).to_owned();
        let missing = parent.ancestors().take_while(|folder| !folder.exists());
        let made = Made(missing.map(Path::to_owned).collect());
        fs::create_dir_all(&parent).map_err(|error| explain(&error, &parent))?;
        let target = parent.join(name);
        let place = Place::claim(&target)?;
        Ok(Self { target, overwrite, place, files: BTreeMap::new(), _made: made })
    }

    /// The folder this will become, as an absolute path.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes one file.
    ///
    /// # Errors
    /// In Dutch when the disk is full or closed to us, or the path becomes too long; in English when the
    /// path is not one an output may have, a mistake in the writer.
    pub fn put(&mut self, relative: &str, bytes: &[u8]) -> anyhow::Result<()> {
        check_relative(relative)?;
        if self.files.contains_key(relative) {
            bail!("two outputs named {relative}");
        }
        let length = self.target.join(relative).to_string_lossy().chars().count();
        if length >= MAX_PATH {
            bail!(
                "het pad van {relative} wordt {length} tekens; Windows en Excel openen tot {MAX_PATH}: \
                 kies met --uit een map met een korter pad"
            );
        }
        let path = self.place.folder().join(relative);
        let shown = self.target.join(relative);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| explain(&error, &shown))?;
        }
        let write = || -> std::io::Result<()> { fs::File::create_new(&path)?.write_all(bytes) };
        write().map_err(|error| explain(&error, &shown))?;
        let sha256 = hex(&sha2::Sha256::digest(bytes));
        let written = Written { path: relative.to_owned(), sha256, bytes: bytes.len() as u64 };
        self.files.insert(relative.to_owned(), written);
        Ok(())
    }

    /// What was written so far, sorted by path: for the manifest, which goes in the folder itself.
    pub fn files(&self) -> Vec<Written> {
        self.files.values().cloned().collect()
    }

    /// Gives the folder its name and returns every file in it, sorted by path.
    ///
    /// # Errors
    /// In Dutch; the folder that stood there before then still stands there.
    pub fn finish(self) -> anyhow::Result<Vec<Written>> {
        refuse_what_stays(&self.target, self.overwrite)?;
        let files = self.files();
        self.place.put(|_| false)?;
        Ok(files)
    }
}

/// Refuses a target that exists and may not, or must not, be replaced.
fn refuse_what_stays(target: &Path, overwrite: bool) -> anyhow::Result<()> {
    let shown = target.display();
    let Ok(metadata) = fs::symlink_metadata(target) else {
        return Ok(());
    };
    if !metadata.is_dir() {
        bail!("{shown} bestaat al en is geen gewone map; kies met --uit een andere map");
    }
    if !overwrite {
        bail!(
            "de map {shown} bestaat al; kies met --uit een andere map, of vervang haar met --overschrijf"
        );
    }
    let content = files_in(target).map_err(|error| explain(&error, target))?;
    if content.is_empty() {
        return Ok(());
    }
    let manifest = target.join(MANIFEST);
    if !manifest.is_file() {
        bail!(
            "de map {shown} is niet door maatstaf gemaakt ({MANIFEST} ontbreekt) en wordt daarom ook met \
             --overschrijf niet vervangen; kies met --uit een andere map"
        );
    }
    let listed = listed_outputs(&fs::read(&manifest).map_err(|error| explain(&error, &manifest))?);
    let foreign = listed.and_then(|listed| {
        content.into_iter().find(|path| !path.starts_with("herkomst/") && !listed.contains(path))
    });
    if let Some(foreign) = foreign {
        bail!(
            "in de map {shown} staat {foreign}, dat niet door maatstaf is gemaakt en door --overschrijf \
             verloren zou gaan; zet het ergens anders of kies met --uit een andere map"
        );
    }
    Ok(())
}

/// Every file under `folder`, as a path with `/`, without what an operating system leaves by itself.
fn files_in(folder: &Path) -> std::io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), format!("{prefix}{name}/")));
            } else if !LITTER.contains(&name.as_str()) {
                found.insert(format!("{prefix}{name}"));
            }
        }
    }
    Ok(found)
}

/// Paths under `outputs` of a manifest; `None` when the manifest does not say.
fn listed_outputs(manifest: &[u8]) -> Option<BTreeSet<String>> {
    let manifest: serde_json::Value = serde_json::from_slice(manifest).ok()?;
    let outputs = manifest.get("outputs")?.as_array()?;
    Some(
        outputs
            .iter()
            .filter_map(|output| Some(output.get("path")?.as_str()?.to_owned()))
            .collect(),
    )
}

/// Only names that mean the same on every system: ASCII, lower case, no reserved words.
fn check_relative(relative: &str) -> anyhow::Result<()> {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let fits =
        |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    for part in relative.split('/') {
        let stem =
            part.split('.').next().unwrap_or("").trim_end_matches(|c: char| c.is_ascii_digit());
        let plain = !part.is_empty()
            && part.chars().all(fits)
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !RESERVED.contains(&stem);
        // The one file a reader should see first is the one in capitals.
        if !plain && relative != "LEESMIJ.html" {
            bail!("not a path of an output: '{relative}'");
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(HEX[half as usize]))
        .collect()
}

const HEX: &[u8; 16] = b"0123456789abcdef";

#[cfg(test)]
mod tests;
