//! What the pages of a column say of themselves, held against the file before the library believes it.

use std::io::{Read, Seek, SeekFrom};

use super::open::Fault;
use super::thrift::{Broken, walk};
use crate::sources::spool::Spool;

/// Bytes of a page header that are looked at first; those with long texts in them need more.
const HEADER: usize = 4 << 10;
/// Bytes beyond which no header is meant.
const MAX_HEADER: usize = 16 << 20;
/// Bytes one page may unpack to.
const MAX_PAGE: i64 = 1 << 30;

/// One column in one row group.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    /// Position of its column among those of the file.
    pub(super) column: usize,
    /// Where its pages begin.
    pub(super) begin: u64,
    /// Where they end.
    pub(super) end: u64,
    /// Values it says to have.
    pub(super) values: i64,
    /// Rows of the row group.
    pub(super) rows: i64,
}

/// What a page header says.
#[derive(Default)]
struct Page {
    kind: i64,
    unpacked: i64,
    packed: i64,
    values: i64,
    nulls: i64,
    rows: i64,
    levels: i64,
}

/// True when the description at the end of a file holds together: no list in it is longer than its bytes.
pub(super) fn footer_holds(footer: &[u8]) -> bool {
    walk(footer, &mut |_, _| {}).is_ok()
}

/// Holds the headers of all pages of a column against each other and against the file.
pub(super) fn check(file: &mut Spool, chunk: &Chunk, bytes: u64) -> Result<(), Fault> {
    if chunk.begin > chunk.end || chunk.end > bytes || chunk.values != chunk.rows {
        return Err(lies());
    }
    let (mut at, mut seen) = (chunk.begin, 0i64);
    while seen < chunk.values {
        let (len, page) = header(file, at, chunk.end)?;
        at = at.saturating_add(len);
        let packed = u64::try_from(page.packed).map_err(|_| lies())?;
        let left = chunk.end.saturating_sub(at);
        if packed > left || !page.is_sound(chunk.rows) {
            return Err(lies());
        }
        if page.unpacked > MAX_PAGE {
            return Err(Fault::TooLarge("een kolom wordt bij het uitpakken te groot".to_owned()));
        }
        // Kinds 0 and 3 hold values of rows.
        if matches!(page.kind, 0 | 3) {
            seen = seen.checked_add(page.values).filter(|n| *n <= chunk.values).ok_or_else(lies)?;
        }
        at += packed;
        if at >= chunk.end && seen < chunk.values {
            return Err(lies());
        }
    }
    Ok(())
}

impl Page {
    fn is_sound(&self, rows: i64) -> bool {
        let none_below_nought = [self.unpacked, self.values, self.nulls, self.rows, self.levels]
            .iter()
            .all(|number| *number >= 0);
        let fits = match self.kind {
            0 => self.values <= rows,
            // A value of a dictionary takes a byte at least.
            2 => self.values <= self.unpacked,
            3 => {
                let counts = self.nulls <= self.values && self.rows <= self.values;
                self.values <= rows && counts && self.levels <= self.unpacked
            }
            _ => true,
        };
        none_below_nought && fits
    }

    fn note(&mut self, path: &[i16], number: i64) {
        match path {
            [1] => self.kind = number,
            [2] => self.unpacked = number,
            [3] => self.packed = number,
            [5 | 7 | 8, 1] => self.values = number,
            [8, 2] => self.nulls = number,
            [8, 3] => self.rows = number,
            // A length below nought must not be hidden by another.
            [8, 5 | 6] if number < 0 => self.levels = i64::MIN,
            [8, 5 | 6] => self.levels = self.levels.saturating_add(number),
            _ => {}
        }
    }
}

/// Reads the header of a page, however long it is.
fn header(file: &mut Spool, at: u64, end: u64) -> Result<(u64, Page), Fault> {
    let mut size = HEADER;
    loop {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(at)).map_err(Fault::Unreadable)?;
        let most = u64::try_from(size).unwrap_or(u64::MAX).min(end.saturating_sub(at));
        file.by_ref().take(most).read_to_end(&mut bytes).map_err(Fault::Unreadable)?;
        let mut page = Page::default();
        match walk(&bytes, &mut |path, number| page.note(path, number)) {
            Ok(len) => return Ok((u64::try_from(len).unwrap_or(u64::MAX), page)),
            Err(Broken::Short) if bytes.len() == size && size < MAX_HEADER => size *= 8,
            Err(_) => return Err(lies()),
        }
    }
}

fn lies() -> Fault {
    Fault::Damaged("een kolom klopt niet met de inhoudsopgave".to_owned())
}
