//! From what a case says to whole rows: what it leaves out is clean.
//!
//! Enters: a case and the clean region. Leaves: every row of the case, with values in all columns that matter.

use std::collections::BTreeMap;

use anyhow::{Context, bail};

use crate::schema::Dtype;

use super::companions;
use super::dates;
use super::ground::{Ground, ZORG};
use super::rows::{self, Row};
use super::rule::{Case, RuleFile, Written};
use super::words::Place;

type Values = BTreeMap<String, String>;

/// A row of a case under the name by which a case can change it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) tabel: String,
    pub(super) rij: String,
    pub(super) values: Values,
}

/// A case as it stands in the files, and as the queries print it.
pub(super) struct Made {
    pub(super) rows: Vec<Row>,
    pub(super) geval: Vec<String>,
    /// By rule: what cannot but be hit as well.
    pub(super) ook: BTreeMap<String, Vec<String>>,
}

/// Columns that are made from the product list when they hold this word.
const FROM_PRODUCT: &str = "product";

/// A day that follows from the period.
const LATER: &str = "later";
/// An amount that follows from the volume and the tariff.
const TIMES: &str = "volume*tarief";

/// Every row of a case.
///
/// # Errors
/// When a table, column, word or day of the case means nothing.
pub(super) fn rows_of(ground: &Ground, rule: &RuleFile, case: &Case) -> anyhow::Result<Made> {
    let name = case.dossier.as_ref().or(rule.dossier.as_ref()).unwrap_or(&ground.dossier);
    let dossier = ground.dossiers.get(name).with_context(|| format!("geen dossier heet {name}"))?;
    let mut named = merged(dossier, &case.rows);
    for out in &case.zonder {
        let tabel = out.split(':').next().unwrap_or_default();
        rows::table(tabel)?;
    }
    named.retain(|row| !is_left_out(case, &row.tabel, &row.rij));
    let mut months = Vec::new();
    for row in named {
        months.extend(each_month(row)?);
    }
    companions::add_toewijzingen(ground, case, &mut months);
    let names = names_of(&months);
    let mut out = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in &months {
        let before = seen.entry(row.tabel.clone()).or_default();
        out.push(whole(ground, case, &names, row, *before)?);
        *before += 1;
    }
    companions::widen_toewijzingen(&mut out);
    for row in companions::of_aanbieders(ground, case, &out) {
        out.push(whole(ground, case, &names, &row, 0)?);
    }
    let place = Place { ground, case, names: &names, rij: ZORG, agb: 1, before: 0 };
    let fill = |texts: &[String]| -> anyhow::Result<Vec<String>> {
        texts.iter().map(|text| place.fill(text)).collect()
    };
    let mut ook: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (rule, texts) in ground.ook.get(name).into_iter().flatten().chain(&case.ook) {
        ook.entry(rule.clone()).or_default().extend(fill(texts)?);
    }
    Ok(Made { rows: out, geval: fill(&case.geval)?, ook })
}

/// Whether a case leaves out a row of a table.
pub(super) fn is_left_out(case: &Case, tabel: &str, rij: &str) -> bool {
    case.zonder.contains(tabel) || case.zonder.contains(&format!("{tabel}:{rij}"))
}

/// The rows of the dossier, changed by those of the case; what changes nothing is added.
fn merged(dossier: &[Written], own: &[Written]) -> Vec<Named> {
    let mut out: Vec<Named> = dossier
        .iter()
        .map(|row| Named {
            tabel: row.tabel.clone(),
            rij: row.rij.clone().unwrap_or_else(|| ZORG.to_owned()),
            values: rows::by_name(&row.tabel, &row.values),
        })
        .collect();
    let clean = out.clone();
    let mut changed = vec![false; out.len()];
    for row in own {
        let first = clean.iter().find(|other| other.tabel == row.tabel);
        let rij = match (&row.rij, first) {
            (Some(rij), _) => rij.clone(),
            (None, Some(first)) => first.rij.clone(),
            (None, None) => ZORG.to_owned(),
        };
        let is_same = |other: &Named| other.tabel == row.tabel && other.rij == rij;
        match clean.iter().position(is_same) {
            Some(at) if !changed[at] => {
                changed[at] = true;
                out[at].values.extend(rows::by_name(&row.tabel, &row.values));
            }
            like => {
                let mut values = like.map(|at| clean[at].values.clone()).unwrap_or_default();
                values.extend(rows::by_name(&row.tabel, &row.values));
                out.push(Named { tabel: row.tabel.clone(), rij, values });
            }
        }
    }
    out
}

/// A declared row of more months as a row per month.
fn each_month(mut row: Named) -> anyhow::Result<Vec<Named>> {
    let maanden = row.values.remove("maanden").map_or(Ok(1), |n| n.parse::<u32>())?;
    if row.tabel != "declaraties" {
        return Ok(vec![row]);
    }
    let maand = row.values.remove("maand").unwrap_or_else(|| "begin".to_owned());
    Ok((0..maanden)
        .map(|nth| {
            let mut one = row.clone();
            let mut put = |column: &str, value: String| {
                one.values.entry(column.to_owned()).or_insert(value);
            };
            put("periode_begin", format!("{maand}+{nth}m"));
            put("periode_eind", format!("{maand}+{}m-1", nth + 1));
            one
        })
        .collect())
}

/// Names under which something is declared or granted, in the order in which they occur.
fn names_of(rows: &[Named]) -> Vec<String> {
    let mut out = vec![ZORG.to_owned()];
    for row in rows.iter().filter(|row| ["declaraties", "toewijzingen"].contains(&&*row.tabel)) {
        if !out.contains(&row.rij) {
            out.push(row.rij.clone());
        }
    }
    out
}

