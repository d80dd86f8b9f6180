//! Messages in one zip.
//!
//! Enters: names and bytes, in order. Leaves: a zip without any time in it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A zip being written.
pub(super) struct Archive(ZipWriter<BufWriter<File>>);

impl Archive {
    /// Begins a zip.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self(ZipWriter::new(BufWriter::with_capacity(1 << 18, File::create(path)?))))
    }

    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.start_file(name, options())?;
        self.0.write_all(bytes)
    }

    /// Writes the list of files.
    pub(super) fn finish(self) -> io::Result<()> {
        self.0.finish()?.flush()
    }
}

/// How a file goes into a zip: packed, without its time.
pub(super) fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// The same, not packed.
pub(super) fn stored() -> SimpleFileOptions {
    options().compression_method(CompressionMethod::Stored).compression_level(None)
}

/// A zip of one file, in memory.
pub(super) fn write_one(out: &mut Vec<u8>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut zip = ZipWriter::new(io::Cursor::new(out));
    zip.start_file(name, options())?;
    zip.write_all(bytes)?;
    zip.finish()?;
    Ok(())
}
