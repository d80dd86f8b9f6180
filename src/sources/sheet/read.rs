//! Rows of a sheet → blocks: data, sums, repeated headings, and what cannot be used.

use std::sync::Arc;

use anyhow::Result;

use super::emit::{cents, empty, is_lost, lost_words, push};
use super::layout::{Layout, View};
use super::notes::Notes;
use super::row::{Kind as CellKind, Row, RowFault};
use super::rules::{MS275, MS276, MS277};
use crate::rejects::{Reject, Rule};
use crate::schema::DECLARATIES;
use crate::sources::grid::{Cells as _, Held, Kind, Rows};
use crate::sources::raw::RawTable;
use crate::sources::{Block, Counts, Opened, Reading, Sink};

/// Bytes a block may hold, its bookkeeping included.
const MAX_BLOCK: usize = 8 << 20;
/// Bookkeeping per cell.
const CELL_BYTES: usize = 6;
/// Rejects in one block: a sheet may hold nothing but faults.
const MAX_REJECTS: usize = 50_000;

/// Reads the rows of one sheet.
pub(super) struct SheetReader<'a> {
    opened: &'a Opened<'a>,
    layout: &'a Layout,
    is_1904: bool,
    rows: Rows,
    table: RawTable,
    totals: RawTable,
    block: Block,
    /// Told with the first block of the file.
    reading: Option<Reading>,
    held: Held<Row>,
    last: u64,
    notes: Notes,
}

impl<'a> SheetReader<'a> {
    /// For the rows below the heading of this sheet.
    pub(super) fn new(opened: &'a Opened<'a>, layout: &'a Layout, is_1904: bool) -> Self {
        Self {
            opened,
            layout,
            is_1904,
            rows: Rows::new(layout.table, &layout.headings, &layout.targets),
            table: empty(opened, layout),
            totals: empty(opened, layout),
            block: Block::default(),
            reading: None,
            held: Held::default(),
            last: layout.heading_row,
            notes: Notes::default(),
        }
    }

    /// Gives the first block of a file what is to be told about it.
    pub(super) fn tell(&mut self, reading: Option<Reading>) {
        self.reading = reading;
    }

    /// Takes a row; hands on a block when it is full.
    pub(super) fn take(&mut self, row: &Row, sink: &mut Sink<'_>) -> Result<()> {
        if self.is_above(row) || row.is_blank() {
            return Ok(());
        }
        // Rows without content count when something follows them, however the file leaves them out.
        let blank = row.number.saturating_sub(self.last + 1);
        self.block.counts.blank += blank;
        self.block.counts.rows += blank + 1;
        self.last = self.last.max(row.number);
        self.notes.see_row(row);
        match self.kind(row) {
            Kind::LastTotal => {
                if let Some(before) = self.held.hold(row.clone()) {
                    self.data(&before);
                }
            }
            kind => {
                if let Some(before) = self.held.take() {
                    self.data(&before);
                }
                match kind {
                    Kind::Heading => self.block.counts.headings += 1,
                    Kind::Total => self.total(row),
                    _ => self.data(row),
                }
            }
        }
        let bytes =
            self.table.n_bytes() + self.table.n_rows() * self.layout.headings.len() * CELL_BYTES;
        if bytes >= MAX_BLOCK || self.block.rejects.len() >= MAX_REJECTS {
            self.flush(sink)?;
        }
        Ok(())
    }

    /// True for the heading and what stands above it. A row out of order right behind the heading carries its number.
    fn is_above(&self, row: &Row) -> bool {
        let heading = self.layout.heading_row;
        row.number < heading || (row.number == heading && row.fault != Some(RowFault::Order))
    }

    /// The end of the sheet: the last block, with what was noticed on the way.
    pub(super) fn finish(mut self, sink: &mut Sink<'_>) -> Result<()> {
        if let Some(row) = self.held.take() {
            self.total(&row);
        }
        let notes = std::mem::take(&mut self.notes);
        self.block.rejects.extend(notes.tell(self.opened, self.layout));
        self.flush(sink)
    }

    fn flush(&mut self, sink: &mut Sink<'_>) -> Result<()> {
        let mut block = std::mem::take(&mut self.block);
        block.file = Some(Arc::clone(&self.opened.file));
        block.reading = self.reading.take();
        block.tables.push(std::mem::replace(&mut self.table, empty(self.opened, self.layout)));
        let totals = std::mem::replace(&mut self.totals, empty(self.opened, self.layout));
        if totals.n_rows() > 0 {
            block.totals.push(totals);
        }
        sink(block)
    }

