//! One file under a name the user chose, written whole or not at all.
//!
//! Enters: a path and bytes. Leaves: the file, put under its name by a rename once its bytes are on the disk. Does not know
//! what is in it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::report::folder::message::explain_file;

/// A file that may be written; nothing is there yet.
#[derive(Debug)]
pub struct Bestand {
    path: PathBuf,
    overwrite: bool,
}

impl Bestand {
    /// Looks whether a file can come at that path.
    ///
    /// # Errors
    /// In Dutch: when something is there that may not be replaced, or its folder is not.
    pub fn new(path: &Path, overwrite: bool) -> anyhow::Result<Self> {
        let file = Self { path: path.to_owned(), overwrite };
        file.check()?;
        let folder = file.folder();
        if !folder.is_dir() {
            bail!("de map {} bestaat niet; maak haar eerst of kies een andere", folder.display());
        }
        Ok(file)
    }

    /// As the user named it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    fn check(&self) -> anyhow::Result<()> {
        let shown = self.path.display();
        if self.path.is_dir() {
            bail!("{shown} is een map; noem een bestand daarin");
        }
        if !self.overwrite && fs::symlink_metadata(&self.path).is_ok() {
            bail!("{shown} bestaat al; kies een andere naam, of vervang het met --overschrijf");
        }
        Ok(())
    }

    /// Writes it.
    ///
    /// # Errors
    /// In Dutch, with the remedy; what stood there then still stands there.
    pub fn put(&self, bytes: &[u8]) -> anyhow::Result<()> {
        let name = self.path.file_name().context("the path of a file has a name")?;
        let mut fresh = std::ffi::OsString::from(".maatstaf-");
        fresh.push(name);
        fresh.push(format!(".{}.nieuw", std::process::id()));
        let fresh = self.folder().join(fresh);
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).create_new(true).open(&fresh)?;
            file.write_all(bytes)?;
            // A name may not come before its bytes: after a power cut the file would be there and empty.
            file.sync_all()
        };
        let put = write()
            .map_err(|error| explain_file(&error, &self.path))
            .and_then(|()| self.check())
            .and_then(|()| {
                fs::rename(&fresh, &self.path).map_err(|error| explain_file(&error, &self.path))
            });
        if put.is_err() {
            drop(fs::remove_file(&fresh));
        }
        put
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_once_and_replaced_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("antwoord.csv");
        Bestand::new(&path, false).unwrap().put(b"een").unwrap();
        let error = Bestand::new(&path, false).unwrap_err().to_string();
        assert!(
            error.ends_with("bestaat al; kies een andere naam, of vervang het met --overschrijf")
        );
        Bestand::new(&path, true).unwrap().put(b"twee").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"twee");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_came_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("antwoord.csv");
        let file = Bestand::new(&path, false).unwrap();
        fs::write(&path, "van een ander").unwrap();
        assert!(file.put(b"een").is_err());
        assert_eq!(fs::read(&path).unwrap(), b"van een ander");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_no_file_and_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let error = |path: &Path| Bestand::new(path, true).unwrap_err().to_string();
        assert!(error(folder.path()).contains("is een map"));
        assert!(error(&folder.path().join("geen/x.csv")).contains("bestaat niet; maak haar eerst"));
    }
}
