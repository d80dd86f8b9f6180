//! Do units differ more among themselves than chance explains?
//!
//! Enters: counts with their denominators. Leaves: the size of the extra spread, whether limits are widened
//! for it, and the level of a unit. Does not know what the units are.

use crate::stats::distribution::chi_square_upper;
use crate::stats::funnel::widened_limits;
use crate::stats::poisson::{AgainstOthers, Exposure};
use crate::stats::robust::quantile;
use crate::stats::{Computed, Level, NotComputable, Side};

/// Fewer units than this cannot show their extra spread: it rests on one or two of them.
pub const LEAST_UNITS: usize = 10;
/// The p of the homogeneity test below which limits are widened.
pub const P_WIDENED: f64 = 0.05;
/// The share at each end that is drawn in before the spread is measured.
pub const TRIM: f64 = 0.1;

/// Pearson's test that all units have one rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homogeneity {
    /// `Σ (O − E)² / E`.
    pub statistic: f64,
    /// Units less one.
    pub degrees: usize,
    /// Chance of a statistic this large or larger.
    pub p: f64,
}

/// A unit on the root scale, where the spread of a count hardly depends on its size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RootScore {
    /// `(√(O/E) − 1) / s`.
    pub z: f64,
    /// `1 / (2 √E)`.
    pub s: f64,
}

/// Spread of scores after drawing in the extremes.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispersion {
    /// The scores, those beyond the trimming quantiles moved to them.
    pub winsorised: Vec<f64>,
    /// Mean of their squares: about 1 when chance explains everything.
    pub phi: f64,
    /// Variance between units on the root scale; 0 when chance explains the spread.
    pub tau2: f64,
}

/// Whether limits are widened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The units differ more than chance explains; limits and levels are widened.
    Widened,
    /// Chance explains the differences.
    NotNeeded,
    /// Fewer than [`LEAST_UNITS`]: nothing is widened, whatever the test says.
    TooFewUnits,
}

/// Spread beyond chance, with the decision that follows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overdispersion {
    /// See [`Dispersion::phi`].
    pub phi: f64,
    /// See [`Dispersion::tau2`].
    pub tau2: f64,
    /// P of [`homogeneity`].
    pub p: f64,
    /// Number of units.
    pub n: usize,
    /// What follows for limits and levels.
    pub decision: Decision,
}

/// What each unit would count at the rate of all together, itself included: the middle line of the funnel.
///
/// # Errors
/// As [`homogeneity`].
pub fn expected_of_all(units: &[Exposure]) -> Computed<Vec<f64>> {
    if units.is_empty() {
        return Err(NotComputable::NoValues);
    }
    if units.iter().any(|unit| unit.denominator <= 0) {
        return Err(NotComputable::NoDenominator);
    }
    if units.iter().any(|unit| unit.count < 0) {
        return Err(NotComputable::NegativeValue);
    }
    let total: f64 = units.iter().map(|unit| unit.count as f64).sum();
    let denominator: f64 = units.iter().map(|unit| unit.denominator as f64).sum();
    if total == 0.0 {
        return Err(NotComputable::TotalIsZero);
    }
    Ok(units.iter().map(|unit| unit.denominator as f64 * (total / denominator)).collect())
}

/// Pearson's chi-square that all units have one rate; rough where many expect fewer than 5.
///
/// # Errors
/// [`NotComputable::NoValues`], [`NotComputable::SingleValue`], [`NotComputable::TotalIsZero`],
/// [`NotComputable::NoDenominator`], [`NotComputable::NegativeValue`].
pub fn homogeneity(units: &[Exposure]) -> Computed<Homogeneity> {
    let expected = expected_of_all(units)?;
    if units.len() == 1 {
        return Err(NotComputable::SingleValue);
    }
    let statistic =
        units.iter().zip(&expected).map(|(unit, e)| (unit.count as f64 - e).powi(2) / e).sum();
    let degrees = units.len() - 1;
    Ok(Homogeneity { statistic, degrees, p: chi_square_upper(statistic, degrees as f64)? })
}

