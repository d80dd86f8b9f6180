//! The distributions that the tests and limits rest on, and what is read off from them.
//!
//! Enters: counts and chances. Leaves: exact tails, limits and levels. The tails of Poisson and chi-square come
//! from `statrs`, which has 10 digits or more of them over our whole range. Limits are
//! found by halving, since the inverse functions of `statrs` stop at 9 or 10 digits (see the tests).

use statrs::distribution::{ChiSquared, ContinuousCDF, Discrete, DiscreteCDF, Poisson};

use crate::stats::{Computed, NotComputable};

/// Chance beyond each end of the 95% range.
pub(super) const TAIL_95: f64 = 0.025;
/// Chance beyond each end of the 99.8% range.
pub(super) const TAIL_998: f64 = 0.001;

/// Both tails of a count, each with the count itself in it, so that they add up to more than 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// Chance of this count or fewer.
    pub lower: f64,
    /// Chance of this count or more.
    pub upper: f64,
}

/// On which side of what chance explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Fewer.
    Below,
    /// More.
    Above,
}

/// How far from what chance explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Chance alone gives this, or something further away, on this side in 2.5% of cases or more.
    Within,
    /// Less often than 2.5%, on this side.
    Beyond95(Side),
    /// Less often than 0.1%, on this side.
    Beyond998(Side),
}

/// Two limits, in the unit of what they belong to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
}

/// The whole numbers that chance explains, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountRange {
    /// The smallest.
    pub low: i64,
    /// The largest.
    pub high: i64,
}

impl Tails {
    /// Both tails of something that is certain to happen as it did.
    pub(super) const CERTAIN: Self = Self { lower: 1.0, upper: 1.0 };

    /// The central two-sided p: twice the smaller tail, at most 1. Agrees with the exact interval (Fay 2010),
    /// which a sum of all less likely counts does not.
    pub fn two_sided(&self) -> f64 {
        (2.0 * self.lower.min(self.upper)).min(1.0)
    }

    /// The level by each tail on its own: below 2.5% and below 0.1%.
    pub fn level(&self) -> Level {
        let (tail, side) = if self.lower < self.upper {
            (self.lower, Side::Below)
        } else {
            (self.upper, Side::Above)
        };
        if tail < TAIL_998 {
            Level::Beyond998(side)
        } else if tail < TAIL_95 {
            Level::Beyond95(side)
        } else {
            Level::Within
        }
    }
}

impl Level {
    /// The one nearest to what chance explains.
    pub(super) fn milder(self, other: Self) -> Self {
        if self.severity() <= other.severity() { self } else { other }
    }

    fn severity(self) -> u8 {
        match self {
            Self::Within => 0,
            Self::Beyond95(_) => 1,
            Self::Beyond998(_) => 2,
        }
    }
}

/// A count as `u64`.
pub(super) fn count(value: i64) -> Computed<u64> {
    u64::try_from(value).map_err(|_| NotComputable::NegativeValue)
}

/// A probability strictly between 0 and 1.
pub(super) fn inner_probability(value: f64) -> Computed<f64> {
    if value > 0.0 && value < 1.0 { Ok(value) } else { Err(NotComputable::NotAProbability) }
}

/// `P(X ≤ count)` and `P(X ≥ count)` for a Poisson count; an expectation of 0 makes 0 certain.
pub(super) fn poisson_tails(count: u64, expected: f64) -> Computed<Tails> {
    if !expected.is_finite() {
        return Err(NotComputable::NotFinite);
    }
    if expected < 0.0 {
        return Err(NotComputable::NegativeValue);
    }
    if expected == 0.0 {
        return Ok(if count == 0 { Tails::CERTAIN } else { Tails { lower: 1.0, upper: 0.0 } });
    }
    let poisson = Poisson::new(expected).map_err(|_| NotComputable::NotFinite)?;
    let upper = if count == 0 { 1.0 } else { poisson.sf(count - 1) };
    Ok(Tails { lower: poisson.cdf(count), upper })
}

/// `P(X = count)` for a Poisson count with an expectation above 0.
pub(super) fn poisson_pmf(count: u64, expected: f64) -> Computed<f64> {
    Ok(Poisson::new(expected).map_err(|_| NotComputable::NotFinite)?.pmf(count))
}

/// The chance that a chi-square is larger than `value`.
pub(super) fn chi_square_upper(value: f64, degrees: f64) -> Computed<f64> {
    let chi_square = ChiSquared::new(degrees).map_err(|_| NotComputable::NotFinite)?;
    Ok(if value <= 0.0 { 1.0 } else { chi_square.sf(value) })
}

/// Where `passes` turns from false to true between `low` and `high`, by halving to the last bit.
pub(super) fn bisect(low: f64, high: f64, passes: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return high;
        }
        if passes(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, relative: f64) {
        assert!((found / expected - 1.0).abs() < relative, "{found:e} instead of {expected:e}");
    }

    #[test]
    fn the_inverse_of_the_library_stops_early() {
        let theirs = ChiSquared::new(2.0).unwrap().inverse_cdf(0.975) / 2.0;
        assert!((theirs - 3.688_879_454_113_936_3).abs() > 1e-11);
    }

    #[test]
    fn the_poisson_of_the_library_keeps_its_digits_far_out() {
        for (count, expected, lower, upper) in [
            (0, 0.4, 0.670_320_046_035_639_3, 1.0),
            (2, 11.0, 0.001_210_873_307_292_810_3, 0.999_799_579_590_517),
            (5, 40.0, 4.127_308_729_731_736e-12, 0.999_999_999_999_498),
            (40, 11.0, 0.999_999_999_996_641_9, 1.262_263_152_203_989e-11),
            (60, 100.0, 1.081_221_817_024_407_7e-5, 0.999_993_658_496_572_6),
            (1_500, 1_300.0, 0.999_999_971_966_251_2, 3.249_931_533_634_716_8e-8),
            (100_300, 1e5, 0.829_024_116_610_298_1, 0.171_779_449_960_810_53),
            (25, 1e-3, 1.0, 6.440_754_277_466_484e-101),
        ] {
            let found = poisson_tails(count, expected).unwrap();
            near(found.lower, lower, 1e-10);
            near(found.upper, upper, 1e-10);
        }
    }

    #[test]
    fn the_chi_square_of_the_library_keeps_its_digits_far_out() {
        for (value, degrees, expected) in [
            (0.2, 3.0, 0.977_589_297_761_664_9),
            (60.0, 10.0, 3.624_300_952_061_488e-9),
            (300.0, 19.0, 2.000_523_244_294_765_1e-52),
            (900.0, 340.0, 3.417_062_473_589_225_2e-52),
        ] {
            near(chi_square_upper(value, degrees).unwrap(), expected, 1e-11);
        }
        assert_eq!(chi_square_upper(0.0, 3.0), Ok(1.0));
        assert_eq!(chi_square_upper(1.0, 0.0), Err(NotComputable::NotFinite));
    }

    #[test]
    fn a_level_needs_less_than_its_tail() {
        let level = |upper: f64| Tails { lower: 0.99, upper }.level();
        assert_eq!(level(0.025), Level::Within);
        assert_eq!(level(0.024), Level::Beyond95(Side::Above));
        assert_eq!(level(0.001), Level::Beyond95(Side::Above));
        assert_eq!(level(0.000_9), Level::Beyond998(Side::Above));
        assert_eq!(Tails { lower: 0.0, upper: 1.0 }.level(), Level::Beyond998(Side::Below));
    }
}
