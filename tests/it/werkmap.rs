//! The workbook of the report, opened by others: calamine, the XML itself, and `LibreOffice`.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use calamine::{Data, Ods, Range, Reader as _, Xlsx};

use crate::privacy::{hits, scanner};
use crate::support::{Place, files_below, is_of_kind, sample_data};

/// A written report for one audience.
struct Written {
    place: Place,
    files: BTreeMap<String, Vec<u8>>,
}

fn written(publiek: &str) -> Written {
    let place = Place::new();
    let folder = place.path("uit");
    let data = sample_data();
    let words: [&Path; 8] = [
        Path::new("maatstaf"),
        Path::new("rapport"),
        &data,
        Path::new("--stil"),
        Path::new("--publiek"),
        Path::new(publiek),
        Path::new("--uit"),
        &folder,
    ];
    let outcome = maatstaf::cli::run(words.map(|word| OsString::from(word.as_os_str())));
    assert_eq!(outcome.exit as u8, 0, "{}{}", outcome.text, outcome.notes);
    let files = files_below(&folder);
    Written { place, files }
}

fn intern() -> &'static Written {
    static MADE: OnceLock<Written> = OnceLock::new();
    MADE.get_or_init(|| written("intern"))
}

fn regio() -> &'static Written {
    static MADE: OnceLock<Written> = OnceLock::new();
    MADE.get_or_init(|| written("regio"))
}

type Book = Xlsx<Cursor<Vec<u8>>>;

impl Written {
    fn book(&self, name: &str) -> Book {
        Xlsx::new(Cursor::new(self.files[name].clone())).unwrap()
    }

    /// The parts of a workbook.
    fn parts(&self, name: &str) -> BTreeMap<String, Vec<u8>> {
        let mut archive = zip::ZipArchive::new(Cursor::new(self.files[name].as_slice())).unwrap();
        let mut out = BTreeMap::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            out.insert(part.name().unwrap().into_owned(), bytes);
        }
        out
    }

    /// The parts in a folder as text.
    fn texts(&self, name: &str, folder: &str) -> Vec<(String, String)> {
        let parts = self.parts(name).into_iter();
        let of = parts.filter(|(path, _)| path.starts_with(folder) && is_of_kind(path, "xml"));
        of.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
    }

    fn csv(&self, name: &str) -> Vec<Vec<String>> {
        let text = String::from_utf8(self.files[name].clone()).unwrap();
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .from_reader(text.as_bytes());
        let line = |record: csv::StringRecord| record.iter().map(ToOwned::to_owned).collect();
        reader.records().map(|record| line(record.unwrap())).collect()
    }
}

/// Every row of a sheet, from its first cell.
fn rows(range: &Range<Data>) -> Vec<Vec<Data>> {
    let Some(end) = range.end() else { return Vec::new() };
    let cell = |y, x| range.get_value((y, x)).cloned().unwrap_or(Data::Empty);
    (0..=end.0).map(|y| (0..=end.1).map(|x| cell(y, x)).collect()).collect()
}

/// A cell in the words of the CSV.
fn as_csv(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(date) => {
            let first = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            let days = format!("{:.0}", date.as_f64()).parse().unwrap();
            (first + chrono::Days::new(days)).to_string()
        }
        Data::Float(number) => format!("{number:.6}"),
        other => other.to_string(),
    }
}

fn same(cell: &Data, csv: &str) -> bool {
    if let Data::Float(number) = cell {
        let csv: f64 = csv.replace(',', ".").parse().unwrap_or(f64::NAN);
        return (number - csv).abs() < 6e-7;
    }
    let said = as_csv(cell);
    let csv = csv.replace("\r\n", "\n");
    said == csv || format!("'{said}") == csv
}

/// Sheets with the CSV that has the same rows, from the sheet that says so.
fn with_csv(written: &Written, name: &str) -> Vec<(String, String)> {
    let range = written.book(name).worksheet_range("Herkomst").unwrap();
    let rows = rows(&range);
    assert_eq!(rows[3][2], Data::String("Zelfde rijen als CSV".to_owned()));
    rows[4..].iter().map(|row| (row[0].to_string(), row[2].to_string())).collect()
}

