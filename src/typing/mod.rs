//! Text cells → typed cells, or a reject. Pseudonyms are made here and nowhere else.
//!
//! Enters: [`RawTable`]. Leaves: [`TypedTable`] with the faults found in its cells. Does not know other rows,
//! other tables or the rules of a region, except the names of its gemeenten.
//! Promise: rows in = rows out; a row with a fatal fault is marked, and leaves when the table is finished.

pub mod cells;
pub mod control;
pub mod pseudonym;
pub mod rules;
pub mod styles;
mod typed;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::rejects::{HIDDEN, Reject, Rule, excerpt};
use crate::schema::{Column, Dtype, Need};
use crate::sources::raw::RawTable;
use crate::typing::cells::{DayOrder, Decimal, NumberFault};
use crate::typing::pseudonym::{Key, Kind, Pseudonyms};
use crate::typing::rules::{
    CS319, MS212, MS214, MS215, MS216, MS217, MS218, MS221, MS222, MS223, MS224, RS001, RS005,
    RS006, RS012, RS032, RS035, RS036,
};
use crate::typing::styles::{ClientKind, Style, Styles};
pub use typed::{Finished, TypedColumn, TypedTable};

/// What typing needs besides the cells.
pub struct Typer<'a> {
    /// The key of the pseudonyms.
    pub key: &'a Key,
    /// Normalised gemeente name → code.
    pub gemeenten: &'a BTreeMap<String, String>,
}

/// Largest amount, tariff, budget and volume in a message (RS001, RS005).
const MAX_EIGHT: i64 = 99_999_999;
/// Largest total of a message (RS040); single amounts are held to [`MAX_EIGHT`] by their digits.
const MAX_TOTAL: i64 = 999_999_999_999;
/// Largest toewijzing number in a message (RS006).
const MAX_NUMBER: i64 = 999_999_999;

impl Typer<'_> {
    /// Types a block in the styles of its file.
    pub fn type_block<'r>(&self, raw: &'r RawTable, styles: &Styles) -> TypedTable<'r> {
        let n = raw.table.columns.len();
        let mut out = TypedTable::new(raw, n);
        for index in 0..raw.headings.len() {
            let Some(position) = raw.targets[index] else { continue };
            let column = &raw.table.columns[position];
            let mut reader = ColumnReader { raw, index, column, faults: Vec::new() };
            out.columns[position] = self.type_column(&mut reader, styles.columns[index]);
            for (row, rule, expected) in reader.faults {
                out.fault(row, position, rule, expected);
            }
        }
        out
    }

    fn type_column<'r>(&self, reader: &mut ColumnReader<'r>, style: Style) -> TypedColumn<'r> {
        let decimal = if let Style::Number(decimal) = style { decimal } else { Decimal::Comma };
        let order = if let Style::Date(order) = style { order } else { DayOrder::DayFirst };
        let is_message = reader.raw.is_message;
        match reader.column.dtype {
            Dtype::Text => reader.texts(text_rule(reader.column.name, is_message)),
            Dtype::Gemeente => TypedColumn::Text(
                reader.map(|cell| self.gemeente(cell, is_message).map(Cow::Owned)),
            ),
            Dtype::Agb => reader.texts(Some(|cell| {
                let is_agb = cell.len() == 8 && cell.iter().all(u8::is_ascii_digit);
                if is_agb { Ok(()) } else { Err(&RS036) }
            })),
            Dtype::Eenheid => TypedColumn::Text(
                reader.map(|cell| cells::eenheid(cell).map(Cow::Borrowed).ok_or(&MS215)),
            ),
            Dtype::Cent if is_message => {
                TypedColumn::Int(reader.map(|cell| message_cents(cell).ok_or(&RS001)))
            }
            Dtype::Milli if is_message => TypedColumn::Int(
                reader.map(|cell| cells::digits(cell, MAX_EIGHT).map(|n| n * 1000).ok_or(&RS005)),
            ),
            Dtype::Cent if reader.column.name == "tarief_ct" => {
                reader.rounded(decimal, 2, &MS217, &MS222)
            }
            Dtype::Cent => TypedColumn::Int(reader.map(|cell| cells::cents(cell, decimal))),
            Dtype::Milli => reader.rounded(decimal, 3, &MS218, &MS224),
            Dtype::Int => TypedColumn::Int(reader.map(|cell| whole(cell).ok_or(&MS218))),
            Dtype::Date if is_message => {
                TypedColumn::Date(reader.map(|cell| cells::iso_date(cell).ok_or(&RS032)))
            }
            Dtype::Date if matches!(reader.column.name, "einddatum" | "geldig_tot") => {
                reader.end_dates(order)
            }
            Dtype::Date => TypedColumn::Date(reader.map(|cell| cells::date(cell, order))),
            Dtype::BirthYear => TypedColumn::Int(reader.map(|cell| birth_year(cell, order))),
            Dtype::Bool => TypedColumn::Bool(reader.map(|cell| cells::boolean(cell).ok_or(&MS221))),
            Dtype::Filled => reader.filled(),
            Dtype::Client => self.clients(reader, style),
            Dtype::Pseudonym => {
                let mut names = Pseudonyms::new(self.key, Kind::Other);
                TypedColumn::Int(reader.map(|cell| Ok(names.of(&without_spaces(cell)))))
            }
        }
    }

    fn gemeente(&self, cell: &[u8], is_message: bool) -> Result<String, &'static Rule> {
        let text = std::str::from_utf8(cell).map_err(|_| &MS214)?;
        let code = text.strip_prefix("GM").unwrap_or(text);
        if code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(code.to_owned());
        }
        if is_message || code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(&RS035);
        }
        let name = crate::schema::normalise_heading(text);
        self.gemeenten.get(&name).cloned().ok_or(&MS214)
    }

    /// The original is tested, replaced and forgotten here.
    fn clients<'r>(&self, reader: &mut ColumnReader<'r>, style: Style) -> TypedColumn<'r> {
        // The column decides whether a number that is no BSN is a fault; the number itself decides what it is, so
        // that one child has one pseudonym in every file.
        let is_bsn_column = style == Style::Client(ClientKind::Bsn);
        let mut bsns = Pseudonyms::new(self.key, Kind::Bsn);
        let mut numbers = Pseudonyms::new(self.key, Kind::Clientnummer);
        TypedColumn::Int(reader.map(|cell| match cells::bsn(cell) {
            Ok(()) => Ok(bsns.of(cell)),
            Err(rule) if is_bsn_column => Err(rule),
            Err(_) => Ok(numbers.of(cell)),
        }))
    }
}

