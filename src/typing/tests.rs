//! Cells in machine form beside cells as text, in every type of column.

use std::sync::Arc;

use super::*;
use crate::schema::{DECLARATIES, OVEREENKOMSTEN, PLANNEN, TOEWIJZINGEN, Table};
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
fn every_type_of_a_declaratie_takes_cells_in_machine_form() {
    // Column, cell of a workbook, what it becomes, the same in text, what that becomes.
    let cells = [
        ("gemeente", "#355", "0355", "0355", "0355"),
        ("agb", "#1234567", "01234567", "01234567", "01234567"),
        ("referentienummer", "#20250001", "20250001", "20250001", "20250001"),
        ("productcode", "#45", "45", "45A04", "45A04"),
        ("productcategorie", "#5", "05", "45", "45"),
        ("periode_begin", "#2025-07-01", "2025-07-01", "01-07-2025", "2025-07-01"),
        ("volume_milli", "#4.5", "4500", "4,5", "4500"),
        ("eenheid", "#4", "04", "uur", "04"),
        ("tarief_ct", "#12.505", "1251", "12,50", "1250"),
        ("bedrag_ct", "#-1234.5", "-123450", "-1.234,50", "-123450"),
    ];
    let names = cells.map(|cell| cell.0);
    let rows = typed(&DECLARATIES, &names, &[&cells.map(|cell| cell.1), &cells.map(|cell| cell.3)]);
    assert_eq!(rows[0], [&cells.map(|cell| cell.2)[..], &["MS222"]].concat());
    assert_eq!(rows[1], cells.map(|cell| cell.4));
}

#[test]
fn every_type_of_other_tables_takes_cells_in_machine_form() {
    let names = ["plan_aanwezig", "uren_milli", "einddatum"];
    let rows = typed(&PLANNEN, &names, &[&["#true", "#2", "#9999-12-31"], &["#0", "#1e-1", ""]]);
    assert_eq!(rows[0], ["true", "2000", "-"]);
    assert_eq!(rows[1], ["false", "100", "-"]);
    let rows =
        typed(&TOEWIJZINGEN, &["geboortejaar"], &[&["#2010-02-14"], &["#2011"], &["14-2-12"]]);
    assert_eq!(rows.concat(), ["2010", "2011", "2012"]);
}

/// A date that cannot be read is one fault and tells neither year nor quarter.
#[test]
fn a_birth_date_tells_a_year_and_the_quarter_of_turning_eighteen() {
    let rows = typed(
        &TOEWIJZINGEN,
        &["geboortejaar"],
        &[&["31-12-2007"], &["#2008-01-01"], &["2008"], &[""], &["31-02-2008"]],
    );
    assert_eq!(rows[..4].concat(), ["2007", "2008", "2008", "-"]);
    assert_eq!(rows[4], ["-", "MS212"]);
}

#[test]
fn a_word_of_a_list_gets_its_own_spelling_and_another_is_left_out() {
    let rows = typed(
        &PLANNEN,
        &["uitvoerder_type"],
        &[&["Sociaal team"], &["gi"], &["lokale toegang"], &["buurman"], &[""]],
    );
    assert_eq!(rows[..3].concat(), ["sociaal team", "GI", "sociaal team"]);
    assert_eq!(rows[3], ["-", "MS226"]);
    assert_eq!(rows[4], ["-"]);
}