#[track_caller]
fn compare(written: &Written, book: &mut Book, sheet: &str, path: &str) -> usize {
    let csv = written.csv(path);
    let found = rows(&book.worksheet_range(sheet).unwrap());
    let found = &found[4..];
    assert_eq!(found.len().max(1), (csv.len() - 1).max(1), "{sheet}: rows");
    for (row, line) in found.iter().zip(&csv[1..]) {
        for (x, text) in line.iter().enumerate() {
            let cell = row.get(x).unwrap_or(&Data::Empty);
            assert!(same(cell, text), "{sheet}: {cell:?} is not {text:?}");
        }
    }
    csv[1..].iter().map(Vec::len).sum()
}

#[test]
fn every_cell_of_every_table_is_that_of_its_csv() {
    for written in [intern(), regio()] {
        let mut book = written.book("rapport.xlsx");
        let pairs = with_csv(written, "rapport.xlsx");
        let n: usize = pairs.iter().map(|(s, path)| compare(written, &mut book, s, path)).sum();
        assert!(n > 1000, "{n}");
        // All of them: every table and the data of every figure.
        let named: BTreeSet<&str> = pairs.iter().map(|(_, path)| path.as_str()).collect();
        let is_table = |name: &&String| {
            is_of_kind(name, "csv")
                && (name.starts_with("tabellen/") || name.starts_with("figuren/"))
        };
        let all: BTreeSet<&str> =
            written.files.keys().filter(is_table).map(String::as_str).collect();
        assert_eq!(named, all);
    }
}

#[test]
fn the_cases_are_in_a_workbook_of_their_own_and_for_icm_only() {
    let written = intern();
    let mut book = written.book("werklijsten.xlsx");
    let names = book.sheet_names();
    let lists: Vec<&String> =
        written.files.keys().filter(|name| name.starts_with("werklijsten/")).collect();
    assert_eq!(
        (names.len(), &names[..2]),
        (lists.len() + 2, &["Voorblad", "Inhoud"].map(str::to_owned)[..])
    );
    for (sheet, path) in names[2..].iter().zip(&lists) {
        compare(written, &mut book, sheet, path);
    }
    assert!(!regio().files.contains_key("werklijsten.xlsx"));
}

#[test]
fn every_sheet_but_the_cover_has_one_table_below_its_title_and_nothing_is_merged() {
    for (written, name) in
        [(intern(), "rapport.xlsx"), (intern(), "werklijsten.xlsx"), (regio(), "rapport.xlsx")]
    {
        let sheets = written.texts(name, "xl/worksheets/sheet");
        let mut seen = 0;
        for (path, text) in &sheets {
            let n_tables = usize::from(!path.ends_with("/sheet1.xml"));
            assert_eq!(text.matches("<tablePart ").count(), n_tables, "{path}");
            assert_eq!(text.contains("state=\"frozen\""), n_tables == 1, "{path}");
            assert!(!text.contains("<mergeCell") && !text.contains("<f>"), "{path}");
            assert!(
                text.contains("orientation=\"landscape\"") && text.contains("fitToHeight=\"0\"")
            );
            seen += n_tables;
        }
        let tables = written.texts(name, "xl/tables/");
        assert_eq!((tables.len(), seen), (sheets.len() - 1, sheets.len() - 1));
        let mut names = BTreeSet::new();
        for (path, text) in &tables {
            assert!(text.contains(" ref=\"A4:") && text.contains("<autoFilter"), "{path}");
            let (_, rest) = text.split_once("altTextSummary=\"").unwrap();
            assert!(!rest.starts_with('"'), "{path}");
            let (_, rest) = text.split_once("displayName=\"").unwrap();
            names.insert(rest.split('"').next().unwrap().to_lowercase());
        }
        assert_eq!(names.len(), tables.len(), "each table has a name of its own");
    }
}

#[test]
fn every_link_leads_to_a_sheet() {
    for (written, name) in [(intern(), "rapport.xlsx"), (intern(), "werklijsten.xlsx")] {
        let sheets: BTreeSet<String> = written.book(name).sheet_names().into_iter().collect();
        let mut targets = BTreeSet::new();
        for (path, text) in written.texts(name, "xl/worksheets/sheet") {
            for rest in text.split("<hyperlink ").skip(1) {
                let (_, rest) = rest.split_once("location=\"").unwrap();
                let target = rest.split('"').next().unwrap().replace("&apos;", "'");
                let target = target.rsplit_once('!').unwrap().0.trim_matches('\'').to_owned();
                assert!(sheets.contains(&target), "{path}: {target}");
                targets.insert(target);
            }
        }
        assert_eq!(targets, &sheets - &BTreeSet::new(), "every sheet can be reached");
    }
}

