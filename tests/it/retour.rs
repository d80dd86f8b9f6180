//! Return files: who gets which row, what stands in each cell, and that nobody can be recognised in them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use maatstaf::dataset::Dataset;
use maatstaf::period::Kwartaal;
use maatstaf::rejects::{Reject, Severity};
use maatstaf::report::retour::{EIGEN, Input, retouren, zonder_afzender};
use maatstaf::schema::{HERKOMST_BESTAND, HERKOMST_REGEL, REDEN};

use crate::privacy::scanner;
use rust_xlsxwriter::{Format, Workbook};

use crate::support::{BSN_1, BSN_2, Place, Row, derived, export, read, region, sample_data};

/// Workbooks by path in the output folder.
type Boeken = BTreeMap<String, Vec<u8>>;

fn gemaakt(dataset: &Dataset) -> Boeken {
    let (rejects, rijen) = (dataset.rejects().unwrap(), dataset.afgekeurde_rijen().unwrap());
    let onbekend = zonder_afzender(&rejects, &rijen);
    let made = retouren(&Input {
        region: &region(),
        kwartaal: "2025-K3".parse::<Kwartaal>().unwrap(),
        peildatum: NaiveDate::from_ymd_opt(2025, 10, 30).unwrap(),
        manifest: &dataset.manifest,
        rejects: &rejects,
        rijen: &rijen,
        vervangen: &dataset.vervangen().unwrap(),
        aanbieders: &dataset.aanbieders().unwrap(),
        producten: &dataset.productcodes().unwrap(),
        agb_per_bestand: &dataset.agb_per_bestand(&onbekend).unwrap(),
    });
    made.into_iter().map(|one| (one.pad.clone(), one.bytes().unwrap())).collect()
}

/// The cells of every sheet, by name and in the order of the workbook.
fn bladen(bytes: &[u8]) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let sheets = book.worksheets().into_iter();
    sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect()
}

/// The cells of one sheet.
#[track_caller]
fn blad(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let found = bladen(bytes).into_iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no sheet {name}")).1
}

/// Parts of a workbook whose name holds this, one after another.
fn delen(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = String::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        if part.name().unwrap().contains(name) {
            part.read_to_string(&mut out).unwrap();
        }
    }
    out
}

