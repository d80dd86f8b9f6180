//! One fictional month, handed over in every form, gives the same tables.
//!
//! Compared are all columns of the derived tables `declaraties` and `declaraties_niet_geteld`, in any order of rows, but
//! for those in [`ELSEWHERE`] and those a form has no column for.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::practice::{Dialect, Form, MonthForm, Options, write_month};

use crate::support::{Place, Row, derived, read};

/// The month: 2025-06, three aanbieders in eight gemeenten.
const MONTH: u8 = 20;

/// Columns that differ by design.
const ELSEWHERE: &[(&str, &str)] = &[
    ("bron", "the file itself"),
    ("regel", "the place in that file"),
    ("kanaal", "a message came through the message traffic, an export did not"),
    ("identificatie", "names the message; an export has none"),
    ("declaratienummer", "names the declaratie in the message; these exports have no such column"),
    (
        "declaratieperiode_begin",
        "stands above the lines of a message; these exports have no such column",
    ),
    ("betaaldatum", "only the back office knows when it paid; a message is made before that"),
    ("wet", "a message is always about the Jeugdwet and does not say so"),
];

/// Rules that speak about the form and not about what is in it.
const OF_A_FORM: &[(&str, &str)] = &[
    ("OP354", "the declaratieperiode stands in a message only, so late care is told there"),
    ("MS279", "says that a workbook holds its numbers as text"),
];

/// Columns of the table that a form has no column for.
fn absent(form: MonthForm) -> &'static [&'static str] {
    match form {
        MonthForm::Table(Form::Text(Dialect::Puntkomma | Dialect::Tab | Dialect::Windows)) => {
            &["productcategorie"]
        }
        _ => &[],
    }
}

/// What a form gives: table → rows as text, sorted, and per rule how often and for how many eurocents it spoke.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    tables: BTreeMap<&'static str, Vec<Row>>,
    rules: BTreeMap<String, (usize, i64)>,
}

fn outcome(form: MonthForm) -> Outcome {
    let place = Place::new();
    let folder = place.path("maand");
    std::fs::create_dir_all(&folder).unwrap();
    write_month(&Options::default(), MONTH, form, &folder).unwrap();
    let dataset = read(&[folder], &place.path("dataset"));
    assert_eq!(dataset.manifest.open_accounts(), [""; 0], "{form:?}");
    let mut rules: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    for reject in dataset.rejects().unwrap() {
        if OF_A_FORM.iter().any(|(code, _)| reject.code == *code) {
            continue;
        }
        let sum = rules.entry(reject.code).or_default();
        sum.0 += 1;
        sum.1 += reject.bedrag_ct.unwrap_or(0);
    }
    let table = |name| {
        let mut rows = derived(&dataset, name);
        for row in &mut rows {
            row.retain(|column, _| ELSEWHERE.iter().all(|(other, _)| column != other));
        }
        rows.sort();
        (name, rows)
    };
    let tables = ["declaraties", "declaraties_niet_geteld"].map(table).into();
    Outcome { tables, rules }
}

/// The same without the columns that a form lacks.
fn without(mut outcome: Outcome, columns: &[&str]) -> Outcome {
    for rows in outcome.tables.values_mut() {
        for row in rows.iter_mut() {
            row.retain(|column, _| !columns.contains(&column.as_str()));
        }
        rows.sort();
    }
    outcome
}

#[track_caller]
fn same_as_messages(form: MonthForm) {
    let lacks = absent(form);
    let (found, expected) =
        (without(outcome(form), lacks), without(outcome(MonthForm::Messages), lacks));
    let counted = &expected.tables["declaraties"];
    assert!(counted.len() > 40 && counted.iter().any(|row| row["is_coordinatie"] == "true"));
    for (name, rows) in &expected.tables {
        for (one, other) in rows.iter().zip(&found.tables[name]) {
            assert_eq!(other, one, "{form:?} {name}");
        }
        assert_eq!(found.tables[name].len(), rows.len(), "{form:?} {name}");
    }
    assert_eq!(found.rules, expected.rules, "{form:?}");
}

#[test]
fn semicolons_and_dutch_notation_give_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::Text(Dialect::Puntkomma)));
}

#[test]
fn quoted_cells_and_points_give_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::Text(Dialect::Komma)));
}

#[test]
fn tabs_and_words_for_units_give_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::Text(Dialect::Tab)));
}

#[test]
fn windows_1252_with_lines_above_and_below_gives_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::Text(Dialect::Windows)));
}

#[test]
fn a_workbook_gives_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::Workbook));
}

#[test]
fn a_workbook_of_text_gives_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::TextWorkbook));
}

#[test]
fn parquet_gives_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::Parquet));
}

#[test]
fn an_open_document_gives_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Table(Form::OpenDocument));
}

#[test]
fn messages_in_a_zip_give_the_tables_of_the_messages() {
    same_as_messages(MonthForm::Archive);
}

#[test]
fn what_is_not_compared_is_a_column_of_the_table_and_not_all_of_them() {
    let columns: BTreeSet<String> =
        outcome(MonthForm::Messages).tables["declaraties"][0].keys().cloned().collect();
    assert!(columns.len() >= 25, "{columns:?}");
    let names: Vec<&str> =
        maatstaf::schema::DECLARATIES.columns.iter().map(|column| column.name).collect();
    for (column, _) in ELSEWHERE.iter().filter(|(name, _)| !["bron", "regel"].contains(name)) {
        assert!(names.contains(column), "{column}");
    }
    assert!(OF_A_FORM.iter().all(|(code, _)| maatstaf::checks::rule(code).is_some()));
}
