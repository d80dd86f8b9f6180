//! One cell: bytes → value, or the rule it breaks. Nothing is guessed.

use chrono::{Datelike, NaiveDate};

use crate::rejects::Rule;
use crate::typing::rules::{CS002, MS001, MS212, MS213, MS217, MS218, MS225, RS037};

/// Which character marks the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `1.234,56`
    Comma,
    /// `1,234.56`
    Point,
}

/// Which number of a date comes first when the year is last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// `31-12-2025`
    DayFirst,
    /// `12-31-2025`
    MonthFirst,
    /// `46022`: days since the end of 1899, as workbooks count them.
    Serial,
}

/// What the separators in one number say about its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// No separators.
    Plain,
    /// Only a decimal comma fits.
    Comma,
    /// Only a decimal point fits.
    Point,
    /// One separator before three digits: thousands, or decimals.
    Ambiguous,
    /// No number.
    Bad,
}

/// Why a number was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Not a number in this style.
    Unreadable,
    /// More decimals than the unit has; the value rounded half away from zero.
    TooPrecise(i64),
}

/// Spaces that do not break a line, of both widths.
const HARD_SPACES: [&[u8]; 2] = ["\u{a0}".as_bytes(), "\u{202f}".as_bytes()];
/// Marks of a negative number: the hyphen, the minus sign and the dash that word processors make of it.
const MINUS: [&[u8]; 3] = [b"-", "\u{2212}".as_bytes(), "\u{2013}".as_bytes()];

/// Trims spaces, no-break spaces included.
pub fn trim(bytes: &[u8]) -> &[u8] {
    let mut out = bytes.trim_ascii();
    loop {
        match without_any(out, &HARD_SPACES) {
            Some(next) => out = next.trim_ascii(),
            None => return out,
        }
    }
}

/// The text without the first of these marks that stands before or behind it.
fn without_any<'c>(bytes: &'c [u8], marks: &[&[u8]]) -> Option<&'c [u8]> {
    // Nearly every cell begins and ends with a digit or a letter.
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        return None;
    }
    marks.iter().find_map(|mark| bytes.strip_prefix(*mark).or_else(|| bytes.strip_suffix(*mark)))
}

/// A number without what stands around it.
struct Bare<'c> {
    is_negative: bool,
    /// Digits with separators, when it is a number at all.
    body: &'c [u8],
    /// Written as `12,-`, which only a decimal comma can be.
    is_whole_euros: bool,
}

/// Sign and digits with separators: currency signs, brackets and signs before or after are taken off.
fn unwrap_sign(bytes: &[u8]) -> Bare<'_> {
    let mut rest = trim(bytes);
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix(b"(").and_then(|r| r.strip_suffix(b")")) {
        negative = true;
        rest = trim(inner);
    }
    loop {
        let euro = rest.strip_prefix("€".as_bytes()).or_else(|| rest.strip_prefix(b"EUR"));
        let euro = euro.or_else(|| rest.strip_suffix("€".as_bytes()));
        if let Some(next) = euro {
            rest = trim(next);
        } else if let Some(whole) = whole_euros(rest) {
            // What stands behind the comma is no sign.
            return Bare { is_negative: negative, body: whole, is_whole_euros: true };
        } else if let (false, Some(next)) = (negative, without_any(rest, &MINUS)) {
            negative = true;
            rest = trim(next);
        } else {
            return Bare { is_negative: negative, body: rest, is_whole_euros: false };
        }
    }
}

/// `12,-` and `12,--`: twelve euros and no cents.
fn whole_euros(bytes: &[u8]) -> Option<&[u8]> {
    let body = without_any(bytes, &MINUS).filter(|body| body.len() < bytes.len())?;
    let body = body.strip_suffix(b"-").unwrap_or(body);
    let whole = body.strip_suffix(b",")?;
    (!bytes.starts_with(b"-") && whole.last().is_some_and(u8::is_ascii_digit)).then_some(whole)
}