#[test]
fn every_chart_and_picture_has_a_text_and_no_figure_is_left_out() {
    for written in [intern(), regio()] {
        let drawings = written.texts("rapport.xlsx", "xl/drawings/drawing");
        let (mut n, mut n_charts) = (0, 0);
        for (path, text) in &drawings {
            for element in text.split("<xdr:cNvPr ").skip(1) {
                let element = element.split_once('>').unwrap().0;
                let (_, rest) = element.split_once("descr=\"").unwrap_or_else(|| panic!("{path}"));
                let alt = rest.split('"').next().unwrap();
                assert!(alt.chars().count() > 40 && alt.ends_with('.'), "{path}: {alt}");
                n += 1;
            }
            n_charts += text.matches("<c:chart ").count();
        }
        let is_png = |name: &&String| name.starts_with("figuren/") && is_of_kind(name, "png");
        assert_eq!(n, written.files.keys().filter(is_png).count());
        assert!(n_charts >= 3, "{n_charts} charts of Excel");
    }
}

#[test]
fn a_chart_points_to_numbers_only() {
    for written in [intern(), regio()] {
        let mut book = written.book("rapport.xlsx");
        let mut n = 0;
        for (path, text) in written.texts("rapport.xlsx", "xl/charts/chart") {
            for values in text.split("<c:val>").skip(1) {
                let range = values.split_once("<c:f>").unwrap().1.split_once("</c:f>").unwrap().0;
                n += 1;
                for part in range.trim_matches(['(', ')']).split(",'") {
                    let (sheet, cells) = part.rsplit_once('!').unwrap();
                    let sheet = sheet.trim_matches('\'').replace("''", "'");
                    let range = book.worksheet_range(&sheet).unwrap();
                    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
                    let (x, top) = place(first);
                    for y in top..=place(last).1 {
                        let cell = range.get_value((y, x)).unwrap_or(&Data::Empty);
                        let fits = matches!(cell, Data::Float(_) | Data::Empty);
                        assert!(fits, "{path}: {sheet} {cells}: {cell:?}");
                    }
                }
            }
        }
        assert!(n >= 3, "{n} series");
    }
}

/// `$B$5` as column and row, from 0.
fn place(cell: &str) -> (u32, u32) {
    let (column, row) = cell.trim_start_matches('$').split_once('$').unwrap();
    let column = column.bytes().fold(0, |at, letter| at * 26 + u32::from(letter - b'A') + 1);
    (column - 1, row.parse::<u32>().unwrap() - 1)
}

#[test]
fn no_client_number_and_no_user_is_in_any_part() {
    let scanner = scanner();
    for name in ["rapport.xlsx", "werklijsten.xlsx"] {
        let place = Place::new();
        for (path, bytes) in intern().parts(name) {
            place.write(&path, bytes);
        }
        assert_eq!(hits(&scanner, &place.path("")), [""; 0], "{name}");
        for (path, text) in intern().texts(name, "docProps/") {
            for tag in ["dc:creator", "cp:lastModifiedBy"] {
                let opened = format!("<{tag}>");
                let mut found = text.split(&opened).skip(1);
                assert!(found.all(|rest| rest.starts_with("maatstaf ")), "{path}: {tag}");
            }
            let mut firms = text.split("<Company>").skip(1);
            assert!(firms.all(|rest| rest.starts_with("</")), "{path}: a company");
            assert!(!text.contains("<Manager>"), "{path}");
        }
        for (path, text) in intern().texts(name, "xl/comments") {
            let mut authors = text.split("<author>").skip(1);
            assert!(authors.all(|rest| rest.starts_with("maatstaf ")), "{path}");
        }
    }
}

#[test]
fn a_hidden_cell_is_a_word_and_an_unknown_one_has_its_reason() {
    let mut book = regio().book("rapport.xlsx");
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (sheet, _) in with_csv(regio(), "rapport.xlsx") {
        for row in rows(&book.worksheet_range(&sheet).unwrap()) {
            for cell in row {
                if let Data::String(text) = cell {
                    *words.entry(text).or_default() += 1;
                }
            }
        }
    }
    assert!(words["onderdrukt"] > 10 && words["niet te bepalen"] > 0);
    let notes = regio().texts("rapport.xlsx", "xl/comments");
    assert!(!notes.is_empty());
    let told = rows(&book.worksheet_range("Toelichting").unwrap());
    assert!(told.iter().any(|row| row[1] == Data::String("Niet te bepalen".to_owned())));
}

