//! The house rules of ARCHITECTURE.md that the compiler does not hold: who may use whom, and what lies where.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::{files_below, root};

/// The walk from left to right. A module may use itself and what stands before it.
const ORDER: &[&str] = &[
    "stats",
    "dutch",
    "schema",
    "period",
    "inventaris",
    "region",
    "practice",
    "rejects",
    "sources",
    "typing",
    "dataset",
    "checks",
    "metrics",
    "findings",
    "disclosure",
    "charts",
    "report",
    "trace",
    "run",
    "cli",
];

/// A crate or module of the standard library, and the places that may name it: a module or the beginning of a path.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("polars", &["schema", "practice", "sources", "typing", "dataset", "checks", "metrics"]),
    (
        "std::fs",
        &[
            "region",
            "practice",
            "sources",
            "typing/pseudonym",
            "dataset",
            "metrics/query",
            "disclosure",
            "report",
            "trace",
        ],
    ),
    ("plotters", &["charts"]),
    ("clap", &["cli"]),
];

/// Every source file: path below `src` without extension, and its text. Unit tests are left out: they may use anything.
fn sources() -> BTreeMap<String, String> {
    let files = files_below(&root().join("src"));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let rust = files
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_suffix(".rs")?.to_owned(), text(bytes))));
    without_tests(rust.collect())
}

fn without_tests(files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut only_tests = BTreeSet::new();
    for (name, text) in &files {
        let folder = match name.rsplit_once('/') {
            Some((folder, "mod")) => format!("{folder}/"),
            _ if name == "lib" => String::new(),
            _ => format!("{name}/"),
        };
        for (at, _) in text.match_indices("#[cfg(test)]\nmod ") {
            let rest = &text[at + "#[cfg(test)]\nmod ".len()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap();
            only_tests.insert(format!("{folder}{}", &rest[..end]));
        }
    }
    // What a module of tests declares is of tests too.
    let is_test = |name: &String| {
        let name = name.strip_suffix("/mod").unwrap_or(name);
        let above = name.match_indices('/').map(|(at, _)| &name[..at]);
        above.chain([name]).any(|module| only_tests.contains(module))
    };
    let cut = |text: String| text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    files
        .into_iter()
        .filter(|(name, _)| !is_test(name))
        .map(|(name, text)| (name, cut(text)))
        .collect()
}

fn module_of(name: &str) -> &str {
    name.split('/').next().unwrap()
}

/// Lines of code with their number; comments are passed over.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim_start()));
    lines.filter(|(_, line)| !line.starts_with("//"))
}

/// Uses of the crate's own modules that go against the order.
fn wrong_uses(name: &str, text: &str, order: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    let own = order.iter().position(|module| *module == module_of(name));
    for (number, line) in code(text) {
        if line.contains("super::super") || line.contains("crate::{") {
            out.push(format!("src/{name}.rs:{number} does not name a module path in full"));
        }
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let used = &rest[..end];
            let position = order.iter().position(|module| *module == used);
            let is_right = position.is_some() && own.is_some() && position <= own;
            if !is_right && !used.is_empty() {
                out.push(format!("src/{name}.rs:{number} uses {used}"));
            }
        }
    }
    out
}

/// Names that stand outside the places they belong to.
fn misplaced(name: &str, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (what, places) in ONLY_IN {
        let may =
            places.iter().any(|place| name == *place || name.starts_with(&format!("{place}/")));
        let is_named = |line: &str| {
            line.match_indices(what).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let after = line[at + what.len()..].chars().next();
                let is_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !is_name(before) && matches!(after, Some(':' | ';'))
            })
        };
        let hits = code(text).filter(|(_, line)| !may && is_named(line));
        out.extend(hits.map(|(number, _)| format!("src/{name}.rs:{number} names {what}")));
    }
    let wires = code(text).filter(|(_, line)| {
        line.starts_with("pub struct Wire") || line.starts_with("pub enum Wire")
    });
    out.extend(wires.map(|(number, _)| format!("src/{name}.rs:{number} shows a wire type")));
    out
}

