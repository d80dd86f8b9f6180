//! No client number leaves the place where it is replaced, and nothing a user sees depends on a pseudonym.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};

use maatstaf::dataset::Dataset;
use maatstaf::schema::{Dtype, TABLES};
use maatstaf::typing::pseudonym::Key;
use polars::prelude::{ParquetReader, SerReader};

use crate::support::{Place, Row, all_derived, files_below, read_into, rows_of, sample_data};

/// Client numbers to look for.
pub(crate) struct Scanner {
    numbers: BTreeSet<Vec<u8>>,
}

impl Scanner {
    /// The numbers of eight or nine digits in the test range that stand in these files.
    fn of(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut numbers = BTreeSet::new();
        for bytes in files.iter().flat_map(|(name, bytes)| contents(name, bytes)) {
            for run in digit_runs(&bytes) {
                if matches!(run.len(), 8 | 9) && run.starts_with(b"9999") {
                    numbers.insert(run.to_vec());
                }
            }
        }
        Self { numbers }
    }

    /// A number that stands in these bytes: as it is (in any encoding that holds ASCII), as UTF-16, or inside base64.
    fn find(&self, bytes: &[u8]) -> Option<String> {
        let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let decoded = (0..4).map(|phase| from_base64(bytes, phase));
        std::iter::once(bytes.to_vec())
            .chain([narrow])
            .chain(decoded)
            .find_map(|text| self.find_plain(&text))
    }

    fn find_plain(&self, bytes: &[u8]) -> Option<String> {
        let hit = digit_runs(bytes).find(|run| self.numbers.contains(*run));
        hit.map(|run| String::from_utf8_lossy(run).into_owned())
    }

    /// Also inside a longer row of digits: for texts, which hold no random numbers.
    pub(crate) fn find_in_text(&self, text: &str) -> Option<String> {
        let within = digit_runs(text.as_bytes())
            .flat_map(|run| run.windows(8).chain(run.windows(9)))
            .find(|window| self.numbers.contains(*window));
        within
            .map(|w| String::from_utf8_lossy(w).into_owned())
            .or_else(|| self.find(text.as_bytes()))
    }
}

/// What stands in a file: the parts of a zip or a workbook unpacked, the client numbers of Parquet as text.
fn contents(name: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
    let reader = std::io::Cursor::new(bytes);
    if name.ends_with(".parquet") {
        let frame = ParquetReader::new(reader).finish().unwrap();
        // A table without clients has no such column.
        let Ok(clients) = frame.column("bsn") else { return Vec::new() };
        let numbers = clients.i64().unwrap();
        let numbers: Vec<String> = numbers.iter().flatten().map(|n| n.to_string()).collect();
        return vec![numbers.join(" ").into()];
    }
    let Ok(mut archive) = zip::ZipArchive::new(reader) else { return vec![bytes.to_vec()] };
    let n = archive.len();
    let part = |at: usize| {
        let mut part = Vec::new();
        // A part with a password tells nothing.
        archive.by_index(at).ok()?.read_to_end(&mut part).ok()?;
        Some(part)
    };
    (0..n).filter_map(part).collect()
}

fn digit_runs(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| !byte.is_ascii_digit()).filter(|run| run.len() >= 8)
}

/// Decodes what could be base64 beginning at one of four places; everything else becomes a space.
fn from_base64(bytes: &[u8], phase: usize) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut out = Vec::with_capacity(bytes.len());
    for run in bytes.split(|byte| value(*byte).is_none()).filter(|run| run.len() >= 11) {
        for four in run.get(phase..).unwrap_or_default().chunks(4) {
            let bits = four
                .iter()
                .fold(0_u32, |bits, byte| (bits << 6) | u32::from(value(*byte).unwrap()));
            let bits = bits << (6 * (4 - four.len()));
            out.extend_from_slice(&bits.to_be_bytes()[1..four.len().max(2)]);
        }
        out.push(b' ');
    }
    out
}

fn to_base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| (bits << 8) | u32::from(*byte))
            << (8 * (3 - three.len()));
        for at in 0..=three.len() {
            out.push(char::from(LETTERS[((bits >> (18 - 6 * at)) & 63) as usize]));
        }
    }
    out
}

