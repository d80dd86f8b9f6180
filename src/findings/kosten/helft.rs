//! How few cases make up half of an excess.

/// The smallest number of cases that together make up at least half of what is above.
///
/// Amounts in eurocents; what is not above zero is no excess and no case. `None` without any excess.
pub fn half(boven_ct: &[i64]) -> Option<usize> {
    cumulative(boven_ct).iter().position(|share| *share >= 0.5).map(|at| at + 1)
}

/// Share (0–1) of the whole excess that the largest cases up to and including each one make up, largest first.
///
/// As many as there are amounts above zero.
pub fn cumulative(boven_ct: &[i64]) -> Vec<f64> {
    let mut cases: Vec<i64> = boven_ct.iter().copied().filter(|ct| *ct > 0).collect();
    cases.sort_unstable_by(|a, b| b.cmp(a));
    let total: i128 = cases.iter().copied().map(i128::from).sum();
    let mut sum = 0_i128;
    let share = |ct: &i64| {
        sum += i128::from(*ct);
        sum as f64 / total as f64
    };
    cases.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_reached_by_the_fewest_cases_whatever_their_order() {
        assert_eq!(half(&[10, 60, 30]), Some(1));
        assert_eq!(half(&[30, 10, 30, 30]), Some(2));
        assert_eq!(half(&[50, 50]), Some(1), "exactly half is half");
        assert_eq!(half(&[25, 25, 25, 25]), Some(2));
    }

    #[test]
    fn what_is_below_is_no_excess_and_does_not_lower_it() {
        assert_eq!(half(&[-1_000, 40, 30, 30]), Some(2));
        assert_eq!(half(&[-5, 0]), None);
        assert_eq!(half(&[]), None);
        let shares = cumulative(&[0, 25, 75, -5]);
        assert_eq!(shares.len(), 2);
        assert!((shares[0] - 0.75).abs() < 1e-12 && (shares[1] - 1.0).abs() < 1e-12);
    }
}