type TextRule = fn(&[u8]) -> Result<(), &'static Rule>;

/// Format rules of single text fields. Numbers of a message have a form; those of an export may be anything.
fn text_rule(column: &str, is_message: bool) -> Option<TextRule> {
    match column {
        "productcode" => Some(|cell| {
            let n = std::str::from_utf8(cell).map_or(0, |text| text.chars().count());
            if (1..=5).contains(&n) { Ok(()) } else { Err(&RS012) }
        }),
        "debet_credit" => Some(|cell| {
            let mark = cell.to_ascii_lowercase();
            let is_known =
                matches!(mark.as_slice(), b"d" | b"debet" | b"debit" | b"c" | b"cr" | b"credit");
            if is_known { Ok(()) } else { Err(&MS223) }
        }),
        "declaratienummer" if is_message => Some(|cell| {
            let fits = cell.len() <= 12 && cell.iter().all(u8::is_ascii_alphanumeric);
            if fits { Ok(()) } else { Err(&CS319) }
        }),
        "toewijzingnummer" if is_message => {
            Some(|cell| cells::digits(cell, MAX_NUMBER).map(|_| ()).ok_or(&RS006))
        }
        _ => None,
    }
}

/// Amounts of a message are whole cents; totals of an answer were given their sign by the reader.
fn message_cents(cell: &[u8]) -> Option<i64> {
    match cell.strip_prefix(b"-") {
        Some(body) => cells::digits(body, MAX_TOTAL).map(|value| -value),
        None => cells::digits(cell, MAX_TOTAL),
    }
}

fn whole(cell: &[u8]) -> Option<i64> {
    // CBS writes a year as `2021JJ00`.
    let cell = cell.strip_suffix(b"JJ00").unwrap_or(cell);
    match cells::scaled(cell, Decimal::Comma, 0) {
        Ok(value) => Some(value),
        Err(_) => cells::scaled(cell, Decimal::Point, 0).ok(),
    }
}

fn birth_year(cell: &[u8], order: DayOrder) -> Result<i64, &'static Rule> {
    if let (4, Some(year)) = (cell.len(), cells::digits(cell, 2199)) {
        return Ok(year);
    }
    let date = cells::date(cell, order).map_err(|_| &MS212)?;
    let date = cells::date_of(date).ok_or(&MS212)?;
    Ok(i64::from(chrono::Datelike::year(&date)))
}

fn without_spaces(cell: &[u8]) -> Vec<u8> {
    cell.iter().filter(|b| !b.is_ascii_whitespace()).map(u8::to_ascii_uppercase).collect()
}

/// One raw column being typed.
struct ColumnReader<'r> {
    raw: &'r RawTable,
    index: usize,
    column: &'static Column,
    faults: Vec<(usize, &'static Rule, String)>,
}

