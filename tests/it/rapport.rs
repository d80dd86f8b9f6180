//! The report from end to end: the bytes of the example, and what its pages and tables say.

mod antwoorden;
mod fouten;
mod hoofdstukken;
mod publiek;
mod regios;
mod voorlopig;
mod woorden;
mod zinnen;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use crate::privacy::{hits, scanner};
use crate::support::{Place, files_below, root, sample_data, update_expect};

const MANIFEST: &str = "herkomst/manifest.json";

/// A written report.
struct Report {
    /// Keeps the folder until the end.
    _place: Place,
    folder: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

/// Runs the program inside this process; nothing may go to the screen but a fault.
#[track_caller]
fn run(words: &[&str]) {
    let words = std::iter::once("maatstaf").chain(words.iter().copied()).map(OsString::from);
    let outcome = maatstaf::cli::run(words);
    assert_eq!(outcome.exit as u8, 0, "{}{}", outcome.text, outcome.notes);
}

impl Report {
    /// `rapport` with these words, into a folder of its own.
    #[track_caller]
    fn make(words: &[&str]) -> Self {
        Self::make_in(Place::new(), words)
    }

    #[track_caller]
    fn make_in(place: Place, words: &[&str]) -> Self {
        let folder = place.path("uit");
        run(&[&["rapport", "--stil", "--uit", &shown(&folder)], words].concat());
        let files = files_below(&folder);
        Self { _place: place, folder, files }
    }

    #[track_caller]
    fn text(&self, name: &str) -> &str {
        let bytes = self.files.get(name).unwrap_or_else(|| panic!("no {name}"));
        std::str::from_utf8(bytes).unwrap()
    }

    fn manifest(&self) -> Value {
        serde_json::from_str(self.text(MANIFEST)).unwrap()
    }

    /// Every figure by address.
    fn figures(&self) -> BTreeMap<String, Value> {
        let figures = self.manifest()["figures"].as_object().unwrap().clone();
        figures.into_iter().collect()
    }

    /// A CSV file as its lines of cells, the heading first.
    #[track_caller]
    fn cells(&self, name: &str) -> Vec<Vec<String>> {
        let text = self.text(name).trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .from_reader(text.as_bytes());
        let line = |record: csv::StringRecord| record.iter().map(ToOwned::to_owned).collect();
        reader.records().map(|record| line(record.unwrap())).collect()
    }

    /// A CSV file by the first cell of its lines, each by its headings.
    #[track_caller]
    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let mut lines = self.cells(name).into_iter();
        let headings = lines.next().unwrap();
        lines.map(|line| headings.iter().cloned().zip(line).collect()).collect()
    }

    /// What a page says, elements parted by `|`.
    fn page(&self, name: &str) -> String {
        let html = self.text(name);
        let body = &html[html.find("<body").unwrap()..];
        let mut out = String::new();
        for (at, part) in body.split('<').enumerate() {
            let text =
                if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                out += &text;
                out.push('|');
            }
        }
        for (code, sign) in [
            ("&#39;", "'"),
            ("&#x27;", "'"),
            ("&quot;", "\""),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&amp;", "&"),
        ] {
            out = out.replace(code, sign);
        }
        out
    }
}

/// A path as a word of the command.
fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The report of the practice region for ICM.
fn sample() -> &'static Report {
    static MADE: OnceLock<Report> = OnceLock::new();
    MADE.get_or_init(|| Report::make(&[&shown(&sample_data())]))
}

