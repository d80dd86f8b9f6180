//! Counts against what was to be expected, exactly.
//!
//! Enters: counts with what they are related to. Leaves: tails, p-values, ratios with limits, and the range
//! that chance explains. Does not know spread beyond chance; see [`crate::stats::overdispersion`].

use crate::stats::binomial::Binomial;
use crate::stats::distribution::{TAIL_95, bisect, count, inner_probability, poisson_tails};
use crate::stats::{Computed, CountRange, NotComputable, Tails};

/// A count and what it is related to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exposure {
    /// What was counted; may be larger than the denominator.
    pub count: i64,
    /// What it is related to, more than 0: persons, or person-months.
    pub denominator: i64,
}

/// The ratio of two rates with its exact limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// Rate of the first over the rate of the second; without an end when the second counted nothing.
    pub ratio: Computed<f64>,
    /// Lower limit; 0 when the first counted nothing.
    pub lower: f64,
    /// Upper limit; without an end when the second counted nothing.
    pub upper: Computed<f64>,
}

/// One unit beside all others together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgainstOthers {
    /// What the unit counted.
    pub observed: i64,
    /// What it would have counted at the rate of the others together: `N_i (ΣO − O_i) / (ΣN − N_i)`.
    pub expected: f64,
    /// Exact tails given the total: `O_i ~ Binomial(ΣO, N_i / ΣN)`.
    pub tails: Tails,
    /// Central two-sided p.
    pub p: f64,
    /// The counts of this unit, beside what the others counted, of which neither tail is below 2.5%.
    /// `observed` lies in it exactly when [`Tails::level`] says `Within`.
    pub range95: CountRange,
    /// Denominator of this unit over that of the others.
    pub size_ratio: f64,
}

/// `P(X ≤ count)` and `P(X ≥ count)` of a Poisson count with this expectation, each exact.
///
/// [`Tails::two_sided`] gives the central two-sided p, which agrees with the Garwood interval.
///
/// # Errors
/// [`NotComputable::NegativeValue`] for a count or expectation below zero, [`NotComputable::NotFinite`].
pub fn tails(observed: i64, expected: f64) -> Computed<Tails> {
    poisson_tails(count(observed)?, expected)
}

/// Shares of two denominators: that of the first and that of the second.
fn shares(first: i64, second: i64) -> Computed<(f64, f64)> {
    if first <= 0 || second <= 0 {
        return Err(NotComputable::NoDenominator);
    }
    let (first, second) = (first as f64, second as f64);
    Ok((first / (first + second), second / (first + second)))
}

fn sum(first: u64, second: u64) -> Computed<u64> {
    first.checked_add(second).ok_or(NotComputable::NotFinite)
}

/// Ratio of two rates with the exact limits that follow from conditioning on the total
/// (Clopper & Pearson 1934; Przyborowski & Wilenski 1940).
///
/// # Errors
/// [`NotComputable::TotalIsZero`] when neither counted anything; [`NotComputable::NoDenominator`];
/// [`NotComputable::NegativeValue`]; [`NotComputable::NotAProbability`] for the level.
pub fn rate_ratio(first: Exposure, second: Exposure, level: f64) -> Computed<RateRatio> {
    let tail = (1.0 - inner_probability(level)?) / 2.0;
    shares(first.denominator, second.denominator)?;
    let (a, b) = (count(first.count)?, count(second.count)?);
    let total = sum(a, b)?;
    if total == 0 {
        return Err(NotComputable::TotalIsZero);
    }
    let per = second.denominator as f64 / first.denominator as f64;
    // The chance of one of the two at which `least` of its counts or more is as rare as the tail.
    let limit = |least: u64| {
        bisect(0.0, 1.0, |chance| {
            Binomial { total, chance, other: 1.0 - chance }.tails(least).upper >= tail
        })
    };
    let odds = |chance: f64| chance / (1.0 - chance);
    let lower = if a == 0 { 0.0 } else { odds(limit(a)) * per };
    if b == 0 {
        let endless = Err(NotComputable::NothingElsewhere);
        return Ok(RateRatio { ratio: endless, lower, upper: endless });
    }
    let ratio = a as f64 / b as f64 * per;
    Ok(RateRatio { ratio: Ok(ratio), lower, upper: Ok(per / odds(limit(b))) })
}

