//! The only source of chance.
//!
//! Enters: a seed. Leaves: numbers. `SplitMix64` (Steele, Lea and Flood, 2014) written out here, so that what
//! is drawn with a seed never changes with the version of a library.

/// A stream of pseudo-random numbers that depends on nothing but its seed.
#[derive(Debug, Clone)]
pub struct Rng(u64);

/// One step of `SplitMix64` for a given state.
fn scramble(state: u64) -> u64 {
    let mut z = state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Rng {
    /// A stream of its own for each list of numbers: drawing for one thing never shifts another.
    pub fn of(parts: &[u64]) -> Self {
        let mut state = 0;
        for part in parts {
            state = scramble(state ^ scramble(part.wrapping_add(STEP)).wrapping_add(STEP));
        }
        Self(state)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        scramble(self.0)
    }

    /// 0 up to 1, 1 not included, in steps of 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// 0 up to `n`, `n` not included. The bias of the modulo is below one in a billion for our sizes.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("smaller than a usize")
    }

    /// `low` up to and including `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).expect("low is not above high");
        low + i64::try_from(self.next() % width).expect("smaller than the width")
    }

    /// As [`Rng::between`], for months and days.
    pub fn month(&mut self, low: i32, high: i32) -> i32 {
        i32::try_from(self.between(i64::from(low), i64::from(high))).expect("between two months")
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// A position, each with the chance its weight gives it. The weights may not all be 0.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.next() % weights.iter().sum::<u64>();
        for (position, weight) in weights.iter().enumerate() {
            if left < *weight {
                return position;
            }
            left -= weight;
        }
        unreachable!("the remainder is below the sum of the weights")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_splitmix64_and_stays_that() {
        // First values of the reference implementation for state 1234567.
        let mut rng = Rng(1_234_567);
        assert_eq!(rng.next(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_fraction_is_the_upper_part_of_a_number() {
        let mut rng = Rng(1_234_567);
        let expected = 6_457_827_717_110_365_317.0 / 18_446_744_073_709_551_616.0;
        assert!((rng.unit() - expected).abs() < 1e-15);
        assert!((0..2_000).map(|_| rng.unit()).all(|unit| (0.0..1.0).contains(&unit)));
    }

    #[test]
    fn a_weight_of_zero_is_never_drawn() {
        let mut rng = Rng::of(&[1, 2]);
        for _ in 0..500 {
            assert_ne!(rng.weighted(&[3, 0, 1]), 1);
        }
    }
}
