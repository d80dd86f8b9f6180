//! Corrections of exports, which write a credit in more ways than a message may.

use std::collections::BTreeSet;

use maatstaf::dataset::manifest::{Sum, Uitkomst};

use crate::support::{Place, derived, export, number, read};

/// What counts of a file with these lines.
fn counted(rows: &[&[(&str, &str)]]) -> Sum {
    let place = Place::new();
    place.write("in/a.csv", export(rows));
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    let (_, reporting) = dataset.manifest.totals();
    reporting.uitkomsten.get(&Uitkomst::Geteld).copied().unwrap_or_default()
}

#[test]
fn a_credit_with_the_number_of_its_debit_takes_it_back() {
    let credit: &[(&str, &str)] = &[("volume", "-4"), ("bedrag", "-50,00")];
    assert_eq!(counted(&[&[], credit]), Sum::default());
}

#[test]
fn a_credit_that_names_nothing_finds_its_equal_and_the_correction_counts() {
    let t7 = ("toewijzingnummer", "T7");
    let credit = [("referentienummer", "C1"), t7, ("volume", "-4"), ("bedrag", "-50,00")];
    let again = [("referentienummer", "R2"), t7, ("volume", "5"), ("bedrag", "62,50")];
    assert_eq!(counted(&[&[t7], &credit, &again]), Sum { regels: 1, bedrag_ct: 6250 });
}

#[test]
fn a_mark_makes_a_positive_amount_a_credit_and_an_unknown_mark_a_reject() {
    for mark in ["C", "c", "credit", "CR"] {
        let credit = [("referentienummer", "C1"), ("debet_credit", mark)];
        assert_eq!(counted(&[&[], &credit]), Sum::default(), "{mark}");
    }
    let unknown = [("referentienummer", "C1"), ("debet_credit", "-")];
    assert_eq!(counted(&[&[], &unknown]), Sum { regels: 1, bedrag_ct: 5000 });
}

#[test]
fn a_child_is_the_same_child_in_a_file_with_other_numbers() {
    let place = Place::new();
    let back_office =
        [("referentienummer", "R2"), ("bsn", "ZN-12"), ("periode_begin", "01-06-2025")];
    // Under another heading the column is not held to the eleven-proof.
    let mixed = export(&[&[("referentienummer", "R3")], &back_office]);
    place.write("in/a.csv", export(&[&[]]));
    place.write("in/b.csv", mixed.replacen("bsn", "clientnummer", 1));
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    let rows = derived(&dataset, "declaraties");
    let clients: BTreeSet<i64> = rows.iter().map(|row| number(row, "client")).collect();
    assert_eq!((rows.len(), clients.len()), (3, 2));
}
