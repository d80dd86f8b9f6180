//! Paths as given → files in a fixed order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

/// Files in a data folder that are ours or for people, not data.
const SKIPPED: &[&str] =
    &["antwoorden.json", "maatstaf.toml", "readme.md", "leesmij.txt", "desktop.ini", "thumbs.db"];

/// A file that was found, not yet opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it lies.
    pub path: PathBuf,
    /// How it is shown: last part of what the user gave, then the path below it, `/` between folders.
    pub shown: String,
}

/// The user named what is not there: a missing path, a pattern without files, or nothing but empty folders.
#[derive(Debug)]
pub struct NothingThere(pub String);

impl std::fmt::Display for NothingThere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NothingThere {}

/// All files below the inputs, sorted by shown path. Patterns with `*` are expanded here, for Windows.
///
/// # Errors
/// When an input does not exist or cannot be listed; in Dutch, with the path.
pub fn gather(inputs: &[PathBuf]) -> Result<Vec<Candidate>> {
    let mut found = Vec::new();
    for input in inputs {
        for path in expand(input)? {
            let meta = fs::metadata(&path).map_err(|_| NothingThere(not_found(&path)))?;
            let shown = shown_root(&path);
            if meta.is_dir() {
                walk(&path, &shown, &mut found)?;
            } else {
                found.push(Candidate { path, shown });
            }
        }
    }
    found.sort_by(|a, b| a.shown.cmp(&b.shown).then_with(|| a.path.cmp(&b.path)));
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert(real(&one.path)));
    name_apart(&mut found);
    Ok(found)
}

/// The path with links and `..` resolved, so that one file has one name.
pub fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Two files of one name are shown with the folder they are in.
fn name_apart(found: &mut [Candidate]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for one in found.iter() {
        *times.entry(one.shown.clone()).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    for one in found.iter_mut().filter(|one| times[&one.shown] > 1) {
        let folder = one.path.parent().and_then(Path::file_name);
        let folder = folder.map_or_else(String::new, |name| format!("{}/", name.to_string_lossy()));
        let mut shown = format!("{folder}{}", one.shown);
        while !taken.insert(shown.clone()) {
            shown.push_str(" (ander bestand)");
        }
        one.shown = shown;
    }
    found.sort_by(|a, b| a.shown.cmp(&b.shown).then_with(|| a.path.cmp(&b.path)));
}

fn not_found(path: &Path) -> String {
    format!("{} bestaat niet of is niet te openen; controleer de naam en de map", path.display())
}

fn expand(input: &Path) -> Result<Vec<PathBuf>> {
    let text = input.to_string_lossy();
    if input.exists() || !text.contains(['*', '?', '[']) {
        return Ok(vec![input.to_path_buf()]);
    }
    let paths = glob::glob(&text).map_err(|_| anyhow!("het patroon '{text}' is niet geldig"))?;
    let mut out: Vec<PathBuf> = paths.filter_map(std::result::Result::ok).collect();
    out.sort();
    if out.is_empty() {
        bail!(NothingThere(format!("bij het patroon '{text}' hoort geen enkel bestand")));
    }
    Ok(out)
}

/// The last part of the path: an absolute path may hold the name of a user, a relative one rarely helps more.
fn shown_root(path: &Path) -> String {
    path.file_name().map_or_else(|| ".".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn walk(folder: &Path, shown: &str, found: &mut Vec<Candidate>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("map {shown} is niet te lezen"))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("map {shown} is niet te lezen"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_skipped(&name) {
            continue;
        }
        let below = format!("{shown}/{name}");
        let path = entry.path();
        // Folders this program made itself hold nothing to read again.
        if path.is_dir() && !is_our_output(&path) {
            walk(&path, &below, found)?;
        } else if path.is_file() || is_dangling(&path) {
            // A link to a file that is gone is offered too, so that it is named as unreadable.
            found.push(Candidate { path, shown: below });
        }
    }
    Ok(())
}

/// True for the name of a file or folder that is hidden, ours or for people.
pub fn is_skipped(name: &str) -> bool {
    let is_hidden = name.starts_with('.') && name != "..";
    is_hidden || name.starts_with("~$") || SKIPPED.contains(&name.to_lowercase().as_str())
}

fn is_dangling(path: &Path) -> bool {
    path.is_symlink() && !path.exists()
}

fn is_our_output(folder: &Path) -> bool {
    folder.join("herkomst").join("manifest.json").is_file()
        || (folder.join("manifest.json").is_file() && folder.join("basis").is_dir())
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a String cannot fail");
        out
    })
}

/// Why the operating system refused, in Dutch.
pub fn reason(error: &std::io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "het bestand is er niet meer",
        ErrorKind::PermissionDenied => {
            "u mag dit bestand niet lezen, of het is in een ander programma geopend"
        }
        // Only what comes out of an archive has a limit here.
        ErrorKind::FileTooLarge => {
            "het bestand is te groot om het ingepakt te lezen; pak het zip-bestand eerst uit"
        }
        _ => "het bestand kon niet worden gelezen",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_whole_in_a_fixed_order_without_our_own_files() {
        let dir = tempfile::tempdir().unwrap();
        for name in [
            "b.csv",
            "a.csv",
            "README.md",
            "antwoorden.json",
            ".hidden",
            "map/c.xml",
            "oud/basis/x",
            "oud/manifest.json",
        ] {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let found = gather(&[dir.path().to_path_buf()]).unwrap();
        let root = shown_root(dir.path());
        let names: Vec<String> = found.iter().map(|c| c.shown.replace(&root, "R")).collect();
        assert_eq!(names, ["R/a.csv", "R/b.csv", "R/map/c.xml"]);
    }

    #[test]
    fn a_missing_path_is_named_in_dutch() {
        let error = gather(&[PathBuf::from("bestaat-niet.csv")]).unwrap_err();
        assert!(error.to_string().contains("bestaat niet"));
    }
}
