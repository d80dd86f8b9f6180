//! `docs/REGIONS.md` against the program: its tables are made from the fields, and what it shows is done.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use maatstaf::metrics::Query;
use maatstaf::region::velden::{Nodig, Opzet, Sectie, Soort, VORMEN, Veld, secties};

use crate::handleiding::followed;
use crate::job::TestJob;
use crate::support::{root, update_expect};

const BEGIN: &str = "<!-- begin: gemaakt uit src/region/velden -->\n";
const END: &str = "<!-- einde -->";

fn document() -> String {
    fs::read_to_string(root().join("docs/REGIONS.md")).unwrap()
}

/// Rules of a region by the key of a setting that they name.
fn rules() -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for query in Query::koppen(None).unwrap() {
        let (Some(regel), Some(signaal)) = (&query.regel, &query.signaal) else { continue };
        for drempel in &signaal.drempels {
            let ids = out.entry(drempel.clone()).or_default();
            if !ids.contains(regel) {
                ids.push(regel.clone());
            }
        }
    }
    out
}

/// A word that may stand in a cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn heading(sectie: &Sectie) -> String {
    let brackets = match sectie.opzet {
        Opzet::Lijst => format!("[[{}]]", sectie.naam),
        _ if sectie.naam == "columns" => "[columns.<tabel>]".to_owned(),
        _ => format!("[{}]", sectie.naam),
    };
    let needed = if sectie.is_verplicht { "verplicht" } else { "mag weg" };
    let often = if sectie.opzet == Opzet::Lijst { ", mag vaker" } else { "" };
    format!("### {} `{brackets}` — {needed}{often}\n\n{}\n\n", sectie.titel, sectie.wat)
}

fn row(sectie: &Sectie, veld: &Veld, rules: &BTreeMap<String, Vec<String>>) -> String {
    let below = format!("{}.{}", sectie.naam, veld.naam);
    let ids: Vec<String> = (rules.iter())
        .filter(|(key, _)| **key == below || key.starts_with(&format!("{below}.")))
        .flat_map(|(_, ids)| ids.clone())
        .collect();
    // What a free section holds is named by its own keys.
    let free: Vec<String> = (rules.iter())
        .filter(|(key, _)| {
            sectie.opzet == Opzet::Vrij && key.starts_with(&format!("{}.", sectie.naam))
        })
        .flat_map(|(_, ids)| ids.clone())
        .collect();
    let ids = [ids, free].concat().join(", ");
    let used = match (veld.gebruik, ids.as_str()) {
        (used, "") => used.to_owned(),
        ("regels", ids) => ids.to_owned(),
        (used, ids) => format!("{used}; {ids}"),
    };
    let without = match veld.nodig {
        Nodig::Verplicht => "**verplicht**",
        Nodig::Zonder(without) => without,
    };
    format!(
        "| `{}` | {} | {} | {} | `{}` | {used} |\n",
        veld.naam,
        cell(&veld.soort.to_string()),
        cell(without),
        cell(veld.wat),
        veld.voorbeeld,
    )
}

fn made() -> String {
    let mut out = String::from("\n## Vormen die terugkomen\n\n");
    for vorm in VORMEN {
        writeln!(out, "**{}**: `{}`\n", vorm.naam, vorm.voorbeeld).unwrap();
        out.push_str("| sleutel | betekenis |\n|---|---|\n");
        for (key, wat) in vorm.sleutels {
            writeln!(out, "| `{key}` | {wat} |").unwrap();
        }
        out.push('\n');
    }
    out.push_str("## De secties\n\n");
    let rules = rules();
    for sectie in secties() {
        out.push_str(&heading(sectie));
        out.push_str("| sleutel | soort | zonder | betekenis | voorbeeld | gebruikt bij |\n");
        out.push_str("|---|---|---|---|---|---|\n");
        for veld in sectie.velden {
            out.push_str(&row(sectie, veld, &rules));
        }
        out.push('\n');
    }
    out
}

#[test]
fn the_tables_are_made_from_the_fields_of_a_region_file() {
    let text = document();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let expected = format!("{before}{BEGIN}{}{END}{after}", made());
    if update_expect() && text != expected {
        fs::write(root().join("docs/REGIONS.md"), expected).unwrap();
    } else {
        assert!(text == expected, "docs/REGIONS.md is not current; run with UPDATE_EXPECT=1");
    }
}

