//! What needs more than one query: cells that are known to be 0, and values against their denominator.
//!
//! Enters: levels of one query and those of its denominator. Leaves: the same levels, completed.
//! Never makes a 0, an infinity or a NaN of something unknown.

use std::collections::{BTreeMap, BTreeSet};

use crate::metrics::MeasureInput;
use crate::metrics::measured::{Level, Measured, MeasuredCell, Ratio, TOTAAL};
use crate::metrics::query::{Contributor, JEUGDIGEN, Query, shared_level};
use crate::period::Kwartaal;
use crate::stats::rate::per_10_000;

/// Adds the cells that have no rows and are known to be 0: every gemeente of the region in every quarter.
///
/// Only where gemeente, kwartaal and yes-or-no are the only keys, because their values are known beforehand.
/// `first` is the first quarter the tables know of: before it nothing is known.
pub(super) fn add_zeros(
    query: &Query,
    levels: &mut [Level],
    first: Option<Kwartaal>,
    below: Option<&Measured>,
    input: &MeasureInput<'_>,
) {
    let is_known =
        |key: &String| key == "gemeente" || key == "kwartaal" || query.bool_keys.contains(key);
    for level in levels.iter_mut().filter(|level| level.keys.iter().all(is_known)) {
        let mut expected = match below {
            Some(below) => of_denominator(query, level, below),
            None => of_region(query, level, first, input),
        };
        for cell in &level.cells {
            expected.remove(&cell.key);
        }
        if !expected.is_empty() {
            level.cells.extend(expected.into_iter().map(|key| zero(query, key)));
            level.cells.sort_by(|a, b| a.key.cmp(&b.key));
        }
    }
}

fn zero(query: &Query, key: Vec<String>) -> MeasuredCell {
    let none_of = |contributor| query.contributors.contains(&contributor).then_some(0);
    MeasuredCell {
        key,
        value: 0,
        bedrag_ct: None,
        clienten: none_of(Contributor::Client),
        aanbieders: none_of(Contributor::Aanbieder),
        top_client: [0; 2],
        top_aanbieder: [0; 2],
        rows: 0,
        ratio: None,
    }
}

/// All combinations of the given values per key.
fn combine(per_key: Vec<Vec<String>>) -> BTreeSet<Vec<String>> {
    let mut keys = vec![Vec::new()];
    for values in per_key {
        keys = keys
            .iter()
            .flat_map(|key: &Vec<String>| {
                values.iter().map(move |value| [key.clone(), vec![value.clone()]].concat())
            })
            .collect();
    }
    keys.into_iter().collect()
}

fn of_region(
    query: &Query,
    level: &Level,
    first: Option<Kwartaal>,
    input: &MeasureInput<'_>,
) -> BTreeSet<Vec<String>> {
    let (Some(first), Some((begin, last))) = (first, query.period.span(input.kwartaal)) else {
        return BTreeSet::new();
    };
    let mut quarters = Vec::new();
    let mut quarter = begin.max(first);
    while quarter <= last {
        quarters.push(quarter.to_string());
        quarter = quarter.next();
    }
    if quarters.is_empty() {
        return BTreeSet::new();
    }
    let gemeenten: Vec<String> = input.gemeenten.iter().map(|(code, _)| code.clone()).collect();
    let values = |key: &String| match key.as_str() {
        _ if !level.keys.contains(key) => vec![TOTAAL.to_owned()],
        "gemeente" => gemeenten.clone(),
        "kwartaal" => quarters.clone(),
        _ => vec!["ja".to_owned(), "nee".to_owned()],
    };
    combine(query.keys.iter().map(values).collect())
}

fn of_denominator(query: &Query, level: &Level, below: &Measured) -> BTreeSet<Vec<String>> {
    let shared = shared_level(&level.keys, &below.query);
    let Some(known) = below.levels().iter().find(|other| other.keys == shared) else {
        return BTreeSet::new();
    };
    let mut expected = BTreeSet::new();
    for cell in &known.cells {
        let values = |key: &String| match key {
            key if !level.keys.contains(key) => vec![TOTAAL.to_owned()],
            key if shared.contains(key) => vec![below.key_of(cell, key).to_owned()],
            _ => vec!["ja".to_owned(), "nee".to_owned()],
        };
        expected.extend(combine(query.keys.iter().map(values).collect()));
    }
    expected
}