/// What one number says about the style of its column.
pub fn shape(bytes: &[u8]) -> Shape {
    let Bare { body, is_whole_euros, .. } = unwrap_sign(bytes);
    let is_separator = |b: &u8| matches!(b, b',' | b'.');
    if body.is_empty() || !body.iter().all(|b| b.is_ascii_digit() || is_separator(b)) {
        return Shape::Bad;
    }
    if is_whole_euros {
        return Shape::Comma;
    }
    let commas = memchr::memchr_iter(b',', body).count();
    let points = memchr::memchr_iter(b'.', body).count();
    let Some(last) = body.iter().rposition(is_separator) else { return Shape::Plain };
    let behind = body.len() - last - 1;
    let as_decimal = if body[last] == b',' { Shape::Comma } else { Shape::Point };
    let as_thousands = if body[last] == b',' { Shape::Point } else { Shape::Comma };
    match (commas, points) {
        (0, 1) | (1, 0) if behind == 3 && (1..=3).contains(&last) && body[0] != b'0' => {
            Shape::Ambiguous
        }
        (0, 1) | (1, 0) => as_decimal,
        (0, _) | (_, 0) => as_thousands,
        _ => as_decimal,
    }
}

/// Reads a number as a whole count of `10^-digits`: `digits = 2` gives cents.
pub fn scaled(bytes: &[u8], style: Decimal, digits: u32) -> Result<i64, NumberFault> {
    let Bare { is_negative: negative, body, is_whole_euros } = unwrap_sign(bytes);
    let (decimal, thousands) = match style {
        Decimal::Comma => (b',', b'.'),
        Decimal::Point if is_whole_euros => return Err(NumberFault::Unreadable),
        Decimal::Point => (b'.', b','),
    };
    let (whole, fraction) = match memchr::memchr(decimal, body) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    if fraction.is_some_and(<[u8]>::is_empty) || (whole.is_empty() && fraction.is_none()) {
        return Err(NumberFault::Unreadable);
    }
    let mut value = whole_part(whole, thousands).ok_or(NumberFault::Unreadable)?;
    let fraction = fraction.unwrap_or_default();
    if !fraction.iter().all(u8::is_ascii_digit) {
        return Err(NumberFault::Unreadable);
    }
    for position in 0..digits as usize {
        let digit = fraction.get(position).map_or(0, |b| i64::from(b - b'0'));
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit))
            .ok_or(NumberFault::Unreadable)?;
    }
    let rest = fraction.get(digits as usize..).unwrap_or_default();
    if rest.iter().any(|b| *b != b'0') {
        let up = i64::from(rest[0] >= b'5');
        return Err(NumberFault::TooPrecise(if negative { -(value + up) } else { value + up }));
    }
    Ok(if negative { -value } else { value })
}

/// Digits with thousands marks between groups of three, or no marks at all.
fn whole_part(bytes: &[u8], thousands: u8) -> Option<i64> {
    let mut value: i64 = 0;
    let mut in_group = 0usize;
    let mut n_groups = 0usize;
    for byte in bytes {
        if byte.is_ascii_digit() {
            value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
            in_group += 1;
        } else if *byte == thousands
            && in_group > 0
            // `0.125` holds decimals: nobody writes a thousand as 0.125.
            && bytes[0] != b'0'
            && (if n_groups == 0 { in_group <= 3 } else { in_group == 3 })
        {
            n_groups += 1;
            in_group = 0;
        } else {
            return None;
        }
    }
    (n_groups == 0 || in_group == 3).then_some(value)
}

/// Largest amount or tariff of an export: a billion euros, in cents.
pub const MAX_CENTS: i64 = 100_000_000_000;
/// Largest volume of an export: a hundred million units, in thousandths.
pub const MAX_MILLI: i64 = 100_000_000_000;

/// Refuses what is too large to be meant, so that no product or sum of it can overflow.
pub fn bounded(value: i64, max: i64) -> Result<i64, &'static Rule> {
    if value.abs() > max { Err(&MS225) } else { Ok(value) }
}

/// An amount in eurocents.
pub fn cents(bytes: &[u8], style: Decimal) -> Result<i64, &'static Rule> {
    scaled(bytes, style, 2).map_err(|_| &MS217).and_then(|value| bounded(value, MAX_CENTS))
}

/// A number in thousandths.
pub fn milli(bytes: &[u8], style: Decimal) -> Result<i64, &'static Rule> {
    scaled(bytes, style, 3).map_err(|_| &MS218).and_then(|value| bounded(value, MAX_MILLI))
}

