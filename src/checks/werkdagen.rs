//! Working days between two dates, with the free days of the region.
//!
//! Enters: dates. Leaves: numbers of days, or none where a date is missing or the order of two dates cannot be right.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::region::Region;
use crate::stats::calendar::{HolidaySet, working_days_between};
use crate::typing::cells::{date_of, day_number};

/// Days on which offices work.
pub struct Werkdagen {
    /// Free days of the region that would have been working days.
    vrij: BTreeSet<NaiveDate>,
}

impl Werkdagen {
    /// Of a region.
    pub fn of(region: &Region) -> Self {
        let vrij = region.advies.iter().flat_map(|advies| advies.vrije_dagen.iter().copied());
        let is_working = |day: &NaiveDate| {
            let before = day.pred_opt().unwrap_or(*day);
            working_days_between(before, *day, HolidaySet::Office) == Ok(1)
        };
        Self { vrij: vrij.filter(is_working).collect() }
    }

    /// Working days after `van`, up to and including `tot`; `None` when one is missing or `tot` lies before `van`.
    pub(super) fn tussen(&self, van: Option<i32>, tot: Option<i32>) -> Option<i64> {
        let (van, tot) = (date_of(van?)?, date_of(tot?)?);
        let days = working_days_between(van, tot, HolidaySet::Office).ok()?;
        // The first day itself is not counted, so that a free day there takes nothing off.
        let vrij = self.vrij.iter().filter(|day| van < **day && **day <= tot).count();
        Some(i64::from(days) - i64::try_from(vrij).ok()?)
    }

    /// The last day from which more than `termijn` working days have passed on `peildatum`; `None` outside the calendar.
    pub fn voorbij(&self, peildatum: NaiveDate, termijn: i64) -> Option<NaiveDate> {
        let peil = day_number(peildatum);
        let mut van = peil;
        while self.tussen(Some(van), Some(peil))? <= termijn {
            van = van.checked_sub(1)?;
        }
        date_of(van)
    }

    /// The same, negative when `tot` lies before `van`.
    pub(super) fn verschil(&self, van: Option<i32>, tot: Option<i32>) -> Option<i64> {
        if tot? < van? { self.tussen(tot, van).map(|days| -days) } else { self.tussen(van, tot) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<i32> {
        text.parse().ok().map(day_number)
    }

    fn werkdagen(vrij: &[&str]) -> Werkdagen {
        let mut region = Region::load("oefenregio", None).unwrap();
        region.advies.as_mut().unwrap().vrije_dagen =
            vrij.iter().map(|day| day.parse().unwrap()).collect();
        Werkdagen::of(&region)
    }

    #[test]
    fn holidays_weekends_and_free_days_of_the_region_are_not_counted() {
        // Wednesday to Friday of the next week; Thursday 25 and Friday 26 December are holidays.
        let (van, tot) = (day("2025-12-24"), day("2026-01-02"));
        assert_eq!(werkdagen(&[]).tussen(van, tot), Some(4));
        assert_eq!(werkdagen(&["2026-01-02"]).tussen(van, tot), Some(3));
        // A Saturday and a holiday were free already, and the first day is never counted.
        let free = ["2025-12-27", "2025-12-25", "2025-12-24"];
        assert_eq!(werkdagen(&free).tussen(van, tot), Some(4));
    }

    #[test]
    fn a_term_has_passed_from_the_day_after_its_last_working_day() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        // On Wednesday what came in on Sunday has had three working days, on Monday two.
        let wednesday = date("2025-10-01");
        assert_eq!(werkdagen(&[]).voorbij(wednesday, 2), Some(date("2025-09-28")));
        assert_eq!(werkdagen(&[]).voorbij(wednesday, 5), Some(date("2025-09-23")));
        assert_eq!(werkdagen(&[]).voorbij(wednesday, 0), Some(date("2025-09-30")));
        // A free day of the region gives a day more; on a Sunday the term of Thursday has passed for one working day.
        assert_eq!(werkdagen(&["2025-09-30"]).voorbij(wednesday, 2), Some(date("2025-09-25")));
        assert_eq!(werkdagen(&[]).voorbij(date("2025-10-05"), 0), Some(date("2025-10-02")));
        assert_eq!(werkdagen(&[]).voorbij(wednesday, i64::MAX), None);
    }

    #[test]
    fn a_day_and_itself_are_zero_apart_and_a_missing_or_earlier_day_gives_nothing() {
        let one = day("2025-07-01");
        let werkdagen = werkdagen(&[]);
        assert_eq!(werkdagen.tussen(one, one), Some(0));
        assert_eq!(werkdagen.tussen(one, None), None);
        assert_eq!(werkdagen.tussen(one, day("2025-06-30")), None);
        assert_eq!(werkdagen.verschil(one, day("2025-06-30")), Some(-1));
        assert_eq!(werkdagen.verschil(one, day("2025-07-03")), Some(2));
        assert_eq!(werkdagen.verschil(None, one), None);
    }
}
