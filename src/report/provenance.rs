//! Where every figure comes from: `herkomst/manifest.json`, the SQL, the region file, the account per file.

mod bestanden;
mod judged;
mod prices;
mod signalen;
mod verdeling;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::dataset::manifest::FileEntry;
use crate::disclosure::{Published, PublishedCell, PublishedMeasure, PublishedOutcome, Shown};
use crate::findings::Chapter;
use crate::report::compose::Input;
use crate::report::csv;
use crate::report::folder::{Output, Written};

/// Version of the form of the manifest.
const FORM: u32 = 1;

/// Puts everything about the origin in the folder; the manifest comes last because it lists the other files.
///
/// `command` is what the user asked, without paths of their machine; `exit` how the run will end.
pub fn write(input: &Input<'_>, command: &[String], exit: u8, output: &mut Output) -> Result<()> {
    for measure in input.published.measures() {
        output.put(&format!("herkomst/sql/{}.sql", measure.id), measure.sql.as_bytes())?;
    }
    output.put("herkomst/regio.toml", input.region.text.as_bytes())?;
    if input.sees_files() {
        output.put("herkomst/bestanden.csv", &csv::table(&bestanden::table(input)))?;
    }
    let manifest = manifest(input, command, exit, &output.files());
    let text = serde_json::to_string_pretty(&manifest).context("het manifest is niet te maken")?;
    let text = text.replace(
        &format!("\"figures\": \"{LINES}\""),
        &format!("\"figures\": {}", figures(input)?),
    );
    let text = text
        .replace(&format!("\"inputs\": \"{LINES}\""), &format!("\"inputs\": {}", inputs(input)?));
    let text = text.replace(
        &format!("\"prices\": \"{LINES}\""),
        &format!("\"prices\": {}", per_line(&prices::all(input.published))?),
    );
    let text = text.replace(
        &format!("\"sentences\": \"{LINES}\""),
        &format!("\"sentences\": {}", per_line(&sentences(input.published))?),
    );
    output.put("herkomst/manifest.json", (text + "\n").as_bytes())
}

/// Stands for figures and inputs while the rest is set out over lines: each of them is one line.
const LINES: &str = "…";

/// Keys stand in alphabetical order, so that two runs give the same bytes.
fn manifest(input: &Input<'_>, command: &[String], exit: u8, outputs: &[Written]) -> Value {
    let (reading, reporting) = input.manifest.totals();
    let checks: Vec<Value> = input
        .causes
        .iter()
        .map(|cause| json!({"code": cause.code, "severity": cause.severity, "n": cause.regels, "bedrag_ct": cause.bedrag_ct.filter(|_| !input.is_small(cause.regels))}))
        .collect();
    let mut out = json!({
        "schema": FORM,
        "program": "maatstaf",
        "version": env!("CARGO_PKG_VERSION"),
        "command": command,
        "region": {"name": input.region.id, "path": input.region.path, "sha256": input.region.sha256},
        "kwartaal": input.kwartaal.to_string(),
        "peildatum": input.peildatum.to_string(),
        "audience": input.published.audience().to_string(),
        "inputs": LINES,
        "prices": LINES,
        "accounts": input.sees_files().then(|| json!({"reading": reading, "reporting": reporting})),
        "checks": checks,
        "queries": queries(input),
        "figures": LINES,
        "derived": input.published.judged().derived(),
        "verdeling": verdeling::judged(&input.published.judged().evenredig),
        "sentences": LINES,
        "signalen": signalen::judged(input.published.judged()),
        "judged": judged::judged(input.published.judged()),
        "hidden": hidden(input.published),
        "outputs": outputs,
        "exit_code": exit,
    });
    let opdracht = &input.manifest.opdracht;
    if !opdracht.is_empty() {
        out["reading"] =
            json!({"als": opdracht.als, "kolommen": opdracht.kolommen, "stijl": opdracht.stijl});
    }
    out
}

/// What is hidden, and by which proof; the proof itself would give it away.
fn hidden(published: &Published) -> Value {
    let mut out = json!({"cells": published.n_hidden(), "findings": published.n_withheld()});
    if let Some(bewijs) = published.bewijs() {
        out["primary"] = json!(bewijs.n_primair);
        out["secondary"] = json!(bewijs.n_secundair);
        out["witnesses"] = json!({"n": bewijs.n_getuigen, "sha256": bewijs.sha256});
    }
    out
}

/// Every file that was offered, one on a line.
fn inputs(input: &Input<'_>) -> Result<String> {
    let one = |entry: &FileEntry| -> Result<String> {
        let value = json!({
            "path": entry.pad, "bytes": entry.bytes, "sha256": entry.sha256, "format": entry.lezing.format,
            "encoding": entry.lezing.encoding, "delimiter": entry.lezing.delimiter, "table": entry.lezing.table,
            "columns": entry.lezing.columns, "unused": entry.lezing.unused, "styles": entry.lezing.styles,
            "remark": entry.lezing.remark, "account": input.sees_files().then_some(entry.account), "duplicate_of": entry.dubbel_van,
        });
        Ok(format!(
            "    {}",
            serde_json::to_string(&value).context("het manifest is niet te maken")?
        ))
    };
    let lines = input.manifest.bestanden.iter().map(one).collect::<Result<Vec<_>>>()?;
    Ok(format!("[\n{}\n  ]", lines.join(",\n")))
}