/// Unsigned digits only, as messages write numbers.
pub fn digits(bytes: &[u8], max: i64) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 15 || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = bytes.iter().fold(0i64, |value, b| value * 10 + i64::from(b - b'0'));
    (value <= max).then_some(value)
}

/// Days since 1970-01-01.
pub fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - 719_163
}

/// The date of a day number.
pub fn date_of(day_number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day_number.checked_add(719_163)?)
}

/// A date as exports write it. A time behind it is ignored.
pub fn date(bytes: &[u8], order: DayOrder) -> Result<i32, &'static Rule> {
    let text = day_of(bytes);
    if order == DayOrder::Serial
        && let Some(day) = serial(text)
    {
        return Ok(day);
    }
    let (y, m, d) = date_parts(text, order).ok_or(&MS212)?;
    if !(1900..=2199).contains(&y) {
        return Err(&MS213);
    }
    NaiveDate::from_ymd_opt(y, m, d).map(day_number).ok_or(&MS212)
}

/// The part of a cell before the time.
fn day_of(bytes: &[u8]) -> &[u8] {
    trim(bytes).split(|b| matches!(b, b' ' | b'T')).next().unwrap_or_default()
}

/// Day 1 of the count of workbooks is 1 January 1900, and they believe in 29 February 1900: from March 1900 on this is
/// the number of 1 January 1970.
const SERIAL_OF_1970: i64 = 25_569;
/// 31 December 9999 in the count of workbooks: how they write "no end".
const SERIAL_WITHOUT_END: i64 = 2_958_465;

/// The day of a five-digit number as workbooks count days (1927 to 2173); a fraction behind it is a time. `None` for
/// anything else: fewer digits are a year or a month, six may be `202507`.
pub fn serial(text: &[u8]) -> Option<i32> {
    let end = text.iter().position(|b| matches!(b, b',' | b'.')).unwrap_or(text.len());
    let (whole, fraction) = text.split_at(end);
    if !fraction.iter().skip(1).all(u8::is_ascii_digit) || fraction.len() == 1 {
        return None;
    }
    let number = digits(whole, 99_999).filter(|n| *n >= 10_000)?;
    i32::try_from(number - SERIAL_OF_1970).ok()
}

/// True for the number with which a workbook writes "no end".
fn is_serial_without_end(text: &[u8]) -> bool {
    digits(text, SERIAL_WITHOUT_END) == Some(SERIAL_WITHOUT_END)
}

/// What one date says about the order of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateShape {
    /// The year first: read the same in every style.
    YearFirst,
    /// Only the day can come first.
    DayFirst,
    /// Only the month can come first.
    MonthFirst,
    /// Day and month may be exchanged for another day.
    Ambiguous,
    /// Day and month are the same number, so that it does not matter.
    Same,
    /// A day number of a workbook.
    Serial,
    /// No date.
    Bad,
}

/// What one date says about the style of its column.
pub fn date_shape(bytes: &[u8]) -> DateShape {
    let text = day_of(bytes);
    if serial(text).is_some() || is_serial_without_end(text) {
        return DateShape::Serial;
    }
    let Some((_, month, day)) = date_parts(text, DayOrder::DayFirst) else {
        return DateShape::Bad;
    };
    let is_year_first = text.len() == 8 && text.iter().all(u8::is_ascii_digit)
        || text.iter().position(|b| !b.is_ascii_digit()) == Some(4);
    match (day, month) {
        _ if is_year_first => DateShape::YearFirst,
        (13..=31, 1..=12) => DateShape::DayFirst,
        (1..=12, 13..=31) => DateShape::MonthFirst,
        (1..=12, 1..=12) if day == month => DateShape::Same,
        (1..=12, 1..=12) => DateShape::Ambiguous,
        _ => DateShape::Bad,
    }
}

/// True when the year of a date has two digits.
pub fn has_short_year(bytes: &[u8]) -> bool {
    let mut parts = day_of(bytes).split(|b| matches!(b, b'-' | b'/' | b'.'));
    let (first, last) = (parts.next(), parts.nth(1));
    first.is_some_and(|part| part.len() <= 2) && last.is_some_and(|part| part.len() == 2)
}

