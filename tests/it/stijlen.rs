//! How numbers and dates are read: decided per column, held against every later value, begun again once.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maatstaf::dataset::Dataset;
use maatstaf::region::Region;
use maatstaf::region::stijl::Opdracht;
use maatstaf::run::{Lees, Silent, lees};
use maatstaf::sources::Aliases;

use crate::job::TestJob;
use crate::support::{Place, Row, derived, export, key, number, region, root};

/// Declaraties as they were read, by reference.
fn lines(dataset: &Dataset) -> BTreeMap<String, Row> {
    let counted = derived(dataset, "declaraties").into_iter();
    let others = derived(dataset, "declaraties_niet_geteld");
    counted.chain(others).map(|row| (row["referentienummer"].clone(), row)).collect()
}

fn codes(dataset: &Dataset) -> Vec<(String, u64)> {
    dataset.rejects().unwrap().into_iter().map(|r| (r.code, r.line)).collect()
}

fn styles(dataset: &Dataset) -> String {
    dataset.manifest.bestanden[0].lezing.styles.join(" · ")
}

/// A file as it was read; its folder stays as long as this does.
struct Lezing {
    dataset: Dataset,
    _place: Place,
}

fn read_one(text: &str) -> Lezing {
    read_with(text, &[])
}

fn read_with(text: &str, orders: &[&str]) -> Lezing {
    let orders: Vec<Opdracht> =
        orders.iter().map(|one| Opdracht::lees(one, &Aliases::new()).unwrap()).collect();
    read_as("a.csv", text, &region(), &orders)
}

fn read_as(name: &str, text: impl AsRef<[u8]>, region: &Region, stijlen: &[Opdracht]) -> Lezing {
    let place = Place::new();
    let file = place.write(&format!("in/{name}"), text);
    let job = Lees {
        inputs: &[file],
        target: &place.path("dataset"),
        region,
        aliases: &region.aliases,
        forced: &BTreeMap::new(),
        stijlen,
        key: &key(),
        stop: &std::sync::atomic::AtomicBool::new(false),
    };
    let dataset = lees(&job, &mut Silent).unwrap();
    assert_eq!(dataset.manifest.open_accounts(), [""; 0]);
    Lezing { dataset, _place: place }
}

/// An export of more than one block: good lines with these changes, then other lines.
fn long(first: &[(&str, &str)], last: &[&[(&str, &str)]]) -> String {
    let head = export(&[]);
    let line = |changes: &[(&str, &str)]| export(&[changes])[head.len()..].to_owned();
    let template = line(&[&[("referentienummer", "@")], first].concat());
    let (before, after) = template.split_once('@').unwrap();
    let mut out = head.clone();
    // Wide references, so that few lines fill the eight megabytes of a block.
    for i in 0..LINES {
        writeln!(out, "{before}{}{i}{}", "A".repeat(500), after.trim_end()).unwrap();
    }
    for changes in last {
        out.push_str(&line(changes));
    }
    out
}

const LINES: usize = 16_000;

#[test]
fn an_amount_that_can_be_read_two_ways_is_never_read() {
    let text = export(&[&[("volume", "1"), ("tarief", ""), ("bedrag", "81,499")]]);
    let open = read_one(&text);
    assert_eq!(codes(&open.dataset), [("MS219".to_owned(), 0)]);
    let reject = &open.dataset.rejects().unwrap()[0];
    assert_eq!(reject.found, "81,499");
    assert_eq!(
        reject.expected,
        "81,499 (kies dan --stijl \"bedrag=1.234,56\") of 81.499 (kies dan --stijl \"bedrag=1,234.56\")"
    );
    let account = open.dataset.manifest.bestanden[0].account;
    assert_eq!(
        (account.gelezen.regels, account.afgekeurd.regels, account.onleesbaar_bedrag),
        (1, 1, 1)
    );
    let point = read_with(&text, &["bedrag=1,234.56"]);
    assert_eq!(number(&lines(&point.dataset)["R1"], "bedrag_ct"), 8_149_900);
    assert!(styles(&point.dataset).contains("bedrag: 1,234.56 (decimale punt) [--stijl]"));
    // As an amount with a decimal comma it has a decimal too many, and is refused.
    let comma = read_with(&text, &["a.csv:bedrag=1.234,56"]);
    assert_eq!(codes(&comma.dataset), [("MS217".to_owned(), 2)]);
}

