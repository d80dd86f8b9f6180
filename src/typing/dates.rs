//! One date: bytes → a day, or the rule it breaks.

use chrono::{Datelike, NaiveDate};

use crate::rejects::Rule;
use crate::typing::cells::{digits, trim};
use crate::typing::rules::{MS212, MS213};

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
