//! Records below the heading → blocks of raw rows, with what could not become a row.

use std::sync::Arc;

use super::cut::{Cut, Fields, cut, line_len};
use super::dialect::Dialect;
use super::window::Window;
use crate::rejects::{Reject, Rule};
use crate::schema::{DECLARATIES, Table};
use crate::sources::doubt::Doubts;
use crate::sources::grid::{Cells as _, Held, Kind, Rows};
use crate::sources::raw::RawTable;
use crate::sources::rules::{MS201, MS202, MS203};
use crate::sources::{Block, Counts, Opened};

/// A record as it was cut.
struct Record<'b> {
    fields: &'b Fields,
    bytes: &'b [u8],
    lines: u64,
}

/// What is known of a whole chunk, so that not every record needs to be tested.
#[derive(Clone, Copy)]
struct Chunk {
    is_utf8: bool,
    is_ascii: bool,
}

/// A row that may be the total of the supplier, with its line.
type HeldRow = (u64, Fields);

/// Walks over the records of one file.
pub(super) struct Records<'a> {
    opened: &'a Opened<'a>,
    delimiter: u8,
    headings: Arc<[String]>,
    targets: Arc<[Option<usize>]>,
    table: &'static Table,
    rows: Rows,
    held: Held<HeldRow>,
    doubts: Doubts,
    line: u64,
    fields: Fields,
    /// Rows and bytes to make room for.
    size: (usize, usize),
}

/// The tables of a block that is being filled.
struct Filling {
    table: RawTable,
    totals: RawTable,
    block: Block,
}

impl Filling {
    /// A record follows the row that was held: it is no total.
    fn add(&mut self, held: Option<HeldRow>) {
        if let Some((line, fields)) = held {
            self.table.push_row(line, &fields.text, fields.ends());
        }
    }
}

impl<'a> Records<'a> {
    pub(super) fn new(opened: &'a Opened<'a>, dialect: Dialect) -> Self {
        let matched = dialect.heading.matched;
        let headings: Arc<[String]> = dialect.heading.headings.into();
        Self {
            opened,
            delimiter: dialect.delimiter,
            rows: Rows::new(matched.table, &headings, &matched.targets),
            doubts: Doubts::new(headings.len()),
            headings,
            targets: matched.targets.into(),
            table: matched.table,
            held: Held::default(),
            line: dialect.lines + 1,
            fields: Fields::default(),
            size: (0, 0),
        }
    }

    fn empty(&self) -> RawTable {
        let (headings, targets) = (Arc::clone(&self.headings), Arc::clone(&self.targets));
        RawTable::new(self.table, Arc::clone(&self.opened.file), headings, targets, false)
    }

    /// Consumes all whole records of the window.
    pub(super) fn next_block(&mut self, window: &mut Window) -> Block {
        let block = Block { file: Some(Arc::clone(&self.opened.file)), ..Block::default() };
        let mut filling = Filling { table: self.empty(), totals: self.empty(), block };
        filling.table.reserve(self.size.0, self.size.1);
        // Checked once per chunk; only a chunk that fails pays for a check per record.
        let is_ascii = window.rest().is_ascii();
        let is_utf8 = is_ascii || std::str::from_utf8(window.rest()).is_ok();
        let chunk = Chunk { is_utf8, is_ascii };
        while !window.rest().is_empty() {
            let bytes = window.rest();
            let mut fields = std::mem::take(&mut self.fields);
            let (len, lines) = match cut(bytes, self.delimiter, window.is_last(), &mut fields) {
                Cut::Incomplete => {
                    self.fields = fields;
                    break;
                }
                Cut::Record { len, lines } => {
                    let record = Record { fields: &fields, bytes: &bytes[..len], lines };
                    self.accept(&mut filling, &record, chunk)
                }
                Cut::Broken { len } => {
                    filling.add(self.held.take());
                    self.refuse(&mut filling.block, &MS202, String::new());
                    (len, 1)
                }
            };
            self.fields = fields;
            filling.block.counts.rows += 1;
            self.line += lines;
            window.consume(len);
        }
        if window.is_done() {
            self.finish(&mut filling);
        }
        let Filling { table, totals, mut block } = filling;
        // The next block is about as large as this one.
        self.size = (table.n_rows() + table.n_rows() / 16, table.n_bytes() + table.n_bytes() / 16);
        block.tables.push(table);
        if totals.n_rows() > 0 {
            block.totals.push(totals);
        }
        block
    }

    /// Adds a record to the block, or refuses it; says how many bytes and lines are consumed.
    fn accept(&mut self, to: &mut Filling, record: &Record<'_>, chunk: Chunk) -> (usize, u64) {
        let (fields, expected) = (record.fields, self.headings.len());
        let whole = (record.bytes.len(), record.lines);
        let kind = self.rows.kind(fields);
        if kind == Kind::Blank {
            to.block.counts.blank += 1;
            return whole;
        }
        let before = match kind {
            Kind::LastTotal => self.held.hold((self.line, fields.clone())),
            _ => self.held.take(),
        };
        to.add(before);
        if fields.n_cells() != expected {
            // Over several lines the quote is the likelier fault, and only the first line is given up.
            let rule = if record.lines > 1 { &MS202 } else { &MS201 };
            let found = format!("{} velden, de kopregel heeft er {expected}", fields.n_cells());
            self.refuse(&mut to.block, rule, found);
            return (line_len(record.bytes), 1);
        }
        if !chunk.is_utf8 && std::str::from_utf8(&fields.text).is_err() {
            self.refuse(&mut to.block, &MS203, String::new());
            return whole;
        }
        match kind {
            Kind::Heading => to.block.counts.headings += 1,
            Kind::Total => {
                to.block.counts.totals += 1;
                to.totals.push_row(self.line, &fields.text, fields.ends());
            }
            Kind::Data => {
                if !chunk.is_ascii && !fields.text.is_ascii() {
                    self.doubts.look(self.line, fields, &self.targets);
                }
                to.table.push_row(self.line, &fields.text, fields.ends());
            }
            Kind::Blank | Kind::LastTotal => {}
        }
        whole
    }

    /// Nothing follows: the row that is held was a total, and what is doubtful is known.
    fn finish(&mut self, to: &mut Filling) {
        if let Some((line, fields)) = self.held.take() {
            to.block.counts.totals += 1;
            to.totals.push_row(line, &fields.text, fields.ends());
        }
        let path = &self.opened.file.path;
        let found = self.doubts.rejects(path, self.table, &self.headings, &self.targets);
        to.block.rejects.extend(found);
    }

    fn refuse(&self, block: &mut Block, rule: &'static Rule, found: String) {
        let table = self.table.name.to_owned();
        block.rejects.push(Reject {
            table,
            found,
            ..Reject::new(rule, &self.opened.file.path, self.line)
        });
        let has_money = self.table.name == DECLARATIES.name;
        let unreadable = u64::from(has_money);
        block.counts.add(Counts {
            rejected: 1,
            rejected_unreadable: unreadable,
            ..Counts::default()
        });
    }
}
