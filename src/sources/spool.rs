//! Bytes in which one can move about: workbooks and Parquet have their table of contents at the end.

use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::sync::Arc;

use crate::sources::input::Input;

/// Bytes of a workbook or Parquet file that comes out of an archive. It is unpacked in memory: on a disk its client
/// numbers would stand in plain, and what is removed from a disk is not gone from it.
const MAX_BYTES: u64 = 512 << 20;

/// The file itself, or what comes out of an archive.
pub(super) enum Spool {
    /// A file of the user.
    File(File),
    /// Unpacked bytes, shared by all who read them.
    Memory(Cursor<Arc<[u8]>>),
}

/// Opens an input of which the end is read first.
pub(super) fn seekable(input: &Input) -> io::Result<Spool> {
    if let Input::File(path) = input {
        return File::open(path).map(Spool::File);
    }
    let mut bytes = Vec::new();
    input.open()?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(Spool::Memory(Cursor::new(bytes.into())))
}

impl Spool {
    /// A second view of the same bytes; of a file both stand at the same place.
    pub(super) fn try_clone(&self) -> io::Result<Self> {
        Ok(match self {
            Self::File(file) => Self::File(file.try_clone()?),
            Self::Memory(bytes) => Self::Memory(bytes.clone()),
        })
    }
}

impl Read for Spool {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Memory(bytes) => bytes.read(into),
        }
    }
}

impl Seek for Spool {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}
