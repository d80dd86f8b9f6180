//! Rates.
//!
//! Enters: a count and the number it is related to. Leaves: a rate. Does not know uncertainty.

use crate::stats::{Computed, NotComputable};

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
    Ok(count as f64 * 10_000.0 / denominator as f64)
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
}