#[test]
fn an_account_that_cannot_be_one_is_told_and_still_compared() {
    let good = "NL91 ABNA 0417 1643 00";
    let rows = typed(
        &OVEREENKOMSTEN,
        &["iban"],
        &[&[good], &["nl91abna0417164300"], &["NL92ABNA0417164300"], &[""]],
    );
    assert_eq!(rows[0], rows[1]);
    assert_eq!(rows[2].len(), 2);
    assert_eq!(rows[2][1], "MS227");
    assert!(rows[2][0] != "-" && rows[2][0] != rows[0][0]);
    assert_eq!(rows[3], ["-"]);
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

/// Rows of cells that say different things about their styles; the same seed gives the same rows.
fn odd_rows(seed: u64) -> Vec<[&'static str; 6]> {
    const CELLS: [&[&str]; 6] = [
        &["0355", "355", "9901", "1581", "12", "x"],
        &["999900006", "10000008", "010000008", "999900018", "123456789", "ZN-1"],
        &["03-04-2025", "01-02-2025", "13-04-2025", "04-13-2025", "2025-04-03", "45292", ""],
        &["05-06-2025", "45292", "45293", ""],
        &["12", "12,50", "12.50", "1.234", "1,234", "1.234,56", "0.125", "12,-", ""],
        &["7", "81,499", "1.000", ""],
    ];
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005) | 1;
    let mut next = |n: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % n
    };
    // Few kinds of cell per column, so that most files nearly agree with themselves.
    let kinds: Vec<[&str; 3]> = CELLS
        .iter()
        .map(|cells| [cells[next(cells.len())], cells[next(cells.len())], cells[next(cells.len())]])
        .collect();
    (0..60)
        .map(|_| std::array::from_fn(|column| kinds[column][[0, 0, 0, 0, 1, 2][next(6)]]))
        .collect()
}

const ODD: [&str; 6] =
    ["gemeente", "client", "periode_begin", "periode_eind", "bedrag_ct", "volume_milli"];

/// A block of these rows.
fn odd_block(rows: &[[&str; 6]]) -> RawTable {
    let file = Arc::new(SourceFile { path: "x".into(), sha256: "0".repeat(64), bytes: 0 });
    let headings: Arc<[String]> = ODD.iter().map(|name| (*name).to_owned()).collect();
    let targets: Arc<[Option<usize>]> = ODD.iter().map(|n| DECLARATIES.position(n)).collect();
    let mut raw = RawTable::new(&DECLARATIES, file, headings, targets, false);
    for row in rows {
        raw.push(0, row.iter().map(|cell| cell.as_bytes()));
    }
    raw
}

/// What was noticed in these rows, and their values.
fn read(rows: &[[&str; 6]], styles: &Styles) -> (Vec<Seen>, Vec<String>) {
    let raw = odd_block(rows);
    let (key, gemeenten) = (Key::new([7; 32]), BTreeMap::new());
    let typed = Typer { key: &key, gemeenten: &gemeenten }.type_block(&raw, styles);
    let at = |name: &&str| DECLARATIES.position(name).unwrap();
    let values = ODD.iter().map(|name| format!("{:?}", typed.columns[at(name)])).collect();
    (typed.seen.clone(), values)
}

#[test]
fn a_decision_that_is_not_contradicted_is_the_decision_of_the_whole_file() {
    let (mut kept, mut contradicted) = (0, 0);
    for seed in 0..400 {
        let rows = odd_rows(seed);
        let first = 1 + usize::try_from(seed).unwrap() % (rows.len() - 1);
        let head = odd_block(&rows[..first]);
        let (styles, evidence) = (Styles::decide(&head, &Frozen::default()), styles::gather(&head));
        if styles.is_open() {
            continue;
        }
        let mut later = vec![Seen::default(); 6];
        let is_contradicted = rows[first..].chunks(7).any(|chunk| {
            let (seen, _) = read(chunk, &styles);
            later.iter_mut().zip(&seen).for_each(|(sum, more)| sum.merge(more));
            styles.is_contradicted(&head, &evidence, &later)
        });
        if is_contradicted {
            contradicted += 1;
            continue;
        }
        kept += 1;
        let whole = Styles::decide(&odd_block(&rows), &Frozen::default());
        assert!(!whole.is_open(), "seed {seed}: {rows:?}");
        assert_eq!(
            read(&rows, &styles).1,
            read(&rows, &whole).1,
            "seed {seed}, first {first}: {rows:?}"
        );
    }
    assert!(kept > 50 && contradicted > 50, "{kept} {contradicted}");
}
