//! Rejected rows are kept without the people in them, and a corrected file is read in their place.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use maatstaf::dataset::Dataset;
use maatstaf::dataset::afgekeurd::{AfgekeurdeRij, Waarde};
use maatstaf::rejects::Severity;
use maatstaf::schema::{DECLARATIES, Dtype, HERKOMST_BESTAND, HERKOMST_REGEL, REDEN, TABLES};
use maatstaf::typing::pseudonym::Key;

use crate::job::TestJob;
use crate::support::{
    BSN_1, BSN_2, Place, Row, all_derived, derived, export, files_below, jw323, prestatie, read,
    read_into, rows_of, sample_data,
};

/// A value of a kept row.
fn value<'r>(row: &'r AfgekeurdeRij, column: &str) -> Option<&'r Waarde> {
    row.waarden[row.table.position(column).unwrap()].as_ref()
}

fn text(text: &str) -> Waarde {
    Waarde::Text(text.to_owned())
}

#[test]
fn a_rejected_row_is_kept_as_far_as_it_could_be_read() {
    let place = Place::new();
    place.write(
        "in/a.csv",
        export(&[
            &[],
            &[("bedrag", "vijftig"), ("bsn", BSN_2)],
            &[("bsn", "999900007"), ("referentienummer", BSN_1)],
        ]),
    );
    let line = prestatie("R7").replace("<m:Eenheid>04", "<m:Eenheid>99");
    place.write("in/b.xml", jw323(5000, &[(BSN_1, line)]));
    let dataset = read(&[place.path("in")], &place.path("uit"));
    let rows = dataset.afgekeurde_rijen().unwrap();
    let places: Vec<(bool, u64)> =
        rows.iter().map(|row| (row.file.ends_with("a.csv"), row.regel)).collect();
    assert_eq!(places.len(), 3, "{places:?}");
    assert_eq!(places[..2], [(true, 3), (true, 4)]);
    assert!(rows.iter().all(|row| row.table.name == DECLARATIES.name));
    let [first, second, third] = &rows[..] else { panic!("three rows") };
    assert_eq!(value(first, "bedrag_ct"), None);
    assert_eq!(value(first, "volume_milli"), Some(&Waarde::Int(4000)));
    assert_eq!(value(first, "referentienummer").cloned(), Some(text("R1")));
    let begin = chrono::NaiveDate::from_ymd_opt(2025, 7, 1).unwrap();
    assert_eq!(value(first, "periode_begin"), Some(&Waarde::Date(begin)));
    assert!(rows.iter().all(|row| value(row, "client").is_none()));
    // A reference in which a BSN may stand is not kept, and it is said so.
    assert_eq!(value(second, "referentienummer"), None);
    assert_eq!(second.niet_bewaard, ["referentienummer"]);
    assert_eq!(value(second, "bedrag_ct"), Some(&Waarde::Int(5000)));
    assert_eq!(value(third, "eenheid"), None);
    assert_eq!(value(third, "referentienummer").cloned(), Some(text("R7")));
    assert!(third.file.ends_with("b.xml"));
}

#[test]
fn only_the_pseudonym_of_the_client_is_kept_of_a_person() {
    let place = Place::new();
    let make = |byte: u8| {
        let target = place.path(&format!("uit-{byte}"));
        read_into(&[sample_data()], &target, &Key::new([byte; 32]), false).unwrap()
    };
    let (one, two) = (make(1), make(2));
    let persons: Vec<&str> = TABLES
        .iter()
        .flat_map(|table| table.columns)
        .filter(|column| column.is_person() && column.dtype != Dtype::Client)
        .map(|column| column.name)
        .chain(["wordt_18"])
        .collect();
    let kept = |dataset: &Dataset| -> BTreeMap<String, Vec<Row>> {
        let folder = dataset.folder().join("afgekeurd");
        let names = files_below(&folder).into_keys();
        names.map(|name| (name.clone(), rows_of(&folder.join(&name)))).collect()
    };
    let (mut with_one, mut with_two) = (kept(&one), kept(&two));
    assert!(with_one.len() > 3 && with_one != with_two);
    for row in with_one.values_mut().chain(with_two.values_mut()).flatten() {
        assert!(persons.iter().all(|column| !row.contains_key(*column)), "{row:?}");
        row.remove("client");
    }
    assert_eq!(with_one, with_two);
}

