//! Derived columns of whole runs: contract and agreement at the edges of their days, the quarter of turning eighteen,
//! working days and waiting times.

use std::collections::BTreeMap;

use maatstaf::dataset::Dataset;

use crate::support::{BSN_1, BSN_2, Place, Row, derived, files_below, read};

/// Reads these files.
fn read_files(place: &Place, files: &[(&str, String)]) -> Dataset {
    for (name, text) in files {
        place.write(&format!("in/{name}"), text);
    }
    read(&[place.path("in")], &place.path("dataset"))
}

/// One column of a table by another.
fn by<'r>(rows: &'r [Row], key: &str, column: &str) -> BTreeMap<&'r str, &'r str> {
    rows.iter().map(|row| (row[key].as_str(), row[column].as_str())).collect()
}

/// Lines of care: reference, AGB, code, first day; of client 1.
fn declaraties(lines: &[(&str, &str, &str, &str)]) -> String {
    let line = |(reference, agb, code, day): &(&str, &str, &str, &str)| {
        format!("9901;{agb};{BSN_1};{reference};{code};{day};{day};1;uur;10,00;10,00\n")
    };
    let head = "gemeente;agb;bsn;referentienummer;productcode;periode_begin;periode_eind;volume;eenheid;tarief;bedrag\n";
    head.to_owned() + &lines.iter().map(line).collect::<String>()
}

const PRODUCTEN: &str = "productcode;naam;segment;eenheid;geldig_van\n\
    45A53;Behandeling;4;uur;01-01-2020\n45A04;Begeleiding;4;uur;01-01-2020\n45B04;Anders;;uur;01-01-2020\n";
/// Both codes are one aanbieder.
const AANBIEDERS: &str = "agb;naam\n99000101;Samen\n99000102;Samen\n";
const LINES: [(&str, &str, &str, &str); 8] = [
    ("voor", "99000101", "45A53", "30-06-2025"),
    ("eerste", "99000101", "45A53", "01-07-2025"),
    ("laatste", "99000102", "45A53", "31-07-2025"),
    ("na", "99000101", "45A53", "01-08-2025"),
    ("maatwerk", "99000101", "45M53", "10-07-2025"),
    ("dubbelzinnig", "99000101", "45M04", "10-07-2025"),
    ("ander_product", "99000101", "45A04", "10-07-2025"),
    ("ander", "99000201", "45A53", "10-07-2025"),
];

#[test]
fn every_line_has_the_contract_and_the_agreement_that_hold_on_its_first_day() {
    let place = Place::new();
    let contracten = "contract_id;agb;productcode;soort;ingangsdatum;einddatum\n\
        C1;99000101;45A53;lta;01-07-2025;31-07-2025\n";
    let register = format!(
        "maatwerk_id;gemeente;bsn;agb;productcode;ingangsdatum;einddatum\n\
         MW-1;9901;{BSN_1};99000101;45M53;10-07-2025;31-07-2025\n\
         MW-2;9901;{BSN_2};99000101;45M53;01-08-2025;\n"
    );
    let files = [
        ("d.csv", declaraties(&LINES)),
        ("c.csv", contracten.to_owned()),
        ("o.csv", register),
        ("p.csv", PRODUCTEN.to_owned()),
        ("a.csv", AANBIEDERS.to_owned()),
    ];
    let dataset = read_files(&place, &files);
    let rows = derived(&dataset, "declaraties");
    let soort = by(&rows, "referentienummer", "contract_soort");
    let expected = [
        ("voor", "geen"),
        ("eerste", "LTA"),
        ("laatste", "LTA"),
        ("na", "geen"),
        ("maatwerk", "LTA"),
        // It can be a code for two products.
        ("dubbelzinnig", ""),
        ("ander_product", "geen"),
        ("ander", "geen"),
    ];
    assert_eq!(soort, expected.into());
    let id = by(&rows, "referentienummer", "maatwerk_id");
    let expected = [
        ("voor", "geen"),
        ("eerste", "geen"),
        ("laatste", "MW-1"),
        ("na", "geen"),
        ("maatwerk", "MW-1"),
        ("dubbelzinnig", "MW-1"),
        ("ander_product", "MW-1"),
        ("ander", "geen"),
    ];
    assert_eq!(id, expected.into());
    let agreements = derived(&dataset, "overeenkomsten");
    let soort = by(&agreements, "maatwerk_id", "contract_soort");
    assert_eq!(soort, [("MW-1", "LTA"), ("MW-2", "geen")].into());
}

