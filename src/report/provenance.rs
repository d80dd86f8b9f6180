//! Where every figure comes from: `herkomst/manifest.json`, the SQL, the region file, the account per file.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::disclosure::{PublishedCell, PublishedMeasure, PublishedOutcome, Shown};
use crate::report::compose::Input;
use crate::report::csv;
use crate::report::document::{Cell, Kind, Row, Table, TableColumn, Value as CellValue};
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
    output.put("herkomst/bestanden.csv", &csv::table(&files_table(input)))?;
    let manifest = manifest(input, command, exit, &output.files());
    let text = serde_json::to_string_pretty(&manifest).context("het manifest is niet te maken")?;
    output.put("herkomst/manifest.json", (text + "\n").as_bytes())
}

/// Keys stand in alphabetical order, so that two runs give the same bytes.
fn manifest(input: &Input<'_>, command: &[String], exit: u8, outputs: &[Written]) -> Value {
    let (reading, reporting) = input.manifest.totals();
    let inputs: Vec<Value> = input
        .manifest
        .bestanden
        .iter()
        .map(|entry| {
            json!({
                "path": entry.pad, "bytes": entry.bytes, "sha256": entry.sha256, "format": entry.lezing.format,
                "encoding": entry.lezing.encoding, "delimiter": entry.lezing.delimiter, "table": entry.lezing.table,
                "columns": entry.lezing.columns, "unused": entry.lezing.unused, "styles": entry.lezing.styles,
                "remark": entry.lezing.remark, "account": entry.account, "duplicate_of": entry.dubbel_van,
            })
        })
        .collect();
    let checks: Vec<Value> = input
        .causes
        .iter()
        .map(|cause| json!({"code": cause.code, "severity": cause.severity, "n": cause.regels, "bedrag_ct": cause.bedrag_ct}))
        .collect();
    json!({
        "schema": FORM,
        "program": "maatstaf",
        "version": env!("CARGO_PKG_VERSION"),
        "command": command,
        "region": {"name": input.region.id, "path": input.region.path, "sha256": input.region.sha256},
        "kwartaal": input.kwartaal.to_string(),
        "peildatum": input.peildatum.to_string(),
        "audience": input.published.audience().to_string(),
        "inputs": inputs,
        "accounts": {"reading": reading, "reporting": reporting},
        "checks": checks,
        "figures": figures(input),
        "hidden": {"cells": input.published.n_hidden(), "findings": input.published.n_withheld()},
        "outputs": outputs,
        "exit_code": exit,
    })
}

/// Every cell of every query, by address.
fn figures(input: &Input<'_>) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for measure in input.published.measures() {
        let sha256 = crate::sources::gather::to_hex(&Sha256::digest(measure.sql.as_bytes()));
        let PublishedOutcome::Cells(levels) = &measure.outcome else { continue };
        for cell in levels.iter().flat_map(|(_, cells)| cells) {
            add(&mut out, measure, cell, &sha256);
        }
    }
    out
}

fn add(out: &mut BTreeMap<String, Value>, measure: &PublishedMeasure, cell: &PublishedCell, sha256: &str) {
    let is_hidden = cell.value == Shown::Hidden;
    let n = cell.clienten.as_ref().and_then(Shown::value);
    out.insert(
        cell.address.clone(),
        json!({"query": measure.id, "sql_sha256": sha256, "value": cell.value.value(), "n": n, "protected": is_hidden}),
    );
    if let (Some(address), Some(ratio)) = (&cell.ratio_address, &cell.ratio) {
        let reason = if let Shown::Unknown(reason) = ratio { Some(reason.as_str()) } else { None };
        out.insert(
            address.clone(),
            json!({
                "query": measure.id, "sql_sha256": sha256, "value": ratio.value(), "n": n, "protected": is_hidden,
                "denominator": cell.noemer.map(|(noemer, _)| noemer).filter(|_| !is_hidden), "unknown": reason,
            }),
        );
    }
}

/// The reading account of every file.
fn files_table(input: &Input<'_>) -> Table {
    let mut table = Table::new(
        "bestanden",
        "Aansluiting per bestand",
        vec![
            TableColumn::new("Bestand", "", Kind::Text),
            TableColumn::new("Tabel", "", Kind::Text),
            TableColumn::new("Gelezen", "regels", Kind::Count),
            TableColumn::new("Aanvaard", "regels", Kind::Count),
            TableColumn::new("Afgekeurd", "regels", Kind::Count),
            TableColumn::new("Dubbel", "regels", Kind::Count),
            TableColumn::new("Leeg", "regels", Kind::Count),
            TableColumn::new("Bedrag onleesbaar", "regels", Kind::Count),
            TableColumn::new("Gelezen", "", Kind::Cents),
            TableColumn::new("Aanvaard", "", Kind::Cents),
            TableColumn::new("Afgekeurd", "", Kind::Cents),
            TableColumn::new("Dubbel", "", Kind::Cents),
            TableColumn::new("Opmerking", "", Kind::Text),
            TableColumn::new("SHA-256", "", Kind::Code),
        ],
    );
    for entry in &input.manifest.bestanden {
        let a = &entry.account;
        let int = |value: u64| Cell::new(CellValue::Int(value.cast_signed()));
        let cents = |ct: i64| Cell::new(CellValue::Cents(ct));
        let remark = if entry.dubbel_van.is_empty() {
            entry.lezing.remark.clone()
        } else {
            format!("zelfde inhoud als {}", entry.dubbel_van)
        };
        table.rows.push(Row::new(vec![
            Cell::text(&entry.pad),
            Cell::text(&entry.lezing.table),
            int(a.gelezen.regels),
            int(a.aanvaard.regels),
            int(a.afgekeurd.regels),
            int(a.dubbel.regels),
            int(a.blanco),
            int(a.onleesbaar_bedrag),
            cents(a.gelezen.bedrag_ct),
            cents(a.aanvaard.bedrag_ct),
            cents(a.afgekeurd.bedrag_ct),
            cents(a.dubbel.bedrag_ct),
            Cell::text(&remark),
            Cell::text(&entry.sha256),
        ]));
    }
    table
}