/// The bundled answers of the practice region.
fn answers() -> Value {
    let text = std::fs::read(sample_data().join("antwoorden.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// Where two folders differ first, in words; `None` when they are equal.
fn difference(
    left: &BTreeMap<String, Vec<u8>>,
    right: &BTreeMap<String, Vec<u8>>,
) -> Option<String> {
    let names: std::collections::BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    names.into_iter().find_map(|name| match (left.get(name), right.get(name)) {
        (Some(one), Some(two)) if one == two => None,
        (Some(one), Some(two)) => {
            let at = one.iter().zip(two).take_while(|(a, b)| a == b).count();
            let line = 1 + one[..at].split(|byte| *byte == b'\n').skip(1).count();
            let around = |bytes: &[u8]| {
                let end = bytes.len().min(at + 60);
                String::from_utf8_lossy(&bytes[at.saturating_sub(60)..end]).into_owned()
            };
            Some(format!("{name}, line {line}:\n  {}\n  {}", around(one), around(two)))
        }
        (Some(_), None) => Some(format!("{name} is only in the first")),
        _ => Some(format!("{name} is only in the second")),
    })
}

#[test]
fn the_report_of_the_practice_region_is_the_example_byte_for_byte() {
    let kept = root().join("reports/voorbeeld");
    if update_expect() {
        run(&[
            "rapport",
            &shown(&sample_data()),
            "--stil",
            "--overschrijf",
            "--uit",
            &shown(&kept),
        ]);
    }
    let found = difference(&files_below(&kept), &sample().files);
    assert_eq!(found, None, "run: UPDATE_EXPECT=1 cargo it rapport, and read the difference");
}

#[test]
fn a_second_run_and_a_run_with_another_key_give_the_same_bytes() {
    let sample_path = shown(&sample_data());
    let again = Report::make(&[&sample_path]);
    assert_eq!(difference(&sample().files, &again.files), None);
    for digits in ["11", "e7"] {
        let place = Place::new();
        let key = shown(&place.write("sleutel", digits.repeat(32) + "\n"));
        let other = Report::make_in(place, &[&sample_path, "--sleutel", &key]);
        assert_eq!(difference(&sample().files, &other.files), None, "key {digits}…");
    }
}

#[test]
fn a_dataset_first_gives_the_same_report_but_for_the_command() {
    let place = Place::new();
    let key = shown(&place.write("sleutel", "11".repeat(32) + "\n"));
    let dataset = shown(&place.path("dataset"));
    run(&["lees", &shown(&sample_data()), "--stil", "--sleutel", &key, "--naar", &dataset]);
    let two_steps = Report::make_in(
        place,
        &["--dataset", &dataset, "--regio", "oefenregio", "--sleutel", &key],
    );
    let without = |report: &Report| {
        let mut files = report.files.clone();
        files.remove(MANIFEST);
        files
    };
    assert_eq!(difference(&without(sample()), &without(&two_steps)), None);
    let (one, two) = (sample().text(MANIFEST), two_steps.text(MANIFEST));
    let command = |source: &str| format!("\"rapport\",\n{source}    \"--regio\",");
    let source = command("    \"sample-data\",\n");
    assert_eq!(one.matches(&source).count(), 1);
    assert_eq!(one.replace(&source, &command("")), two, "the command is the only difference");
}

#[test]
fn a_dataset_that_is_kept_on_the_way_changes_nothing() {
    let place = Place::new();
    let key = shown(&place.write("sleutel", "11".repeat(32) + "\n"));
    let dataset = shown(&place.path("dataset"));
    let kept =
        Report::make_in(place, &[&shown(&sample_data()), "--dataset", &dataset, "--sleutel", &key]);
    assert_eq!(difference(&sample().files, &kept.files), None);
    assert!(Path::new(&dataset).join("manifest.json").is_file());
}

#[test]
fn no_client_number_is_in_any_file_of_a_report() {
    let scanner = scanner();
    assert!(sample().files.len() > 50);
    for report in [sample(), publiek::regio()] {
        assert_eq!(hits(&scanner, &report.folder), [""; 0]);
    }
}

#[test]
fn a_difference_is_named_with_its_file_and_line() {
    let files = |text: &str| BTreeMap::from([("a.csv".to_owned(), text.as_bytes().to_vec())]);
    assert_eq!(difference(&files("x\ny\n"), &files("x\ny\n")), None);
    assert!(difference(&files("x\ny\n"), &files("x\nz\n")).unwrap().starts_with("a.csv, line 2:"));
    assert_eq!(difference(&files(""), &BTreeMap::new()).unwrap(), "a.csv is only in the first");
}
