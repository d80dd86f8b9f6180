//! Answers for the tests, and what holds for every form of them.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::disclosure::Shown;
use crate::metrics::antwoord::{Kolom, Soort, Waarde};
use crate::region::Publiek;
use crate::report::document::Value;

pub(super) fn gemeenten() -> Vec<(String, String)> {
    [("0310", "De Bilt"), ("0355", "Zeist"), ("0589", "’s-Gravenhage")]
        .map(|(code, naam)| (code.to_owned(), naam.to_owned()))
        .to_vec()
}

pub(super) fn kolom(naam: &str, kop: &str, soort: Soort, is_sleutel: bool) -> Kolom {
    Kolom { naam: naam.to_owned(), kop: kop.to_owned(), soort, is_sleutel }
}

pub(super) fn tekst(text: &str) -> Shown<Waarde> {
    Shown::Value(Waarde::Tekst(text.to_owned()))
}

pub(super) fn geheel(n: i64) -> Shown<Waarde> {
    Shown::Value(Waarde::Geheel(n))
}

/// Gemeente and quarter with a count and an amount; one cell hidden, one unknown, one empty.
pub(super) fn overeenkomsten(publiek: Publiek) -> Antwoord {
    let kolommen = vec![
        kolom("gemeente", "Gemeente", Soort::Gemeente, true),
        kolom("kwartaal", "Kwartaal", Soort::Kwartaal, true),
        kolom("aantal", "Overeenkomsten", Soort::Aantal, false),
        kolom("bedrag_ct", "Bedrag", Soort::Eurocent, false),
    ];
    let rij =
        |gemeente, kwartaal, aantal, bedrag| vec![tekst(gemeente), tekst(kwartaal), aantal, bedrag];
    let rijen = vec![
        rij("0310", "2025-K2", geheel(31), geheel(1_234_567)),
        rij("0310", "2025-K3", geheel(1_240), geheel(-5)),
        rij("0355", "2025-K2", Shown::Hidden, Shown::Hidden),
        rij("0355", "2025-K3", geheel(0), Shown::Value(Waarde::Leeg)),
        rij(
            "0589",
            "2025-K2",
            geheel(12),
            Shown::Unknown("geen declaraties aangeleverd".to_owned()),
        ),
        rij("0589", "2025-K3", geheel(14), geheel(100)),
    ];
    Antwoord::proef(publiek, kolommen, rijen)
}

/// Every kind of column, one row.
pub(super) fn alle_soorten() -> Antwoord {
    let datum = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let alles = vec![
        (kolom("gemeente", "Gemeente", Soort::Gemeente, true), tekst("0589")),
        (kolom("maand", "Maand", Soort::Maand, true), tekst("2025-08")),
        (kolom("geboortejaar", "Geboortejaar", Soort::Aantal, true), geheel(2012)),
        (kolom("productcode", "Productcode", Soort::Code, true), tekst("054A0")),
        (kolom("naam", "Naam", Soort::Tekst, false), tekst("=Jeugd; \"Zorg\"")),
        (kolom("minuten", "Tijd", Soort::Minuten, false), geheel(750)),
        (kolom("volume_milli", "Volume", Soort::Duizendste, false), geheel(1_250)),
        (kolom("aandeel", "Aandeel", Soort::Aandeel, false), Shown::Value(Waarde::Getal(0.123))),
        (kolom("tarief", "Tarief", Soort::Getal(2), false), Shown::Value(Waarde::Getal(1234.5))),
        (kolom("tot", "Tot", Soort::Datum, false), Shown::Value(Waarde::Datum(datum))),
        (kolom("open", "Open", Soort::JaNee, false), Shown::Value(Waarde::JaNee(true))),
        (kolom("gemiddeld", "Gemiddeld", Soort::Aantal, false), Shown::Value(Waarde::Getal(2.5))),
    ];
    let (kolommen, rij) = alles.into_iter().unzip();
    Antwoord::proef(Publiek::Regio, kolommen, vec![rij])
}

pub(super) fn csv_text(antwoord: &Antwoord) -> String {
    let bytes = csv(antwoord, &gemeenten());
    String::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap().to_vec()).unwrap()
}

/// Every cell of every sheet, as text.
pub(super) fn sheets(antwoord: &Antwoord) -> Vec<(String, Vec<Vec<Data>>)> {
    let bytes = xlsx(antwoord, &gemeenten()).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheets = book.worksheets();
    sheets
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect()))
        .collect()
}

