//! The workbook of the sample document, opened again.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::Workbook;

use super::*;
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn, Value};
use crate::report::{sample, shown};

/// Parts of a workbook as text.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        out.insert(part.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned());
    }
    out
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// What a cell must hold when it is opened.
fn expected(value: &Value, kind: Kind) -> Data {
    match value {
        Value::Text(text) if text.is_empty() => Data::Empty,
        Value::Text(text) => Data::String(text.clone()),
        Value::Int(n) if kind == Kind::Hours => Data::Float(*n as f64 / 60.0),
        Value::Int(n) => Data::Float(*n as f64),
        Value::Cents(ct) => Data::Float(*ct as f64 / 100.0),
        Value::Share(x) | Value::Decimal(x) => Data::Float(*x),
        Value::Date(date) => {
            let before = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            Data::Float((*date - before).num_days() as f64)
        }
        Value::Empty => Data::Empty,
        Value::Hidden | Value::Unknown { .. } => Data::String(shown::text(value, kind)),
    }
}

fn plain(data: &Data) -> Data {
    match data {
        Data::DateTime(date) => Data::Float(date.as_f64()),
        other => other.clone(),
    }
}

fn imprint() -> Imprint {
    Imprint::of(&sample::document(), "Proef")
}

/// One table as a workbook of one sheet.
fn one(table: Table, max_rows: usize) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = Sheet::list("Blad", table);
    body::write(book.add_worksheet(), &imprint(), &sheet, max_rows).unwrap();
    book.save_to_buffer().unwrap()
}

fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let range = open(bytes).worksheet_range(sheet).unwrap();
    let end = range.end().unwrap();
    let row = |y| (0..=end.1).map(|x| range.get_value((y, x)).map_or(Data::Empty, plain)).collect();
    (0..=end.0).map(row).collect()
}

#[test]
fn every_cell_of_the_sample_reads_back_as_it_was() {
    let document = sample::document();
    let bytes = report(&document).unwrap();
    let mut n = 0;
    for sheet in plan::report(&document, &mut names::Names::new(&lists::NAMES)) {
        let found = rows(&bytes, &sheet.name);
        assert_eq!(found[0][0], Data::String(sheet.table.caption.clone()));
        assert_eq!(found[1][0], Data::String("Naar inhoud".to_owned()));
        let headings = body::headings(&sheet.table).into_iter().map(Data::String);
        assert_eq!(found[3], headings.collect::<Vec<_>>(), "{}", sheet.name);
        assert_eq!(
            found.len(),
            4 + sheet.table.rows.len().max(usize::from(n == 0)),
            "{}",
            sheet.name
        );
        for (row, found) in sheet.table.rows.iter().zip(&found[4..]) {
            for ((cell, column), found) in row.cells.iter().zip(&sheet.table.columns).zip(found) {
                assert_eq!(*found, expected(&cell.value, column.kind), "{}", sheet.name);
                n += 1;
            }
        }
    }
    assert!(n > 100, "{n}");
}

#[test]
fn cents_come_back_to_the_cent_up_to_a_hundred_billion_euros() {
    let mut amounts: Vec<i64> = vec![0, 1, -1, 9_999_999_999_999];
    for power in 2..13 {
        let whole = 10_i64.pow(power);
        amounts.extend((-25..25).flat_map(|step| [whole + step, -whole * 7 - step]));
    }
    let mut table = Table::new("t", "Bedragen", vec![TableColumn::new("Bedrag", "", Kind::Cents)]);
    table.rows.extend(amounts.iter().map(|ct| Row::new(vec![Cell::new(Value::Cents(*ct))])));
    let found = rows(&one(table, MAX_ROWS), "Blad");
    for (ct, row) in amounts.iter().zip(&found[4..]) {
        let Data::Float(euros) = row[0] else { panic!("{ct}: {row:?}") };
        assert_eq!(format!("{:.0}", euros * 100.0), ct.to_string());
        // What Excel shows of it, with two decimals.
        assert_eq!(format!("{euros:.2}").replace('.', "").parse::<i64>().unwrap(), *ct);
    }
}

