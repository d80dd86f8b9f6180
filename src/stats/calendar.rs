//! Working days and public holidays in the Netherlands.
//!
//! Enters: dates and a choice of holidays. Leaves: dates and numbers of days. Bridge days by royal decree
//! (Algemene termijnenwet, art. 3 lid 3) are not in it: they follow from no rule.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::stats::{Computed, NotComputable};

/// Years of which the holidays are known: from the year in which 5 May got its present rule.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2299;
/// The first year of Koningsdag; before it Koninginnedag.
const FIRST_KONINGSDAG: i32 = 2014;
/// Years with a Gregorian Easter that a date can hold.
const GREGORIAN: std::ops::RangeInclusive<i32> = 1583..=9999;

/// Which days count as holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidaySet {
    /// Algemene termijnenwet, art. 3 lid 1 and 2: Good Friday and every 5 May are holidays. For legal terms.
    Atw,
    /// Public holidays as usually listed: Good Friday is one, 5 May only in lustrum years.
    Public,
    /// As most collective agreements for offices: no Good Friday, 5 May only in lustrum years.
    Office,
}

/// A holiday with its Dutch name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// As it is called.
    pub name: &'static str,
}

fn date(year: i32, month: u32, day: u32) -> Computed<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(NotComputable::OutsideCalendar)
}

fn later(date: NaiveDate, days: u64) -> Computed<NaiveDate> {
    date.checked_add_days(Days::new(days)).ok_or(NotComputable::OutsideCalendar)
}

/// Easter Sunday (Gregorian; Meeus/Jones/Butcher, after an anonymous correspondent of Nature 1876).
///
/// # Errors
/// [`NotComputable::OutsideCalendar`] for a year outside 1583–9999.
pub fn easter_sunday(year: i32) -> Computed<NaiveDate> {
    if !GREGORIAN.contains(&year) {
        return Err(NotComputable::OutsideCalendar);
    }
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * correction + 114;
    let number = |value: i32| u32::try_from(value).map_err(|_| NotComputable::OutsideCalendar);
    date(year, number(sum / 31)?, number(sum % 31 + 1)?)
}

/// Koningsdag: 27 April, or 26 April when that is a Sunday. Before 2014 Koninginnedag: 30 April, or 29 April.
///
/// # Errors
/// [`NotComputable::OutsideCalendar`] for a year outside 1990–2299.
pub fn koningsdag(year: i32) -> Computed<NaiveDate> {
    if !YEARS.contains(&year) {
        return Err(NotComputable::OutsideCalendar);
    }
    let day = if year < FIRST_KONINGSDAG { 30 } else { 27 };
    let birthday = date(year, 4, day)?;
    if birthday.weekday() == Weekday::Sun { date(year, 4, day - 1) } else { Ok(birthday) }
}

/// The holidays of a year, Sundays included, in order of date.
///
/// # Errors
/// [`NotComputable::OutsideCalendar`] for a year outside 1990–2299.
pub fn holidays(year: i32, set: HolidaySet) -> Computed<Vec<Holiday>> {
    let easter = easter_sunday(year)?;
    let good_friday =
        easter.checked_sub_days(Days::new(2)).ok_or(NotComputable::OutsideCalendar)?;
    let mut days = vec![
        (date(year, 1, 1)?, "Nieuwjaarsdag"),
        (easter, "Eerste paasdag"),
        (later(easter, 1)?, "Tweede paasdag"),
        (koningsdag(year)?, if year < FIRST_KONINGSDAG { "Koninginnedag" } else { "Koningsdag" }),
        (later(easter, 39)?, "Hemelvaartsdag"),
        (later(easter, 49)?, "Eerste pinksterdag"),
        (later(easter, 50)?, "Tweede pinksterdag"),
        (date(year, 12, 25)?, "Eerste kerstdag"),
        (date(year, 12, 26)?, "Tweede kerstdag"),
    ];
    if set != HolidaySet::Office {
        days.push((good_friday, "Goede vrijdag"));
    }
    if set == HolidaySet::Atw || year % 5 == 0 {
        days.push((date(year, 5, 5)?, "Bevrijdingsdag"));
    }
    days.sort_unstable();
    Ok(days.into_iter().map(|(date, name)| Holiday { date, name }).collect())
}

