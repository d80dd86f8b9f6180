//! Files → text cells with an address.
//!
//! Enters: paths as the user gave them. Leaves: [`Block`]s of [`RawTable`]s, every cell still what the supplier
//! wrote, with what could not be read as rejects, and a [`Reading`] per file that says how it was read.
//! Does not know what a cell means; that is `typing`.

pub mod archive;
pub mod csv;
mod doubt;
pub mod encoding;
pub mod gather;
pub mod grid;
pub mod hashed;
pub mod headers;
pub mod ijw;
pub mod input;
pub mod parquet;
pub mod raw;
pub mod rules;
pub mod sheet;
mod spool;
pub mod stamp;

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;

use crate::rejects::Reject;
use crate::sources::input::Input;
use crate::sources::raw::{RawTable, SourceFile};

/// One kind of file. A new one is a file in this folder and a line in [`FORMATS`].
pub struct Format {
    /// Name as shown to the user.
    pub name: &'static str,
    /// Decides on the first bytes, never on the name of the file.
    pub recognises: fn(&[u8]) -> bool,
    /// Reads one file; hands blocks to the sink as they come.
    pub read: fn(&Opened<'_>, &mut Sink<'_>) -> Result<()>,
    /// True when files of this format are small and many, so that whole files are read side by side.
    pub whole_file: bool,
}

/// Every format, most particular first: text is tried last because anything can look like text.
pub const FORMATS: &[Format] = &[
    ijw::FORMAT,
    parquet::FORMAT,
    sheet::XLSX,
    sheet::ODS,
    sheet::OLE,
    sheet::XML_2003,
    sheet::HTML,
    csv::FORMAT,
];

/// A file that is about to be read.
pub struct Opened<'a> {
    /// The file with its hash.
    pub file: Arc<SourceFile>,
    /// Where its bytes come from.
    pub input: &'a Input,
    /// Headings this region or this folder knows besides the schema's: table → heading → column.
    pub aliases: &'a Aliases,
    /// Kind given by the user with `--als`, if any.
    pub table: Option<&'static str>,
}

/// Extra headings: table → normalised heading → column.
pub type Aliases = BTreeMap<String, BTreeMap<String, String>>;

/// Where blocks go. An error from it (for instance a full disk) ends the reading.
pub type Sink<'a> = dyn FnMut(Block) -> Result<()> + 'a;

/// Rows of one file, and what could not become a row.
#[derive(Debug, Default)]
pub struct Block {
    /// The file.
    pub file: Option<Arc<SourceFile>>,
    /// Rows, per canonical table.
    pub tables: Vec<RawTable>,
    /// Rows the supplier added up himself, with the headings of the table they close. They are no data: their
    /// amount is a control total.
    pub totals: Vec<RawTable>,
    /// What could not become a row, and what was noticed.
    pub rejects: Vec<Reject>,
    /// What this block adds to the reading account.
    pub counts: Counts,
    /// Set on the first block of a file: how the file is read.
    pub reading: Option<Reading>,
}

impl Block {
    /// The `bron` of its rows; empty when the file is not named.
    pub fn bron(&self) -> &str {
        self.file.as_ref().map_or("", |file| file.bron())
    }
}

/// The part of the reading account that only the reader can see.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Records found, blank ones included.
    pub rows: u64,
    /// Records without any content.
    pub blank: u64,
    /// Records that hold a total of the supplier ([`Block::totals`]).
    pub totals: u64,
    /// Headings that stand again among the rows.
    pub headings: u64,
    /// Signed cents of all declaraties as the reader itself added them up; `None` when only typing can.
    pub read_ct: Option<i64>,
    /// Records that could not become a row.
    pub rejected: u64,
    /// Signed cents of rejected records whose amount could be read.
    pub rejected_ct: i64,
    /// Rejected records whose amount could not be read.
    pub rejected_unreadable: u64,
}

impl Counts {
    /// Adds another block's counts.
    pub fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.read_ct = match (self.read_ct, other.read_ct) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
        };
        self.blank += other.blank;
        self.totals += other.totals;
        self.headings += other.headings;
        self.rejected += other.rejected;
        self.rejected_ct += other.rejected_ct;
        self.rejected_unreadable += other.rejected_unreadable;
    }
}

/// How a file was read: shown to the user and kept in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reading {
    /// Format name ("CSV", "iJw JW323").
    pub format: String,
    /// Canonical table, empty when not recognised or not used.
    pub table: String,
    /// Encoding as found.
    pub encoding: String,
    /// Field separator in words, empty for messages.
    pub delimiter: String,
    /// Headings used: as written → canonical column.
    pub columns: Vec<(String, String)>,
    /// Headings that are not used.
    pub unused: Vec<String>,
    /// Decisions on number and date style, made by typing.
    pub styles: Vec<String>,
    /// One sentence when the file is not used, with the best guesses.
    pub remark: String,
    /// Sheets that were used, in order: row `n` of the i-th is line `n + i * SHEET_STEP`.
    #[serde(default)]
    pub sheets: Vec<String>,
}

impl Reading {
    /// A file that is named but from which nothing is taken.
    pub fn unused(format: &str, remark: String) -> Self {
        Self {
            format: format.to_owned(),
            table: String::new(),
            encoding: String::new(),
            delimiter: String::new(),
            columns: Vec::new(),
            unused: Vec::new(),
            styles: Vec::new(),
            remark,
            sheets: Vec::new(),
        }
    }
}

/// The format of a file by its first bytes.
pub fn format_of(head: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.recognises)(head))
}
