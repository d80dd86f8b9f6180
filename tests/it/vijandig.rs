//! Files that are made to do harm, or look as if: each is refused with place and reason, in bounded memory.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use maatstaf::dataset::Dataset;
use maatstaf::run::{Lees, Progress, lees};

use crate::fuzz::targets::{package, workbook_with};
use crate::job::TestJob;
use crate::support::{
    BSN_1, PRODUCT, Place, derived, export, jw301, jw323_of, key, read, region, with,
};

/// MB that reading any of these may take; a run on a file of one line takes some 40.
const MAX_MB: u64 = 400;

/// Checks a file: its exit code, words that must be told, and that memory stays bounded.
#[track_caller]
fn refused(name: &str, bytes: &[u8], exit: i32, words: &[&str]) -> String {
    let job = TestJob::new().file(name, bytes);
    let (seen, peak_mb) = job.measured(&["controleer", name]);
    seen.check(exit, words);
    assert!(peak_mb < MAX_MB, "{name}: {peak_mb} MB");
    let all = format!("{}{}", seen.out, seen.err);
    assert!(all.len() < 20_000, "{name}: {} bytes on the screen", all.len());
    all
}

const HEADING: &str = "gemeente;naam;jaar;jeugdigen\n";

#[test]
fn a_field_of_ten_megabytes_costs_its_own_row() {
    let long = "x".repeat(10 << 20);
    for (field, codes) in [
        (format!("\"{long}\""), &["MS202", "regel 2"][..]),
        (format!("\"{long}"), &["MS202", "regel 2"]),
        (long.clone(), &["regel 2"]),
    ] {
        let text = format!("{HEADING}9901;{field};2025;12\n9902;b;2025;13\n");
        let all = refused("a.csv", text.as_bytes(), 0, codes);
        assert!(all.contains("a.csv"), "{all}");
        let place = Place::new();
        let file = place.write("a.csv", &text);
        let dataset = read(&[file], &place.path("set"));
        let rows = derived(&dataset, "gemeenten");
        assert!(rows.iter().any(|row| row["gemeente"] == "9902"), "the next row is read");
    }
}

#[test]
fn a_hundred_thousand_columns_are_read_or_refused() {
    let names: Vec<String> = (0..100_000).map(|i| format!("kolom {i}")).collect();
    let heading = names.join(";");
    refused("a.csv", format!("{heading}\n{}\n", ";".repeat(99_999)).as_bytes(), 3, &["MS204"]);
    // Beside the columns of a table that is known, the others are not used and not listed in full.
    let good = HEADING.trim_end();
    let row = format!("9901;a;2025;12{}", ";".repeat(100_000));
    let text = format!("{good};{heading}\n{row}\n9902;b;2025;13\n");
    refused("a.csv", text.as_bytes(), 0, &["gemeenten", "MS201", "regel 3"]);
}

#[test]
fn messages_nested_without_end_are_refused_by_place() {
    let good = jw323_of(&["R1"]);
    let deep = "<m:x>".repeat(100_000);
    let nested = with(&good, "<m:Declaratie>", &format!("<m:Declaratie>{deep}"));
    refused("m.xml", nested.as_bytes(), 3, &["XSD", "m.xml, regel 4"]);
    // In an element of which nothing is looked at.
    let granted = jw301(1, PRODUCT, "");
    let named = with(&granted, "<m:Naam>", &format!("<m:Naam>{deep}"));
    refused("m.xml", named.as_bytes(), 3, &["MS251", "m.xml, regel 4", "te veel niveaus"]);
    refused("m.xml", format!("<m:Bericht xmlns:m=\"urn:x\">{deep}").as_bytes(), 3, &["m.xml"]);
    refused("m.xml", "<a>".repeat(1_000_000).as_bytes(), 3, &["MS204", "m.xml"]);
    let attributes: String = (0..100_000).fold(String::new(), |mut out, i| {
        write!(out, " a{i}=\"1\"").unwrap();
        out
    });
    let wide = with(&good, "<m:Declaratie>", &format!("<m:Declaratie{attributes}>"));
    refused("m.xml", wide.as_bytes(), 0, &["m.xml"]);
}

