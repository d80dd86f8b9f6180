//! The sum of draws that each have their own chance, exactly.
//!
//! Enters: a chance per draw, and what each draw counts for. Leaves: the whole distribution of the sum, its
//! tails and the range that chance explains. Does not know dependence: of one unit each draw is independent.

use crate::stats::distribution::TAIL_95;
use crate::stats::{Computed, CountRange, NotComputable, Tails};

/// Ends of the distribution with a smaller chance than this are dropped along the way, so that many large
/// steps stay fast. All that is dropped together stays below 1e-20.
const NEGLIGIBLE: f64 = 1e-30;

/// A distribution of more sums than this is refused: it would not fit in the memory of a laptop.
const MOST_STEPS: u64 = 4_000_000;

/// One draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Chance that it falls to the unit, 0 and 1 included.
    pub chance: f64,
    /// What it then counts for: 1, or a number of quarter-hours.
    pub step: u32,
}

/// Distribution of the sum of independent draws (Hong 2013; with steps: the generalised Poisson-binomial).
#[derive(Debug, Clone, PartialEq)]
pub struct PoissonBinomial {
    /// The sum that the first chance of `pmf` belongs to.
    first: usize,
    pmf: Vec<f64>,
    /// `P(X ≤ first + i)`.
    lower: Vec<f64>,
    /// `P(X ≥ first + i)`.
    upper: Vec<f64>,
    largest: usize,
    mean: f64,
    variance: f64,
}

impl PoissonBinomial {
    /// Distribution of the number of draws that fall to the unit. No draws: always 0.
    ///
    /// # Errors
    /// [`NotComputable::NotAProbability`] for a chance outside 0–1.
    pub fn new(chances: &[f64]) -> Computed<Self> {
        let trials: Vec<Trial> =
            chances.iter().map(|chance| Trial { chance: *chance, step: 1 }).collect();
        Self::with_steps(&trials)
    }

    /// Distribution of the sum of the steps of the draws that fall to the unit, by direct convolution: no
    /// term is negative and tails keep their digits (Biscarri, Zhao & Brunner 2018). The order of the draws
    /// makes no difference, not even in the last bit.
    ///
    /// # Errors
    /// [`NotComputable::NotAProbability`] for a chance outside 0–1; [`NotComputable::TooLarge`] for steps that add up to more
    /// than four million.
    pub fn with_steps(trials: &[Trial]) -> Computed<Self> {
        if trials.iter().any(|trial| !(0.0..=1.0).contains(&trial.chance)) {
            return Err(NotComputable::NotAProbability);
        }
        let mut trials = trials.to_vec();
        trials.sort_by(|a, b| a.step.cmp(&b.step).then(a.chance.total_cmp(&b.chance)));
        let steps: u64 = trials.iter().map(|trial| u64::from(trial.step)).sum();
        if steps > MOST_STEPS {
            return Err(NotComputable::TooLarge);
        }
        let mut sums = Sums { first: 0, chances: vec![1.0] };
        let (mut mean, mut variance, mut largest) = (0.0, 0.0, 0);
        for trial in &trials {
            let step = f64::from(trial.step);
            mean += trial.chance * step;
            variance += trial.chance * (1.0 - trial.chance) * step * step;
            largest += trial.step as usize;
            sums.add(trial);
        }
        let Sums { first, chances: pmf } = sums;
        let lower = running(pmf.iter());
        let mut upper = running(pmf.iter().rev());
        upper.reverse();
        Ok(Self { first, pmf, lower, upper, largest, mean, variance })
    }

    /// Mean of the sum.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Variance of the sum.
    pub fn variance(&self) -> f64 {
        self.variance
    }

    /// The largest sum that is possible at all, whatever its chance.
    pub fn largest(&self) -> usize {
        self.largest
    }

    /// `P(X = sum)`.
    pub fn pmf(&self, sum: i64) -> f64 {
        match self.position(sum) {
            Position::At(position) => self.pmf[position],
            Position::Before | Position::After => 0.0,
        }
    }