/// Score on the root scale (Spiegelhalter 2005; Spiegelhalter et al. 2012).
///
/// # Errors
/// [`NotComputable::NoReference`] for an expectation of zero or less, [`NotComputable::NegativeValue`] for a
/// count below zero.
pub fn root_score(observed: i64, expected: f64) -> Computed<RootScore> {
    if !expected.is_finite() {
        return Err(NotComputable::NotFinite);
    }
    if expected <= 0.0 {
        return Err(NotComputable::NoReference);
    }
    if observed < 0 {
        return Err(NotComputable::NegativeValue);
    }
    let s = 0.5 / expected.sqrt();
    Ok(RootScore { z: ((observed as f64 / expected).sqrt() - 1.0) / s, s })
}

/// Scores beyond the type-7 quantiles of `trim` and `1 − trim` moved to these; the number stays the same.
///
/// # Errors
/// No values, a value that is not finite, or a trim outside 0–1.
pub fn winsorised(z: &[f64], trim: f64) -> Computed<Vec<f64>> {
    let (a, b) = (quantile(z, trim)?, quantile(z, 1.0 - trim)?);
    let (low, high) = (a.min(b), a.max(b));
    Ok(z.iter().map(|z| z.clamp(low, high)).collect())
}

/// φ and τ² of scores with their standard errors (Der Simonian & Laird 1986 on winsorised scores).
///
/// `τ² = (nφ − (n − 1)) / (Σw − Σw²/Σw)` with `w = 1/s²`, and 0 where that is below zero.
///
/// # Errors
/// As [`winsorised`]; [`NotComputable::LengthsDiffer`]; [`NotComputable::SingleValue`];
/// [`NotComputable::NotPositive`] for a standard error of zero or less.
pub fn dispersion(z: &[f64], s: &[f64], trim: f64) -> Computed<Dispersion> {
    if z.len() != s.len() {
        return Err(NotComputable::LengthsDiffer);
    }
    let winsorised = winsorised(z, trim)?;
    if z.len() == 1 {
        return Err(NotComputable::SingleValue);
    }
    if s.iter().any(|s| s.is_nan() || *s <= 0.0) {
        return Err(NotComputable::NotPositive);
    }
    let n = z.len() as f64;
    let phi = winsorised.iter().map(|z| z * z).sum::<f64>() / n;
    let (mut sum, mut squares) = (0.0, 0.0);
    for s in s {
        let weight = 1.0 / (s * s);
        sum += weight;
        squares += weight * weight;
    }
    let excess = n * phi - (n - 1.0);
    let tau2 = if excess <= 0.0 { 0.0 } else { excess / (sum - squares / sum) };
    Ok(Dispersion { winsorised, phi, tau2 })
}

/// Spread beyond chance around the rate of all units together, and whether limits are widened: with at least
/// [`LEAST_UNITS`] units and a homogeneity p below [`P_WIDENED`].
///
/// # Errors
/// As [`homogeneity`].
pub fn overdispersion(units: &[Exposure]) -> Computed<Overdispersion> {
    let p = homogeneity(units)?.p;
    let scores = units
        .iter()
        .zip(expected_of_all(units)?)
        .map(|(unit, expected)| root_score(unit.count, expected))
        .collect::<Computed<Vec<_>>>()?;
    let z: Vec<f64> = scores.iter().map(|score| score.z).collect();
    let s: Vec<f64> = scores.iter().map(|score| score.s).collect();
    let Dispersion { phi, tau2, .. } = dispersion(&z, &s, TRIM)?;
    let decision = if units.len() < LEAST_UNITS {
        Decision::TooFewUnits
    } else if p < P_WIDENED && tau2 > 0.0 {
        // Without spread left after winsorising it is one unit that differs, and there is nothing to widen for.
        Decision::Widened
    } else {
        Decision::NotNeeded
    };
    Ok(Overdispersion { phi, tau2, p, n: units.len(), decision })
}

