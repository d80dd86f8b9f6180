//! Rows of a sheet → blocks: data, sums, repeated headings, and what cannot be used.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::Result;

use super::layout::{Layout, View};
use super::number;
use super::row::{Kind as CellKind, Row, RowFault};
use super::rules::{MS208, MS275, MS276, MS277, MS278, MS279};
use crate::dutch::counted;
use crate::rejects::{Reject, Rule};
use crate::schema::{DECLARATIES, Dtype};
use crate::sources::grid::{Cells as _, Held, Kind, Rows};
use crate::sources::raw::RawTable;
use crate::sources::{Block, Counts, Opened, Reading, Sink};

/// Bytes a block may hold, its bookkeeping included.
const MAX_BLOCK: usize = 8 << 20;
/// Bookkeeping per cell.
const CELL_BYTES: usize = 6;
/// Rejects in one block: a sheet may hold nothing but faults.
const MAX_REJECTS: usize = 50_000;

/// Something that was seen in many cells and is told once.
#[derive(Default)]
struct Seen {
    n: u64,
    first: Option<(u32, u64)>,
    columns: BTreeSet<usize>,
}

impl Seen {
    fn see(&mut self, column: u32, row: u64) {
        self.n += 1;
        self.first.get_or_insert((column, row));
    }
}

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
    hidden: Seen,
    beside: Seen,
    as_text: Seen,
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
            hidden: Seen::default(),
            beside: Seen::default(),
            as_text: Seen::default(),
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
        if row.is_hidden {
            self.hidden.see(0, row.number);
        }
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
        self.notes();
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
        self.look_beside(row);
        let view = View { row, n: self.layout.headings.len() };
        if (0..view.n).all(|at| view.cell(at).is_empty() && !self.cell(row, at).1.is_lost()) {
            self.block.counts.blank += 1;
            return;
        }
        let lost: Vec<usize> = (0..view.n).filter(|at| self.is_lost(row, *at)).collect();
        let matters = |at: &usize| self.layout.targets[*at].is_some_and(|p| self.layout.matters(p));
        if let Some(at) = lost.iter().copied().find(matters) {
            let found = lost_words(self.cell(row, at));
            return self.refuse(row, &MS275, &found, Some(at));
        }
        for at in lost {
            let found = lost_words(self.cell(row, at));
            let reject = self.reject(row, &MS276, &found, Some(at));
            self.block.rejects.push(reject);
        }
        push(&mut self.table, self.layout, row, self.is_1904);
    }

    fn cell<'r>(&self, row: &'r Row, at: usize) -> (&'r [u8], CellKind) {
        row.cell(u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// No value, in a column that is used.
    fn is_lost(&self, row: &Row, at: usize) -> bool {
        let Some(position) = self.layout.targets[at] else { return false };
        is_lost(self.cell(row, at).1, self.layout.table.columns[position].dtype)
    }

    /// Counts cells in columns without a heading, and figures that are text.
    fn look_beside(&mut self, row: &Row) {
        for column in row.columns() {
            let at = usize::try_from(column).unwrap_or(usize::MAX);
            let heading = self.layout.headings.get(at);
            if heading.is_none_or(String::is_empty) {
                self.beside.see(column, row.number);
            }
            let target = self.layout.targets.get(at).copied().flatten();
            let dtype = target.map(|position| self.layout.table.columns[position].dtype);
            let is_figure =
                matches!(dtype, Some(Dtype::Cent | Dtype::Milli | Dtype::Int | Dtype::Date));
            let (text, kind) = row.cell(column);
            if is_figure && kind == CellKind::Text && !text.trim_ascii().is_empty() {
                self.as_text.see(column, row.number);
                self.as_text.columns.insert(at);
            }
        }
    }

    fn reject(&self, row: &Row, rule: &'static Rule, found: &str, at: Option<usize>) -> Reject {
        let column = at.and_then(|at| u32::try_from(at).ok());
        let cell = match column {
            Some(column) => self.layout.address(column, row.number),
            None => self.address_of_row(row.number),
        };
        Reject {
            table: self.layout.table.name.to_owned(),
            column: at.map_or_else(String::new, |at| self.layout.headings[at].clone()),
            found: found.to_owned(),
            cell,
            ..Reject::new(rule, &self.opened.file.path, self.layout.offset() + row.number)
        }
    }

    fn address_of_row(&self, number: u64) -> String {
        // `Blad1!A7` without its letter.
        self.layout.address(0, number).replacen("!A", "!", 1)
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
        let (text, kind) = self.cell(row, column_of("bedrag_ct")?);
        let amount = (kind == CellKind::Number).then(|| cents(text)).flatten()?;
        let mark = column_of("debet_credit").map(|at| self.cell(row, at));
        match mark {
            Some((_, kind)) if kind.is_lost() => None,
            Some((mark, _)) if mark.trim_ascii_start().starts_with(b"c") => Some(-amount.abs()),
            Some((mark, _)) if mark.trim_ascii_start().starts_with(b"C") => Some(-amount.abs()),
            _ => Some(amount),
        }
    }

    /// Notes that something of this sheet is not to be seen in Excel.
    pub(super) fn note_hidden(&mut self, found: String) {
        let row = self.layout.heading_row;
        let cell = self.layout.address(0, row).rsplit_once('!').map(|(name, _)| name.to_owned());
        self.note(&MS278, row, found, cell.unwrap_or_default());
    }

    /// What is told once per sheet.
    fn notes(&mut self) {
        let layout = self.layout;
        let first = |seen: &Seen| seen.first.unwrap_or((0, layout.heading_row));
        if self.hidden.n > 0 {
            let (_, row) = first(&self.hidden);
            let found = format!(
                "{} verborgen, de eerste is rij {row}",
                counted(self.hidden.n.cast_signed(), "rij", "rijen")
            );
            self.note(&MS278, row, found, self.address_of_row(row));
        }
        if self.beside.n > 0 {
            let (column, row) = first(&self.beside);
            let found = counted(self.beside.n.cast_signed(), "cel", "cellen");
            self.note(&MS208, row, found, layout.address(column, row));
        }
        if self.as_text.n > 0 {
            let (column, row) = first(&self.as_text);
            let names: Vec<&str> =
                self.as_text.columns.iter().map(|at| layout.headings[*at].as_str()).collect();
            let found = format!(
                "{} in {}",
                counted(self.as_text.n.cast_signed(), "cel", "cellen"),
                names.join(", ")
            );
            self.note(&MS279, row, found, layout.address(column, row));
        }
    }

    fn note(&mut self, rule: &'static Rule, row: u64, found: String, cell: String) {
        let line = self.layout.offset() + row;
        self.block.rejects.push(Reject {
            table: self.layout.table.name.to_owned(),
            found,
            cell,
            ..Reject::new(rule, &self.opened.file.path, line)
        });
    }
}

fn empty(opened: &Opened<'_>, layout: &Layout) -> RawTable {
    let (headings, targets) = (Arc::clone(&layout.headings), Arc::clone(&layout.targets));
    let mut table = RawTable::new(layout.table, Arc::clone(&opened.file), headings, targets, false);
    table.place = layout.place.clone();
    table
}

/// Adds a row with every cell in its form; a value that cannot be relied on stays away.
fn push(table: &mut RawTable, layout: &Layout, row: &Row, is_1904: bool) {
    let dates = if is_1904 { dates_of_1904(layout, row) } else { Vec::new() };
    let cells = (0..layout.headings.len()).map(|at| {
        let (text, kind) = row.cell(u32::try_from(at).unwrap_or(u32::MAX));
        let dtype = layout.targets[at].map(|position| layout.table.columns[position].dtype);
        if dtype.is_some_and(|dtype| is_lost(kind, dtype)) {
            return (&b""[..], false);
        }
        match dates.iter().find(|(column, _)| *column == at) {
            Some((_, date)) => (date.as_bytes(), true),
            None => (text, kind.is_native()),
        }
    });
    table.push_mixed(layout.offset() + row.number, cells);
}

/// Numbers under the heading of a date that are not shown as one: only here is known from when they count.
fn dates_of_1904(layout: &Layout, row: &Row) -> Vec<(usize, String)> {
    let is_date = |at: &usize| {
        layout.targets[*at].is_some_and(|p| layout.table.columns[p].dtype == Dtype::Date)
    };
    let date = |at: usize| {
        let (text, kind) = row.cell(u32::try_from(at).ok()?);
        let serial: f64 = std::str::from_utf8(text).ok()?.parse().ok()?;
        let date = (kind == CellKind::Number).then(|| number::date(serial, true)).flatten()?;
        Some((at, date))
    };
    (0..layout.headings.len()).filter(is_date).filter_map(date).collect()
}

/// A number whose last digits are gone is no longer the number of anything; an amount it still is.
fn is_lost(kind: CellKind, dtype: Dtype) -> bool {
    let is_figure = matches!(dtype, Dtype::Cent | Dtype::Milli | Dtype::Int | Dtype::Filled);
    kind.is_lost() || (kind == CellKind::Rounded && !is_figure)
}

/// Why a cell has no value; never the value itself.
fn lost_words((text, kind): (&[u8], CellKind)) -> String {
    match kind {
        CellKind::Error => String::from_utf8_lossy(text).into_owned(),
        CellKind::NoValue => "formule zonder opgeslagen uitkomst".to_owned(),
        _ => "getal van meer dan 15 cijfers".to_owned(),
    }
}

/// A number in machine form as cents, when it is not finer.
fn cents(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let (sign, body) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    if fraction.len() > 2 || whole.len() > 12 {
        return None;
    }
    format!("{whole}{fraction:0<2}").parse::<i64>().ok().map(|ct| sign * ct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_of_a_refused_row_is_exact_or_absent() {
        assert_eq!(cents(b"-1234.5"), Some(-123_450));
        assert_eq!(cents(b"12"), Some(1200));
        assert_eq!(cents(b"0.01"), Some(1));
        assert_eq!(cents(b"0.001"), None);
        assert_eq!(cents(b"x"), None);
        assert_eq!(cents(b"99999999999999"), None);
    }
}