#[test]
fn what_the_first_block_leaves_open_is_decided_by_the_whole_file() {
    let open = [("volume", "100"), ("bedrag", "1.250"), ("tarief", "")];
    let last: &[(&str, &str)] = &[("bedrag", "50,00"), ("tarief", "")];
    let text = long(&open, &[last]);
    let read = read_one(&text);
    let account = read.dataset.manifest.bestanden[0].account;
    assert_eq!(account.aanvaard.regels, LINES as u64 + 1);
    assert_eq!(account.aanvaard.bedrag_ct, 125_000 * i64::try_from(LINES).unwrap() + 5000);
    let told = "bedrag: 1.234,56 (decimale komma) [uit het hele bestand, na een herstart]";
    assert!(styles(&read.dataset).contains(told), "{}", styles(&read.dataset));
}

#[test]
fn a_value_that_contradicts_begins_the_file_again_and_nothing_is_told_twice() {
    let first = [
        ("periode_begin", "07-01-2025"),
        ("periode_eind", "07-05-2025"),
        ("dagtekening", "08-05-2025"),
        ("eenheid", "week"),
    ];
    let good: Vec<(&str, &str)> = first[..3].to_vec();
    let disproof: Vec<(&str, &str)> =
        [&good[..1], &[("periode_eind", "07-31-2025"), ("referentienummer", "Z1")], &good[2..]]
            .concat();
    // In the first block one line is wrong: it is refused in both goes, and listed once.
    let mut text = long(&good, &[&disproof]);
    let head = export(&[]).len();
    text.insert_str(head, &export(&[&[&first[..], &[("referentienummer", "W")]].concat()])[head..]);
    let read = read_one(&text);
    assert_eq!(codes(&read.dataset), [("MS215".to_owned(), 2)]);
    let account = read.dataset.manifest.bestanden[0].account;
    assert_eq!(
        (account.gelezen.regels, account.aanvaard.regels),
        (LINES as u64 + 2, LINES as u64 + 1)
    );
    let lines = lines(&read.dataset);
    assert_eq!(lines.len(), LINES + 1);
    assert!(lines.values().all(|row| row["periode_begin"] == "2025-07-01"));
    let told = "periode_eind: mm-dd-jjjj (maand voor dag) [uit het hele bestand, na een herstart]";
    assert!(styles(&read.dataset).contains(told), "{}", styles(&read.dataset));
}

#[test]
fn a_few_values_in_another_style_are_rejects_and_change_nothing() {
    let odd: &[(&str, &str)] = &[("referentienummer", "Z1"), ("bedrag", "50.00")];
    let read = read_one(&long(&[], &[odd]));
    assert_eq!(codes(&read.dataset), [("MS217".to_owned(), LINES as u64 + 2)]);
    assert!(
        styles(&read.dataset)
            .contains("tarief, bedrag: 1.234,56 (decimale komma) [uit het bestand]")
    );
    let frozen = &read.dataset.manifest.bestanden[0].stijl;
    assert_eq!(
        (frozen["bedrag"].as_str(), frozen["periode_eind"].as_str()),
        ("1.234,56", "dd-mm-jjjj")
    );
}

#[test]
fn a_style_of_the_region_file_holds_against_the_file_and_says_so() {
    let first = [("bedrag", "50.00"), ("tarief", "12.50")];
    let second =
        [("bedrag", "1.250"), ("tarief", ""), ("volume", "100"), ("referentienummer", "R2")];
    let text = export(&[&first, &second]);
    let frozen = read_as("Zorgpakket_K3.csv", &text, &region(), &[]);
    assert_eq!(codes(&frozen.dataset), [("MS217".to_owned(), 2), ("MS282".to_owned(), 2)]);
    let note = &frozen.dataset.rejects().unwrap()[1];
    assert_eq!((note.found.as_str(), note.column.as_str()), ("50.00", "bedrag"));
    assert!(note.expected.contains("1 waarde") && note.expected.contains("Zorgpakket Voorbeeld"));
    assert_eq!(number(&lines(&frozen.dataset)["R2"], "bedrag_ct"), 125_000);
    assert!(styles(&frozen.dataset).contains("[regiobestand, Zorgpakket Voorbeeld]"));
    // The command line goes before the region file.
    let orders = [Opdracht::lees("bedrag=1,234.56", &Aliases::new()).unwrap()];
    let ordered = read_as("Zorgpakket_K3.csv", &text, &region(), &orders);
    assert_eq!(number(&lines(&ordered.dataset)["R1"], "bedrag_ct"), 5000);
    assert!(styles(&ordered.dataset).contains("bedrag: 1,234.56 (decimale punt) [--stijl]"));
}