#[test]
fn without_contracts_and_register_nothing_is_said_of_them() {
    let place = Place::new();
    let files = [("d.csv", declaraties(&LINES)), ("p.csv", PRODUCTEN.to_owned())];
    let rows = derived(&read_files(&place, &files), "declaraties");
    assert_eq!(rows.len(), LINES.len());
    assert!(rows.iter().all(|row| row["contract_soort"].is_empty()));
    assert!(rows.iter().all(|row| row["maatwerk_id"].is_empty()));
}

#[test]
fn of_a_birth_date_the_year_and_the_quarter_of_turning_eighteen_stay_and_no_more() {
    let place = Place::new();
    let register = format!(
        "maatwerk_id;gemeente;bsn;agb;ingangsdatum;geboortedatum\n\
         MW-1;9901;{BSN_1};99000101;10-07-2025;31-03-2008\n\
         MW-2;9901;{BSN_2};99000101;10-07-2025;01-04-2008\n\
         MW-3;9901;{BSN_2};99000101;10-07-2025;29-02-2012\n\
         MW-4;9901;{BSN_2};99000101;10-07-2025;2008\n\
         MW-5;9901;{BSN_2};99000101;10-07-2025;\n"
    );
    let dataset = read_files(&place, &[("o.csv", register)]);
    let rows = derived(&dataset, "overeenkomsten");
    let expected =
        [("MW-1", "2026-K1"), ("MW-2", "2026-K2"), ("MW-3", "2030-K1"), ("MW-4", ""), ("MW-5", "")];
    assert_eq!(by(&rows, "maatwerk_id", "wordt_18"), expected.into());
    assert_eq!(by(&rows, "maatwerk_id", "geboortejaar")["MW-4"], "2008");
    // 31 March 2008 as a day number, as a date, and as it was read.
    for row in &rows {
        assert!(!row.values().any(|cell| ["13969", "2008-03-31"].contains(&cell.as_str())));
    }
    for (name, bytes) in files_below(dataset.folder()) {
        for text in ["31-03-2008", "29-02-2012", "2008-03-31"] {
            let is_there = bytes.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(!is_there, "{text} in {name}");
        }
    }
}

#[test]
fn requests_have_their_quarter_and_the_working_days_of_each_adviser() {
    let place = Place::new();
    // 29 May 2025 is Ascension Day, and 30 May is a free day of the practice region.
    let aanvragen = format!(
        "aanvraag_id;gemeente;bsn;agb;ontvangst_beleid;ontvangst_icm;advies_beleid;advies_beleid_datum;advies_icm_datum;besluitdatum\n\
         A1;9901;{BSN_1};99000101;28-05-2025;27-05-2025;Positief;02-06-2025;02-06-2025;\n\
         A2;9901;{BSN_1};99000101;30-06-2025;01-07-2025;negatief;27-06-2025;;\n\
         A3;9901;{BSN_1};99000101;;;;;;01-07-2025\n"
    );
    let rows = derived(
        &read_files(&place, &[("a.csv", aanvragen), ("n.csv", AANBIEDERS.to_owned())]),
        "aanvragen",
    );
    let seen: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| {
            let columns = [
                "aanvraag_id",
                "aanbieder",
                "advies_beleid",
                "kwartaal",
                "werkdagen_beleid",
                "werkdagen_icm",
                "werkdagen_verschil",
            ];
            columns.map(|column| row[column].as_str()).to_vec()
        })
        .collect();
    assert_eq!(
        seen,
        [
            ["A1", "Samen", "positief", "2025-K2", "1", "2", "-1"],
            // An advice before the request came in says nothing.
            ["A2", "Samen", "negatief", "2025-K2", "", "", "1"],
            ["A3", "Samen", "", "2025-K3", "", "", ""],
        ]
    );
}