/// How far a unit is from what the others explain.
///
/// By the exact tails; where limits are widened, the milder of those and the widened limits, so that
/// widening never makes a level worse.
pub fn level(unit: &AgainstOthers, spread: &Overdispersion) -> Level {
    let exact = unit.tails.level();
    if spread.decision != Decision::Widened {
        return exact;
    }
    // Without an expectation there are no widened limits; the exact tails stay.
    let Ok(limits) = widened_limits(unit.expected, spread.tau2) else { return exact };
    let observed = unit.observed as f64;
    let widened = if observed < limits.lower998 {
        Level::Beyond998(Side::Below)
    } else if observed > limits.upper998 {
        Level::Beyond998(Side::Above)
    } else if observed < limits.lower95 {
        Level::Beyond95(Side::Below)
    } else if observed > limits.upper95 {
        Level::Beyond95(Side::Above)
    } else {
        Level::Within
    };
    exact.milder(widened)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::poisson::against_others;

    fn units(counts: &[i64]) -> Vec<Exposure> {
        counts.iter().map(|count| Exposure { count: *count, denominator: 1_000 }).collect()
    }

    const SPREAD: [i64; 12] = [2, 40, 11, 35, 5, 28, 50, 9, 3, 44, 31, 18];

    #[test]
    fn units_that_differ_more_than_chance_have_wider_limits_and_milder_levels() {
        let units = units(&SPREAD);
        let spread = overdispersion(&units).unwrap();
        assert_eq!(spread.decision, Decision::Widened);
        assert!(spread.phi > 5.0 && spread.tau2 > 0.0);
        let found = against_others(&units, 6).unwrap();
        assert_eq!(found.tails.level(), Level::Beyond998(Side::Above));
        assert_eq!(level(&found, &spread), Level::Within);
    }

    #[test]
    fn a_unit_far_beyond_the_others_stays_beyond_when_widened() {
        let mut counts = SPREAD;
        counts[6] = 190;
        let units = units(&counts);
        let spread = overdispersion(&units).unwrap();
        assert_eq!(spread.decision, Decision::Widened);
        assert_ne!(level(&against_others(&units, 6).unwrap(), &spread), Level::Within);
    }

    #[test]
    fn too_few_units_are_never_widened() {
        let units = units(&SPREAD[..9]);
        let spread = overdispersion(&units).unwrap();
        assert!(spread.p < 0.001 && spread.phi > 5.0);
        assert_eq!(spread.decision, Decision::TooFewUnits);
        let found = against_others(&units, 6).unwrap();
        assert_eq!(level(&found, &spread), found.tails.level());
    }

    #[test]
    fn equal_units_need_no_widening() {
        let spread = overdispersion(&units(&[10; 12])).unwrap();
        let decision = Decision::NotNeeded;
        assert_eq!(spread, Overdispersion { phi: 0.0, tau2: 0.0, p: 1.0, n: 12, decision });
    }

    #[test]
    fn widening_leaves_a_unit_without_expectation_to_the_exact_test() {
        let widened =
            Overdispersion { phi: 4.0, tau2: 0.2, p: 0.01, n: 12, decision: Decision::Widened };
        let found = against_others(&units(&[12, 0, 0]), 0).unwrap();
        assert_eq!(level(&found, &widened), Level::Beyond998(Side::Above));
    }

    #[test]
    fn what_has_no_spread_is_not_computable() {
        assert_eq!(overdispersion(&[]), Err(NotComputable::NoValues));
        assert_eq!(overdispersion(&units(&[4])), Err(NotComputable::SingleValue));
        assert_eq!(overdispersion(&units(&[0, 0])), Err(NotComputable::TotalIsZero));
        assert_eq!(overdispersion(&units(&[4, -1])), Err(NotComputable::NegativeValue));
        let without = Exposure { count: 1, denominator: 0 };
        assert_eq!(homogeneity(&[without, without]), Err(NotComputable::NoDenominator));
        assert_eq!(dispersion(&[1.0], &[1.0, 2.0], 0.1), Err(NotComputable::LengthsDiffer));
        assert_eq!(dispersion(&[1.0, 2.0], &[1.0, 0.0], 0.1), Err(NotComputable::NotPositive));
        assert_eq!(dispersion(&[1.0], &[1.0], 0.1), Err(NotComputable::SingleValue));
        assert_eq!(root_score(3, 0.0), Err(NotComputable::NoReference));
        assert_eq!(root_score(-3, 1.0), Err(NotComputable::NegativeValue));
    }
}
