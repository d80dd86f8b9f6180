//! Text cells with an address: what every reader hands on.

use std::sync::Arc;

use crate::schema::Table;
use crate::sources::headers;

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
    /// How a position is told to the user.
    pub place: Place,
    cells: Vec<u8>,
    ends: Vec<u32>,
    lines: Vec<u64>,
    /// Per cell whether it is in machine form; empty while no cell is.
    native: Vec<bool>,
}

/// How a position in a file is told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// By line number: text and messages.
    #[default]
    Lines,
    /// By row number: tables without lines.
    Rows,
    /// By sheet and cell address: workbooks.
    Sheet {
        /// Name of the sheet.
        name: Arc<str>,
        /// What was added to the row number, so that rows of two sheets have two numbers ([`SHEET_STEP`]).
        offset: u64,
        /// Letters of the column per heading ("F").
        letters: Arc<[String]>,
    },
}

/// Added to the row number for every further sheet that is used: no sheet has so many rows.
pub const SHEET_STEP: u64 = 10_000_000;

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
            place: Place::Lines,
            cells: Vec::new(),
            ends: Vec::new(),
            lines: Vec::new(),
            native: Vec::new(),
        }
    }

    /// Makes room for rows that take about this many bytes, so that what is there need not move.
    pub fn reserve(&mut self, rows: usize, bytes: usize) {
        self.cells.reserve(bytes);
        self.ends.reserve(rows * self.headings.len());
        self.lines.reserve(rows);
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

    /// Adds a row whose cells stand behind each other in `text`, each up to its end in `ends`.
    pub fn push_row(&mut self, line: u64, text: &[u8], ends: &[usize]) {
        let before = self.cells.len();
        u32::try_from(before + text.len()).expect("a block is cut long before 4 GB");
        self.cells.extend_from_slice(text);
        // The sum fits, so each part does.
        self.ends.extend(ends.iter().map(|end| u32::try_from(before + end).unwrap_or(u32::MAX)));
        self.lines.push(line);
        debug_assert_eq!(self.ends.len(), self.lines.len() * self.headings.len());
    }

    /// Adds a row of which some cells are in machine form: a number as `-1234.5`, a date as `2025-12-31`, a
    /// boolean as `true`. Their style is not decided, for there is nothing to decide.
    pub fn push_mixed<'a>(&mut self, line: u64, cells: impl IntoIterator<Item = (&'a [u8], bool)>) {
        // Rows that came as text before have no mark yet.
        self.native.resize(self.ends.len(), false);
        let mut native = std::mem::take(&mut self.native);
        let marked = cells.into_iter().map(|(cell, is_native)| {
            native.push(is_native);
            cell
        });
        self.push(line, marked);
        self.native = native;
    }

    /// True when the cell is in machine form (see [`RawTable::push_mixed`]).
    pub fn is_native(&self, row: usize, column: usize) -> bool {
        self.native.get(row * self.headings.len() + column).copied().unwrap_or(false)
    }

    /// True when some cells are in machine form.
    pub fn has_native(&self) -> bool {
        !self.native.is_empty()
    }

    /// The address of a cell, or of a row, as the user finds it (`Blad1!F213`, `Blad1!213`, `rij 213`); empty when lines are told.
    pub fn address(&self, row: usize, column: Option<usize>) -> String {
        match &self.place {
            Place::Lines => String::new(),
            Place::Rows => format!("rij {}", self.line(row)),
            Place::Sheet { name, offset, letters } => {
                let letter = column.and_then(|at| letters.get(at)).map_or("", String::as_str);
                format!("{name}!{letter}{}", self.line(row) - offset)
            }
        }
    }

    /// Where the cells stand that say which rejected row a row mends: file, line. `None` for any other table.
    pub fn origin(&self) -> Option<(usize, usize)> {
        headers::origin(&self.headings)
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.lines.len()
    }

    /// Bytes held in cells: readers cut a block on this.
    pub fn n_bytes(&self) -> usize {
        self.cells.len()
    }

    /// The line on which a row begins, 1-based; in a workbook the row with the offset of its sheet.
    pub fn line(&self, row: usize) -> u64 {
        self.lines[row]
    }

    /// One cell, as written, without surrounding quotes.
    #[inline]
    pub fn cell(&self, row: usize, column: usize) -> &[u8] {
        let index = row * self.headings.len() + column;
        let begin = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.cells[begin..self.ends[index] as usize]
    }
}
