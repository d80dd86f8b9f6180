//! One raw column being typed: cells in, values and faults out.

use std::borrow::Cow;

use crate::rejects::Rule;
use crate::schema::{Column, Dtype, Need};
use crate::sources::raw::RawTable;
use crate::typing::cells::{self, DateShape, DayOrder, Decimal, NumberFault, Shape};
use crate::typing::evidence::Codes;
use crate::typing::natives;
use crate::typing::rules::{MS281, MS283};
use crate::typing::seen::Seen;
use crate::typing::styles::{ClientKind, Decision, Style};
use crate::typing::typed::TypedColumn;
use crate::typing::widths::{self, Width};

/// A filled cell with its place.
#[derive(Clone, Copy)]
pub(super) struct Cell<'r> {
    pub(super) row: usize,
    pub(super) bytes: &'r [u8],
    /// In machine form.
    pub(super) is_native: bool,
}

/// A rule on the form of a text.
pub(super) type TextRule = fn(&[u8]) -> Result<(), &'static Rule>;

/// One raw column being typed.
pub(super) struct ColumnReader<'r> {
    pub(super) raw: &'r RawTable,
    pub(super) index: usize,
    pub(super) column: &'static Column,
    pub(super) decision: Decision,
    pub(super) faults: Vec<(usize, &'static Rule, String)>,
    pub(super) seen: Seen,
}

impl<'r> ColumnReader<'r> {
    /// Types every cell; an empty one is null, and a fault when the column is required.
    pub(super) fn map<T>(
        &mut self,
        mut parse: impl FnMut(Cell<'r>) -> Result<T, &'static Rule>,
    ) -> Vec<Option<T>> {
        let is_required = self.column.need == Need::Required;
        let has_native = self.raw.has_native();
        let mut out = Vec::with_capacity(self.raw.n_rows());
        for row in 0..self.raw.n_rows() {
            let bytes = cells::trim(self.raw.cell(row, self.index));
            let value = if bytes.is_empty() {
                if is_required {
                    self.faults.push((row, &crate::typing::rules::MS216, String::new()));
                }
                None
            } else {
                let is_native = has_native && self.raw.is_native(row, self.index);
                match parse(Cell { row, bytes, is_native }) {
                    Ok(value) => Some(value),
                    Err(rule) => {
                        self.faults.push((row, rule, String::new()));
                        None
                    }
                }
            };
            out.push(value);
        }
        out
    }

    pub(super) fn texts(&mut self, rule: Option<TextRule>) -> TypedColumn<'r> {
        TypedColumn::Text(self.map(|cell| {
            let text = as_text(cell);
            if let Some(rule) = rule {
                rule(text.as_bytes())?;
            }
            Ok(text)
        }))
    }