#[test]
fn lost_zeros_come_back_with_one_warning_per_column() {
    let lost =
        |reference| [("referentienummer", reference), ("gemeente", "355"), ("agb", "1234567")];
    let read = read_one(&export(&[&lost("R1"), &lost("R2"), &[("referentienummer", "R3")]]));
    let rows = lines(&read.dataset);
    assert_eq!((rows["R1"]["gemeente"].as_str(), rows["R2"]["agb"].as_str()), ("0355", "01234567"));
    assert_eq!((rows["R3"]["gemeente"].as_str(), rows["R3"]["agb"].as_str()), ("9901", "99000101"));
    let rejects = read.dataset.rejects().unwrap();
    let told: Vec<_> = rejects
        .iter()
        .map(|r| (r.code.as_str(), r.line, r.found.as_str(), r.expected.as_str()))
        .collect();
    let n = "2 waarden in deze kolom";
    assert_eq!(told, [("MS280", 2, "1234567", n), ("MS280", 2, "355", n)]);
    // A zero that was kept proves that none is lost: the short one is a slip of the pen.
    let kept = export(&[&[("gemeente", "0355")], &lost("R2")[..2]]);
    assert_eq!(codes(&read_one(&kept).dataset), [("RS035".to_owned(), 3)]);
}

#[test]
fn day_numbers_are_read_when_the_whole_column_is_written_so() {
    // 1 and 31 July 2025, and 5 August.
    let serial = [("periode_begin", "45839"), ("periode_eind", "45869"), ("dagtekening", "45874")];
    let read = read_one(&export(&[&serial]));
    let row = &lines(&read.dataset)["R1"];
    assert_eq!(
        (row["periode_begin"].as_str(), row["periode_eind"].as_str()),
        ("2025-07-01", "2025-07-31")
    );
    assert!(styles(&read.dataset).contains("Excel-dagnummer"));
    let mixed = read_one(&export(&[&[("dagtekening", "45874")], &[("referentienummer", "R2")]]));
    assert_eq!(codes(&mixed.dataset), [("MS212".to_owned(), 2)]);
}

#[test]
fn a_volume_follows_the_style_of_its_file() {
    let read =
        read_one(&export(&[&[("volume", "1.000"), ("tarief", "0,05"), ("bedrag", "50,00")]]));
    assert_eq!(number(&lines(&read.dataset)["R1"], "volume_milli"), 1_000_000);
    let told = "volume: 1.234,56 (decimale komma) [zoals de andere kolommen]";
    assert!(styles(&read.dataset).contains(told), "{}", styles(&read.dataset));
}

#[test]
fn a_style_on_the_command_line_is_checked_before_anything_is_read() {
    let text = export(&[&[("volume", "1"), ("tarief", ""), ("bedrag", "81,499")]]);
    let job = TestJob::new().file("a.csv", text);
    let refused = |style: &str, exit, words: &[&str]| {
        for command in ["controleer", "lees", "rapport"] {
            let mut words_of = vec![command, "a.csv", "--stijl", style, "--regio", "oefenregio"];
            if command == "lees" {
                words_of.extend(["--naar", "d"]);
            }
            job.run(&words_of).refused(exit, words);
        }
    };
    refused("bedrag", 2, &["schrijf --stijl \"bedrag=1.234,56\""]);
    // PowerShell makes two words of `bedrag=1.234,56`.
    job.run(&["controleer", "a.csv", "--stijl", "bedrag=1.234", "56"])
        .refused(2, &["achter de komma weggevallen", "aanhalingstekens"]);
    refused("bedrga=1.234,56", 2, &["bedoelde u \"bedrag\"?"]);
    refused("bedrag=komma", 2, &["mogelijk zijn: \"1.234,56\", \"1,234.56\""]);
    refused("b.csv:bedrag=1.234,56", 3, &["b.csv:bedrag", "geen bestand dat wordt gelezen"]);
    job.run(&["controleer", "a.csv", "--stijl", "a.csv:bedrag=1,234.56"]).check(
        0,
        &["1,234.56 (decimale punt) [--stijl]", "vast te leggen: stijl = { bedrag = \"1,234.56\""],
    );
    job.run(&["controleer", "a.csv"]).check(
        4,
        &[
            "MS219",
            "--stijl \"bedrag=1.234,56\"",
            "of 81.499 (kies dan --stijl \"bedrag=1,234.56\")",
        ],
    );
}

