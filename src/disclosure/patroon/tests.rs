use super::*;
use crate::metrics::{Level, MeasuredCell, Outcome, Query, TOTAAL};

/// Value and children per cell of a level, by the texts of the keys it keeps.
type Cells<'a> = &'a [(&'a [&'a str], (i64, u32))];

fn measured(id: &str, levels: &[(&[&str], Cells<'_>)]) -> Measured {
    let query = Query::load(id, None).unwrap().unwrap().into_iter().find(|one| one.id == id);
    let query = query.unwrap();
    let level = |(keys, cells): &(&[&str], Cells<'_>)| Level {
        keys: keys.iter().map(|&key| key.to_owned()).collect(),
        cells: cells.iter().map(|(texts, of)| cell(&query.keys, keys, texts, *of)).collect(),
    };
    let outcome = Outcome::Cells(levels.iter().map(level).collect());
    Measured {
        query,
        kwartaal: "2025-K3".parse().unwrap(),
        outcome,
        jaar: Vec::new(),
        werklijst: None,
    }
}

fn cell(
    all: &[String],
    keys: &[&str],
    texts: &[&str],
    (value, clienten): (i64, u32),
) -> MeasuredCell {
    let text = |key: &String| {
        let at = keys.iter().position(|kept| kept == key);
        at.map_or(TOTAAL, |at| texts[at]).to_owned()
    };
    MeasuredCell {
        key: all.iter().map(text).collect(),
        value,
        bedrag_ct: None,
        clienten: Some(clienten),
        aanbieders: None,
        top_client: [0; 2],
        top_aanbieder: [0; 2],
        rows: clienten,
        ratio: None,
    }
}

/// Costs of these gemeenten (9901, 9902 …) in a quarter and of the region, a thousand euros a child.
fn kosten(counts: &[u32]) -> Measured {
    let of = |n: u32| (i64::from(n) * 100_000, n);
    let codes: Vec<String> = (1..=counts.len()).map(|at| format!("99{at:02}")).collect();
    let texts: Vec<[&str; 2]> = codes.iter().map(|code| [code.as_str(), "2025-K3"]).collect();
    let per_gemeente: Vec<(&[&str], (i64, u32))> =
        texts.iter().zip(counts).map(|(texts, n)| (texts.as_slice(), of(*n))).collect();
    let region: Cells<'_> = &[(&["2025-K3"], of(counts.iter().sum()))];
    measured(
        "kosten_totaal",
        &[(&["gemeente", "kwartaal"], &per_gemeente), (&["kwartaal"], region)],
    )
}

const ALLEN: Lezer<'_> = Lezer { minimum: 10, eigen: None };

fn gemeente(code: &str) -> Lezer<'_> {
    Lezer { minimum: 10, eigen: Some(code) }
}

/// Which figures are hidden, in the order of the cells.
fn hidden(measured: &[Measured], lezer: Lezer<'_>) -> Vec<bool> {
    let patroon = patroon(measured, lezer, None).unwrap();
    let mut out = Vec::new();
    for (query, one) in measured.iter().enumerate() {
        for (level, of_level) in one.levels().iter().enumerate() {
            out.extend(
                (0..of_level.cells.len()).map(|at| patroon.is_verborgen((query, level, at))),
            );
        }
    }
    out
}

#[test]
fn a_small_figure_takes_one_other_along() {
    let found = patroon(&[kosten(&[50, 4, 20, 30])], ALLEN, None).unwrap();
    assert_eq!((found.bewijs.n_primair, found.bewijs.n_secundair), (1, 1));
    assert!(found.bewijs.n_getuigen >= 2, "one lower and one higher, in children and in euros");
    assert!(found.is_verborgen((0, 0, 1)));
    assert!(!found.is_verborgen((0, 1, 0)), "an inner figure is hidden rather than the total");
}

#[test]
fn two_small_figures_need_room_together() {
    let found = patroon(&[kosten(&[50, 1, 1, 30])], ALLEN, None).unwrap();
    assert_eq!(found.bewijs.n_primair, 2);
    assert_eq!(found.bewijs.n_secundair, 1, "1 and 1 together leave no room below 10");
}

#[test]
fn where_nothing_is_small_nothing_is_hidden() {
    assert_eq!(hidden(&[kosten(&[50, 40, 0])], ALLEN), [false; 4]);
    let found = patroon(&[kosten(&[50, 40])], ALLEN, None).unwrap();
    assert_eq!((found.n_verborgen(), found.bewijs.n_getuigen), (0, 0));
}

#[test]
fn the_own_number_is_known_and_protects_nobody() {
    let found = hidden(&[kosten(&[3, 4, 20])], gemeente("9901"));
    assert_eq!(found[..2], [false, true], "its own 3 is shown, the 4 of the other is not");
    assert!(found[2] || found[3], "27 − 20 − 3 would be 4");
    let found = hidden(&[kosten(&[3, 0, 20])], gemeente("9901"));
    assert_eq!(found, [false; 4], "nought is shown, and nothing of others is small");
}

#[test]
fn the_same_quantity_in_another_query_is_the_same_figure() {
    let all = kosten(&[50, 4, 20, 30]);
    let of = |n: u32| (i64::from(n) * 100_000, n);
    let per_product: Cells<'_> = &[(&["45A04", "2025-K3"], of(104))];
    let product = measured("kosten_per_product", &[(&["productcode", "kwartaal"], per_product)]);
    let found = patroon(&[all.clone(), product], ALLEN, None).unwrap();
    assert_eq!(found.bewijs.n_secundair, 1, "the only product is the total: neither is hidden");
    let of_region: Cells<'_> = &[(&["2025-K3"], of(4))];
    let small = measured("kosten_per_product", &[(&["kwartaal"], of_region)]);
    let four = measured("kosten_totaal", &[(&["kwartaal"], of_region)]);
    assert_eq!(hidden(&[four, small], ALLEN), [true, true]);
}

#[test]
fn volume_and_euros_of_the_same_lines_go_together() {
    let cells: Cells<'_> = &[
        (&["45A04", "uur", "2025-K3"], (300_000, 3)),
        (&["45A05", "uur", "2025-K3"], (5_000_000, 50)),
    ];
    let keys: &[&str] = &["productcode", "eenheid", "kwartaal"];
    let kosten = measured("kosten_per_product", &[(keys, cells)]);
    let many: Cells<'_> = &[
        (&["45A04", "uur", "2025-K3"], (9_000, 30)),
        (&["45A05", "uur", "2025-K3"], (90_000, 50)),
    ];
    let volume = measured("volume_per_product", &[(keys, many)]);
    assert_eq!(hidden(&[kosten, volume], ALLEN), [true, false, true, false]);
}

