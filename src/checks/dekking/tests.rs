//! Contracts and agreements at the edges of their days.

use polars::prelude::{Column, DataFrame, DataType};

use super::*;
use crate::schema::{CONTRACTEN, OVEREENKOMSTEN, Table};

fn texts(name: &str, values: &[&str]) -> Column {
    let filled = values.iter().map(|value| (!value.is_empty()).then_some(*value));
    Column::new(name.into(), filled.collect::<Vec<_>>())
}

fn days(name: &str, values: &[Option<i32>]) -> Column {
    Column::new(name.into(), values).cast(&DataType::Date).unwrap()
}

fn tabel(table: &'static Table, n: usize, columns: Vec<Column>) -> Tabel {
    Tabel { table, frame: DataFrame::new(n, columns).unwrap() }
}

type Row<'r> = (&'r str, &'r str, &'r str, i32, Option<i32>);

/// Product, segment, kind, first and last day; all of aanbieder `Anders`.
fn contracten(rows: &[Row<'_>]) -> Contracten {
    let agb: Vec<&str> = rows.iter().map(|_| "1").collect();
    let columns = vec![
        texts("agb", &agb),
        texts("productcode", &rows.iter().map(|r| r.0).collect::<Vec<_>>()),
        texts("segment", &rows.iter().map(|r| r.1).collect::<Vec<_>>()),
        texts("soort", &rows.iter().map(|r| r.2).collect::<Vec<_>>()),
        days("ingangsdatum", &rows.iter().map(|r| Some(r.3)).collect::<Vec<_>>()),
        days("einddatum", &rows.iter().map(|r| r.4).collect::<Vec<_>>()),
    ];
    let names = [("1".to_owned(), "Anders".to_owned())].into();
    Contracten::new(&tabel(&CONTRACTEN, rows.len(), columns), &names)
}

#[track_caller]
fn check(rows: &[Row<'_>], product: Option<&str>, day: i32, expected: Option<&str>) {
    let contracten = contracten(rows);
    assert_eq!(contracten.of("Anders", product, Some("4")).soort(day, day), expected);
}

#[test]
fn a_contract_covers_its_first_and_last_day_and_not_the_days_beside_them() {
    let rows = [("45A53", "", "regulier", 100, Some(200))];
    for (day, expected) in [(99, "geen"), (100, "regulier"), (200, "regulier"), (201, "geen")] {
        check(&rows, Some("45A53"), day, Some(expected));
    }
    check(&[("45A53", "", "regulier", 100, None)], Some("45A53"), i32::MAX, Some("regulier"));
}

#[test]
fn the_lowest_kind_counts_whatever_the_order_and_the_spelling() {
    let rows = [
        ("45A53", "", "proef", 0, None),
        ("45A53", "", "AFBOUW", 0, None),
        ("45A53", "", "lta", 0, None),
        ("45A53", "", "Regulier", 0, Some(10)),
    ];
    check(&rows, Some("45A53"), 10, Some("regulier"));
    check(&rows, Some("45A53"), 11, Some("LTA"));
    check(&rows[..2], Some("45A53"), 11, Some("afbouw"));
    check(&rows[..1], Some("45A53"), 11, Some("proef"));
}

#[test]
fn another_product_or_aanbieder_is_not_covered() {
    let rows = [("45A53", "", "regulier", 0, None)];
    check(&rows, Some("45A54"), 5, Some("geen"));
    let contracten = contracten(&rows);
    assert_eq!(contracten.of("Iemand", Some("45A53"), None).soort(5, 5), Some("geen"));
}

#[test]
fn a_contract_without_a_product_is_about_its_segment_or_about_everything() {
    check(&[("", "4", "regulier", 0, None)], Some("45A53"), 5, Some("regulier"));
    check(&[("", "5", "regulier", 0, None)], Some("45A53"), 5, Some("geen"));
    check(&[("", "", "LTA", 0, None)], Some("45A53"), 5, Some("LTA"));
}

#[test]
fn what_cannot_be_told_is_not_said_to_be_uncovered() {
    // No base product, no table, and a segment that may or may not be that of the product.
    let rows = [("45A53", "", "regulier", 0, None)];
    check(&rows, None, 5, None);
    check(&[], Some("45A53"), 5, None);
    let contracten = contracten(&[("", "4", "regulier", 0, Some(10))]);
    let dekking = contracten.of("Anders", Some("45A53"), None);
    assert_eq!((dekking.soort(10, 10), dekking.soort(11, 11)), (None, Some("geen")));
}

/// Number, aanbieder, product, first and last day; all of client 7.
fn register(rows: &[Row<'_>]) -> Register {
    let columns = vec![
        Column::new("client".into(), vec![7_i64; rows.len()]),
        texts("maatwerk_id", &rows.iter().map(|r| r.0).collect::<Vec<_>>()),
        texts("agb", &rows.iter().map(|r| r.1).collect::<Vec<_>>()),
        texts("productcode", &rows.iter().map(|r| r.2).collect::<Vec<_>>()),
        days("ingangsdatum", &rows.iter().map(|r| Some(r.3)).collect::<Vec<_>>()),
        days("einddatum", &rows.iter().map(|r| r.4).collect::<Vec<_>>()),
    ];
    Register::new(&tabel(&OVEREENKOMSTEN, rows.len(), columns), &HashMap::new())
}

#[test]
fn an_agreement_covers_client_and_aanbieder_on_both_its_days() {
    let register = register(&[("MW-1", "A", "45M53", 100, Some(200))]);
    let ask = |client, aanbieder, day| register.overeenkomst(client, aanbieder, [None; 2], day);
    for (day, expected) in [(99, "geen"), (100, "MW-1"), (200, "MW-1"), (201, "geen")] {
        assert_eq!(ask(7, "A", day), Some(expected), "{day}");
    }
    assert_eq!(ask(8, "A", 150), Some("geen"));
    assert_eq!(ask(7, "B", 150), Some("geen"));
}

#[test]
fn of_several_agreements_the_one_about_the_product_counts_then_the_newest_then_the_lowest() {
    let register = register(&[
        ("MW-1", "A", "45M53", 100, None),
        ("MW-3", "A", "45M60", 120, None),
        ("MW-2", "A", "45M60", 120, None),
    ]);
    let ask = |codes| register.overeenkomst(7, "A", codes, 130);
    assert_eq!(ask([Some("45M53"), Some("45A53")]), Some("MW-1"));
    assert_eq!(ask([Some("45M99"), Some("45A99")]), Some("MW-2"));
    assert_eq!(ask([Some("45M60"), None]), Some("MW-2"));
}

#[test]
fn without_a_register_nothing_is_known() {
    assert_eq!(register(&[]).overeenkomst(7, "A", [None; 2], 5), None);
}
