//! How much a toewijzing allows: the arithmetic of days, weeks and months (IV076, IV077, IV078).
//!
//! Enters: Omvang and the days a declaratie or a toewijzing covers. Leaves: the largest volume that is right, or `None`
//! where the standard leaves it to the contract. Days are numbers since 1970-01-01.

use chrono::Datelike;

use crate::typing::cells::date_of;

/// Unit of time that may be declared on a toewijzing in hours (TR341).
pub(super) const MINUUT: &str = "01";
/// Hour.
pub(super) const UUR: &str = "04";
/// Units that are paid by result: pieces and euros.
const OUTPUT: [&str; 2] = ["82", "83"];

/// A period, both ends included.
pub(super) type Periode = (i32, i32);

/// How often the volume of a toewijzing may be delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequentie {
    /// Every day.
    Dag,
    /// Every week.
    Week,
    /// Every month.
    Maand,
    /// Once, over the whole toewijzing.
    Totaal,
}

impl Frequentie {
    /// From the national code, or the word an export writes.
    pub(super) fn of(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase();
        match word.strip_prefix("per ").unwrap_or(&word) {
            "1" | "01" | "dag" => Some(Self::Dag),
            "2" | "02" | "week" => Some(Self::Week),
            "4" | "04" | "maand" => Some(Self::Maand),
            "6" | "06" | "totaal" => Some(Self::Totaal),
            _ => None,
        }
    }
}

/// The size of a toewijzing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Omvang<'a> {
    /// Thousandths of the unit.
    pub(super) volume_milli: i64,
    /// Unit.
    pub(super) eenheid: &'a str,
    /// Frequency.
    pub(super) frequentie: Frequentie,
    /// First and last day of the toewijzing.
    pub(super) looptijd: (i32, Option<i32>),
}

impl Omvang<'_> {
    /// The most that one prestatie may hold (TR321), in thousandths of the unit of the toewijzing; `None` when the
    /// standard does not say.
    pub(super) fn per_prestatie_milli(&self, periode: Periode) -> Option<i64> {
        let times = match self.frequentie {
            Frequentie::Dag => dagen(periode),
            Frequentie::Week if self.is_output() => self.output_weken(periode)?,
            Frequentie::Week => weken(periode),
            // A broken month may hold the volume of a whole one (IV078); for output the contract decides.
            Frequentie::Maand if self.is_output() && !is_hele_maanden(periode) => return None,
            Frequentie::Maand => maanden(periode),
            // What one line may hold is then what all may hold together.
            Frequentie::Totaal => return None,
        };
        self.volume_milli.checked_mul(times)
    }

    /// The most that all prestaties together may hold (TR322); `None` without an end, or when the standard does not say.
    pub(super) fn in_totaal_milli(&self) -> Option<i64> {
        let (begin, eind) = self.looptijd;
        let times = match (self.frequentie, eind) {
            (Frequentie::Totaal, _) => 1,
            (_, None) => return None,
            (_, Some(eind)) if eind < begin => return None,
            (Frequentie::Dag, Some(eind)) => dagen((begin, eind)),
            // Sundays, and one more for a last week without one: as many as the weeks that are touched.
            (Frequentie::Week, Some(eind)) if self.is_output() => {
                (zondagen((begin, eind)) + i64::from(!is_zondag(eind))).max(1)
            }
            (Frequentie::Week, Some(eind)) => weken((begin, eind)),
            (Frequentie::Maand, Some(eind)) if self.is_output() => {
                if !is_hele_maanden((begin, eind)) {
                    return None;
                }
                maanden((begin, eind))
            }
            (Frequentie::Maand, Some(eind)) => maanden((begin, eind)),
        };
        self.volume_milli.checked_mul(times)
    }

    /// Paid by result: then a week counts in the month of its Sunday.
    fn is_output(&self) -> bool {
        OUTPUT.contains(&self.eenheid)
    }

    /// Sundays in the period; the last, broken week of the toewijzing counts in the month of the last Sunday.
    fn output_weken(&self, periode: Periode) -> Option<i64> {
        let (begin, eind) = self.looptijd;
        let eind = eind?;
        let last = laatste_zondag(eind);
        // A toewijzing without any Sunday has one week, where it ends.
        let counts_at = if last < begin { eind } else { last };
        let has_last = (periode.0..=periode.1).contains(&counts_at);
        Some(zondagen(periode) + i64::from(has_last && !is_zondag(eind)))
    }
}

