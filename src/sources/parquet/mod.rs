//! Parquet exports → rows with their number.
//!
//! Enters: one file. Leaves: blocks of rows; every value in machine form, texts as they are. Row groups are read one
//! by one and large ones in slices, only the columns that are used. Columns in columns, and kinds of values nobody
//! exports, are named and not used. The reader of the library is not trusted with a file that means harm: what the
//! file says about its own size is held against the file first, and a panic in it becomes a reject.

mod cells;
mod open;
mod pages;
mod thrift;

use std::sync::Arc;

use anyhow::Result;
use polars::prelude::DataFrame;

use self::cells::Texts;
use self::open::{Export, Fault};
use crate::dutch::counted;
use crate::rejects::{Reject, Rule, excerpt};
use crate::schema::{DECLARATIES, Table};
use crate::sources::grid::{Kind, Rows};
use crate::sources::headers::{self, Match, Recognised};
use crate::sources::raw::{Place, RawTable};
use crate::sources::rules::{MS203, MS204, MS206};
use crate::sources::sheet::rules::{MS270, MS273, MS274};
use crate::sources::{Block, Counts, Format, Opened, Reading, Sink, gather};

/// Parquet as a [`Format`].
pub const FORMAT: Format = Format {
    name: "Parquet",
    recognises: |head| head.starts_with(b"PAR1") || head.starts_with(b"PARE"),
    read: read_file,
    whole_file: false,
};

/// Rows that are turned into text at a time.
const BLOCK_ROWS: usize = 1 << 15;
/// Headings that are not used, of which this many are told.
const MAX_UNUSED: usize = 60;

fn read_file(opened: &Opened<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let mut export = match Export::open(opened.input) {
        Ok(export) => export,
        Err(fault) => return refuse(opened, sink, fault),
    };
    let matched = match recognise(&export, opened) {
        Ok(matched) => matched,
        Err(remark) => {
            let reading = Some(Reading::unused(FORMAT.name, remark.clone()));
            return sink(Block { reading, ..refusal(opened, &MS204, remark) });
        }
    };
    let mut rows = ExportReader::new(opened, &export, matched);
    if let Err(fault) = export.check(&rows.used) {
        return refuse(opened, sink, fault);
    }
    let mut reading = Some(rows.describe(&export));
    for slice in export.slices() {
        match export.read(slice, &rows.used) {
            Ok(frame) => rows.take(&frame, &mut reading, sink)?,
            Err(fault) => {
                // What came before has been read; the reject says from where it stops.
                let (rule, found) = told(fault);
                let found = format!("{found}; gelezen tot en met rij {}", rows.next - 1);
                return sink(Block { reading, ..refusal(opened, rule, found) });
            }
        }
    }
    match reading {
        // A table without rows.
        Some(reading) => sink(Block {
            file: Some(Arc::clone(&opened.file)),
            reading: Some(reading),
            ..Block::default()
        }),
        None => Ok(()),
    }
}

/// The table the columns fit, or what is to be said when there is none.
fn recognise(export: &Export, opened: &Opened<'_>) -> std::result::Result<Match, String> {
    if export.is_ours() {
        return Err(
            "een tabel uit een dataset van maatstaf; lees de oorspronkelijke bestanden".to_owned()
        );
    }
    match headers::recognise(&export.headings(), opened.aliases, opened.table) {
        Recognised::Table(matched) => Ok(matched),
        Recognised::None(guesses) => {
            let mut remark = headers::guesses(&guesses);
            if !export.unreadable.is_empty() {
                let names = crate::dutch::list(&export.unreadable);
                remark = format!("{remark}; niet te lezen soort kolom: {names}");
            }
            Err(remark)
        }
    }
}

fn told(fault: Fault) -> (&'static Rule, String) {
    match fault {
        Fault::Damaged(found) => (&MS273, found),
        Fault::TooLarge(found) => (&MS274, found),
        Fault::Locked => (&MS270, String::new()),
        Fault::Unreadable(error) => (&MS206, gather::reason(&error).to_owned()),
    }
}

fn refuse(opened: &Opened<'_>, sink: &mut Sink<'_>, fault: Fault) -> Result<()> {
    let (rule, found) = told(fault);
    let reading = Some(Reading::unused(FORMAT.name, rule.title.to_owned()));
    sink(Block { reading, ..refusal(opened, rule, found) })
}

fn refusal(opened: &Opened<'_>, rule: &'static Rule, found: String) -> Block {
    Block {
        file: Some(Arc::clone(&opened.file)),
        rejects: vec![Reject { found, ..Reject::new(rule, &opened.file.path, 0) }],
        ..Block::default()
    }
}

