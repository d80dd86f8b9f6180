//! Text cells → typed cells, or a reject. Pseudonyms are made here and nowhere else.
//!
//! Enters: [`RawTable`]. Leaves: [`TypedTable`] with the faults found in its cells. Does not know other rows,
//! other tables or the rules of a region, except the names of its gemeenten and the styles it froze.
//! Promise: rows in = rows out; a row with a fatal fault is marked, and leaves when the table is finished.

pub mod cells;
mod births;
mod columns;
pub mod control;
mod dates;
pub mod evidence;
mod mend;
mod natives;
mod numbers;
pub mod pseudonym;
pub mod rejected;
pub mod rules;
pub mod seen;
pub mod styles;
mod typed;
mod widths;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::region::stijl::korte_naam;
use crate::rejects::{HIDDEN, Reject, Rule, excerpt};
use crate::schema::{Dtype, choices};
use crate::sources::raw::RawTable;
use crate::typing::cells::Decimal;
use crate::typing::columns::{Cell, ColumnReader, TextRule};
use crate::typing::pseudonym::{Key, Kind, Pseudonyms};
use crate::typing::rules::{
    CS319, MS214, MS215, MS217, MS218, MS221, MS222, MS223, MS224, MS226, MS227, RS001, RS005,
    RS006, RS012, RS032, RS035, RS036,
};
use crate::typing::seen::Seen;
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
            let decision = styles.columns[index];
            let (faults, seen) = (Vec::new(), Seen::default());
            let mut reader = ColumnReader { raw, index, column, decision, faults, seen };
            match (column.dtype, raw.table.position("wordt_18")) {
                (Dtype::BirthYear, Some(wordt_18)) => {
                    let (years, quarters) = births::births(&mut reader);
                    out.columns[position] = TypedColumn::Int(years);
                    out.columns[wordt_18] = TypedColumn::Text(quarters);
                }
                _ => out.columns[position] = self.type_column(&mut reader),
            }
            reader.judge_style();
            for (row, rule, expected) in reader.faults {
                out.fault(row, position, rule, expected);
            }
            out.seen[index] = reader.seen;
        }
        out
    }

    fn type_column<'r>(&self, reader: &mut ColumnReader<'r>) -> TypedColumn<'r> {
        let is_message = reader.raw.is_message;
        if is_message && let Some(typed) = message_column(reader) {
            return typed;
        }
        match reader.column.dtype {
            Dtype::Text => match widths::of(reader.column).filter(|_| !is_message) {
                Some(width) => TypedColumn::Text(reader.codes(&width, |code| Ok(text_of(code)))),
                None => reader.texts(text_rule(reader.column.name, is_message)),
            },
            Dtype::Gemeente => {
                let code = |code: Cow<'r, [u8]>| self.gemeente(&code, is_message);
                TypedColumn::Text(reader.fixed(|cell| code(cell).map(Cow::Owned)))
            }
            Dtype::Agb => TypedColumn::Text(reader.fixed(|cell| {
                let is_agb = cell.len() == 8 && cell.iter().all(u8::is_ascii_digit);
                if is_agb { Ok(text_of(cell)) } else { Err(&RS036) }
            })),
            Dtype::Eenheid => TypedColumn::Text(
                reader.map(|cell| cells::eenheid(cell.bytes).map(Cow::Borrowed).ok_or(&MS215)),
            ),
            Dtype::Cent if reader.column.name == "tarief_ct" => {
                reader.numbers(2, &MS217, Some(&MS222))
            }
            Dtype::Cent => reader.numbers(2, &MS217, None),
            Dtype::Milli => reader.numbers(3, &MS218, Some(&MS224)),
            Dtype::Int => TypedColumn::Int(reader.map(|cell| whole(cell).ok_or(&MS218))),
            Dtype::Date if matches!(reader.column.name, "einddatum" | "geldig_tot") => {
                let values = reader.dates(cells::end_date);
                TypedColumn::Date(values.into_iter().map(Option::flatten).collect())
            }
            Dtype::Date => TypedColumn::Date(reader.dates(cells::date)),
            Dtype::BirthYear => TypedColumn::Int(births::births(reader).0),
            Dtype::Choice(choices) => TypedColumn::Text(reader.map(|cell| {
                let text = String::from_utf8_lossy(cell.bytes);
                choices::chosen(choices, &text).map(Cow::Borrowed).ok_or(&MS226)
            })),
            Dtype::Bool => {
                TypedColumn::Bool(reader.map(|cell| cells::boolean(cell.bytes).ok_or(&MS221)))
            }
            Dtype::Filled => reader.filled(),
            Dtype::Client => self.clients(reader),
            Dtype::Pseudonym => self.others(reader),
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

    /// Families and accounts. An account that cannot be one is still compared with others, as it was written.
    fn others<'r>(&self, reader: &mut ColumnReader<'r>) -> TypedColumn<'r> {
        let is_iban = reader.column.name == "iban";
        let mut names = Pseudonyms::new(self.key, Kind::Other);
        let mut wrong: Vec<(usize, &'static Rule, String)> = Vec::new();
        let values = reader.map(|cell| {
            let text = without_spaces(cell.bytes);
            if is_iban && !cells::is_iban(&text) {
                wrong.push((cell.row, &MS227, String::new()));
            }
            Ok(names.of(&text))
        });
        reader.faults.extend(wrong);
        TypedColumn::Int(values)
    }

    /// The original is tested, replaced and forgotten here.
    fn clients<'r>(&self, reader: &mut ColumnReader<'r>) -> TypedColumn<'r> {
        // The column decides whether a number that is no BSN is a fault; the number itself decides what it is, so
        // that one child has one pseudonym in every file.
        let is_bsn_column = reader.decision.style == Style::Client(ClientKind::Bsn);
        let mut bsns = Pseudonyms::new(self.key, Kind::Bsn);
        let mut numbers = Pseudonyms::new(self.key, Kind::Clientnummer);
        TypedColumn::Int(reader.fixed(|cell| match cells::bsn(&cell) {
            Ok(()) => Ok(bsns.of(&cell)),
            Err(rule) if is_bsn_column => Err(rule),
            Err(_) => Ok(numbers.of(&cell)),
        }))
    }
}