/// Number of days.
fn dagen((begin, eind): Periode) -> i64 {
    (i64::from(eind) - i64::from(begin) + 1).max(0)
}

/// Number of ISO 8601 weeks that are touched: a broken week counts as a whole one (IV077).
pub(super) fn weken((begin, eind): Periode) -> i64 {
    // Day 0 was a Thursday: three days after a Monday.
    let week = |day: i32| (i64::from(day) + 3).div_euclid(7);
    (week(eind) - week(begin) + 1).max(0)
}

/// Number of Sundays.
pub(super) fn zondagen((begin, eind): Periode) -> i64 {
    let until = |day: i64| (day + 4).div_euclid(7);
    (until(i64::from(eind)) - until(i64::from(begin) - 1)).max(0)
}

fn is_zondag(day: i32) -> bool {
    (i64::from(day) + 4).rem_euclid(7) == 0
}

/// The Sunday on or before a day.
fn laatste_zondag(day: i32) -> i32 {
    day - (day + 4).rem_euclid(7)
}

/// Number of calendar months that are touched.
pub(super) fn maanden((begin, eind): Periode) -> i64 {
    let month = |day: i32| date_of(day).map(|d| i64::from(d.year()) * 12 + i64::from(d.month0()));
    match (month(begin), month(eind)) {
        (Some(begin), Some(eind)) => (eind - begin + 1).max(0),
        _ => 0,
    }
}

/// True when the period begins with a month and ends with one.
fn is_hele_maanden((begin, eind): Periode) -> bool {
    is_maandbegin(begin) && is_maandeinde(eind)
}

/// The first day of a month.
pub(super) fn is_maandbegin(day: i32) -> bool {
    date_of(day).is_some_and(|date| date.day() == 1)
}

