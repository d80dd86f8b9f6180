//! How unevenly a total is divided.
//!
//! Enters: one amount per unit, zeros included, over the whole population of units that could have had a
//! share. Leaves: the Lorenz curve and one-number summaries. Does not know chance: none of these is zero
//! when the division was fair, so none may be called high without its null interval.

use crate::stats::{Computed, NotComputable};
use crate::stats::{finite, sorted};

/// A point of the Lorenz curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LorenzPoint {
    /// Share of the units (0–1), smallest amounts first.
    pub units: f64,
    /// Share of the total (0–1) that those units have together.
    pub total: f64,
}

/// Concentration of the shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concentration {
    /// Herfindahl-Hirschman index: sum of squared shares, from 1/n (even) to 1 (all with one unit).
    pub hhi: f64,
    /// `1 / hhi`: the number of equal units that would be as concentrated.
    pub effective_number: f64,
}

/// Ascending amounts with their sum; refuses what has no shares.
fn amounts(values: &[f64]) -> Computed<(Vec<f64>, f64)> {
    let values = sorted(values)?;
    if values[0] < 0.0 {
        return Err(NotComputable::NegativeValue);
    }
    let total = finite(values.iter().sum())?;
    if total == 0.0 {
        return Err(NotComputable::TotalIsZero);
    }
    Ok((values, total))
}

/// The Lorenz curve (Lorenz 1905): `n + 1` points from (0, 0) to (1, 1).
///
/// # Errors
/// No values, a value below zero or not finite, or a total of zero.
pub fn lorenz(values: &[f64]) -> Computed<Vec<LorenzPoint>> {
    let (values, total) = amounts(values)?;
    let n = values.len() as f64;
    let mut sum = 0.0;
    let mut points = vec![LorenzPoint { units: 0.0, total: 0.0 }];
    for (index, value) in values.iter().enumerate() {
        sum += value;
        points.push(LorenzPoint { units: (index + 1) as f64 / n, total: sum / total });
    }
    Ok(points)
}

/// Gini coefficient, uncorrected (Gini 1914): `2 Σ i·x_i / (n Σ x) − (n + 1) / n` with `x` ascending.
///
/// 0 for an even division, `(n − 1) / n` when one unit has everything; 0 for a single unit.
///
/// # Errors
/// No values, a value below zero or not finite, or a total of zero.
pub fn gini(values: &[f64]) -> Computed<f64> {
    let (values, total) = amounts(values)?;
    let n = values.len() as f64;
    // Shares before ranks, so that large amounts do not run out of range.
    let ranked: f64 = values.iter().enumerate().map(|(i, x)| (i + 1) as f64 * (x / total)).sum();
    Ok((2.0 * ranked / n - (n + 1.0) / n).max(0.0))
}

/// Gini coefficient corrected for a small number of units (Deltas 2003): `gini · n / (n − 1)`.
///
/// 1 when one of several units has everything.
///
/// # Errors
/// As [`gini`]; [`NotComputable::SingleValue`] for one unit, where the correction is 0/0.
pub fn gini_corrected(values: &[f64]) -> Computed<f64> {
    let gini = gini(values)?;
    if values.len() == 1 {
        return Err(NotComputable::SingleValue);
    }
    let n = values.len() as f64;
    Ok(gini * n / (n - 1.0))
}

/// Hoover index (Hoover 1936): `½ Σ |x_i / Σ x − 1 / n|`, the share of the total that would have to move
/// to make the division even.
///
/// # Errors
/// No values, a value below zero or not finite, or a total of zero.
pub fn hoover(values: &[f64]) -> Computed<f64> {
    let (values, total) = amounts(values)?;
    let even = 1.0 / values.len() as f64;
    Ok(0.5 * values.iter().map(|value| (value / total - even).abs()).sum::<f64>())
}

/// Herfindahl-Hirschman index and the effective number of units (Hirschman 1964; Laakso & Taagepera 1979).
///
/// # Errors
/// No values, a value below zero or not finite, or a total of zero.
pub fn concentration(values: &[f64]) -> Computed<Concentration> {
    let (values, total) = amounts(values)?;
    let hhi: f64 = values.iter().map(|value| (value / total).powi(2)).sum();
    Ok(Concentration { hhi, effective_number: 1.0 / hhi })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Computed<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }

    /// Half the mean absolute difference over the mean: the definition, without sorting.
    fn gini_by_pairs(values: &[f64]) -> f64 {
        let n = values.len() as f64;
        let pairs: f64 =
            values.iter().flat_map(|a| values.iter().map(move |b| (a - b).abs())).sum();
        pairs / (2.0 * n * values.iter().sum::<f64>())
    }

    #[test]
    fn gini_equals_its_definition_over_all_pairs() {
        for values in
            [vec![3.0, 1.0], vec![0.0, 0.0, 7.0], vec![12.5, 0.25, 88.0, 140.75, 3.0, 3.0]]
        {
            close(gini(&values), gini_by_pairs(&values));
        }
    }

    #[test]
    fn one_unit_with_everything_is_the_maximum() {
        let values = [0.0, 0.0, 0.0, 8.0];
        close(gini(&values), 0.75);
        close(gini_corrected(&values), 1.0);
        close(hoover(&values), 0.75);
        close(concentration(&values).map(|c| c.effective_number), 1.0);
    }

    #[test]
    fn an_even_division_is_zero_and_never_below() {
        for n in 1..60 {
            assert!(gini(&vec![0.1; n]).unwrap() < 1e-12 && gini(&vec![0.1; n]).unwrap() >= 0.0);
        }
    }

    #[test]
    fn a_single_unit_has_gini_zero_and_no_corrected_gini() {
        assert_eq!(gini(&[4.0]), Ok(0.0));
        assert_eq!(gini_corrected(&[4.0]), Err(NotComputable::SingleValue));
    }

    #[test]
    fn what_has_no_shares_is_not_computable() {
        for (values, reason) in [
            (vec![], NotComputable::NoValues),
            (vec![0.0, 0.0], NotComputable::TotalIsZero),
            (vec![5.0, -1.0], NotComputable::NegativeValue),
            (vec![5.0, f64::NAN], NotComputable::NotFinite),
            (vec![f64::MAX, f64::MAX], NotComputable::NotFinite),
        ] {
            assert_eq!(lorenz(&values), Err(reason));
            assert_eq!(gini(&values), Err(reason));
            assert_eq!(gini_corrected(&values), Err(reason));
            assert_eq!(hoover(&values), Err(reason));
            assert_eq!(concentration(&values), Err(reason));
        }
    }

    #[test]
    fn the_lorenz_curve_ends_in_one_and_lies_below_the_diagonal() {
        let points = lorenz(&[3.0, 0.0, 1.0]).unwrap();
        assert_eq!(points.len(), 4);
        assert_eq!(points[3], LorenzPoint { units: 1.0, total: 1.0 });
        assert!(points.iter().all(|point| point.total <= point.units));
    }
}