fn none(violations: &[String]) {
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn modules_are_declared_in_walking_order() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let expected: Vec<&str> =
        ORDER.iter().copied().filter(|module| declared.contains(module)).collect();
    assert_eq!(declared, expected);
    let present: BTreeSet<String> =
        sources().keys().map(|name| module_of(name).to_owned()).collect();
    let unknown: Vec<&String> = present
        .iter()
        .filter(|module| {
            !ORDER.contains(&module.as_str()) && !["lib", "main"].contains(&module.as_str())
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn a_module_uses_only_what_stands_before_it() {
    let files = sources();
    assert!(files.len() > 80, "{}", files.len());
    let mut found = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| *name != "lib" && *name != "main") {
        found.extend(wrong_uses(name, text, ORDER));
    }
    none(&found);
}

#[test]
fn libraries_and_files_are_touched_where_they_belong() {
    let found: Vec<String> =
        sources().iter().flat_map(|(name, text)| misplaced(name, text)).collect();
    none(&found);
}

#[test]
fn the_scanner_sees_what_it_must_refuse() {
    let text = "//! crate::cli\nuse crate::region::Region;\n    let x = crate::cli::run();\nuse crate::{schema};\nuse super::super::x;\n";
    let found = wrong_uses("stats/rate", text, ORDER);
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found[0], "src/stats/rate.rs:2 uses region");
    assert!(wrong_uses("cli/job", "use crate::region::Region;\n", ORDER).is_empty());
    assert_eq!(wrong_uses("cli/job", "use crate::gone::X;\n", ORDER).len(), 1);
    let text = "use polars::prelude::X;\nuse std::fs;\nlet f = std::fs::File::open(p);\nuse clap::Parser;\nuse plotters::x;\npub struct WireX;\n";
    assert_eq!(misplaced("run/lees", text).len(), 6);
    assert_eq!(misplaced("typing/pseudonym", "use std::fs::{self, File};\n"), [""; 0]);
    assert_eq!(misplaced("typing/cells", "use std::fs::{self, File};\n").len(), 1);
    assert_eq!(misplaced("charts/x", "let my_polars::x = 1; // a polarsky word\n"), [""; 0]);
    let files = [
        ("a/mod", "mod b;\n#[cfg(test)]\nmod c;\n#[cfg(test)]\nmod tests {\nx"),
        ("a/b", "b"),
        ("a/c", "c"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    let kept = without_tests(files);
    assert_eq!(kept.keys().collect::<Vec<_>>(), ["a/b", "a/mod"]);
    assert!(!kept["a/mod"].ends_with('x'));
}

#[test]
fn every_query_has_a_case_and_every_case_a_query() {
    let stems = |folder: &str, extension: &str| -> BTreeSet<String> {
        let names = files_below(&root().join(folder)).into_keys();
        let stem = |name: String| {
            let file = name.strip_suffix(extension)?;
            Some(file.rsplit('/').next().unwrap_or(file).to_owned())
        };
        names.filter_map(stem).collect()
    };
    let queries = stems("queries", ".sql");
    assert!(!queries.is_empty());
    assert_eq!(queries, stems("tests/queries", ".case"));
}

#[test]
fn the_top_level_holds_what_was_agreed_and_nothing_else() {
    let required =
        ["Cargo.toml", "src", "queries", "sample-data", "reports", "tests", "README.md", "regions"];
    let allowed = [
        "docs",
        "benches",
        "Cargo.lock",
        "rustfmt.toml",
        "clippy.toml",
        "LICENSE",
        "publiccode.yml",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "target",
    ];
    let names: BTreeSet<String> = fs::read_dir(root())
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    for name in required {
        assert!(names.contains(name), "{name} is missing");
    }
    let strange: Vec<&String> = names
        .iter()
        .filter(|name| !name.starts_with('.'))
        .filter(|name| !required.contains(&name.as_str()) && !allowed.contains(&name.as_str()))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}
