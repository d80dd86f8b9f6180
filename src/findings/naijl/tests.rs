//! Quarters from a triangle made by hand.

use super::zinnen::nog_te_komen;
use super::*;

fn maand(text: &str) -> i32 {
    text.parse::<Maand>().unwrap().number()
}

/// Nine months that have 90 at once and 100 a month later, known up to the month after the last.
fn nine() -> (Driehoek, RunOff) {
    let mut rijen = vec![vec![9_000, 10_000]; 8];
    rijen.push(vec![9_000]);
    let ladder = chain_ladder(&rijen).unwrap();
    (Driehoek { eerste: maand("2025-01"), rijen }, ladder)
}

fn of(kwartaal: &str, zonder_ct: i64, minimum: f64) -> NaijlKwartaal {
    let (driehoek, ladder) = nine();
    quarter(kwartaal.parse().unwrap(), &driehoek, &ladder, zonder_ct, minimum)
}

#[test]
fn the_last_month_is_expected_to_grow_as_the_months_before_it_did() {
    let found = of("2025-K3", 0, 0.95);
    let expected = found.verwachting.unwrap();
    // 290 known of 300: the ninth month lacks a tenth.
    assert_eq!((found.bekend_ct, expected.nog_te_komen_ct), (29_000, 1_000));
    assert!((expected.volledigheid - 29.0 / 30.0).abs() < 1e-12);
    assert_eq!(expected.bereik_ct, Some((1_000, 1_000)), "eight equal months leave no doubt");
    assert!(!found.is_voorlopig);
    assert!(of("2025-K3", 0, 0.97).is_voorlopig, "96,7% is less than 97%");
}

#[test]
fn an_older_quarter_is_complete() {
    let expected = of("2025-K2", 0, 1.0).verwachting.unwrap();
    assert_eq!((expected.nog_te_komen_ct, expected.volledigheid), (0, 1.0));
}

#[test]
fn a_quarter_with_a_month_that_is_too_young_is_provisional_without_a_number() {
    let found = of("2025-K4", 0, 0.95);
    assert!(found.is_voorlopig);
    assert_eq!(found.verwachting.unwrap_err(), "over 2025-10 is te weinig bekend");
    assert_eq!(
        voorlopig_zin(&of("2025-K4", 0, 0.95)),
        "2025-K4 is voorlopig: het is te vroeg voor een schatting"
    );
}

#[test]
fn a_quarter_before_the_triangle_is_old_and_not_provisional() {
    let found = of("2024-K4", 0, 0.95);
    assert!(!found.is_voorlopig && found.verwachting.is_err());
}

#[test]
fn mostly_lines_without_a_dagtekening_give_no_number() {
    assert!(of("2025-K3", 29_000, 0.95).verwachting.is_ok());
    let found = of("2025-K3", 29_001, 0.95);
    assert_eq!(found.verwachting.unwrap_err(), "van te weinig euro's is de dagtekening bekend");
}

#[test]
fn months_that_differ_give_a_range_around_what_is_expected() {
    let rijen = vec![
        vec![9_000, 10_000],
        vec![8_000, 10_000],
        vec![9_500, 10_000],
        vec![9_000, 10_000],
        vec![9_200, 10_000],
        vec![9_000],
    ];
    let ladder = chain_ladder(&rijen).unwrap();
    let driehoek = Driehoek { eerste: maand("2025-04"), rijen };
    let found = quarter("2025-K3".parse().unwrap(), &driehoek, &ladder, 0, 0.95);
    let expected = found.verwachting.unwrap();
    // 9.000 × (50.000 / 44.700 − 1)
    assert_eq!(expected.nog_te_komen_ct, 1_067);
    let (low, high) = expected.bereik_ct.unwrap();
    assert!(0 < low && low < 1_067 && high > 1_067, "{low} {high}");
    assert_eq!(nog_te_komen(&Verwachting { bereik_ct: None, ..expected }), "€ 11");
}
