//! `docs/QUERIES.md` against the program: what it shows is done, its SQL is accepted, and no field or type is forgotten.

use std::collections::BTreeSet;
use std::fs;

use maatstaf::metrics::Query;
use maatstaf::metrics::los::{LosVraag, Omgeving};
use maatstaf::region::Publiek;

use crate::handleiding::followed;
use crate::job::TestJob;
use crate::support::{region, root};

fn document() -> String {
    fs::read_to_string(root().join("docs/QUERIES.md")).unwrap()
}

/// Blocks of a language without a file name.
fn fences<'d>(document: &'d str, kind: &str) -> Vec<&'d str> {
    let mark = format!("```{kind}\n");
    document.split(&mark).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

#[test]
fn every_command_of_the_document_does_what_it_shows() {
    let (n_commands, wrong) = followed(&document(), &TestJob::new());
    assert!(n_commands >= 8, "{n_commands}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_loose_question_of_the_document_is_accepted_by_its_audience() {
    let region = region();
    let gemeenten: Vec<(String, String)> =
        region.gemeenten.iter().map(|one| (one.code.clone(), one.naam.clone())).collect();
    let document = document();
    let questions = fences(&document, "sql");
    assert!(questions.len() >= 3);
    for sql in questions {
        let omgeving = Omgeving { gemeenten: &gemeenten, publiek: Publiek::Intern, minimum: 10 };
        LosVraag::lees(sql, "docs/QUERIES.md", &omgeving).unwrap_or_else(|e| panic!("{sql}\n{e}"));
    }
}

/// A query with further lines in its header.
fn with_header(extra: &str) -> String {
    format!(
        "/*---\ntitle = \"t\"\nquestion = \"q\"\nwhy = \"w\"\nkind = \"list\"\nperiod = \"alles\"\nowner = \"o\"\n\
         reviewed = 2026-11-26\n{extra}\n---*/\nSELECT productcode, gemeente, aanbieder FROM declaraties"
    )
}

#[test]
fn every_field_of_the_header_is_told() {
    let error = Query::parse(&with_header("bestaat_niet = 1"), "x.sql").unwrap_err();
    let detail = error.detail.unwrap();
    let (_, expected) = detail.split_once("expected ").unwrap();
    let fields: BTreeSet<&str> = expected.split('`').skip(1).step_by(2).collect();
    assert!(fields.len() > 25 && fields.contains("rapport"), "{fields:?}");
    let document = document();
    for field in fields {
        let is_told = document.contains(&format!("`{field}`"))
            || document.contains(&format!("[{field}.<naam>]"));
        assert!(is_told, "{field}");
    }
}

#[test]
fn every_type_of_a_parameter_that_is_told_is_accepted() {
    let document = document();
    let (_, table) = document.split_once("| `type` |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let mut seen = 0;
    for row in table.lines().skip(2) {
        let cell = row.trim_start_matches('|').split('|').next().unwrap();
        for kind in cell.split('`').skip(1).step_by(2).filter(|kind| *kind != "kwartaal") {
            let default = match kind {
                "getal" => "default = 1",
                "datum" => "default = 2025-09-30",
                "ja_nee" => "default = true",
                "maand" => "default = \"2025-07\"",
                _ => "default = \"x\"",
            };
            let header = format!("[params.p]\ntype = \"{kind}\"\n{default}");
            Query::parse(&with_header(&header), "x.sql").unwrap_or_else(|e| panic!("{kind}: {e}"));
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
    // The header of the example is one that is read.
    let example =
        fences(&document, "toml").into_iter().find(|text| text.contains("[params.")).unwrap();
    Query::parse(&with_header(example), "x.sql").unwrap_or_else(|e| panic!("{e} {:?}", e.detail));
}

#[test]
fn the_example_of_a_signal_names_every_field_in_a_file_that_is_there() {
    let document = document();
    let example =
        fences(&document, "toml").into_iter().find(|text| text.contains("\"signaal\"")).unwrap();
    let table: toml::Table = example.parse().unwrap();
    let rule = table["regel"].as_str().unwrap();
    assert!(maatstaf::inventaris::regel(rule).is_some(), "{rule}");
    for key in ["zin", "gesprek", "remedie", "goed", "fout", "drempels", "vergelijk", "over"] {
        assert!(table.contains_key(key), "{key}");
    }
}
