//! The key, and the pseudonyms made with it.
//!
//! A BSN has fewer than 10^8 valid values, so an unkeyed hash is no protection. HMAC-SHA-256 with a key that
//! stays on the user's own machine, 64 bits kept: at ten million clients the chance of one collision is 3 in a
//! million. No output may depend on the value or the order of a pseudonym; a test runs two keys and compares.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The secret. It has no `Debug`, so that it cannot be printed by accident.
#[derive(Clone)]
pub struct Key([u8; 32]);

/// What kind of identifier is replaced; the same digits in two kinds give two pseudonyms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// BSN.
    Bsn,
    /// Client number of a back office.
    Clientnummer,
    /// Gezin or IBAN.
    Other,
}

impl Key {
    /// A key of these bytes; for tests and for a run without a dataset to keep.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key that nobody keeps.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn random() -> Result<Self> {
        let mut bytes = [0u8; 32];
        if getrandom::fill(&mut bytes).is_err() {
            bail!(
                "het besturingssysteem levert geen toevalsgetallen; er kan geen sleutel worden gemaakt"
            );
        }
        Ok(Self(bytes))
    }

    /// Reads the key file, or makes it with randomness of the system when it is not there.
    ///
    /// # Errors
    /// When the file cannot be made or read, or does not hold a key; in Dutch, without its content.
    pub fn open_or_create(path: &Path) -> Result<Self> {
        if !path.exists() {
            create(path)?;
        }
        let text = fs::read_to_string(path)
            .with_context(|| format!("het sleutelbestand {} is niet te lezen", path.display()))?;
        let Some(bytes) = from_hex(text.trim()) else {
            bail!(
                "{} is geen sleutelbestand van maatstaf; kies een ander bestand met --sleutel",
                path.display()
            );
        };
        Ok(Self(bytes))
    }

    /// A short mark of the key, to see that two runs on one dataset used the same one.
    pub fn mark(&self) -> String {
        format!("{:016x}", self.pseudonym("kenmerk", b"maatstaf").cast_unsigned())
    }

    fn pseudonym(&self, domain: &str, value: &[u8]) -> i64 {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(domain.as_bytes());
        mac.update(b":");
        mac.update(value);
        let code = mac.finalize().into_bytes();
        i64::from_le_bytes(code[..8].try_into().expect("eight of 32 bytes"))
    }
}

/// Makes the file under another name first: whoever sees it sees a whole key, also when this run is killed or another
/// one makes it at the same time. It is on the disk before anything is made with it: a dataset without its key cannot
/// be added to. Only its owner may read it.
fn create(path: &Path) -> Result<()> {
    let failed = || format!("het sleutelbestand {} kan niet worden gemaakt", path.display());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).with_context(failed)?;
    let Key(bytes) = Key::random()?;
    let text = bytes.iter().fold(String::new(), |out, b| out + &format!("{b:02x}")) + "\n";
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    file.write_all(text.as_bytes()).with_context(failed)?;
    file.as_file().sync_all().with_context(failed)?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        // Another run made it between our look and our write: then that is the key.
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.error).with_context(failed),
    }
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0u8; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[i * 2..i * 2 + 2], 16).ok()?;
    }
    Some(out)
}

/// Makes pseudonyms, each once per distinct value of a block.
pub struct Pseudonyms<'k> {
    key: &'k Key,
    kind: Kind,
    known: HashMap<Vec<u8>, i64>,
}

impl<'k> Pseudonyms<'k> {
    /// For one column of one block; dropped with it, so that no original outlives its block.
    pub fn new(key: &'k Key, kind: Kind) -> Self {
        Self { key, kind, known: HashMap::new() }
    }

    /// The pseudonym of a value.
    pub fn of(&mut self, value: &[u8]) -> i64 {
        if let Some(known) = self.known.get(value) {
            return *known;
        }
        let domain = match self.kind {
            Kind::Bsn => "bsn",
            Kind::Clientnummer => "client",
            Kind::Other => "ander",
        };
        let made = self.key.pseudonym(domain, value);
        self.known.insert(value.to_vec(), made);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_one_pseudonym_per_key_and_kind() {
        let key = Key::new([7; 32]);
        let other = Key::new([8; 32]);
        let of = |key: &Key, kind| Pseudonyms::new(key, kind).of(b"999900006");
        assert_eq!(of(&key, Kind::Bsn), of(&key, Kind::Bsn));
        assert_ne!(of(&key, Kind::Bsn), of(&other, Kind::Bsn));
        assert_ne!(of(&key, Kind::Bsn), of(&key, Kind::Clientnummer));
    }

    #[test]
    fn the_key_is_made_once_and_only_its_owner_may_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("map/sleutel");
        let first = Key::open_or_create(&path).unwrap().mark();
        assert_eq!(Key::open_or_create(&path).unwrap().mark(), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_refused_without_showing_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        fs::write(&path, "geheim").unwrap();
        let Err(error) = Key::open_or_create(&path) else { panic!("should refuse") };
        assert!(
            error.to_string().contains("geen sleutelbestand")
                && !error.to_string().contains("geheim")
        );
    }
}
