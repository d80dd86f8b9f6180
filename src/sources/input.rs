//! Where the bytes of a file come from.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// Bytes that can be read from the beginning as often as needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file on disk.
    File(PathBuf),
}

impl Input {
    /// Opens the bytes as a stream.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path)?)),
        }
    }

    /// All bytes at once: for files that are small by nature.
    pub fn read_all(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
