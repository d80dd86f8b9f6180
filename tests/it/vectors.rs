//! Our statistics against values computed by independent software.
//!
//! Every `tests/vectors/*.json` with the top key `vectors` is read. A method we have is checked on the
//! fields of [`METHODS`]; any other is counted and named. A listed field that a vector holds and we cannot
//! answer is a failure.

mod methods;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use methods::{Answer, Cell, Fields, METHODS};

/// What was done with the vectors of a folder.
#[derive(Debug, Default)]
struct Tally {
    /// Vectors checked, by method.
    checked: BTreeMap<String, usize>,
    /// Vectors of methods or variants that we do not have.
    skipped: BTreeMap<String, usize>,
    /// Number of fields compared.
    n_fields: usize,
    /// What differs.
    wrong: Vec<String>,
}

/// The values in the order in which we answer: of an object each name before its value, names sorted.
fn flat(expected: &Value) -> Vec<Cell> {
    match expected {
        Value::Array(list) => list.iter().flat_map(flat).collect(),
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            let pair = |(name, value): (&String, &Value)| {
                std::iter::once(Cell::Text(name.clone())).chain(flat(value)).collect::<Vec<_>>()
            };
            fields.into_iter().flat_map(pair).collect()
        }
        Value::Number(number) => vec![Cell::Number(number.as_f64().unwrap())],
        Value::String(text) if text == "NA" => vec![Cell::Missing],
        Value::String(text) => vec![Cell::Text(text.clone())],
        Value::Null | Value::Bool(_) => panic!("{expected} is no expected value"),
    }
}

fn is_equal(found: &Cell, expected: &Cell, tolerance: f64) -> bool {
    match (found, expected) {
        (Cell::Number(found), Cell::Number(expected)) => {
            (found - expected).abs() <= tolerance * expected.abs().max(1.0)
        }
        (Cell::Other, _) => true,
        _ => found == expected,
    }
}

/// Not a number, or a list without any.
fn is_not_computable(expected: &Value) -> bool {
    match expected {
        Value::Array(list) => !list.is_empty() && list.iter().all(is_not_computable),
        Value::String(text) => matches!(text.as_str(), "NaN" | "NA" | "Inf" | "-Inf"),
        _ => false,
    }
}

/// Compares one field; says what differs.
fn compare(expected: &Value, answer: &Answer, tolerance: f64) -> Result<(), String> {
    if is_not_computable(expected) {
        return match answer {
            Err(_) => Ok(()),
            Ok(found) if found.iter().all(|cell| *cell == Cell::Missing) => Ok(()),
            Ok(found) => Err(format!("{found:?} instead of not computable")),
        };
    }
    let found = answer.as_ref().map_err(ToString::to_string)?;
    let expected = flat(expected);
    let is_right = found.len() == expected.len()
        && found
            .iter()
            .zip(&expected)
            .all(|(found, expected)| is_equal(found, expected, tolerance));
    if is_right { Ok(()) } else { Err(format!("{found:?} instead of {expected:?}")) }
}

/// Checks one vector; `false` when it is not of a method or variant that we have.
fn check_vector(vector: &Value, tally: &mut Tally) -> bool {
    let name = vector["method"].as_str().unwrap();
    let Some((_, fields, method)) = METHODS.iter().find(|(method, _, _)| *method == name) else {
        return false;
    };
    let answers = method(vector);
    if answers.is_empty() {
        return false;
    }
    let id = vector["id"].as_str().unwrap();
    let tolerance = vector["tolerance"].as_f64().unwrap();
    let held = vector["expected"].as_object().unwrap();
    let is_listed = |field: &str| match fields {
        Fields::All => true,
        Fields::Of(fields) => fields.contains(&field),
    };
    // Where Gini does not exist nothing does: the reference still lists the shares of the units.
    let nothing = held.get("gini").is_some_and(is_not_computable);
    let not_computable = json!("NA");
    let mut n_fields = 0;
    for (field, expected) in held.iter().filter(|(field, _)| is_listed(field)) {
        n_fields += 1;
        let expected = if nothing { &not_computable } else { expected };
        let outcome = match answers.get(field.as_str()) {
            Some(answer) => compare(expected, answer, tolerance),
            None => Err("no answer".to_owned()),
        };
        if let Err(difference) = outcome {
            tally.wrong.push(format!("{id} {field}: {difference}"));
        }
    }
    tally.n_fields += n_fields;
    n_fields > 0
}

