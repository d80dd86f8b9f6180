//! Rows that nobody writes down because they must be there anyway: the toewijzing of what is declared, the contract
//! and the name of the aanbieder.
//!
//! Enters: the rows of a case. Leaves: those that are missing, unless the case leaves them out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::complete::{Named, is_left_out};
use super::dates;
use super::ground::{Ground, ZORG};
use super::rows::Row;
use super::rule::Case;

const DECLARATIES: &str = "declaraties";
const TOEWIJZINGEN: &str = "toewijzingen";

/// A toewijzing for every name under which something is declared and nothing is granted.
pub(super) fn add_toewijzingen(ground: &Ground, case: &Case, rows: &mut Vec<Named>) {
    let mut granted: BTreeSet<String> =
        rows.iter().filter(|row| row.tabel == TOEWIJZINGEN).map(|row| row.rij.clone()).collect();
    let mut new = Vec::new();
    for row in rows.iter_mut() {
        let declared = row.tabel == DECLARATIES;
        if !declared || is_left_out(case, TOEWIJZINGEN, &row.rij) {
            continue;
        }
        if granted.insert(row.rij.clone()) {
            new.push(Named {
                tabel: TOEWIJZINGEN.to_owned(),
                rij: row.rij.clone(),
                values: BTreeMap::new(),
            });
        }
    }
    rows.extend(new);
    follow(ground, rows);
}

/// What a toewijzing has in common with what is declared on it.
const FOLLOWED: [&str; 8] = [
    "agb",
    "client",
    "gezin",
    "gemeente",
    "productcode",
    "productcategorie",
    "eenheid",
    "toewijzingnummer",
];

/// A toewijzing is for the child, the aanbieder and the product that are declared on it, unless it says otherwise.
fn follow(ground: &Ground, rows: &mut [Named]) {
    let declared: Vec<Named> =
        rows.iter().filter(|row| row.tabel == DECLARATIES).cloned().collect();
    for row in rows.iter_mut().filter(|row| row.tabel == TOEWIJZINGEN) {
        let Some(like) = declared.iter().find(|line| line.rij == row.rij) else { continue };
        let mut values = ground.clean(DECLARATIES);
        values.extend(like.values.clone());
        for column in FOLLOWED {
            if let Some(value) = values.get(column) {
                row.values.entry(column.to_owned()).or_insert_with(|| value.clone());
            }
        }
    }
}

/// Lets a toewijzing begin and end no later and no sooner than what is declared on it, where the case does not say when.
pub(super) fn widen_toewijzingen(rows: &mut [Row]) {
    let mut spans: BTreeMap<String, (NaiveDate, NaiveDate)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.tabel.name == DECLARATIES) {
        let (Some(nummer), Some(begin), Some(eind)) = (
            row.cells.get("toewijzingnummer"),
            written_day(row, "periode_begin"),
            written_day(row, "periode_eind"),
        ) else {
            continue;
        };
        let span = spans.entry(nummer.clone()).or_insert((begin, eind));
        *span = (span.0.min(begin), span.1.max(eind));
    }
    for row in rows.iter_mut().filter(|row| row.tabel.name == TOEWIJZINGEN) {
        let span = row.cells.get("toewijzingnummer").and_then(|nummer| spans.get(nummer));
        let Some((begin, eind)) = span.copied().filter(|_| !row.is_dated) else { continue };
        if written_day(row, "ingangsdatum").is_some_and(|day| day > begin) {
            row.cells.insert("ingangsdatum", dates::dutch(begin));
        }
        if written_day(row, "einddatum").is_some_and(|day| day < eind) {
            row.cells.insert("einddatum", dates::dutch(eind));
        }
    }
}

fn written_day(row: &Row, column: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(row.cells.get(column)?, "%d-%m-%Y").ok()
}

/// For every aanbieder of the case its row in the tables that have one each, and for every product it declares too.
pub(super) fn of_aanbieders(ground: &Ground, case: &Case, rows: &[Row]) -> Vec<Named> {
    let agb = |row: &Row| row.cells.get("agb").filter(|agb| !agb.is_empty()).cloned();
    let product = |row: &Row| row.cells.get("productcode").filter(|code| !code.is_empty()).cloned();
    let codes: BTreeSet<String> = rows.iter().filter_map(agb).collect();
    let pairs: BTreeSet<(String, String)> = rows
        .iter()
        .filter(|row| row.tabel.name == DECLARATIES)
        .filter_map(|row| Some((agb(row)?, product(row)?)))
        .collect();
    let mut out = Vec::new();
    for tabel in &ground.per_aanbieder {
        for code in &codes {
            let is_there = |row: &Row| row.tabel.name == tabel && agb(row).as_ref() == Some(code);
            if !is_left_out(case, tabel, ZORG) && !rows.iter().any(is_there) {
                out.push(row(tabel, &[("agb", code)]));
            }
        }
    }
    for tabel in &ground.per_product {
        for (code, productcode) in &pairs {
            let is_there = |row: &Row| {
                row.tabel.name == tabel
                    && agb(row).as_ref() == Some(code)
                    && product(row).as_ref().is_none_or(|own| own == productcode)
            };
            // What is not on the list, such as a maatwerk code, stands in no contract.
            let fits = tabel != "contracten" || ground.lists(productcode);
            if fits && !is_left_out(case, tabel, ZORG) && !rows.iter().any(is_there) {
                out.push(row(tabel, &[("agb", code), ("productcode", productcode)]));
            }
        }
    }
    out
}

fn row(tabel: &str, values: &[(&str, &String)]) -> Named {
    Named {
        tabel: tabel.to_owned(),
        rij: ZORG.to_owned(),
        values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect(),
    }
}
