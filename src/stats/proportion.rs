//! Shares of one group against those of the others: of so many cases so many hits.
//!
//! Enters: hits and cases per group. Leaves: exact tails. Nothing is estimated: the totals are taken as given.

use statrs::function::gamma::ln_gamma;

use crate::stats::distribution::count;
use crate::stats::{Computed, NotComputable, Tails};

/// Hits among the cases of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Cases that were hit.
    pub hits: i64,
    /// Cases that were looked at.
    pub cases: i64,
}

/// One group held against the others together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareAgainstOthers {
    /// Chance of so few, and of so many hits, when every case has the same chance.
    pub tails: Tails,
    /// Share of hits in the other groups together, 0–1.
    pub elsewhere: f64,
}

/// The group at `index` against the others together: Fisher's exact test (Fisher 1935), each tail apart.
///
/// # Errors
/// [`NotComputable::NegativeValue`] for a count below zero, [`NotComputable::NotAProbability`] for more hits than cases,
/// [`NotComputable::SingleValue`] when there is no other group, [`NotComputable::NoDenominator`] for a group, or others
/// together, without cases, [`NotComputable::NoSpread`] when all cases are hits or none is.
pub fn exact_against_others(units: &[Share], index: usize) -> Computed<ShareAgainstOthers> {
    let own = units.get(index).ok_or(NotComputable::NoValues)?;
    if units.len() < 2 {
        return Err(NotComputable::SingleValue);
    }
    let (mut hits, mut cases) = (0_u64, 0_u64);
    for unit in units {
        let (h, n) = (count(unit.hits)?, count(unit.cases)?);
        if h > n {
            return Err(NotComputable::NotAProbability);
        }
        hits = hits.checked_add(h).ok_or(NotComputable::TooLarge)?;
        cases = cases.checked_add(n).ok_or(NotComputable::TooLarge)?;
    }
    let (own_hits, own_cases) = (count(own.hits)?, count(own.cases)?);
    if own_cases == 0 || own_cases == cases {
        return Err(NotComputable::NoDenominator);
    }
    if hits == 0 || hits == cases {
        return Err(NotComputable::NoSpread);
    }
    let elsewhere = (hits - own_hits) as f64 / (cases - own_cases) as f64;
    Ok(ShareAgainstOthers { tails: tails(own_hits, own_cases, hits, cases), elsewhere })
}

/// Both tails of the hypergeometric distribution: `hits` of `cases` are drawn without replacement into `own_cases`.
fn tails(own_hits: u64, own_cases: u64, hits: u64, cases: u64) -> Tails {
    let low = (own_cases + hits).saturating_sub(cases);
    let high = own_cases.min(hits);
    let chance = |k: u64| log_chance(k, own_cases, hits, cases).exp();
    // Each tail is added up from its far end, where the terms are small, and the smaller one is the one that counts.
    let lower: f64 = (low..=own_hits).map(chance).sum();
    let upper: f64 = (own_hits..=high).rev().map(chance).sum();
    Tails { lower: lower.min(1.0), upper: upper.min(1.0) }
}

fn log_chance(k: u64, own_cases: u64, hits: u64, cases: u64) -> f64 {
    log_choose(hits, k) + log_choose(cases - hits, own_cases - k) - log_choose(cases, own_cases)
}

fn log_choose(n: u64, k: u64) -> f64 {
    let ln_factorial = |n: u64| ln_gamma(n as f64 + 1.0);
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(hits: i64, cases: i64) -> Share {
        Share { hits, cases }
    }

    #[test]
    fn the_lady_tasting_tea_is_as_fisher_worked_it_out() {
        // Three of four cups right: 17 of the 70 divisions have three or more right.
        let found = exact_against_others(&[share(3, 4), share(1, 4)], 0).unwrap();
        assert!((found.tails.upper - 17.0 / 70.0).abs() < 1e-14);
        assert!((found.tails.lower - 69.0 / 70.0).abs() < 1e-14);
        assert!((found.elsewhere - 0.25).abs() < 1e-15);
    }

    #[test]
    fn the_tails_agree_with_every_division_counted_by_hand() {
        // 5 of 6 here, 2 of 9 elsewhere: C(6,k) C(9,7-k) over C(15,7) = 6435.
        let found = exact_against_others(&[share(5, 6), share(1, 5), share(1, 4)], 0).unwrap();
        let upper = (6.0 * 36.0 + 1.0 * 9.0) / 6435.0;
        assert!((found.tails.upper - upper).abs() < 1e-14);
        let lower =
            (36.0 + 6.0 * 84.0 + 15.0 * 126.0 + 20.0 * 126.0 + 15.0 * 84.0 + 6.0 * 36.0) / 6435.0;
        assert!((found.tails.lower - lower).abs() < 1e-13);
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        let error = |units: &[Share]| exact_against_others(units, 0).unwrap_err();
        assert_eq!(error(&[share(1, 2)]), NotComputable::SingleValue);
        assert_eq!(error(&[share(0, 0), share(1, 2)]), NotComputable::NoDenominator);
        assert_eq!(error(&[share(1, 2), share(0, 0)]), NotComputable::NoDenominator);
        assert_eq!(error(&[share(0, 2), share(0, 3)]), NotComputable::NoSpread);
        assert_eq!(error(&[share(3, 2), share(0, 3)]), NotComputable::NotAProbability);
        assert_eq!(error(&[share(-1, 2), share(0, 3)]), NotComputable::NegativeValue);
    }
}
