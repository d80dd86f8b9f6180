//! Bytes in which one can move about: workbooks and Parquet have their table of contents at the end.

use std::fs::File;
use std::io;

use crate::sources::input::Input;

/// The file itself.
pub(super) fn seekable(input: &Input) -> io::Result<File> {
    match input {
        Input::File(path) => File::open(path),
        // A workbook is no text; should it ever be taken for one, its own bytes are what counts.
        Input::Text(inner, _) => seekable(inner),
    }
}