/// The last day of a month.
pub(super) fn is_maandeinde(day: i32) -> bool {
    day.checked_add(1).is_some_and(is_maandbegin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typing::cells::day_number;
    use chrono::NaiveDate;

    fn day(text: &str) -> i32 {
        day_number(text.parse::<NaiveDate>().unwrap())
    }

    fn periode(begin: &str, eind: &str) -> Periode {
        (day(begin), day(eind))
    }

    fn omvang<'a>(eenheid: &'a str, frequentie: &str, looptijd: (&str, &str)) -> Omvang<'a> {
        let eind = (!looptijd.1.is_empty()).then(|| day(looptijd.1));
        Omvang {
            volume_milli: 3000,
            eenheid,
            frequentie: Frequentie::of(frequentie).unwrap(),
            looptijd: (day(looptijd.0), eind),
        }
    }

    /// IV077, inspanning: 4, 5 and 5 weeks, 13 together. Weeks 41–44, 44–48 and 49–1 by the calendar.
    #[test]
    fn weeks_of_effort_are_those_that_are_touched() {
        assert_eq!(weken(periode("2025-10-07", "2025-10-31")), 4);
        assert_eq!(weken(periode("2025-11-01", "2025-11-30")), 5);
        assert_eq!(weken(periode("2025-12-01", "2025-12-31")), 5);
        assert_eq!(weken(periode("2025-10-07", "2025-12-31")), 13);
        let hours = omvang("04", "2", ("2025-10-07", "2025-12-31"));
        assert_eq!(hours.per_prestatie_milli(periode("2025-11-01", "2025-11-30")), Some(15_000));
        assert_eq!(hours.in_totaal_milli(), Some(39_000));
    }

    /// IV077, output, second example: 3 Sundays in the first month (12, 19, 26), 5 and one more in the second: 2, 9, 16,
    /// 23, 30 November, and the days after the 30th. The third month has no Sunday of the toewijzing.
    #[test]
    fn weeks_of_output_count_where_their_sunday_is_and_the_last_one_where_the_last_sunday_is() {
        let pieces = omvang("82", "2", ("2025-10-07", "2025-12-04"));
        let weeks =
            |begin, eind| pieces.per_prestatie_milli(periode(begin, eind)).map(|n| n / 3000);
        assert_eq!(weeks("2025-10-07", "2025-10-31"), Some(3));
        assert_eq!(weeks("2025-11-01", "2025-11-30"), Some(5 + 1));
        assert_eq!(weeks("2025-12-01", "2025-12-04"), Some(0));
        assert_eq!(pieces.in_totaal_milli(), Some((3 + 6) * 3000));
        // A toewijzing that ends on a Sunday has no broken week at its end.
        let whole = omvang("82", "2", ("2025-10-07", "2025-11-30"));
        let november = periode("2025-11-01", "2025-11-30");
        assert_eq!(whole.per_prestatie_milli(november), Some(5 * 3000));
        assert_eq!(whole.in_totaal_milli(), Some(8 * 3000));
    }

    /// Thursday 2 to Saturday 4 October 2025.
    #[test]
    fn a_toewijzing_of_days_without_a_sunday_has_one_week() {
        let short = omvang("82", "2", ("2025-10-02", "2025-10-04"));
        assert_eq!(short.per_prestatie_milli(periode("2025-10-02", "2025-10-04")), Some(3000));
        assert_eq!(short.in_totaal_milli(), Some(3000));
    }

    /// IV078: a broken month may hold the volume of a month; 12–30 November 2026 touches weeks 46–49.
    #[test]
    fn a_broken_month_of_effort_is_a_month_and_of_output_is_for_the_contract() {
        let november = periode("2026-11-12", "2026-11-30");
        assert_eq!(weken(november), 4);
        let effort = omvang("04", "4", ("2026-11-12", "2027-01-15"));
        assert_eq!(effort.per_prestatie_milli(november), Some(3000));
        assert_eq!(effort.in_totaal_milli(), Some(9000));
        let output = omvang("82", "4", ("2026-11-12", "2027-01-15"));
        assert_eq!((output.per_prestatie_milli(november), output.in_totaal_milli()), (None, None));
        let whole = omvang("82", "4", ("2026-11-01", "2026-12-31"));
        let month = periode("2026-11-01", "2026-11-30");
        assert_eq!(
            (whole.per_prestatie_milli(month), whole.in_totaal_milli()),
            (Some(3000), Some(6000))
        );
    }

    #[test]
    fn days_totals_and_open_ends() {
        let daily = omvang("01", "1", ("2025-01-30", "2025-02-02"));
        assert_eq!(daily.per_prestatie_milli(periode("2025-02-01", "2025-02-02")), Some(6000));
        assert_eq!(daily.in_totaal_milli(), Some(12_000));
        let total = omvang("04", "6", ("2025-01-01", ""));
        assert_eq!(total.per_prestatie_milli(periode("2025-02-01", "2025-02-28")), None);
        assert_eq!(total.in_totaal_milli(), Some(3000));
        assert_eq!(omvang("04", "2", ("2025-01-01", "")).in_totaal_milli(), None);
        assert_eq!(omvang("04", "4", ("2025-01-01", "2024-12-31")).in_totaal_milli(), None);
    }

    /// 30 December 2024 is the Monday of week 1 of 2025; 1 January 1970 was a Thursday.
    #[test]
    fn weeks_go_on_over_the_end_of_a_year_and_before_1970() {
        assert_eq!(weken(periode("2024-12-29", "2025-01-05")), 2);
        assert_eq!(weken(periode("2024-12-30", "2025-01-05")), 1);
        assert_eq!(weken(periode("1969-12-28", "1970-01-01")), 2);
        assert_eq!(zondagen(periode("1969-12-28", "1970-01-04")), 2);
        assert_eq!(zondagen(periode("2025-10-13", "2025-10-18")), 0);
    }

    #[test]
    fn frequencies_are_codes_or_words() {
        for (text, expect) in [
            ("2", Some(Frequentie::Week)),
            ("per week", Some(Frequentie::Week)),
            ("Maand", Some(Frequentie::Maand)),
            ("3", None),
            ("", None),
        ] {
            assert_eq!(Frequentie::of(text), expect, "{text}");
        }
    }
}
