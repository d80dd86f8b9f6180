//! The binomial distribution, exactly.
//!
//! Enters: a number of draws with one chance. Leaves: both tails. Written out, since the binomial of `statrs` loses
//! its digits from a total of about 200,000 on (see the tests).

use statrs::function::gamma::ln_gamma;

use crate::stats::Tails;

/// `ln n! − ln(√(2πn) (n/e)^n)`: what Stirling's formula leaves.
fn stirling_rest(n: f64) -> f64 {
    if n < 16.0 {
        return ln_gamma(n + 1.0) - (n + 0.5) * n.ln() + n
            - 0.5 * (2.0 * std::f64::consts::PI).ln();
    }
    let square = n * n;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / 1680.0 / square) / square) / square) / n
}

/// `x ln(x / mean) + mean − x`, without loss of digits where `x` is near `mean`.
fn deviance(x: f64, mean: f64) -> f64 {
    let difference = x - mean;
    if difference.abs() >= 0.1 * (x + mean) {
        return x * (x / mean).ln() - difference;
    }
    let ratio = difference / (x + mean);
    let square = ratio * ratio;
    let mut power = 2.0 * x * ratio;
    let mut sum = difference * ratio;
    let mut odd = 1.0;
    loop {
        power *= square;
        odd += 2.0;
        let next = sum + power / odd;
        if next.total_cmp(&sum).is_eq() {
            return sum;
        }
        sum = next;
    }
}

/// A binomial of `total` draws, with the chance and its complement given apart so that neither loses digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binomial {
    /// Number of draws.
    pub(super) total: u64,
    /// Chance of each.
    pub(super) chance: f64,
    /// `1 − chance`.
    pub(super) other: f64,
}

impl Binomial {
    /// `P(X = count)` by the saddle point (Loader 2000). Chance strictly between 0 and 1.
    fn pmf(&self, count: u64) -> f64 {
        let (n, x) = (self.total as f64, count as f64);
        if count == 0 {
            return (n * (-self.chance).ln_1p()).exp();
        }
        if count == self.total {
            return (n * (-self.other).ln_1p()).exp();
        }
        let y = n - x;
        let exponent = stirling_rest(n)
            - stirling_rest(x)
            - stirling_rest(y)
            - deviance(x, n * self.chance)
            - deviance(y, n * self.other);
        exponent.exp() * (n / (2.0 * std::f64::consts::PI * x * y)).sqrt()
    }

    /// `P(X ≤ count)`, summed downwards from `count`.
    fn sum_down(&self, count: u64) -> f64 {
        let odds = self.other / self.chance;
        let mut term = self.pmf(count);
        let mut sum = term;
        for x in (1..=count).rev() {
            term *= x as f64 / (self.total - x + 1) as f64 * odds;
            sum += term;
            if term < sum * f64::EPSILON * 0.01 {
                break;
            }
        }
        sum.min(1.0)
    }

    /// `P(X ≤ count)` and `P(X ≥ count)`; each is summed on the side of the mean where terms fall.
    pub(super) fn tails(&self, count: u64) -> Tails {
        if self.chance <= 0.0 || self.other <= 0.0 {
            return self.certain(count);
        }
        if count > self.total {
            return Tails { lower: 1.0, upper: 0.0 };
        }
        let mirror = Self { total: self.total, chance: self.other, other: self.chance };
        let at = self.pmf(count);
        if count as f64 <= self.total as f64 * self.chance {
            let lower = self.sum_down(count);
            Tails { lower, upper: (1.0 - (lower - at)).clamp(0.0, 1.0) }
        } else {
            let upper = mirror.sum_down(self.total - count);
            Tails { lower: (1.0 - (upper - at)).clamp(0.0, 1.0), upper }
        }
    }

    /// The tails when every draw falls the same way.
    fn certain(&self, count: u64) -> Tails {
        let sure = if self.chance <= 0.0 { 0 } else { self.total };
        let share = |holds: bool| if holds { 1.0 } else { 0.0 };
        Tails { lower: share(sure <= count), upper: share(sure >= count) }
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Binomial as Theirs, DiscreteCDF};

    use super::*;

    fn near(found: f64, expected: f64, relative: f64) {
        assert!((found / expected - 1.0).abs() < relative, "{found:e} instead of {expected:e}");
    }

    /// Sums of the exact terms with 40 digits.
    const BINOMIAL: &[(u64, u64, f64, f64, f64)] = &[
        (14, 75, 9.629_629_629_629_63e-2, 0.995_175_834_294_881_3, 0.011_692_045_003_788_607),
        (0, 20, 0.1, 0.121_576_654_590_569_27, 1.0),
        (300, 1_000, 0.2, 0.999_999_999_999_978, 3.811_044_687_488_623_2e-14),
        (100, 1_000, 0.2, 8.731_206_511_211_269e-18, 1.0),
        (999, 1_000, 0.999_999, 0.000_999_500_666_154_318, 0.999_999_500_832_209_8),
        (40, 50, 0.05, 1.0, 5.666_373_935_445_199e-43),
        (3, 20_000, 1e-9, 1.0, 1.333_113_346_159_369_4e-15),
        (59_000, 200_000, 0.3, 5.183_268_937_938_955e-7, 0.999_999_494_397_022),
        (100_010, 200_000, 0.5, 0.518_726_413_227_312_5, 0.483_055_925_437_472_83),
        (800_001, 2_000_000, 0.4, 0.500_882_928_648_829_8, 0.499_692_894_137_867_3),
        (5_000_050, 10_000_000, 0.5, 0.512_739_653_139_988, 0.487_512_533_980_829_7),
    ];

    #[test]
    fn the_binomial_keeps_its_digits_far_out_and_with_large_totals() {
        for (count, total, chance, lower, upper) in BINOMIAL {
            let found =
                Binomial { total: *total, chance: *chance, other: 1.0 - chance }.tails(*count);
            near(found.lower, *lower, 1e-10);
            near(found.upper, *upper, 1e-10);
        }
    }

    #[test]
    fn the_binomial_of_the_library_misses_with_large_totals() {
        // Its continued fraction is cut off after 140 terms: 1% off in the middle of two million draws.
        let theirs = Theirs::new(0.4, 2_000_000).unwrap();
        assert!((theirs.cdf(800_001) - 0.500_882_928_648_829_8).abs() > 1e-3);
        // When this fails the library may have been repaired, and ours can go.
        let theirs = Theirs::new(0.5, 200_000).unwrap();
        assert!((theirs.cdf(100_010) - 0.518_726_413_227_312_5).abs() > 1e-9);
    }

    #[test]
    fn a_chance_of_zero_or_one_leaves_one_outcome() {
        let never = Binomial { total: 5, chance: 0.0, other: 1.0 };
        assert_eq!(never.tails(0), Tails::CERTAIN);
        assert_eq!(never.tails(1), Tails { lower: 1.0, upper: 0.0 });
        let always = Binomial { total: 5, chance: 1.0, other: 0.0 };
        assert_eq!(always.tails(5), Tails::CERTAIN);
        assert_eq!(always.tails(4), Tails { lower: 0.0, upper: 1.0 });
    }
}
