//! Text cells with an address: what every reader hands on.

use std::sync::Arc;

use crate::schema::Table;

/// A file as it was found, with what identifies it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path as the user gave it, `/` between folders.
    pub path: String,
    /// Full SHA-256 of the content, lower-case hex.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

impl SourceFile {
    /// First 16 hex digits of the hash: the `bron` every row carries.
    pub fn bron(&self) -> &str {
        &self.sha256[..16]
    }
}

/// A block of rows of one file, every cell still what the supplier wrote.
///
/// An empty cell and an absent one are the same: no file format here tells them apart.
#[derive(Debug)]
pub struct RawTable {
    /// The canonical table these rows belong to.
    pub table: &'static Table,
    /// The file they come from.
    pub file: Arc<SourceFile>,
    /// Heading (or XML element) per raw column, as written.
    pub headings: Arc<[String]>,
    /// Per raw column the position in `table.columns`, or `None` when it is not used.
    pub targets: Arc<[Option<usize>]>,
    /// True when amounts are whole eurocents and dates ISO (messages); false for exports.
    pub is_message: bool,
    cells: Vec<u8>,
    ends: Vec<u32>,
    lines: Vec<u64>,
}

impl RawTable {
    /// An empty block.
    pub fn new(
        table: &'static Table,
        file: Arc<SourceFile>,
        headings: Arc<[String]>,
        targets: Arc<[Option<usize>]>,
        is_message: bool,
    ) -> Self {
        assert_eq!(headings.len(), targets.len(), "one target per heading");
        Self {
            table,
            file,
            headings,
            targets,
            is_message,
            cells: Vec::new(),
            ends: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Adds a row; `cells` holds one entry per heading.
    pub fn push<'a>(&mut self, line: u64, cells: impl IntoIterator<Item = &'a [u8]>) {
        for cell in cells {
            self.cells.extend_from_slice(cell);
            let end = u32::try_from(self.cells.len()).expect("a block is cut long before 4 GB");
            self.ends.push(end);
        }
        self.lines.push(line);
        debug_assert_eq!(self.ends.len(), self.lines.len() * self.headings.len());
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.lines.len()
    }

    /// Bytes held in cells: readers cut a block on this.
    pub fn n_bytes(&self) -> usize {
        self.cells.len()
    }

    /// The line on which a row begins, 1-based.
    pub fn line(&self, row: usize) -> u64 {
        self.lines[row]
    }

    /// One cell, as written, without surrounding quotes.
    pub fn cell(&self, row: usize, column: usize) -> &[u8] {
        let index = row * self.headings.len() + column;
        let begin = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.cells[begin..self.ends[index] as usize]
    }
}
