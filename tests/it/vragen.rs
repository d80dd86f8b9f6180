//! Loose questions over the practice region: `tests/vragen/<name>.sql` with its answer in `<name>.csv`.
//!
//! The second engine runs the same SQL on the same dataset (`tests/second_engine/vragen.py`). `UPDATE_EXPECT=1` writes
//! what came out into the answers; a person reads the difference. Whole numbers are in the unit of their column.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::NaiveDate;
use maatstaf::metrics::MeasureInput;
use maatstaf::metrics::antwoord::{Tabel, Waarde};
use maatstaf::metrics::los::{LosVraag, Omgeving};
use maatstaf::region::Publiek;

use crate::support::{Place, Row, read, region, root, rows_of, sample_data, update_expect};

/// The dataset of the practice region, read once.
fn dataset() -> &'static Path {
    static SET: OnceLock<(Place, PathBuf)> = OnceLock::new();
    let (_, path) = SET.get_or_init(|| {
        let place = Place::new();
        let path = place.path("set");
        read(&[sample_data()], &path);
        (place, path)
    });
    path
}

#[track_caller]
fn ask(sql: &str, publiek: Publiek) -> Tabel {
    let region = region();
    let gemeenten: Vec<(String, String)> =
        region.gemeenten.iter().map(|one| (one.code.clone(), one.naam.clone())).collect();
    let omgeving = Omgeving { gemeenten: &gemeenten, publiek, minimum: 10 };
    let vraag =
        LosVraag::lees(sql, "vraag.sql", &omgeving).unwrap_or_else(|e| panic!("{sql}\n{e}"));
    let params = BTreeMap::new();
    let input = MeasureInput {
        dataset: dataset(),
        kwartaal: "2025-K3".parse().unwrap(),
        peildatum: NaiveDate::from_ymd_opt(2025, 10, 30).unwrap(),
        gemeenten: &gemeenten,
        jeugdigen: &[],
        settings: &[],
        met_jaar: false,
        params: &params,
    };
    let answer = vraag.antwoord(&input).unwrap_or_else(|e| panic!("{sql}\n{e}\n{:?}", e.detail));
    answer.unwrap_or_else(|reason| panic!("{sql}\n{reason}"))
}

/// A value as a machine writes it.
fn plain(value: &Waarde) -> String {
    match value {
        Waarde::Leeg => String::new(),
        Waarde::Tekst(text) => text.clone(),
        Waarde::Geheel(number) => number.to_string(),
        Waarde::Getal(number) => number.to_string(),
        Waarde::Datum(day) => day.to_string(),
        Waarde::JaNee(truth) => if *truth { "ja" } else { "nee" }.to_owned(),
    }
}

fn as_csv(tabel: &Tabel) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(tabel.kolommen.iter().map(|kolom| &kolom.naam)).unwrap();
    for rij in &tabel.rijen {
        writer.write_record(rij.waarden.iter().map(plain)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn every_question_has_its_answer() {
    let folder = root().join("tests/vragen");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        names.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
    }
    assert!(names.len() >= 15, "{names:?}");
    for name in names {
        let sql = fs::read_to_string(folder.join(format!("{name}.sql"))).unwrap();
        let found = as_csv(&ask(&sql, Publiek::Intern));
        let path = folder.join(format!("{name}.csv"));
        if update_expect() {
            fs::write(&path, &found).unwrap();
        }
        assert_eq!(found, fs::read_to_string(&path).unwrap(), "{name}");
        assert!(found.lines().count() > 1, "{name} gives no rows");
    }
}

/// Lines of declaraties by one column.
fn by<'r>(lines: &'r [Row], column: &str) -> BTreeMap<&'r str, Vec<&'r Row>> {
    let mut found: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for line in lines {
        found.entry(line[column].as_str()).or_default().push(line);
    }
    found
}

fn sum(lines: &[&Row]) -> i64 {
    lines.iter().map(|line| line["bedrag_ct"].parse::<i64>().unwrap()).sum()
}

fn children(lines: &[&Row]) -> usize {
    lines.iter().map(|line| line["client"].as_str()).collect::<BTreeSet<_>>().len()
}

#[test]
fn sums_and_children_are_those_of_plain_loops() {
    let lines = rows_of(&dataset().join("afgeleid/declaraties.parquet"));
    for column in ["gemeente", "aanbieder", "kwartaal", "productcode"] {
        let sql = format!(
            "SELECT {column}, COUNT(*) AS n, SUM(bedrag_ct) AS b, COUNT(DISTINCT client) AS k FROM declaraties GROUP BY {column}"
        );
        let expected: Vec<String> = (by(&lines, column).into_iter())
            .map(|(key, lines)| {
                format!("{key},{},{},{}", lines.len(), sum(&lines), children(&lines))
            })
            .collect();
        let tabel = ask(&sql, Publiek::Intern);
        let mut found: Vec<String> = (tabel.rijen.iter())
            .map(|rij| rij.waarden.iter().map(plain).collect::<Vec<_>>().join(","))
            .collect();
        found.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(found, expected, "{column}");
    }
}

#[test]
fn outside_intern_every_row_has_its_children() {
    let lines = rows_of(&dataset().join("afgeleid/declaraties.parquet"));
    let sql = "SELECT aanbieder, COUNT(*) AS n FROM declaraties GROUP BY aanbieder";
    let expected = by(&lines, "aanbieder");
    let tabel = ask(sql, Publiek::Regio);
    assert_eq!(tabel.rijen.len(), expected.len());
    for rij in &tabel.rijen {
        let Waarde::Tekst(aanbieder) = &rij.waarden[0] else { panic!("{rij:?}") };
        let count = i64::try_from(children(&expected[aanbieder.as_str()])).unwrap();
        assert_eq!(rij.kinderen, Some(count), "{aanbieder}");
    }
}

#[test]
fn the_same_question_gives_the_same_rows_time_after_time() {
    for name in ["grootste_aanbieders", "segmenten", "rekenen", "aanbieders_naast_elkaar"] {
        let sql = fs::read_to_string(root().join(format!("tests/vragen/{name}.sql"))).unwrap();
        let first = as_csv(&ask(&sql, Publiek::Intern));
        for _ in 0..5 {
            assert_eq!(as_csv(&ask(&sql, Publiek::Intern)), first, "{name}");
        }
    }
}
