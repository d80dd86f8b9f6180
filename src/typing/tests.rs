//! Cells in machine form beside cells as text, in every type of column.

use std::sync::Arc;

use super::*;
use crate::schema::{DECLARATIES, PLANNEN, TOEWIJZINGEN, Table};
use crate::sources::raw::SourceFile;
use crate::typing::styles::Frozen;

/// Types one row after another; `#` before a cell marks one in machine form. Values as text, faults behind them.
fn typed(table: &'static Table, names: &[&str], rows: &[&[&str]]) -> Vec<Vec<String>> {
    let file = Arc::new(SourceFile { path: "x".into(), sha256: "0".repeat(64), bytes: 0 });
    let headings: Arc<[String]> = names.iter().map(|name| (*name).to_owned()).collect();
    let targets: Arc<[Option<usize>]> = names.iter().map(|name| table.position(name)).collect();
    let mut raw = RawTable::new(table, file, headings, targets, false);
    for (i, row) in rows.iter().enumerate() {
        let cells = row.iter().map(|cell| match cell.strip_prefix('#') {
            Some(native) => (native.as_bytes(), true),
            None => (cell.as_bytes(), false),
        });
        raw.push_mixed(i as u64 + 2, cells);
    }
    let styles = Styles::decide(&raw, &Frozen::default());
    let key = Key::new([7; 32]);
    let gemeenten = BTreeMap::new();
    let typed = Typer { key: &key, gemeenten: &gemeenten }.type_block(&raw, &styles);
    let value = |name: &&str, row: usize| match &typed.columns[table.position(name).unwrap()] {
        TypedColumn::Text(values) => values[row].as_deref().unwrap_or("-").to_owned(),
        TypedColumn::Int(values) => values[row].map_or("-".into(), |v| v.to_string()),
        TypedColumn::Date(values) => {
            values[row].and_then(cells::date_of).map_or("-".into(), |date| date.to_string())
        }
        TypedColumn::Bool(values) => values[row].map_or("-".into(), |v| v.to_string()),
        TypedColumn::Absent => "absent".to_owned(),
    };
    (0..rows.len())
        .map(|row| {
            let mut out: Vec<String> = names.iter().map(|name| value(name, row)).collect();
            let at = raw.line(row);
            out.extend(typed.rejects.iter().filter(|r| r.line == at).map(|r| r.code.clone()));
            out
        })
        .collect()
}

#[test]
fn every_type_takes_cells_in_machine_form() {
    let names = [
        "gemeente",
        "agb",
        "referentienummer",
        "productcode",
        "productcategorie",
        "periode_begin",
        "volume_milli",
        "eenheid",
        "tarief_ct",
        "bedrag_ct",
    ];
    let machine = [
        "#355",
        "#1234567",
        "#20250001",
        "#45",
        "#5",
        "#2025-07-01",
        "#4.5",
        "#4",
        "#12.505",
        "#-1234.5",
    ];
    let text = [
        "0355",
        "01234567",
        "20250001",
        "45A04",
        "45",
        "01-07-2025",
        "4,5",
        "uur",
        "12,50",
        "-1.234,50",
    ];
    let rows = typed(&DECLARATIES, &names, &[&machine, &text]);
    assert_eq!(
        rows[0],
        [
            "0355",
            "01234567",
            "20250001",
            "45",
            "05",
            "2025-07-01",
            "4500",
            "04",
            "1251",
            "-123450",
            "MS222",
        ]
    );
    assert_eq!(
        rows[1],
        [
            "0355",
            "01234567",
            "20250001",
            "45A04",
            "45",
            "2025-07-01",
            "4500",
            "04",
            "1250",
            "-123450",
        ]
    );
    let names = ["plan_aanwezig", "uren_milli", "einddatum"];
    let rows = typed(&PLANNEN, &names, &[&["#true", "#2", "#9999-12-31"], &["#0", "#1e-1", ""]]);
    assert_eq!(rows[0], ["true", "2000", "-"]);
    assert_eq!(rows[1], ["false", "100", "-"]);
    let rows =
        typed(&TOEWIJZINGEN, &["geboortejaar"], &[&["#2010-02-14"], &["#2011"], &["14-2-12"]]);
    assert_eq!(rows.concat(), ["2010", "2011", "2012"]);
}

#[test]
fn a_client_is_the_same_child_as_number_and_as_text() {
    // 010000008 and 999900006 pass the eleven-proof.
    let rows = typed(
        &DECLARATIES,
        &["client"],
        &[&["#10000008"], &["010000008"], &["#999900006"], &["999900006"], &["#12"]],
    );
    assert_eq!(rows[0], rows[1]);
    assert_eq!(rows[2], rows[3]);
    assert_ne!(rows[0], rows[2]);
    assert_eq!(rows[4], ["-", "RS037"]);
}

#[test]
fn a_number_in_machine_form_has_no_thousands() {
    // As text this column would stay open.
    let rows = typed(&DECLARATIES, &["volume_milli", "bedrag_ct"], &[&["#1.234", "#81499"]]);
    assert_eq!(rows[0], ["1234", "8149900"]);
    let rows = typed(&DECLARATIES, &["bedrag_ct"], &[&["#0.30000000000000004"], &["#1.005"]]);
    assert_eq!(rows, [vec!["30".to_owned()], vec!["-".to_owned(), "MS217".to_owned()]]);
}