#[test]
fn an_amount_that_excel_cannot_hold_is_a_text() {
    let mut table = Table::new("t", "Groot", vec![TableColumn::new("Bedrag", "", Kind::Cents)]);
    table.rows.push(Row::new(vec![Cell::new(Value::Cents(i64::MAX))]));
    let found = rows(&one(table, MAX_ROWS), "Blad");
    assert_eq!(found[4][0], Data::String("92.233.720.368.547.758,07".to_owned()));
}

#[test]
fn a_text_is_never_a_formula_and_a_code_keeps_its_zeros() {
    let texts = ["=1+1", "+31", "-x", "@som", "=HYPERLINK(\"http://x\")", "0355", "{=A1}", "=\tx"];
    let kinds = [Kind::Text, Kind::Code];
    let columns = kinds.map(|kind| TableColumn::new("=Kop", "", kind)).to_vec();
    let mut table = Table::new("t", "=Titel", columns);
    table.source_line = "=Bron".to_owned();
    table.rows.extend(texts.map(|text| Row::new(vec![Cell::text(text), Cell::text(text)])));
    let bytes = one(table, MAX_ROWS);
    let found = rows(&bytes, "Blad");
    for (text, row) in texts.iter().zip(&found[4..]) {
        let text = Data::String((*text).to_owned());
        assert_eq!(*row, [text.clone(), text]);
    }
    assert_eq!(found[3][1], Data::String("=Kop 2".to_owned()), "no heading twice");
    assert!(!parts(&bytes)["xl/worksheets/sheet1.xml"].contains("<f>"));
}

#[test]
fn totals_stand_below_the_named_table_and_a_total_in_between_stays_where_it_is() {
    let columns = vec![TableColumn::new("Naam", "", Kind::Text)];
    let mut table = Table::new("t", "Titel", columns);
    table.rows = vec![
        Row::new(vec![Cell::text("a")]),
        Row::total(vec![Cell::text("tussen")]),
        Row::new(vec![Cell::text("b")]),
        Row::total(vec![Cell::text("Totaal")]),
        Row::total(vec![Cell::text("Totaal 2")]),
    ];
    let bytes = one(table, MAX_ROWS);
    let named = &parts(&bytes)["xl/tables/table1.xml"];
    assert!(
        named.contains("ref=\"A4:A7\"") && named.contains("eronder staat het totaal"),
        "{named}"
    );
    assert_eq!(rows(&bytes, "Blad").len(), 9);
}

#[test]
fn a_table_without_rows_says_so_and_a_longer_one_than_a_sheet_says_where_all_are() {
    let columns = vec![TableColumn::new("Naam", "", Kind::Text)];
    let mut table = Table::new("t", "Titel", columns);
    let found = rows(&one(table.clone(), MAX_ROWS), "Blad");
    assert_eq!(found[2][0], Data::String("Deze tabel heeft geen rijen.".to_owned()));
    table.rows = ["a", "b", "c"].map(|name| Row::new(vec![Cell::text(name)])).to_vec();
    table.rows.push(Row::total(vec![Cell::text("Totaal")]));
    let mut book = Workbook::new();
    let sheet = Sheet { csv: "tabellen/t.csv".to_owned(), ..Sheet::list("Blad", table) };
    body::write(book.add_worksheet(), &imprint(), &sheet, 2).unwrap();
    let found = rows(&book.save_to_buffer().unwrap(), "Blad");
    let names: Vec<String> = found[4..].iter().map(|row| row[0].to_string()).collect();
    assert_eq!(names, ["a", "b", "Totaal"]);
    let told = found[2][0].to_string();
    assert_eq!(told, "Dit zijn de eerste 2 van 3 rijen; alle staan in tabellen/t.csv.");
}

/// The chart of a figure, found by the name of its sheet in a range.
fn chart_of<'p>(parts: &'p BTreeMap<String, String>, sheet: &str) -> &'p str {
    let charts = parts.iter().filter(|(name, _)| name.starts_with("xl/charts/chart"));
    let mut found = charts.filter(|(_, text)| text.contains(&format!("'{sheet}'!")));
    found.next().unwrap().1
}