#[test]
fn entities_are_never_expanded_and_never_fetched() {
    let good = jw323_of(&["R1"]);
    let mut laughs = String::from("<!DOCTYPE b [<!ENTITY l0 \"ha\">\n");
    for i in 1..30 {
        let ten = format!("&l{};", i - 1).repeat(10);
        writeln!(laughs, "<!ENTITY l{i} \"{ten}\">").unwrap();
    }
    laughs += "]>\n<m:Bericht";
    let bomb = with(&with(&good, "<m:Bericht", &laughs), ">DN1<", ">&l29;<");
    refused("m.xml", bomb.as_bytes(), 3, &["MS252", "m.xml, regel 2"]);
    let secret = TestJob::new().file("geheim.txt", "zeer-geheim");
    let path = secret.place.path("geheim.txt");
    for kind in ["SYSTEM", "PUBLIC \"x\""] {
        let doctype =
            format!("<!DOCTYPE b [<!ENTITY x {kind} \"file://{}\">]>\n<m:Bericht", path.display());
        let outside = with(&with(&good, "<m:Bericht", &doctype), ">DN1<", ">&x;<");
        let all = refused("m.xml", outside.as_bytes(), 3, &["MS252"]);
        assert!(!all.contains("zeer-geheim"));
    }
    let parameter =
        with(&good, "<m:Bericht", "<!DOCTYPE b [<!ENTITY % p SYSTEM \"p\">%p;]>\n<m:Bericht");
    refused("m.xml", parameter.as_bytes(), 3, &["MS252"]);
}

#[test]
fn quotes_and_nothing_else_end() {
    for n in [1, 2, 3, 4, 1_000, 1_001, 5_000_000, 5_000_001] {
        let job = TestJob::new().file("a.csv", "\"".repeat(n));
        let (seen, peak_mb) = job.measured(&["controleer", "a.csv"]);
        seen.check(3, &["a.csv"]);
        assert!(peak_mb < MAX_MB, "{n}: {peak_mb} MB");
    }
    let below = format!("{HEADING}9901;a;2025;12\n{}\n9902;b;2025;13\n", "\"\n".repeat(200_001));
    refused("a.csv", below.as_bytes(), 0, &["MS202"]);
}

#[test]
fn nul_bytes_are_no_text_and_no_value() {
    refused("nul.csv", &vec![0; 3_000_000], 3, &["nul.csv"]);
    let place = Place::new();
    let text = format!("{HEADING}9901;a\0b;2025;12\n99\x0002;b;2025;13\n9903;c;2025;1\x004\n");
    let file = place.write("a.csv", &text);
    let dataset = read(&[file], &place.path("set"));
    let account = dataset.manifest.totals().0;
    // A name may hold anything; a code or a number with a NUL is a fault, or the file is no text at all.
    assert!(account.aanvaard.regels <= 1, "{account:?}");
    assert!(!dataset.rejects().unwrap().is_empty());
    // Beyond the first bytes, by which a file is recognised as text.
    let late = format!("{HEADING}{}9902;b;2025;1\x003\n", "9901;a;2025;12\n".repeat(10_000));
    let dataset = read(&[place.write("b.csv", late)], &place.path("laat"));
    let account = dataset.manifest.totals().0;
    assert_eq!((account.gelezen.regels, account.afgekeurd.regels), (10_001, 1));
}

#[test]
fn a_character_cut_by_the_edge_of_a_block_is_whole() {
    // Blocks are cut near 8 MB: characters of two, three and four bytes stand over every possible edge.
    let mut text = HEADING.to_owned();
    let names = ["é", "€", "😀", "ë€"];
    let mut n = 0;
    while text.len() < (8 << 20) + 4096 {
        writeln!(text, "{n};{};2025;12", names[n % 4].repeat(20 + n % 7)).unwrap();
        n += 1;
    }
    for shift in 0..4 {
        let place = Place::new();
        let shifted = text.replacen("0;", &format!("0{};", "0".repeat(shift)), 1);
        let file = place.write("a.csv", &shifted);
        let dataset = read(&[file], &place.path("set"));
        let codes = dataset.rejects().unwrap();
        assert!(codes.iter().all(|r| !["MS201", "MS202", "MS203"].contains(&r.code.as_str())));
        assert_eq!(dataset.manifest.totals().0.gelezen.regels, n as u64, "{shift}");
    }
    // At the end of the file there is nothing to wait for.
    let half = &format!("{HEADING}9901;a;2025;12\n9902;b;2025;1€").into_bytes();
    let place = Place::new();
    let file = place.write("a.csv", &half[..half.len() - 1]);
    let dataset = read(&[file], &place.path("set"));
    let account = dataset.manifest.totals().0;
    assert_eq!((account.gelezen.regels, account.aanvaard.regels), (2, 1));
}