/// Numbers as they are written: runs of digits with points and commas, not part of a word.
fn numbers(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '_' | '-');
    text.split(|c: char| !is_part(c))
        .map(|word| word.trim_matches(['.', ',', '-']))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .collect()
}

#[test]
fn no_text_of_the_workbook_tells_a_number_that_the_rest_of_the_report_does_not() {
    let is_text = |name: &str| [".html", ".csv", ".txt"].iter().any(|end| name.ends_with(end));
    let rest = regio().files.iter().filter(|(name, _)| is_text(name));
    let rest: String = rest.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap()).collect();
    let told = numbers(&rest);
    let parts = ["xl/sharedStrings", "xl/drawings/drawing", "xl/comments"];
    let mut n = 0;
    for (path, text) in parts.iter().flat_map(|part| regio().texts("rapport.xlsx", part)) {
        let said: String = if path.contains("drawing") {
            text.split("descr=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
        } else {
            let text = text.replace("<t xml:space=\"preserve\">", "<t>");
            let texts = text.split("<t>").skip(1).filter_map(|rest| rest.split("</t>").next());
            // An address by place has the number of a row in it.
            let is_place = |text: &&str| text.starts_with("tabel/") || text.starts_with("figuur/");
            texts.filter(|text| !is_place(text)).collect::<Vec<&str>>().join(" ")
        };
        for number in numbers(&said) {
            assert!(told.contains(number), "{path}: {number}");
            n += 1;
        }
    }
    assert!(n > 50, "{n}");
}

/// Where `LibreOffice` is, when it is there.
fn office() -> Option<PathBuf> {
    let places = ["/usr/bin/soffice", "/usr/local/bin/soffice", "/opt/libreoffice/program/soffice"];
    places.into_iter().map(PathBuf::from).find(|path| path.is_file())
}

/// The same cells, as far as two formats can say the same.
fn equal(xlsx: &Data, ods: &Data) -> bool {
    let number = |data: &Data| match data {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::DateTime(date) => Some(date.as_f64()),
        _ => None,
    };
    match (number(xlsx), number(ods)) {
        (Some(one), Some(two)) => (one - two).abs() <= one.abs() * 1e-12,
        (None, None) => match ods {
            Data::DateTimeIso(date) => as_csv(xlsx) == *date,
            _ => xlsx.to_string() == ods.to_string(),
        },
        (Some(_), None) => matches!(ods, Data::DateTimeIso(date) if as_csv(xlsx) == *date),
        (None, Some(_)) => false,
    }
}

#[test]
fn libre_office_opens_it_and_finds_the_same_cells() {
    let Some(office) = office() else {
        println!("skipped: no LibreOffice here (apt-get install libreoffice-calc)");
        return;
    };
    for name in ["rapport", "werklijsten"] {
        let place = Place::new();
        let profile = format!("-env:UserInstallation=file://{}", place.path("profiel").display());
        let done = Command::new(&office)
            .args([&profile, "--headless", "--convert-to", "ods", "--outdir"])
            .arg(place.path("ods"))
            .arg(intern().place.path("uit").join(format!("{name}.xlsx")))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let bytes = std::fs::read(place.path("ods").join(format!("{name}.ods")));
        let bytes = bytes.unwrap_or_else(|error| panic!("{error}: {said}"));
        let mut ods: Ods<_> = Ods::new(Cursor::new(bytes)).unwrap();
        let mut xlsx = intern().book(&format!("{name}.xlsx"));
        assert_eq!(ods.sheet_names(), xlsx.sheet_names());
        let mut n = 0;
        for sheet in xlsx.sheet_names() {
            let (one, two) =
                (xlsx.worksheet_range(&sheet).unwrap(), ods.worksheet_range(&sheet).unwrap());
            for (y, row) in (0..).zip(rows(&one)) {
                for (x, cell) in (0..).zip(row) {
                    let other = two.get_value((y, x)).unwrap_or(&Data::Empty);
                    assert!(equal(&cell, other), "{sheet} {y} {x}: {cell:?}, {other:?}");
                    n += usize::from(cell != Data::Empty);
                }
            }
        }
        assert!(n > 500, "{n}");
    }
}
