//! An ODS workbook: all sheets in one stream. Rows and cells may say that they stand there many times.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::book::{Sheet, too_many_sheets};
use super::ods_cell::{Wire, describe, repeated};
use super::package::{Fault, MAX_PART, Package, Xml, attribute, push_text};
use super::row::{MAX_COLUMNS, MAX_ROWS, Row};

/// Where all sheets are.
const CONTENT: &str = "content.xml";
/// Sheets a workbook may have: each is looked for from the beginning.
const MAX_SHEETS: usize = 250;
/// Elements around a sheet; tables elsewhere belong to something else.
const SHEET_DEPTH: u32 = 3;

/// The sheets, in the order of their tabs.
pub(super) fn sheets(package: &mut Package) -> Result<Vec<Sheet>, Fault> {
    if is_locked(package)? {
        return Err(Fault::Locked);
    }
    package.verify(CONTENT)?;
    let mut hidden_styles = BTreeSet::new();
    let mut style = String::new();
    let mut out = Vec::new();
    let mut xml = package.xml(CONTENT, MAX_PART)?;
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "style" => style = attribute(&start, "name").unwrap_or_default(),
                "table-properties" if attribute(&start, "display").as_deref() == Some("false") => {
                    hidden_styles.insert(style.clone());
                }
                "table" if depth != SHEET_DEPTH => {}
                "table" if out.len() >= MAX_SHEETS => return Err(too_many_sheets()),
                "table" => {
                    let style = attribute(&start, "style-name").unwrap_or_default();
                    out.push(Sheet {
                        name: attribute(&start, "name").unwrap_or_default(),
                        part: CONTENT.to_owned(),
                        is_hidden: hidden_styles.contains(&style),
                    });
                }
                _ => {}
            },
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}

