//! The only source of chance in the practice region.
//!
//! Enters: a seed. Leaves: whole numbers. `SplitMix64` (Steele, Lea and Flood, 2014) written out here, so that
//! the bytes of a practice region never change with the version of a library.

/// A stream of pseudo-random numbers that depends on nothing but its seed.
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

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
    pub(super) fn of(parts: &[u64]) -> Self {
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

    /// 0 up to `n`, `n` not included. The bias of the modulo is below one in a billion for our sizes.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).expect("smaller than a usize")
    }

    /// `low` up to and including `high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).expect("low is not above high");
        low + i64::try_from(self.next() % width).expect("smaller than the width")
    }

    /// As [`Rng::between`], for months and days.
    pub(super) fn month(&mut self, low: i32, high: i32) -> i32 {
        i32::try_from(self.between(i64::from(low), i64::from(high))).expect("between two months")
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    /// A position, each with the chance its weight gives it. The weights may not all be 0.
    pub(super) fn weighted(&mut self, weights: &[u64]) -> usize {
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
    fn a_weight_of_zero_is_never_drawn() {
        let mut rng = Rng::of(&[1, 2]);
        for _ in 0..500 {
            assert_ne!(rng.weighted(&[3, 0, 1]), 1);
        }
    }
}