/// Groups of prices or sentences, one on a line.
fn per_line(all: &[Value]) -> Result<String> {
    let one = |value: &Value| -> Result<String> {
        Ok(format!(
            "    {}",
            serde_json::to_string(value).context("het manifest is niet te maken")?
        ))
    };
    let lines = all.iter().map(one).collect::<Result<Vec<_>>>()?;
    Ok(if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) })
}

/// Hash of every query.
fn queries(input: &Input<'_>) -> BTreeMap<String, Value> {
    let hash = |measure: &PublishedMeasure| {
        crate::sources::gather::to_hex(&Sha256::digest(measure.sql.as_bytes()))
    };
    input
        .published
        .measures()
        .map(|m| (m.id.clone(), json!({"sql_sha256": hash(m), "unknown": m.reason()})))
        .collect()
}

/// Every cell of every query, by address, one on a line.
fn figures(input: &Input<'_>) -> Result<String> {
    let lines: BTreeMap<String, Value> = input.published.measures().flat_map(figures_of).collect();
    let one = |(address, value): (&String, &Value)| -> Result<String> {
        let address = serde_json::to_string(address).context("het manifest is niet te maken")?;
        Ok(format!("    {address}: {value}"))
    };
    let lines = lines.iter().map(one).collect::<Result<Vec<_>>>()?;
    Ok(format!("{{\n{}\n  }}", lines.join(",\n")))
}

/// Every figure of one query by address, as the manifest keeps it.
pub fn figures_of(measure: &PublishedMeasure) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    let PublishedOutcome::Cells(levels) = &measure.outcome else { return out };
    // An amount among the keys would tell in its address what is hidden.
    let tells = measure.keys.iter().any(|key| key.ends_with("_ct"));
    let may_stand = |cell: &&PublishedCell| !tells || cell.value != Shown::Hidden;
    for cell in levels.iter().chain(&measure.jaar).flat_map(|(_, cells)| cells).filter(may_stand) {
        out.insert(cell.address.clone(), figure(cell, json!(cell.value.value()), None));
        if let (Some(address), Some(ratio)) = (&cell.ratio_address, &cell.ratio) {
            let reason =
                if let Shown::Unknown(reason) = ratio { Some(reason.as_str()) } else { None };
            let mut told = figure(cell, json!(ratio.value()), reason);
            // What it is divided by may be hidden while the value is not.
            told["protected"] = json!(*ratio == Shown::Hidden);
            out.insert(address.clone(), told);
        }
        if let (Some(address), Some(bedrag_ct)) = (&cell.bedrag_address, &cell.bedrag_ct) {
            out.insert(address.clone(), figure(cell, json!(bedrag_ct.value()), None));
        }
    }
    out
}

/// What was computed from figures, as the manifest keeps it: `derived`, `judged`, `prices`, `signalen`, `verdeling`.
pub fn judged_of(published: &Published) -> BTreeMap<&'static str, Value> {
    let judged = published.judged();
    BTreeMap::from([
        ("derived", json!(judged.derived())),
        ("judged", json!(judged::judged(judged))),
        ("prices", Value::Array(prices::all(published))),
        ("sentences", Value::Array(sentences(published))),
        ("signalen", signalen::judged(judged)),
        ("verdeling", json!(verdeling::judged(&judged.evenredig))),
    ])
}

/// Every sentence with the addresses of the figures it uses: conclusions, what is said of rules, and findings.
fn sentences(published: &Published) -> Vec<Value> {
    let judged = published.judged();
    let one = |chapter: Chapter, text: &str, cites: &[String]| json!({"chapter": chapter.id(), "text": text, "cites": cites});
    let conclusions = judged.conclusions.iter().map(|c| one(c.chapter, &c.text, &c.cites));
    let told = judged.overzichten.iter().filter(|o| !o.zin.is_empty());
    let told = told.map(|o| one(o.chapter, &o.zin, &o.cites));
    let findings = judged.findings.iter().map(|f| one(f.chapter, &f.text, &f.cites));
    conclusions.chain(told).chain(findings).collect()
}

/// Value, number of children behind it, and whether it is protected; a reason where there is no value.
fn figure(cell: &PublishedCell, value: Value, unknown: Option<&str>) -> Value {
    let mut out = json!({"value": value, "protected": cell.value == Shown::Hidden});
    if let Some(n) = cell.clienten.as_ref().and_then(Shown::value) {
        out["n"] = json!(n);
    }
    if let Some(reason) = unknown {
        out["unknown"] = json!(reason);
    }
    out
}
