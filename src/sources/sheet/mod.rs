//! Workbooks (XLSX, ODS) → rows with the address of every cell.
//!
//! Enters: one file. Leaves: blocks of rows of every sheet that holds a table this program knows. Cells that a
//! workbook knows the kind of (numbers, dates, yes or no) are handed on in machine form; texts as they were typed.
//! A workbook is not trusted: it is read as a stream of cells with limits (`package`), whatever size it declares,
//! and a cell that does not stand where it says costs its row. Does not know what a value means.
//!
//! Formats that look like a workbook and are not read are refused here too, each with what to do about it
//! (`refused`).

mod book;
mod emit;
mod errors;
mod formats;
mod layout;
mod notes;
mod number;
mod ods;
mod ods_cell;
mod package;
mod read;
mod refused;
mod row;
pub mod rules;
mod workbook;
mod xlsx;

use std::sync::Arc;

use anyhow::Result;

use self::layout::Layout;
use self::package::Fault;
use self::read::SheetReader;
use self::row::Row;
use self::rules::{MS270, MS271, MS273, MS274};
use self::workbook::{Plan, Workbook};
use crate::dutch::counted;
use crate::rejects::{Reject, Rule, excerpt};
use crate::sources::headers;
use crate::sources::rules::{MS204, MS206};
use crate::sources::{Block, Format, Opened, Reading, Sink, gather};

pub(in crate::sources) use number::tidy;
pub use refused::{HTML, OLE, XML_2003};
pub use rules::RULES;

/// XLSX workbooks as a [`Format`].
pub const XLSX: Format =
    Format { name: "XLSX", recognises: workbook::is_xlsx, read: read_file, whole_file: false };
/// ODS workbooks as a [`Format`].
pub const ODS: Format =
    Format { name: "ODS", recognises: workbook::is_ods, read: read_file, whole_file: false };

/// Sheets that are not used, of which this many are named.
const MAX_NAMED: usize = 10;
/// Headings that are not used, of which this many are told.
const MAX_UNUSED: usize = 60;

fn read_file(opened: &Opened<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let planned = Workbook::open(opened.input).and_then(|mut book| {
        let plan = book.plan(opened)?;
        Ok((book, plan))
    });
    let (mut book, plan) = match planned {
        Ok(planned) => planned,
        Err(fault) => {
            let (rule, found) = told(fault);
            let reading = Some(Reading::unused("werkmap", rule.title.to_owned()));
            return sink(Block { reading, ..refusal(opened, rule, found) });
        }
    };
    if plan.layouts.is_empty() {
        let remark = nothing_found(&book, &plan);
        let reading = Some(Reading::unused(book.format(), remark.clone()));
        return sink(Block { reading, ..refusal(opened, &MS204, remark) });
    }
    let mut reading = Some(describe(&book, &plan));
    for layout in &plan.layouts {
        if let Err(fault) = read_sheet(opened, &mut book, layout, &mut reading, sink)? {
            let (rule, found) = told(fault);
            sink(refusal(opened, rule, found))?;
        }
    }
    Ok(())
}

/// Reads one sheet; a fault in the file ends it, and what came before it stays.
fn read_sheet(
    opened: &Opened<'_>,
    book: &mut Workbook,
    layout: &Layout,
    reading: &mut Option<Reading>,
    sink: &mut Sink<'_>,
) -> Result<std::result::Result<(), Fault>> {
    let hidden_sheet = book.sheets()[layout.sheet].is_hidden;
    let mut reader = SheetReader::new(opened, layout, book.is_1904());
    reader.tell(reading.take());
    let mut rows = match book.rows(layout.sheet) {
        Ok(rows) => rows,
        Err(fault) => return reader.finish(sink).map(|()| Err(fault)),
    };
    let mut row = Row::default();
    let end = loop {
        match rows.next_row(&mut row) {
            Ok(true) => reader.take(&row, sink)?,
            Ok(false) => break Ok(()),
            Err(fault) => break Err(fault),
        }
    };
    if hidden_sheet {
        reader.note_hidden("het hele blad is verborgen".to_owned());
    }
    if rows.hidden_columns() > 0 {
        let n = rows.hidden_columns().min(u64::from(row::MAX_COLUMNS)).cast_signed();
        reader.note_hidden(counted(n, "verborgen kolom", "verborgen kolommen"));
    }
    reader.finish(sink)?;
    Ok(end)
}

/// The rule a fault of a file breaks, and what was found.
fn told(fault: Fault) -> (&'static Rule, String) {
    match fault {
        Fault::Damaged(found) => (&MS273, found),
        Fault::TooLarge(found) => (&MS274, found),
        Fault::OtherKind(found) => (&MS271, found),
        Fault::Locked => (&MS270, String::new()),
        Fault::Unreadable(error) => (&MS206, gather::reason(&error).to_owned()),
    }
}

/// A block that says why a file is not (further) read.
fn refusal(opened: &Opened<'_>, rule: &'static Rule, found: String) -> Block {
    Block {
        file: Some(Arc::clone(&opened.file)),
        rejects: vec![Reject { found, ..Reject::new(rule, &opened.file.path, 0) }],
        ..Block::default()
    }
}

fn nothing_found(book: &Workbook, plan: &Plan) -> String {
    match &plan.nearest {
        Some((sheet, guesses)) => {
            let name = book.shown_name(*sheet);
            format!("blad '{name}' {}", headers::guesses(guesses))
        }
        None => "geen enkel blad heeft gegevens".to_owned(),
    }
}

/// How the workbook is read, over all its sheets.
fn describe(book: &Workbook, plan: &Plan) -> Reading {
    let mut out = Reading::unused(book.format(), String::new());
    let names = |sheets: &[usize]| -> Vec<String> {
        sheets.iter().map(|at| book.shown_name(*at)).collect()
    };
    let mut tables: Vec<&str> = Vec::new();
    for layout in &plan.layouts {
        if !tables.contains(&layout.table.name) {
            tables.push(layout.table.name);
        }
        for (heading, target) in layout.headings.iter().zip(layout.targets.iter()) {
            match target {
                Some(position) => {
                    let pair = (heading.clone(), layout.table.columns[*position].name.to_owned());
                    if !out.columns.contains(&pair) {
                        out.columns.push(pair);
                    }
                }
                None if heading.is_empty() || out.unused.len() >= MAX_UNUSED => {}
                None if headers::is_of_correction(heading) => {}
                None => out.unused.push(excerpt(heading)),
            }
        }
    }
    out.unused.dedup();
    out.table = tables.join(", ");
    "UTF-8".clone_into(&mut out.encoding);
    let used: Vec<usize> = plan.layouts.iter().map(|layout| layout.sheet).collect();
    out.sheets = names(&used);
    out.delimiter = format!("blad {}", crate::dutch::list(&quoted(&out.sheets)));
    out.remark = not_used(&quoted(&names(&plan.unused)));
    out
}

fn quoted(names: &[String]) -> Vec<String> {
    names.iter().map(|name| format!("'{name}'")).collect()
}

fn not_used(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("blad {one} niet gebruikt"),
        _ if names.len() > MAX_NAMED => {
            let rest = names.len() - MAX_NAMED;
            format!("bladen {} en nog {rest} niet gebruikt", names[..MAX_NAMED].join(", "))
        }
        _ => format!("bladen {} niet gebruikt", crate::dutch::list(names)),
    }
}
