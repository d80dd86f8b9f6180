//! What the cells of a file say about how it was written: counts per column, nothing decided.
//!
//! Enters: blocks of raw cells. Leaves: [`Evidence`], which only grows, so that the whole file gives the same counts
//! however it was cut in blocks.

use crate::schema::{Column, Dtype};
use crate::sources::raw::RawTable;
use crate::typing::cells::{self, DateShape, Shape};
use crate::typing::natives::is_number;
use crate::typing::widths::{self, Width};

/// What the cells of one column say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Numbers that only a decimal comma fits.
    pub comma: u64,
    /// Numbers that only a decimal point fits.
    pub point: u64,
    /// Numbers or dates that can be read two ways.
    pub ambiguous: u64,
    /// The first of these numbers.
    pub example: Vec<u8>,
    /// Dates with the day first and no other way.
    pub day_first: u64,
    /// Dates with the month first and no other way.
    pub month_first: u64,
    /// Dates that every order reads as the same day.
    pub other_dates: u64,
    /// Day numbers of workbooks.
    pub serials: u64,
    /// True when a year of two digits was seen.
    pub has_short_year: bool,
    /// Codes of fixed width.
    pub codes: Codes,
}

/// Lengths of the codes in a column of fixed width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Codes {
    /// Filled cells.
    pub filled: u64,
    /// Of full width and as they should be.
    pub good: u64,
    /// Of full width with a nought in front: zeros are kept here.
    pub zero_led: u64,
    /// Digits only, and too short.
    pub short: u64,
    /// Of these, what would be good with its zeros.
    pub short_good: u64,
    /// Too short, and not only digits.
    pub short_other: u64,
}

impl Codes {
    /// Adds one filled cell.
    pub(super) fn add(&mut self, cell: &[u8], width: &Width) {
        self.filled += 1;
        let is_digits = cell.iter().all(u8::is_ascii_digit);
        if cell.len() < width.digits {
            self.short += u64::from(is_digits);
            self.short_other += u64::from(!is_digits);
            self.short_good += u64::from(is_digits && widths::padded(cell, width).is_some());
        } else if cell.len() == width.digits {
            self.good += u64::from((width.is_good)(cell));
            self.zero_led += u64::from(is_digits && cell[0] == b'0');
        }
    }

    /// Adds one cell that a workbook holds as a number: of its zeros nothing can be said.
    pub(super) fn add_native(&mut self, number: &[u8], width: &Width) {
        self.filled += 1;
        let is_good = (width.is_good)(number) || widths::padded(number, width).is_some();
        self.good += u64::from(is_good);
    }

    /// Adds what another block holds.
    pub fn merge(&mut self, other: &Self) {
        self.filled += other.filled;
        self.good += other.good;
        self.zero_led += other.zero_led;
        self.short += other.short;
        self.short_good += other.short_good;
        self.short_other += other.short_other;
    }
}

impl Evidence {
    /// Adds the cells of one column of a block. Cells in machine form have no style and say nothing.
    pub fn add(&mut self, block: &RawTable, raw: usize, column: &'static Column) {
        let width = widths::of(column);
        for row in 0..block.n_rows() {
            let cell = cells::trim(block.cell(row, raw));
            let is_native = block.is_native(row, raw);
            if cell.is_empty() {
                continue;
            }
            match column.dtype {
                Dtype::Cent | Dtype::Milli if !is_native => self.add_number(cell),
                Dtype::Date | Dtype::BirthYear => self.add_date(cell),
                Dtype::Client if is_native && is_number(cell) => {
                    if let Some(width) = &width {
                        self.codes.add_native(cell, width);
                    }
                }
                _ if is_native && is_number(cell) => {}
                _ => {
                    if let Some(width) = &width {
                        self.codes.add(cell, width);
                    }
                }
            }
        }
    }

    fn add_number(&mut self, cell: &[u8]) {
        match cells::shape(cell) {
            Shape::Comma => self.comma += 1,
            Shape::Point => self.point += 1,
            Shape::Ambiguous => {
                if self.ambiguous == 0 {
                    self.example = cell.to_vec();
                }
                self.ambiguous += 1;
            }
            Shape::Plain | Shape::Bad => {}
        }
    }

    fn add_date(&mut self, cell: &[u8]) {
        match cells::date_shape(cell) {
            DateShape::DayFirst => self.day_first += 1,
            DateShape::MonthFirst => self.month_first += 1,
            DateShape::Ambiguous => self.ambiguous += 1,
            DateShape::YearFirst | DateShape::Same => self.other_dates += 1,
            DateShape::Serial => self.serials += 1,
            DateShape::Bad => {}
        }
        self.has_short_year |= cells::has_short_year(cell);
    }
}