/// A workbook with this as its only sheet.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    package(&workbook_with(sheet))
}

/// A sheet with children of two gemeenten, the second in this row.
fn sheet(dimension: &str, last_row: u32) -> String {
    let text = |at: String, value: &str| {
        format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
    };
    let row = |number: u32, values: [&str; 3]| {
        let cells: String = ["A", "B", "C"]
            .iter()
            .zip(values)
            .map(|(column, value)| text(format!("{column}{number}"), value))
            .collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"{dimension}\"/><sheetData>{}{}{}</sheetData></worksheet>",
        row(1, ["gemeente", "jaar", "jeugdigen"]),
        row(2, ["9901", "2025", "12"]),
        row(last_row, ["9902", "2025", "13"]),
    )
}

#[test]
fn a_sheet_that_says_it_is_huge_takes_no_more_than_what_is_in_it() {
    for (dimension, last_row) in [("A1:XFD1048576", 3), ("A1:C1048576", 1_048_576)] {
        let job = TestJob::new().file("a.xlsx", workbook(sheet(dimension, last_row).as_bytes()));
        let (seen, peak_mb) = job.measured(&["controleer", "a.xlsx"]);
        seen.check(0, &["gemeenten"]);
        assert!(peak_mb < MAX_MB, "{peak_mb} MB");
        let place = Place::new();
        let file = place.write("a.xlsx", workbook(sheet(dimension, last_row).as_bytes()));
        assert_eq!(derived(&read(&[file], &place.path("set")), "gemeenten").len(), 2);
    }
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let mut bomb = sheet("A1:C3", 3).replace("</sheetData>", "").replace("</worksheet>", "");
    bomb += &" ".repeat(200 << 20);
    bomb += "</sheetData></worksheet>";
    let bytes = workbook(bomb.as_bytes());
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    let job = TestJob::new().file("a.xlsx", bytes);
    let (seen, peak_mb) = job.measured(&["controleer", "a.xlsx"]);
    assert!([0, 3, 4].contains(&seen.exit), "{}", seen.err);
    assert!(peak_mb < MAX_MB, "{peak_mb} MB");
}

#[test]
fn a_workbook_that_breaks_off_gives_no_rows_at_all() {
    let mut rows = String::new();
    for row in 3..5_000 {
        write!(rows, "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{row:04}</t></is></c><c r=\"B{row}\"><v>2025</v></c><c r=\"C{row}\"><v>9</v></c></row>").unwrap();
    }
    let whole = sheet("A1:C5000", 5_000);
    let last = whole.rfind("<row").unwrap();
    let half = format!("{}{rows}", &whole[..last]);
    let whole = format!("{half}{}", &whole[last..]);
    let place = Place::new();
    let file = place.write("a.xlsx", workbook(half.as_bytes()));
    let dataset = read(&[file], &place.path("set"));
    assert!(derived(&dataset, "gemeenten").is_empty());
    let account = dataset.manifest.totals().0;
    assert_eq!((account.aanvaard.regels, account.afgekeurd.regels), (0, account.gelezen.regels));
    let rejects = dataset.rejects().unwrap();
    let found: Vec<(&str, &str)> =
        rejects.iter().map(|r| (r.code.as_str(), r.found.as_str())).collect();
    assert!(found.contains(&("MS247", "4.998 regels ervoor")), "{found:?}");
    assert!(found.iter().any(|(code, _)| *code == "MS273"), "{found:?}");
    // The whole file is no double of what did not count.
    let file = place.write("a.xlsx", workbook(whole.as_bytes()));
    let dataset = read(&[file], &place.path("set"));
    assert_eq!(derived(&dataset, "gemeenten").len(), 4_999);
    let rejects = dataset.rejects().unwrap();
    assert!(rejects.iter().all(|r| !["MS247", "MS273"].contains(&r.code.as_str())), "{rejects:?}");
}

#[test]
fn what_is_no_workbook_under_that_name_is_told_as_what_it_is() {
    let html = "<html><body><table><tr><td>gemeente</td></tr></table></body></html>";
    refused("a.xls", html.as_bytes(), 3, &["MS272", "a.xls", "webpagina"]);
    let mut old = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    old.resize(4096, 0);
    refused("a.xls", &old, 3, &["MS271", "a.xls"]);
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    old[1024..1024 + name.len()].copy_from_slice(&name);
    refused("geheim.xlsx", &old, 3, &["geheim.xlsx"]);
    let good = workbook(sheet("A1:C3", 3).as_bytes());
    refused("half.xlsx", &good[..good.len() / 2], 3, &["half.xlsx"]);
}