/// A date that ends something: a year from 2200 on is how systems write "no end".
pub fn end_date(bytes: &[u8], order: DayOrder) -> Result<Option<i32>, &'static Rule> {
    let first = day_of(bytes);
    if order == DayOrder::Serial && is_serial_without_end(first) {
        return Ok(None);
    }
    match date_parts(first, order) {
        Some((y, m, d)) if y >= 2200 && NaiveDate::from_ymd_opt(y, m, d).is_some() => Ok(None),
        _ => date(bytes, order).map(Some),
    }
}

/// A date as messages write it: `jjjj-mm-dd` and nothing else.
pub fn iso_date(bytes: &[u8]) -> Option<i32> {
    let is_iso = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let (y, m, d) = date_parts(bytes, DayOrder::DayFirst).filter(|_| is_iso)?;
    NaiveDate::from_ymd_opt(y, m, d).filter(|_| (1900..=2199).contains(&y)).map(day_number)
}

/// Splits a date text in its numbers, in the order the column was found to have.
pub fn date_parts(text: &[u8], order: DayOrder) -> Option<(i32, u32, u32)> {
    let number = |part: &[u8]| digits(part, 9999).and_then(|n| u32::try_from(n).ok());
    if text.len() == 8 && text.iter().all(u8::is_ascii_digit) {
        return Some((
            number(&text[..4])?.cast_signed(),
            number(&text[4..6])?,
            number(&text[6..])?,
        ));
    }
    let mut parts = text.split(|b| matches!(b, b'-' | b'/' | b'.'));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        return Some((number(first)?.cast_signed(), number(second)?, number(third)?));
    }
    // Two digits: a care product of this century, a birth date of the last; 2050 is far enough for both.
    let year = match (third.len(), number(third)?) {
        (2, short) => short + if short < 50 { 2000 } else { 1900 },
        (4, year) => year,
        _ => return None,
    };
    let (day, month) = match order {
        DayOrder::DayFirst => (first, second),
        DayOrder::MonthFirst => (second, first),
        DayOrder::Serial => return None,
    };
    (day.len() <= 2 && month.len() <= 2).then_some((
        year.cast_signed(),
        number(month)?,
        number(day)?,
    ))
}

/// Nine digits that pass the eleven-proof and are not all zero (CS002, RS037).
pub fn bsn(bytes: &[u8]) -> Result<(), &'static Rule> {
    if bytes.len() != 9 || !bytes.iter().all(u8::is_ascii_digit) {
        return Err(&RS037);
    }
    let digit = |i: usize| i32::from(bytes[i] - b'0');
    let sum: i32 =
        (0..8).map(|i| (9 - i32::try_from(i).expect("below nine")) * digit(i)).sum::<i32>()
            - digit(8);
    match (sum % 11, bytes) {
        (0, b"000000000") => Err(&MS001),
        (0, _) => Ok(()),
        _ => Err(&CS002),
    }
}

/// The code of a unit of care (list WJ756) from its code or its word.
pub fn eenheid(bytes: &[u8]) -> Option<&'static str> {
    let word = std::str::from_utf8(bytes).ok()?.to_lowercase();
    Some(match word.as_str() {
        "01" | "1" | "minuut" | "minuten" | "min" => "01",
        "04" | "4" | "uur" | "uren" | "u" => "04",
        "14" | "etmaal" | "etmalen" => "14",
        "16" | "dagdeel" | "dagdelen" => "16",
        // Pieces without more are output: an effort counted in pieces is the exception that names itself.
        "82" | "stuk" | "stuks" | "stuks (output)" | "stuk (output)" => "82",
        "83" | "euro" | "euro's" | "euros" => "83",
        "84" | "stuks (inspanning)" | "stuk (inspanning)" => "84",
        _ => return None,
    })
}

/// Yes or no.
pub fn boolean(bytes: &[u8]) -> Option<bool> {
    match bytes.to_ascii_lowercase().as_slice() {
        b"ja" | b"j" | b"waar" | b"true" | b"1" | b"x" => Some(true),
        b"nee" | b"n" | b"onwaar" | b"false" | b"0" => Some(false),
        _ => None,
    }
}