impl<'r> ColumnReader<'r> {
    /// Types every cell; an empty one is null, and a fault when the column is required.
    fn map<T>(
        &mut self,
        mut parse: impl FnMut(&'r [u8]) -> Result<T, &'static Rule>,
    ) -> Vec<Option<T>> {
        let is_required = self.column.need == Need::Required;
        let mut out = Vec::with_capacity(self.raw.n_rows());
        for row in 0..self.raw.n_rows() {
            let cell = cells::trim(self.raw.cell(row, self.index));
            let value = if cell.is_empty() {
                if is_required {
                    self.faults.push((row, &MS216, String::new()));
                }
                None
            } else {
                match parse(cell) {
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

    fn texts(&mut self, rule: Option<TextRule>) -> TypedColumn<'r> {
        TypedColumn::Text(self.map(|cell| {
            if let Some(rule) = rule {
                rule(cell)?;
            }
            // Rows that are not UTF-8 were refused when they were read.
            Ok(String::from_utf8_lossy(cell))
        }))
    }

    /// A number finer than its unit is rounded and said; anything else that is no number is a reject.
    fn rounded(
        &mut self,
        decimal: Decimal,
        digits: u32,
        unreadable: &'static Rule,
        too_precise: &'static Rule,
    ) -> TypedColumn<'r> {
        let mut rounded = Vec::new();
        let mut row = 0;
        let (raw, index) = (self.raw, self.index);
        let values = self.map(|cell| {
            // `map` calls for filled cells only, in order: find the row of this one.
            while !std::ptr::eq(cells::trim(raw.cell(row, index)), cell) {
                row += 1;
            }
            let value = match cells::scaled(cell, decimal, digits) {
                Ok(value) => value,
                Err(NumberFault::TooPrecise(value)) => {
                    rounded.push(row);
                    value
                }
                Err(NumberFault::Unreadable) => return Err(unreadable),
            };
            cells::bounded(value, cells::MAX_CENTS)
        });
        self.faults.extend(rounded.into_iter().map(|row| (row, too_precise, String::new())));
        TypedColumn::Int(values)
    }

    /// Dates that end something; one that is far away is no end.
    fn end_dates(&mut self, order: DayOrder) -> TypedColumn<'r> {
        let values = self.map(|cell| cells::end_date(cell, order));
        TypedColumn::Date(values.into_iter().map(Option::flatten).collect())
    }

    /// Only whether something was written is kept; an empty cell is "no", not unknown.
    fn filled(&mut self) -> TypedColumn<'r> {
        let rows = 0..self.raw.n_rows();
        TypedColumn::Bool(
            rows.map(|row| Some(cells::is_filled(cells::trim(self.raw.cell(row, self.index)))))
                .collect(),
        )
    }
}

/// The reject of one cell, with the cell hidden where it may identify a person.
pub(crate) fn cell_reject(
    raw: &RawTable,
    row: usize,
    position: usize,
    rule: &'static Rule,
    expected: &str,
) -> Reject {
    let column = &raw.table.columns[position];
    let index = raw.targets.iter().position(|target| *target == Some(position));
    let found = match index {
        _ if column.is_person() => HIDDEN.to_owned(),
        // Text where a number or date should be may be a name.
        Some(index) if is_numeric(column.dtype) && has_words(raw.cell(row, index)) => {
            HIDDEN.to_owned()
        }
        Some(index) => excerpt(&String::from_utf8_lossy(raw.cell(row, index))),
        None => String::new(),
    };
    Reject {
        table: raw.table.name.to_owned(),
        column: index.map_or_else(|| column.label.to_owned(), |index| raw.headings[index].clone()),
        found,
        expected: expected.to_owned(),
        cell: raw.address(row, index),
        ..Reject::new(rule, &raw.file.path, raw.line(row))
    }
}

fn is_numeric(dtype: Dtype) -> bool {
    matches!(dtype, Dtype::Agb | Dtype::Int | Dtype::Milli | Dtype::Cent | Dtype::Date)
}

fn has_words(cell: &[u8]) -> bool {
    cell.iter().filter(|b| b.is_ascii_alphabetic() || **b >= 0x80).count() > 4
}

/// The file-level reject for a column whose numbers can be read two ways.
pub fn undecided_reject(raw: &RawTable, index: usize) -> Reject {
    let example = (0..raw.n_rows())
        .map(|row| raw.cell(row, index))
        .find(|cell| cells::shape(cell) == cells::Shape::Ambiguous)
        .unwrap_or_default();
    let both = |style| cells::milli(example, style).unwrap_or_default();
    let thousandths = |value: i64| format!("{},{:03}", value / 1000, value % 1000);
    Reject {
        table: raw.table.name.to_owned(),
        column: raw.headings[index].clone(),
        found: excerpt(&String::from_utf8_lossy(example)),
        expected: format!(
            "{} of {}",
            thousandths(both(Decimal::Comma)),
            thousandths(both(Decimal::Point))
        ),
        ..Reject::new(&rules::MS219, &raw.file.path, 0)
    }
}

/// Gemeente names of a region, as cells may hold them.
pub fn gemeente_names<'a>(
    gemeenten: impl Iterator<Item = (&'a str, &'a str)>,
) -> BTreeMap<String, String> {
    gemeenten
        .map(|(code, naam)| (crate::schema::normalise_heading(naam), code.to_owned()))
        .collect()
}
