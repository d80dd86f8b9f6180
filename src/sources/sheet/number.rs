//! Numbers of a workbook as text: what the sheet shows, not what the processor made of it.
//!
//! A workbook keeps 17 digits of which Excel shows 15; the rest is noise of binary arithmetic
//! (`1234.5600000000001`, `0.30000000000000004`). Dates are numbers of days, in one of two calendars.

use chrono::{Days, NaiveDate};

/// Digits Excel shows and keeps.
const DIGITS: usize = 15;
/// From here on a workbook cannot tell two whole numbers apart by their last digit.
const MAX_EXACT: f64 = 1e15;
/// Below this size six decimals are far from the noise of binary arithmetic.
const MAX_TIDY: f64 = 1e9;
/// A remainder this small behind six decimals is noise of a sum, not a value.
const NOISE: f64 = 1e-9;

/// A number as it is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// `-1234.5`
    pub(super) text: String,
    /// Digits were lost in the workbook.
    pub(super) is_rounded: bool,
}

/// Reads the stored text of a number; `None` when it is none.
pub(super) fn plain(stored: &str) -> Option<Plain> {
    let stored = stored.trim();
    let digits = stored.strip_prefix('-').unwrap_or(stored);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // Digits that were written out are all there, whoever wrote them.
    if is_whole && digits.len() <= 30 {
        return Some(Plain { text: stored.to_owned(), is_rounded: false });
    }
    let is_number =
        stored.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    let value: f64 = stored.parse().ok().filter(|value: &f64| value.is_finite() && is_number)?;
    let is_rounded = value.abs() >= MAX_EXACT && stored.contains(['E', 'e']);
    Some(Plain { text: tidy(value), is_rounded })
}

/// A number without the noise of binary arithmetic.
pub(in crate::sources) fn tidy(value: f64) -> String {
    let six = format!("{value:.6}");
    if value.abs() < MAX_TIDY
        && six.parse::<f64>().is_ok_and(|rounded| (rounded - value).abs() < NOISE)
    {
        return without_zeros(&six);
    }
    without_zeros(&decimal(value))
}

/// Fifteen significant digits, written out.
fn decimal(value: f64) -> String {
    let scientific = format!("{value:.*e}", DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let point = usize::try_from(exponent + 1).unwrap_or(0);
    if exponent < 0 {
        let zeros = "0".repeat(usize::try_from(-exponent - 1).unwrap_or(0));
        format!("{sign}0.{zeros}{digits}")
    } else if point >= digits.len() {
        format!("{sign}{digits}{}", "0".repeat(point - digits.len()))
    } else {
        format!("{sign}{}.{}", &digits[..point], &digits[point..])
    }
}

fn without_zeros(text: &str) -> String {
    let out =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
    if out == "-0" { "0".to_owned() } else { out.to_owned() }
}

/// Puts the zeros in front that the format of the cell shows.
pub(super) fn padded(text: &str, width: usize) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{text:0>width$}")
    } else {
        text.to_owned()
    }
}

/// Number of 31 December 9999.
const MAX_SERIAL: f64 = 2_958_465.0;
const SECONDS: f64 = 86_400.0;

/// The date of a number of days, with its time when it has one; `None` when it is no date.
///
/// The calendar of 1900 has a 29 February that never was, and a day 0; both are given as they are shown, and are
/// refused when the column is typed.
pub(super) fn date(serial: f64, is_1904: bool) -> Option<String> {
    if !(0.0..=MAX_SERIAL + 1.0).contains(&serial) {
        return None;
    }
    let seconds = whole((serial.fract() * SECONDS).round())?;
    let days = whole(serial.trunc())? + seconds / 86_400;
    let day = match (is_1904, days) {
        (true, _) => iso(NaiveDate::from_ymd_opt(1904, 1, 1)?, days)?,
        (false, 0) => "1900-01-00".to_owned(),
        (false, 60) => "1900-02-29".to_owned(),
        (false, 1..60) => iso(NaiveDate::from_ymd_opt(1899, 12, 31)?, days)?,
        (false, _) => iso(NaiveDate::from_ymd_opt(1899, 12, 30)?, days)?,
    };
    match seconds % 86_400 {
        0 => Some(day),
        rest => Some(format!("{day}T{}", clock(rest))),
    }
}

/// A date that is stored as text: without a time that says nothing.
pub(super) fn iso_date(stored: &str) -> &str {
    let date = stored.trim().trim_end_matches('Z');
    match date.split_once('T') {
        Some((day, time)) if time.bytes().all(|b| matches!(b, b'0' | b':' | b'.')) => day,
        _ => date.split_once('.').map_or(date, |(seconds, _)| seconds),
    }
}