// A threshold that a rule names and no field has, would be told nowhere.
#[test]
fn every_setting_that_a_rule_names_is_a_field() {
    for key in rules().keys() {
        let is_told = secties().any(|sectie| {
            key.strip_prefix(sectie.naam).and_then(|rest| rest.strip_prefix('.')).is_some_and(
                |rest| {
                    let first = rest.split('.').next().unwrap();
                    sectie.opzet == Opzet::Vrij
                        || sectie.velden.iter().any(|veld| veld.naam == first)
                },
            )
        });
        assert!(is_told, "{key}");
    }
}

#[test]
fn every_command_of_the_document_does_what_it_shows() {
    let (n_commands, wrong) = followed(&document(), &TestJob::new());
    assert!(n_commands >= 4, "{n_commands}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_settings_beside_the_data_are_read() {
    let document = document();
    let (_, rest) = document.split_once("```toml\nregio ").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    let job = TestJob::new().file("map/maatstaf.toml", format!("regio {text}"));
    let job = job.file("map/x.csv", "gemeente;bedrag\n0355;1\n");
    // The settings are read before the files; a mistake in them would be the message.
    let seen = job.run(&["controleer", "map"]);
    assert!(!seen.err.contains("maatstaf.toml"), "{}", seen.err);
    let wrong = TestJob::new().file("map/maatstaf.toml", format!("regios {text}"));
    wrong.file("map/x.csv", "a;b\n").run(&["controleer", "map"]).refused(2, &["maatstaf.toml"]);
}

#[test]
fn a_region_is_made_shown_and_kept() {
    let job = TestJob::new();
    let new = ["regio", "nieuw", "Nieuwe Regio", "--gemeenten", "Zeist,den haag"];
    job.run(&new).check(0, &["nieuwe-regio.toml is gemaakt"]);
    job.run(&new).refused(2, &["nieuwe-regio.toml bestaat al", "--naar"]);
    let shown = job.run(&["regio", "toon", "nieuwe-regio.toml"]);
    shown.check(0, &["'s-Gravenhage", "zet in [regels]"]);
    assert!(shown.out.lines().all(|line| line.chars().count() <= 130), "{}", shown.out);
    let json = job.run(&["regio", "toon", "nieuwe-regio.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["regiobestand"]["region"]["gemeenten"]["0518"], "'s-Gravenhage");
    assert_eq!(json["naam"], "Nieuwe Regio");
    job.run(&["regio", "controleer", "nieuwe-regio.toml"])
        .check(0, &["OK     het regiobestand klopt"]);
    job.run(&["regio", "nieuw", "zou", "--gemeenten", "Zeist"])
        .refused(2, &["ingebouwde regio", "--zoals zou"]);
    job.run(&["regio", "nieuw", "x"]).refused(2, &["--gemeenten \"Zeist,Bunnik\""]);
    job.run(&["regio", "nieuw", "x", "--gemeenten", "Ziest"]).refused(2, &["bedoelde u 'Zeist'?"]);
    job.run(&["regio", "nieuw"]).refused(2, &["geen NAAM"]);
    job.run(&["regio", "toon", "zuo"]).refused(2, &["bedoelde u \"zou\"?"]);
    job.run(&["regio", "zou"]).refused(2, &["maatstaf regio toon zou"]);
    let like = ["regio", "nieuw", "utrecht-oost", "--zoals", "zou", "--naar", "eigen.toml"];
    job.run(&like).check(0, &["eigen.toml"]);
    let seen = job.run(&["regio", "toon", "eigen.toml", "--json"]);
    let seen: serde_json::Value = serde_json::from_str(&seen.out).unwrap();
    let rules = seen["regels"]["controle"].as_array().unwrap();
    assert!(rules.iter().any(|id| id == "Z25") && rules.iter().all(|id| id != "O02"), "{rules:?}");
}

#[test]
fn a_field_is_written_in_a_form_that_is_explained() {
    for sectie in secties() {
        for veld in sectie.velden {
            let form = match veld.soort {
                Soort::Drempel(_) => "drempel",
                Soort::Geldig => "geldigheid",
                _ => continue,
            };
            assert!(VORMEN.iter().any(|vorm| vorm.naam == form), "{form}");
        }
    }
}
