//! Median, spread and outliers that tolerate up to half the values being wrong.
//!
//! Enters: values of one comparable group. Leaves: quantiles, deviations and scores.
//! Does not know from which size on a group may be judged; that is a setting of the caller.

use crate::stats::{Computed, NotComputable};
use crate::stats::{finite, sorted};

/// Makes the MAD comparable with a standard deviation under a normal distribution, as rounded in R.
pub const MAD_SCALE: f64 = 1.4826;

/// The constant of Iglewicz & Hoaglin.
pub const SCORE_FACTOR: f64 = 0.6745;

/// Median with the median absolute deviation around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mad {
    /// Median of the values.
    pub median: f64,
    /// Median of the absolute deviations from it, not scaled.
    pub raw: f64,
}

impl Mad {
    /// The MAD on the scale of a standard deviation.
    pub fn scaled(&self) -> f64 {
        self.raw * MAD_SCALE
    }
}

/// Scores of a group, or the finding that it has one fixed value.
#[derive(Debug, Clone, PartialEq)]
pub enum ModifiedZ {
    /// A score per value, in the order of the input.
    Scores {
        /// The middle from which is measured, in the unit of the input.
        median: f64,
        /// Modified z per value; beyond 3.5 is unusual (Iglewicz & Hoaglin).
        z: Vec<f64>,
    },
    /// More than half the values are equal, so that the MAD is zero and a score would be 0/0 or infinite.
    /// Every other value is a plain deviation from the common one, and no score replaces it.
    Fixed {
        /// The value that more than half of them have.
        common: f64,
        /// Positions in the input of the values that differ from it.
        deviating: Vec<usize>,
    },
}

/// A value beside its reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReferenceRatio {
    /// `value / reference`.
    pub ratio: f64,
    /// Natural logarithm of the ratio: twice and half are equally far from 0.
    pub log_ratio: f64,
    /// Difference in percent of the reference.
    pub percent: f64,
}

/// Quantile of type 7 (Hyndman & Fan 1996): linear between the order statistics around `(n − 1) p`.
///
/// A single value is its own quantile for every `p`.
///
/// # Errors
/// No values, a value that is not finite, or `p` outside 0–1.
pub fn quantile(values: &[f64], p: f64) -> Computed<f64> {
    quantile_of_sorted(&sorted(values)?, p)
}

/// Quantile of type 7 of values that are in ascending order already.
pub(super) fn quantile_of_sorted(sorted: &[f64], p: f64) -> Computed<f64> {
    if !(0.0..=1.0).contains(&p) {
        return Err(NotComputable::NotAProbability);
    }
    let position = (sorted.len() - 1) as f64 * p;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the position lies between 0 and n - 1"
    )]
    let below = position.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    let (low, high) = (sorted[below], sorted[above]);
    let step = position - position.floor();
    // A weighted mean would turn two equal values into one that differs in the last bit.
    if low.total_cmp(&high).is_eq() { Ok(low) } else { finite(low + step * (high - low)) }
}

/// Median: the quantile of 0.5.
///
/// # Errors
/// No values, or a value that is not finite.
pub fn median(values: &[f64]) -> Computed<f64> {
    quantile(values, 0.5)
}

/// Median absolute deviation (Hampel 1974). For one or two values it exists and means nothing.
///
/// # Errors
/// No values, or a value that is not finite.
pub fn mad(values: &[f64]) -> Computed<Mad> {
    let median = median(values)?;
    let deviations: Vec<f64> = values.iter().map(|value| (value - median).abs()).collect();
    Ok(Mad { median, raw: quantile(&deviations, 0.5)? })
}

/// Modified z (Iglewicz & Hoaglin 1993): `0.6745 (x − median) / MAD`.
///
/// # Errors
/// No values, or a value that is not finite. A MAD of zero is no error but [`ModifiedZ::Fixed`].
pub fn modified_z(values: &[f64]) -> Computed<ModifiedZ> {
    let mad = mad(values)?;
    if mad.raw == 0.0 {
        return Ok(fixed(values, mad.median));
    }
    let z = values.iter().map(|value| finite(SCORE_FACTOR * (value - mad.median) / mad.raw));
    Ok(ModifiedZ::Scores { median: mad.median, z: z.collect::<Computed<_>>()? })
}

/// Modified z of the logarithms, for values where twice and half are equally unusual.
///
/// The median is returned in the unit of the input; with an even number of values it is the geometric mean
/// of the two in the middle.
///
/// # Errors
/// As [`modified_z`]; [`NotComputable::NotPositive`] for a value of zero or less.
pub fn modified_z_on_log(values: &[f64]) -> Computed<ModifiedZ> {
    if values.iter().any(|value| *value <= 0.0) {
        return Err(NotComputable::NotPositive);
    }
    let logarithms: Vec<f64> = values.iter().map(|value| value.ln()).collect();
    match modified_z(&logarithms)? {
        ModifiedZ::Scores { median, z } => Ok(ModifiedZ::Scores { median: median.exp(), z }),
        ModifiedZ::Fixed { common, .. } => {
            // The value itself, not exp(ln(value)): a fixed amount must be printed to the cent.
            let position = logarithms.iter().position(|log| log.total_cmp(&common).is_eq());
            Ok(fixed(values, values[position.expect("the common logarithm is one of them")]))
        }
    }
}

