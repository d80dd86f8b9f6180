//! Bytes in which one can move about: workbooks and Parquet have their table of contents at the end.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use crate::sources::input::Input;

/// Bytes of a workbook or Parquet file that comes out of an archive.
const MAX_BYTES: u64 = 4 << 30;

/// The file itself, or what comes out of an archive in a file without a name, which is gone when it is closed.
pub(super) fn seekable(input: &Input) -> io::Result<File> {
    if let Input::File(path) = input {
        return File::open(path);
    }
    let mut file = tempfile::tempfile()?;
    let copied = io::copy(&mut input.open()?.take(MAX_BYTES + 1), &mut file)?;
    if copied > MAX_BYTES {
        return Err(ErrorKind::FileTooLarge.into());
    }
    file.seek(SeekFrom::Start(0))?;
    Ok(file)
}