#[test]
fn an_archive_that_unpacks_without_end_is_refused() {
    let row = "9901;a;2025;12\n";
    let bomb = format!("{HEADING}{}", " ".repeat(150 << 20));
    let bytes = package(&[("a.csv", bomb.into_bytes())]);
    assert!(bytes.len() < 2 << 20, "{}", bytes.len());
    refused("a.zip", &bytes, 3, &["MS264", "a.zip"]);
    let inner = package(&[("b.csv", HEADING.as_bytes().to_vec())]);
    refused("a.zip", &package(&[("b.zip", inner)]), 3, &["MS265", "b.zip"]);
    let good = package(&[("b.csv", format!("{HEADING}{row}").into_bytes())]);
    refused("a.zip", &good[..good.len() - 30], 3, &["MS262", "a.zip"]);
}

#[test]
fn names_in_an_archive_are_shown_and_lead_nowhere() {
    let text = |code: u32| format!("{HEADING}{code};a;2025;12\n").into_bytes();
    let names = [
        "../../../weg.csv",
        "/tmp/weg.csv",
        "C:\\weg.csv",
        "map/../../weg2.csv",
        "bel\u{7}\u{1b}[31m.csv",
        "con.csv",
        "a\nFOUT  verzonnen.csv",
    ];
    let parts: Vec<(&'static str, Vec<u8>)> =
        names.iter().zip(9901..).map(|(name, code)| (*name, text(code))).collect();
    let job = TestJob::new().file("map/a.zip", package(&parts));
    let (seen, peak_mb) = job.measured(&["controleer", "map"]);
    seen.check(0, &["map/a.zip", "weg.csv"]);
    assert!(peak_mb < MAX_MB);
    let shown = seen.out.replace('\n', "");
    assert!(!shown.chars().any(char::is_control), "{:?}", seen.out);
    assert!(!seen.out.lines().any(|line| line.starts_with("FOUT  verzonnen")), "{}", seen.out);
    assert_eq!(job.names(), ["map"]);
    let place = Place::new();
    let file = place.write("a.zip", package(&parts));
    let dataset = read(&[file], &place.path("set"));
    assert_eq!(derived(&dataset, "gemeenten").len(), names.len());
    assert_eq!(place.names(), ["a.zip", "set"]);
}

#[test]
fn ten_thousand_different_faults_in_one_file_are_all_listed_and_add_up() {
    let faults: [(&str, &str); 10] = [
        ("bsn", "12345678"),
        ("agb", "99"),
        ("gemeente", "Nergenshuizen"),
        ("productcode", "45A0400"),
        ("periode_begin", "31-02-2025"),
        ("volume", "veel"),
        ("eenheid", "week"),
        ("bedrag", "12,345"),
        ("debet_credit", "x"),
        ("periode_eind", "01-01-0202"),
    ];
    let values: Vec<(usize, String, String)> = (0..10_000)
        .map(|i| {
            let (column, value) = faults[i % 10];
            (i % 10, column.to_owned(), format!("{value}{}", i / 10 % 10))
        })
        .collect();
    let numbers: Vec<String> = (0..10_000).map(|i| format!("R{i}")).collect();
    let rows: Vec<Vec<(&str, &str)>> = values
        .iter()
        .zip(&numbers)
        .map(|((_, column, value), number)| {
            vec![("referentienummer", number.as_str()), (column.as_str(), value.as_str())]
        })
        .collect();
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let text = export(&rows);
    let all = refused("a.csv", text.as_bytes(), 4, &["a.csv", "FOUT"]);
    assert!(all.lines().count() < 200, "{all}");
    let place = Place::new();
    let file = place.write("a.csv", &text);
    let dataset = read(&[file], &place.path("set"));
    let account = dataset.manifest.totals().0;
    assert_eq!(account.gelezen.regels, 10_000);
    assert_eq!(account.aanvaard.regels + account.afgekeurd.regels, 10_000);
    assert!(account.afgekeurd.regels >= 9_000, "{account:?}");
    assert!(dataset.manifest.open_accounts().is_empty());
    let rejects = dataset.rejects().unwrap();
    let lines: std::collections::BTreeSet<u64> = rejects.iter().map(|r| r.line).collect();
    assert!(lines.len() as u64 >= account.afgekeurd.regels);
    assert!(rejects.iter().all(|reject| !reject.found.contains(BSN_1)));
}

/// Does something to a file the moment its rows are about to be read, or after the first of them.
struct Meddler<'a> {
    act: &'a dyn Fn(),
    at_first_row: bool,
    is_done: bool,
}