/// Divides every cell by the matching cell of another query.
pub(super) fn add_shares(query: &Query, levels: &mut [Level], below: &Measured) {
    for level in levels {
        let shared = shared_level(&level.keys, &below.query);
        let known: BTreeMap<Vec<&str>, i64> = (below.levels().iter())
            .filter(|other| other.keys == shared)
            .flat_map(|other| &other.cells)
            .map(|cell| (shared.iter().map(|key| below.key_of(cell, key)).collect(), cell.value))
            .collect();
        let positions: Vec<usize> = (shared.iter())
            .filter_map(|key| query.keys.iter().position(|other| other == key))
            .collect();
        for cell in &mut level.cells {
            let key: Vec<&str> = positions.iter().map(|at| cell.key[*at].as_str()).collect();
            let noemer = known.get(&key).copied();
            cell.ratio = Some(share(cell.value, noemer, below));
        }
    }
}

fn share(value: i64, noemer: Option<i64>, below: &Measured) -> Ratio {
    let title = below.query.title.to_lowercase();
    let outcome = match (noemer, below.reason()) {
        (None, Some(reason)) => Err(reason.to_owned()),
        (None, None) => Err(format!("geen {title} bekend")),
        (Some(0), _) => Err(format!("{title}: 0, delen kan niet")),
        (Some(noemer), _) if noemer < 0 => Err(format!("{title}: negatief door correcties")),
        (Some(_), _) if value < 0 => Err("negatief door correcties".to_owned()),
        (Some(noemer), _) => Ok(value as f64 / noemer as f64),
    };
    Ratio { column: "aandeel", noemer, jaar: None, outcome }
}

/// Expresses every cell per 10.000 children.
pub(super) fn add_rates(query: &Query, levels: &mut [Level], input: &MeasureInput<'_>) {
    let position = |name: &str| query.keys.iter().position(|key| key == name);
    let (gemeente, kwartaal) = (position("gemeente"), position("kwartaal"));
    for cell in levels.iter_mut().flat_map(|level| &mut level.cells) {
        let text = |at: Option<usize>| at.map_or(TOTAAL, |at| cell.key[at].as_str());
        let year = text(kwartaal).parse().unwrap_or(input.kwartaal).year();
        let found = match text(gemeente) {
            TOTAAL => of_all(year, input),
            code => of_one(code, year, input),
        };
        let (noemer, jaar) =
            found.as_ref().map_or((None, None), |(n, year)| (Some(*n), Some(*year)));
        let outcome = match found {
            Ok((0, year)) => Err(format!("0 jeugdigen in {year}")),
            Ok((n, _)) => per_10_000(cell.value, n).map_err(|error| error.to_string()),
            Err(reason) => Err(reason),
        };
        cell.ratio = Some(Ratio { column: "per_10000", noemer, jaar, outcome });
    }
}

/// Children in one gemeente: of that year, else of the latest earlier year.
fn of_one(code: &str, year: i32, input: &MeasureInput<'_>) -> Result<(i64, i32), String> {
    let rows = input.jeugdigen.iter().filter(|row| row.gemeente == code && row.jaar <= year);
    rows.max_by_key(|row| row.jaar).map(|row| (row.aantal, row.jaar)).ok_or_else(|| {
        let naam =
            input.gemeenten.iter().find(|(known, _)| known == code).map_or(code, |(_, naam)| naam);
        format!("geen aantal jeugdigen bekend van {naam} in of voor {year}")
    })
}

/// Children in the region: of the latest year, not after `year`, that every gemeente has.
fn of_all(year: i32, input: &MeasureInput<'_>) -> Result<(i64, i32), String> {
    let years: BTreeSet<i32> =
        input.jeugdigen.iter().map(|row| row.jaar).filter(|known| *known <= year).collect();
    for jaar in years.into_iter().rev() {
        let of_gemeente = |code: &String| {
            let row = input.jeugdigen.iter().find(|row| row.jaar == jaar && row.gemeente == *code);
            row.map(|row| row.aantal)
        };
        let sum: Option<i64> = input.gemeenten.iter().map(|(code, _)| of_gemeente(code)).sum();
        if let Some(sum) = sum.filter(|_| !input.gemeenten.is_empty()) {
            return Ok((sum, jaar));
        }
    }
    Err(format!(
        "geen jaar in of voor {year} waarvan van elke gemeente het aantal jeugdigen bekend is"
    ))
}

/// Completes the levels of one query: zeros first, so that they get a ratio as well.
pub(super) fn complete(
    query: &Query,
    levels: &mut [Level],
    first: Option<Kwartaal>,
    below: Option<&Measured>,
    input: &MeasureInput<'_>,
) {
    match (query.denominator.as_deref(), below) {
        (Some(JEUGDIGEN), _) => {
            add_zeros(query, levels, first, None, input);
            add_rates(query, levels, input);
        }
        (Some(_), Some(below)) => {
            add_zeros(query, levels, first, Some(below), input);
            add_shares(query, levels, below);
        }
        _ => {}
    }
}