/// A time of day or a duration, in hours, as the cell shows it.
pub(super) fn time(serial: f64) -> Option<String> {
    if !(0.0..MAX_SERIAL).contains(&serial) {
        return None;
    }
    whole((serial * SECONDS).round()).map(clock)
}

fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn iso(first: NaiveDate, days: u64) -> Option<String> {
    Some(first.checked_add_days(Days::new(days))?.format("%Y-%m-%d").to_string())
}

/// A float that holds a whole number which is not negative.
fn whole(value: f64) -> Option<u64> {
    format!("{value:.0}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_sheet_shows() {
        for (stored, shown) in [
            ("1234.5600000000001", "1234.56"),
            ("0.30000000000000004", "0.3"),
            ("3.3000000000000114", "3.3"),
            ("99999.999999999985", "100000"),
            ("1.0000000000000001E-2", "0.01"),
            ("-12.5", "-12.5"),
            ("12", "12"),
            ("12.0", "12"),
            ("-0.0", "0"),
            ("1.5E3", "1500"),
            ("33.333333333333336", "33.3333333333333"),
            ("81.499", "81.499"),
            ("0.005", "0.005"),
            ("1.005", "1.005"),
            ("999999999.99", "999999999.99"),
            ("12345678901.230001", "12345678901.23"),
            ("1e-30", "0"),
            ("123456789012345678", "123456789012345678"),
            ("00355", "00355"),
            ("1E+16", "10000000000000000"),
        ] {
            assert_eq!(plain(stored).map(|p| p.text).as_deref(), Some(shown), "{stored}");
        }
        for stored in ["", "-", "x", "inf", "NaN", "1,5", "1e999", "0x10", "--1"] {
            assert_eq!(plain(stored), None, "{stored}");
        }
    }

    #[test]
    fn every_cent_survives_the_way_through_binary() {
        for cents in (0..2_000_000i64).step_by(7).chain([9_999_999_999, 10_000_000_001]) {
            let stored = cents as f64 / 100.0;
            let expect = format!("{}.{:02}", cents / 100, cents % 100);
            let expect = without_zeros(&expect);
            for text in [format!("{stored}"), format!("{stored:.17e}")] {
                assert_eq!(plain(&text).unwrap().text, expect, "{text}");
            }
            let summed = (stored + 0.1) - 0.1;
            assert_eq!(tidy(summed), expect, "{summed}");
        }
    }

    #[test]
    fn digits_that_a_workbook_cannot_keep_are_known_to_be_lost() {
        assert!(plain("1.2345678901234568E+17").unwrap().is_rounded);
        assert!(!plain("123456789012345678").unwrap().is_rounded);
        assert!(!plain("1.2E+3").unwrap().is_rounded);
    }

    #[test]
    fn serial_numbers_are_days_of_the_calendar_of_the_workbook() {
        for (serial, is_1904, expect) in [
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (60.0, false, "1900-02-29"),
            (61.0, false, "1900-03-01"),
            (0.0, false, "1900-01-00"),
            (45_658.0, false, "2025-01-01"),
            (46_022.5, false, "2025-12-31T12:00:00"),
            (45_657.999_999_999, false, "2025-01-01"),
            (44_196.0, true, "2025-01-01"),
            (0.0, true, "1904-01-01"),
            (2_958_465.0, false, "9999-12-31"),
        ] {
            assert_eq!(date(serial, is_1904).as_deref(), Some(expect), "{serial}");
        }
        for serial in [-1.0, 2_958_467.0, f64::NAN] {
            assert_eq!(date(serial, false), None, "{serial}");
        }
    }

    #[test]
    fn times_and_durations_are_shown_in_hours() {
        assert_eq!(time(0.5).as_deref(), Some("12:00:00"));
        assert_eq!(time(1.5).as_deref(), Some("36:00:00"));
        assert_eq!(time(-0.5), None);
    }

    #[test]
    fn dates_stored_as_text_lose_a_time_that_says_nothing() {
        for (stored, shown) in [
            ("2025-12-31", "2025-12-31"),
            ("2025-12-31T00:00:00", "2025-12-31"),
            ("2025-12-31T00:00:00.000Z", "2025-12-31"),
            ("2025-12-31T13:30:00.5", "2025-12-31T13:30:00"),
        ] {
            assert_eq!(iso_date(stored), shown);
        }
    }

    #[test]
    fn zeros_in_front_are_those_of_the_format() {
        assert_eq!(padded("355", 4), "0355");
        assert_eq!(padded("12345", 4), "12345");
        assert_eq!(padded("1.5", 4), "1.5");
    }
}
