//! Rejected rows are kept without the people in them, and a corrected file is read in their place.

use std::collections::BTreeMap;

use maatstaf::dataset::Dataset;
use maatstaf::dataset::afgekeurd::{AfgekeurdeRij, Waarde};
use maatstaf::rejects::Severity;
use maatstaf::schema::{DECLARATIES, Dtype, TABLES};
use maatstaf::typing::pseudonym::Key;

use crate::support::{
    BSN_1, BSN_2, Place, export, files_below, jw323, prestatie, read, read_into, rows_of,
    sample_data,
};

/// A value of a kept row.
fn value<'r>(row: &'r AfgekeurdeRij, column: &str) -> Option<&'r Waarde> {
    row.waarden[row.table.position(column).unwrap()].as_ref()
}

fn text(text: &str) -> Option<Waarde> {
    Some(Waarde::Text(text.to_owned()))
}

#[test]
fn a_rejected_row_is_kept_as_far_as_it_could_be_read() {
    let place = Place::new();
    place.write(
        "in/a.csv",
        export(&[
            &[],
            &[("bedrag", "vijftig"), ("bsn", BSN_2)],
            &[("bsn", "999900007"), ("referentienummer", BSN_1)],
        ]),
    );
    let line = prestatie("R7").replace("<m:Eenheid>04", "<m:Eenheid>99");
    place.write("in/b.xml", jw323(5000, &[(BSN_1, line)]));
    let dataset = read(&[place.path("in")], &place.path("uit"));
    let rows = dataset.afgekeurde_rijen().unwrap();
    let places: Vec<(bool, u64)> =
        rows.iter().map(|row| (row.file.ends_with("a.csv"), row.regel)).collect();
    assert_eq!(places.len(), 3, "{places:?}");
    assert_eq!(places[..2], [(true, 3), (true, 4)]);
    assert!(rows.iter().all(|row| row.table.name == DECLARATIES.name));
    let [first, second, third] = &rows[..] else { panic!("three rows") };
    assert_eq!(value(first, "bedrag_ct"), None);
    assert_eq!(value(first, "volume_milli"), Some(&Waarde::Int(4000)));
    assert_eq!(value(first, "referentienummer").cloned(), text("R1"));
    let begin = chrono::NaiveDate::from_ymd_opt(2025, 7, 1).unwrap();
    assert_eq!(value(first, "periode_begin"), Some(&Waarde::Date(begin)));
    assert!(rows.iter().all(|row| value(row, "client").is_none()));
    // A reference in which a BSN may stand is not kept, and it is said so.
    assert_eq!(value(second, "referentienummer"), None);
    assert_eq!(second.niet_bewaard, ["referentienummer"]);
    assert_eq!(value(second, "bedrag_ct"), Some(&Waarde::Int(5000)));
    assert_eq!(value(third, "eenheid"), None);
    assert_eq!(value(third, "referentienummer").cloned(), text("R7"));
    assert!(third.file.ends_with("b.xml"));
}

#[test]
fn only_the_pseudonym_of_the_client_is_kept_of_a_person() {
    let place = Place::new();
    let make = |byte: u8| {
        let target = place.path(&format!("uit-{byte}"));
        read_into(&[sample_data()], &target, &Key::new([byte; 32]), false).unwrap()
    };
    let (one, two) = (make(1), make(2));
    let persons: Vec<&str> = TABLES
        .iter()
        .flat_map(|table| table.columns)
        .filter(|column| column.is_person() && column.dtype != Dtype::Client)
        .map(|column| column.name)
        .chain(["wordt_18"])
        .collect();
    let kept = |dataset: &Dataset| -> BTreeMap<String, Vec<crate::support::Row>> {
        let folder = dataset.folder().join("afgekeurd");
        let names = files_below(&folder).into_keys();
        names.map(|name| (name.clone(), rows_of(&folder.join(&name)))).collect()
    };
    let (mut with_one, mut with_two) = (kept(&one), kept(&two));
    assert!(with_one.len() > 3 && with_one != with_two);
    for row in with_one.values_mut().chain(with_two.values_mut()).flatten() {
        assert!(persons.iter().all(|column| !row.contains_key(*column)), "{row:?}");
        row.remove("client");
    }
    assert_eq!(with_one, with_two);
}

#[test]
fn the_kept_rows_are_those_the_account_rejects() {
    let place = Place::new();
    let dataset = read(&[sample_data()], &place.path("uit"));
    let rows = dataset.afgekeurde_rijen().unwrap();
    let mut per_file: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &rows {
        *per_file.entry(&row.file).or_default() += 1;
    }
    let rejects = dataset.rejects().unwrap();
    let is_fatal = |file: &str, line: u64| {
        rejects.iter().any(|reject| {
            (reject.file.as_str(), reject.line, reject.severity) == (file, line, Severity::Fataal)
        })
    };
    assert!(rows.iter().all(|row| is_fatal(&row.file, row.regel)));
    let mut n_kept = 0;
    for entry in &dataset.manifest.bestanden {
        let kept = per_file.get(entry.pad.as_str()).copied().unwrap_or_default();
        assert!(kept <= entry.account.afgekeurd.regels, "{}", entry.pad);
        n_kept += kept;
    }
    assert_eq!(n_kept, rows.len() as u64);
    // What was read once stays, also when the dataset grows.
    let again = read(&[place.write("meer/x.csv", export(&[&[]]))], &place.path("uit"));
    assert_eq!(again.afgekeurde_rijen().unwrap().len(), rows.len());
}
