//! Decisions on small files.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::schema;
use crate::sources::raw::SourceFile;

fn block(rows: &[[&str; 5]]) -> RawTable {
    let file = Arc::new(SourceFile { path: "in/x.csv".into(), sha256: "0".repeat(64), bytes: 0 });
    let headings: Arc<[String]> =
        ["client", "tarief", "bedrag", "begin", "eind"].map(str::to_owned).to_vec().into();
    let table = &schema::DECLARATIES;
    let at = |name| table.position(name);
    let targets =
        [at("client"), at("tarief_ct"), at("bedrag_ct"), at("periode_begin"), at("periode_eind")];
    let mut out = RawTable::new(table, file, headings, targets.to_vec().into(), false);
    for (i, row) in rows.iter().enumerate() {
        out.push(i as u64, row.iter().map(|c| c.as_bytes()));
    }
    out
}

fn decided(rows: &[[&str; 5]]) -> Styles {
    Styles::decide(&block(rows), &Frozen::default())
}

fn styles(rows: &[[&str; 5]]) -> Vec<Style> {
    decided(rows).columns.iter().map(|one| one.style).collect()
}

const POINT: Style = Style::Number(Decimal::Point);
const COMMA: Style = Style::Number(Decimal::Comma);
const DAY: Style = Style::Date(DayOrder::DayFirst);
const MONTH: Style = Style::Date(DayOrder::MonthFirst);

#[test]
fn an_ambiguous_column_follows_its_file_and_else_stays_open() {
    let with_help = decided(&[["1", "1.234", "12,50", "1-1-2025", ""]]);
    assert_eq!(with_help.columns[1].style, COMMA);
    assert_eq!(with_help.columns[1].grond, Grond::Kolommen);
    let alone = decided(&[["1", "81,499", "12", "1-1-2025", ""]]);
    assert_eq!(alone.columns[1].style, Style::Undecided);
    assert_eq!(alone.columns[2].style, Style::None);
    assert!(alone.is_open() && alone.undecided() == Some(1));
}

#[test]
fn a_comma_as_thousands_mark_is_settled_by_a_decimal_point_elsewhere() {
    assert_eq!(styles(&[["1", "81,499", "12.50", "1-1-2025", ""]])[1], POINT);
}

#[test]
fn two_styles_in_one_column_are_told_from_a_slip_of_the_pen() {
    let mut rows = vec![["1", "", "12,50", "", ""]; 19];
    rows.push(["1", "", "12.50", "", ""]);
    assert!(decided(&rows).columns[2].is_mixed);
    rows.extend([["1", "", "12,50", "", ""]; 2]);
    let slip = decided(&rows);
    assert!(!slip.columns[2].is_mixed && !slip.is_open());
    assert_eq!(slip.columns[2].style, COMMA);
}

#[test]
fn the_day_comes_first_unless_disproved() {
    let of = |begin, eind| {
        let found = styles(&[["1", "", "", begin, eind]]);
        (found[3], found[4])
    };
    assert_eq!(of("02-03-2025", ""), (DAY, DAY));
    assert_eq!(of("02-28-2025", ""), (MONTH, MONTH));
    assert_eq!(of("2025-02-28", "28-02-2025"), (DAY, DAY));
    // The first of a month fits either way: it follows the last, which does not.
    assert_eq!(of("07/01/2025", "07/31/2025"), (MONTH, MONTH));
    let both = decided(&[["1", "", "", "02-28-2025", ""], ["1", "", "", "28-02-2025", ""]]);
    assert_eq!(both.columns[3].style, DAY);
    assert!(both.columns[3].is_mixed);
}

#[test]
fn day_numbers_are_a_style_of_a_whole_column() {
    let serial = Style::Date(DayOrder::Serial);
    assert_eq!(styles(&[["1", "", "", "45292", "31-01-2024"]])[3..], [serial, DAY]);
    let rows = [["1", "", "", "45292", ""], ["1", "", "", "2024-01-01", ""]];
    assert_eq!(styles(&rows)[3], DAY);
}

#[test]
fn a_client_column_is_held_to_the_eleven_proof_when_nearly_all_pass() {
    let mut rows = vec![["999900006", "", "", "", ""]; 9];
    rows.push(["999900007", "", "", "", ""]);
    assert_eq!(styles(&rows)[0], Style::Client(ClientKind::Bsn));
    let numbers = [["ZN-12", "", "", "", ""], ["999900006", "", "", "", ""]];
    assert_eq!(styles(&numbers)[0], Style::Client(ClientKind::Number));
}

#[test]
fn short_bsns_get_their_zeros_back_unless_zeros_were_kept() {
    // 010000008 passes the eleven-proof.
    let lost = decided(&[["999900006", "", "", "", ""], ["10000008", "", "", "", ""]]);
    assert!(lost.columns[0].pads && lost.columns[0].style == Style::Client(ClientKind::Bsn));
    let kept = [
        ["999900006", "", "", "", ""],
        ["010000008", "", "", "", ""],
        ["10000008", "", "", "", ""],
    ];
    assert!(!decided(&kept).columns[0].pads);
}

#[test]
fn what_is_frozen_goes_before_what_the_file_says() {
    let orders = |text: &[&str]| -> Vec<Opdracht> {
        text.iter().map(|one| Opdracht::lees(one, &BTreeMap::new()).unwrap()).collect()
    };
    let block = block(&[["1", "", "81,499", "03-04-2025", ""]]);
    let of = |text: &[&str]| {
        let opdrachten = orders(text);
        Styles::decide(&block, &Frozen { opdrachten: &opdrachten, leveranciers: &[] })
    };
    let one = of(&["bedrag=1,234.56", "x.csv:bedrag=1.234,56", "y.csv:bedrag=1,234.56"]);
    assert_eq!((one.columns[2].style, one.columns[2].grond), (COMMA, Grond::Opdracht));
    assert!(!one.is_open());
    assert_eq!(
        one.describe(&block.headings),
        [
            "client: cliëntnummer, geen elfproef",
            "bedrag: 1.234,56 (decimale komma) [--stijl]",
            "begin: dd-mm-jjjj [zoals gebruikelijk]"
        ]
    );
    let date = of(&["periode_begin=mm-dd-jjjj", "bedrag=1,234.56"]);
    assert_eq!((date.columns[3].style, date.columns[2].style), (MONTH, POINT));
    let frozen = date.freezable(&block);
    assert_eq!(frozen["periode_begin"], "mm-dd-jjjj");
    assert_eq!(frozen["bedrag"], "1,234.56");
}