#[test]
fn the_kept_rows_are_those_the_account_rejects() {
    let place = Place::new();
    let dataset = read(&[sample_data()], &place.path("uit"));
    let rows = dataset.afgekeurde_rijen().unwrap();
    let mut per_file: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &rows {
        *per_file.entry(&row.file).or_default() += 1;
    }
    let rejects = dataset.rejects().unwrap();
    let is_fatal = |file: &str, line: u64| {
        rejects.iter().any(|reject| {
            (reject.file.as_str(), reject.line, reject.severity) == (file, line, Severity::Fataal)
        })
    };
    assert!(rows.iter().all(|row| is_fatal(&row.file, row.regel)));
    let mut n_kept = 0;
    for entry in &dataset.manifest.bestanden {
        let kept = per_file.get(entry.pad.as_str()).copied().unwrap_or_default();
        let across = rejects.iter().filter(|reject| {
            reject.file == entry.pad
                && ["TR314", "TR384", "TR389", "TR416"].contains(&reject.code.as_str())
        });
        let most = entry.account.afgekeurd.regels + across.count() as u64;
        assert!(kept <= most, "{}", entry.pad);
        n_kept += kept;
    }
    assert_eq!(n_kept, rows.len() as u64);
    // What was read once stays, also when the dataset grows.
    let again = read(&[place.write("meer/x.csv", export(&[&[]]))], &place.path("uit"));
    assert_eq!(
        again.afgekeurde_rijen().unwrap().len(),
        rows.len(),
        "{:?}",
        again.manifest.hersteld()
    );
}

/// A value as an aanbieder sees it in a return file.
fn shown(dtype: Dtype, value: &Waarde) -> String {
    let scaled = |n: i64, digits: u32| {
        let unit = 10_u64.pow(digits);
        let sign = if n < 0 { "-" } else { "" };
        let (whole, part) = (n.unsigned_abs() / unit, n.unsigned_abs() % unit);
        format!("{sign}{whole},{part:0width$}", width = digits as usize)
    };
    match value {
        Waarde::Text(text) => text.clone(),
        Waarde::Int(n) if dtype == Dtype::Cent => scaled(*n, 2),
        Waarde::Int(n) if dtype == Dtype::Milli => scaled(*n, 3),
        Waarde::Int(n) => n.to_string(),
        Waarde::Date(date) => date.format("%d-%m-%Y").to_string(),
        Waarde::Bool(flag) => if *flag { "ja" } else { "nee" }.to_owned(),
    }
}

/// A row of a correction: heading → cell.
type Cells = BTreeMap<&'static str, String>;

/// A rejected row as a return file gives it to the aanbieder.
fn returned(row: &AfgekeurdeRij) -> Cells {
    let columns = row.table.columns.iter().zip(&row.waarden);
    let supplied = columns.filter(|(column, _)| column.need.is_supplied());
    let cells = supplied.map(|(column, value)| {
        (column.kop(), value.as_ref().map_or_else(String::new, |v| shown(column.dtype, v)))
    });
    cells
        .chain([
            (HERKOMST_BESTAND, row.file.clone()),
            (HERKOMST_REGEL, row.regel.to_string()),
            (REDEN, "Totaal onbekend".to_owned()),
        ])
        .collect()
}

