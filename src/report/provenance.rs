//! Where every figure comes from: `herkomst/manifest.json`, the SQL, the region file, the account per file.

mod judged;
mod signalen;
mod verdeling;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::dataset::manifest::{FileEntry, Term};
use crate::disclosure::{PublishedCell, PublishedMeasure, PublishedOutcome, Shown};
use crate::findings::kosten::{Oordeel, Prijs, PrijsGroep, Vergelijking};
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
    if input.sees_files() {
        output.put("herkomst/bestanden.csv", &csv::table(&files_table(input)))?;
    }
    let manifest = manifest(input, command, exit, &output.files());
    let text = serde_json::to_string_pretty(&manifest).context("het manifest is niet te maken")?;
    let text = text.replace(
        &format!("\"figures\": \"{LINES}\""),
        &format!("\"figures\": {}", figures(input)?),
    );
    let text = text
        .replace(&format!("\"inputs\": \"{LINES}\""), &format!("\"inputs\": {}", inputs(input)?));
    let text = text
        .replace(&format!("\"prices\": \"{LINES}\""), &format!("\"prices\": {}", prices(input)?));
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
    json!({
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
        "signalen": signalen::judged(input.published.judged()),
        "judged": judged::judged(input.published.judged()),
        "hidden": {"cells": input.published.n_hidden(), "findings": input.published.n_withheld()},
        "outputs": outputs,
        "exit_code": exit,
    })
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

/// Every group of prices that were held against each other, with what was said of each: one group on a line.
///
/// Prices and amounts are in eurocents; `z` is absent where there is no spread, `cites` are the figures they rest on.
fn prices(input: &Input<'_>) -> Result<String> {
    let price = |prijs: &Prijs| {
        json!({
            "aanbieder": prijs.aanbieder, "prijs_ct": prijs.prijs_ct, "z": prijs.z,
            "verschil_ct": prijs.boven_midden_ct, "cites": prijs.cites,
            "oordeel": match prijs.oordeel {
                Oordeel::Gewoon => "gewoon".to_owned(),
                Oordeel::Opvallend => "opvallend".to_owned(),
                Oordeel::Komma(macht) => format!("komma {macht}"),
            },
        })
    };
    let one = |groep: &PrijsGroep| -> Result<String> {
        let value = json!({
            "productcode": groep.productcode, "eenheid": groep.eenheid, "midden_ct": groep.midden_ct,
            "band_ct": groep.band_ct,
            "vergelijking": match groep.vergelijking {
                Vergelijking::Referentie => "regionaal tarief",
                Vergelijking::VastTarief => "vast tarief",
                Vergelijking::Spreiding => "spreiding",
                Vergelijking::EenAanbieder => "een aanbieder",
            },
            "prijzen": groep.prijzen.iter().map(price).collect::<Vec<_>>(),
        });
        Ok(format!(
            "    {}",
            serde_json::to_string(&value).context("het manifest is niet te maken")?
        ))
    };
    let groups = input.published.judged().kosten.prijzen.iter();
    let lines = groups.filter(|groep| groep.is_compared()).map(one).collect::<Result<Vec<_>>>()?;
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
    let mut lines: BTreeMap<String, Value> = BTreeMap::new();
    for measure in input.published.measures() {
        let PublishedOutcome::Cells(levels) = &measure.outcome else { continue };
        // An amount among the keys would tell in its address what is hidden.
        let tells = measure.keys.iter().any(|key| key.ends_with("_ct"));
        let may_stand = |cell: &&PublishedCell| !tells || cell.value != Shown::Hidden;
        for cell in levels.iter().flat_map(|(_, cells)| cells).filter(may_stand) {
            lines.insert(cell.address.clone(), figure(cell, json!(cell.value.value()), None));
            if let (Some(address), Some(ratio)) = (&cell.ratio_address, &cell.ratio) {
                let reason =
                    if let Shown::Unknown(reason) = ratio { Some(reason.as_str()) } else { None };
                lines.insert(address.clone(), figure(cell, json!(ratio.value()), reason));
            }
            if let (Some(address), Some(bedrag_ct)) = (&cell.bedrag_address, &cell.bedrag_ct) {
                lines.insert(address.clone(), figure(cell, json!(bedrag_ct.value()), None));
            }
        }
    }
    let one = |(address, value): (&String, &Value)| -> Result<String> {
        let address = serde_json::to_string(address).context("het manifest is niet te maken")?;
        Ok(format!("    {address}: {value}"))
    };
    let lines = lines.iter().map(one).collect::<Result<Vec<_>>>()?;
    Ok(format!("{{\n{}\n  }}", lines.join(",\n")))
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

/// Behind this many columns stand the terms of the account that hardly any file has.
const RARE_AT: usize = 7;

/// The reading account of every file.
fn files_table(input: &Input<'_>) -> Table {
    let rare = input.manifest.totals().0.rare_terms();
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
    let rare_columns = rare.iter().map(|(name, _)| TableColumn::new(name, "regels", Kind::Count));
    table.columns.splice(RARE_AT..RARE_AT, rare_columns);
    for entry in &input.manifest.bestanden {
        table.rows.push(file_row(entry, &rare));
    }
    table
}

fn file_row(entry: &FileEntry, rare: &[Term]) -> Row {
    let a = &entry.account;
    let int = |value: u64| Cell::new(CellValue::Int(value.cast_signed()));
    let cents = |ct: i64| Cell::new(CellValue::Cents(ct));
    let remark = if entry.dubbel_van.is_empty() {
        entry.lezing.remark.clone()
    } else {
        format!("zelfde inhoud als {}", entry.dubbel_van)
    };
    let mut cells = vec![
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
    ];
    cells.splice(RARE_AT..RARE_AT, rare.iter().map(|(_, of)| int(of(a))));
    Row::new(cells)
}