/// Every file of a folder that holds a number: its bytes, and of Parquet what stands in it.
pub(crate) fn hits(scanner: &Scanner, folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for (name, bytes) in files_below(folder) {
        let mut found = scanner.find(&bytes);
        if name.ends_with(".parquet") {
            let rows = rows_of(&folder.join(&name));
            let cells = rows
                .iter()
                .flat_map(|row| row.iter().map(|(column, text)| format!("{column}={text}\n")));
            found = found.or_else(|| scanner.find(cells.collect::<String>().as_bytes()));
        } else {
            // The parts of a workbook are compressed.
            let parts = contents(&name, &bytes);
            let mut texts = parts.iter().map(|part| String::from_utf8_lossy(part));
            found = found.or_else(|| texts.find_map(|text| scanner.find_in_text(&text)));
        }
        out.extend(found.map(|number| format!("{name} holds {number}")));
    }
    out
}

pub(crate) fn scanner() -> Scanner {
    let files = files_below(&sample_data());
    let scanner = Scanner::of(&files);
    assert!(scanner.numbers.len() > 500, "{}", scanner.numbers.len());
    assert!(scanner.numbers.iter().any(|number| number.len() == 8), "the number that lost a digit");
    // Workbooks, Parquet and zips hold clients of their own.
    for name in ["declaraties_sterrenwacht.xlsx", "declaraties_nachtegaal.parquet"] {
        let one = Scanner::of(&BTreeMap::from([(name.to_owned(), files[name].clone())]));
        assert!(!one.numbers.is_empty() && one.numbers.is_subset(&scanner.numbers), "{name}");
    }
    assert!(scanner.find(&files["overeenkomsten.csv"]).is_some());
    scanner
}

fn arguments(words: &[&str], paths: &[PathBuf]) -> Vec<OsString> {
    let words = words.iter().map(OsString::from);
    std::iter::once(OsString::from("maatstaf"))
        .chain(words)
        .chain(paths.iter().map(OsString::from))
        .collect()
}

/// Runs a command with a key file; gives what the user sees.
fn seen(place: &Place, command: &[&str], name: &str) -> (String, String, u8) {
    let key = place.path(&format!("{name}.sleutel"));
    std::fs::write(&key, format!("{}\n", if name == "een" { "11" } else { "e7" }.repeat(32)))
        .unwrap();
    let mut words = command.to_vec();
    let key = key.to_string_lossy().into_owned();
    words.extend(["--sleutel", &key]);
    let outcome = maatstaf::cli::run(arguments(&words, &[sample_data()]));
    (outcome.text, outcome.notes, outcome.exit as u8)
}

#[test]
fn the_scanner_finds_a_planted_number_in_every_guise() {
    let scanner = scanner();
    let number = scanner.numbers.iter().find(|number| number.len() == 9).unwrap().clone();
    let text = String::from_utf8(number.clone()).unwrap();
    let wide = |to: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("é{text}.").encode_utf16().flat_map(to).collect()
    };
    let mut latin = b"caf\xe9 ".to_vec();
    latin.extend_from_slice(&number);
    let mut planted = vec![
        number.clone(),
        latin,
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        format!("x{text}y").into_bytes(),
    ];
    for before in ["", "a", "bc", "def", "ghij"] {
        planted.push(
            format!("{{\"v\":\"{}\"}}", to_base64(format!("{before} {text} erna").as_bytes()))
                .into_bytes(),
        );
        planted.push(to_base64(format!("{before}:{text}").as_bytes()).into_bytes());
    }
    for bytes in planted {
        assert_eq!(
            scanner.find(&bytes).as_deref(),
            Some(text.as_str()),
            "{}",
            String::from_utf8_lossy(&bytes)
        );
    }
    assert!(scanner.find_in_text(&format!("00{text}1")).is_some());
    assert_eq!(scanner.find(b"999900000 12345678 en verder niets"), None);
    let place = Place::new();
    place.write("dataset/manifest.json", format!("{{\"pad\": \"{text}\"}}"));
    assert_eq!(hits(&scanner, &place.path("dataset")).len(), 1);
}

#[test]
fn no_client_number_is_in_any_file_of_a_dataset() {
    let place = Place::new();
    let target = place.path("dataset");
    read_into(&[sample_data()], &target, &Key::new([7; 32]), false).unwrap();
    assert!(files_below(&target).len() > 20);
    assert_eq!(hits(&scanner(), &target), [""; 0]);
}

#[test]
fn no_client_number_is_on_the_screen_with_any_switch() {
    let scanner = scanner();
    let place = Place::new();
    for command in [&["controleer"][..], &["controleer", "-v"], &["controleer", "--regio", "zou"]] {
        let (text, notes, _) = seen(&place, command, "een");
        assert!(text.len() > 1000);
        assert_eq!(scanner.find_in_text(&format!("{text}{notes}")), None, "{command:?}");
    }
    let target = place.path("dataset").to_string_lossy().into_owned();
    let (text, notes, _) = seen(&place, &["lees", "-v", "--naar", &target], "een");
    assert_eq!(scanner.find_in_text(&format!("{text}{notes}")), None);
    // Refused because of another key: the message holds neither numbers nor keys.
    let (_, notes, exit) = seen(&place, &["lees", "-v", "--naar", &target], "twee");
    assert_eq!(exit, 2, "{notes}");
    assert!(!notes.contains(&"11".repeat(8)) && !notes.contains(&"e7".repeat(8)));
}

