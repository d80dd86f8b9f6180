//! How large must a difference be to be seen?
//!
//! Enters: nothing. Leaves: per expected number and true ratio the chance that a unit is flagged, summed over all
//! counts; nothing is drawn.

use maatstaf::stats::poisson::{Exposure, against_others};
use maatstaf::stats::poisson_binomial::PoissonBinomial;
use maatstaf::stats::{Computed, Level};

/// Expected numbers.
pub(crate) const EXPECTED: [i64; 5] = [5, 10, 20, 40, 80];
/// True rate or odds of the unit over those of the others.
pub(crate) const RATIOS: [f64; 6] = [0.5, 0.67, 1.0, 1.5, 2.0, 3.0];

/// The other gemeenten together have seven times the children: one of eight alike.
const OTHERS: i64 = 7;
/// Aanbieders that could have coordinated, per client.
const CANDIDATES: i64 = 3;

/// Chance of being flagged at each level.
pub(crate) type Power = [f64; 2];

fn add(power: &mut Power, level: Level, chance: f64) {
    if level != Level::Within {
        power[0] += chance;
    }
    if matches!(level, Level::Beyond998(_)) {
        power[1] += chance;
    }
}

/// A gemeente where agreements come `ratio` times as often as in the others, which together counted what they expect.
pub(crate) fn gemeente(expected: i64, ratio: f64) -> Computed<Power> {
    let others = Exposure { count: OTHERS * expected, denominator: OTHERS * 1_000 };
    let mean = expected as f64 * ratio;
    let mut power = [0.0; 2];
    let mut chance = (-mean).exp();
    // Beyond four times the mean and thirty there is nothing left of a Poisson.
    let mut count = 0;
    while (count as f64) < 4.0 * mean + 30.0 {
        let own = Exposure { count, denominator: 1_000 };
        add(&mut power, against_others(&[own, others], 0)?.tails.level(), chance);
        count += 1;
        chance *= mean / count as f64;
    }
    Ok(power)
}

/// An aanbieder that is chosen with `ratio` times the odds of each of the two others.
pub(crate) fn aanbieder(expected: i64, ratio: f64) -> Computed<Power> {
    let n = expected * CANDIDATES;
    let draws = |chance: f64| PoissonBinomial::new(&(0..n).map(|_| chance).collect::<Vec<_>>());
    let fair = draws(1.0 / CANDIDATES as f64)?;
    let real = draws(ratio / (ratio + (CANDIDATES - 1) as f64))?;
    let mut power = [0.0; 2];
    for count in 0..=n {
        add(&mut power, fair.tails(count).level(), real.pmf(count));
    }
    Ok(power)
}