/// One unit against the others together: the test on which a verdict rests.
///
/// The unit is left out of what it is compared with, so that a dominant one is not compared with itself. If
/// nothing was counted anywhere, both tails are 1.
///
/// # Errors
/// [`NotComputable::SingleValue`] when there are no others, [`NotComputable::NoValues`] when there is no
/// unit at `index`, [`NotComputable::NoDenominator`] when a denominator is zero or less,
/// [`NotComputable::NegativeValue`] for a count below zero.
pub fn against_others(units: &[Exposure], index: usize) -> Computed<AgainstOthers> {
    let unit = units.get(index).ok_or(NotComputable::NoValues)?;
    if units.len() == 1 {
        return Err(NotComputable::SingleValue);
    }
    let (mut elsewhere, mut denominator) = (0_u64, 0_i64);
    for (position, other) in units.iter().enumerate() {
        shares(other.denominator, 1)?;
        let counted = count(other.count)?;
        if position != index {
            elsewhere = sum(elsewhere, counted)?;
            denominator =
                denominator.checked_add(other.denominator).ok_or(NotComputable::NotFinite)?;
        }
    }
    let (chance, other) = shares(unit.denominator, denominator)?;
    let observed = count(unit.count)?;
    let tails = Binomial { total: sum(observed, elsewhere)?, chance, other }.tails(observed);
    let size_ratio = unit.denominator as f64 / denominator as f64;
    Ok(AgainstOthers {
        observed: unit.count,
        expected: elsewhere as f64 * size_ratio,
        tails,
        p: tails.two_sided(),
        range95: range_beside(elsewhere, chance, other)?,
        size_ratio,
    })
}

/// The counts that, beside `elsewhere` of the others, have both tails at 2.5% or more.
fn range_beside(elsewhere: u64, chance: f64, other: f64) -> Computed<CountRange> {
    let tails = |x: u64| Binomial { total: elsewhere.saturating_add(x), chance, other }.tails(x);
    // With x the lower tail rises and the upper tail falls, so that each end is found by halving.
    let low = first_count(|x| tails(x).lower >= TAIL_95)?;
    let high = first_count(|x| tails(x).upper < TAIL_95)?;
    let whole = |x: u64| i64::try_from(x).map_err(|_| NotComputable::NotFinite);
    Ok(CountRange { low: whole(low)?, high: whole(high)? - 1 })
}

