use super::*;
use crate::metrics::{Outcome, Query, TOTAAL};

/// Children per cell of a level, by the texts of the keys it keeps.
type Cells<'a> = &'a [(&'a [&'a str], u32)];

fn measured(id: &str, levels: &[(&[&str], Cells<'_>)]) -> Measured {
    let query = Query::load_all(None).unwrap().into_iter().find(|query| query.id == id).unwrap();
    let level = |(keys, cells): &(&[&str], Cells<'_>)| Level {
        keys: keys.iter().map(|&key| key.to_owned()).collect(),
        cells: cells.iter().map(|(texts, n)| cell(&query.keys, keys, texts, *n)).collect(),
    };
    let outcome = Outcome::Cells(levels.iter().map(level).collect());
    Measured { query, kwartaal: "2025-K3".parse().unwrap(), outcome, werklijst: None }
}

fn cell(all: &[String], keys: &[&str], texts: &[&str], clienten: u32) -> MeasuredCell {
    let text = |key: &String| {
        let at = keys.iter().position(|kept| kept == key);
        at.map_or(TOTAAL, |at| texts[at]).to_owned()
    };
    MeasuredCell {
        key: all.iter().map(text).collect(),
        value: i64::from(clienten) * 1_000,
        bedrag_ct: None,
        clienten: Some(clienten),
        aanbieders: None,
        top_client: [0; 2],
        top_aanbieder: [0; 2],
        rows: clienten,
        ratio: None,
    }
}

/// Costs of three gemeenten and of the region.
fn kosten(id: &str, counts: [u32; 3]) -> Measured {
    let [a, b, c] = counts;
    let per_gemeente: Cells<'_> =
        &[(&["9901", "2025-K3"], a), (&["9902", "2025-K3"], b), (&["9903", "2025-K3"], c)];
    let region: Cells<'_> = &[(&["2025-K3"], a + b + c)];
    measured(id, &[(&["gemeente", "kwartaal"], per_gemeente), (&["kwartaal"], region)])
}

/// What 9901 may not see, in the order of the cells.
fn hidden(measured: &[Measured]) -> Vec<bool> {
    Sommen::new(measured).verborgen("9901", 10)
}

#[test]
fn a_total_goes_with_the_only_small_number_in_it() {
    let found = hidden(&[kosten("kosten_totaal", [50, 4, 20])]);
    assert_eq!(found, [false, true, false, true], "50, 4, 20 and 74");
}

#[test]
fn the_own_number_is_known_and_protects_nobody() {
    let found = hidden(&[kosten("kosten_totaal", [3, 4, 20])]);
    assert_eq!(found, [false, true, false, true], "3 is its own; 27 − 20 − 3 would be 4");
    let found = hidden(&[kosten("kosten_totaal", [3, 0, 20])]);
    assert_eq!(found, [false; 4], "nought is shown, and nothing of others is small");
}

#[test]
fn a_total_of_two_small_numbers_is_shown_when_it_leaves_them_room() {
    assert_eq!(hidden(&[kosten("kosten_totaal", [50, 4, 7])]), [false, true, true, false]);
    let total_of = |b, c| hidden(&[kosten("kosten_totaal", [50, b, c])])[3];
    assert!(total_of(4, 5), "together 9 is a small number itself");
    assert!(total_of(9, 9), "18 of two numbers below 10 is 9 and 9");
    assert!(total_of(7, 7), "14 of two is 5 to 9 each: too little room");
    assert!(!total_of(6, 7), "13 of two is 4 to 9 each");
}

#[test]
fn a_hidden_total_takes_along_another_way_to_add_it_up() {
    let per_gemeente: Cells<'_> = &[(&["treffer", "9902"], 4), (&["treffer", "9903"], 30)];
    let per_aanbieder: Cells<'_> = &[(&["treffer", "De Eik"], 14), (&["treffer", "De Linde"], 20)];
    let one = measured(
        "o15_coordinatie_bij_meer_aanbieders",
        &[
            (&["oordeel"], &[(&["treffer"], 34)]),
            (&["oordeel", "gemeente"], per_gemeente),
            (&["oordeel", "aanbieder"], per_aanbieder),
        ],
    );
    // 14 + 20 − 30 would be 4.
    assert_eq!(hidden(&[one]), [true, true, false, true, true]);
}

#[test]
fn the_same_quantity_is_one_table_whatever_query_tells_it() {
    let products: Cells<'_> =
        &[(&["45A04", "04", "2025-K3"], 40), (&["45A53", "04", "2025-K3"], 3)];
    let keys: &[&str] = &["productcode", "eenheid", "kwartaal"];
    let product = measured("kosten_per_product", &[(keys, products)]);
    let found = hidden(&[kosten("kosten_totaal", [20, 11, 12]), product]);
    // 43 − 40 would be 3, and 43 is also 20 + 11 + 12.
    assert_eq!(found, [false, true, true, true, false, true]);
}

#[test]
fn a_share_of_a_hidden_whole_and_a_volume_beside_hidden_euros_are_hidden() {
    let found =
        hidden(&[kosten("kosten_totaal", [50, 4, 20]), kosten("maatwerk_kosten", [12, 0, 14])]);
    assert_eq!(found[4..], [false, true, false, true], "its share would give the whole");
    let keys: &[&str] = &["productcode", "eenheid", "kwartaal"];
    let with = |id: &str, n: u32| measured(id, &[(keys, &[(&["45A53", "04", "2025-K3"], n)])]);
    let both = [with("kosten_per_product", 3), with("volume_per_product", 30)];
    assert_eq!(hidden(&both), [true, true], "volume times tariff is the amount");
}

#[test]
fn one_class_that_is_hidden_hides_all_care_and_the_parts_of_it() {
    let classes: Cells<'_> = &[(&["alle zorg"], 60), (&["segment 1"], 4), (&["segment 2"], 58)];
    let parts: Cells<'_> = &[(&["alle zorg", "50"], 30), (&["alle zorg", "100"], 30)];
    let one =
        measured("kosten_per_client", &[(&["klasse", "deel"], parts), (&["klasse"], classes)]);
    assert_eq!(hidden(&[one]), [true, true, true, true, false]);
}
