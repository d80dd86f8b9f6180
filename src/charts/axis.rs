//! Round numbers along an axis.
//!
//! Enters: the smallest and largest value. Leaves: ticks. Does not know pixels or labels.

/// About `n` round ticks that enclose the values; never empty, at least two ticks.
///
/// `whole` keeps the steps whole, for counts.
pub fn linear(lowest: f64, highest: f64, n: f64, whole: bool) -> Vec<f64> {
    let (low, high) = if highest > lowest { (lowest, highest) } else { (lowest, lowest + 1.0) };
    let rough = (high - low) / n;
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= rough).unwrap_or(10.0);
    let step = if whole { (factor * power).max(1.0) } else { factor * power };
    let (first, last) = ((low / step).floor(), (high / step).ceil());
    let mut ticks = Vec::new();
    let mut tick = first;
    while tick <= last {
        ticks.push(tick * step);
        tick += 1.0;
    }
    ticks
}

/// Decimals that a label needs so that neighbouring ticks differ.
pub fn decimals(ticks: &[f64]) -> u8 {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    (0u8..6).find(|d| step * 10f64.powi(i32::from(*d)) >= 0.999).unwrap_or(6)
}

/// Round ticks inside a range of positive values on a logarithmic axis, lowest first.
pub fn logarithmic(lowest: f64, highest: f64) -> Vec<f64> {
    let rows: [&[f64]; 3] = [&[1.0], &[1.0, 2.0, 5.0], &[1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0]];
    let decades = (highest / lowest).log10();
    let row = rows[if decades > 4.0 {
        0
    } else if decades > 1.5 {
        1
    } else {
        2
    }];
    let mut ticks = Vec::new();
    let mut power = 10f64.powf(lowest.log10().floor());
    while power <= highest {
        ticks.extend(row.iter().map(|m| m * power).filter(|t| (lowest..=highest).contains(t)));
        power *= 10.0;
    }
    // A narrow range holds hardly any of those: even steps then look the same.
    if ticks.len() < 3 {
        ticks = linear(lowest, highest, 4.0, false);
        ticks.retain(|tick| (lowest..=highest).contains(tick));
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linear_ticks_are_round_and_enclose_the_values() {
        assert_eq!(linear(0.0, 87.0, 5.0, true), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(linear(0.0, 2.0, 5.0, true), [0.0, 1.0, 2.0]);
        assert_eq!(linear(-30.0, 10.0, 5.0, true), [-30.0, -20.0, -10.0, 0.0, 10.0]);
        assert_eq!(linear(0.0, 0.0, 5.0, true), [0.0, 1.0]);
        for (low, high) in [(0.0, 1e12), (-1e-6, 3e-6), (0.0, 0.07)] {
            let ticks = linear(low, high, 5.0, false);
            assert!(ticks.len() >= 2 && ticks.len() <= 8, "{ticks:?}");
            assert!(ticks[0] <= low && *ticks.last().unwrap() >= high, "{ticks:?}");
        }
    }

    #[test]
    fn labels_get_the_decimals_that_tell_ticks_apart() {
        assert_eq!(decimals(&[0.0, 20.0]), 0);
        assert_eq!(decimals(&[0.0, 0.5]), 1);
        assert_eq!(decimals(&[0.0, 0.02, 0.04]), 2);
    }

    #[test]
    fn logarithmic_ticks_suit_wide_and_narrow_ranges() {
        assert_eq!(logarithmic(8.0, 400.0), [10.0, 20.0, 50.0, 100.0, 200.0]);
        assert_eq!(logarithmic(38.0, 160.0), [40.0, 50.0, 70.0, 100.0, 150.0]);
        assert!(logarithmic(80.0, 86.0).len() >= 3);
        assert!(logarithmic(40.0, 160.0).len() >= 3);
        assert!(logarithmic(0.01, 1e6).len() <= 9);
    }
}