/// Columns that messages write in a form of their own.
fn message_column<'r>(reader: &mut ColumnReader<'r>) -> Option<TypedColumn<'r>> {
    Some(match reader.column.dtype {
        Dtype::Cent => TypedColumn::Int(reader.map(|cell| message_cents(cell.bytes).ok_or(&RS001))),
        Dtype::Milli => TypedColumn::Int(
            reader.map(|cell| cells::digits(cell.bytes, MAX_EIGHT).map(|n| n * 1000).ok_or(&RS005)),
        ),
        Dtype::Date => {
            TypedColumn::Date(reader.map(|cell| cells::iso_date(cell.bytes).ok_or(&RS032)))
        }
        _ => return None,
    })
}

fn text_of(code: Cow<'_, [u8]>) -> Cow<'_, str> {
    match code {
        // Rows that are not UTF-8 were refused when they were read.
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

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

fn whole(cell: Cell<'_>) -> Option<i64> {
    if cell.is_native {
        return cells::scaled(natives::plain(cell.bytes)?.as_bytes(), Decimal::Point, 0).ok();
    }
    // CBS writes a year as `2021JJ00`.
    let cell = cell.bytes.strip_suffix(b"JJ00").unwrap_or(cell.bytes);
    match cells::scaled(cell, Decimal::Comma, 0) {
        Ok(value) => Some(value),
        Err(_) => cells::scaled(cell, Decimal::Point, 0).ok(),
    }
}

fn without_spaces(cell: &[u8]) -> Vec<u8> {
    cell.iter().filter(|b| !b.is_ascii_whitespace()).map(u8::to_ascii_uppercase).collect()
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

/// The file-level reject for a column whose numbers can be read two ways; `example` is one of them.
pub fn undecided_reject(raw: &RawTable, index: usize, example: &[u8]) -> Reject {
    let both = |style| cells::milli(example, style).unwrap_or_default();
    let read = |value: i64| {
        let decimals = format!("{:03}", (value % 1000).abs());
        let sign = if value < 0 { "-" } else { "" };
        let whole = crate::dutch::count((value / 1000).abs());
        match decimals.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole},{decimals}"),
        }
    };
    let name = raw.targets[index].map_or("", |at| korte_naam(&raw.table.columns[at]));
    Reject {
        table: raw.table.name.to_owned(),
        column: raw.headings[index].clone(),
        found: excerpt(&String::from_utf8_lossy(example)),
        expected: format!(
            "{} (kies dan --stijl \"{name}=1.234,56\") of {} (kies dan --stijl \"{name}=1,234.56\")",
            read(both(Decimal::Comma)),
            read(both(Decimal::Point))
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

#[cfg(test)]
mod tests;