#[test]
fn a_region_file_is_checked_with_all_its_mistakes() {
    let good = std::fs::read_to_string(root().join("regions/oefenregio.toml")).unwrap();
    let wrong =
        good.replace("minimum = 10", "minimun = 10").replace("publiek = \"intern\"", "publiek = 3");
    let job = TestJob::new().file("eigen.toml", &good).file("fout.toml", wrong);
    job.run(&["regio"]).check(0, &["oefenregio", "Oefenregio, 8 gemeenten", "zou"]);
    job.run(&["regio", "controleer", "eigen.toml"]).check(
        0,
        &[
            "9903                        's-Gravenbroek",
            "zorgpakket_*.csv; stijl bedrag = 1.234,56",
            "het regiobestand klopt",
        ],
    );
    job.run(&["regio", "controleer", "zou"]).check(0, &["Zuidoost-Utrecht", "OK     "]);
    let seen = job.run(&["regio", "controleer", "fout.toml"]);
    seen.refused(
        2,
        &["bedoelde u \"minimum\"?", "sleutel \"publiek\" heeft 3", "2 fouten in fout.toml"],
    );
    job.run(&["regio", "controleer", "weg.toml"]).refused(2, &["weg.toml bestaat niet"]);
    job.run(&["regio", "controleer"]).refused(2, &["geen BESTAND"]);
    job.run(&["regio", "controler"]).refused(2, &["bedoelde u 'maatstaf regio controleer'?"]);
    job.run(&["regio", "zuo.toml"]).refused(2, &["maatstaf regio controleer zuo.toml"]);
}

/// Declaraties in a workbook as somebody left them: codes became numbers, one amount is text, one column of dates lost
/// its format.
fn workbook() -> Vec<u8> {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd-mm-yyyy");
    let sheet = book.add_worksheet();
    let heads = [
        "gemeente",
        "agb",
        "bsn",
        "referentienummer",
        "productcode",
        "productcategorie",
        "periode_begin",
        "periode_eind",
        "volume",
        "eenheid",
        "tarief",
        "bedrag",
        "dagtekening",
    ];
    for (column, head) in (0..).zip(heads) {
        sheet.write(0, column, head).unwrap();
    }
    for (row, bsn) in [(1, 10_000_008.0), (2, 999_900_006.0)] {
        for (column, number) in [
            (0, 355.0),
            (1, 1_234_567.0),
            (2, bsn),
            (3, 1000.0 + f64::from(row)),
            (5, 5.0),
            (8, 98.765),
            (9, 4.0),
            (10, 12.5),
            (12, 45_874.0),
        ] {
            sheet.write_number(row, column, number).unwrap();
        }
        sheet.write(row, 4, "45A04").unwrap();
        for (column, day) in [(6, 1), (7, 31)] {
            let day = ExcelDateTime::from_ymd(2025, 7, day).unwrap();
            sheet.write_datetime_with_format(row, column, &day, &date).unwrap();
        }
    }
    // 98,765 · 12,50 = 1.234,5625
    sheet.write_number(1, 11, 1234.56).unwrap();
    sheet.write(2, 11, "1.234,56").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_whose_codes_became_numbers_is_read_as_it_was_meant() {
    let read = read_as("boek.xlsx", workbook(), &region(), &[]);
    let rows = lines(&read.dataset);
    let told: Vec<(String, String)> =
        read.dataset.rejects().unwrap().into_iter().map(|r| (r.code, r.cell)).collect();
    let expected = ["B2", "C2", "A2", "F2"].map(|cell| ("MS280".into(), format!("Sheet1!{cell}")));
    let padded: Vec<_> = told.iter().filter(|(code, _)| code == "MS280").cloned().collect();
    assert_eq!(padded, expected, "{told:?}");
    assert!(told.iter().all(|(code, _)| ["MS280", "MS279"].contains(&code.as_str())), "{told:?}");
    for reference in ["1001", "1002"] {
        let row = &rows[reference];
        let texts =
            ["gemeente", "agb", "productcategorie", "eenheid"].map(|name| row[name].as_str());
        assert_eq!(texts, ["0355", "01234567", "05", "04"]);
        let days = ["periode_begin", "periode_eind", "dagtekening"].map(|name| row[name].as_str());
        assert_eq!(days, ["2025-07-01", "2025-07-31", "2025-08-05"]);
        assert_eq!((number(row, "bedrag_ct"), number(row, "volume_milli")), (123_456, 98_765));
    }
    assert_ne!(rows["1001"]["client"], rows["1002"]["client"]);
    let hidden = read.dataset.rejects().unwrap();
    let client = hidden.iter().find(|r| r.cell == "Sheet1!C2").unwrap();
    assert_eq!(
        (client.found.as_str(), client.expected.as_str()),
        ("[verborgen]", "1 waarde in deze kolom")
    );
}
