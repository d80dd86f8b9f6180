//! The run-off against the published example, and its edges.

use super::*;

/// Taylor & Ashe 1983, as used by Mack 1993, table 1.
fn taylor_ashe() -> Vec<Vec<i64>> {
    vec![
        vec![
            357_848, 1_124_788, 1_735_330, 2_218_270, 2_745_596, 3_319_994, 3_466_336, 3_606_286,
            3_833_515, 3_901_463,
        ],
        vec![
            352_118, 1_236_139, 2_170_033, 3_353_322, 3_799_067, 4_120_063, 4_647_867, 4_914_039,
            5_339_085,
        ],
        vec![290_507, 1_292_306, 2_218_525, 3_235_179, 3_985_995, 4_132_918, 4_628_910, 4_909_315],
        vec![310_608, 1_418_858, 2_195_047, 3_757_447, 4_029_929, 4_381_982, 4_588_268],
        vec![443_160, 1_136_350, 2_128_333, 2_897_821, 3_402_672, 3_873_311],
        vec![396_132, 1_333_217, 2_180_715, 2_985_752, 3_691_712],
        vec![440_832, 1_288_463, 2_419_861, 3_483_130],
        vec![359_480, 1_421_128, 2_864_498],
        vec![376_686, 1_363_294],
        vec![344_014],
    ]
}

#[test]
fn the_published_triangle_gives_the_published_reserve_and_errors() {
    let found = chain_ladder(&taylor_ashe()).unwrap();
    let factors = [
        3.490_607, 1.747_333, 1.457_413, 1.173_852, 1.103_824, 1.086_269, 1.053_874, 1.076_555,
        1.017_725,
    ];
    for (found, expected) in found.factors.iter().zip(factors) {
        assert!((found.unwrap() - expected).abs() < 1e-6, "{found:?} {expected}");
    }
    // Mack 1993: reserves in thousands and standard errors in percent of them.
    let published = [
        (0, 0),
        (95, 80),
        (470, 26),
        (710, 19),
        (985, 27),
        (1_419, 29),
        (2_178, 26),
        (3_920, 22),
        (4_279, 23),
        (4_626, 29),
    ];
    for (row, (reserve, percent)) in found.rows.iter().zip(published) {
        let to_come = row.to_come.unwrap();
        assert!((to_come / 1_000.0 - f64::from(reserve)).abs() < 0.51, "{to_come} {reserve}");
        if reserve > 0 {
            let error = 100.0 * row.standard_error.unwrap() / to_come;
            assert!((error - f64::from(percent)).abs() < 0.51, "{error} {percent}");
        }
    }
    assert!((found.to_come - 18_680_856.0).abs() < 0.51);
    assert!((found.standard_error.unwrap() - 2_447_095.0).abs() < 0.51);
}

#[test]
fn completeness_is_one_over_what_still_multiplies_it() {
    let found = chain_ladder(&[vec![50, 100], vec![80]]).unwrap();
    assert_eq!(found.completeness, [Ok(0.5), Ok(1.0)]);
    assert_eq!((found.rows[1].ultimate, found.to_come), (Ok(160.0), 80.0));
}

#[test]
fn one_month_of_history_shows_a_factor_but_no_spread() {
    let found = chain_ladder(&[vec![50, 100], vec![80]]).unwrap();
    assert_eq!(found.standard_error, Err(NotComputable::TooFewPeriods));
    assert_eq!(found.rows[0].standard_error, Ok(0.0));
}

#[test]
fn one_column_is_complete() {
    let found = chain_ladder(&[vec![5], vec![7]]).unwrap();
    assert_eq!((found.to_come, found.standard_error), (0.0, Ok(0.0)));
}

#[test]
fn a_first_column_of_zeros_leaves_only_its_own_rows_without_an_answer() {
    let found = chain_ladder(&[vec![0, 50, 100], vec![0, 60, 130], vec![0, 50], vec![0]]).unwrap();
    assert_eq!(found.completeness[0], Err(NotComputable::EmptyColumn));
    assert!((found.completeness[1].unwrap() - 110.0 / 230.0).abs() < 1e-12);
    assert_eq!(found.rows[3].ultimate, Err(NotComputable::NothingKnown));
    assert_eq!(found.left_out, [3]);
    assert!((found.to_come - 50.0 * 120.0 / 110.0).abs() < 1e-9);
    assert!(found.standard_error.unwrap() > 0.0);
}

#[test]
fn a_month_of_which_nothing_is_known_yet_has_no_expectation() {
    let found = chain_ladder(&[vec![10, 20], vec![10, 24], vec![0]]).unwrap();
    assert_eq!(found.rows[2].to_come, Err(NotComputable::NothingKnown));
    assert_eq!((found.left_out, found.to_come), (vec![2], 0.0));
}

#[test]
fn a_month_that_came_from_nothing_shows_no_spread() {
    let found = chain_ladder(&[vec![0, 20], vec![10, 24], vec![10]]).unwrap();
    assert_eq!(found.factors, [Ok(4.4)]);
    assert_eq!(found.rows[2].standard_error, Err(NotComputable::FromNothing));
}

#[test]
fn what_is_no_triangle_is_refused() {
    assert_eq!(chain_ladder(&[]), Err(NotComputable::NoValues));
    assert_eq!(chain_ladder(&[vec![1], vec![]]), Err(NotComputable::NoValues));
    assert_eq!(chain_ladder(&[vec![1], vec![1, 2]]), Err(NotComputable::NotATriangle));
    assert_eq!(chain_ladder(&[vec![1, -2]]), Err(NotComputable::NegativeValue));
}

#[test]
fn the_range_lies_around_what_is_expected_and_above_zero() {
    let range = range95(100.0, 90.0).unwrap();
    assert!(range.lower > 0.0 && range.lower < 100.0 && range.upper > 100.0);
    assert_eq!(range95(100.0, 0.0).map(|range| range.lower.round()), Ok(100.0));
    let credit = range95(-10.0, 1.0).unwrap();
    assert!((credit.lower + 10.0 + Z_95).abs() < 1e-12 && credit.upper > -10.0);
    assert_eq!(range95(f64::NAN, 1.0), Err(NotComputable::NotFinite));
}

#[test]
fn a_range_widens_as_it_becomes_less_certain() {
    let mut widest = range95(100.0, 1.0).unwrap();
    for error in 2..2_000 {
        let range = range95(100.0, f64::from(error)).unwrap();
        assert!(range.upper >= widest.upper && range.lower <= widest.lower, "{error}: {range:?}");
        widest = range;
    }
    // Nearly nothing expected is told as nothing expected is.
    let (some, none) = (range95(0.01, 500.0).unwrap(), range95(0.0, 500.0).unwrap());
    assert!((some.upper - none.upper).abs() < 1.0 && (some.lower - none.lower).abs() < 1.0);
}
