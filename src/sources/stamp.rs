//! Whether a file is still what it was when it was hashed.
//!
//! A file is read twice: for its hash, and for its rows. When another program writes to it in between, or while it is
//! read, the rows are not those of the hash, and may be half of what was meant.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::sources::gather::Candidate;

/// What files were before anything was read from them.
#[derive(Debug, Default)]
pub struct Stamps(BTreeMap<PathBuf, Stamp>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    /// Another file under the same name has another number.
    #[cfg(unix)]
    inode: u64,
}

impl Stamps {
    /// Of all these files; to be taken before they are hashed.
    pub fn of(candidates: &[Candidate]) -> Self {
        let stamps =
            candidates.iter().filter_map(|one| Some((one.path.clone(), stamp(&one.path)?)));
        Self(stamps.collect())
    }

    /// What happened to the file since, in Dutch; `None` when it is as it was.
    pub fn change(&self, path: &Path) -> Option<&'static str> {
        let before = self.0.get(path)?;
        match stamp(path) {
            Some(now) if now == *before => None,
            Some(now) if now.bytes > before.bytes => Some("het bestand is groter geworden"),
            Some(now) if now.bytes < before.bytes => Some("het bestand is kleiner geworden"),
            Some(_) => Some("het bestand is gewijzigd of vervangen"),
            None => Some("het bestand is er niet meer"),
        }
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let meta = fs::metadata(path).ok()?;
    Some(Stamp {
        bytes: meta.len(),
        modified: meta.modified().ok(),
        #[cfg(unix)]
        inode: std::os::unix::fs::MetadataExt::ino(&meta),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is done to a file, and a word of what is said of it.
    type Change<'c> = (&'c dyn Fn(&Path), Option<&'c str>);

    #[test]
    fn every_change_of_a_file_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        let changes: [Change<'_>; 5] = [
            (&|_| {}, None),
            (&|path| fs::write(path, "abcd").unwrap(), Some("groter")),
            (&|path| fs::write(path, "ab").unwrap(), Some("kleiner")),
            (
                &|path| {
                    fs::remove_file(path).unwrap();
                    fs::write(path.with_extension("nieuw"), "abd").unwrap();
                    fs::rename(path.with_extension("nieuw"), path).unwrap();
                },
                Some("vervangen"),
            ),
            (&|path| fs::remove_file(path).unwrap(), Some("niet meer")),
        ];
        for (at, (change, expected)) in changes.into_iter().enumerate() {
            let path = dir.path().join(at.to_string());
            fs::write(&path, "abc").unwrap();
            let stamps = Stamps::of(&[Candidate { path: path.clone(), shown: String::new() }]);
            change(&path);
            let found = stamps.change(&path);
            assert_eq!(found.is_some(), expected.is_some(), "{at}");
            assert!(found.unwrap_or_default().contains(expected.unwrap_or_default()), "{at}");
        }
    }
}