/// Free text that says something; "n.v.t." and a dash do not.
pub fn is_filled(bytes: &[u8]) -> bool {
    !matches!(
        bytes.to_ascii_lowercase().as_slice(),
        b"" | b"-" | b"nvt" | b"n.v.t." | b"n.v.t" | b"geen" | b"?"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn euro(text: &str, style: Decimal, expect: Option<i64>) {
        assert_eq!(cents(text.as_bytes(), style).ok(), expect, "{text}");
    }

    #[test]
    fn amounts_are_read_in_the_style_of_their_column() {
        use Decimal::{Comma, Point};
        for (text, style, expect) in [
            ("1.234,56", Comma, Some(123_456)),
            ("1234,5", Comma, Some(123_450)),
            ("€ 1.234,56", Comma, Some(123_456)),
            ("\u{a0}12,50\u{a0}", Comma, Some(1250)),
            ("-12,50", Comma, Some(-1250)),
            ("12,50-", Comma, Some(-1250)),
            ("(12,50)", Comma, Some(-1250)),
            ("€ -12,50", Comma, Some(-1250)),
            ("€\u{a0}1.234,56", Comma, Some(123_456)),
            ("\u{2212}12,50", Comma, Some(-1250)),
            ("\u{2013} 12,50", Comma, Some(-1250)),
            ("12,50\u{202f}€", Comma, Some(1250)),
            ("€ 12,-", Comma, Some(1200)),
            ("1.234,--", Comma, Some(123_400)),
            ("-12,-", Comma, Some(-1200)),
            ("12,-", Point, None),
            ("0.125", Comma, None),
            ("012.345", Comma, None),
            ("81,499", Comma, None),
            ("0", Comma, Some(0)),
            (",50", Comma, Some(50)),
            ("12,500", Comma, Some(1250)),
            ("1,234.56", Point, Some(123_456)),
            ("81,499", Point, Some(8_149_900)),
            ("1.234", Comma, Some(123_400)),
            ("12.34,5", Comma, None),
            ("1.23", Comma, None),
            ("1234.567", Comma, None),
            ("12,345", Comma, None),
            ("12,", Comma, None),
            ("", Comma, None),
            ("-", Comma, None),
            ("--5", Comma, None),
            ("12a", Comma, None),
            ("1.234.56", Comma, None),
            ("99999999999999999999", Comma, None),
        ] {
            euro(text, style, expect);
        }
    }

    #[test]
    fn what_is_too_precise_is_known_rounded() {
        assert_eq!(scaled(b"1,455", Decimal::Comma, 2), Err(NumberFault::TooPrecise(146)));
        assert_eq!(scaled(b"-1,455", Decimal::Comma, 2), Err(NumberFault::TooPrecise(-146)));
        assert_eq!(scaled(b"1,5", Decimal::Comma, 3), Ok(1500));
    }

    #[test]
    fn shapes_decide_or_stay_open() {
        for (text, expect) in [
            ("12,5", Shape::Comma),
            ("1.234,56", Shape::Comma),
            ("1.234.567", Shape::Comma),
            ("12.50", Shape::Point),
            ("1,234,567", Shape::Point),
            ("1.234", Shape::Ambiguous),
            ("81,499", Shape::Ambiguous),
            ("0.125", Shape::Point),
            ("1234.567", Shape::Point),
            ("12", Shape::Plain),
            ("1.234,-", Shape::Comma),
            ("-", Shape::Bad),
            ("abc", Shape::Bad),
        ] {
            assert_eq!(shape(text.as_bytes()), expect, "{text}");
        }
    }

    #[test]
    fn dates_are_real_days() {
        let iso = |text: &str| {
            date(text.as_bytes(), DayOrder::DayFirst)
                .map(|d| date_of(d).unwrap().to_string())
                .map_err(|r| r.code)
        };
        assert_eq!(iso("31-12-2025").as_deref(), Ok("2025-12-31"));
        assert_eq!(iso("1/2/2025").as_deref(), Ok("2025-02-01"));
        assert_eq!(iso("1-2-25").as_deref(), Ok("2025-02-01"));
        assert_eq!(iso("1-2-99").as_deref(), Ok("1999-02-01"));
        assert_eq!(iso("20250201").as_deref(), Ok("2025-02-01"));
        assert_eq!(iso("2025-02-01 00:00:00").as_deref(), Ok("2025-02-01"));
        assert_eq!(iso("31-02-2025"), Err("MS212"));
        assert_eq!(iso("13-13-2025"), Err("MS212"));
        assert_eq!(iso("01-01-0202"), Err("MS213"));
        assert_eq!(iso("1-2"), Err("MS212"));
        assert_eq!(iso(""), Err("MS212"));
        assert_eq!(
            date(b"12-31-2025", DayOrder::MonthFirst).map_err(|r| r.code),
            date(b"31-12-2025", DayOrder::DayFirst).map_err(|r| r.code)
        );
    }

    #[test]
    fn the_day_numbers_of_workbooks_are_read_when_the_column_has_them() {
        let iso = |text: &str, order| {
            date(text.as_bytes(), order)
                .map(|d| date_of(d).unwrap().to_string())
                .map_err(|r| r.code)
        };
        // 1 January 2024, as any workbook shows 45292 with a date format.
        assert_eq!(iso("45292", DayOrder::Serial).as_deref(), Ok("2024-01-01"));
        assert_eq!(iso("45292,75", DayOrder::Serial).as_deref(), Ok("2024-01-01"));
        assert_eq!(iso("2024-01-01", DayOrder::Serial).as_deref(), Ok("2024-01-01"));
        assert_eq!(iso("01-02-2024", DayOrder::Serial), Err("MS212"));
        assert_eq!(iso("45292", DayOrder::DayFirst), Err("MS212"));
        assert_eq!(iso("4529", DayOrder::Serial), Err("MS212"));
        assert_eq!(iso("202507", DayOrder::Serial), Err("MS212"));
        assert_eq!(iso("45292,", DayOrder::Serial), Err("MS212"));
        assert_eq!(end_date(b"2958465", DayOrder::Serial).ok(), Some(None));
    }

    #[test]
    fn the_shape_of_a_date_says_which_orders_it_allows() {
        for (text, expect) in [
            ("31-12-2025", DateShape::DayFirst),
            ("12/31/2025", DateShape::MonthFirst),
            ("3-4-25", DateShape::Ambiguous),
            ("04-04-2025", DateShape::Same),
            ("2025-12-31", DateShape::YearFirst),
            ("20251231", DateShape::YearFirst),
            ("2025-12-31 10:00:00", DateShape::YearFirst),
            ("45292", DateShape::Serial),
            ("31-31-2025", DateShape::Bad),
            ("juli", DateShape::Bad),
        ] {
            assert_eq!(date_shape(text.as_bytes()), expect, "{text}");
        }
    }

    #[test]
    fn a_far_end_date_means_no_end() {
        assert_eq!(end_date(b"31-12-9999", DayOrder::DayFirst).ok(), Some(None));
        assert!(end_date(b"31-12-2025", DayOrder::DayFirst).is_ok_and(|d| d.is_some()));
        assert!(end_date(b"31-02-9999", DayOrder::DayFirst).is_err());
    }

    #[test]
    fn amounts_beyond_meaning_are_refused_before_they_can_overflow() {
        assert_eq!(cents(b"90000000000000000", Decimal::Comma).map_err(|r| r.code), Err("MS225"));
        assert_eq!(milli(b"900000000000000", Decimal::Comma).map_err(|r| r.code), Err("MS225"));
    }

    #[test]
    fn a_message_date_has_one_form() {
        assert!(iso_date(b"2026-06-30").is_some());
        for text in ["2027-06-31", "30-06-2026", "2026-06-30Z", "2026-6-30", ""] {
            assert!(iso_date(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn day_numbers_count_from_1970() {
        assert_eq!(day_number(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()), 0);
        assert_eq!(date_of(20_000).unwrap().to_string(), "2024-10-04");
    }

    #[test]
    fn the_eleven_proof_holds() {
        for (number, expect) in [
            ("999900006", None),
            ("999900018", None),
            ("999900007", Some("CS002")),
            ("99990000", Some("RS037")),
            ("99990000a", Some("RS037")),
            ("000000000", Some("MS001")),
        ] {
            assert_eq!(bsn(number.as_bytes()).err().map(|r| r.code), expect, "{number}");
        }
    }

    #[test]
    fn units_are_known_by_code_and_word() {
        assert_eq!(eenheid(b"Uur"), Some("04"));
        assert_eq!(eenheid(b"1"), Some("01"));
        assert_eq!(eenheid(b"week"), None);
    }
}
