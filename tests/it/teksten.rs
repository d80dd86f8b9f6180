//! Text files as offices keep them: totals below the rows, other encodings, titles above the heading.

use std::io::{Cursor, Write as _};

use maatstaf::dataset::Dataset;
use maatstaf::dataset::manifest::{FileEntry, Sum};
use maatstaf::rejects::Reject;

use crate::job::TestJob;
use crate::support::{Place, all_derived, export, files_below, jw323_of, read, sample_data, with};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A dataset of these files, and where it stands.
fn dataset_of(files: &[(&str, &[u8])]) -> (Place, Dataset) {
    let place = Place::new();
    for (name, bytes) in files {
        place.write(&format!("in/{name}"), bytes);
    }
    let dataset = read(&[place.path("in")], &place.path("dataset"));
    assert_eq!(dataset.manifest.open_accounts(), [""; 0]);
    (place, dataset)
}

#[track_caller]
fn entry<'d>(dataset: &'d Dataset, name: &str) -> &'d FileEntry {
    let path = format!("in/{name}");
    dataset.manifest.bestanden.iter().find(|entry| entry.pad == path).unwrap()
}

fn codes(dataset: &Dataset) -> Vec<String> {
    dataset.rejects().unwrap().into_iter().map(|reject| reject.code).collect()
}

/// Three good lines of € 50 that are no doubles of each other.
fn three() -> String {
    let of = |n: &'static str, begin: &'static str, end: &'static str| {
        [("referentienummer", n), ("periode_begin", begin), ("periode_eind", end)]
    };
    let (two, three) = (of("R2", "01-06-2025", "30-06-2025"), of("R3", "01-05-2025", "31-05-2025"));
    export(&[&[], &two, &three])
}

/// A row of which only these cells are filled: a label, a volume, an amount.
fn total(label: &str, volume: &str, bedrag: &str) -> String {
    format!("{label}{}{volume};;;{bedrag};;\n", ";".repeat(10))
}

#[test]
fn a_total_that_agrees_is_counted_apart_and_says_nothing() {
    let text = format!("{}{}", three(), total("Totaal", "12", "150,00"));
    let (_place, dataset) = dataset_of(&[("a.csv", text.as_bytes())]);
    let account = entry(&dataset, "a.csv").account;
    assert_eq!(account.gelezen, Sum { regels: 4, bedrag_ct: 15_000 });
    assert_eq!(account.aanvaard, Sum { regels: 3, bedrag_ct: 15_000 });
    assert_eq!((account.totaalregels, account.afgekeurd.regels), (1, 0));
    assert_eq!(codes(&dataset), [""; 0]);
}

#[test]
fn a_total_counts_rejected_rows_and_fails_visibly_without_their_amount() {
    let bad = export(&[&[("bsn", "999900007"), ("referentienummer", "R4")]]);
    let bad = bad.lines().nth(1).unwrap();
    let text = format!("{}{bad}\n{}", three(), total("", "", "200,00"));
    let (_place, dataset) = dataset_of(&[("a.csv", text.as_bytes())]);
    assert_eq!(codes(&dataset), ["CS002"]);
    let text = format!("{}9901;te kort\n{}", three(), total("", "", "200,00"));
    let (_place, dataset) = dataset_of(&[("a.csv", text.as_bytes())]);
    let rejects: Vec<Reject> = dataset.rejects().unwrap();
    let found = rejects.iter().find(|reject| reject.code == "MS260").unwrap();
    assert_eq!((found.line, found.column.as_str(), found.bedrag_ct), (6, "bedrag", Some(5000)));
    assert_eq!(found.found, "€ 200,00");
    assert_eq!(
        found.expected,
        "€ 150,00, de som van de regels erboven; bij 1 regel is de waarde niet te lezen"
    );
}

#[test]
fn pages_of_an_export_with_subtotals_are_one_table() {
    let text = three();
    let (heading, rows) = text.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let text = format!(
        "Declaraties regio\n\n{heading}\n{}\n{}\n{}{heading}\n{}\n{}{}\n",
        rows[0],
        rows[1],
        total("Subtotaal", "", "100,00"),
        rows[2],
        total("Subtotaal", "", "50,00"),
        total("Eindtotaal", "", "150,00"),
    );
    let (_place, dataset) = dataset_of(&[("a.csv", text.as_bytes())]);
    let account = entry(&dataset, "a.csv").account;
    assert_eq!((account.totaalregels, account.koppen, account.blanco), (3, 1, 1));
    assert_eq!(account.aanvaard.regels, 3);
    assert_eq!(codes(&dataset), [""; 0]);
    assert_eq!(entry(&dataset, "a.csv").lezing.remark, "1 regel boven de kop niet gebruikt");
}