#[test]
fn a_client_number_in_any_cell_of_a_table_stays_hidden() {
    let scanner = scanner();
    let number =
        String::from_utf8(scanner.numbers.iter().find(|n| n.len() == 9).unwrap().clone()).unwrap();
    let text = crate::support::export(&[&[]]);
    let cells: Vec<&str> = text.lines().nth(1).unwrap().split(';').collect();
    // Numbers of a line are kept as they are, whatever stands in them, and an amount stands in the accounts.
    let kept = ["referentienummer", "vorig_referentienummer", "toewijzingnummer", "bedrag"];
    let headings: Vec<&str> = text.lines().next().unwrap().split(';').collect();
    for at in (0..cells.len()).filter(|at| !kept.contains(&headings[*at])) {
        let place = Place::new();
        let mut row = cells.clone();
        row[at] = &number;
        place.write("in/a.csv", format!("{}\n{}\n", headings.join(";"), row.join(";")));
        let target = place.path("dataset");
        read_into(&[place.path("in")], &target, &Key::new([7; 32]), false).unwrap();
        assert_eq!(hits(&scanner, &target), [""; 0], "in column {}", headings[at]);
    }
    // Nor does a message show an amount that could be a client number.
    let place = Place::new();
    place.write("in/a.csv", crate::support::export(&[&[("bedrag", &number), ("tarief", "12,50")]]));
    let dataset =
        read_into(&[place.path("in")], &place.path("dataset"), &Key::new([7; 32]), false).unwrap();
    let rejects = dataset.rejects().unwrap();
    assert_eq!(
        (rejects[0].code.as_str(), rejects[0].found.as_str()),
        ("TR346", maatstaf::rejects::HIDDEN)
    );
}

#[test]
fn two_keys_show_the_user_the_same_bytes() {
    let place = Place::new();
    let one = seen(&place, &["controleer"], "een");
    let two = seen(&place, &["controleer"], "twee");
    assert!(one.0.contains("de telling sluit"));
    assert_eq!(one, two);
}

#[test]
fn two_keys_give_the_same_tables_but_for_the_pseudonyms() {
    let hidden: BTreeSet<&str> = TABLES
        .iter()
        .flat_map(|table| table.columns)
        .filter(|column| matches!(column.dtype, Dtype::Client | Dtype::Pseudonym))
        .map(|column| column.name)
        .collect();
    assert_eq!(hidden, ["client", "gezin", "iban"].into());
    let place = Place::new();
    let make = |byte: u8| -> (Dataset, BTreeMap<String, Vec<Row>>) {
        let target = place.path(&format!("dataset-{byte}"));
        let dataset = read_into(&[sample_data()], &target, &Key::new([byte; 32]), false).unwrap();
        let tables = all_derived(&dataset);
        (dataset, tables)
    };
    let ((one, with_one), (two, with_two)) = (make(1), make(2));
    let differing = |name: &str, a: &[Row], b: &[Row]| -> BTreeSet<String> {
        assert_eq!(a.len(), b.len(), "{name}");
        let pairs = a.iter().zip(b).flat_map(|(a, b)| a.iter().zip(b).filter(|(a, b)| a != b));
        pairs.map(|((column, _), _)| column.clone()).collect()
    };
    // In the order of the file: not even that may follow the pseudonyms.
    assert_eq!(with_one.keys().collect::<Vec<_>>(), with_two.keys().collect::<Vec<_>>());
    let mut all = BTreeSet::new();
    for (name, rows) in &with_one {
        let differ = differing(name, rows, &with_two[name]);
        assert!(differ.iter().all(|column| hidden.contains(column.as_str())), "{name}: {differ:?}");
        all.extend(differ);
    }
    assert!(all.contains("client"));
    assert_eq!(one.rejects().unwrap(), two.rejects().unwrap());
    let mut manifest = one.manifest.clone();
    assert_ne!(manifest.sleutel_kenmerk, two.manifest.sleutel_kenmerk);
    manifest.sleutel_kenmerk.clone_from(&two.manifest.sleutel_kenmerk);
    assert_eq!(manifest, two.manifest);
}
