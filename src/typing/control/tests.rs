//! Totals that agree, and totals that do not.

use std::sync::Arc;

use super::*;
use crate::schema::DECLARATIES;
use crate::sources::raw::SourceFile;

const COLUMNS: [&str; 3] = ["volume_milli", "bedrag_ct", "tarief_ct"];

fn table(rows: &[(u64, [&str; 3])]) -> RawTable {
    let file = Arc::new(SourceFile { path: "x.csv".into(), sha256: "0".repeat(64), bytes: 0 });
    let headings: Arc<[String]> = COLUMNS.map(str::to_owned).to_vec().into();
    let targets = COLUMNS.map(|name| DECLARATIES.position(name)).to_vec();
    let mut out = RawTable::new(&DECLARATIES, file, headings, targets.into(), false);
    for (line, row) in rows {
        out.push(*line, row.iter().map(|cell| cell.as_bytes()));
    }
    out
}

fn comma() -> Styles {
    Styles::all(Style::Number(Decimal::Comma), 3)
}

/// Rows as (line, cents or nothing); a volume of one each.
fn part(
    rows: &[(u64, Option<i64>)],
    totals: &[(u64, [&str; 3])],
    refused: &[(u64, Option<i64>)],
) -> Part {
    let cells: Vec<(u64, [&str; 3])> =
        rows.iter().map(|(line, _)| (*line, ["1", "", ""])).collect();
    let of = |name: &str, values: Vec<Option<i64>>| (DECLARATIES.position(name).unwrap(), values);
    let all = || {
        BTreeMap::from([
            of("bedrag_ct", rows.iter().map(|(_, ct)| *ct).collect()),
            of("volume_milli", vec![Some(1000); rows.len()]),
        ])
    };
    let values = Values { written: all(), signed: all() };
    let refused: Vec<Refused> =
        refused.iter().map(|(line, ct)| Refused { line: *line, bedrag_ct: *ct }).collect();
    Part::new(&table(&cells), &values, Some(&table(totals)), &comma(), &refused)
}

fn findings(parts: Vec<Part>) -> Vec<String> {
    let mut control = Control::default();
    let found = parts.into_iter().flat_map(|part| control.take(part));
    found.map(|r| format!("{} {} | {} | {:?}", r.line, r.found, r.expected, r.bedrag_ct)).collect()
}

#[test]
fn a_total_is_the_sum_of_all_rows_over_the_blocks_of_a_file() {
    let first = || part(&[(2, Some(100)), (3, Some(250))], &[], &[]);
    let second = |total| part(&[(4, Some(-50))], &[(5, ["3", total, "99"])], &[]);
    assert_eq!(findings(vec![first(), second("3,00")]), [""; 0]);
    let off = findings(vec![first(), second("3,01")]);
    assert_eq!(off, ["5 € 3,01 | € 3,00, de som van de regels erboven | Some(1)"]);
}

#[test]
fn subtotals_count_from_the_one_before_and_the_last_from_the_beginning() {
    let rows = [(2, Some(100)), (3, Some(200)), (5, Some(400)), (8, Some(800))];
    let totals = |second, last| [(4, ["", "3,00", ""]), (6, ["", second, ""]), (9, ["", last, ""])];
    assert_eq!(findings(vec![part(&rows, &totals("4,00", "15,00"), &[])]), [""; 0]);
    assert_eq!(findings(vec![part(&rows, &totals("7,00", "8,00"), &[])]), [""; 0]);
    assert_eq!(findings(vec![part(&rows, &totals("2,00", "15,01"), &[])]).len(), 2);
}

#[test]
fn a_row_that_cannot_be_read_makes_the_total_fail_and_says_so() {
    let found =
        findings(vec![part(&[(2, Some(100)), (3, None)], &[(5, ["", "3,00", ""])], &[(4, None)])]);
    let expected = "5 € 3,00 | € 1,00, de som van de regels erboven; bij 2 regels is de waarde niet te lezen | Some(200)";
    assert_eq!(found, [expected]);
    // A row of which only the amount is known counts with its amount.
    let known = part(&[(2, Some(100))], &[(5, ["", "3,00", ""])], &[(4, Some(200))]);
    assert_eq!(findings(vec![known]), [""; 0]);
    // A line below the total says nothing about it.
    assert_eq!(
        findings(vec![part(&[(2, Some(100))], &[(3, ["", "1,00", ""])], &[(4, None)])]),
        [""; 0]
    );
}

#[test]
fn a_volume_is_held_too_a_tariff_and_a_label_are_not() {
    let row = [(2, Some(100))];
    let found = findings(vec![part(&row, &[(3, ["1,5", "Totaal: 1,00", "7,00"])], &[])]);
    assert_eq!(found, ["3 1,500 | 1, de som van de regels erboven | None"]);
    assert_eq!(findings(vec![part(&row, &[(3, ["totaal", "", ""])], &[])]), [""; 0]);
    let unread = findings(vec![part(&row, &[(3, ["", "1.2,3.4", ""])], &[])]);
    assert_eq!(unread, ["3 1.2,3.4 | € 1,00, de som van de regels erboven | None"]);
}

#[test]
fn a_column_without_a_style_may_have_a_total_in_either() {
    assert_eq!(readings(b"1,234", false, Style::None, false), [1234, 1_234_000]);
    assert_eq!(readings(b"1,234", false, Style::Number(Decimal::Point), false), [1_234_000]);
    assert_eq!(readings(b"12.5", true, Style::None, true), [1250]);
    assert_eq!(readings(b"12", false, Style::None, true), [1200]);
}
