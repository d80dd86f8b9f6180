//! Our statistics against values computed by independent software.
//!
//! Every `tests/vectors/*.json` with the top key `vectors` is read. A method we have is checked on the
//! fields of [`METHODS`]; any other is counted and named. A listed field that a vector holds and we cannot
//! answer is a failure.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use maatstaf::stats::inequality;
use maatstaf::stats::robust;
use maatstaf::stats::robust::ModifiedZ;
use maatstaf::stats::{Computed, NotComputable};
use serde_json::Value;

/// What we answer for one field; `Err` = "not computable".
type Answer = Computed<Vec<f64>>;
/// An answer per field; empty when the vector is a variant we do not have.
type Answers = BTreeMap<&'static str, Answer>;
/// From the inputs of a vector to the answers.
type Method = fn(&Value) -> Answers;

/// Method, the fields that are compared, and what computes them.
const METHODS: &[(&str, &[&str], Method)] = &[
    (
        "inequality_indices",
        &["gini", "gini_corrected", "hoover", "hhi", "lorenz_p", "lorenz_L"],
        inequality_indices,
    ),
    ("hhi", &["hhi", "effective_number"], hhi),
    ("quantile", &["q"], quantile),
    ("mad", &["median", "mad_raw", "mad_scaled_1_4826"], mad),
    ("modified_z_iglewicz_hoaglin", &["z_0_6745"], modified_z),
    ("modified_z_on_log", &["z", "median_tariff"], modified_z_on_log),
    ("tariff_reference_ratio", &["ratio", "log_ratio", "pct"], tariff_reference_ratio),
];

fn numbers(value: &Value) -> Vec<f64> {
    let number = |value: &Value| value.as_f64().unwrap();
    value.as_array().map_or_else(|| vec![number(value)], |list| list.iter().map(number).collect())
}

fn one(answer: Computed<f64>) -> Answer {
    answer.map(|number| vec![number])
}

fn inequality_indices(inputs: &Value) -> Answers {
    let x = numbers(&inputs["x"]);
    let lorenz = inequality::lorenz(&x);
    let units = lorenz.clone().map(|points| points.iter().map(|point| point.units).collect());
    let total = lorenz.map(|points| points.iter().map(|point| point.total).collect());
    BTreeMap::from([
        ("gini", one(inequality::gini(&x))),
        ("gini_corrected", one(inequality::gini_corrected(&x))),
        ("hoover", one(inequality::hoover(&x))),
        ("hhi", one(inequality::concentration(&x).map(|c| c.hhi))),
        ("lorenz_p", units),
        ("lorenz_L", total),
    ])
}

fn hhi(inputs: &Value) -> Answers {
    let found = inequality::concentration(&numbers(&inputs["x"]));
    BTreeMap::from([
        ("hhi", one(found.map(|c| c.hhi))),
        ("effective_number", one(found.map(|c| c.effective_number))),
    ])
}

fn quantile(inputs: &Value) -> Answers {
    if inputs["type"] != 7 {
        return Answers::new();
    }
    let x = numbers(&inputs["x"]);
    let q = numbers(&inputs["probs"]).into_iter().map(|p| robust::quantile(&x, p)).collect();
    BTreeMap::from([("q", q)])
}

fn mad(inputs: &Value) -> Answers {
    let found = robust::mad(&numbers(&inputs["x"]));
    BTreeMap::from([
        ("median", one(found.map(|mad| mad.median))),
        ("mad_raw", one(found.map(|mad| mad.raw))),
        ("mad_scaled_1_4826", one(found.map(|mad| mad.scaled()))),
    ])
}

/// Median and scores; a fixed value has no scores, which no vector expects as a number.
fn scores(found: Computed<ModifiedZ>) -> (Answer, Answer) {
    match found {
        Ok(ModifiedZ::Scores { median, z }) => (Ok(vec![median]), Ok(z)),
        Ok(ModifiedZ::Fixed { .. }) => {
            (Err(NotComputable::SingleValue), Err(NotComputable::SingleValue))
        }
        Err(reason) => (Err(reason), Err(reason)),
    }
}

