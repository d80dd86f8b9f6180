//! What must hold for any input.

use proptest::collection::vec;
use proptest::prelude::*;

use super::decomposition::{TwoPeriods, decompose};
use super::funnel::{prediction_limits, widened_limits};
use super::inequality::{gini, hoover, lorenz};
use super::lottery::{Draw, null_world};
use super::multiple_testing::benjamini_hochberg;
use super::overdispersion::{dispersion, homogeneity, level, overdispersion};
use super::poisson::{Exposure, against_others, rate_ratio, tails};
use super::poisson_binomial::{PoissonBinomial, Trial};
use super::rate::{count_interval, per_10_000_interval};
use super::{Level, Tails};

fn is_probability(p: f64) -> bool {
    (0.0..=1.0).contains(&p)
}

fn are_tails(tails: Tails) -> bool {
    // Both hold the count itself, so that together they are at least 1.
    is_probability(tails.lower)
        && is_probability(tails.upper)
        && tails.lower + tails.upper >= 1.0 - 1e-9
}

fn near(a: f64, b: f64, slack: f64) -> bool {
    (a - b).abs() <= slack * b.abs().max(1.0)
}

fn exposures() -> impl Strategy<Value = Vec<Exposure>> {
    vec((0_i64..80, 100_i64..9_000), 2..25).prop_map(|units| {
        let exposure = |(count, denominator)| Exposure { count, denominator };
        units.into_iter().map(exposure).collect()
    })
}

