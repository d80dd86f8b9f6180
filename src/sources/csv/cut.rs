//! Bytes → one record, or the reason why there is none at the front.

use crate::sources::grid::Cells;

/// A record longer than this has lost its closing quote.
pub(super) const MAX_RECORD: usize = 1 << 20;

/// One record cut from the bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A record of `len` bytes (line end included) over `lines` lines; its fields are in the scratch.
    Record { len: usize, lines: u64 },
    /// Broken quoting in a line of `len` bytes.
    Broken { len: usize },
    /// The record does not end within these bytes.
    Incomplete,
}

/// Field texts of the record just cut, quotes removed.
#[derive(Debug, Default, Clone)]
pub(super) struct Fields {
    pub(super) text: Vec<u8>,
    ends: Vec<usize>,
}

impl Fields {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Where each cell ends in the text.
    pub(super) fn ends(&self) -> &[usize] {
        &self.ends
    }

    fn finish_field(&mut self) {
        self.ends.push(self.text.len());
    }
}

impl Cells for Fields {
    fn n_cells(&self) -> usize {
        self.ends.len()
    }

    fn cell(&self, at: usize) -> &[u8] {
        let Some(end) = self.ends.get(at) else { return &[] };
        let begin = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[begin..*end]
    }
}

/// Length of the line at the front, line end included; all that is left when there is none.
pub(super) fn line_len(bytes: &[u8]) -> usize {
    memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1)
}

/// Cuts the record at the front of `bytes`. `is_last` says that nothing follows them.
pub(super) fn cut(bytes: &[u8], delimiter: u8, is_last: bool, fields: &mut Fields) -> Cut {
    fields.clear();
    let newline = memchr::memchr(b'\n', bytes);
    let line = match newline {
        Some(at) => &bytes[..at],
        None if is_last => bytes,
        None if bytes.len() > MAX_RECORD => return Cut::Broken { len: bytes.len() },
        None => return Cut::Incomplete,
    };
    if memchr::memchr(b'"', line).is_some() {
        return cut_quoted(bytes, delimiter, is_last, fields);
    }
    let line_bytes = line.strip_suffix(b"\r").unwrap_or(line);
    let mut begin = 0;
    for at in memchr::memchr_iter(delimiter, line_bytes) {
        fields.text.extend_from_slice(&line_bytes[begin..at]);
        fields.finish_field();
        begin = at + 1;
    }
    fields.text.extend_from_slice(&line_bytes[begin..]);
    fields.finish_field();
    Cut::Record { len: newline.map_or(bytes.len(), |at| at + 1), lines: 1 }
}

/// The careful path, for a record with a quote in its first line.
fn cut_quoted(bytes: &[u8], delimiter: u8, is_last: bool, fields: &mut Fields) -> Cut {
    let broken = Cut::Broken { len: line_len(bytes) };
    let mut at = 0;
    let mut lines = 1;
    loop {
        if bytes.get(at) == Some(&b'"') {
            match quoted_field(&bytes[at..], fields) {
                Some((len, breaks)) => {
                    at += len;
                    lines += breaks;
                }
                None if is_last || bytes.len() > MAX_RECORD => return broken,
                None => return Cut::Incomplete,
            }
        } else {
            let rest = &bytes[at..];
            let len = memchr::memchr2(delimiter, b'\n', rest).unwrap_or(rest.len());
            let end = if rest.get(len) == Some(&b'\n') || len == rest.len() {
                rest[..len].strip_suffix(b"\r").map_or(len, <[u8]>::len)
            } else {
                len
            };
            fields.text.extend_from_slice(&rest[..end]);
            at += end;
        }
        fields.finish_field();
        match &bytes[at..] {
            [first, ..] if *first == delimiter => at += 1,
            [b'\n', ..] => return Cut::Record { len: at + 1, lines },
            [b'\r', b'\n', ..] => return Cut::Record { len: at + 2, lines },
            [] | [b'\r'] if is_last => return Cut::Record { len: bytes.len(), lines },
            [] | [b'\r'] => return Cut::Incomplete,
            _ => return broken,
        }
    }
}

/// Reads a quoted field from its opening quote: bytes up to and including the closing one, and line breaks in it.
fn quoted_field(bytes: &[u8], fields: &mut Fields) -> Option<(usize, u64)> {
    let mut at = 1;
    let mut breaks = 0;
    loop {
        let len = memchr::memchr(b'"', &bytes[at..])?;
        let piece = &bytes[at..at + len];
        fields.text.extend_from_slice(piece);
        breaks += memchr::memchr_iter(b'\n', piece).count() as u64;
        at += len + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some((at, breaks));
        }
        fields.text.push(b'"');
        at += 1;
    }
}