fn cel(rows: &[Vec<Data>], row: usize, heading: &str) -> Data {
    let at = rows[0].iter().position(|cell| *cell == heading);
    rows[row][at.unwrap_or_else(|| panic!("no column {heading}"))].clone()
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

/// A folder with a fault of each kind. Line 3 an amount, line 4 an AGB code, line 5 a client, line 6 a unit and a
/// date, line 7 too few fields; a second file of two aanbieders, and a register that contradicts itself.
fn met_fouten(place: &Place) -> Dataset {
    let a = export(&[
        &[],
        &[("bedrag", "12.34,5"), ("referentienummer", "R2")],
        &[("agb", "99X00101"), ("referentienummer", "R3")],
        &[("bsn", "999900007"), ("referentienummer", "R4")],
        &[("eenheid", "pond"), ("periode_eind", "31-02-2025"), ("referentienummer", "R5")],
    ]);
    place.write("in/a.csv", format!("{a}9901;99000101;te kort\n"));
    place.write(
        "in/b.csv",
        export(&[
            &[("agb", "99000102"), ("referentienummer", "S1"), ("bsn", BSN_2)],
            &[("agb", "99000201"), ("referentienummer", "S2")],
            &[("agb", "verkeerd"), ("referentienummer", "S3")],
        ]),
    );
    place.write("in/aanbieders.csv", "agb;aanbieder\n99000101;Zorg & Co\n");
    place.write("in/gemeenten.csv", "gemeente;jaar;jeugdigen\n9901;2025;5\n9901;2025;6\n");
    read(&[place.path("in")], &place.path("dataset"))
}

#[test]
fn every_fault_goes_to_who_can_mend_it() {
    let place = Place::new();
    let boeken = gemaakt(&met_fouten(&place));
    let paths: Vec<&String> = boeken.keys().collect();
    assert_eq!(paths, [EIGEN, "afkeur/per-aanbieder/99000101.xlsx"]);
    let own = &boeken["afkeur/per-aanbieder/99000101.xlsx"];
    let names: Vec<String> = bladen(own).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Brief", "Declaraties", "Elders te verbeteren", "Keuzes"]);
    let rows = blad(own, "Declaraties");
    let lines: Vec<String> =
        (1..rows.len()).map(|row| cel(&rows, row, HERKOMST_REGEL).to_string()).collect();
    // The AGB code of line 4 cannot be read, but all others of this file are of one aanbieder.
    assert_eq!(lines, ["3", "4", "5", "6"]);
    assert_eq!(cel(&rows, 1, HERKOMST_BESTAND), text("in/a.csv"));
    let loose = blad(own, "Elders te verbeteren");
    assert_eq!((&loose[1][0], &loose[1][1]), (&text("in/a.csv"), &text("regel 7")));
    // Of two aanbieders in one file it cannot be told whose row it is.
    let mine = blad(&boeken[EIGEN], "Declaraties");
    assert_eq!((mine.len(), cel(&mine, 1, "Referentienummer")), (2, text("S3")));
    let loose = blad(&boeken[EIGEN], "Elders te verbeteren");
    let files: BTreeSet<String> = loose[1..].iter().map(|row| row[0].to_string()).collect();
    assert_eq!(files, BTreeSet::from(["in/gemeenten.csv".to_owned()]));
}

#[test]
fn a_sheet_holds_what_was_read_in_its_own_kind_and_what_could_not_be_read() {
    let place = Place::new();
    let boeken = gemaakt(&met_fouten(&place));
    let rows = blad(&boeken["afkeur/per-aanbieder/99000101.xlsx"], "Declaraties");
    assert_eq!(rows[0][0], text(REDEN));
    let n = rows[0].len();
    assert_eq!(rows[0][n - 2..], [text(HERKOMST_BESTAND), text(HERKOMST_REGEL)]);
    assert_eq!(cel(&rows, 1, "Gemeente"), text(&region().gemeenten[0].naam));
    assert_eq!(cel(&rows, 1, "AGB-code"), text("99000101"));
    assert_eq!(cel(&rows, 1, "Volume"), Data::Float(4.0));
    assert_eq!(cel(&rows, 1, "Eenheid"), text("uur"));
    assert_eq!(cel(&rows, 1, "Tarief"), Data::Float(12.5));
    let Data::DateTime(day) = cel(&rows, 1, "Begin productperiode") else { panic!("a date") };
    assert_eq!(day.to_ymd_hms_milli(), (2025, 7, 1, 0, 0, 0, 0));
    // What could not be read stands there as it was.
    assert_eq!(cel(&rows, 1, "Bedrag"), text("12.34,5"));
    assert_eq!(cel(&rows, 2, "AGB-code"), text("99X00101"));
    assert_eq!(cel(&rows, 4, "Eenheid"), text("pond"));
    assert_eq!(cel(&rows, 4, "Einde productperiode"), text("31-02-2025"));
    assert_eq!(cel(&rows, 4, "Bedrag"), Data::Float(50.0));
    let why = cel(&rows, 4, REDEN).to_string();
    assert!(why.contains("Eenheid: ") && why.contains("Einde productperiode: "), "{why}");
    for row in 1..rows.len() {
        assert_eq!(cel(&rows, row, "Cliënt"), Data::Empty, "row {row}");
    }
}

#[test]
fn faults_have_a_colour_a_border_and_a_note_and_choices_a_list() {
    let place = Place::new();
    let boeken = gemaakt(&met_fouten(&place));
    let own = &boeken["afkeur/per-aanbieder/99000101.xlsx"];
    let rows = blad(own, "Declaraties");
    let letter = |heading: &str| {
        let at = rows[0].iter().position(|cell| *cell == heading).unwrap();
        char::from(b'A' + u8::try_from(at).unwrap())
    };
    let notes = delen(own, "xl/comments");
    let client = format!("{}1", letter("Cliënt"));
    let noted: BTreeSet<String> = notes
        .split("<comment ref=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    let faulty = [
        ("Bedrag", 2),
        ("AGB-code", 3),
        ("Cliënt", 4),
        ("Eenheid", 5),
        ("Einde productperiode", 5),
    ];
    let mut expected: BTreeSet<String> =
        faulty.iter().map(|(heading, row)| format!("{}{row}", letter(heading))).collect();
    // The heading of the client says that the column stays empty.
    expected.insert(client);
    assert_eq!(noted, expected);
    assert!(notes.contains("Bedrag niet te lezen (MS217)\nEr stond: 12.34,5"), "{notes}");
    let sheet = delen(own, "xl/worksheets/sheet2.xml");
    let style = |cell: &str| {
        let at = sheet.find(&format!("<c r=\"{cell}\" s=\"")).unwrap_or_else(|| panic!("{cell}"));
        let rest = &sheet[at + cell.len() + 11..];
        rest.split('"').next().unwrap().parse::<usize>().unwrap()
    };
    let styles = delen(own, "xl/styles.xml");
    let formats: Vec<&str> =
        styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect();
    for (heading, row) in faulty {
        let format = formats[style(&format!("{}{row}", letter(heading)))];
        assert!(!format.contains("fillId=\"0\"") && !format.contains("borderId=\"0\""), "{format}");
    }
    let sound = formats[style(&format!("{}2", letter("Volume")))];
    assert!(sound.contains("fillId=\"0\"") && sound.contains("borderId=\"0\""), "{sound}");
    for heading in ["Gemeente", "Eenheid"] {
        let range = format!("sqref=\"{0}2:{0}5\"", letter(heading));
        let rule = sheet.split("<dataValidation ").find(|rule| rule.contains(&range)).unwrap();
        assert!(
            rule.contains("type=\"list\"") && rule.contains("errorStyle=\"warning\""),
            "{rule}"
        );
    }
    let keuzes = blad(own, "Keuzes");
    let shown: Vec<String> = keuzes.iter().map(|row| row[0].to_string()).collect();
    assert!(region().gemeenten.iter().all(|gemeente| shown.contains(&gemeente.naam)));
    assert!(
        delen(own, "xl/workbook.xml").contains("name=\"Keuzes\" sheetId=\"4\" state=\"hidden\"")
    );
}

#[test]
fn a_row_without_a_code_goes_to_the_only_aanbieder_of_its_file_whatever_number_of_codes_it_has() {
    let place = Place::new();
    place.write(
        "in/b.csv",
        export(&[
            &[("agb", "99000102"), ("referentienummer", "S1"), ("bsn", BSN_2)],
            &[("agb", "99000101"), ("referentienummer", "S2")],
            &[("agb", "99X00101"), ("referentienummer", "S3")],
        ]),
    );
    place.write("in/aanbieders.csv", "agb;aanbieder\n99000101;Zorg\n99000102;Zorg\n");
    let boeken = gemaakt(&read(&[place.path("in")], &place.path("dataset")));
    assert_eq!(boeken.keys().collect::<Vec<_>>(), ["afkeur/per-aanbieder/99000101.xlsx"]);
}

#[test]
fn the_letter_says_to_whom_how_much_and_what_to_do() {
    let place = Place::new();
    let boeken = gemaakt(&met_fouten(&place));
    let said = |path: &str| {
        let rows = blad(&boeken[path], "Brief");
        rows.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let letter = said("afkeur/per-aanbieder/99000101.xlsx");
    for part in [
        "VERTROUWELIJK – alleen voor Zorg & Co",
        "Aan: Zorg & Co, AGB-code 99000101",
        "Peildatum: 30 oktober 2025",
        "4 regels die wij niet konden gebruiken. Samen gaat het om € 150,00. Van 1 regel is het bedrag niet te lezen.",
        "Bedrag niet te lezen (MS217): vul het bedrag in, zoals 1234,50.",
        "1 regel of bestand kunt u niet hier verbeteren",
        "alleen in waar die cel gekleurd is",
        "beveiligde weg",
    ] {
        assert!(letter.contains(part), "{part} is not in\n{letter}");
    }
    assert!(said(EIGEN).starts_with("INTERN – niet delen"));
}

/// File and line.
type Plaats = (String, u64);

/// The places of the rows on the sheets of tables, and of what stands on the sheet beside them; each must have no client.
fn plaatsen(boeken: &Boeken, rejects: &[Reject]) -> (Vec<Plaats>, Vec<Plaats>) {
    let (mut rijen, mut los) = (Vec::new(), Vec::new());
    let sheets = boeken.values().flat_map(|bytes| bladen(bytes));
    for (name, rows) in sheets.filter(|(name, _)| !["Brief", "Keuzes"].contains(&name.as_str())) {
        for row in 1..rows.len() {
            if name != "Elders te verbeteren" {
                assert_eq!(cel(&rows, row, "Cliënt"), Data::Empty, "{name} {row}");
                let line = cel(&rows, row, HERKOMST_REGEL).to_string().parse().unwrap();
                rijen.push((cel(&rows, row, HERKOMST_BESTAND).to_string(), line));
                continue;
            }
            let (file, at) = (rows[row][0].to_string(), rows[row][1].to_string());
            let is_it = |reject: &&Reject| {
                let place = match (reject.line, reject.cell.as_str()) {
                    (0, "") => String::new(),
                    (line, "") => format!("regel {line}"),
                    (_, cell) => cell.to_owned(),
                };
                reject.file == file && place == at
            };
            let line = rejects.iter().find(is_it).map(|reject| reject.line);
            los.push((file, line.unwrap_or_else(|| panic!("no reject at {at}"))));
        }
    }
    (rijen, los)
}

#[test]
fn every_rejected_row_of_the_sample_goes_back_once_and_no_client_with_it() {
    let place = Place::new();
    let dataset = read(&[sample_data()], &place.path("dataset"));
    let boeken = gemaakt(&dataset);
    let rejects = dataset.rejects().unwrap();
    let (rijen, los) = plaatsen(&boeken, &rejects);
    assert!(boeken.len() > 5 && rijen.len() > 20, "{:?}", boeken.keys());
    let is_fatal =
        |reject: &&Reject| reject.severity == Severity::Fataal && !reject.file.is_empty();
    let expected: BTreeSet<Plaats> =
        rejects.iter().filter(is_fatal).map(|r| (r.file.clone(), r.line)).collect();
    let unique: BTreeSet<Plaats> = rijen.iter().cloned().collect();
    assert_eq!(unique.len(), rijen.len(), "a row goes to one, once");
    let loose: BTreeSet<Plaats> = los.into_iter().collect();
    assert!(unique.is_disjoint(&loose));
    assert_eq!(&unique | &loose, expected);
    let scanner = scanner();
    for (path, bytes) in &boeken {
        assert_eq!(scanner.find_in_text(&delen(bytes, "")), None, "{path}");
    }
}

#[test]
fn the_same_rows_give_the_same_bytes_in_any_order_of_files() {
    let place = Place::new();
    let dataset = met_fouten(&place);
    let first = gemaakt(&dataset);
    assert_eq!(first, gemaakt(&dataset));
    let other = Place::new();
    let again = met_fouten(&other);
    assert_eq!(first, gemaakt(&again));
}

/// The workbook as somebody saves it: every cell as it is, but where `change` says otherwise.
fn bewerkt(bytes: &[u8], change: impl Fn(&str, u64) -> Option<Data>) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("dd-mm-yyyy");
    for (name, rows) in bladen(bytes) {
        let sheet = book.add_worksheet();
        sheet.set_name(&name).unwrap();
        for (at, row) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(row) {
                let is_table = at > 0 && rows[0][0] == text(REDEN);
                let changed = is_table.then(|| {
                    let line = cel(&rows, at as usize, HERKOMST_REGEL).to_string();
                    change(&rows[0][usize::from(column)].to_string(), line.parse().unwrap())
                });
                match changed.flatten().as_ref().unwrap_or(cell) {
                    Data::String(text) => sheet.write_string(at, column, text),
                    Data::Float(number) => sheet.write_number(at, column, *number),
                    Data::DateTime(moment) => {
                        sheet.write_number_with_format(at, column, moment.as_f64(), &day)
                    }
                    _ => continue,
                }
                .unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Counted declaraties and those that are not, without where they come from.
fn declaraties(dataset: &Dataset) -> Vec<Row> {
    let tables = ["declaraties", "declaraties_niet_geteld"];
    let mut rows: Vec<Row> = tables.iter().flat_map(|table| derived(dataset, table)).collect();
    for row in &mut rows {
        row.retain(|name, _| name != "bron" && name != "regel");
    }
    rows.sort();
    rows
}

#[test]
fn a_return_file_that_is_filled_in_is_read_as_if_the_fault_had_never_been() {
    let place = Place::new();
    let dataset = met_fouten(&place);
    let own = gemaakt(&dataset).remove("afkeur/per-aanbieder/99000101.xlsx").unwrap();
    let mended = bewerkt(&own, |heading, line| match (heading, line) {
        ("Bedrag", 3) => Some(Data::Float(50.0)),
        ("AGB-code", 4) => Some(text("99000101")),
        ("Cliënt", 5) => Some(text(BSN_1)),
        ("Eenheid", 6) => Some(text("uur")),
        ("Einde productperiode", 6) => Some(text("31-07-2025")),
        _ => None,
    });
    place.write("in/terug.xlsx", mended);
    let again = read(&[place.path("in")], &place.path("opnieuw"));
    let sound = Place::new();
    let references = ["R1", "R2", "R3", "R4", "R5"].map(|name| [("referentienummer", name)]);
    let rows: Vec<&[(&str, &str)]> = references.iter().map(<[_; 1]>::as_slice).collect();
    sound.write("in/a.csv", export(&rows));
    let b = std::fs::read(place.path("in/b.csv")).unwrap();
    sound.write("in/b.csv", b);
    for name in ["aanbieders.csv", "gemeenten.csv"] {
        sound.write(&format!("in/{name}"), std::fs::read(place.path("in").join(name)).unwrap());
    }
    let expected = read(&[sound.path("in")], &sound.path("dataset"));
    assert_eq!(declaraties(&again), declaraties(&expected));
    // Nothing is asked again but what this aanbieder cannot mend in a cell.
    let boeken = gemaakt(&again);
    let names: Vec<String> = bladen(&boeken["afkeur/per-aanbieder/99000101.xlsx"])
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["Brief", "Elders te verbeteren"]);
}

#[test]
fn a_return_file_as_it_went_out_asks_the_same_once_more() {
    let place = Place::new();
    let boeken = gemaakt(&met_fouten(&place));
    let own = &boeken["afkeur/per-aanbieder/99000101.xlsx"];
    place.write("in/terug.xlsx", own);
    let again = read(&[place.path("in")], &place.path("opnieuw"));
    let rejects = again.rejects().unwrap();
    let wrong: Vec<&Reject> =
        rejects.iter().filter(|r| ["MS290", "MS291"].contains(&r.code.as_str())).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let second = gemaakt(&again);
    let rows = blad(&second["afkeur/per-aanbieder/99000101.xlsx"], "Declaraties");
    assert_eq!(rows.len(), 5);
    for row in 1..rows.len() {
        assert_eq!(cel(&rows, row, HERKOMST_BESTAND), text("in/terug.xlsx"));
        assert_eq!(cel(&rows, row, "Cliënt"), Data::Empty);
    }
    assert_eq!(cel(&rows, 1, "Bedrag"), text("12.34,5"));
}

/// Another program opens the workbooks as they are; where it is not installed, this says nothing.
#[test]
fn libreoffice_opens_a_return_file() {
    let place = Place::new();
    let boeken = gemaakt(&met_fouten(&place));
    let Ok(found) = Command::new("soffice").arg("--version").output() else {
        println!("soffice is not installed: not tested");
        return;
    };
    assert!(found.status.success());
    for (path, bytes) in &boeken {
        let name = Path::new(path).file_name().unwrap().to_string_lossy().into_owned();
        let file = place.write(&name, bytes);
        let status = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", place.path("profiel").display()))
            .args(["--headless", "--convert-to", "ods", "--outdir"])
            .arg(place.path("uit"))
            .arg(&file)
            .output()
            .unwrap();
        assert!(status.status.success(), "{name}");
        let ods = std::fs::read(place.path("uit").join(name.replace(".xlsx", ".ods"))).unwrap();
        let content = delen(&ods, "content.xml");
        assert!(content.contains("office:annotation") && content.contains(HERKOMST_REGEL));
        assert!(!content.contains(BSN_1));
    }
}
