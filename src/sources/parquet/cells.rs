//! Values of a column → texts, in machine form.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};
use polars::prelude::{AnyValue, Column, DataType, TimeUnit};

use crate::sources::sheet::tidy;

/// Microseconds in a second.
const MICROS: i64 = 1_000_000;

/// The values of a column, one text per row; empty for none.
pub(super) struct Texts {
    /// False for texts, of which typing decides the style.
    pub(super) is_native: bool,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// Rows with bytes that are no text.
    broken: Vec<usize>,
}

impl Texts {
    /// Writes out a column.
    pub(super) fn of(column: &Column) -> Self {
        let is_text = matches!(
            column.dtype(),
            DataType::String
                | DataType::Binary
                | DataType::Categorical(..)
                | DataType::Enum(..)
                | DataType::Time
        );
        let mut out =
            Self { is_native: !is_text, text: Vec::new(), ends: Vec::new(), broken: Vec::new() };
        let series = column.as_materialized_series();
        for (row, value) in series.iter().enumerate() {
            out.push(row, &value);
            out.ends.push(out.text.len());
        }
        out
    }

    /// The text of a row.
    pub(super) fn cell(&self, row: usize) -> &[u8] {
        let begin = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text[begin..self.ends[row]]
    }

    /// True when the value of a row is no text although its column should be.
    pub(super) fn is_broken(&self, row: usize) -> bool {
        self.broken.binary_search(&row).is_ok()
    }

    fn push(&mut self, row: usize, value: &AnyValue<'_>) {
        let text = match value {
            AnyValue::Null => return,
            AnyValue::String(text) => return self.text.extend_from_slice(text.as_bytes()),
            AnyValue::Binary(bytes) => {
                match std::str::from_utf8(bytes) {
                    Ok(text) => self.text.extend_from_slice(text.as_bytes()),
                    Err(_) => self.broken.push(row),
                }
                return;
            }
            AnyValue::Float64(value) => float(*value),
            // Written out in its own precision first, so that 0.1 stays 0.1.
            AnyValue::Float32(value) => float(value.to_string().parse().unwrap_or(f64::NAN)),
            AnyValue::Decimal(value, _, scale) => decimal(*value, *scale),
            AnyValue::Date(days) => date(*days),
            AnyValue::Datetime(at, unit, zone) => timestamp(*at, *unit, zone.is_some()),
            AnyValue::Boolean(value) => value.to_string(),
            // Whole numbers, times, texts kept as numbers.
            other => other.str_value().into_owned(),
        };
        self.text.extend_from_slice(text.as_bytes());
    }
}

/// No number is how tools write that there is none.
fn float(value: f64) -> String {
    if value.is_nan() {
        String::new()
    } else if value.is_finite() {
        tidy(value)
    } else {
        value.to_string()
    }
}

fn decimal(value: i128, scale: usize) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>1$}", value.unsigned_abs(), scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}")
}

/// A day number as a date; one that is no date stays a number, and is refused when it is typed.
fn date(days: i32) -> String {
    let date = days.checked_add(719_163).and_then(NaiveDate::from_num_days_from_ce_opt);
    date.map_or_else(|| days.to_string(), |date| date.format("%Y-%m-%d").to_string())
}

/// A moment as a date, with its time unless that is midnight. A moment in world time is told in the time of the
/// Netherlands: midnight here is the evening before in world time, and the day must not shift.
fn timestamp(at: i64, unit: TimeUnit, is_world_time: bool) -> String {
    let micros = match unit {
        TimeUnit::Nanoseconds => Some(at.div_euclid(1000)),
        TimeUnit::Microseconds => Some(at),
        TimeUnit::Milliseconds => at.checked_mul(1000),
    };
    let moment = micros.and_then(|micros| {
        let moment = DateTime::from_timestamp_micros(micros)?.naive_utc();
        if !is_world_time {
            return Some(moment);
        }
        let shift = if is_summer(moment) { 2 } else { 1 };
        let shifted = micros.checked_add(shift * 3600 * MICROS)?;
        Some(DateTime::from_timestamp_micros(shifted)?.naive_utc())
    });
    let Some(moment) = moment else { return at.to_string() };
    let is_midnight = moment.num_seconds_from_midnight() == 0;
    moment.format(if is_midnight { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S" }).to_string()
}

/// Summer time in the European Union: from the last Sunday of March to that of October, at one o'clock world time.
fn is_summer(moment: NaiveDateTime) -> bool {
    let change = |month: u32| {
        let last = NaiveDate::from_ymd_opt(moment.year(), month, 31)?;
        let sunday = last.week(Weekday::Sun).first_day();
        sunday.and_hms_opt(1, 0, 0)
    };
    match (change(3), change(10)) {
        (Some(begin), Some(end)) => begin <= moment && moment < end,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_digits() {
        assert_eq!(decimal(123_450, 2), "1234.5");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(0, 2), "0");
        assert_eq!(decimal(7, 0), "7");
        assert_eq!(decimal(i128::MAX, 0), i128::MAX.to_string());
    }

    #[test]
    fn floats_are_what_was_meant() {
        assert_eq!(float(0.1 + 0.2), "0.3");
        assert_eq!(float(990_001.0), "990001");
        assert_eq!(float(f64::NAN), "");
        assert_eq!(float(f64::INFINITY), "inf");
    }

    #[test]
    fn a_day_does_not_shift_between_world_time_and_ours() {
        let moment = |text: &str| {
            NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc().timestamp()
        };
        for (world, here) in [
            ("2024-12-31 23:00", "2025-01-01"),
            ("2025-06-30 22:00", "2025-07-01"),
            ("2025-07-01 00:00", "2025-07-01T02:00:00"),
            ("2025-03-30 00:59", "2025-03-30T01:59:00"),
            ("2025-03-30 01:00", "2025-03-30T03:00:00"),
            ("2025-10-26 00:59", "2025-10-26T02:59:00"),
            ("2025-10-26 01:00", "2025-10-26T02:00:00"),
        ] {
            let at = moment(world) * 1000;
            assert_eq!(timestamp(at, TimeUnit::Milliseconds, true), here, "{world}");
        }
        let day = moment("2025-07-01 00:00") * MICROS;
        assert_eq!(timestamp(day, TimeUnit::Microseconds, false), "2025-07-01");
        assert_eq!(timestamp(day * 1000 + 1, TimeUnit::Nanoseconds, false), "2025-07-01");
        assert_eq!(timestamp(i64::MAX, TimeUnit::Milliseconds, false), i64::MAX.to_string());
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(date(20_270), "2025-07-01");
        assert_eq!(date(i32::MAX), i32::MAX.to_string());
    }
}