/// Turns slices of a file into blocks.
struct ExportReader<'a> {
    opened: &'a Opened<'a>,
    table: &'static Table,
    headings: Arc<[String]>,
    targets: Arc<[Option<usize>]>,
    rows: Rows,
    /// Positions in the file of the columns that are read.
    used: Vec<usize>,
    /// Number of the next row, from 1.
    next: u64,
}

impl<'a> ExportReader<'a> {
    fn new(opened: &'a Opened<'a>, export: &Export, matched: Match) -> Self {
        let all = export.headings();
        let at: Vec<usize> = (0..all.len()).filter(|at| matched.targets[*at].is_some()).collect();
        let headings: Vec<String> = at.iter().map(|at| all[*at].clone()).collect();
        let targets: Vec<Option<usize>> = at.iter().map(|at| matched.targets[*at]).collect();
        Self {
            opened,
            table: matched.table,
            rows: Rows::new(matched.table, &headings, &targets),
            headings: headings.into(),
            targets: targets.into(),
            used: at.iter().map(|at| export.columns[*at].position).collect(),
            next: 1,
        }
    }

    fn describe(&self, export: &Export) -> Reading {
        let column = |target: &Option<usize>| target.map(|at| self.table.columns[at].name);
        let pairs = self.headings.iter().zip(self.targets.iter());
        let unused = export.headings().into_iter().filter(|name| !self.headings.contains(name));
        let mut out = Reading::unused(FORMAT.name, String::new());
        self.table.name.clone_into(&mut out.table);
        out.columns = pairs
            .filter_map(|(heading, target)| Some((heading.clone(), column(target)?.to_owned())))
            .collect();
        out.unused = unused
            .chain(export.unreadable.iter().cloned())
            .map(|name| excerpt(&name))
            .take(MAX_UNUSED)
            .collect();
        "UTF-8".clone_into(&mut out.encoding);
        out.delimiter =
            counted(i64::try_from(export.n_columns()).unwrap_or(i64::MAX), "kolom", "kolommen");
        if !export.unreadable.is_empty() {
            let names: Vec<String> = export.unreadable.iter().map(|name| excerpt(name)).collect();
            out.remark = format!("niet te lezen soort kolom: {}", crate::dutch::list(&names));
        }
        out
    }

    fn take(
        &mut self,
        frame: &DataFrame,
        reading: &mut Option<Reading>,
        sink: &mut Sink<'_>,
    ) -> Result<()> {
        let mut offset = 0;
        while offset < frame.height() {
            let part = frame.slice(i64::try_from(offset).unwrap_or(i64::MAX), BLOCK_ROWS);
            offset += part.height();
            let mut block = self.block(&part);
            block.reading = reading.take();
            sink(block)?;
        }
        Ok(())
    }

    fn block(&mut self, part: &DataFrame) -> Block {
        let columns: Vec<Texts> = part.columns().iter().map(Texts::of).collect();
        let (mut table, mut totals) = (self.empty(), self.empty());
        let mut block = Block { file: Some(Arc::clone(&self.opened.file)), ..Block::default() };
        for row in 0..part.height() {
            let number = self.next;
            self.next += 1;
            block.counts.rows += 1;
            let cells: Vec<&[u8]> = columns.iter().map(|column| column.cell(row)).collect();
            let marked = || cells.iter().zip(&columns).map(|(cell, c)| (*cell, c.is_native));
            if let Some(at) = columns.iter().position(|column| column.is_broken(row)) {
                self.refuse(&mut block, number, at);
                continue;
            }
            match self.rows.kind(&cells) {
                Kind::Blank => block.counts.blank += 1,
                Kind::Heading => block.counts.headings += 1,
                Kind::Total => {
                    block.counts.totals += 1;
                    totals.push_mixed(number, marked());
                }
                Kind::Data | Kind::LastTotal => table.push_mixed(number, marked()),
            }
        }
        block.tables.push(table);
        if totals.n_rows() > 0 {
            block.totals.push(totals);
        }
        block
    }

    fn empty(&self) -> RawTable {
        let (headings, targets) = (Arc::clone(&self.headings), Arc::clone(&self.targets));
        let mut out =
            RawTable::new(self.table, Arc::clone(&self.opened.file), headings, targets, false);
        out.place = Place::Rows;
        out
    }

    /// A text that is no UTF-8 costs its row, as it does elsewhere.
    fn refuse(&self, block: &mut Block, number: u64, at: usize) {
        block.rejects.push(Reject {
            table: self.table.name.to_owned(),
            column: self.headings[at].clone(),
            cell: format!("rij {number}"),
            ..Reject::new(&MS203, &self.opened.file.path, number)
        });
        block.counts.add(Counts {
            rejected: 1,
            rejected_unreadable: u64::from(self.table.name == DECLARATIES.name),
            ..Counts::default()
        });
    }
}