#[test]
fn a_csv_is_as_the_tables_of_the_report() {
    assert_eq!(
        csv_text(&overeenkomsten(Publiek::Intern)),
        "Gemeentecode;Gemeente;Kwartaal;Overeenkomsten;Bedrag (euro)\r\n\
         0310;De Bilt;2025-K2;31;12345,67\r\n\
         0310;De Bilt;2025-K3;1240;-0,05\r\n\
         0355;Zeist;2025-K2;onderdrukt;onderdrukt\r\n\
         0355;Zeist;2025-K3;0;\r\n\
         0589;’s-Gravenhage;2025-K2;12;niet te bepalen\r\n\
         0589;’s-Gravenhage;2025-K3;14;1,00\r\n"
    );
    assert_eq!(
        csv_text(&alle_soorten()).split("\r\n").nth(1).unwrap(),
        "0589;’s-Gravenhage;2025-08;2012;054A0;\"'=Jeugd; \"\"Zorg\"\"\";12,5;1,25;0,123;1234,5;2026-11-22;ja;2,5"
    );
}

#[test]
fn json_keeps_every_value_in_its_own_unit_and_says_what_is_not_shown() {
    let text = json(&overeenkomsten(Publiek::Regio), &gemeenten());
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["publiek"], "regio");
    assert_eq!(read["kolommen"][3]["soort"], "eurocent");
    let rows = read["rijen"].as_array().unwrap();
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[0]["gemeente"], "0310");
    assert_eq!(rows[0]["gemeente_naam"], "De Bilt");
    assert_eq!(rows[0]["bedrag_ct"], 1_234_567);
    assert_eq!(rows[2]["aantal"], serde_json::json!({"verborgen": true}));
    assert_eq!(rows[3]["bedrag_ct"], serde_json::Value::Null);
    assert_eq!(rows[4]["bedrag_ct"]["niet_te_bepalen"], "geen declaraties aangeleverd");
    assert!(read.get("adressen").is_none());
    let text = json(&alle_soorten(), &gemeenten());
    let row = text.lines().find(|line| line.contains("054A0")).unwrap().trim();
    assert_eq!(
        row,
        "{\"gemeente\": \"0589\", \"gemeente_naam\": \"’s-Gravenhage\", \"maand\": \"2025-08\", \"geboortejaar\": 2012, \
         \"productcode\": \"054A0\", \"naam\": \"=Jeugd; \\\"Zorg\\\"\", \"minuten\": 750, \"volume_milli\": 1250, \
         \"aandeel\": 0.123, \"tarief\": 1234.5, \"tot\": \"2026-11-22\", \"open\": true, \"gemiddeld\": 2.5}"
    );
}

#[test]
fn a_workbook_holds_numbers_words_and_for_whom_it_is() {
    let sheets = sheets(&overeenkomsten(Publiek::Intern));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Antwoord", "Grafiek", "Toelichting"]);
    let rows = &sheets[0].1;
    assert_eq!(rows[1][0], Data::String("INTERN – niet delen".to_owned()));
    assert_eq!(rows[3][4], Data::String("Bedrag (euro)".to_owned()));
    assert_eq!(rows[4][..2], ["0310", "De Bilt"].map(|text| Data::String(text.to_owned())));
    assert_eq!(rows[5][3..5], [Data::Float(1240.0), Data::Float(-0.05)]);
    assert_eq!(rows[6][3], Data::String("onderdrukt".to_owned()));
    assert_eq!(rows[7][4], Data::Empty);
    let again = xlsx(&overeenkomsten(Publiek::Intern), &gemeenten()).unwrap();
    assert_eq!(again, xlsx(&overeenkomsten(Publiek::Intern), &gemeenten()).unwrap());
}

