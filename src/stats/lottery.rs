//! What a fair lottery would have given.
//!
//! Enters: per draw the units that could have had it, with their chances, and what it counts for. Leaves,
//! from many complete worlds drawn with a seed: one test of the whole, and the level and band of the
//! inequality figures. Does not know why a unit could have had a draw.

use crate::stats::inequality::{gini, hoover};
use crate::stats::rng::Rng;
use crate::stats::robust::quantile_of_sorted;
use crate::stats::{Computed, NotComputable, sorted};

/// Chances of one draw may differ this much from 1 together.
const ROUNDING: f64 = 1e-9;
/// Two statistics that differ less than this, relatively, are equal: the order of summing is all that differs.
const TIE: f64 = 1e-12;

/// One draw: who could have had it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// What it counts for: 1, or a number of quarter-hours.
    pub weight: u32,
    /// Units by number with their chance; together 1. Each unit at most once.
    pub chances: Vec<(usize, f64)>,
}

/// A test of all units at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GlobalTest {
    /// `Σ (X − E)² / Var` over the units where chance has room.
    pub statistic: f64,
    /// `(1 + worlds with a statistic at least this large) / (worlds + 1)`.
    pub p: f64,
}

/// Where a figure lies under chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Mean over the worlds.
    pub mean: f64,
    /// Type-7 quantile of 2.5%.
    pub low: f64,
    /// Type-7 quantile of 97.5%.
    pub high: f64,
}

/// A point of the band of Lorenz curves, each point on its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LorenzBand {
    /// Share of the units (0–1), smallest first.
    pub units: f64,
    /// Share of the total at that point.
    pub total: Band,
}

/// What many fair worlds look like, and how the real one compares.
#[derive(Debug, Clone, PartialEq)]
pub struct NullWorld {
    /// Test of the real totals; without a value when every draw was certain.
    pub global: Computed<GlobalTest>,
    /// Expected total per unit: `Σ w p`.
    pub expected: Vec<f64>,
    /// Gini, uncorrected, under chance.
    pub gini: Band,
    /// Hoover index under chance.
    pub hoover: Band,
    /// Lorenz curves under chance, from (0, 0) to (1, 1).
    pub lorenz: Vec<LorenzBand>,
    /// Number of worlds drawn.
    pub n_worlds: usize,
}

/// Draws `n_worlds` complete worlds: each draw falls to exactly one of its units. Same draws in any order
/// and same seed give the same bits.
///
/// `observed` holds the real total per unit, in the unit of the weights; its length is the number of units,
/// those that could not have had anything included.
///
/// # Errors
/// [`NotComputable::NoValues`] without draws, units or worlds; [`NotComputable::NotAProbability`];
/// [`NotComputable::ChancesNotOne`]; [`NotComputable::TotalIsZero`] when all weights are 0;
/// [`NotComputable::Contradiction`] when the observed totals cannot come from these draws.
pub fn null_world(
    draws: &[Draw],
    observed: &[u64],
    n_worlds: usize,
    seed: u64,
) -> Computed<NullWorld> {
    if draws.is_empty() || observed.is_empty() || n_worlds == 0 {
        return Err(NotComputable::NoValues);
    }
    let wheels = wheels(draws, observed.len())?;
    let moments = Moments::of(&wheels, observed.len());
    check(&wheels, &moments, observed)?;
    let statistic = moments.statistic(observed);
    let mut rng = Rng::of(&[seed]);
    let mut worlds = Worlds::with_capacity(observed.len(), n_worlds);
    let mut totals = vec![0_u64; observed.len()];
    for _ in 0..n_worlds {
        totals.fill(0);
        for wheel in &wheels {
            totals[wheel.turn(&mut rng)] += u64::from(wheel.weight);
        }
        worlds.keep(&totals, moments.statistic(&totals).ok())?;
    }
    let global = statistic.map(|statistic| {
        let as_large = worlds.statistics.iter().filter(|t| **t >= statistic * (1.0 - TIE)).count();
        GlobalTest { statistic, p: (1 + as_large) as f64 / (n_worlds + 1) as f64 }
    });
    let lorenz = worlds.lorenz_bands()?;
    Ok(NullWorld {
        global,
        expected: moments.means,
        gini: band(&worlds.gini)?,
        hoover: band(&worlds.hoover)?,
        lorenz,
        n_worlds,
    })
}

/// A draw, ready to be made often.
struct Wheel {
    weight: u32,
    units: Vec<usize>,
    chances: Vec<f64>,
    /// Running sum of the chances; the last unit takes what rounding leaves.
    sums: Vec<f64>,
}

impl Wheel {
    fn turn(&self, rng: &mut Rng) -> usize {
        let at = rng.unit();
        let position = self.sums.partition_point(|sum| *sum <= at);
        self.units[position.min(self.units.len() - 1)]
    }
}