    fn kind(&self, row: &Row) -> Kind {
        if row.fault.is_some() {
            return Kind::Data;
        }
        match self.rows.kind(&View { row, n: self.layout.headings.len() }) {
            // Only cells beside the table: the row is no record, and they are told.
            Kind::Blank => Kind::Data,
            kind => kind,
        }
    }

    fn total(&mut self, row: &Row) {
        self.block.counts.totals += 1;
        push(&mut self.totals, self.layout, row, self.is_1904);
    }

    fn data(&mut self, row: &Row) {
        if let Some(fault) = row.fault {
            return self.refuse(row, &MS277, fault.words(), None);
        }
        self.notes.see_cells(row, self.layout);
        let view = View { row, n: self.layout.headings.len() };
        if (0..view.n).all(|at| view.cell(at).is_empty() && !cell_of(row, at).1.is_lost()) {
            self.block.counts.blank += 1;
            return;
        }
        let lost: Vec<usize> = (0..view.n).filter(|at| self.is_lost(row, *at)).collect();
        let matters = |at: &usize| self.layout.targets[*at].is_some_and(|p| self.layout.matters(p));
        if let Some(at) = lost.iter().copied().find(matters) {
            let found = lost_words(cell_of(row, at));
            return self.refuse(row, &MS275, &found, Some(at));
        }
        for at in lost {
            let found = lost_words(cell_of(row, at));
            let reject = self.reject(row, &MS276, &found, Some(at));
            self.block.rejects.push(reject);
        }
        push(&mut self.table, self.layout, row, self.is_1904);
    }

    /// No value, in a column that is used.
    fn is_lost(&self, row: &Row, at: usize) -> bool {
        let Some(position) = self.layout.targets[at] else { return false };
        is_lost(cell_of(row, at).1, self.layout.table.columns[position].dtype)
    }

    fn reject(&self, row: &Row, rule: &'static Rule, found: &str, at: Option<usize>) -> Reject {
        let column = at.and_then(|at| u32::try_from(at).ok());
        let cell = match column {
            Some(column) => self.layout.address(column, row.number),
            None => self.layout.address_of_row(row.number),
        };
        Reject {
            table: self.layout.table.name.to_owned(),
            column: at.map_or_else(String::new, |at| self.layout.headings[at].clone()),
            found: found.to_owned(),
            cell,
            ..Reject::new(rule, &self.opened.file.path, self.layout.offset() + row.number)
        }
    }

    fn refuse(&mut self, row: &Row, rule: &'static Rule, found: &str, at: Option<usize>) {
        let mut reject = self.reject(row, rule, found, at);
        let has_money = self.layout.table.name == DECLARATIES.name;
        let amount = if has_money && row.fault.is_none() { self.amount_ct(row) } else { None };
        reject.bedrag_ct = amount;
        self.block.rejects.push(reject);
        self.block.counts.add(Counts {
            rejected: 1,
            rejected_ct: amount.unwrap_or(0),
            rejected_unreadable: u64::from(has_money && amount.is_none()),
            ..Counts::default()
        });
    }

    /// The amount of a refused row, when it is a number: signed as a credit where the row is marked as one.
    fn amount_ct(&self, row: &Row) -> Option<i64> {
        let column_of = |name: &str| {
            let position = self.layout.table.position(name)?;
            self.layout.targets.iter().position(|target| *target == Some(position))
        };
        let (text, kind) = cell_of(row, column_of("bedrag_ct")?);
        let amount = (kind == CellKind::Number).then(|| cents(text)).flatten()?;
        let mark = column_of("debet_credit").map(|at| cell_of(row, at));
        match mark {
            Some((_, kind)) if kind.is_lost() => None,
            Some((mark, _)) if mark.trim_ascii_start().starts_with(b"c") => Some(-amount.abs()),
            Some((mark, _)) if mark.trim_ascii_start().starts_with(b"C") => Some(-amount.abs()),
            _ => Some(amount),
        }
    }

    /// Notes that something of this sheet is not to be seen in Excel.
    pub(super) fn note_hidden(&mut self, found: String) {
        let reject = Notes::of_sheet(self.opened, self.layout, found);
        self.block.rejects.push(reject);
    }
}

fn cell_of(row: &Row, at: usize) -> (&[u8], CellKind) {
    row.cell(u32::try_from(at).unwrap_or(u32::MAX))
}