    /// Codes of fixed width, with the zeros they lost. `make` judges a code of any width; a short one that gets its
    /// zeros back is given to it with them.
    pub(super) fn codes<T>(
        &mut self,
        width: &Width,
        mut make: impl FnMut(Cow<'r, [u8]>) -> Result<T, &'static Rule>,
    ) -> Vec<Option<T>> {
        let (raw, index, pads) = (self.raw, self.index, self.decision.pads);
        let is_client = self.column.dtype == Dtype::Client;
        // Numbers of a back office have no width.
        let is_free = self.decision.style == Style::Client(ClientKind::Number);
        let (mut codes, mut padded) = (Codes::default(), Vec::new());
        let values = self.map(|cell| {
            let is_number = cell.is_native && natives::is_number(cell.bytes);
            if cell.bytes.len() == width.digits && !is_number {
                let value = make(Cow::Borrowed(cell.bytes));
                codes.filled += 1;
                // Where any number will do, what was accepted proves nothing.
                let is_good = if is_free { (width.is_good)(cell.bytes) } else { value.is_ok() };
                codes.good += u64::from(is_good);
                let is_zero_led = cell.bytes[0] == b'0';
                codes.zero_led +=
                    u64::from(is_zero_led && cell.bytes.iter().all(u8::is_ascii_digit));
                return value;
            }
            let text = if is_number { as_bytes(cell) } else { Cow::Borrowed(cell.bytes) };
            if !is_number {
                codes.add(&text, width);
            } else if is_client {
                codes.add_native(&text, width);
            }
            match widths::padded(&text, width) {
                // A number has no zeros in front, so that these were lost for certain.
                Some(code) if pads || is_number && !is_free => {
                    padded.push(cell.row);
                    make(Cow::Owned(code.into_bytes()))
                }
                _ => make(text),
            }
        });
        self.seen.codes = codes;
        for row in padded {
            self.seen.padded.hit(raw, row, index);
        }
        values
    }

    /// Codes of a column whose type has a fixed width; in messages the form is held to strictly.
    pub(super) fn fixed<T>(
        &mut self,
        mut make: impl FnMut(Cow<'r, [u8]>) -> Result<T, &'static Rule>,
    ) -> Vec<Option<T>> {
        match widths::of(self.column).filter(|_| !self.raw.is_message) {
            Some(width) => self.codes(&width, make),
            None => self.map(|cell| make(Cow::Borrowed(cell.bytes))),
        }
    }

    /// Numbers in units of `10^-digits`. One finer than that is a fault, or rounded where `too_precise` says so.
    pub(super) fn numbers(
        &mut self,
        digits: u32,
        unreadable: &'static Rule,
        too_precise: Option<&'static Rule>,
    ) -> TypedColumn<'r> {
        let mut rounded = Vec::new();
        let (style, is_mixed) = (self.decision.style, self.decision.is_mixed);
        let values = self.map(|cell| {
            let read = match (style, cell.is_native) {
                (_, true) => native(cell.bytes, digits),
                (Style::Number(decimal), _) if !is_mixed => {
                    cells::scaled(cell.bytes, decimal, digits)
                }
                (Style::Number(decimal), _) => match cells::shape(cell.bytes) {
                    Shape::Ambiguous => return Err(&MS281),
                    _ => cells::scaled(cell.bytes, decimal, digits),
                },
                // No separator was seen, so that one that comes now has to be judged first.
                _ if cell.bytes.iter().any(|b| matches!(b, b',' | b'.')) => {
                    Err(NumberFault::Unreadable)
                }
                _ => cells::scaled(cell.bytes, Decimal::Comma, digits),
            };
            let value = match (read, too_precise) {
                (Ok(value), _) => value,
                (Err(NumberFault::TooPrecise(value)), Some(_)) => {
                    rounded.push(cell.row);
                    value
                }
                (Err(_), _) => return Err(unreadable),
            };
            cells::bounded(value, cells::MAX_CENTS)
        });
        let notes = rounded.into_iter().filter_map(|row| Some((row, too_precise?, String::new())));
        self.faults.extend(notes);
        TypedColumn::Int(values)
    }

    /// Dates, each read by `parse`.
    pub(super) fn dates<T>(
        &mut self,
        parse: fn(&[u8], DayOrder) -> Result<T, &'static Rule>,
    ) -> Vec<Option<T>> {
        let is_mixed = self.decision.is_mixed;
        let order = match self.decision.style {
            Style::Date(order) => order,
            _ => DayOrder::DayFirst,
        };
        self.map(|cell| {
            if is_mixed && cells::date_shape(cell.bytes) == DateShape::Ambiguous {
                return Err(&MS283);
            }
            parse(cell.bytes, order)
        })
    }

    /// Only whether something was written is kept; an empty cell is "no", not unknown.
    pub(super) fn filled(&mut self) -> TypedColumn<'r> {
        let rows = 0..self.raw.n_rows();
        TypedColumn::Bool(
            rows.map(|row| Some(cells::is_filled(cells::trim(self.raw.cell(row, self.index)))))
                .collect(),
        )
    }

    /// Looks at what was refused: cells that another style would have read are evidence against the decision. Only
    /// these can be, because no number or date is read by two styles that one of them could not mean.
    pub(super) fn judge_style(&mut self) {
        let (raw, index, style) = (self.raw, self.index, self.decision.style);
        let is_styled = matches!(self.column.dtype, Dtype::Cent | Dtype::Milli)
            || matches!(self.column.dtype, Dtype::Date | Dtype::BirthYear);
        if !is_styled || raw.is_message {
            return;
        }
        for (row, _, _) in &self.faults {
            let cell = cells::trim(raw.cell(*row, index));
            let is_otherwise = match style {
                Style::Date(order) => is_other_date(cell, order),
                _ => !raw.is_native(*row, index) && is_other_number(cell, style),
            };
            if is_otherwise {
                self.seen.otherwise += 1;
                self.seen.against.hit(raw, *row, index);
            }
        }
    }
}

fn is_other_number(cell: &[u8], style: Style) -> bool {
    match cells::shape(cell) {
        Shape::Plain | Shape::Bad => false,
        Shape::Comma => style != Style::Number(Decimal::Comma),
        Shape::Point => style != Style::Number(Decimal::Point),
        // `81,499` is no amount with a decimal comma, and one with a decimal point.
        Shape::Ambiguous => !matches!(style, Style::Number(_)),
    }
}

fn is_other_date(cell: &[u8], order: DayOrder) -> bool {
    match cells::date_shape(cell) {
        DateShape::DayFirst => order != DayOrder::DayFirst,
        DateShape::MonthFirst => order != DayOrder::MonthFirst,
        DateShape::Serial => order != DayOrder::Serial,
        DateShape::Ambiguous | DateShape::Same => order == DayOrder::Serial,
        DateShape::YearFirst | DateShape::Bad => false,
    }
}

/// The text of a cell; a number in machine form without an empty fraction.
fn as_text(cell: Cell<'_>) -> Cow<'_, str> {
    if cell.is_native
        && let Some(number) = natives::plain(cell.bytes)
    {
        return Cow::Owned(number);
    }
    // Rows that are not UTF-8 were refused when they were read.
    String::from_utf8_lossy(cell.bytes)
}

fn as_bytes(cell: Cell<'_>) -> Cow<'_, [u8]> {
    match as_text(cell) {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// A number in machine form, in units of `10^-digits`.
fn native(cell: &[u8], digits: u32) -> Result<i64, NumberFault> {
    let number = natives::plain(cell).ok_or(NumberFault::Unreadable)?;
    cells::scaled(number.as_bytes(), Decimal::Point, digits)
}
