//! Many tests at once.
//!
//! Enters: a p-value per test, or none where a test was not possible. Leaves: q-values.

use crate::stats::{Computed, NotComputable};

/// Benjamini–Hochberg q-values (Benjamini & Hochberg 1995): `min over j ≥ i of min(1, m p_(j) / j)`.
///
/// Marking everything with a q below 0.05 gives, on average, at most 5% false marks among the marks.
/// A missing p stays missing and does not count in `m`. In the order of the input.
///
/// # Errors
/// [`NotComputable::NotAProbability`] for a p outside 0–1.
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Computed<Vec<Option<f64>>> {
    if p.iter().flatten().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(NotComputable::NotAProbability);
    }
    let mut known: Vec<(usize, f64)> =
        p.iter().enumerate().filter_map(|(index, p)| p.map(|p| (index, p))).collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1));
    let m = known.len() as f64;
    let mut q = vec![None; p.len()];
    let mut smallest = 1.0_f64;
    for (rank, (index, p)) in known.iter().enumerate().rev() {
        // The factor first: it is 1 for the last, so that no q falls below its p by rounding.
        smallest = smallest.min(p * (m / (rank + 1) as f64));
        q[*index] = Some(smallest);
    }
    Ok(q)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_test_stays_missing_and_does_not_count() {
        let with = benjamini_hochberg(&[Some(0.01), None, Some(0.04)]).unwrap();
        assert_eq!(with, [Some(0.02), None, Some(0.04)]);
        assert_eq!(benjamini_hochberg(&[None, None]), Ok(vec![None, None]));
        assert_eq!(benjamini_hochberg(&[]), Ok(vec![]));
    }

    #[test]
    fn a_single_test_keeps_its_p() {
        assert_eq!(benjamini_hochberg(&[Some(0.3)]), Ok(vec![Some(0.3)]));
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        for p in [-0.1, 1.1, f64::NAN] {
            assert_eq!(benjamini_hochberg(&[Some(p)]), Err(NotComputable::NotAProbability));
        }
    }
}