/// The same row with these cells filled in.
fn with_cells(row: &Cells, cells: &[(&'static str, &str)]) -> Cells {
    let mut out = row.clone();
    out.extend(cells.iter().map(|(heading, text)| (*heading, (*text).to_owned())));
    out
}

fn table_of(rows: &[Cells]) -> Vec<Vec<String>> {
    let headings: Vec<&str> = rows[0].keys().copied().collect();
    let cell = |row: &Cells, heading: &&str| row.get(heading).cloned().unwrap_or_default();
    let lines = rows.iter().map(|row| headings.iter().map(|heading| cell(row, heading)).collect());
    std::iter::once(headings.iter().map(|heading| (*heading).to_owned()).collect())
        .chain(lines)
        .collect()
}

fn csv(rows: &[Cells]) -> String {
    table_of(rows).iter().map(|row| row.join(";") + "\n").collect()
}

fn xlsx(rows: &[Cells]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, row) in table_of(rows).iter().enumerate() {
        for (column, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let (row, column) = (u32::try_from(at).unwrap() + 3, u16::try_from(column).unwrap());
            let number = text.replace(',', ".").parse::<f64>();
            let is_line = row > 3 && table_of(rows)[0][usize::from(column)] == HERKOMST_REGEL;
            match (number, chrono::NaiveDate::parse_from_str(text, "%d-%m-%Y")) {
                (Ok(number), _) if text.contains(',') || is_line => {
                    sheet.write_number(row, column, number).unwrap();
                }
                (_, Ok(date)) => {
                    let form = rust_xlsxwriter::Format::new().set_num_format("dd-mm-yyyy");
                    let days = date - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
                    let days = f64::from(i32::try_from(days.num_days()).unwrap());
                    sheet.write_number_with_format(row, column, days, &form).unwrap();
                }
                _ => {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// Derived tables without where rows come from, in an order of their own.
fn figures(dataset: &Dataset) -> BTreeMap<String, Vec<Row>> {
    let mut tables = all_derived(dataset);
    for rows in tables.values_mut() {
        for row in rows.iter_mut() {
            row.remove("bron");
            row.remove("regel");
        }
        rows.sort();
    }
    tables
}

fn codes(dataset: &Dataset, open: bool) -> Vec<(String, String, u64)> {
    let rejects = dataset.rejects().unwrap().into_iter();
    let wanted = rejects.filter(|reject| reject.hersteld.is_empty() == open);
    let name = |file: &str| file.rsplit('/').next().unwrap().to_owned();
    let mut out: Vec<_> =
        wanted.map(|reject| (reject.code, name(&reject.file), reject.line)).collect();
    out.sort_by(|a, b| (&a.1, a.2).cmp(&(&b.1, b.2)));
    out
}

fn code(code: &str, file: &str, line: u64) -> (String, String, u64) {
    (code.to_owned(), file.to_owned(), line)
}

/// Three lines of which two are rejected.
fn faulty() -> String {
    export(&[
        &[("referentienummer", "R1")],
        &[("referentienummer", "R2"), ("bedrag", "vijftig"), ("bsn", BSN_2)],
        &[
            ("referentienummer", "R3"),
            ("periode_begin", "31-06-2025"),
            ("periode_eind", "30-06-2025"),
        ],
    ])
}

fn mended() -> String {
    faulty().replace("vijftig", "50,00").replace("31-06-2025", "01-06-2025")
}

const AMOUNT: (&str, &str) = ("Bedrag", "50,00");
const BEGIN: (&str, &str) = ("Begin productperiode", "01-06-2025");

#[test]
fn a_corrected_file_gives_what_a_faultless_file_would_have_given() {
    let place = Place::new();
    place.write("goed/a.csv", mended());
    let expected = figures(&read(&[place.path("goed")], &place.path("goed.uit")));
    let input = place.write("in/a.csv", faulty());
    let dataset = read(&[place.path("in")], &place.path("uit"));
    assert_ne!(figures(&dataset), expected);
    assert_eq!(codes(&dataset, true), [code("MS217", "a.csv", 3), code("MS212", "a.csv", 4)]);
    let rows: Vec<Cells> = dataset.afgekeurde_rijen().unwrap().iter().map(returned).collect();
    let rows = [with_cells(&rows[0], &[AMOUNT]), with_cells(&rows[1], &[BEGIN])];
    // Only what was wrong is filled in: everything else comes from the rejected row.
    let bare = |row: &Cells, heading: &str| {
        let stays = [HERKOMST_BESTAND, HERKOMST_REGEL, "Bedrag", "Begin productperiode"];
        let kept =
            |name: &str| stays.contains(&name) && (!stays[2..].contains(&name) || name == heading);
        row.iter()
            .map(|(name, text)| (*name, if kept(name) { text.clone() } else { String::new() }))
            .collect::<Cells>()
    };
    let few = [bare(&rows[0], "Bedrag"), bare(&rows[1], "Begin productperiode")];
    let narrow = few.clone().map(|mut row| {
        row.retain(|name, _| {
            [HERKOMST_BESTAND, HERKOMST_REGEL, "Bedrag", "Begin productperiode"].contains(name)
        });
        row
    });
    let forms: [(&str, Vec<u8>); 5] = [
        ("heel.csv", csv(&rows).into_bytes()),
        ("heel.xlsx", xlsx(&rows)),
        ("leeg.csv", csv(&few).into_bytes()),
        ("leeg.xlsx", xlsx(&few)),
        ("smal.csv", csv(&narrow).into_bytes()),
    ];
    for (name, bytes) in forms {
        let target = place.path(&format!("uit-{name}"));
        read(std::slice::from_ref(&input), &target);
        let back = place.write(&format!("terug/{name}"), bytes.clone());
        let dataset = read(std::slice::from_ref(&back), &target);
        assert_eq!(figures(&dataset), expected, "{name}: {:?}", codes(&dataset, true));
        assert_eq!(codes(&dataset, true), [], "{name}");
        assert_eq!(codes(&dataset, false).len(), 2, "{name}");
        assert_eq!(dataset.manifest.open_accounts(), [""; 0], "{name}");
        assert_eq!(dataset.manifest.hersteld().regels, 2, "{name}");
        // In one run, in any order, it is the same.
        for (nr, files) in
            [[input.clone(), back.clone()], [back.clone(), input.clone()]].iter().enumerate()
        {
            let at_once = read(files, &place.path(&format!("{nr}-{name}")));
            assert_eq!(figures(&at_once), expected, "{name}");
            assert_eq!(at_once.rejects().unwrap(), dataset.rejects().unwrap(), "{name}");
        }
    }
}

/// A folder with one file of which rows are rejected, read; and those rows as they are returned.
fn rejected(place: &Place, text: &str) -> (Dataset, Vec<Cells>) {
    place.write("in/a.csv", text);
    let dataset = read(&[place.path("in")], &place.path("uit"));
    let rows = dataset.afgekeurde_rijen().unwrap().iter().map(returned).collect();
    (dataset, rows)
}

/// Reads a correction into the dataset of the folder.
fn back(place: &Place, name: &str, rows: &[Cells]) -> Dataset {
    let path = place.write(name, csv(rows));
    let dataset = read(&[path], &place.path("uit"));
    assert_eq!(dataset.manifest.open_accounts(), [""; 0]);
    dataset
}

fn n_counted(dataset: &Dataset) -> u64 {
    dataset.manifest.totals().1.aanvaard.regels
}

#[test]
fn rows_that_are_added_sorted_or_left_out_do_no_harm() {
    let place = Place::new();
    let (_, rows) = rejected(&place, &faulty());
    // Sorted the other way, one row of the aanbieder's own, and one that is left out.
    let own = with_cells(&rows[0], &[("Referentienummer", "R9"), (HERKOMST_REGEL, "99"), AMOUNT]);
    let dataset = back(&place, "terug.csv", &[own, with_cells(&rows[1], &[BEGIN])]);
    assert_eq!(n_counted(&dataset), 2);
    assert_eq!(codes(&dataset, true), [code("MS217", "a.csv", 3), code("MS290", "terug.csv", 2)]);
    assert_eq!(codes(&dataset, false), [code("MS212", "a.csv", 4)]);
    let found = &dataset.rejects().unwrap()[2];
    assert_eq!((found.found.as_str(), found.bedrag_ct), ("a.csv regel 99", Some(5000)));
    // What hangs nowhere is not kept: it cannot come in by a second try.
    assert_eq!(dataset.afgekeurde_rijen().unwrap().len(), 2);
    // The row that was left out comes later, in the order and under the name of the aanbieder.
    let dataset = back(&place, "later.csv", &[with_cells(&rows[0], &[AMOUNT])]);
    assert_eq!(n_counted(&dataset), 3);
    assert_eq!(codes(&dataset, true), [code("MS290", "terug.csv", 2)]);
}

#[test]
fn a_row_that_is_still_wrong_is_asked_for_again_and_once() {
    let place = Place::new();
    let (_, rows) = rejected(&place, &faulty());
    // A workbook in which nothing was changed.
    let dataset = back(&place, "een.csv", &[rows[0].clone()]);
    assert_eq!(codes(&dataset, true), [code("MS212", "a.csv", 4), code("MS216", "een.csv", 2)]);
    assert_eq!(codes(&dataset, false), [code("MS217", "a.csv", 3)]);
    // The second round may name the first file as well as the correction.
    for (name, row) in [
        ("oud", with_cells(&rows[0], &[AMOUNT])),
        (
            "nieuw",
            with_cells(
                &rows[0],
                &[AMOUNT, (HERKOMST_BESTAND, "terug/een.csv"), (HERKOMST_REGEL, "2")],
            ),
        ),
        (
            "leeg",
            Cells::from([
                (HERKOMST_BESTAND, "EEN.csv".to_owned()),
                (HERKOMST_REGEL, "2".to_owned()),
                ("Bedrag", "50,00".to_owned()),
            ]),
        ),
    ] {
        let place = Place::new();
        let (_, rows) = rejected(&place, &faulty());
        back(&place, "terug/een.csv", &[rows[0].clone()]);
        let dataset = back(&place, "terug/twee.csv", &[row]);
        assert_eq!(codes(&dataset, true), [code("MS212", "a.csv", 4)], "{name}");
        assert_eq!(n_counted(&dataset), 2, "{name}");
        assert_eq!(dataset.manifest.hersteld().regels, 2, "{name}");
    }
}

#[test]
fn a_row_counts_once_however_often_it_is_offered() {
    let place = Place::new();
    let (_, rows) = rejected(&place, &faulty());
    let good = with_cells(&rows[0], &[AMOUNT]);
    // Twice in one file.
    let dataset = back(&place, "een.csv", &[good.clone(), good.clone()]);
    assert_eq!(n_counted(&dataset), 2);
    assert_eq!(codes(&dataset, true), [code("MS212", "a.csv", 4)]);
    assert_eq!(codes(&dataset, false), [code("MS217", "a.csv", 3), code("MS291", "een.csv", 3)]);
    // The same file again, and the same rows saved anew.
    let dataset = back(&place, "weer.csv", &[good.clone(), good.clone()]);
    assert_eq!(n_counted(&dataset), 2);
    let dataset = back(&place, "twee.csv", &[good]);
    assert_eq!(n_counted(&dataset), 2);
    assert_eq!(codes(&dataset, true), [code("MS212", "a.csv", 4), code("MS002", "weer.csv", 0)]);
    let told =
        dataset.rejects().unwrap().into_iter().find(|r| r.file.ends_with("twee.csv")).unwrap();
    assert_eq!((told.code.as_str(), told.found.as_str()), ("MS291", "een.csv regel 2"));
    // Nothing of it is open: three rows were rejected of which two are in their place, and one came too late twice.
    let (reading, hersteld) = (dataset.manifest.totals().0, dataset.manifest.hersteld());
    assert_eq!((reading.afgekeurd.regels, hersteld.regels), (4, 3));
}

#[test]
fn a_row_that_was_delivered_anew_is_not_mended_as_well() {
    let place = Place::new();
    let (_, rows) = rejected(&place, &faulty());
    let anew = export(&[&[("referentienummer", "R2"), ("bsn", BSN_2)]]);
    read(&[place.write("in/b.csv", anew)], &place.path("uit"));
    let dataset = back(&place, "terug.csv", &[with_cells(&rows[0], &[AMOUNT])]);
    assert_eq!(n_counted(&dataset), 2);
    assert_eq!(codes(&dataset, true), [code("MS212", "a.csv", 4)]);
    let told = dataset.rejects().unwrap().into_iter().find(|r| r.code == "MS291").unwrap();
    assert_eq!(told.found, "b.csv regel 2");
}

#[test]
fn the_cell_by_which_a_row_is_found_may_be_what_was_wrong() {
    let place = Place::new();
    let text = export(&[
        &[("agb", "990001x1"), ("referentienummer", "R1")],
        &[("referentienummer", ""), ("eenheid", "dozijn"), ("periode_begin", "01-06-2025")],
    ]);
    let (dataset, rows) = rejected(&place, &text);
    assert_eq!(codes(&dataset, true), [code("RS036", "a.csv", 2), code("MS215", "a.csv", 3)]);
    let rows = [
        with_cells(&rows[0], &[("AGB-code", "99000101"), ("Referentienummer", "R7")]),
        with_cells(&rows[1], &[("Eenheid", "uur")]),
    ];
    let dataset = back(&place, "terug.csv", &rows);
    assert_eq!((codes(&dataset, true), n_counted(&dataset)), (vec![], 2));
}

#[test]
fn a_credit_stays_one_unless_the_correction_says_otherwise() {
    for (mark, given, expected) in [
        ("C", "", -5000),
        ("C", "C", -5000),
        ("C", "D", 5000),
        ("X", "C", -5000),
        ("X", "D", 5000),
        ("", "", 5000),
    ] {
        let place = Place::new();
        let text = export(&[&[("debet_credit", mark), ("eenheid", "dozijn")]]);
        let (_, rows) = rejected(&place, &text);
        let row = with_cells(
            &rows[0],
            &[("Eenheid", "uur"), ("Debet of credit", given), ("Bedrag", ""), ("Volume", "")],
        );
        let dataset = back(&place, "terug.csv", &[row]);
        assert_eq!(
            codes(&dataset, true).iter().filter(|c| c.0 != "TR323").count(),
            0,
            "{mark} {given}"
        );
        let sum = dataset.manifest.totals().1.aanvaard;
        assert_eq!((sum.regels, sum.bedrag_ct), (1, expected), "{mark} {given}");
    }
    // A mark that could not be read is not guessed.
    let place = Place::new();
    let (_, rows) = rejected(&place, &export(&[&[("debet_credit", "X")]]));
    assert_eq!(rows[0]["Debet of credit"], "");
}

#[test]
fn a_number_that_was_not_kept_is_asked_for_again_and_a_dash_means_none() {
    let text = export(&[&[
        ("toewijzingnummer", "999900006"),
        ("bedrag", "x"),
        ("dagtekening", "01-01-2026"),
    ]]);
    for (given, expected) in [("", "MS292"), ("999900006", ""), ("-", "")] {
        let place = Place::new();
        let (_, rows) = rejected(&place, &text);
        assert_eq!(rows[0]["Toewijzingnummer"], "");
        let row =
            with_cells(&rows[0], &[AMOUNT, ("Toewijzingnummer", given), ("Dagtekening", "-")]);
        let dataset = back(&place, "terug.csv", &[row]);
        let open: Vec<String> =
            codes(&dataset, true).into_iter().filter(|c| c.2 > 0).map(|c| c.0).collect();
        assert_eq!(open.join(" "), expected, "{given}");
        if expected.is_empty() {
            let row = &derived(&dataset, "declaraties")[0];
            let number = if given == "-" { "" } else { given };
            assert_eq!(
                (row["toewijzingnummer"].as_str(), row["dagtekening"].as_str()),
                (number, "")
            );
        }
    }
    // A required cell cannot be without a value.
    let place = Place::new();
    let (_, rows) = rejected(&place, &text);
    let dataset = back(
        &place,
        "terug.csv",
        &[with_cells(&rows[0], &[("Bedrag", "-"), ("Toewijzingnummer", "-")])],
    );
    assert_eq!(codes(&dataset, true), [code("MS216", "terug.csv", 2)]);
}

#[test]
fn a_row_of_a_message_is_held_to_the_rules_of_messages_and_is_no_message_itself() {
    let place = Place::new();
    let lines =
        format!("{}{}", prestatie("R1"), prestatie("R2").replace("2025-07-31", "2025-08-01"));
    place.write("in/a.xml", jw323(10000, &[(BSN_1, lines.clone())]));
    let dataset = read(&[place.path("in")], &place.path("uit"));
    assert_eq!(codes(&dataset, true).len(), 1);
    assert_eq!(codes(&dataset, true)[0].0, "CS337");
    let rows: Vec<Cells> = dataset.afgekeurde_rijen().unwrap().iter().map(returned).collect();
    let dataset = back(&place, "een.csv", &rows);
    assert_eq!(codes(&dataset, true), [code("CS337", "een.csv", 2)]);
    let dataset = back(
        &place,
        "twee.csv",
        &[with_cells(&rows[0], &[("Einde productperiode", "31-07-2025")])],
    );
    assert_eq!(codes(&dataset, true), []);
    let good = Place::new();
    good.write("in/a.xml", jw323(10000, &[(BSN_1, lines.replace("2025-08-01", "2025-07-31"))]));
    assert_eq!(figures(&dataset), figures(&read(&[good.path("in")], &good.path("uit"))));
}

#[test]
fn what_is_mended_is_no_longer_held_against_the_limit() {
    let job = TestJob::new();
    job.place.write("in/a.csv", faulty());
    let rows: Vec<Cells> = {
        let dataset = read(&[job.place.path("in")], &job.place.path("kijk"));
        dataset.afgekeurde_rijen().unwrap().iter().map(returned).collect()
    };
    let inbox = job.place.path("in").to_string_lossy().into_owned();
    job.run(&["controleer", &inbox, "--regio", "oefenregio"]).check(4, &["MS217"]);
    let rows = [with_cells(&rows[0], &[AMOUNT]), with_cells(&rows[1], &[BEGIN])];
    job.place.write("in/terug.csv", csv(&rows));
    let seen = job.run(&["controleer", &inbox, "--regio", "oefenregio"]);
    seen.check(0, &["waarvan vervangen", "de telling sluit"]);
    assert!(!seen.out.contains("MS217"), "{}", seen.out);
}

/// Changes a text in a part of a workbook.
fn edited(book: &[u8], old: &str, new: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut n = 0;
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            n += text.matches(old).count();
            bytes = text.replace(old, new).into_bytes();
        }
        let name = part.name().unwrap().into_owned();
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    assert!(n > 0, "{old} is not in the workbook");
    out.finish().unwrap().into_inner()
}

#[test]
fn a_return_file_of_the_report_comes_back_as_it_went_out_and_mended() {
    let job = TestJob::new();
    job.place.write("in/a.csv", faulty().replace("vijftig", "5o"));
    job.run(&["lees", "in", "--regio", "oefenregio", "--naar", "ds"]).check(4, &["MS217"]);
    let report = |name: &str| {
        job.run(&[
            "rapport",
            "--dataset",
            "ds",
            "--regio",
            "oefenregio",
            "--kwartaal",
            "2025-K3",
            "--uit",
            name,
        ])
    };
    report("r1").check(4, &[]);
    let path = "afkeur/per-aanbieder/99000101.xlsx";
    let book = std::fs::read(job.place.path("r1").join(path)).unwrap();
    // As it went out: the same faults, now of the workbook, and only those.
    job.place.write("terug/een.xlsx", &book);
    let seen = job.run(&["lees", "terug/een.xlsx", "--regio", "oefenregio", "--naar", "ds"]);
    assert!(seen.out.contains("waarvan vervangen"), "{}{}", seen.out, seen.err);
    let open = |name: &str| -> Vec<String> {
        let text = job.read(&format!("{name}/afkeur/afkeur.csv"));
        let rows = text.lines().skip(1).filter(|line| line.ends_with(';'));
        rows.map(|line| line.split(';').take(4).collect::<Vec<_>>().join(";")).collect()
    };
    report("r2").check(4, &[]);
    let fatal = |name: &str| -> Vec<String> {
        let rows = open(name).into_iter().filter(|row| row.contains("fataal"));
        rows.map(|row| row[..5].to_owned()).collect()
    };
    assert_eq!(fatal("r2"), ["MS217", "MS212"], "{:?}", open("r2"));
    // The next return file asks for the same rows; mended, nothing is open.
    let book = std::fs::read(job.place.path("r2").join(path)).unwrap();
    let book = edited(&edited(&book, "5o", "50,00"), "31-06-2025", "01-06-2025");
    job.place.write("terug/twee.xlsx", &book);
    job.run(&["lees", "terug/twee.xlsx", "--regio", "oefenregio", "--naar", "ds"]).check(0, &[]);
    report("r3").check(0, &[]);
    assert_eq!(fatal("r3"), [""; 0]);
    assert!(!job.place.path("r3").join(path).exists());
}

/// Five lines: the first four each with a fault of its own, unless it is right.
fn four_faults(is_right: &dyn Fn(usize) -> bool) -> String {
    let wrong =
        [("bedrag", "x"), ("volume", "x"), ("eenheid", "dozijn"), ("periode_begin", "31-06-2025")];
    let good =
        [("bedrag", "50,00"), ("volume", "4"), ("eenheid", "uur"), ("periode_begin", "01-06-2025")];
    let rows: Vec<Vec<(&str, &str)>> = (0..4)
        .map(|at| {
            let own = if is_right(at) { good[at] } else { wrong[at] };
            vec![
                ("referentienummer", ["R1", "R2", "R3", "R4"][at]),
                ("productcode", ["45A01", "45A02", "45A03", "45A04"][at]),
                own,
            ]
        })
        .collect();
    let good: &[(&str, &str)] = &[("referentienummer", "R0")];
    export(&rows.iter().map(Vec::as_slice).chain([good]).collect::<Vec<_>>())
}

#[test]
fn any_part_of_the_rows_mended_in_any_order_gives_the_same_and_loses_nothing() {
    let right = [
        ("Bedrag", "50,00"),
        ("Volume", "4"),
        ("Eenheid", "uur"),
        ("Begin productperiode", "01-06-2025"),
    ];
    for subset in 0..16_usize {
        let place = Place::new();
        let (before, rows) = rejected(&place, &four_faults(&|_| false));
        let chosen: Vec<usize> = (0..4).filter(|at| subset >> at & 1 == 1).collect();
        let row = |at: usize| with_cells(&rows[at], &[right[at]]);
        let goal = place.write("goed/a.csv", four_faults(&|at| chosen.contains(&at)));
        let expected = figures(&read(&[goal], &place.path("goed.uit")));
        let n_mended = chosen.len() as u64;
        // One by one from the first and from the last, and all at once.
        let rounds: [Vec<Vec<usize>>; 3] = [
            chosen.iter().map(|at| vec![*at]).collect(),
            chosen.iter().rev().map(|at| vec![*at]).collect(),
            vec![chosen.iter().rev().copied().collect()],
        ];
        for (nr, round) in rounds.iter().enumerate() {
            let target = place.path(&format!("uit-{nr}"));
            let mut dataset = read(&[place.path("in")], &target);
            assert_eq!(figures(&dataset), figures(&before));
            for (step, rows) in round.iter().filter(|rows| !rows.is_empty()).enumerate() {
                let rows: Vec<Cells> = rows.iter().map(|at| row(*at)).collect();
                let file = place.write(&format!("terug/{nr}-{step}.csv"), csv(&rows));
                dataset = read(&[file], &target);
            }
            assert_eq!(figures(&dataset), expected, "{subset} {nr}");
            let (reading, _) = dataset.manifest.totals();
            assert_eq!(dataset.manifest.open_accounts(), [""; 0]);
            assert_eq!(reading.gelezen.regels, 5 + n_mended);
            assert_eq!(reading.aanvaard.regels, 1 + n_mended);
            assert_eq!(dataset.manifest.hersteld().regels, n_mended);
            assert_eq!(reading.aanvaard.bedrag_ct, 5000 * i64::try_from(1 + n_mended).unwrap());
            let open = codes(&dataset, true);
            assert_eq!(open.len(), 4 - chosen.len(), "{open:?}");
        }
    }
}

#[test]
fn a_line_that_was_rejected_across_files_can_be_mended_too() {
    let place = Place::new();
    // The second has the reference of the first.
    let text = export(&[&[], &[("periode_begin", "01-06-2025"), ("periode_eind", "30-06-2025")]]);
    let (before, rows) = rejected(&place, &text);
    assert_eq!(codes(&before, true), [code("TR314", "a.csv", 3)]);
    assert_eq!((rows.len(), rows[0]["Bedrag"].as_str()), (1, "50,00"));
    // Nothing was changed: the same fault, now of the new line.
    let dataset = back(&place, "een.csv", &[rows[0].clone()]);
    assert_eq!(codes(&dataset, true), [code("TR314", "een.csv", 2)]);
    assert_eq!(codes(&dataset, false), [code("MS293", "a.csv", 3)]);
    // The second round names the first file; the client comes from there.
    let row = with_cells(&rows[0], &[("Referentienummer", "R2")]);
    let dataset = back(&place, "twee.csv", std::slice::from_ref(&row));
    assert_eq!(codes(&dataset, true), []);
    assert_eq!(codes(&dataset, false), [code("MS293", "a.csv", 3), code("MS293", "een.csv", 2)]);
    assert_eq!(dataset.manifest.hersteld_kruis().regels, 2);
    let good =
        place.write("goed/a.csv", text.replacen(";R1;;;45A04;01-06", ";R2;;;45A04;01-06", 1));
    let expected = figures(&read(&[good], &place.path("goed.uit")));
    assert_eq!(figures(&dataset)["declaraties.parquet"], expected["declaraties.parquet"]);
    let (_, reporting) = dataset.manifest.totals();
    let geteld = reporting.uitkomsten[&maatstaf::dataset::manifest::Uitkomst::Geteld];
    assert_eq!((geteld.regels, geteld.bedrag_ct), (2, 10_000));
    // What is in its place stays there.
    let dataset = back(&place, "drie.csv", &[with_cells(&row, &[("Activiteit", "zorg")])]);
    assert_eq!(codes(&dataset, true), []);
    assert!(codes(&dataset, false).contains(&code("MS291", "drie.csv", 2)));
    assert_eq!(figures(&dataset)["declaraties.parquet"], expected["declaraties.parquet"]);
    // At once, without a dataset that was there before.
    let files = [
        place.path("in/a.csv"),
        place.write("los.csv", csv(&[with_cells(&rows[0], &[("Referentienummer", "R2")])])),
    ];
    let at_once = read(&files, &place.path("los.uit"));
    assert_eq!(codes(&at_once, true), []);
    assert_eq!(figures(&at_once)["declaraties.parquet"], expected["declaraties.parquet"]);
}
