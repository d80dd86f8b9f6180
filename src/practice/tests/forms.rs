//! Each form read back by a library of its own: nothing here knows how this program reads a file.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use calamine::{Data, Reader, SheetVisible, Xlsx, open_workbook};
use polars::prelude::{AnyValue, ParquetReader, SerReader};

use super::Place;
use crate::practice::{Dialect, Form, MonthForm, Options, write_month};

/// The month that is written: three aanbieders, eight gemeenten, no planted fault.
const MONTH: u8 = 20;

/// What is compared of a line: reference, AGB code, first day, thousandths, eurocents.
type Seen = (String, String, String, i64, i64);

fn written(name: &str, form: MonthForm) -> Place {
    let place = Place::new(name);
    fs::create_dir_all(&place.0).unwrap();
    write_month(&Options::default(), MONTH, form, &place.0).unwrap();
    place
}

fn milli(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{part:0<3}").parse().unwrap()
}

/// The prestaties of a message, found with string searches only.
fn of_message(text: &str, out: &mut Vec<Seen>) {
    let tag = |part: &str, name: &str| {
        let open = format!(":{name}>");
        let begin = part.find(&open).unwrap() + open.len();
        part[begin..].split('<').next().unwrap().to_owned()
    };
    for part in text.split("<jw323:Prestatie>").skip(1) {
        out.push((
            tag(part, "ReferentieNummer"),
            tag(text, "Afzender"),
            tag(part, "Begindatum"),
            1000 * tag(part, "GeleverdVolume").parse::<i64>().unwrap(),
            tag(part, "Bedrag").parse().unwrap(),
        ));
    }
}

fn messages(place: &Place) -> Vec<Seen> {
    let mut seen = Vec::new();
    for entry in fs::read_dir(&place.0).unwrap() {
        of_message(&fs::read_to_string(entry.unwrap().path()).unwrap(), &mut seen);
    }
    seen.sort();
    seen
}

/// The lines of a text file, its columns found by these headings.
fn of_text(text: &str, delimiter: char, headings: [&str; 5]) -> Vec<Seen> {
    let mut rows = text.lines().map(|line| {
        line.split(delimiter).map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>()
    });
    let first = rows.find(|row| row.iter().any(|cell| cell == headings[0])).unwrap();
    let at = headings.map(|heading| first.iter().position(|cell| cell == heading).unwrap());
    let mut seen: Vec<Seen> = rows
        .filter(|row| row[at[0]].starts_with('R'))
        .map(|row| {
            let cents: String = row[at[4]].chars().filter(char::is_ascii_digit).collect();
            (
                row[at[0]].clone(),
                row[at[1]].clone(),
                iso(&row[at[2]]),
                milli(&row[at[3]].replace('.', "").replace(',', ".")),
                cents.parse().unwrap(),
            )
        })
        .collect();
    seen.sort();
    seen
}

/// `1-7-25`, `01-07-2025` or `2025-07-01` as the last.
fn iso(text: &str) -> String {
    let parts: Vec<u32> = text.split('-').map(|part| part.parse().unwrap()).collect();
    let (year, day) = if parts[0] > 31 { (parts[0], parts[2]) } else { (parts[2], parts[0]) };
    format!("{:04}-{:02}-{day:02}", if year < 100 { 2000 + year } else { year }, parts[1])
}

#[test]
fn a_month_holds_the_same_lines_in_every_text_form_and_in_messages() {
    let expected = messages(&written("berichten", MonthForm::Messages));
    assert!(expected.len() > 40, "{}", expected.len());
    let forms = [
        (
            Dialect::Puntkomma,
            ';',
            ["Referentienummer", "AGB-code", "Begindatum", "Volume", "Bedrag"],
        ),
        (
            Dialect::Komma,
            ',',
            [
                "referentie",
                "zorgaanbieder agb",
                "productperiode van",
                "geleverd volume",
                "ingediend bedrag",
            ],
        ),
        (
            Dialect::Tab,
            '\t',
            ["Regelnummer aanbieder", "Aanbieder AGB", "Startdatum", "Aantal", "Declaratiebedrag"],
        ),
        (
            Dialect::Windows,
            '\t',
            [
                "Regelnummer aanbieder",
                "AGB aanbieder",
                "Begin periode",
                "Aantal",
                "Gedeclareerd bedrag",
            ],
        ),
    ];
    for (dialect, delimiter, headings) in forms {
        let place = written(&format!("{dialect:?}"), MonthForm::Table(Form::Text(dialect)));
        let bytes = fs::read(place.0.join("declaraties.csv")).unwrap();
        let text = match dialect {
            Dialect::Windows => encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned(),
            _ => String::from_utf8(bytes.clone()).unwrap().replace('\u{feff}', ""),
        };
        // A remark over two lines would be no fault of the form.
        let text = text.replace("opmerking\ntweede", "opmerking tweede");
        let text =
            text.replace("afgestemd, zie", "afgestemd zie").replace("regel, met", "regel met");
        assert_eq!(of_text(&text, delimiter, headings), expected, "{dialect:?}");
        if dialect == Dialect::Windows {
            assert!(bytes.contains(&0x80) && std::str::from_utf8(&bytes).is_err());
            assert!(text.contains("Cliëntnummer") && text.lines().nth(2) == Some(""));
            let total: i64 = expected.iter().map(|line| line.4).sum();
            let last = text.lines().last().unwrap();
            let digits: String = last.chars().filter(char::is_ascii_digit).collect();
            assert_eq!((last.starts_with("Totaal\t"), digits), (true, total.to_string()));
        }
    }
}

