//! Regions of more gemeenten than the practice region has, where limits may be widened.
//!
//! Enters: nothing. Leaves: of drawn counts how many gemeenten are beyond the levels that a report would give them, without
//! difference between gemeenten and with real ones. Same bytes in every run.

use maatstaf::stats::overdispersion::{Decision, level, overdispersion};
use maatstaf::stats::poisson::{Exposure, against_others};
use maatstaf::stats::rng::Rng;
use maatstaf::stats::{Computed, Level};

/// Regions per setting.
const REGIONS: usize = 1_000;
/// Children of the gemeenten, over and over: some are six times as large as others.
const SIZES: [i64; 5] = [1_000, 1_500, 2_000, 3_000, 6_000];

/// A kind of region.
pub(crate) struct Setting {
    /// Number of gemeenten.
    pub(crate) gemeenten: usize,
    /// Expected number in a gemeente, on average.
    pub(crate) expected: f64,
    /// Standard deviation of the logarithm of the true rates.
    pub(crate) spread: f64,
}

/// What a report calls fair and what differs for real.
pub(crate) const SETTINGS: [Setting; 7] = [
    Setting { gemeenten: 10, expected: 10.0, spread: 0.0 },
    Setting { gemeenten: 10, expected: 100.0, spread: 0.0 },
    Setting { gemeenten: 20, expected: 10.0, spread: 0.0 },
    Setting { gemeenten: 20, expected: 100.0, spread: 0.0 },
    Setting { gemeenten: 20, expected: 10.0, spread: 0.4 },
    Setting { gemeenten: 20, expected: 200.0, spread: 0.1 },
    Setting { gemeenten: 20, expected: 200.0, spread: 0.4 },
];

/// What the regions of a setting showed.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    /// How far out every gemeente is: 0, 1 or 2.
    pub(crate) flags: Vec<usize>,
    /// Regions of which the limits were widened.
    pub(crate) widened: usize,
}

/// Draws and judges all regions of a setting.
pub(crate) fn shown(setting: &Setting, number: u64) -> Computed<Shown> {
    let mut rng = Rng::of(&[998, number]);
    let mut out = Shown::default();
    for _ in 0..REGIONS {
        let units = region(setting, &mut rng);
        let spread = overdispersion(&units)?;
        out.widened += usize::from(spread.decision == Decision::Widened);
        for at in 0..units.len() {
            out.flags.push(match level(&against_others(&units, at)?, &spread) {
                Level::Within => 0,
                Level::Beyond95(_) => 1,
                Level::Beyond998(_) => 2,
            });
        }
    }
    Ok(out)
}

fn region(setting: &Setting, rng: &mut Rng) -> Vec<Exposure> {
    let mean_size = SIZES.iter().sum::<i64>() as f64 / SIZES.len() as f64;
    let one = |index: usize| {
        let denominator = SIZES[index % SIZES.len()];
        let usual = setting.expected * denominator as f64 / mean_size;
        let count = poisson(usual * (setting.spread * normal(rng)).exp(), rng);
        Exposure { count, denominator }
    };
    (0..setting.gemeenten).map(one).collect()
}

/// A standard normal number (Box and Muller 1958).
fn normal(rng: &mut Rng) -> f64 {
    let (first, second) = (1.0 - rng.unit(), rng.unit());
    (-2.0 * first.ln()).sqrt() * (2.0 * std::f64::consts::PI * second).cos()
}

/// A Poisson count: the number of exponential waits that fit in `mean`.
fn poisson(mean: f64, rng: &mut Rng) -> i64 {
    let (mut passed, mut count) = (0.0, -1);
    while passed < mean {
        passed -= (1.0 - rng.unit()).ln();
        count += 1;
    }
    count.max(0)
}