/// A row of a case with everything in it.
fn whole(
    ground: &Ground,
    case: &Case,
    names: &[String],
    row: &Named,
    before: usize,
) -> anyhow::Result<Row> {
    let mut values = ground.clean(&row.tabel);
    values.extend(rows::by_name(&row.tabel, &row.values));
    // An empty code is nobody: words in the other cells are about the first aanbieder.
    let agb = values.get("agb").map(String::as_str).filter(|agb| !agb.is_empty()).unwrap_or("1");
    let agb = if agb.len() == 1 { agb.parse()? } else { agb[agb.len() - 2..].parse()? };
    let place = Place { ground, case, names, rij: &row.rij, agb, before };
    let mut out = made(&place, &row.tabel, values).with_context(|| row.tabel.clone())?;
    let says = |column: &str| row.values.contains_key(column);
    out.is_dated = says("ingangsdatum") || says("einddatum");
    Ok(out)
}

/// A row that belongs to no case.
///
/// # Errors
/// As [`rows_of`].
pub(super) fn loose(ground: &Ground, row: Written) -> anyhow::Result<Row> {
    let case = Case::nobody();
    let named = Named { tabel: row.tabel, rij: ZORG.to_owned(), values: row.values };
    whole(ground, &case, &[], &named, 0)
}

fn made(place: &Place<'_>, tabel: &str, values: Values) -> anyhow::Result<Row> {
    let tabel = rows::table(tabel)?;
    let mut cells = BTreeMap::new();
    for (heading, value) in values {
        let column = rows::column(tabel, &heading)?;
        cells.insert(column.name, place.fill(&value)?);
    }
    from_product(place.ground, &mut cells)?;
    for (name, cell) in &mut cells {
        let dtype = tabel.column(name).dtype;
        *cell = typed(place, name, dtype, cell).with_context(|| (*name).to_owned())?;
    }
    if tabel.name == "declaraties" {
        declared(place, &mut cells)?;
    }
    times(&mut cells, "contractwaarde_ct")?;
    Ok(Row { tabel, cells, is_dated: false })
}

/// Unit, tariff and segment as the list of products has them.
fn from_product(ground: &Ground, cells: &mut BTreeMap<&'static str, String>) -> anyhow::Result<()> {
    let code = cells.get("productcode").cloned().unwrap_or_default();
    for (name, key) in [
        ("eenheid", "eenheid"),
        ("tarief_ct", "tarief"),
        ("icm_tarief_ct", "tarief"),
        ("segment", "segment"),
        ("productcategorie", "productcategorie"),
    ] {
        let Some(cell) = cells.get_mut(name).filter(|cell| *cell == FROM_PRODUCT) else { continue };
        let product = ground.product(&code);
        let Some(product) = product else {
            bail!("product {code} staat niet op de lijst; vul {name} zelf in")
        };
        *cell = product.get(key).cloned().unwrap_or_default();
    }
    Ok(())
}

/// A value in the notation of its type: days, numbers of children and aanbieders.
fn typed(place: &Place<'_>, name: &str, dtype: Dtype, cell: &str) -> anyhow::Result<String> {
    let which = cell.parse::<u32>().ok().filter(|k| *k < 10);
    Ok(match (dtype, which) {
        _ if cell.is_empty() || cell == LATER => cell.to_owned(),
        (Dtype::Date | Dtype::BirthYear, _) => {
            dates::dutch(dates::day(cell, place.ground.kwartaal)?)
        }
        (Dtype::Client, Some(k)) => place.bsn(k as usize)?,
        (Dtype::Pseudonym, Some(k)) => place.own(name, k),
        (Dtype::Agb, Some(k)) => place.agb_code(k)?,
        _ => cell.to_owned(),
    })
}

/// What follows from the period, the volume and the tariff of a declared line.
fn declared(place: &Place<'_>, cells: &mut BTreeMap<&'static str, String>) -> anyhow::Result<()> {
    let eind = cells.get("periode_eind").cloned().unwrap_or_default();
    if !eind.is_empty() {
        let eind = dates::day(&eind, place.ground.kwartaal)?;
        for (name, days) in [("dagtekening", 5), ("betaaldatum", 30)] {
            if cells.get(name).is_some_and(|cell| cell == LATER) {
                let day = eind + chrono::Days::new(days);
                cells.insert(name, dates::dutch(day));
            }
        }
    }
    if cells.get("referentienummer").is_none_or(String::is_empty) {
        let nummer = format!("R{:05}{:03}", place.case.number, place.before + 1);
        cells.insert("referentienummer", nummer);
    }
    times(cells, "bedrag_ct")
}

/// An amount that is nowhere written: volume times tariff.
fn times(cells: &mut BTreeMap<&'static str, String>, name: &'static str) -> anyhow::Result<()> {
    if cells.get(name).is_none_or(|cell| cell != TIMES) {
        return Ok(());
    }
    let number = |name: &str, decimals| -> anyhow::Result<i64> {
        let cell = cells.get(name).map_or("", String::as_str);
        dutch_number(cell, decimals).with_context(|| format!("{name} \"{cell}\""))
    };
    let milli_cents = number("volume_milli", 3)? * number("tarief_ct", 2)?;
    let ct = (milli_cents + 500).div_euclid(1000);
    cells.insert(name, format!("{},{:02}", ct / 100, ct % 100));
    Ok(())
}

/// A number such as `1.234,5` in its smallest part.
fn dutch_number(text: &str, decimals: usize) -> Option<i64> {
    let plain = text.replace('.', "");
    let (whole, part) = plain.split_once(',').unwrap_or((&plain, ""));
    let part = format!("{part:0<decimals$}");
    if part.len() > decimals {
        return None;
    }
    format!("{whole}{part}").parse().ok()
}