#[test]
fn one_table_in_every_encoding_gives_the_same_rows() {
    let text = three().replace("45A04", "45Aé4");
    let utf16 = |mark: &str| -> Vec<u8> {
        format!("{mark}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let forms = [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 met BOM", format!("\u{feff}{text}").into_bytes()),
        ("windows-1252", encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()),
        ("UTF-16", utf16("\u{feff}")),
        ("UTF-16", utf16("")),
        ("UTF-8", text.replace('\n', "\r").into_bytes()),
        ("UTF-8", text.replace(';', "\t").into_bytes()),
        ("UTF-8", format!("sep=;\r\n{}", text.replace('\n', "\r\n")).into_bytes()),
    ];
    let rows = |bytes: &[u8], encoding: &str| {
        let (_place, dataset) = dataset_of(&[("a.csv", bytes)]);
        assert_eq!(entry(&dataset, "a.csv").lezing.encoding, encoding);
        let mut rows = all_derived(&dataset)["declaraties.parquet"].clone();
        for row in &mut rows {
            row.remove("bron");
            row.remove("regel");
        }
        rows
    };
    let expected = rows(&forms[0].1, "UTF-8");
    assert_eq!((expected.len(), expected[0]["productcode"].as_str()), (3, "45Aé4"));
    for (encoding, bytes) in &forms[1..] {
        assert_eq!(rows(bytes, encoding), expected, "{encoding}");
    }
}

#[test]
fn a_file_with_only_a_heading_is_named_and_no_fault() {
    let heading = three().lines().next().unwrap().to_owned();
    let (_place, dataset) =
        dataset_of(&[("a.csv", heading.as_bytes()), ("b.csv", three().as_bytes())]);
    let empty = entry(&dataset, "a.csv");
    assert_eq!((empty.lezing.table.as_str(), empty.account.gelezen.regels), ("declaraties", 0));
    assert_eq!(codes(&dataset), [""; 0]);
}

/// A zip of these entries.
fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn entries<const N: usize>(files: [(&str, Vec<u8>); N]) -> Vec<(String, Vec<u8>)> {
    files.map(|(name, bytes)| (name.to_owned(), bytes)).to_vec()
}

#[test]
fn files_in_a_zip_are_read_as_if_they_lay_in_a_folder() {
    let message = with(&jw323_of(&["R8", "R9"]), ">B1<", ">B2<");
    let cp1252 =
        encoding_rs::WINDOWS_1252.encode(&three().replace("45A04", "45Aé4")).0.into_owned();
    let inner = zipped(&entries([("c.csv", three().into_bytes())]));
    let files = entries([
        ("map/a.csv", cp1252),
        ("m.xml", message.into_bytes()),
        ("diep/binnen.zip", inner),
        ("leesmij.txt", b"tekst".to_vec()),
    ]);
    let zip = zipped(&files);
    let (_place, packed) = dataset_of(&[("pakket.zip", &zip)]);
    let names: Vec<&str> = packed.manifest.bestanden.iter().map(|e| e.pad.as_str()).collect();
    let expected =
        ["diep/binnen.zip", "m.xml", "map/a.csv"].map(|name| format!("in/pakket.zip/{name}"));
    assert_eq!(names, expected);
    assert_eq!(entry(&packed, "pakket.zip/map/a.csv").lezing.encoding, "windows-1252");
    assert_eq!(entry(&packed, "pakket.zip/m.xml").account.aanvaard.regels, 2);
    assert_eq!(codes(&packed), ["MS265"]);
    let loose: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (_place, unpacked) = dataset_of(&loose[..2]);
    assert_eq!(all_derived(&packed), all_derived(&unpacked));
    // The same files beside their archive are doubles of it.
    let (_place, both) = dataset_of(&[("pakket.zip", &zip), loose[0], loose[1]]);
    assert_eq!(all_derived(&both), all_derived(&packed));
    assert_eq!(codes(&both), ["MS265", "MS002", "MS002"]);
}

/// The practice region without its own archives: what is in the good one lies in a folder.
fn without_archives() -> Vec<(String, Vec<u8>)> {
    let (archives, mut files): (Vec<_>, Vec<_>) =
        files_below(&sample_data()).into_iter().partition(|(name, _)| name.contains(".zip"));
    let messages = archives.into_iter().find(|(name, _)| name.starts_with("berichten")).unwrap().1;
    let mut archive = zip::ZipArchive::new(Cursor::new(messages)).unwrap();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut part, &mut bytes).unwrap();
        let name = part.name().unwrap().into_owned();
        if !name.contains(".zip") {
            files.push((format!("berichten/{name}"), bytes));
        }
    }
    files
}

#[test]
fn the_practice_region_in_one_zip_is_the_practice_region() {
    let files = without_archives();
    assert!(files.len() > 400, "{}", files.len());
    let (_place, packed) = dataset_of(&[("regio.zip", &zipped(&files))]);
    let loose: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let (_place, loose) = dataset_of(&loose);
    assert_eq!(packed.manifest.bestanden.len(), loose.manifest.bestanden.len());
    assert_eq!(all_derived(&packed), all_derived(&loose));
    assert_eq!(codes(&packed), codes(&loose));
}

