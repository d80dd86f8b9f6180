//! A region in which nothing is planted: chance alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::practice::Options;
use crate::practice::calendar::{self, FULL_MONTHS};
use crate::practice::lines::tarief_ct;
use crate::practice::plan::{Kind, Plan};
use crate::practice::world::{self, DORPSVELD, GEMEENTEN, LINDE, Lijst, REGION};

const SEEDS: u64 = 60;

fn plan(zaad: u64, signalen: bool) -> Plan {
    Plan::new(&Options { regels: 3_000, zaad, signalen }).unwrap()
}

/// Chi-square of counts against chances that add up to 1.
fn chi_square(counts: &[u64], chances: &[f64]) -> f64 {
    let total = counts.iter().sum::<u64>() as f64;
    let cells = counts.iter().zip(chances);
    cells.map(|(n, p)| (*n as f64 - p * total).powi(2) / (p * total)).sum()
}

/// What the lot drew over many seeds: per number of aanbieders how often the first, second, … in the order of the world
/// was drawn, and per aanbieder how often, how often expected, and the variance of that.
#[derive(Default)]
struct Drawn {
    places: BTreeMap<usize, Vec<u64>>,
    per_aanbieder: BTreeMap<u32, (f64, f64, f64)>,
}

fn drawn(signalen: bool) -> Drawn {
    let mut out = Drawn::default();
    for zaad in 0..SEEDS {
        let plan = plan(zaad, signalen);
        let mut care: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for case in plan.cases.iter().filter(|case| case.kind != Kind::Coordination) {
            care.entry(case.client).or_default().insert(case.aanbieder);
        }
        for case in plan.cases.iter().filter(|case| case.kind == Kind::Coordination) {
            let team = &care[&case.client];
            let place = team.iter().position(|one| *one == case.aanbieder).unwrap();
            out.places.entry(team.len()).or_insert_with(|| vec![0; team.len()])[place] += 1;
            let chance = 1.0 / team.len() as f64;
            for aanbieder in team {
                let sums = out.per_aanbieder.entry(*aanbieder).or_default();
                sums.0 += f64::from(u8::from(*aanbieder == case.aanbieder));
                sums.1 += chance;
                sums.2 += chance * (1.0 - chance);
            }
        }
    }
    out
}

impl Drawn {
    /// Standard deviations from what is expected.
    fn z(&self, aanbieder: u32) -> f64 {
        let (seen, expected, variance) = self.per_aanbieder[&aanbieder];
        (seen - expected) / variance.sqrt()
    }
}

#[test]
fn without_signals_a_fair_lot_among_all_involved_decides_who_coordinates() {
    let drawn = drawn(false);
    // The 99,9% points of chi-square with 1, 2 and 3 degrees of freedom.
    for (k, limit) in [(2, 10.83), (3, 13.82), (4, 16.27)] {
        let counts = &drawn.places[&k];
        assert!(counts.iter().sum::<u64>() > 100, "{k}: {counts:?}");
        let chi = chi_square(counts, &vec![1.0 / k as f64; k]);
        assert!(chi < limit, "{k}: {counts:?} {chi}");
    }
    assert!(drawn.per_aanbieder.len() >= 10);
    for aanbieder in drawn.per_aanbieder.keys() {
        assert!(drawn.z(*aanbieder).abs() < 3.9, "{aanbieder}: {}", drawn.z(*aanbieder));
    }
}

#[test]
fn with_signals_de_linde_coordinates_far_more_than_a_lot_would_give_it() {
    assert!(drawn(true).z(LINDE) > 10.0);
}

/// New overeenkomsten per gemeente in the four quarters up to the last, over many seeds.
fn concluded(signalen: bool) -> [u64; REGION] {
    let mut counts = [0; REGION];
    for zaad in 0..SEEDS {
        let plan = plan(zaad, signalen);
        for overeenkomst in plan.overeenkomsten.iter().filter(|o| o.maatregel != "JR") {
            let case = plan.case(overeenkomst.case);
            if (FULL_MONTHS - 12..FULL_MONTHS).contains(&case.ingang.month()) {
                counts[case.gemeente as usize] += 1;
            }
        }
    }
    counts
}

#[test]
fn without_signals_maatwerk_falls_over_the_gemeenten_by_their_children() {
    let total: u64 = GEMEENTEN[..REGION].iter().map(|g| g.gewicht).sum();
    let chances: Vec<f64> =
        GEMEENTEN[..REGION].iter().map(|g| g.gewicht as f64 / total as f64).collect();
    let counts = concluded(false);
    // The 99,9% point of chi-square with 7 degrees of freedom.
    assert!(chi_square(&counts, &chances) < 24.32, "{counts:?}");
    let planted = concluded(true);
    assert!(chi_square(&planted, &chances) > 100.0, "{planted:?}");
    assert_eq!(planted.iter().max(), Some(&planted[DORPSVELD as usize]));
}

#[test]
fn without_signals_no_price_is_unusual_and_no_line_is_faulty() {
    let plan = plan(7, false);
    assert!(plan.plants.is_empty());
    for case in &plan.cases {
        let product = world::product_at(case.product);
        for month in case.first.max(0)..=case.last {
            let usual = product.prijs[calendar::year_position(month)];
            let price = tarief_ct(&plan, case, month);
            if product.lijst == Lijst::VrijePrijs {
                assert!((usual * 93 / 100..=usual * 107 / 100).contains(&price));
            } else {
                assert!(price <= usual);
            }
        }
    }
}