/// A part that is locked is named as such in the list of parts.
fn is_locked(package: &mut Package) -> Result<bool, Fault> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    if !package.has(MANIFEST) {
        return Ok(false);
    }
    let mut xml = package.xml(MANIFEST, MAX_PART)?;
    loop {
        match xml.next()? {
            Event::Start(start) | Event::Empty(start)
                if matches!(start.local_name().as_ref(), "encryption-data" | "encrypted-key") =>
            {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Rows of one sheet.
pub(super) struct OdsRows<'a> {
    xml: Xml<'a>,
    /// Depth of the sheet's own element.
    depth: u32,
    /// Number of the next row.
    next: u64,
    /// The row that was read last stands there so many times more.
    again: u64,
    current: Row,
    cell: Wire,
    hidden_columns: u64,
    is_done: bool,
}

impl<'a> OdsRows<'a> {
    /// Goes to the sheet of this position.
    pub(super) fn open(package: &'a mut Package, position: usize) -> Result<Self, Fault> {
        let mut xml = package.xml(CONTENT, MAX_PART)?;
        let mut seen = 0;
        loop {
            let is_sheet = xml.depth() == SHEET_DEPTH;
            let is_it = match xml.next()? {
                Event::Start(start) if is_sheet && start.local_name().as_ref() == "table" => {
                    seen += 1;
                    seen == position + 1
                }
                Event::Empty(start) if is_sheet && start.local_name().as_ref() == "table" => {
                    seen += 1;
                    false
                }
                Event::Eof => break,
                _ => false,
            };
            if is_it {
                break;
            }
        }
        Ok(Self {
            depth: xml.depth(),
            // A sheet without any element has no rows either.
            is_done: seen != position + 1 || xml.depth() == 0,
            xml,
            next: 1,
            again: 0,
            current: Row::default(),
            cell: Wire::default(),
            hidden_columns: 0,
        })
    }

    /// Columns the user does not see, as far as the stream was read.
    pub(super) fn hidden_columns(&self) -> u64 {
        self.hidden_columns
    }

    /// Reads the next row that holds something; false at the end of the sheet.
    pub(super) fn next_row(&mut self, row: &mut Row) -> Result<bool, Fault> {
        loop {
            if self.again > 0 {
                self.again -= 1;
                row.clone_from(&self.current);
                row.number = self.next;
                self.next += 1;
                return Ok(true);
            }
            if self.is_done {
                return Ok(false);
            }
            self.read_row()?;
        }
    }

    /// Reads a row into `current`, with how often it stands there; rows without content are only counted.
    fn read_row(&mut self) -> Result<(), Fault> {
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "table-row" => {
                    let times = begin(&start, &mut self.current);
                    self.cells()?;
                    self.current.finish();
                    return self.repeat(times);
                }
                Event::Empty(start) if start.local_name().as_ref() == "table-row" => {
                    let times = begin(&start, &mut self.current);
                    return self.repeat(times);
                }
                Event::Start(start) | Event::Empty(start)
                    if start.local_name().as_ref() == "table-column" =>
                {
                    let is_hidden = attribute(&start, "visibility").is_some_and(|v| v != "visible");
                    let times = repeated(&start, "number-columns-repeated");
                    // A width up to the last column of a sheet is no hidden data.
                    if is_hidden && times < u64::from(MAX_COLUMNS) / 2 {
                        self.hidden_columns += times;
                    }
                }
                Event::Eof => self.is_done = true,
                _ => {}
            }
            if self.is_done || self.xml.depth() < self.depth {
                self.is_done = true;
                return Ok(());
            }
        }
    }

    fn repeat(&mut self, times: u64) -> Result<(), Fault> {
        let left = (MAX_ROWS + 1).saturating_sub(self.next);
        if self.current.is_blank() {
            self.next += times.min(left);
        } else if times > left {
            return Err(Fault::TooLarge("een blad heeft meer rijen dan kan".to_owned()));
        } else {
            self.again = times;
        }
        Ok(())
    }

    fn cells(&mut self) -> Result<(), Fault> {
        let depth = self.xml.depth();
        let mut column = 0u32;
        loop {
            let is_open = match self.xml.next()? {
                Event::Start(start) if is_cell(&start) => {
                    describe(&start, &mut self.cell);
                    true
                }
                Event::Empty(start) if is_cell(&start) => {
                    describe(&start, &mut self.cell);
                    false
                }
                Event::Eof => return Ok(()),
                _ => {
                    if self.xml.depth() < depth {
                        return Ok(());
                    }
                    continue;
                }
            };
            if is_open {
                self.content()?;
            }
            let times = self.cell.repeated.min(MAX_COLUMNS + 1);
            if let Some((kind, text)) = self.cell.value() {
                for at in 0..times {
                    self.current.push(column + at, kind, &text);
                }
            }
            column = column.saturating_add(times).min(MAX_COLUMNS + 1);
        }
    }

    /// Reads the paragraphs of a cell up to its end; notes beside it are passed over.
    fn content(&mut self) -> Result<(), Fault> {
        let depth = self.xml.depth();
        let mut skipped = None;
        let mut paragraphs = 0;
        loop {
            // Text counts inside a paragraph only: what stands between paragraphs is layout.
            let is_inside = self.xml.depth() > depth;
            match self.xml.next()? {
                Event::Start(start) if skipped.is_none() => match start.local_name().as_ref() {
                    "annotation" | "table" | "frame" => skipped = Some(()),
                    "p" => {
                        if paragraphs > 0 {
                            self.cell.text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    _ => {}
                },
                Event::Empty(start) if skipped.is_none() => match start.local_name().as_ref() {
                    "s" => {
                        let n = repeated(&start, "c").min(1000);
                        self.cell.text.extend((0..n).map(|_| ' '));
                    }
                    "tab" => self.cell.text.push('\t'),
                    "line-break" => self.cell.text.push('\n'),
                    _ => {}
                },
                Event::Eof => return Ok(()),
                event if skipped.is_none() && is_inside => {
                    push_text(&event, &mut self.cell.text);
                }
                _ => {}
            }
            // The skipped element is a child of the cell.
            if self.xml.depth() <= depth {
                skipped = None;
            }
            if self.xml.depth() < depth {
                return Ok(());
            }
        }
    }
}

fn is_cell(start: &BytesStart<'_>) -> bool {
    matches!(start.local_name().as_ref(), "table-cell" | "covered-table-cell")
}

fn begin(start: &BytesStart<'_>, row: &mut Row) -> u64 {
    row.clear();
    row.is_hidden = attribute(start, "visibility").is_some_and(|v| v != "visible");
    repeated(start, "number-rows-repeated")
}