    /// `P(X ≤ sum)` and `P(X ≥ sum)`.
    pub fn tails(&self, sum: i64) -> Tails {
        match self.position(sum) {
            Position::Before => Tails { lower: 0.0, upper: 1.0 },
            Position::At(at) => Tails { lower: self.lower[at], upper: self.upper[at] },
            Position::After => Tails { lower: 1.0, upper: 0.0 },
        }
    }

    /// The range that chance explains: the smallest sum with `P(X ≤ sum) ≥ 2.5%` up to the largest with
    /// `P(X ≥ sum) ≥ 2.5%`. A sum is outside it exactly when a tail of it is below 2.5%. Both ends are
    /// sums that can occur.
    pub fn range95(&self) -> CountRange {
        let first = self.lower.iter().position(|tail| *tail >= TAIL_95).unwrap_or(0);
        let last = self.upper.iter().rposition(|tail| *tail >= TAIL_95).unwrap_or(0);
        let whole = |at: usize| i64::try_from(self.first + at).unwrap_or(i64::MAX);
        CountRange { low: whole(first), high: whole(last) }
    }

    fn position(&self, sum: i64) -> Position {
        let Ok(sum) = usize::try_from(sum) else { return Position::Before };
        match sum.checked_sub(self.first) {
            None => Position::Before,
            Some(at) if at < self.pmf.len() => Position::At(at),
            Some(_) => Position::After,
        }
    }
}

/// Where a sum lies beside the part of the distribution that is kept.
enum Position {
    Before,
    At(usize),
    After,
}

/// Running sums, at most 1.
fn running<'a>(chances: impl Iterator<Item = &'a f64>) -> Vec<f64> {
    let mut sum = 0.0_f64;
    let sums = chances.map(|chance| {
        sum += chance;
        sum.min(1.0)
    });
    sums.collect()
}

/// The distribution so far.
struct Sums {
    first: usize,
    chances: Vec<f64>,
}

impl Sums {
    /// One more draw.
    fn add(&mut self, trial: &Trial) {
        let step = trial.step as usize;
        // A certain draw moves everything and spreads nothing.
        if trial.chance >= 1.0 {
            self.first += step;
            return;
        }
        if trial.chance <= 0.0 || step == 0 {
            return;
        }
        let (hit, miss) = (trial.chance, 1.0 - trial.chance);
        let mut next: Vec<f64> = self.chances.iter().map(|chance| chance * miss).collect();
        next.resize(self.chances.len() + step, 0.0);
        for (sum, chance) in next[step..].iter_mut().zip(&self.chances) {
            *sum += chance * hit;
        }
        self.chances = next;
        self.trim();
    }

