//! The cells of one XLSX sheet → rows, as the stream gives them.
//!
//! The dimension a sheet declares is not looked at: only what is there costs memory.

use quick_xml::events::{BytesStart, Event};

use super::book::{Book, unescaped};
use super::errors::{shown_error, text_kind};
use super::formats::Shown;
use super::number;
use super::package::{Fault, MAX_PART, Package, Xml, push_text};
use super::row::{Kind, MAX_ROWS, Row, RowFault, address};

/// Rows of a sheet, one at a time.
pub(super) struct XlsxRows<'a> {
    xml: Xml<'a>,
    book: &'a Book,
    /// Number of the row before.
    last: u64,
    hidden_columns: u64,
    is_done: bool,
    cell: Wire,
}

/// A `<c>` element while it is being read.
#[derive(Default)]
struct Wire {
    column: u32,
    style: usize,
    kind: String,
    value: String,
    inline: String,
    has_value: bool,
    has_formula: bool,
    has_bad_address: bool,
}

impl Wire {
    fn clear(&mut self, column: u32) {
        self.column = column;
        self.style = 0;
        self.kind.clear();
        self.value.clear();
        self.inline.clear();
        self.has_value = false;
        self.has_formula = false;
        self.has_bad_address = false;
    }
}

/// What the text of an element is added to.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    None,
    Value,
    Inline,
}

impl<'a> XlsxRows<'a> {
    /// Opens a sheet.
    pub(super) fn open(
        package: &'a mut Package,
        book: &'a Book,
        part: &str,
    ) -> Result<Self, Fault> {
        let xml = package.xml(part, MAX_PART)?;
        let mut rows =
            Self { xml, book, last: 0, hidden_columns: 0, is_done: false, cell: Wire::default() };
        rows.find_data()?;
        Ok(rows)
    }

    /// Columns the user does not see.
    pub(super) fn hidden_columns(&self) -> u64 {
        self.hidden_columns
    }

    /// Goes to the first row, past everything that tells how the sheet looks.
    fn find_data(&mut self) -> Result<(), Fault> {
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "sheetData" => return Ok(()),
                Event::Empty(start) if start.local_name().as_ref() == "sheetData" => break,
                Event::Start(start) | Event::Empty(start)
                    if start.local_name().as_ref() == "col" =>
                {
                    self.hidden_columns += hidden_columns(&start);
                }
                Event::Eof => {
                    return Err(Fault::Damaged("een blad heeft geen gegevens".to_owned()));
                }
                _ => {}
            }
        }
        self.is_done = true;
        Ok(())
    }

    /// Reads the next row; false at the end of the sheet.
    pub(super) fn next_row(&mut self, row: &mut Row) -> Result<bool, Fault> {
        row.clear();
        while !self.is_done {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "row" => {
                    begin(&start, &mut self.last, row);
                    self.cells(row)?;
                    row.finish();
                    return Ok(true);
                }
                Event::Empty(start) if start.local_name().as_ref() == "row" => {
                    begin(&start, &mut self.last, row);
                    return Ok(true);
                }
                Event::End(end) if end.local_name().as_ref() == "sheetData" => self.is_done = true,
                Event::Eof => self.is_done = true,
                _ => {}
            }
        }
        Ok(false)
    }

    /// Reads the cells up to the end of the row.
    fn cells(&mut self, row: &mut Row) -> Result<(), Fault> {
        let mut column = 0;
        loop {
            match self.xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "c" => {
                    self.cell.clear(column);
                    describe(&start, row.number, &mut self.cell);
                    column = self.cell.column + 1;
                    self.content()?;
                    self.push(row);
                }
                Event::Empty(start) if start.local_name().as_ref() == "c" => {
                    self.cell.clear(column);
                    describe(&start, row.number, &mut self.cell);
                    column = self.cell.column + 1;
                }
                Event::End(end) if end.local_name().as_ref() == "row" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Reads what is in a cell up to its end.
    fn content(&mut self) -> Result<(), Fault> {
        let depth = self.xml.depth();
        let (mut target, mut is_aid) = (Target::None, false);
        loop {
            match self.xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "v" => {
                        target = Target::Value;
                        self.cell.has_value = true;
                    }
                    "t" if !is_aid => target = Target::Inline,
                    "f" => self.cell.has_formula = true,
                    "rPh" => is_aid = true,
                    _ => {}
                },
                Event::Empty(start) => match start.local_name().as_ref() {
                    "f" => self.cell.has_formula = true,
                    "v" if self.cell.kind == "str" => self.cell.has_value = true,
                    _ => {}
                },
                Event::End(end) => {
                    target = Target::None;
                    is_aid &= end.local_name().as_ref() != "rPh";
                }
                Event::Eof => return Ok(()),
                event => match target {
                    Target::Value => push_text(&event, &mut self.cell.value),
                    Target::Inline => push_text(&event, &mut self.cell.inline),
                    Target::None => {}
                },
            }
            if self.xml.depth() < depth {
                return Ok(());
            }
        }
    }

    /// Adds the cell to the row, its value in the form the readers behind expect.
    fn push(&self, row: &mut Row) {
        let cell = &self.cell;
        if cell.has_bad_address {
            return row.refuse(RowFault::Address);
        }
        let column = cell.column;
        if cell.has_formula && (!cell.has_value || (cell.value.is_empty() && cell.kind != "str")) {
            return row.push(column, Kind::NoValue, "");
        }
        match cell.kind.as_str() {
            "" | "n" => self.number(row),
            "s" if cell.value.is_empty() => {}
            "s" => match cell.value.trim().parse().ok().and_then(|at| self.book.shared.get(at)) {
                Some(text) => row.push(column, text_kind(text), text),
                None => row.refuse(RowFault::Content),
            },
            "str" => push_typed(row, column, &cell.value),
            "inlineStr" => push_typed(row, column, &cell.inline),
            "b" => match cell.value.trim() {
                "" => {}
                "1" | "true" => row.push(column, Kind::Bool, "true"),
                "0" | "false" => row.push(column, Kind::Bool, "false"),
                _ => row.refuse(RowFault::Content),
            },
            "d" => row.push(column, Kind::Date, number::iso_date(&cell.value)),
            "e" => row.push(column, Kind::Error, shown_error(&cell.value)),
            _ => row.refuse(RowFault::Content),
        }
    }

    fn number(&self, row: &mut Row) {
        let cell = &self.cell;
        if cell.value.is_empty() {
            // An inline text without its mark.
            return push_typed(row, cell.column, &cell.inline);
        }
        let Some(plain) = number::plain(&cell.value) else {
            return match cell.kind.as_str() {
                "" => push_typed(row, cell.column, &cell.value),
                _ => row.refuse(RowFault::Content),
            };
        };
        let serial: f64 = cell.value.trim().parse().unwrap_or(f64::NAN);
        let shown = self.book.shown.get(cell.style).copied().unwrap_or_default();
        let as_date = match shown {
            Shown::Date => number::date(serial, self.book.is_1904).map(|text| (Kind::Date, text)),
            Shown::Time if serial >= 1.0 => {
                number::date(serial, self.book.is_1904).map(|text| (Kind::Date, text))
            }
            Shown::Time | Shown::Duration => number::time(serial).map(|text| (Kind::Text, text)),
            Shown::Zeros(width) => Some((Kind::Number, number::padded(&plain.text, width))),
            Shown::Number => None,
        };
        let kind = if plain.is_rounded { Kind::Rounded } else { Kind::Number };
        let (kind, text) = as_date.unwrap_or((kind, plain.text));
        row.push(cell.column, kind, &text);
    }
}

