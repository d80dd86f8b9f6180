//! Dossiers made by hand.

use super::*;

/// A line of a dossier: quarter, gemeente, aanbieder, care at the same time, minutes of coordination.
fn regel(kwartaal: &str, gemeente: &str, aanbieder: &str, zorg: i64, minuten: i64) -> DossierRegel {
    DossierRegel {
        kwartaal: kwartaal.to_owned(),
        gemeente: gemeente.to_owned(),
        aanbieder: aanbieder.to_owned(),
        zorg_tegelijk_ct: zorg,
        zorg_ct: zorg,
        coordinatie_milli: minuten * 1000 / 60,
        coordinatie_minuten: minuten,
        zonder_minuten: 0,
        heeft_plan: false,
        heeft_maatregel: false,
    }
}

fn k3(aanbieder: &str, zorg: i64, minuten: i64) -> DossierRegel {
    regel("2025-K3", "9901", aanbieder, zorg, minuten)
}

fn loting(dossiers: &[Dossier], termijn: Termijn) -> Loting {
    loting_of(dossiers, termijn, None, Herkomst::Declaraties)
}

fn loting_of(
    dossiers: &[Dossier],
    termijn: Termijn,
    gemeente: Option<&str>,
    herkomst: Herkomst,
) -> Loting {
    let span = termijn.span("2025-K3".parse().unwrap());
    super::loting(&Lezing { herkomst, span }.deelnames(dossiers), gemeente)
}

fn only(dossier: Dossier) -> Loting {
    loting(&[dossier], Termijn::Kwartaal)
}

fn reason(dossier: Dossier) -> Option<Reden> {
    let found = only(dossier);
    assert_eq!(found.weggelaten.values().sum::<usize>() + found.trekkingen.len(), 1);
    found.weggelaten.keys().next().copied()
}

#[test]
fn who_gave_other_care_at_the_same_time_could_have_coordinated() {
    let found = only(vec![k3("A", 500, 90), k3("B", 300, 0), k3("C", 0, 0)]);
    assert_eq!(found.aanbieders, ["A", "B"]);
    let expected =
        Trekking { kandidaten: vec![(0, 500), (1, 300)], coordinator: 0, kwartieren: Some(6) };
    assert_eq!(found.trekkingen, [expected]);
}

#[test]
fn every_reason_to_leave_a_client_out_is_told() {
    assert_eq!(reason(vec![k3("A", 500, 90)]), Some(Reden::EenAanbieder));
    assert_eq!(
        reason(vec![k3("A", 0, 90), k3("B", 300, 0), k3("C", 300, 0)]),
        Some(Reden::GeenAndereZorg)
    );
    assert_eq!(reason(vec![k3("A", 500, 90), k3("B", 300, 90)]), Some(Reden::GelijkeStand));
    let mut under = k3("B", 300, 0);
    under.heeft_maatregel = true;
    assert_eq!(reason(vec![k3("A", 500, 90), under]), Some(Reden::Maatregel));
    assert_eq!(reason(vec![k3("A", 500, 90), k3("B", 300, 0)]), None);
}

#[test]
fn who_may_be_chosen_does_not_depend_on_who_was() {
    // An office that only coordinates: for no client is it one of those to choose from, chosen or not.
    let coordinates = vec![k3("A", 0, 90), k3("B", 300, 0), k3("C", 300, 0)];
    assert_eq!(reason(coordinates), Some(Reden::GeenAndereZorg));
    let found = only(vec![k3("A", 0, 10), k3("B", 300, 90), k3("C", 300, 0)]);
    assert_eq!(found.aanbieders, ["B", "C"]);
}

#[test]
fn of_several_coordinators_the_one_that_did_most_counts() {
    let found = only(vec![k3("A", 500, 30), k3("B", 300, 90)]);
    assert_eq!((found.trekkingen[0].coordinator, found.meer_coordinatoren), (1, 1));
    assert_eq!(found.trekkingen[0].kwartieren, Some(6), "only the hours of the coordinator");
}

#[test]
fn coordination_that_was_credited_in_full_is_none() {
    let found = only(vec![k3("A", 500, 0), k3("B", 300, 0)]);
    assert_eq!(found, Loting::default());
}

#[test]
fn the_year_takes_four_quarters_together_and_no_fifth() {
    let dossier = vec![
        regel("2024-K3", "9901", "C", 900, 900),
        regel("2024-K4", "9901", "A", 500, 30),
        regel("2025-K3", "9901", "B", 300, 20),
    ];
    let found = loting(std::slice::from_ref(&dossier), Termijn::Jaar);
    assert_eq!(found.aanbieders, ["A", "B"]);
    assert_eq!(found.trekkingen[0].coordinator, 0);
    assert_eq!(loting(&[dossier], Termijn::Kwartaal).weggelaten[&Reden::EenAanbieder], 1);
}

#[test]
fn a_client_counts_in_one_gemeente_where_most_was_coordinated() {
    let dossier = vec![
        regel("2025-K2", "9901", "A", 500, 30),
        regel("2025-K3", "9902", "A", 500, 60),
        regel("2025-K3", "9902", "B", 300, 0),
    ];
    let dossiers = [dossier];
    let count = |code| {
        loting_of(&dossiers, Termijn::Jaar, Some(code), Herkomst::Declaraties).trekkingen.len()
    };
    assert_eq!((count("9901"), count("9902")), (0, 1));
}

#[test]
fn hours_that_are_partly_in_another_unit_are_not_known() {
    let mut coordinator = k3("A", 500, 90);
    coordinator.zonder_minuten = 1;
    let found = only(vec![coordinator, k3("B", 300, 0)]);
    assert_eq!(found.trekkingen[0].kwartieren, None);
    assert_eq!(only(vec![k3("A", 1, 3), k3("B", 1, 0)]).trekkingen[0].kwartieren, Some(1));
}

#[test]
fn a_plan_names_the_coordinator_of_its_last_quarter() {
    let mut first = regel("2025-K2", "9901", "A", 500, 0);
    first.heeft_plan = true;
    let mut last = regel("2025-K3", "9901", "B", 300, 0);
    last.heeft_plan = true;
    let dossiers = [vec![first, last]];
    let found = loting_of(&dossiers, Termijn::Jaar, None, Herkomst::Plannen);
    assert_eq!((found.trekkingen[0].coordinator, found.trekkingen[0].kwartieren), (1, None));
}

#[test]
fn a_long_plan_that_ended_does_not_outweigh_the_last_one() {
    let plan = |kwartaal: &str, aanbieder: &str, zorg: i64| {
        let mut regel = regel(kwartaal, "9901", aanbieder, zorg, 0);
        regel.heeft_plan = true;
        regel
    };
    let dossier = vec![
        plan("2024-K4", "A", 500),
        plan("2025-K1", "A", 500),
        plan("2025-K2", "A", 500),
        plan("2025-K3", "B", 300),
    ];
    let found = loting_of(&[dossier], Termijn::Jaar, None, Herkomst::Plannen);
    assert_eq!(found.trekkingen[0].coordinator, 1);
}

#[test]
fn more_hours_than_a_quarter_has_are_not_known() {
    let possible = 92 * 24 * 60;
    let of = |minuten| only(vec![k3("A", 500, minuten), k3("B", 300, 0)]).trekkingen[0].kwartieren;
    assert_eq!(of(possible), Some(92 * 24 * 4));
    assert_eq!(of(possible + 1), None);
}
