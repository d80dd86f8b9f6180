//! Where the bytes of a file come from.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use crate::sources::archive::{self, Entry, Refusal};
use crate::sources::encoding::Encoding;
use crate::sources::gather;
use crate::sources::rules::{MS206, MS262};

/// Bytes that can be read from the beginning as often as needed.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file on disk.
    File(PathBuf),
    /// A file in a zip.
    Entry(Entry),
    /// Text that is not UTF-8, read as if it were.
    Text(Box<Self>, Encoding),
}

impl Input {
    /// Opens the bytes as a stream.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path)?)),
            Self::Entry(entry) => entry.open(),
            Self::Text(inner, encoding) => Ok(encoding.decode(inner.open()?)),
        }
    }

    /// All bytes at once: for files that are small by nature.
    pub fn read_all(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Why reading failed, with the rule that says so.
    pub fn refusal(&self, error: &io::Error) -> Refusal {
        match self {
            Self::File(_) => Refusal::new(&MS206, gather::reason(error)),
            Self::Entry(_) => Refusal::new(&MS262, archive::reason(error)),
            Self::Text(inner, _) => inner.refusal(error),
        }
    }

    /// The encoding in which the file itself is written.
    pub fn encoding(&self) -> Encoding {
        match self {
            Self::File(_) | Self::Entry(_) => Encoding::Utf8,
            Self::Text(_, encoding) => *encoding,
        }
    }
}
