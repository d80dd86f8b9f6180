//! Lotteries small enough to count by hand.

use std::collections::BTreeMap;

use super::*;

/// Clients who could choose between these aanbieders (with euros), and the one who coordinates.
fn loting(clients: &[(&[(usize, i64)], usize)]) -> Loting {
    let trekkingen: Vec<Trekking> = clients
        .iter()
        .map(|(kandidaten, coordinator)| Trekking {
            kandidaten: kandidaten.to_vec(),
            coordinator: *coordinator,
            kwartieren: Some(4),
        })
        .collect();
    let n = clients.iter().flat_map(|(k, _)| k.iter().map(|(unit, _)| unit + 1)).max().unwrap_or(0);
    Loting {
        aanbieders: (0..n).map(|unit| format!("aanbieder {unit}")).collect(),
        trekkingen,
        weggelaten: BTreeMap::new(),
        meer_coordinatoren: 0,
    }
}

fn judged(clients: &[(&[(usize, i64)], usize)]) -> Evenredig {
    judge(&loting(clients), None, (Termijn::Kwartaal, 1), Herkomst::Declaraties).unwrap()
}

const PAIR: &[(usize, i64)] = &[(0, 100), (1, 100)];

#[test]
fn two_clients_of_two_aanbieders_are_two_throws_of_a_coin() {
    let found = judged(&[(PAIR, 0), (PAIR, 0)]);
    let first = &found.delen[0];
    assert_eq!((first.kandidaat_bij, first.waargenomen), (2, 2));
    assert!((first.gelijk.verwacht - 1.0).abs() < 1e-12);
    // Both heads: a quarter; doubled.
    assert!((first.gelijk.p - 0.5).abs() < 1e-12);
    assert_eq!(first.oordeel, Oordeel::TeWeinig, "one expected client is nothing to judge by");
    assert!((found.telling.hoover.waarde - 0.5).abs() < 1e-12);
}

#[test]
fn who_always_has_it_stands_out_and_the_other_too() {
    let found = judged(&[(PAIR, 0); 20]);
    let by_name: BTreeMap<&str, &Aandeel> =
        found.delen.iter().map(|deel| (deel.aanbieder.as_str(), deel)).collect();
    assert_eq!(by_name["aanbieder 0"].oordeel, Oordeel::Meer);
    assert_eq!(by_name["aanbieder 1"].oordeel, Oordeel::Minder);
    // Twenty heads in a row, either way.
    let p = by_name["aanbieder 0"].gelijk.p;
    assert!((p - 2.0 / 2_f64.powi(20)).abs() < 1e-15, "{p}");
    assert!(by_name["aanbieder 0"].q.is_some_and(|q| q < 1e-5));
    assert!(found.telling.toets.unwrap().p <= 0.001);
    let hours = by_name["aanbieder 0"].uren.unwrap();
    assert_eq!(hours.waargenomen, 80);
    assert!((hours.gelijk.p - p).abs() < 1e-15, "equal hours are the same throws");
}

#[test]
fn who_gives_nearly_all_care_and_has_it_nearly_always_is_in_proportion() {
    let most: &[(usize, i64)] = &[(0, 95_000), (1, 5_000)];
    let found = judged(&[(most, 0); 20]);
    assert_eq!(found.delen[0].oordeel, Oordeel::NaarOmvang);
    assert!((found.delen[0].naar_omvang.verwacht - 19.0).abs() < 1e-9);
    assert_eq!(found.delen[0].omvang_ct, 1_900_000);
}

#[test]
fn who_has_more_than_equal_and_less_than_its_volume_lies_between() {
    let most: &[(usize, i64)] = &[(0, 80_000), (1, 20_000)];
    // 78 of 120: sixty by equal chances, 96 (87 to 104) by volume.
    let clients: Vec<(&[(usize, i64)], usize)> =
        (0..120).map(|at| (most, usize::from(at >= 78))).collect();
    let found = judged(&clients);
    assert_eq!(found.delen[0].oordeel, Oordeel::Ertussen);
    assert_eq!((found.opvallend().count(), found.beoordeeld().count()), (0, 2));
    let range = found.delen[0].naar_omvang.bereik;
    assert_eq!((range.low, range.high), (87, 104));
}

#[test]
fn an_even_division_stands_out_nowhere() {
    let clients: Vec<(&[(usize, i64)], usize)> = (0..40).map(|at| (PAIR, at % 2)).collect();
    let found = judged(&clients);
    assert_eq!(found.opvallend().count(), 0);
    assert_eq!(found.beoordeeld().count(), 2);
    assert!(found.telling.hoover.waarde.abs() < 1e-12);
    assert!(found.telling.hoover.toeval.high > 0.0, "a fair lottery is never quite even");
}

#[test]
fn clients_in_another_order_give_the_same_numbers() {
    let third: &[(usize, i64)] = &[(0, 10), (1, 70), (2, 20)];
    let mut clients: Vec<(&[(usize, i64)], usize)> = vec![(PAIR, 0); 9];
    clients.extend([(third, 2), (third, 1), (third, 1), (PAIR, 1)]);
    let forward = judged(&clients);
    clients.reverse();
    assert_eq!(judged(&clients), forward);
}

#[test]
fn without_clients_there_is_no_judgement() {
    let nobody = judge(&loting(&[]), None, (Termijn::Jaar, 4), Herkomst::Plannen);
    assert_eq!(nobody, Err(NotComputable::NoValues));
}

#[test]
fn unknown_hours_leave_the_count_standing() {
    let mut one = loting(&[(PAIR, 0), (PAIR, 1)]);
    for trekking in &mut one.trekkingen {
        trekking.kwartieren = None;
    }
    let found = judge(&one, None, (Termijn::Jaar, 4), Herkomst::Plannen).unwrap();
    assert_eq!((found.clienten, found.clienten_met_uren), (2, 0));
    assert!(found.uren.is_none() && found.mediaan_kwartieren.is_none());
    assert!(found.delen.iter().all(|deel| deel.uren.is_none()));
}
