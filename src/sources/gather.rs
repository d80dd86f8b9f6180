//! Paths as given → files in a fixed order, each with its hash.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::sources::csv;
use crate::sources::encoding::{Detector, Encoding};
use crate::sources::input::Input;
use crate::sources::raw::SourceFile;
use crate::sources::{Format, format_of};

/// How many first bytes decide on the format.
pub const HEAD_BYTES: usize = 64 * 1024;

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
        let hidden = name.starts_with('.') || name.starts_with("~$");
        if hidden || SKIPPED.contains(&name.to_lowercase().as_str()) {
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

fn is_dangling(path: &Path) -> bool {
    path.is_symlink() && !path.exists()
}

fn is_our_output(folder: &Path) -> bool {
    folder.join("herkomst").join("manifest.json").is_file()
        || (folder.join("manifest.json").is_file() && folder.join("basis").is_dir())
}

/// A candidate after its bytes were seen once: its first bytes, and its hash.
pub struct Hashed {
    /// The candidate.
    pub candidate: Candidate,
    /// Its identity, or why it could not be read, in Dutch.
    pub file: std::result::Result<SourceFile, String>,
    /// How it will be read, decided on its first bytes; `None` when nothing here reads it.
    pub format: Option<&'static Format>,
    /// Where its bytes come from, decoded when it is text in another encoding than UTF-8.
    pub input: Input,
}

/// Hashes files side by side, keeping their order. What cannot be read becomes a reason, not an error:
/// one locked file must not hide the others.
pub fn hash_all(candidates: &[Candidate]) -> Vec<Hashed> {
    candidates.par_iter().map(hash_one).collect()
}

fn hash_one(candidate: &Candidate) -> Hashed {
    let input = Input::File(candidate.path.clone());
    match look(&input) {
        Ok(seen) => Hashed {
            candidate: candidate.clone(),
            file: Ok(SourceFile {
                path: candidate.shown.clone(),
                sha256: seen.sha256,
                bytes: seen.bytes,
            }),
            format: format_of(&seen.head),
            input: match seen.encoding {
                Encoding::Utf8 => input,
                other => Input::Text(Box::new(input), other),
            },
        },
        Err(error) => Hashed {
            candidate: candidate.clone(),
            file: Err(reason(&error).to_owned()),
            format: None,
            input,
        },
    }
}

/// What one walk over the bytes tells.
struct Seen {
    sha256: String,
    bytes: u64,
    head: Vec<u8>,
    /// Of text only; everything else is read as it is.
    encoding: Encoding,
}

fn look(input: &Input) -> std::io::Result<Seen> {
    let mut file = input.open()?;
    let mut hasher = Sha256::new();
    let mut detector = Detector::default();
    let mut is_text = false;
    let mut buffer = vec![0u8; 1 << 20];
    let mut head = Vec::new();
    let mut bytes = 0u64;
    loop {
        let n = file.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        if head.len() < HEAD_BYTES {
            head.extend_from_slice(&buffer[..n.min(HEAD_BYTES - head.len())]);
        }
        if bytes == 0 {
            is_text = format_of(&head).is_some_and(|format| format.name == csv::FORMAT.name);
        }
        if is_text {
            detector.feed(&buffer[..n]);
        }
        hasher.update(&buffer[..n]);
        bytes += n as u64;
    }
    let encoding = if is_text { detector.finish() } else { Encoding::Utf8 };
    Ok(Seen { sha256: to_hex(&hasher.finalize()), bytes, head, encoding })
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

    #[test]
    fn the_hash_is_sha_256() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        fs::write(&path, "abc").unwrap();
        let seen = look(&Input::File(path)).unwrap();
        assert_eq!(&seen.sha256[..16], "ba7816bf8f01cfea");
        assert_eq!((seen.bytes, seen.head.as_slice()), (3, b"abc".as_slice()));
    }
}