fn trials() -> impl Strategy<Value = Vec<Trial>> {
    vec((0.0..=1.0, 0_u32..90), 0..30).prop_map(|trials| {
        trials.into_iter().map(|(chance, step)| Trial { chance, step }).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gini_lies_in_zero_to_one_and_ignores_order_and_scale(
        mut values in vec(0_u32..10_000, 1..60), scale in 1_u32..1_000,
    ) {
        values[0] += 1;
        let x: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
        let found = gini(&x).unwrap();
        prop_assert!((0.0..1.0).contains(&found));
        let other: Vec<f64> = x.iter().rev().map(|value| value * f64::from(scale)).collect();
        prop_assert!(near(gini(&other).unwrap(), found, 1e-12));
        prop_assert!(near(hoover(&other).unwrap(), hoover(&x).unwrap(), 1e-12));
        let last = lorenz(&x).unwrap();
        prop_assert!(last.windows(2).all(|pair| pair[1].total >= pair[0].total));
    }

    #[test]
    fn limits_widen_as_numbers_fall(count in 1_i64..2_000) {
        let width = |count: i64, level: f64| {
            let limits = count_interval(count, level).unwrap();
            let observed = count as f64;
            prop_assert!(limits.lower < observed && observed < limits.upper);
            Ok((limits.upper - limits.lower) / observed)
        };
        prop_assert!(width(count, 0.95)? > width(count + 1, 0.95)?);
        prop_assert!(width(count, 0.998)? > width(count, 0.95)?);
        let (small, large) = (count as f64, 2.0 * count as f64);
        let relative = |expected: f64| {
            let limits = prediction_limits(expected).unwrap();
            (limits.upper998 - limits.lower998) / expected
        };
        prop_assert!(relative(small) > relative(large));
        let widened = |tau2: f64| widened_limits(large, tau2).unwrap();
        prop_assert!(widened(0.2).upper95 > widened(0.1).upper95);
        prop_assert!(widened(0.2).lower95 <= widened(0.1).lower95);
    }

    #[test]
    fn a_rate_and_its_interval_scale_with_the_denominator(count in 0_i64..500, n in 1_i64..90_000) {
        let one = per_10_000_interval(count, n, 0.95).unwrap();
        let three = per_10_000_interval(count, 3 * n, 0.95).unwrap();
        prop_assert!(near(three.upper * 3.0, one.upper, 1e-12));
        prop_assert!(near(three.lower * 3.0, one.lower, 1e-12));
    }

    #[test]
    fn poisson_tails_are_probabilities_and_share_one_count(count in 0_i64..400, expected in 0.01..300.0) {
        let found = tails(count, expected).unwrap();
        prop_assert!(are_tails(found) && is_probability(found.two_sided()));
        let next = tails(count + 1, expected).unwrap();
        prop_assert!(near(found.lower + next.upper, 1.0, 1e-9));
        prop_assert!(next.lower >= found.lower && next.upper <= found.upper);
    }

    #[test]
    fn the_interval_of_the_ratio_excludes_one_exactly_when_p_is_small(
        a in 0_i64..60, b in 1_i64..60, n in 50_i64..5_000, m in 50_i64..5_000,
    ) {
        let (first, second) =
            (Exposure { count: a, denominator: n }, Exposure { count: b, denominator: m });
        let ratio = rate_ratio(first, second, 0.95).unwrap();
        let found = against_others(&[first, second], 0).unwrap();
        let excludes = ratio.lower > 1.0 || ratio.upper.unwrap() < 1.0;
        prop_assume!((found.p - 0.05).abs() > 1e-9);
        prop_assert_eq!(excludes, found.p < 0.05);
        prop_assert!(ratio.lower <= ratio.ratio.unwrap() && ratio.ratio.unwrap() <= ratio.upper.unwrap());
        // Seen from the other side it is the same ratio upside down.
        let back = rate_ratio(second, first, 0.95).unwrap();
        prop_assert!(near(back.lower * ratio.upper.unwrap(), 1.0, 1e-9));
    }

    #[test]
    fn a_comparison_ignores_the_order_of_the_others(units in exposures()) {
        let found = against_others(&units, 0).unwrap();
        prop_assert!(are_tails(found.tails));
        let mut other = units.clone();
        other[1..].reverse();
        prop_assert_eq!(against_others(&other, 0).unwrap(), found);
        let is_inside =
            (found.range95.low..=found.range95.high).contains(&found.observed);
        prop_assert_eq!(is_inside, found.tails.level() == Level::Within);
        let expected = found.expected;
        prop_assert!(found.range95.low as f64 <= expected + 1.0 && expected - 1.0 <= found.range95.high as f64);
    }

    #[test]
    fn spread_ignores_order_and_widening_never_makes_a_level_worse(units in exposures()) {
        prop_assume!(units.iter().any(|unit| unit.count > 0));
        let mut reversed = units.clone();
        reversed.reverse();
        let (a, b) = (overdispersion(&units).unwrap(), overdispersion(&reversed).unwrap());
        prop_assert!(near(a.phi, b.phi, 1e-9) && near(a.tau2, b.tau2, 1e-9) && near(a.p, b.p, 1e-9));
        prop_assert!(is_probability(homogeneity(&units).unwrap().p) && a.tau2 >= 0.0);
        for index in 0..units.len() {
            let found = against_others(&units, index).unwrap();
            let exact = found.tails.level();
            let widened = level(&found, &a);
            prop_assert_eq!(exact.milder(widened), widened);
        }
    }

    #[test]
    fn winsorising_keeps_the_number_and_never_widens(z in vec(-9.0..9.0, 2..40)) {
        let found = dispersion(&z, &vec![0.3; z.len()], 0.1).unwrap();
        prop_assert_eq!(found.winsorised.len(), z.len());
        let raw = z.iter().map(|z: &f64| z.abs()).fold(0.0, f64::max);
        prop_assert!(found.winsorised.iter().all(|z| z.abs() <= raw));
    }

    #[test]
    fn a_sum_of_draws_has_tails_range_and_moments_that_fit(trials in trials()) {
        let found = PoissonBinomial::with_steps(&trials).unwrap();
        let largest = i64::try_from(found.largest()).unwrap();
        let (mut total, mut mean, mut square) = (0.0, 0.0, 0.0);
        for sum in 0..=largest {
            let p = found.pmf(sum);
            prop_assert!(p >= 0.0 && are_tails(found.tails(sum)));
            prop_assert!(near(found.tails(sum).lower + found.tails(sum + 1).upper, 1.0, 1e-12));
            total += p;
            mean += p * sum as f64;
            square += p * (sum as f64).powi(2);
        }
        prop_assert!(near(total, 1.0, 1e-12) && near(mean, found.mean(), 1e-10));
        prop_assert!(near(square - mean * mean, found.variance(), 1e-8));
        let range = found.range95();
        prop_assert!(range.low <= range.high && 0 <= range.low && range.high <= largest);
        for sum in 0..=largest {
            let is_outside = sum < range.low || sum > range.high;
            let (low, high) = (found.tails(sum).lower < 0.025, found.tails(sum).upper < 0.025);
            prop_assert_eq!(is_outside, low || high);
        }
        // Cantelli: no value with both tails of 2.5% lies further than √39 standard deviations away.
        let reach = 39.0_f64.sqrt() * found.variance().sqrt() + 1e-9;
        prop_assert!(range.low as f64 <= found.mean() + reach && found.mean() - reach <= range.high as f64);
    }

    #[test]
    fn the_range_of_a_number_of_draws_holds_a_neighbour_of_the_mean(chances in vec(0.0..=1.0, 0..60)) {
        // A median lies within 1 of the mean (Jogdeo & Samuels 1968), and both its tails are a half or more.
        let found = PoissonBinomial::new(&chances).unwrap();
        let range = found.range95();
        prop_assert!(range.low as f64 <= found.mean().ceil() && found.mean().floor() <= range.high as f64);
    }

    #[test]
    fn a_sum_of_draws_has_the_same_bits_in_any_order(trials in trials()) {
        let mut other = trials.clone();
        other.reverse();
        let middle = other.len() / 2;
        other.rotate_left(middle);
        prop_assert_eq!(PoissonBinomial::with_steps(&trials), PoissonBinomial::with_steps(&other));
    }

    #[test]
    fn q_values_keep_the_order_of_p_and_are_no_smaller(p in vec(proptest::option::of(0.0..=1.0), 0..40)) {
        let q = benjamini_hochberg(&p).unwrap();
        let mut pairs = Vec::new();
        for (p, q) in p.iter().zip(&q) {
            prop_assert_eq!(p.is_some(), q.is_some());
            if let (Some(p), Some(q)) = (p, q) {
                prop_assert!(q >= p && is_probability(*q));
                pairs.push((*p, *q));
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        prop_assert!(pairs.windows(2).all(|pair| pair[1].1 >= pair[0].1));
    }

    #[test]
    fn a_change_adds_up_to_the_cent(
        items in vec((-90_000_i64..9_000_000, -90_000_i64..9_000_000, 0_i64..4_000, 0_i64..4_000), 1..40),
    ) {
        let items: Vec<TwoPeriods> = items
            .into_iter()
            .map(|(amount_before_ct, amount_after_ct, volume_before, volume_after)| {
                TwoPeriods { amount_before_ct, amount_after_ct, volume_before, volume_after }
            })
            .collect();
        let volume = |pick: fn(&TwoPeriods) -> i64| items.iter().map(pick).sum::<i64>() as f64;
        let before = volume(|item| item.volume_before);
        prop_assume!(before > 0.0);
        let growth = volume(|item| item.volume_after) / before - 1.0;
        let found = decompose(&items).unwrap();
        let mut sum = (0, 0, 0);
        for (item, effects) in items.iter().zip(&found.items) {
            prop_assert_eq!(effects.sum_ct(), item.amount_after_ct - item.amount_before_ct);
            prop_assert!((effects.volume_ct as f64 - item.amount_before_ct as f64 * growth).abs() <= 1.000_1);
            if item.volume_before > 0 && item.volume_after > 0 {
                let old = item.amount_before_ct as f64 / item.volume_before as f64;
                let new = item.amount_after_ct as f64 / item.volume_after as f64;
                let price = (new - old) * item.volume_after as f64;
                prop_assert!((effects.price_ct as f64 - price).abs() <= 0.500_1);
            }
            sum = (sum.0 + effects.volume_ct, sum.1 + effects.price_ct, sum.2 + effects.mix_ct);
        }
        prop_assert_eq!(sum, (found.total.volume_ct, found.total.price_ct, found.total.mix_ct));
        let whole = items.iter().map(|item| item.amount_before_ct).sum::<i64>() as f64 * growth;
        prop_assert!((found.total.volume_ct as f64 - whole).abs() <= 0.500_1);
    }

    #[test]
    fn a_fair_world_is_an_ordinary_one(seed in 0_u64..u64::MAX, sizes in vec(2_usize..6, 20..60)) {
        let equal = |(first, k): (usize, &usize)| Draw {
            weight: 1,
            chances: (0..*k).map(|unit| ((first + unit) % 8, 1.0 / *k as f64)).collect(),
        };
        let draws: Vec<Draw> = sizes.iter().enumerate().map(equal).collect();
        // Each draw to its first unit: a world that can occur.
        let mut observed = vec![0; 8];
        for draw in &draws {
            observed[draw.chances[0].0] += 1;
        }
        let found = null_world(&draws, &observed, 99, seed).unwrap();
        let global = found.global.unwrap();
        prop_assert!(global.p >= 0.01 && global.p <= 1.0 && global.statistic >= 0.0);
        prop_assert!(found.gini.low <= found.gini.high && (0.0..1.0).contains(&found.gini.high));
        prop_assert!(near(found.expected.iter().sum(), draws.len() as f64, 1e-9));
        let ends = (found.lorenz[0].total.high, found.lorenz[8].total.low);
        prop_assert_eq!(ends, (0.0, 1.0));
    }
}