/// The smallest count for which `holds`, which stays true from there on.
pub(super) fn first_count(holds: impl Fn(u64) -> bool) -> Computed<u64> {
    let mut above = 1_u64;
    while !holds(above) {
        above = above.checked_mul(2).ok_or(NotComputable::NotFinite)?;
    }
    let mut below = 0_u64;
    while below < above {
        let middle = below + (above - below) / 2;
        if holds(middle) {
            above = middle;
        } else {
            below = middle + 1;
        }
    }
    Ok(above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Level, Side};

    fn exposure(count: i64, denominator: i64) -> Exposure {
        Exposure { count, denominator }
    }

    #[test]
    fn nothing_expected_makes_nothing_certain() {
        assert_eq!(tails(0, 0.0), Ok(Tails { lower: 1.0, upper: 1.0 }));
        assert_eq!(tails(1, 0.0), Ok(Tails { lower: 1.0, upper: 0.0 }));
        assert_eq!(tails(-1, 2.0), Err(NotComputable::NegativeValue));
        assert_eq!(tails(1, -2.0), Err(NotComputable::NegativeValue));
        assert_eq!(tails(1, f64::NAN), Err(NotComputable::NotFinite));
    }

    #[test]
    fn eleven_where_five_are_expected_is_beyond_and_ten_is_not() {
        assert_eq!(tails(11, 5.0).unwrap().level(), Level::Beyond95(Side::Above));
        assert_eq!(tails(10, 5.0).unwrap().level(), Level::Within);
        assert_eq!(tails(0, 5.0).unwrap().level(), Level::Beyond95(Side::Below));
        assert_eq!(tails(1, 5.0).unwrap().level(), Level::Within);
    }

    #[test]
    fn a_ratio_to_nothing_has_a_lower_limit_and_no_end() {
        let found = rate_ratio(exposure(4, 100), exposure(0, 100), 0.95).unwrap();
        assert_eq!(found.ratio, Err(NotComputable::NothingElsewhere));
        assert_eq!(found.upper, Err(NotComputable::NothingElsewhere));
        // Of four counts, all on one side: 0.025^(1/4) = 0.3976.
        let chance = 0.025_f64.powf(0.25);
        assert!((found.lower - chance / (1.0 - chance)).abs() < 1e-12);
    }

    #[test]
    fn a_ratio_of_nothing_is_zero_with_an_upper_limit() {
        let found = rate_ratio(exposure(0, 100), exposure(4, 100), 0.95).unwrap();
        assert_eq!((found.ratio, found.lower), (Ok(0.0), 0.0));
        let chance = 0.025_f64.powf(0.25);
        assert!((found.upper.unwrap() - (1.0 - chance) / chance).abs() < 1e-12);
    }

    #[test]
    fn nothing_at_all_has_no_ratio() {
        let (none, some) = (exposure(0, 10), exposure(2, 10));
        assert_eq!(rate_ratio(none, none, 0.95), Err(NotComputable::TotalIsZero));
        assert_eq!(rate_ratio(some, exposure(2, 0), 0.95), Err(NotComputable::NoDenominator));
        assert_eq!(rate_ratio(some, exposure(-2, 5), 0.95), Err(NotComputable::NegativeValue));
        assert_eq!(rate_ratio(some, some, 1.0), Err(NotComputable::NotAProbability));
    }

    #[test]
    fn a_unit_is_compared_with_the_others_and_not_with_itself() {
        let units = [exposure(30, 1_000), exposure(10, 1_000), exposure(10, 1_000)];
        let found = against_others(&units, 0).unwrap();
        assert!((found.expected - 10.0).abs() < 1e-12);
        // Binomial(50, 1/3), 30 or more, by exact summation.
        assert!((found.tails.upper / 1.000_123_496_917_267e-4 - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!(found.tails.level(), Level::Beyond998(Side::Above));
        assert!(found.range95.high < 30 && found.range95.low <= 10);
    }

    #[test]
    fn everything_in_one_unit_is_beyond_when_there_is_enough_of_it() {
        let units = [exposure(12, 500), exposure(0, 500), exposure(0, 500)];
        let found = against_others(&units, 0).unwrap();
        assert_eq!((found.expected, found.tails.lower), (0.0, 1.0));
        assert!((found.tails.upper - (1.0_f64 / 3.0).powi(12)).abs() < 1e-16);
        assert_eq!(found.tails.level(), Level::Beyond998(Side::Above));
        assert_eq!(against_others(&units, 1).map(|found| found.tails.upper), Ok(1.0));
    }

    #[test]
    fn nothing_anywhere_is_within() {
        let units = [exposure(0, 500), exposure(0, 700)];
        let found = against_others(&units, 0).unwrap();
        assert_eq!((found.p, found.tails.level()), (1.0, Level::Within));
        assert_eq!(found.range95.low, 0);
    }

    #[test]
    fn the_range_holds_the_observed_exactly_when_the_level_is_within() {
        for count in 0..60 {
            let units = [exposure(count, 700), exposure(21, 900), exposure(17, 400)];
            let found = against_others(&units, 0).unwrap();
            let is_inside = (found.range95.low..=found.range95.high).contains(&count);
            assert_eq!(is_inside, found.tails.level() == Level::Within, "{count}");
        }
    }

    #[test]
    fn without_others_or_a_denominator_there_is_no_comparison() {
        let one = [exposure(3, 10)];
        assert_eq!(against_others(&one, 0), Err(NotComputable::SingleValue));
        assert_eq!(against_others(&one, 1), Err(NotComputable::NoValues));
        let without = [exposure(3, 10), exposure(1, 0)];
        assert_eq!(against_others(&without, 0), Err(NotComputable::NoDenominator));
        let negative = [exposure(3, 10), exposure(-1, 10)];
        assert_eq!(against_others(&negative, 0), Err(NotComputable::NegativeValue));
    }
}