/// Monday to Friday and no holiday, remembering the holidays of the last year asked for.
struct WorkingDays {
    set: HolidaySet,
    year: i32,
    holidays: Vec<Holiday>,
}

impl WorkingDays {
    fn new(set: HolidaySet, year: i32) -> Computed<Self> {
        Ok(Self { set, year, holidays: holidays(year, set)? })
    }

    fn contains(&mut self, day: NaiveDate) -> Computed<bool> {
        if day.year() != self.year {
            *self = Self::new(self.set, day.year())?;
        }
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        Ok(!is_weekend && self.holidays.iter().all(|holiday| holiday.date != day))
    }
}

/// Working days after `start`, up to and including `end`.
///
/// # Errors
/// [`NotComputable::EndBeforeStart`]; [`NotComputable::OutsideCalendar`] for a year outside 1990–2299.
pub fn working_days_between(start: NaiveDate, end: NaiveDate, set: HolidaySet) -> Computed<u32> {
    if end < start {
        return Err(NotComputable::EndBeforeStart);
    }
    let mut working = WorkingDays::new(set, start.year())?;
    let (mut day, mut n_days) = (start, 0);
    while day < end {
        day = later(day, 1)?;
        n_days += u32::from(working.contains(day)?);
    }
    Ok(n_days)
}

/// The `n`th working day after `start`; `start` itself for 0.
///
/// # Errors
/// [`NotComputable::OutsideCalendar`] when a year outside 1990–2299 is reached.
pub fn add_working_days(start: NaiveDate, n: u32, set: HolidaySet) -> Computed<NaiveDate> {
    let mut working = WorkingDays::new(set, start.year())?;
    let (mut day, mut left) = (start, n);
    while left > 0 {
        day = later(day, 1)?;
        left -= u32::from(working.contains(day)?);
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_between_its_earliest_and_latest_date() {
        assert_eq!(easter_sunday(2285), Ok(day("2285-03-22")));
        assert_eq!(easter_sunday(2038), Ok(day("2038-04-25")));
        assert_eq!(easter_sunday(2049), Ok(day("2049-04-18")));
        assert_eq!(easter_sunday(2076), Ok(day("2076-04-19")));
    }

    #[test]
    fn before_koningsdag_there_was_koninginnedag() {
        assert_eq!(koningsdag(2013), Ok(day("2013-04-30")));
        assert_eq!(koningsdag(2006), Ok(day("2006-04-29")));
        let names: Vec<&str> =
            holidays(2013, HolidaySet::Public).unwrap().iter().map(|day| day.name).collect();
        assert!(names.contains(&"Koninginnedag") && !names.contains(&"Koningsdag"));
    }

    #[test]
    fn nothing_passes_between_a_day_and_itself() {
        assert_eq!(
            working_days_between(day("2025-03-03"), day("2025-03-03"), HolidaySet::Atw),
            Ok(0)
        );
        assert_eq!(add_working_days(day("2025-03-01"), 0, HolidaySet::Atw), Ok(day("2025-03-01")));
    }

    #[test]
    fn the_turn_of_the_year_uses_the_holidays_of_both_years() {
        // 25, 26 December and 1 January fall on Thursday, Friday and Thursday.
        let found = working_days_between(day("2025-12-24"), day("2026-01-02"), HolidaySet::Office);
        assert_eq!(found, Ok(4));
    }

    #[test]
    fn adding_is_the_reverse_of_counting() {
        for n in 0..300 {
            let end = add_working_days(day("2025-02-14"), n, HolidaySet::Public).unwrap();
            assert_eq!(working_days_between(day("2025-02-14"), end, HolidaySet::Public), Ok(n));
        }
    }

    #[test]
    fn outside_the_known_years_and_backwards_there_is_no_answer() {
        assert_eq!(holidays(1989, HolidaySet::Atw), Err(NotComputable::OutsideCalendar));
        assert_eq!(koningsdag(2300), Err(NotComputable::OutsideCalendar));
        assert_eq!(easter_sunday(i32::MAX), Err(NotComputable::OutsideCalendar));
        let back = working_days_between(day("2025-03-04"), day("2025-03-03"), HolidaySet::Atw);
        assert_eq!(back, Err(NotComputable::EndBeforeStart));
        let far = working_days_between(day("2299-12-30"), day("2300-01-03"), HolidaySet::Atw);
        assert_eq!(far, Err(NotComputable::OutsideCalendar));
    }
}
