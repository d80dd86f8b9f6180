use super::*;
use crate::dataset::manifest::Opdracht;
use crate::rejects::HIDDEN;
use crate::schema::{Dtype, TABLES};
use crate::typing::rules::{CS002, MS217};

const DAY: (i32, u32, u32) = (2025, 10, 30);

/// What is made of these rows; each is rejected by each of these.
fn made(rijen: &[AfgekeurdeRij], rejects: &[Reject]) -> Vec<Retour> {
    let (year, month, day) = DAY;
    let names = BTreeMap::new();
    let manifest = Manifest {
        vorm: 0,
        programma: String::new(),
        sleutel_kenmerk: String::new(),
        regio_sha256: String::new(),
        regio: String::new(),
        bestanden: Vec::new(),
        rapportage: BTreeMap::new(),
        opdracht: Opdracht::default(),
    };
    retouren(&Input {
        region: &Region::load("oefenregio", None).unwrap(),
        kwartaal: "2025-K3".parse().unwrap(),
        peildatum: NaiveDate::from_ymd_opt(year, month, day).unwrap(),
        manifest: &manifest,
        rejects,
        rijen,
        vervangen: &BTreeSet::new(),
        aanbieders: &names,
        producten: &[],
        agb_per_bestand: &BTreeMap::new(),
    })
}

fn rij(table: &'static Table, regel: u64) -> AfgekeurdeRij {
    let waarde = |column: &Column| match column.dtype {
        _ if column.is_person() || !column.need.is_supplied() => None,
        Dtype::Agb => Some(Waarde::Text("99000101".to_owned())),
        Dtype::Date => NaiveDate::from_ymd_opt(2025, 7, 31).map(Waarde::Date),
        Dtype::Bool => Some(Waarde::Bool(true)),
        Dtype::Int | Dtype::Cent | Dtype::Milli => Some(Waarde::Int(12_345)),
        _ => Some(Waarde::Text("tekst".to_owned())),
    };
    AfgekeurdeRij {
        table,
        file: "a.csv".to_owned(),
        regel,
        waarden: table.columns.iter().map(waarde).collect(),
        niet_bewaard: Vec::new(),
    }
}

fn fout(table: &Table, column: &str, regel: u64) -> Reject {
    Reject {
        table: table.name.to_owned(),
        column: column.to_owned(),
        found: "x".to_owned(),
        ..Reject::new(&MS217, "a.csv", regel)
    }
}

#[test]
fn every_table_has_a_sheet_of_its_own_that_excel_takes() {
    let mut names = BTreeSet::new();
    for table in TABLES {
        let retouren = made(&[rij(table, 2)], &[fout(table, table.columns[0].name, 2)]);
        assert_eq!(retouren.len(), 1, "{}", table.name);
        let sheet = &retouren[0].bladen[0];
        assert!(names.insert(sheet.naam.clone()) && sheet.naam.chars().count() <= 31);
        assert_eq!(retouren[0].pad == EIGEN, !is_van_aanbieder(table), "{}", table.name);
        assert!(retouren[0].bytes().unwrap().starts_with(b"PK"), "{}", table.name);
    }
}

#[test]
fn more_rows_than_a_workbook_takes_are_counted_in_the_letter() {
    let n = MAX_RIJEN as u64 + 3;
    let rijen: Vec<AfgekeurdeRij> = (0..n).map(|at| rij(&DECLARATIES, at + 2)).collect();
    let rejects: Vec<Reject> = (0..n).map(|at| fout(&DECLARATIES, "bedrag_ct", at + 2)).collect();
    let retour = made(&rijen, &rejects).remove(0);
    assert_eq!(retour.bladen[0].rijen.len(), MAX_RIJEN);
    assert_eq!(retour.aantal as u64, n);
    let says = |part: &str| {
        retour.brief.iter().any(|regel| matches!(regel, Regel::Tekst(text) if text.contains(part)))
    };
    assert!(says("staan 20.003 regels die wij niet konden gebruiken"), "{:?}", retour.brief);
    assert!(says("Nog 3 regels: een werkmap bevat er hooguit 20.000"), "{:?}", retour.brief);
    assert!(retour.bytes().unwrap().len() < 3_000_000);
}