fn push_typed(row: &mut Row, column: u32, text: &str) {
    let text = unescaped(text);
    row.push(column, text_kind(&text), &text);
}

fn begin(start: &BytesStart<'_>, last: &mut u64, row: &mut Row) {
    let mut number = Some(*last + 1);
    for attribute in start.attributes().with_checks(false).flatten() {
        match attribute.key.local_name().as_ref() {
            "r" => number = attribute.value.parse().ok(),
            "hidden" => row.is_hidden = matches!(attribute.value.as_ref(), "1" | "true"),
            _ => {}
        }
    }
    if let Some(number) = number.filter(|number| *number > *last && *number <= MAX_ROWS) {
        row.number = number;
        *last = number;
    } else {
        // It is told at the place where it was found: behind the row before.
        row.number = (*last).max(1);
        row.refuse(RowFault::Order);
    }
}

fn describe(start: &BytesStart<'_>, row: u64, cell: &mut Wire) {
    for attribute in start.attributes().with_checks(false).flatten() {
        let value = attribute.value.as_ref();
        match attribute.key.local_name().as_ref() {
            "r" => match address(value) {
                Some((column, number)) if number == row => cell.column = column,
                _ => cell.has_bad_address = true,
            },
            "s" => cell.style = value.parse().unwrap_or(0),
            "t" => cell.kind.push_str(value),
            _ => {}
        }
    }
}

fn hidden_columns(start: &BytesStart<'_>) -> u64 {
    let (mut is_hidden, mut min, mut max) = (false, 1u64, 0u64);
    for attribute in start.attributes().with_checks(false).flatten() {
        let value = attribute.value.as_ref();
        match attribute.key.local_name().as_ref() {
            "hidden" => is_hidden = matches!(value, "1" | "true"),
            "min" => min = value.parse().unwrap_or(1),
            "max" => max = value.parse().unwrap_or(0),
            _ => {}
        }
    }
    // All columns up to the last one a sheet can have: nobody hid data there.
    if is_hidden && max < 16_384 { (max + 1).saturating_sub(min) } else { 0 }
}