impl Progress for Meddler<'_> {
    fn phase(&mut self, name: &str, _size: u64) {
        if !self.at_first_row && name == "lezen en controleren" {
            (self.act)();
        }
    }

    fn advance(&mut self, _bytes: u64, rows: u64, _rejected: u64) {
        if self.at_first_row && rows > 0 && !std::mem::replace(&mut self.is_done, true) {
            (self.act)();
        }
    }
}

/// Reads a file to which this happens.
fn meddled(path: &Path, target: &Path, at_first_row: bool, act: &dyn Fn()) -> Dataset {
    let region = region();
    let inputs: Vec<PathBuf> = vec![path.to_path_buf()];
    let job = Lees {
        inputs: &inputs,
        target,
        region: &region,
        aliases: &region.aliases,
        forced: &std::collections::BTreeMap::new(),
        stijlen: &[],
        key: &key(),
        stop: &AtomicBool::new(false),
    };
    lees(&job, &mut Meddler { act, at_first_row, is_done: false }).unwrap()
}

#[test]
fn a_file_that_changes_while_it_is_read_counts_for_nothing_until_it_is_whole() {
    let numbers: Vec<String> = (0..2_000).map(|i| format!("R{i}")).collect();
    let days: Vec<String> =
        (0..2_000).map(|i| format!("{:02}-07-{}", 1 + i % 28, 2021 + i / 500)).collect();
    let rows: Vec<[(&str, &str); 3]> = numbers
        .iter()
        .zip(&days)
        .map(|(number, day)| {
            [("referentienummer", number.as_str()), ("periode_begin", day), ("periode_eind", day)]
        })
        .collect();
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(<[_; 3]>::as_slice).collect();
    let csv = export(&rows);
    let xml = jw323_of(&["R1", "R2"]);
    for (name, text) in [("a.csv", &csv), ("m.xml", &xml)] {
        let place = Place::new();
        let path = place.write(name, text);
        let half = &text[..text.len() / 2];
        let other = text.replace("50,00", "51,00").replace(">5000<", ">6000<");
        let acts: [(&str, &dyn Fn(), bool); 4] = [
            ("groter", &|| fs::write(&path, format!("{text}\n")).unwrap(), false),
            ("kleiner", &|| fs::write(&path, half).unwrap(), false),
            ("gewijzigd", &|| fs::write(&path, &other).unwrap(), false),
            ("niet meer", &|| fs::remove_file(&path).unwrap(), true),
        ];
        for (word, act, at_first_row) in acts {
            // What is read whole in one go is changed before it.
            let at_first_row = at_first_row && name == "a.csv";
            fs::write(&path, text).unwrap();
            let target = place.path(word);
            let dataset = meddled(&path, &target, at_first_row, act);
            assert!(derived(&dataset, "declaraties").is_empty(), "{name} {word}");
            let account = dataset.manifest.totals().0;
            assert_eq!(account.aanvaard.regels, 0, "{name} {word}");
            assert!(dataset.manifest.open_accounts().is_empty(), "{name} {word}");
            let rejects = dataset.rejects().unwrap();
            let told = rejects.iter().find(|reject| reject.code == "MS246").unwrap();
            assert!(told.found.contains(word), "{name} {word}: {}", told.found);
        }
        // Whole again, it is no double of what did not count.
        fs::write(&path, text).unwrap();
        let dataset = read(&[path], &place.path("gewijzigd"));
        assert!(dataset.rejects().unwrap().iter().all(|reject| reject.code != "MS246"), "{name}");
        assert_eq!(dataset.manifest.bestanden.len(), 1, "{name}");
        assert_eq!(dataset.manifest.totals().0.afgekeurd.regels, 0, "{name}");
        let n = if name == "a.csv" { 2_000 } else { 2 };
        assert_eq!(derived(&dataset, "declaraties").len(), n, "{name}");
    }
}
