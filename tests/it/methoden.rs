//! `docs/METHODS.md` names every function of `src/stats`, and every method that a finding may name.

use std::collections::BTreeMap;
use std::fs;

use maatstaf::findings::toets::METHODEN;

use crate::support::{files_below, root};

fn methods() -> String {
    fs::read_to_string(root().join("docs/METHODS.md")).unwrap()
}

/// Module and name of each public function of `src/stats`, and whether it stands on its own, outside an `impl`.
fn functions() -> Vec<(String, String, bool)> {
    let mut out = Vec::new();
    for (name, bytes) in files_below(&root().join("src/stats")) {
        let Some(module) = name.strip_suffix(".rs") else { continue };
        let text = String::from_utf8(bytes).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code.lines() {
            let Some(rest) = line.trim_start().strip_prefix("pub fn ") else { continue };
            let name: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            out.push((module.to_owned(), name, line.starts_with("pub")));
        }
    }
    out
}

/// The sections by the module that their heading names.
fn sections(text: &str) -> BTreeMap<String, String> {
    let parts = text.split("\n## ").skip(1);
    let of_module = |part: &str| {
        let heading = part.lines().next()?;
        let module = heading.split("`stats::").nth(1)?.strip_suffix('`')?;
        Some((module.to_owned(), part.to_owned()))
    };
    parts.filter_map(of_module).collect()
}

#[test]
fn every_function_of_the_statistics_is_described() {
    let text = methods();
    let sections = sections(&text);
    let functions = functions();
    assert!(functions.len() > 40, "{}", functions.len());
    let missing: Vec<String> = functions
        .iter()
        .filter(|(module, name, is_free)| {
            let named = format!("`{name}`");
            let in_line =
                |line: &str| line.contains(&named) && (!is_free || line.starts_with("### "));
            !sections.get(module).is_some_and(|section| section.lines().any(in_line))
        })
        .map(|(module, name, _)| format!("{module}::{name}"))
        .collect();
    assert_eq!(missing, [""; 0], "not in the section of its module");
}

#[test]
fn nothing_is_described_that_is_not_there() {
    let functions = functions();
    for (module, section) in sections(&methods()) {
        for heading in section.lines().filter_map(|line| line.strip_prefix("### ")) {
            for name in heading.split('`').skip(1).step_by(2) {
                let name = name.rsplit("::").next().unwrap();
                let is_there = functions.iter().any(|(m, n, _)| *m == module && n == name);
                assert!(is_there, "{module}: {name}");
            }
        }
    }
}

#[test]
fn every_method_of_a_finding_stands_in_the_table_with_its_version() {
    let text = methods();
    assert!(!METHODEN.is_empty());
    for methode in METHODEN {
        let row = format!("| {} | {} |", methode.naam, methode.versie);
        assert!(text.contains(&row), "METHODS.md has no row {row}");
    }
}