#[test]
fn a_person_column_holds_nothing_and_says_when_it_must_be_filled_in() {
    let client = Reject {
        column: "client".to_owned(),
        found: HIDDEN.to_owned(),
        table: DECLARATIES.name.to_owned(),
        ..Reject::new(&CS002, "a.csv", 2)
    };
    let rows = [rij(&DECLARATIES, 2), rij(&DECLARATIES, 3)];
    let retour = made(&rows, &[client, fout(&DECLARATIES, "bedrag_ct", 3)]).remove(0);
    let sheet = &retour.bladen[0];
    let persons: Vec<usize> =
        (0..sheet.kolommen.len()).filter(|at| sheet.kolommen[*at].van.is_person()).collect();
    // The family has no fault: its column is not there at all.
    assert_eq!(persons.len(), 1);
    assert!(sheet.kolommen[persons[0]].heeft_fout);
    let cells: Vec<&Cel> = sheet.rijen.iter().map(|rij| &rij.cellen[persons[0]]).collect();
    assert!(cells.iter().all(|cel| cel.waarde.is_none()));
    assert!(!cells[0].noot.is_empty() && cells[1].noot.is_empty());
    assert!(!cells[0].noot.contains(HIDDEN), "{}", cells[0].noot);
}

#[test]
fn what_was_not_kept_is_asked_again() {
    let mut row = rij(&DECLARATIES, 2);
    row.waarden[DECLARATIES.position("referentienummer").unwrap()] = None;
    row.niet_bewaard = vec!["referentienummer"];
    let retour = made(&[row], &[fout(&DECLARATIES, "bedrag_ct", 2)]).remove(0);
    let sheet = &retour.bladen[0];
    let at = sheet.kolommen.iter().position(|k| k.van.name == "referentienummer").unwrap();
    assert!(sheet.rijen[0].cellen[at].noot.contains("opnieuw in"));
    assert!(sheet.rijen[0].reden.contains("Referentienummer: er stond een nummer"));
}

#[test]
fn a_warning_and_a_mended_row_do_not_go_back() {
    let warning = Reject {
        severity: crate::rejects::Severity::Waarschuwing,
        ..fout(&DECLARATIES, "bedrag_ct", 2)
    };
    assert!(made(&[rij(&DECLARATIES, 2)], &[warning]).is_empty());
    let mended = Reject { hersteld: "terug.xlsx".to_owned(), ..fout(&DECLARATIES, "bedrag_ct", 2) };
    assert!(made(&[rij(&DECLARATIES, 2)], &[mended]).is_empty());
}

#[test]
fn a_code_that_is_no_code_never_becomes_a_file_name() {
    let mut row = rij(&DECLARATIES, 2);
    row.waarden[DECLARATIES.position("agb").unwrap()] = Some(Waarde::Text("../../x".to_owned()));
    let retouren = made(&[row], &[fout(&DECLARATIES, "bedrag_ct", 2)]);
    assert_eq!(retouren[0].pad, EIGEN);
}

#[test]
fn a_text_that_no_cell_takes_stays_empty_and_a_formula_is_text() {
    let mut row = rij(&DECLARATIES, 2);
    row.waarden[DECLARATIES.position("wet").unwrap()] = Some(Waarde::Text("w".repeat(40_000)));
    row.waarden[DECLARATIES.position("kanaal").unwrap()] = Some(Waarde::Text("=1+1".to_owned()));
    let retour = made(&[row], &[fout(&DECLARATIES, "bedrag_ct", 2)]).remove(0);
    let bytes = retour.bytes().unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for name in ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"] {
        std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
    }
    assert!(!text.contains("wwwwwwww") && !text.contains("<f>") && text.contains("=1+1"));
}