fn vector_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

/// Checks the vectors of every file in a folder.
fn check_folder(folder: &Path) -> Tally {
    let mut tally = Tally::default();
    for path in vector_files(folder) {
        let content: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let Some(vectors) = content["vectors"].as_array() else { continue };
        for vector in vectors {
            let name = vector["method"].as_str().unwrap().to_owned();
            if check_vector(vector, &mut tally) {
                *tally.checked.entry(name).or_default() += 1;
            } else {
                *tally.skipped.entry(name).or_default() += 1;
            }
        }
    }
    tally
}

#[test]
fn our_statistics_equal_those_of_independent_software() {
    let tally = check_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors"));
    println!("checked, {} fields: {:?}", tally.n_fields, tally.checked);
    println!("skipped: {:?}", tally.skipped);
    assert!(tally.wrong.is_empty(), "\n{}", tally.wrong.join("\n"));
    let unchecked: Vec<&str> = METHODS
        .iter()
        .map(|(method, _, _)| *method)
        .filter(|method| !tally.checked.contains_key(*method))
        .collect();
    assert!(unchecked.is_empty(), "methods without a checked vector: {unchecked:?}");
    // Of our own methods only these have variants we leave out: quantile types 6 and 8, and p by minlike.
    let ours = METHODS.iter().filter(|(method, _, _)| tally.skipped.contains_key(*method));
    let ours: Vec<&str> = ours.map(|(method, _, _)| *method).collect();
    assert!(ours.iter().all(|method| VARIANTS.contains(method)), "not checked: {ours:?}");
}

/// Methods of which we have not every variant.
const VARIANTS: [&str; 2] = ["poisson_binomial_two_sided_p", "quantile"];

/// A file with one vector of the type-7 quantile, of which the median of 1, 2 and 4 is `median`.
fn drop_in(folder: &Path, name: &str, field: &str, median: &Value) {
    let vector = json!({
        "id": "dropped-in", "method": "quantile", "tolerance": 1e-12,
        "inputs": {"x": [4, 1, 2], "probs": [0.5], "type": 7}, "expected": {field: median},
    });
    fs::write(folder.join(name), json!({"vectors": [vector]}).to_string()).unwrap();
}

#[test]
fn a_file_that_is_dropped_in_is_checked_too() {
    let folder = tempfile::tempdir().unwrap();
    drop_in(folder.path(), "a.json", "q", &json!([2]));
    fs::write(folder.path().join("b.json"), r#"{"cases": [{"method": "quantile"}]}"#).unwrap();
    fs::write(folder.path().join("c.txt"), "no vectors").unwrap();
    let tally = check_folder(folder.path());
    assert_eq!((tally.checked["quantile"], tally.n_fields), (1, 1));
    assert!(tally.wrong.is_empty() && tally.skipped.is_empty());

    drop_in(folder.path(), "d.json", "q", &json!([2.5]));
    drop_in(folder.path(), "e.json", "q", &json!("NaN"));
    let tally = check_folder(folder.path());
    assert_eq!(tally.checked["quantile"], 3);
    assert_eq!(tally.wrong.len(), 2, "{:?}", tally.wrong);
    assert!(tally.wrong[0].starts_with("dropped-in q: "), "{:?}", tally.wrong);
}

#[test]
fn a_listed_field_without_an_answer_is_a_failure_and_an_unknown_method_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let vector = |method: &str, field: &str| {
        json!({
            "id": method, "method": method, "tolerance": 0,
            "inputs": {"year": 2026}, "expected": {field: "2026-04-05"},
        })
    };
    // Of this method every field is listed, and there is one name we do not answer.
    let vectors = [vector("easter_sunday", "orthodox"), vector("medcouple", "mc_plain")];
    fs::write(folder.path().join("a.json"), json!({"vectors": vectors}).to_string()).unwrap();
    let tally = check_folder(folder.path());
    assert_eq!(tally.wrong, ["easter_sunday orthodox: no answer"]);
    assert_eq!(tally.skipped["medcouple"], 1);

    drop_in(folder.path(), "b.json", "another_field", &json!(2));
    assert_eq!(check_folder(folder.path()).skipped["quantile"], 1);
}
