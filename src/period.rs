//! Months, quarters and the span a query looks at.
//!
//! Enters: dates. Leaves: [`Kwartaal`] written as `2025-K3` and [`Maand`] written as `2025-07`.
//! Knows no clock: "today" comes from the job.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};

/// A calendar quarter, written `2025-K3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kwartaal {
    year: i32,
    quarter: u32,
}

/// A calendar month, written `2025-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Maand {
    year: i32,
    month: u32,
}

impl Kwartaal {
    /// The quarter a date lies in.
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), quarter: date.month0() / 3 + 1 }
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// First day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.quarter * 3 - 2, 1)
            .expect("a quarter begins on a date")
    }

    /// Last day.
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day() - Days::new(1)
    }

    /// The quarter after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The quarter `n` later; negative is earlier.
    #[must_use]
    pub fn plus(self, n: i32) -> Self {
        let index = self.year * 4 + i32::try_from(self.quarter).expect("1 to 4") - 1 + n;
        let quarter = u32::try_from(index.rem_euclid(4)).expect("0 to 3") + 1;
        Self { year: index.div_euclid(4), quarter }
    }

    /// This quarter and the `n - 1` before it, oldest first.
    pub fn last_n(self, n: i32) -> Vec<Self> {
        (0..n).rev().map(|back| self.plus(-back)).collect()
    }

    /// The three months.
    pub fn months(self) -> [Maand; 3] {
        [2, 1, 0].map(|back| Maand { year: self.year, month: self.quarter * 3 - back })
    }
}

impl fmt::Display for Kwartaal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-K{}", self.year, self.quarter)
    }
}

impl FromStr for Kwartaal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("'{text}' is geen kwartaal; schrijf bijvoorbeeld 2025-K3");
        let (year, quarter) =
            text.split_once("-K").or_else(|| text.split_once("-k")).ok_or_else(wrong)?;
        let year: i32 = year.parse().map_err(|_| wrong())?;
        let quarter: u32 = quarter.parse().map_err(|_| wrong())?;
        if !(1900..=2200).contains(&year) || !(1..=4).contains(&quarter) {
            return Err(wrong());
        }
        Ok(Self { year, quarter })
    }
}

impl Maand {
    /// The month a date lies in.
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// The month of the year, 1 to 12.
    pub fn of_year(self) -> u32 {
        self.month
    }

    /// The quarter this month belongs to.
    pub fn kwartaal(self) -> Kwartaal {
        Kwartaal { year: self.year, quarter: (self.month - 1) / 3 + 1 }
    }

    /// Months since the year 0, so that months can be subtracted.
    pub fn number(self) -> i32 {
        self.year * 12 + i32::try_from(self.month).expect("1 to 12") - 1
    }

    /// The month with that [`Maand::number`].
    pub fn of_number(number: i32) -> Self {
        let month = u32::try_from(number.rem_euclid(12)).expect("0 to 11") + 1;
        Self { year: number.div_euclid(12), month }
    }
}

impl fmt::Display for Maand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.year, self.month)
    }
}

impl FromStr for Maand {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("'{text}' is geen maand; schrijf bijvoorbeeld 2025-07");
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let year: i32 = year.parse().map_err(|_| wrong())?;
        let month: u32 = month.parse().map_err(|_| wrong())?;
        if !(1900..=2200).contains(&year) || !(1..=12).contains(&month) {
            return Err(wrong());
        }
        Ok(Self { year, month })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_written_the_dutch_way_and_read_back() {
        let k: Kwartaal = "2025-K3".parse().unwrap();
        assert_eq!(k.to_string(), "2025-K3");
        assert_eq!(k.first_day().to_string(), "2025-07-01");
        assert_eq!(k.last_day().to_string(), "2025-09-30");
        assert_eq!(k.months().map(|m| m.to_string()), ["2025-07", "2025-08", "2025-09"]);
    }

    #[test]
    fn eight_quarters_cross_the_year() {
        let k: Kwartaal = "2025-K1".parse().unwrap();
        let names: Vec<String> = k.last_n(8).iter().map(ToString::to_string).collect();
        assert_eq!(names.first().unwrap(), "2023-K2");
        assert_eq!(names.last().unwrap(), "2025-K1");
    }

    #[test]
    fn months_are_numbered_across_the_year() {
        let maand = |text: &str| text.parse::<Maand>().unwrap();
        assert_eq!(maand("2025-01").number() - maand("2024-11").number(), 2);
        for text in ["2024-12", "2025-01"] {
            assert_eq!(Maand::of_number(maand(text).number()).to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_refused_with_an_example() {
        for text in ["2025", "2025-K5", "K3", "2025-Q3", "99999999999-K1"] {
            assert!(text.parse::<Kwartaal>().unwrap_err().contains("2025-K3"));
        }
    }
}
