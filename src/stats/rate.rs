//! Rates and what chance leaves open about them.
//!
//! Enters: a count and the number it is related to. Leaves: a rate with its exact interval.
//! Does not know other units to compare with.

use crate::stats::distribution::{bisect, count, inner_probability, poisson_tails};
use crate::stats::{Computed, Interval, NotComputable};

const PER: f64 = 10_000.0;

/// `count` per 10,000 of `denominator`.
///
/// `count` may be larger than `denominator` (several events per person).
///
/// # Errors
/// [`NotComputable::NoDenominator`] for a denominator of zero or less (0 of 0 has no rate, and is not 0);
/// [`NotComputable::NegativeValue`] for a count below zero.
pub fn per_10_000(count: i64, denominator: i64) -> Computed<f64> {
    if denominator <= 0 {
        return Err(NotComputable::NoDenominator);
    }
    if count < 0 {
        return Err(NotComputable::NegativeValue);
    }
    Ok(count as f64 * PER / denominator as f64)
}

/// The exact interval of a Poisson count (Garwood 1936): from the expectation of which `P(X ≥ O)` is α/2 to that
/// of which `P(X ≤ O)` is α/2.
///
/// `level` is the coverage, as 0.95 or 0.998. Of a count of 0 the lower limit is 0, and the upper stays that
/// of a two-sided interval (3.689 at 95%).
///
/// # Errors
/// [`NotComputable::NegativeValue`] for a count below zero; [`NotComputable::NotAProbability`] for a level
/// that is not between 0 and 1.
pub fn count_interval(observed: i64, level: f64) -> Computed<Interval> {
    let x = count(observed)?;
    let tail = (1.0 - inner_probability(level)?) / 2.0;
    let tails = |expected: f64| poisson_tails(x, expected);
    let low_enough = |expected: f64| tails(expected).is_ok_and(|tails| tails.lower <= tail);
    let mut above = 1.0 + x as f64;
    while !low_enough(above) {
        above *= 2.0;
    }
    let lower = if x == 0 {
        0.0
    } else {
        bisect(0.0, above, |expected| tails(expected).is_ok_and(|tails| tails.upper >= tail))
    };
    Ok(Interval { lower, upper: bisect(0.0, above, low_enough) })
}

/// The exact interval of a rate per 10,000: [`count_interval`] over the denominator.
///
/// # Errors
/// As [`count_interval`]; [`NotComputable::NoDenominator`] for a denominator of zero or less.
pub fn per_10_000_interval(observed: i64, denominator: i64, level: f64) -> Computed<Interval> {
    if denominator <= 0 {
        return Err(NotComputable::NoDenominator);
    }
    let limits = count_interval(observed, level)?;
    let scale = PER / denominator as f64;
    Ok(Interval { lower: limits.lower * scale, upper: limits.upper * scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_a_count_per_ten_thousand() {
        assert_eq!(per_10_000(14, 4_000), Ok(35.0));
        assert_eq!(per_10_000(0, 4_000), Ok(0.0));
        assert_eq!(per_10_000(3, 2), Ok(15_000.0));
    }

    #[test]
    fn without_a_denominator_there_is_no_rate() {
        assert_eq!(per_10_000(0, 0), Err(NotComputable::NoDenominator));
        assert_eq!(per_10_000(1, -5), Err(NotComputable::NoDenominator));
        assert_eq!(per_10_000(-1, 5), Err(NotComputable::NegativeValue));
    }

    #[test]
    fn the_interval_of_zero_starts_at_zero_and_stays_two_sided() {
        let limits = count_interval(0, 0.95).unwrap();
        assert!(limits.lower == 0.0 && (limits.upper - 3.688_879_454_113_936).abs() < 1e-12);
    }

    #[test]
    fn without_a_level_or_denominator_there_is_no_interval() {
        assert_eq!(count_interval(4, 1.0), Err(NotComputable::NotAProbability));
        assert_eq!(count_interval(4, f64::NAN), Err(NotComputable::NotAProbability));
        assert_eq!(count_interval(-1, 0.95), Err(NotComputable::NegativeValue));
        assert_eq!(per_10_000_interval(4, 0, 0.95), Err(NotComputable::NoDenominator));
    }
}