#[test]
fn a_workbook_in_a_zip_is_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["gemeente", "jaar", "jeugdigen"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    sheet.write_string(1, 0, "9901").unwrap();
    sheet.write_number(1, 1, 2025).unwrap();
    sheet.write_number(1, 2, 2000).unwrap();
    let book = book.save_to_buffer().unwrap();
    let (_place, dataset) = dataset_of(&[("x.zip", &zipped(&entries([("k.xlsx", book)])))]);
    let account = entry(&dataset, "x.zip/k.xlsx").account;
    assert_eq!((account.aanvaard.regels, account.afgekeurd.regels), (1, 0));
    let rows = &all_derived(&dataset)["gemeenten.parquet"];
    assert_eq!((rows.len(), rows[0]["jeugdigen"].as_str()), (1, "2000"));
}

#[test]
fn thousands_of_messages_in_one_zip_are_read() {
    let message = |n: usize| {
        let text = with(&jw323_of(&[&format!("R{n}")]), ">B1<", &format!(">B{n}<"));
        (format!("berichten/{n:05}.xml"), text.into_bytes())
    };
    let files: Vec<(String, Vec<u8>)> = (0..2000).map(message).collect();
    let (_place, dataset) = dataset_of(&[("jaar.zip", &zipped(&files))]);
    let (reading, _) = dataset.manifest.totals();
    assert_eq!(reading.aanvaard, Sum { regels: 2000, bedrag_ct: 10_000_000 });
}

#[test]
fn a_damaged_entry_does_not_hide_the_others() {
    let files = entries([("a.csv", three().into_bytes()), ("b.csv", export(&[&[]]).into_bytes())]);
    let mut bytes = zipped(&files);
    // The checksum of the first entry, as the directory gives it.
    let at = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap() + 16;
    bytes[at] ^= 0xff;
    let (_place, dataset) = dataset_of(&[("x.zip", &bytes)]);
    let reject = dataset.rejects().unwrap().remove(0);
    assert_eq!((reject.code.as_str(), reject.file.as_str()), ("MS262", "in/x.zip/a.csv"));
    assert_eq!(entry(&dataset, "x.zip/b.csv").account.aanvaard.regels, 1);
}

#[test]
fn children_per_gemeente_may_come_as_cbs_gives_them() {
    let table = "\"ID\";\"RegioS\";\"Perioden\";\"Jeugdigen_1\"\r\n\
                 0;\"NL01    \";\"2024JJ00\";\" 3300000\"\r\n\
                 1;\"GM9901  \";\"2024JJ00\";\"    2000\"\r\n\
                 2;\"GM9902  \";\"2024JJ00\";\"       .\"\r\n\
                 3;\"GM9903  \";\"2024JJ00\";\"    3000\"\r\n";
    let (_place, dataset) = dataset_of(&[("cbs.csv", table.as_bytes())]);
    assert_eq!(codes(&dataset), [""; 0]);
    let account = entry(&dataset, "cbs.csv").account;
    assert_eq!((account.aanvaard.regels, account.totaalregels, account.blanco), (2, 1, 1));
    let rows = &all_derived(&dataset)["gemeenten.parquet"];
    let found: Vec<[&str; 3]> = rows
        .iter()
        .map(|row| ["gemeente", "jaar", "jeugdigen"].map(|name| row[name].as_str()))
        .collect();
    assert_eq!(found, [["9901", "2024", "2000"], ["9903", "2024", "3000"]]);
}

#[test]
fn two_numbers_of_children_are_none_and_the_same_twice_is_one() {
    let (_place, dataset) = dataset_of(&[
        ("a.csv", b"gemeente;jaar;jeugdigen\n9901;2024;2000\n9902;2024;3000\n9903;2024;4000\n"),
        ("b.csv", b"gemeente;jaar;jeugdigen\n9902;2024;3000\n9901;2024;2001\n9901;2025;2001\n"),
    ]);
    let rejects = dataset.rejects().unwrap();
    let places: Vec<(&str, u64)> = rejects.iter().map(|r| (r.file.as_str(), r.line)).collect();
    assert_eq!(codes(&dataset), ["MS269", "MS269"]);
    assert_eq!(places, [("in/a.csv", 2), ("in/b.csv", 3)]);
    let mut rows: Vec<(String, String)> = all_derived(&dataset)["gemeenten.parquet"]
        .iter()
        .map(|row| (row["gemeente"].clone(), row["jaar"].clone()))
        .collect();
    rows.sort();
    rows.dedup();
    let known = [("9901", "2025"), ("9902", "2024"), ("9903", "2024")];
    assert_eq!(rows, known.map(|(gemeente, jaar)| (gemeente.to_owned(), jaar.to_owned())));
}

#[test]
fn a_file_that_says_nothing_does_not_end_well() {
    for (name, bytes) in
        [("a.csv", "kleur;maat\nrood;3\n"), ("a.zip", "PK\u{3}\u{4}"), ("a.csv", "")]
    {
        let job = TestJob::new().file(name, bytes);
        for words in
            [&["controleer", name][..], &["lees", name, "--naar", "set", "--regio", "oefenregio"]]
        {
            let seen = job.run(words);
            assert_eq!(seen.exit, 3, "{words:?}: {}{}", seen.out, seen.err);
            assert!(seen.out.contains("er is niets gelezen"), "{}", seen.out);
            assert!(
                !seen.out.contains("OK     ") && !seen.out.contains("maatstaf rapport"),
                "{}",
                seen.out
            );
        }
    }
}
