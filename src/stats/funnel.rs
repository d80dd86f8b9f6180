//! The lines of a funnel plot.
//!
//! Enters: an expected count. Leaves: the counts between which chance keeps a unit. These are prediction
//! limits; confidence limits around the expectation, which some packages draw, call too few units high and
//! too many low (Seaton & Manktelow 2012). A verdict comes from exact tails, not from a line.

use crate::stats::distribution::{
    TAIL_95, TAIL_998, inner_probability, poisson_pmf, poisson_tails,
};
use crate::stats::poisson::first_count;
use crate::stats::{Computed, NotComputable};

/// Half the width of a 95% and a 99.8% range, in standard deviations.
pub(super) const Z_95: f64 = 1.959_963_984_540_054;
pub(super) const Z_998: f64 = 3.090_232_306_167_813_5;

/// A limit of a Poisson count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PredictionLimit {
    /// The smallest count `r` with `P(X ≤ r)` of at least the probability.
    pub count: i64,
    /// `r − (P(X ≤ r) − p) / P(X = r)`: runs smoothly with the expectation, and may lie below 0.
    pub interpolated: f64,
}

/// Four limits, as counts; divided by the expectation they are ratios.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// Lower limit at 99.8%.
    pub lower998: f64,
    /// Lower limit at 95%.
    pub lower95: f64,
    /// Upper limit at 95%.
    pub upper95: f64,
    /// Upper limit at 99.8%.
    pub upper998: f64,
}

impl FunnelLimits {
    /// The limits times `factor`, with lower ones of at least 0, as they are drawn. A lower line at 0 means
    /// that so small a unit cannot be called low.
    #[must_use]
    pub fn drawn(&self, factor: f64) -> Self {
        Self {
            lower998: self.lower998.max(0.0) * factor,
            lower95: self.lower95.max(0.0) * factor,
            upper95: self.upper95 * factor,
            upper998: self.upper998 * factor,
        }
    }
}

/// Prediction limit of a Poisson count (Spiegelhalter 2005, Stat Med 24:1185, app. A.1).
///
/// # Errors
/// [`NotComputable::NotAProbability`] for a probability that is not between 0 and 1;
/// [`NotComputable::NoReference`] for an expectation of zero or less, [`NotComputable::NotFinite`].
pub fn prediction_limit(expected: f64, probability: f64) -> Computed<PredictionLimit> {
    let p = inner_probability(probability)?;
    if !expected.is_finite() {
        return Err(NotComputable::NotFinite);
    }
    if expected <= 0.0 {
        return Err(NotComputable::NoReference);
    }
    let lower = |r: u64| poisson_tails(r, expected).map(|tails| tails.lower);
    let r = first_count(|r| lower(r).is_ok_and(|lower| lower >= p))?;
    let own = poisson_pmf(r, expected)?;
    let count = i64::try_from(r).map_err(|_| NotComputable::NotFinite)?;
    Ok(PredictionLimit { count, interpolated: r as f64 - (lower(r)? - p) / own })
}

/// The four interpolated prediction limits of a count.
///
/// # Errors
/// As [`prediction_limit`].
pub fn prediction_limits(expected: f64) -> Computed<FunnelLimits> {
    let at = |p: f64| prediction_limit(expected, p).map(|limit| limit.interpolated);
    Ok(FunnelLimits {
        lower998: at(TAIL_998)?,
        lower95: at(TAIL_95)?,
        upper95: at(1.0 - TAIL_95)?,
        upper998: at(1.0 - TAIL_998)?,
    })
}

/// Limits widened for units that differ more than chance explains: `E (1 ± z √(s² + τ²))²` with
/// `s = 1 / (2 √E)` (Spiegelhalter 2005, QSHC 14:347).
///
/// A lower bound below 0 on the root scale is put at 0 before squaring; squaring it would make the line
/// bounce up again for small units.
///
/// # Errors
/// [`NotComputable::NoReference`] for an expectation of zero or less; [`NotComputable::NegativeValue`] for a
/// τ² below zero; [`NotComputable::NotFinite`].
pub fn widened_limits(expected: f64, tau2: f64) -> Computed<FunnelLimits> {
    if !expected.is_finite() || !tau2.is_finite() {
        return Err(NotComputable::NotFinite);
    }
    if expected <= 0.0 {
        return Err(NotComputable::NoReference);
    }
    if tau2 < 0.0 {
        return Err(NotComputable::NegativeValue);
    }
    let spread = (0.25 / expected + tau2).sqrt();
    let at = |z: f64| (1.0 + z * spread).max(0.0).powi(2) * expected;
    Ok(FunnelLimits {
        lower998: at(-Z_998),
        lower95: at(-Z_95),
        upper95: at(Z_95),
        upper998: at(Z_998),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_five_are_those_of_the_paper_and_not_confidence_limits() {
        let limits = prediction_limits(5.0).unwrap().drawn(0.2);
        assert!((limits.lower95 - 0.108_413).abs() < 1e-6);
        assert!((limits.upper95 - 1.875_312).abs() < 1e-6);
    }

    #[test]
    fn small_units_cannot_be_called_low() {
        let limits = prediction_limits(2.0).unwrap();
        assert!(limits.lower95 < 0.0 && limits.drawn(1.0).lower95 == 0.0);
    }

    #[test]
    fn a_lower_bound_below_zero_does_not_bounce_up() {
        let limits = widened_limits(0.8, 0.19).unwrap();
        assert!(limits.lower998 == 0.0 && limits.lower95 >= limits.lower998);
        assert!(limits.upper998 > limits.upper95);
    }

    #[test]
    fn without_an_expectation_there_are_no_lines() {
        assert_eq!(prediction_limits(0.0), Err(NotComputable::NoReference));
        assert_eq!(prediction_limits(f64::NAN), Err(NotComputable::NotFinite));
        assert_eq!(prediction_limit(4.0, 1.0), Err(NotComputable::NotAProbability));
        assert_eq!(widened_limits(0.0, 0.1), Err(NotComputable::NoReference));
        assert_eq!(widened_limits(4.0, -0.1), Err(NotComputable::NegativeValue));
    }

    #[test]
    fn a_large_expectation_has_limits_near_the_normal_ones() {
        let limits = prediction_limits(1e6).unwrap();
        assert!((limits.upper95 - (1e6 + 1_960.0)).abs() < 3.0);
    }
}