#[test]
fn a_hidden_bar_is_no_nought_and_leaves_no_number_in_the_chart() {
    let parts = parts(&report(&sample::document()).unwrap());
    let chart = chart_of(&parts, "Fig maatwerk nieuw");
    // Rows 5 to 9, the last hidden; Dorpsveen, the second, is what the finding is about.
    let rest = "('Fig maatwerk nieuw'!$B$5,'Fig maatwerk nieuw'!$C$6,'Fig maatwerk nieuw'!$B$7:$B$8,'Fig maatwerk nieuw'!$C$9)";
    assert!(chart.contains(rest), "{chart}");
    assert!(!chart.contains("$B$9") && !chart.contains("numCache"), "{chart}");
    assert!(chart.contains("Overeenkomsten · onderdrukt: Waterwolde"), "{chart}");
    assert!(chart.contains("<c:min val=\"0\"/>"), "bars from nought");
}

#[test]
fn a_provisional_quarter_is_dashed_and_said() {
    let parts = parts(&report(&sample::document()).unwrap());
    let chart = chart_of(&parts, "Fig maatwerk lopend");
    let n_dashed = chart.matches("<a:prstDash val=\"dash\"/>").count();
    assert_eq!((n_dashed, chart.contains("Gestippeld is voorlopig")), (1, true), "{chart}");
    // Eight quarters in rows 5 to 12; the dashed line begins at the last sure one.
    assert!(chart.contains("('Fig maatwerk lopend'!$B$5:$B$11,'Fig maatwerk lopend'!$C$12)"));
    assert!(chart.contains("('Fig maatwerk lopend'!$C$5:$C$10,'Fig maatwerk lopend'!$B$11:$B$12)"));
    assert!(chart.contains("<c:symbol val=\"circle\"/>"), "{chart}");
}

#[test]
fn two_runs_give_the_same_bytes_without_a_clock_or_a_user() {
    let document = sample::document();
    let files = werkmap(&document, &Templates::load(None).unwrap()).unwrap();
    assert_eq!(files, werkmap(&document, &Templates::load(None).unwrap()).unwrap());
    assert_eq!(files.len(), 1, "no lists, no second workbook");
    let parts = parts(&files[0].1);
    let core = &parts["docProps/core.xml"];
    assert_eq!(core.matches("2025-10-30T00:00:00Z").count(), 2, "{core}");
    assert!(core.contains("<dc:creator>maatstaf 0.1.0</dc:creator>"), "{core}");
    assert!(core.contains("<dc:language>nl-NL</dc:language>"), "{core}");
    let english: Vec<&String> =
        parts.iter().filter(|(_, text)| text.contains("en-US")).map(|(name, _)| name).collect();
    assert!(english.is_empty(), "{english:?}");
    assert!(chart_of(&parts, "Fig maatwerk nieuw").contains("<c:lang val=\"nl-NL\"/>"));
}

#[test]
fn cases_have_a_workbook_of_their_own() {
    let mut document = sample::document();
    let mut list =
        Table::new("z43_loopt_af", "Loopt af", vec![TableColumn::new("Client", "", Kind::Code)]);
    list.rows.push(Row::new(vec![Cell::text("rij van een kind")]));
    document.werklijsten.push(list);
    let files = werkmap(&document, &Templates::load(None).unwrap()).unwrap();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["rapport.xlsx", "werklijsten.xlsx"]);
    let is_in = |bytes: &[u8]| parts(bytes).values().any(|text| text.contains("rij van een kind"));
    assert_eq!((is_in(&files[0].1), is_in(&files[1].1)), (false, true));
    assert_eq!(open(&files[1].1).sheet_names(), ["Voorblad", "Inhoud", "Z43 loopt af"]);
}

#[test]
fn every_text_of_the_report_is_in_the_workbook() {
    let document = sample::document();
    let all: String = parts(&report(&document).unwrap())["xl/sharedStrings.xml"].clone();
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut texts: Vec<&str> = vec![&document.front.purpose, &document.front.verdict.text];
    texts.extend(document.front.findings.iter().map(|finding| finding.text.as_str()));
    for section in &document.sections {
        texts.extend(section.conclusion.as_deref());
        for block in &section.blocks {
            match block {
                Block::Paragraph(text) | Block::Note(_, text) => texts.push(text),
                Block::List(items) => texts.extend(items.iter().map(String::as_str)),
                Block::Definitions(all) => texts.extend(all.iter().map(|one| one.text.as_str())),
                _ => {}
            }
        }
    }
    texts.extend(document.figures().map(crate::report::document::FigureBlock::alt));
    assert!(texts.len() > 10);
    for text in texts {
        assert!(all.contains(&escaped(text)), "{text}");
    }
}