fn modified_z(inputs: &Value) -> Answers {
    let (_, z) = scores(robust::modified_z(&numbers(&inputs["x"])));
    BTreeMap::from([("z_0_6745", z)])
}

fn modified_z_on_log(inputs: &Value) -> Answers {
    let (median, z) = scores(robust::modified_z_on_log(&numbers(&inputs["tariff"])));
    BTreeMap::from([("median_tariff", median), ("z", z)])
}

fn tariff_reference_ratio(inputs: &Value) -> Answers {
    let reference = inputs["reference"].as_f64().unwrap();
    let found: Computed<Vec<_>> = numbers(&inputs["tariff"])
        .into_iter()
        .map(|t| robust::reference_ratio(t, reference))
        .collect();
    let field = |pick: fn(&robust::ReferenceRatio) -> f64| {
        found.clone().map(|ratios| ratios.iter().map(pick).collect())
    };
    BTreeMap::from([
        ("ratio", field(|r| r.ratio)),
        ("log_ratio", field(|r| r.log_ratio)),
        ("pct", field(|r| r.percent)),
    ])
}

/// Compares one field.
fn compare(id: &str, field: &str, expected: &Value, answer: &Answer, tolerance: f64) {
    if is_not_computable(expected) {
        assert!(answer.is_err(), "{id} {field}: {answer:?} instead of not computable");
        return;
    }
    let found = answer.as_ref().unwrap_or_else(|reason| panic!("{id} {field}: {reason}"));
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{id} {field}");
    for (found, expected) in found.iter().zip(&expected) {
        let slack = tolerance * expected.abs().max(1.0);
        assert!((found - expected).abs() <= slack, "{id} {field}: {found} instead of {expected}");
    }
}

fn is_not_computable(expected: &Value) -> bool {
    matches!(expected.as_str(), Some("NaN" | "NA"))
}

/// The number of fields that were compared.
fn check_vector(vector: &Value, fields: &[&str], method: Method) -> usize {
    let id = vector["id"].as_str().unwrap();
    let tolerance = vector["tolerance"].as_f64().unwrap();
    let answers = method(&vector["inputs"]);
    if answers.is_empty() {
        return 0;
    }
    // Where Gini does not exist nothing does: the reference still lists the shares of the units.
    let nothing = is_not_computable(&vector["expected"]["gini"]);
    let mut n_fields = 0;
    for field in fields {
        let expected = &vector["expected"][field];
        if expected.is_null() {
            continue;
        }
        let answer = answers.get(field).unwrap_or_else(|| panic!("{id}: no answer for {field}"));
        if nothing {
            assert!(answer.is_err(), "{id} {field}: {answer:?} instead of not computable");
        } else {
            compare(id, field, expected, answer, tolerance);
        }
        n_fields += 1;
    }
    n_fields
}

fn vector_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files
}

#[test]
fn our_statistics_equal_those_of_independent_software() {
    let mut checked: BTreeMap<&str, usize> = BTreeMap::new();
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    for path in vector_files() {
        let content: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let Some(vectors) = content["vectors"].as_array() else { continue };
        for vector in vectors {
            let name = vector["method"].as_str().unwrap();
            let ours = METHODS.iter().find(|(method, _, _)| *method == name);
            let n_fields =
                ours.map_or(0, |(_, fields, method)| check_vector(vector, fields, *method));
            match ours {
                Some((method, _, _)) if n_fields > 0 => *checked.entry(method).or_default() += 1,
                _ => *skipped.entry(name.to_owned()).or_default() += 1,
            }
        }
    }
    println!("checked: {checked:?}");
    println!("skipped: {skipped:?}");
    let n_checked: usize = checked.values().sum();
    assert!(n_checked > 0, "no vectors were read");
    let unchecked: Vec<&str> =
        METHODS.iter().map(|(method, _, _)| *method).filter(|m| !checked.contains_key(m)).collect();
    assert!(unchecked.is_empty(), "methods without a checked vector: {unchecked:?}");
    // Of our own methods only the quantile has variants we leave out (types 6 and 8).
    let ours_skipped: Vec<&str> =
        METHODS.iter().map(|(method, _, _)| *method).filter(|m| skipped.contains_key(*m)).collect();
    assert_eq!(ours_skipped, ["quantile"]);
}
