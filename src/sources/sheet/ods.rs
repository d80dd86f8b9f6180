//! An ODS workbook: all sheets in one stream. Rows and cells may say that they stand there many times.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::book::{Sheet, too_many_sheets};
use super::number;
use super::package::{Fault, MAX_PART, Package, Xml, attribute, push_text, value};
use super::row::{Kind, MAX_COLUMNS, MAX_ROWS, Row};
use super::xlsx::{shown_error, text_kind};

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
                "table-properties" => {
                    if attribute(&start, "display").as_deref() == Some("false") {
                        hidden_styles.insert(style.clone());
                    }
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

/// A `<table-cell>` while it is being read.
#[derive(Default)]
struct Wire {
    kind: String,
    value: String,
    text: String,
    repeated: u32,
    is_covered: bool,
    has_formula: bool,
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

impl Wire {
    /// What the cell holds; `None` when nothing.
    fn value(&self) -> Option<(Kind, String)> {
        if self.is_covered {
            return None;
        }
        let shown = self.text.trim();
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => {
                let plain = number::plain(&self.value)?;
                let is_code = shown.starts_with('0')
                    && shown.bytes().all(|byte| byte.is_ascii_digit())
                    && shown.trim_start_matches('0') == plain.text.trim_start_matches('0');
                let kind = if plain.is_rounded { Kind::Rounded } else { Kind::Number };
                Some((kind, if is_code { shown.to_owned() } else { plain.text }))
            }
            "date" => Some((Kind::Date, number::iso_date(&self.value).to_owned())),
            "time" => Some((Kind::Text, self.text.clone())),
            "boolean" => Some((Kind::Bool, self.value.clone())),
            "error" => Some((Kind::Error, shown_error(shown).to_owned())),
            _ if shown.starts_with("Err:") => Some((Kind::Error, "#FOUT".to_owned())),
            "" if self.has_formula && shown.is_empty() => Some((Kind::NoValue, String::new())),
            _ => {
                let text = if self.text.is_empty() { &self.value } else { &self.text };
                let kind = text_kind(text);
                (!text.is_empty()).then(|| (kind, text.clone()))
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

fn repeated(start: &BytesStart<'_>, name: &str) -> u64 {
    attribute(start, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

fn describe(start: &BytesStart<'_>, cell: &mut Wire) {
    cell.kind.clear();
    cell.value.clear();
    cell.text.clear();
    cell.repeated = 1;
    cell.has_formula = false;
    cell.is_covered = start.local_name().as_ref() == "covered-table-cell";
    let mut is_error = false;
    for attribute in start.attributes().with_checks(false).flatten() {
        let key = attribute.key.local_name();
        match key.as_ref() {
            // LibreOffice says twice what a cell is: an error is text for others.
            "value-type" if attribute.value == "error" => is_error = true,
            "value-type" => {
                cell.kind.clear();
                cell.kind.push_str(&attribute.value);
            }
            "value" | "date-value" | "boolean-value" | "string-value" => {
                cell.value = value(&attribute);
            }
            "number-columns-repeated" => {
                cell.repeated = attribute.value.parse().unwrap_or(1).max(1)
            }
            "formula" => cell.has_formula = true,
            _ => {}
        }
    }
    if is_error {
        cell.kind.clear();
        cell.kind.push_str("error");
    }
}