    fn trim(&mut self) {
        let Some(front) = self.chances.iter().position(|chance| *chance >= NEGLIGIBLE) else {
            return;
        };
        let back = self.chances.iter().rposition(|chance| *chance >= NEGLIGIBLE);
        self.chances.truncate(back.map_or(0, |back| back + 1));
        self.chances.drain(..front);
        self.first += front;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chance of every sum, by walking over all outcomes.
    fn brute(trials: &[Trial]) -> Vec<f64> {
        let largest: u32 = trials.iter().map(|trial| trial.step).sum();
        let mut chances = vec![0.0; largest as usize + 1];
        for outcome in 0_u32..1 << trials.len() {
            let (mut chance, mut sum) = (1.0, 0);
            for (index, trial) in trials.iter().enumerate() {
                if outcome >> index & 1 == 1 {
                    chance *= trial.chance;
                    sum += trial.step as usize;
                } else {
                    chance *= 1.0 - trial.chance;
                }
            }
            chances[sum] += chance;
        }
        chances
    }

    fn check(trials: &[Trial]) {
        let found = PoissonBinomial::with_steps(trials).unwrap();
        let expected = brute(trials);
        for (sum, chance) in expected.iter().enumerate() {
            let at = i64::try_from(sum).unwrap();
            assert!((found.pmf(at) - chance).abs() < 1e-14, "{trials:?} at {sum}");
            let below: f64 = expected[..=sum].iter().sum();
            let above: f64 = expected[sum..].iter().sum();
            assert!((found.tails(at).lower - below).abs() < 1e-13);
            assert!((found.tails(at).upper - above).abs() < 1e-13);
        }
        assert_eq!(found.largest(), expected.len() - 1);
    }

    #[test]
    fn every_sum_has_the_chance_of_all_its_outcomes() {
        let mut rng = crate::stats::rng::Rng::of(&[41]);
        for n in 0..=12 {
            for _ in 0..3 {
                let mut trial = |steps: usize| {
                    // Certain and impossible draws among them.
                    let chance = [0.0, 1.0, rng.unit(), rng.unit(), 0.25][rng.below(5)];
                    Trial { chance, step: u32::try_from(1 + rng.below(steps)).unwrap() }
                };
                check(&(0..n).map(|_| trial(1)).collect::<Vec<_>>());
                check(&(0..n).map(|_| trial(9)).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn no_draws_are_always_zero() {
        let found = PoissonBinomial::new(&[]).unwrap();
        assert_eq!(found.tails(0), Tails { lower: 1.0, upper: 1.0 });
        assert_eq!(found.range95(), CountRange { low: 0, high: 0 });
        assert!(found.tails(0).two_sided() >= 1.0);
    }

    #[test]
    fn certain_draws_leave_one_outcome_and_nothing_to_judge() {
        let found = PoissonBinomial::new(&[1.0, 1.0, 0.0]).unwrap();
        assert_eq!((found.mean(), found.variance()), (2.0, 0.0));
        assert_eq!(found.range95(), CountRange { low: 2, high: 2 });
        assert!(found.tails(2).two_sided() >= 1.0);
        assert_eq!(found.tails(3), Tails { lower: 1.0, upper: 0.0 });
        assert_eq!(found.tails(1), Tails { lower: 0.0, upper: 1.0 });
    }

    #[test]
    fn what_cannot_occur_has_no_chance() {
        let found = PoissonBinomial::new(&[0.5]).unwrap();
        assert_eq!(found.tails(-1), Tails { lower: 0.0, upper: 1.0 });
        assert_eq!((found.pmf(-1), found.pmf(2)), (0.0, 0.0));
        let wrong = PoissonBinomial::new(&[0.5, 1.01]);
        assert_eq!(wrong, Err(NotComputable::NotAProbability));
        assert_eq!(PoissonBinomial::new(&[f64::NAN]), Err(NotComputable::NotAProbability));
    }

    #[test]
    fn a_step_of_zero_changes_nothing() {
        let zero = Trial { chance: 0.5, step: 0 };
        let one = Trial { chance: 0.3, step: 4 };
        let found = PoissonBinomial::with_steps(&[zero, one]);
        assert_eq!(found, PoissonBinomial::with_steps(&[one]));
    }

    #[test]
    fn dropping_negligible_ends_keeps_the_total() {
        let trial = |index: u32| Trial { chance: 1.0 / 150.0, step: 20 + index % 140 };
        let trials: Vec<Trial> = (0..500).map(trial).collect();
        let found = PoissonBinomial::with_steps(&trials).unwrap();
        let total: f64 = found.pmf.iter().sum();
        assert!((total - 1.0).abs() < 1e-12);
        assert!(found.pmf.len() < found.largest() / 4);
    }

    #[test]
    fn steps_that_would_fill_the_memory_are_refused() {
        let huge = Trial { chance: 0.5, step: 4_000_000 };
        assert!(PoissonBinomial::with_steps(&[huge]).is_ok());
        let more = Trial { chance: 0.5, step: 1 };
        assert_eq!(PoissonBinomial::with_steps(&[huge, more]), Err(NotComputable::TooLarge));
    }
}
