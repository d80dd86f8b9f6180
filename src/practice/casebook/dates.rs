//! Days that are told from the quarter: `begin+30`, `eind-1m`, `peil+90`, `begin-12j`, `begin+2wd`.
//!
//! Enters: such a text and the quarter. Leaves: the day. Plain days (`31-12-2025`, `2025-12-31`) are read too.

use anyhow::{Context, bail};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::period::Kwartaal;

/// Days between the end of a quarter and the day from which a report looks.
const PEIL_DAYS: u64 = 30;

/// The day that a text tells.
///
/// # Errors
/// When the text is no day.
pub(super) fn day(text: &str, kwartaal: Kwartaal) -> anyhow::Result<NaiveDate> {
    let fault = || format!("\"{text}\" is geen dag");
    let (base, rest) = start(text.trim(), kwartaal).with_context(fault)?;
    let mut day = base;
    let mut rest = rest;
    while !rest.is_empty() {
        let (step, after) = step(rest).with_context(fault)?;
        day = step.moved(day).with_context(fault)?;
        rest = after;
    }
    Ok(day)
}

/// The day a text begins with, and what follows it.
fn start(text: &str, kwartaal: Kwartaal) -> Option<(NaiveDate, &str)> {
    let last = kwartaal.last_day();
    for (word, day) in [
        ("begin", kwartaal.first_day()),
        ("eind", last),
        ("peil", last.checked_add_days(Days::new(PEIL_DAYS))?),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return Some((day, rest));
        }
    }
    let (head, rest) = text.split_at_checked(10)?;
    let day = NaiveDate::parse_from_str(head, "%d-%m-%Y")
        .or_else(|_| NaiveDate::parse_from_str(head, "%Y-%m-%d"));
    Some((day.ok()?, rest))
}

/// A number of days, working days, weeks, months or years, onward or back.
struct Step {
    number: i32,
    unit: String,
}

fn step(text: &str) -> anyhow::Result<(Step, &str)> {
    let sign = match text.chars().next() {
        Some('+') => 1,
        Some('-') => -1,
        _ => bail!("na de dag staat een + of een -"),
    };
    let body = &text[1..];
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let number: i32 = body[..digits].parse()?;
    let letters = body[digits..].bytes().take_while(u8::is_ascii_lowercase).count();
    let unit = body[digits..digits + letters].to_owned();
    Ok((Step { number: sign * number, unit }, &body[digits + letters..]))
}

impl Step {
    fn moved(&self, day: NaiveDate) -> anyhow::Result<NaiveDate> {
        let day = match self.unit.as_str() {
            "" | "d" => plus_days(day, self.number),
            "w" => plus_days(day, self.number * 7),
            "m" => plus_months(day, self.number),
            "j" => plus_months(day, self.number * 12),
            "wd" => plus_working_days(day, self.number),
            other => bail!("{other} is geen d, wd, w, m of j"),
        };
        day.context("die dag bestaat niet")
    }
}

fn plus_days(day: NaiveDate, n: i32) -> Option<NaiveDate> {
    let days = Days::new(u64::from(n.unsigned_abs()));
    if n < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}

fn plus_months(day: NaiveDate, n: i32) -> Option<NaiveDate> {
    let months = Months::new(n.unsigned_abs());
    if n < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) }
}

/// Monday to Friday; the quarters of the practice data have no holidays on those.
fn plus_working_days(day: NaiveDate, n: i32) -> Option<NaiveDate> {
    let mut day = day;
    let mut left = n.abs();
    while left > 0 {
        day = plus_days(day, n.signum())?;
        left -= i32::from(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    }
    Some(day)
}

/// As `31-07-2025`.
pub(super) fn dutch(day: NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        dutch(day(text, "2025-K3".parse().unwrap()).unwrap())
    }

    #[test]
    fn days_are_told_from_the_quarter_or_plainly() {
        assert_eq!(told("begin"), "01-07-2025");
        assert_eq!(told("eind"), "30-09-2025");
        assert_eq!(told("peil"), "30-10-2025");
        assert_eq!(told("begin+1m-1"), "31-07-2025");
        assert_eq!(told("begin-12j"), "01-07-2013");
        assert_eq!(told("begin+4wd"), "07-07-2025");
        assert_eq!(told("begin+6-1wd"), "04-07-2025");
        assert_eq!(told("01-08-2025+2w"), "15-08-2025");
        assert_eq!(told("2025-08-01"), "01-08-2025");
    }

    #[test]
    fn what_is_no_day_is_refused_with_what_was_written() {
        for text in ["", "straks", "begin 3", "begin+3x", "31-02-2025", "begin+"] {
            let error = day(text, "2025-K3".parse().unwrap()).unwrap_err();
            assert_eq!(error.to_string(), format!("\"{text}\" is geen dag"));
        }
    }
}
