//! A file in chunks, with what was not yet consumed kept in front.

use std::io::Read;

use super::cut::{MAX_RECORD, line_len};
use crate::sources::encoding::strip_bom;
use crate::sources::input::Input;

/// Bytes read from the file at a time; also about the size of a block.
pub(super) const CHUNK: usize = 8 << 20;

/// The bytes at hand.
pub(super) struct Window {
    file: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    begin: usize,
    chunk: usize,
    is_last: bool,
    /// Lines end on a lone carriage return, as old programs for the Mac write them.
    has_returns: bool,
    has_bom: bool,
}

impl Window {
    pub(super) fn open(input: &Input, chunk: usize) -> std::io::Result<Self> {
        let mut window = Self {
            file: input.open()?,
            buffer: Vec::new(),
            begin: 0,
            chunk,
            is_last: false,
            has_returns: false,
            has_bom: false,
        };
        window.fill()?;
        window.has_returns = has_bare_returns(&window.buffer);
        window.turn_returns(0);
        window.begin = window.buffer.len() - strip_bom(&window.buffer).len();
        window.has_bom = window.begin > 0;
        Ok(window)
    }

    /// Drops what was consumed and reads one chunk more.
    pub(super) fn fill(&mut self) -> std::io::Result<()> {
        if self.buffer.capacity() == 0 {
            self.buffer.reserve(self.chunk + self.chunk.min(MAX_RECORD));
        }
        self.buffer.drain(..self.begin);
        self.begin = 0;
        let before = self.buffer.len();
        let n = self.file.by_ref().take(self.chunk as u64).read_to_end(&mut self.buffer)?;
        self.is_last = n < self.chunk;
        self.turn_returns(before);
        Ok(())
    }

    /// A lone return becomes a line end; a line end within a quoted cell stays what it is.
    fn turn_returns(&mut self, from: usize) {
        if !self.has_returns {
            return;
        }
        // Whether a return at the edge is a lone one, the next chunk tells.
        for at in from.saturating_sub(1)..self.buffer.len() {
            let is_lone = match self.buffer.get(at + 1) {
                Some(next) => *next != b'\n',
                None => self.is_last,
            };
            if is_lone && self.buffer[at] == b'\r' {
                self.buffer[at] = b'\n';
            }
        }
    }

    /// The file began with the mark of UTF-8.
    pub(super) fn has_bom(&self) -> bool {
        self.has_bom
    }

    /// What is left of the chunk.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.begin..]
    }

    /// Nothing follows this chunk.
    pub(super) fn is_last(&self) -> bool {
        self.is_last
    }

    /// Everything was consumed.
    pub(super) fn is_done(&self) -> bool {
        self.is_last && self.rest().is_empty()
    }

    pub(super) fn consume(&mut self, len: usize) {
        self.begin += len;
    }
}

/// True when lines end on a lone carriage return. Behind a quote one may belong to a cell, unless there is no other
/// line end at all.
fn has_bare_returns(bytes: &[u8]) -> bool {
    let line = &bytes[..line_len(bytes)];
    let has_newline = line.ends_with(b"\n");
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let end = match memchr::memchr(b'"', line) {
        Some(quote) if has_newline => quote,
        _ => line.len(),
    };
    memchr::memchr(b'\r', &line[..end]).is_some()
}