/// A cell with what it must read as: on the screen, in a CSV and in JSON.
fn cel() -> impl Strategy<Value = Shown<Waarde>> {
    prop_oneof![
        4 => any::<i64>().prop_map(geheel),
        1 => Just(Shown::Hidden),
        1 => Just(Shown::Value(Waarde::Leeg)),
        1 => Just(Shown::Unknown("geen contracten".to_owned())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_stands_in_every_form_and_no_figure_is_broken(
        cells in prop::collection::vec((("[a-zé]{1,9}( [a-z]{1,9}){0,6}"), cel(), cel()), 1..12),
        width in prop_oneof![Just(40_usize), Just(80), Just(200), 30_usize..60],
    ) {
        let kolommen = vec![
            kolom("naam", "Aanbieder", Soort::Tekst, true),
            kolom("aantal", "Aantal", Soort::Aantal, false),
            kolom("bedrag_ct", "Bedrag", Soort::Eurocent, false),
        ];
        let rijen = cells.iter().map(|(naam, a, b)| vec![tekst(naam), a.clone(), b.clone()]).collect();
        let antwoord = Antwoord::proef(Publiek::Regio, kolommen, rijen);
        let gemeenten = gemeenten();
        let narrow = scherm(&antwoord, &Scherm { breedte: Some(width), kleur: false }, &gemeenten);
        let wide = scherm(&antwoord, &Scherm { breedte: None, kleur: false }, &gemeenten);
        for line in narrow.lines() {
            prop_assert!(breedte::of(line) <= width.max(30), "{width}: {line}");
        }
        let words = |text: &str| text.replace(char::is_whitespace, "");
        let (csv, json) = (csv_text(&antwoord), json(&antwoord, &gemeenten));
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        let table = tabel::with_names(&antwoord, &gemeenten);
        let sheets = sheets(&antwoord);
        for (n, row) in table.rows.iter().enumerate() {
            let line = csv.split("\r\n").nth(n + 1).unwrap();
            for ((cell, column), naam) in row.cells.iter().zip(&table.columns).zip(["naam", "aantal", "bedrag_ct"]) {
                let text = shown::text(&cell.value, column.kind);
                prop_assert!(wide.contains(&text), "{text}");
                if column.kind.is_number() {
                    prop_assert!(narrow.contains(&text), "{text} in {narrow}");
                }
                if let Value::Int(n) | Value::Cents(n) = cell.value {
                    let digits = n.unsigned_abs().to_string();
                    prop_assert!(words(line).replace([',', '-'], "").contains(&digits), "{line}");
                }
                let of_row = &read["rijen"][n][naam];
                let is_same = match &cell.value {
                    Value::Int(n) | Value::Cents(n) => *of_row == *n,
                    Value::Hidden => *of_row == serde_json::json!({"verborgen": true}),
                    Value::Empty => of_row.is_null(),
                    Value::Unknown { .. } => of_row["niet_te_bepalen"] == "geen contracten",
                    other => of_row.as_str() == Some(&shown::text(other, column.kind)),
                };
                prop_assert!(is_same, "{of_row} for {cell:?}");
            }
            prop_assert_eq!(sheets[0].1[4 + n].len(), 3);
            prop_assert_eq!(&sheets[0].1[4 + n][0], &Data::String(cells[n].0.clone()));
            for (at, cell) in row.cells.iter().enumerate().skip(1) {
                let (read, column) = (&sheets[0].1[4 + n][at], &table.columns[at]);
                let expected = match &cell.value {
                    Value::Int(n) if n.unsigned_abs() < 1_000_000_000_000_000 => Data::Float(*n as f64),
                    Value::Cents(n) if n.unsigned_abs() < 1_000_000_000_000_000 => Data::Float(*n as f64 / 100.0),
                    Value::Empty => Data::Empty,
                    value => Data::String(shown::text(value, column.kind)),
                };
                let is_same = *read == expected;
                prop_assert!(is_same, "{cell:?} as {:?}", sheets[0].1[4 + n][at]);
            }
        }
    }
}

#[test]
fn what_is_hidden_looks_the_same_whatever_it_is() {
    // An answer holds nothing of a hidden value: the forms of two audiences differ in what is shown only.
    let antwoord = overeenkomsten(Publiek::Regio);
    let gemeenten = gemeenten();
    let screen = scherm(&antwoord, &Scherm { breedte: None, kleur: false }, &gemeenten);
    let hidden =
        screen.lines().find(|line| line.contains("Zeist") && line.contains("2025-K2")).unwrap();
    assert_eq!(
        hidden.split_whitespace().collect::<Vec<_>>(),
        ["Zeist", "2025-K2", "onderdrukt", "onderdrukt"]
    );
    let drawn = figuur(&antwoord, Some("bars"), &gemeenten).unwrap();
    assert!(drawn.desc().contains("1 waarde is onderdrukt"), "{}", drawn.desc());
}