#[test]
fn the_other_new_tables_are_read_and_derived() {
    let place = Place::new();
    let wachttijden = "agb;gemeente;aanmelddatum;startdatum\n\
        99000101;9901;30-06-2025;01-07-2025\n99000101;9901;01-04-2025;\n";
    let pgb = format!(
        "gemeente;bsn;ingangsdatum;einddatum;pgb-bedrag\n9901;{BSN_1};01-04-2025;31-07-2025;1.000,00\n"
    );
    let toewijzingen = format!(
        "gemeente;agb;bsn;toewijzingnummer;ingangsdatum;einddatum\n\
         9901;99000101;{BSN_1};T1;01-07-2025;31-07-2025\n9901;99000101;{BSN_1};T2;01-07-2025;\n"
    );
    let plannen = format!(
        "bsn;agb;uitvoerder_type;ingangsdatum\n{BSN_1};;Sociaal Team;01-07-2025\n{BSN_2};99000101;GI;01-07-2025\n"
    );
    let files = [
        ("w.csv", wachttijden.to_owned()),
        ("g.csv", pgb),
        ("t.csv", toewijzingen),
        ("l.csv", plannen),
        ("b.csv", "agb;jaar;segment;plafond\n99000101;2025;4;10.000,00\n".to_owned()),
        ("r.csv", "agb;jaar;halfjaar;ontvangen op\n99000101;2025;1;\n".to_owned()),
        ("i.csv", "agb;productcode;ingangsdatum\n99000101;45A53;01-01-2025\n".to_owned()),
        ("n.csv", AANBIEDERS.to_owned()),
        ("d.csv", declaraties(&LINES[..2])),
    ];
    let dataset = read_files(&place, &files);
    let column = |table: &str, name: &str| -> Vec<String> {
        derived(&dataset, table).iter().map(|row| row[name].clone()).collect()
    };
    assert_eq!(column("wachttijden", "wachtdagen"), ["1", ""]);
    assert_eq!(column("wachttijden", "kwartaal"), ["2025-K3", "2025-K2"]);
    assert_eq!(column("pgb_per_kwartaal", "kwartaal"), ["2025-K2", "2025-K3"]);
    assert_eq!(column("toewijzingen", "looptijd_dagen"), ["31", ""]);
    assert_eq!(column("plannen", "uitvoerder_type"), ["sociaal team", "GI"]);
    assert_eq!(column("plannen", "aanbieder"), ["", "Samen"]);
    for table in ["budgetten", "rapportages", "productinrichting", "wachttijden"] {
        assert!(column(table, "aanbieder").iter().all(|name| name == "Samen"), "{table}");
    }
    let codes: Vec<String> = dataset.rejects().unwrap().into_iter().map(|r| r.code).collect();
    assert!(!codes.iter().any(|code| code.starts_with("MS2")), "{codes:?}");
}

#[test]
fn an_agreement_has_the_base_product_and_the_regional_tariff_of_its_first_day() {
    let place = Place::new();
    let producten = "productcode;naam;eenheid;tarief;geldig_van;geldig_tot\n\
        45A53;Behandeling;uur;96,00;01-01-2020;30-06-2025\n45A53;Behandeling;uur;99,00;01-07-2025;\n\
        45A04;Begeleiding;uur;80,00;01-01-2020;\n45B04;Anders;uur;81,00;01-01-2020;\n";
    let agreements = [
        ("voor", "45M53", "30-06-2025", "uur"),
        ("eerste", "45M53", "01-07-2025", "uur"),
        ("gewoon", "45A53", "01-07-2025", "uur"),
        ("dagdeel", "45M53", "01-07-2025", "dagdeel"),
        ("dubbelzinnig", "45M04", "01-07-2025", "uur"),
        ("geen_code", "", "01-07-2025", "uur"),
    ];
    let row = |(id, code, day, unit): &(&str, &str, &str, &str)| {
        format!("{id};9901;{BSN_1};99000101;{code};{day};{unit}\n")
    };
    let register = "maatwerk_id;gemeente;bsn;agb;productcode;ingangsdatum;eenheid\n".to_owned()
        + &agreements.iter().map(row).collect::<String>();
    let dataset = read_files(&place, &[("o.csv", register), ("p.csv", producten.to_owned())]);
    let rows = derived(&dataset, "overeenkomsten");
    let expected = [
        ("voor", "45A53"),
        ("eerste", "45A53"),
        ("gewoon", "45A53"),
        ("dagdeel", "45A53"),
        ("dubbelzinnig", ""),
        ("geen_code", ""),
    ];
    assert_eq!(by(&rows, "maatwerk_id", "basisproduct"), expected.into());
    let expected = [
        ("voor", "9600"),
        ("eerste", "9900"),
        ("gewoon", "9900"),
        ("dagdeel", ""),
        ("dubbelzinnig", ""),
        ("geen_code", ""),
    ];
    assert_eq!(by(&rows, "maatwerk_id", "regio_tarief_ct"), expected.into());
}
