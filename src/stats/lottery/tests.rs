//! Worlds of which the outcome is known.

use super::*;

fn equal(weight: u32, units: &[usize]) -> Draw {
    let chance = 1.0 / units.len() as f64;
    Draw { weight, chances: units.iter().map(|unit| (*unit, chance)).collect() }
}

#[test]
fn the_global_p_is_that_of_all_worlds() {
    // Three draws over two units: 3-0 and 0-3 have chance 1/4 together, the rest is nearer to even.
    let draws = vec![equal(1, &[0, 1]); 3];
    let found = null_world(&draws, &[3, 0], 3_999, 1).unwrap();
    let global = found.global.unwrap();
    assert!((global.statistic - 6.0).abs() < 1e-12);
    assert!((global.p - 0.25).abs() < 0.03, "{}", global.p);
    let even = null_world(&draws, &[2, 1], 99, 1).unwrap().global;
    assert_eq!(even.map(|global| global.p), Ok(1.0));
    assert_eq!(found.expected, [1.5, 1.5]);
}

#[test]
fn what_a_seed_draws_stays_the_same() {
    let draws: Vec<Draw> = (0..12).map(|i| equal(1 + i % 3, &[0, 1, 2, 3])).collect();
    let found = null_world(&draws, &[24, 0, 0, 0], 19, 42).unwrap();
    assert_eq!(format!("{:.6} {:.6}", found.gini.mean, found.hoover.high), "0.290570 0.356250");
}

#[test]
fn the_same_seed_gives_the_same_bits_in_any_order_of_draws() {
    let mut draws: Vec<Draw> = (0..30).map(|i| equal(1 + i, &[0, 1 + i as usize % 3])).collect();
    let total = draws.iter().map(|draw| u64::from(draw.weight)).sum::<u64>();
    let observed = [total - 60, 20, 20, 20];
    let first = null_world(&draws, &observed, 199, 7).unwrap();
    draws.reverse();
    assert_eq!(null_world(&draws, &observed, 199, 7).unwrap(), first);
    assert_ne!(null_world(&draws, &observed, 199, 8).unwrap(), first);
}

#[test]
fn certain_draws_leave_nothing_to_test_and_a_band_without_width() {
    let found = null_world(&[equal(4, &[0]), equal(6, &[1])], &[4, 6], 19, 1).unwrap();
    assert_eq!(found.global, Err(NotComputable::NoSpread));
    assert!((found.hoover.high - found.hoover.low).abs() < 1e-15);
    let middle = found.lorenz[1].total;
    assert!((middle.low, middle.high) == (0.4, 0.4) && (middle.mean - 0.4).abs() < 1e-12);
}

#[test]
fn a_unit_without_a_chance_never_draws() {
    let draw = Draw { weight: 1, chances: vec![(0, 0.3), (1, 0.7), (2, 0.0)] };
    let found = null_world(&vec![draw; 40], &[12, 28, 0], 499, 3).unwrap();
    assert_eq!(found.lorenz[1].total, Band { mean: 0.0, low: 0.0, high: 0.0 });
}

#[test]
fn what_cannot_be_is_refused() {
    let fair = equal(1, &[0, 1]);
    let half = Draw { weight: 1, chances: vec![(0, 0.5)] };
    let twice = Draw { weight: 1, chances: vec![(0, 0.5), (0, 0.5)] };
    for (draws, observed, reason) in [
        (vec![], vec![0, 0], NotComputable::NoValues),
        (vec![fair.clone()], vec![], NotComputable::NoValues),
        (vec![half], vec![1, 0], NotComputable::ChancesNotOne),
        (vec![twice], vec![1, 0], NotComputable::NotAProbability),
        (vec![equal(1, &[0, 5])], vec![1, 0], NotComputable::NotAProbability),
        (vec![equal(0, &[0, 1])], vec![0, 0], NotComputable::TotalIsZero),
        (vec![fair.clone()], vec![1, 1], NotComputable::Contradiction),
        (vec![fair, equal(1, &[2])], vec![1, 1, 0], NotComputable::Contradiction),
    ] {
        assert_eq!(null_world(&draws, &observed, 9, 1), Err(reason), "{draws:?}");
    }
    assert_eq!(null_world(&[equal(1, &[0])], &[1], 0, 1), Err(NotComputable::NoValues));
}
