//! Months by number and days without a clock.
//!
//! Enters: a month number (0 = October 2023, the first month declared). Leaves: days and quarters.
//! Knows nothing of care.

use chrono::{Days, NaiveDate};

use crate::period::Kwartaal;

/// Months that are declared completely: 2023-10 up to and including 2025-09.
pub(super) const FULL_MONTHS: i32 = 24;
/// The month of which only a few lines have arrived.
pub(super) const THIN_MONTH: i32 = 24;
/// Quarters that are complete.
pub(super) const FULL_QUARTERS: usize = 8;

const FIRST_YEAR: i32 = 2023;
const FIRST_MONTH0: i32 = 9;

/// A calendar day; cheap to copy, to compare and to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub(super) jaar: i32,
    pub(super) maand: u32,
    pub(super) dag: u32,
}

impl Day {
    pub(super) const fn new(jaar: i32, maand: u32, dag: u32) -> Self {
        Self { jaar, maand, dag }
    }

    /// The same day for those who calculate with it.
    pub(super) fn date(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.jaar, self.maand, self.dag)
            .expect("the plan only holds real days")
    }

    /// The day `n` days later.
    pub(super) fn plus(self, n: u64) -> Self {
        use chrono::Datelike;
        let date = self.date() + Days::new(n);
        Self::new(date.year(), date.month(), date.day())
    }

    /// Number of the month this day lies in.
    pub(super) fn month(self) -> i32 {
        (self.jaar - FIRST_YEAR) * 12 + i32::try_from(self.maand).expect("1 to 12")
            - 1
            - FIRST_MONTH0
    }

    /// Days since 1 January 1970.
    pub(super) fn number(self) -> i32 {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a real day");
        i32::try_from((self.date() - epoch).num_days()).expect("a day of these years")
    }

    /// As `31-07-2025`.
    pub(super) fn dutch(self) -> String {
        format!("{:02}-{:02}-{:04}", self.dag, self.maand, self.jaar)
    }

    /// As `2025-07-31`.
    pub(super) fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.jaar, self.maand, self.dag)
    }
}

/// Year and month (1 to 12) of a month number; negative numbers lie before the first month.
pub(super) fn year_month(month: i32) -> (i32, u32) {
    let months = FIRST_YEAR * 12 + FIRST_MONTH0 + month;
    (months.div_euclid(12), u32::try_from(months.rem_euclid(12)).expect("0 to 11") + 1)
}

/// First day of a month.
pub(super) fn first_day(month: i32) -> Day {
    let (jaar, maand) = year_month(month);
    Day::new(jaar, maand, 1)
}

/// Last day of a month.
pub(super) fn last_day(month: i32) -> Day {
    let (jaar, maand) = year_month(month);
    let dag = match maand {
        2 if jaar % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Day::new(jaar, maand, dag)
}

/// Position of the quarter a month lies in: 0 = 2023-K4.
pub(super) fn quarter(month: i32) -> usize {
    usize::try_from(month / 3).expect("no line lies before the first month")
}

/// Position of the year a month lies in: 0 = 2023.
pub(super) fn year_position(month: i32) -> usize {
    usize::try_from(year_month(month).0 - FIRST_YEAR).unwrap_or(0)
}

/// Name of a quarter by its position: `2023-K4`.
pub(super) fn quarter_name(position: usize) -> String {
    let month = i32::try_from(position * 3).expect("a handful of quarters");
    Kwartaal::of(first_day(month).date()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_quarters_and_days_agree_with_the_calendar() {
        assert_eq!(quarter_name(0), "2023-K4");
        assert_eq!(quarter_name(7), "2025-K3");
        for month in -12..40 {
            assert_eq!(first_day(month).month(), month);
            assert_eq!(last_day(month).plus(1), first_day(month + 1));
        }
        assert_eq!(quarter(23), 7);
        assert_eq!(year_position(2), 0);
        assert_eq!(year_position(3), 1);
    }
}