#[test]
fn the_order_of_queries_does_not_change_what_is_proven() {
    let (one, other) = (kosten(&[50, 4, 20, 30, 2, 0]), kosten(&[1, 1, 1]));
    let found = patroon(std::slice::from_ref(&one), ALLEN, None).unwrap();
    assert_eq!(found, patroon(&[one], ALLEN, None).unwrap());
    let found = patroon(&[other], ALLEN, None).unwrap();
    assert!(found.is_verborgen((0, 1, 0)), "a total of 3 is small itself");
}

/// Costs of the region in four quarters and over the year; a child of two quarters counts once in the year.
fn met_jaar(quarters: [u32; 4], in_year: u32) -> Measured {
    let texts = [["2024-K4"], ["2025-K1"], ["2025-K2"], ["2025-K3"]];
    let of = |n: u32| (i64::from(n) * 100_000, n);
    let cells: Vec<(&[&str], (i64, u32))> =
        texts.iter().zip(quarters).map(|(texts, n)| (texts.as_slice(), of(n))).collect();
    let mut out = measured("kosten_totaal", &[(&["kwartaal"], &cells)]);
    let value = i64::from(quarters.iter().sum::<u32>()) * 100_000;
    let year = cell(&out.query.keys, &["kwartaal"], &["2024-K4_2025-K3"], (value, in_year));
    out.jaar = vec![Level { keys: vec!["kwartaal".to_owned()], cells: vec![year] }];
    out
}

#[test]
fn a_quarter_does_not_follow_from_the_year_and_the_others() {
    let found = patroon(&[met_jaar([50, 4, 40, 30], 90)], ALLEN, None).unwrap();
    assert_eq!((found.bewijs.n_primair, found.bewijs.n_secundair), (1, 1));
    assert!(found.is_verborgen((0, 0, 1)));
    let all_small = patroon(&[met_jaar([4, 3, 4, 5], 12)], ALLEN, None).unwrap();
    assert_eq!(all_small.n_verborgen(), 4);
    assert!(!all_small.is_verborgen((0, 1, 0)), "four small quarters may be seen as a year of 12");
}

#[test]
fn queries_of_one_quantity_need_not_look_at_the_same_rows() {
    let all = kosten(&[50, 4, 20, 30]);
    // Lines without a product are not in it: nobody is told how many these are.
    let cells: Cells<'_> =
        &[(&["45A04", "2025-K3"], (6_000_000, 60)), (&["45A05", "2025-K3"], (4_000_000, 41))];
    let per_product = measured("kosten_per_product", &[(&["productcode", "kwartaal"], cells)]);
    let found = patroon(&[all, per_product], ALLEN, None).unwrap();
    assert_eq!((found.bewijs.n_primair, found.bewijs.n_secundair), (1, 1));
}

#[test]
fn euros_that_are_mostly_of_one_child_are_hidden() {
    let mut one = kosten(&[50, 40, 20, 30]);
    let Outcome::Cells(levels) = &mut one.outcome else { panic!("cells") };
    levels[0].cells[2].top_client = [1_500_000, 20_000];
    let found = patroon(&[one], ALLEN, None).unwrap();
    assert!(found.is_verborgen((0, 0, 2)));
    assert_eq!((found.bewijs.n_primair, found.bewijs.n_secundair), (1, 1));
}