#[test]
fn a_zip_holds_the_messages_themselves_without_a_time() {
    let place = written("zip", MonthForm::Archive);
    let file = File::open(place.0.join("berichten.zip")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let mut seen = Vec::new();
    for position in 0..archive.len() {
        let mut entry = archive.by_index(position).unwrap();
        assert_eq!(entry.last_modified(), Some(zip::DateTime::default()));
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        of_message(&text, &mut seen);
    }
    seen.sort();
    assert_eq!(seen, messages(&written("los", MonthForm::Messages)));
}

/// The cells of the sheet of declaraties, and the sheets.
pub(super) fn sheet(place: &Path) -> (Vec<Vec<Data>>, Vec<(String, SheetVisible)>) {
    let mut book: Xlsx<_> = open_workbook(place).unwrap();
    let sheets =
        book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible)).collect();
    let range = book.worksheet_range("Declaraties").unwrap();
    (range.rows().map(<[Data]>::to_vec).collect(), sheets)
}

#[test]
fn a_workbook_holds_numbers_and_days_a_total_and_a_hidden_sheet() {
    let expected = messages(&written("werkboekberichten", MonthForm::Messages));
    let place = written("werkboek", MonthForm::Table(Form::Workbook));
    let (rows, sheets) = sheet(&place.0.join("declaraties.xlsx"));
    assert_eq!(sheets[1], ("Toelichting".to_owned(), SheetVisible::Hidden));
    let heading = rows.iter().position(|row| row[0] == "Gemeente").unwrap();
    assert_eq!(heading, 3);
    let at = |name: &str| rows[heading].iter().position(|cell| cell == name).unwrap();
    let columns =
        ["Referentienummer", "Zorgaanbieder AGB", "Productperiode begin", "Volume"].map(at);
    let real = |cell: &Data| match cell {
        Data::Float(number) => *number,
        other => panic!("{other} is no number"),
    };
    let thousandths = |cell: &Data, scale: f64| format!("{:.0}", real(cell) * scale);
    let mut seen: Vec<Seen> = rows[heading + 1..rows.len() - 1]
        .iter()
        .map(|row| {
            let Data::DateTime(day) = &row[columns[2]] else { panic!("no day") };
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            (
                row[columns[0]].to_string(),
                row[columns[1]].to_string(),
                format!("{year:04}-{month:02}-{day:02}"),
                thousandths(&row[columns[3]], 1000.0).parse().unwrap(),
                thousandths(&row[at("Ingediend bedrag")], 100.0).parse().unwrap(),
            )
        })
        .collect();
    seen.sort();
    assert_eq!(seen, expected);
    let last = rows.last().unwrap();
    let total: i64 = expected.iter().map(|line| line.4).sum();
    assert_eq!(last[0], "Totaal");
    assert_eq!(thousandths(&last[at("Ingediend bedrag")], 100.0), total.to_string());
}

#[test]
fn a_workbook_of_text_has_no_number_in_it() {
    let place = written("tekstwerkboek", MonthForm::Table(Form::TextWorkbook));
    let (rows, _) = sheet(&place.0.join("declaraties.xlsx"));
    let cells: Vec<&Data> = rows.iter().flatten().collect();
    assert!(cells.iter().all(|cell| matches!(cell, Data::String(_) | Data::Empty)));
    let days: BTreeSet<String> = rows[1..].iter().map(|row| row[6].to_string()).collect();
    assert!(days.contains("01-06-2025"), "{days:?}");
}

/// The cells of a row, one after the other.
pub(super) fn parquet_row(path: &Path, row: usize) -> String {
    let frame = ParquetReader::new(File::open(path).unwrap()).finish().unwrap();
    frame.get_row(row).unwrap().0.iter().map(ToString::to_string).collect()
}

#[test]
fn parquet_holds_typed_columns() {
    let expected = messages(&written("parquetberichten", MonthForm::Messages));
    let place = written("parquet", MonthForm::Table(Form::Parquet));
    let file = File::open(place.0.join("declaraties.parquet")).unwrap();
    let frame = ParquetReader::new(file).finish().unwrap();
    let value =
        |name: &str, row: usize| frame.column(name).unwrap().get(row).unwrap().into_static();
    let scaled = |name: &str, row: usize, scale: f64| match value(name, row) {
        AnyValue::Float64(number) => format!("{:.0}", number * scale).parse::<i64>().unwrap(),
        other => panic!("{other:?} is no number"),
    };
    let text = |name: &str, row: usize| value(name, row).get_str().unwrap().to_owned();
    let mut seen: Vec<Seen> = (0..frame.height())
        .map(|row| {
            (
                text("referentienummer", row),
                text("agb", row),
                value("periode_begin", row).to_string(),
                scaled("volume", row, 1000.0),
                scaled("bedrag", row, 100.0),
            )
        })
        .collect();
    seen.sort();
    assert_eq!(seen, expected);
}

#[test]
fn every_form_gives_the_same_bytes_again() {
    for (position, form) in MonthForm::ALL.into_iter().enumerate() {
        let bytes = |turn: &str| -> Vec<Vec<u8>> {
            let place = written(&format!("{turn}{position}"), form);
            let mut paths: Vec<_> =
                fs::read_dir(&place.0).unwrap().map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            assert!(!paths.is_empty());
            paths.iter().map(|path| fs::read(path).unwrap()).collect()
        };
        assert_eq!(bytes("een"), bytes("twee"), "{form:?}");
    }
}