/// The draws in an order of their own, so that the order in which they come makes no difference.
fn wheels(draws: &[Draw], n_units: usize) -> Computed<Vec<Wheel>> {
    let mut wheels = Vec::with_capacity(draws.len());
    for draw in draws {
        let mut chances = draw.chances.clone();
        chances.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // A unit without a chance may not be the last one, which takes what rounding leaves.
        chances.retain(|(_, chance)| *chance != 0.0);
        let is_wrong =
            |(unit, chance): &(usize, f64)| *unit >= n_units || !(0.0..=1.0).contains(chance);
        if chances.iter().any(is_wrong) || chances.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(NotComputable::NotAProbability);
        }
        let mut sum = 0.0;
        let sums: Vec<f64> = chances
            .iter()
            .map(|(_, chance)| {
                sum += chance;
                sum
            })
            .collect();
        if (sum - 1.0).abs() > ROUNDING {
            return Err(NotComputable::ChancesNotOne);
        }
        let (units, chances) = chances.into_iter().unzip();
        wheels.push(Wheel { weight: draw.weight, units, chances, sums });
    }
    wheels.sort_by(|a, b| {
        let by_chance = || a.chances.iter().zip(&b.chances).map(|(a, b)| a.total_cmp(b));
        a.weight.cmp(&b.weight).then_with(|| a.units.cmp(&b.units)).then_with(|| {
            by_chance().find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
        })
    });
    Ok(wheels)
}

/// Mean and variance of the total of each unit.
struct Moments {
    means: Vec<f64>,
    variances: Vec<f64>,
}

impl Moments {
    fn of(wheels: &[Wheel], n_units: usize) -> Self {
        let mut moments = Self { means: vec![0.0; n_units], variances: vec![0.0; n_units] };
        for wheel in wheels {
            let weight = f64::from(wheel.weight);
            for (unit, chance) in wheel.units.iter().zip(&wheel.chances) {
                moments.means[*unit] += weight * chance;
                moments.variances[*unit] += weight * weight * chance * (1.0 - chance);
            }
        }
        moments
    }

    fn statistic(&self, totals: &[u64]) -> Computed<f64> {
        let (mut statistic, mut has_room) = (0.0, false);
        for ((total, mean), variance) in totals.iter().zip(&self.means).zip(&self.variances) {
            if *variance > 0.0 {
                statistic += (*total as f64 - mean).powi(2) / variance;
                has_room = true;
            }
        }
        if has_room { Ok(statistic) } else { Err(NotComputable::NoSpread) }
    }
}

/// Refuses totals that no world can have.
fn check(wheels: &[Wheel], moments: &Moments, observed: &[u64]) -> Computed<()> {
    let total: u64 = wheels.iter().map(|wheel| u64::from(wheel.weight)).sum();
    if total == 0 {
        return Err(NotComputable::TotalIsZero);
    }
    let seen = observed.iter().try_fold(0_u64, |sum, x| sum.checked_add(*x));
    let certain = observed.iter().zip(&moments.means).zip(&moments.variances).all(
        |((observed, mean), variance)| *variance > 0.0 || (*observed as f64 - mean).abs() < 0.5,
    );
    if seen == Some(total) && certain { Ok(()) } else { Err(NotComputable::Contradiction) }
}

/// The figures of each world.
struct Worlds {
    statistics: Vec<f64>,
    gini: Vec<f64>,
    hoover: Vec<f64>,
    /// Per number of units, the share of the total of that many smallest ones.
    shares: Vec<Vec<f64>>,
}

impl Worlds {
    fn with_capacity(n_units: usize, n_worlds: usize) -> Self {
        Self {
            statistics: Vec::with_capacity(n_worlds),
            gini: Vec::with_capacity(n_worlds),
            hoover: Vec::with_capacity(n_worlds),
            shares: vec![Vec::with_capacity(n_worlds); n_units + 1],
        }
    }

    fn keep(&mut self, totals: &[u64], statistic: Option<f64>) -> Computed<()> {
        self.statistics.extend(statistic);
        let mut ascending = totals.to_vec();
        ascending.sort_unstable();
        let values: Vec<f64> = ascending.iter().map(|total| *total as f64).collect();
        self.gini.push(gini(&values)?);
        self.hoover.push(hoover(&values)?);
        let total = ascending.iter().sum::<u64>() as f64;
        let mut sum = 0;
        self.shares[0].push(0.0);
        for (value, share) in ascending.iter().zip(&mut self.shares[1..]) {
            sum += value;
            share.push(sum as f64 / total);
        }
        Ok(())
    }

    fn lorenz_bands(&self) -> Computed<Vec<LorenzBand>> {
        let n_units = (self.shares.len() - 1) as f64;
        let point = |(index, shares): (usize, &Vec<f64>)| {
            Ok(LorenzBand { units: index as f64 / n_units, total: band(shares)? })
        };
        self.shares.iter().enumerate().map(point).collect()
    }
}

/// Mean and 95% band of simulated figures.
fn band(values: &[f64]) -> Computed<Band> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let sorted = sorted(values)?;
    let at = |p| quantile_of_sorted(&sorted, p);
    Ok(Band { mean, low: at(0.025)?, high: at(0.975)? })
}

#[cfg(test)]
mod tests;