fn fixed(values: &[f64], common: f64) -> ModifiedZ {
    let differs = |value: &f64| value.total_cmp(&common).is_ne();
    let positions = values.iter().enumerate().filter(|(_, value)| differs(value));
    ModifiedZ::Fixed { common, deviating: positions.map(|(position, _)| position).collect() }
}

/// A value beside its reference: ratio, logarithm of the ratio, difference in percent.
///
/// # Errors
/// [`NotComputable::NoReference`] for a reference of zero or less, [`NotComputable::NotPositive`] for such a
/// value, [`NotComputable::NotFinite`] for anything that is not a finite number.
pub fn reference_ratio(value: f64, reference: f64) -> Computed<ReferenceRatio> {
    let (value, reference) = (finite(value)?, finite(reference)?);
    if reference <= 0.0 {
        return Err(NotComputable::NoReference);
    }
    if value <= 0.0 {
        return Err(NotComputable::NotPositive);
    }
    let ratio = finite(value / reference)?;
    Ok(ReferenceRatio { ratio, log_ratio: finite(ratio.ln())?, percent: 100.0 * (ratio - 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_with_one_common_value_has_no_scores_but_deviations() {
        let found = modified_z_on_log(&[83.0, 83.0, 83.0, 96.5, 83.0, 83.0, 70.0]).unwrap();
        assert_eq!(found, ModifiedZ::Fixed { common: 83.0, deviating: vec![3, 6] });
        let equal = modified_z(&[5.0, 5.0]).unwrap();
        assert_eq!(equal, ModifiedZ::Fixed { common: 5.0, deviating: vec![] });
    }

    #[test]
    fn a_single_value_is_fixed() {
        let found = modified_z_on_log(&[83.1]).unwrap();
        assert_eq!(found, ModifiedZ::Fixed { common: 83.1, deviating: vec![] });
    }

    #[test]
    fn half_equal_is_not_more_than_half() {
        assert!(matches!(modified_z(&[2.0, 2.0, 3.0, 9.0]).unwrap(), ModifiedZ::Scores { .. }));
        assert!(matches!(modified_z(&[2.0, 2.0, 2.0, 9.0]).unwrap(), ModifiedZ::Fixed { .. }));
    }

    #[test]
    fn twice_and_half_are_equally_unusual_on_the_logarithm() {
        let values = [50.0, 95.0, 100.0, 100.0 * 100.0 / 95.0, 200.0];
        let ModifiedZ::Scores { median, z } = modified_z_on_log(&values).unwrap() else {
            panic!("the values differ");
        };
        assert!((median - 100.0).abs() < 1e-9);
        assert!((z[0] + z[4]).abs() < 1e-9 && z[4] > 3.5);
    }

    #[test]
    fn credits_and_zeros_have_no_logarithm() {
        assert_eq!(modified_z_on_log(&[80.0, 0.0]), Err(NotComputable::NotPositive));
        assert_eq!(modified_z_on_log(&[80.0, -80.0]), Err(NotComputable::NotPositive));
        assert_eq!(modified_z_on_log(&[]), Err(NotComputable::NoValues));
        assert_eq!(modified_z_on_log(&[1.0, f64::NAN]), Err(NotComputable::NotFinite));
    }

    #[test]
    fn quantiles_of_a_pair_lie_on_the_line_between_them() {
        assert_eq!(quantile(&[20.0, 10.0], 0.25), Ok(12.5));
        assert_eq!(quantile(&[20.0, 10.0], 0.0), Ok(10.0));
        assert_eq!(quantile(&[20.0, 10.0], 1.0), Ok(20.0));
        assert_eq!(quantile(&[20.0], 1.5), Err(NotComputable::NotAProbability));
        assert_eq!(quantile(&[20.0], f64::NAN), Err(NotComputable::NotAProbability));
        assert_eq!(median(&[]), Err(NotComputable::NoValues));
    }

    #[test]
    fn values_out_of_range_give_a_reason_and_no_infinity() {
        assert_eq!(mad(&[f64::MAX, -f64::MAX, -f64::MAX]), Err(NotComputable::NotFinite));
        assert_eq!(quantile(&[f64::MAX, -f64::MAX], 0.5), Err(NotComputable::NotFinite));
    }

    #[test]
    fn without_a_reference_there_is_no_ratio() {
        assert_eq!(reference_ratio(80.0, 0.0), Err(NotComputable::NoReference));
        assert_eq!(reference_ratio(80.0, -1.0), Err(NotComputable::NoReference));
        assert_eq!(reference_ratio(0.0, 80.0), Err(NotComputable::NotPositive));
        assert_eq!(reference_ratio(f64::INFINITY, 80.0), Err(NotComputable::NotFinite));
    }
}
