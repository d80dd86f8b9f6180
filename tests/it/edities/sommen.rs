//! From what an edition shows no hidden figure follows by adding and subtracting.
//!
//! The sums are made here from the figures themselves, apart from how `disclosure` finds them.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::metrics::{Level, Measured, MeasuredCell, TOTAAL};

use super::{Regio, children, is_own, oefenregio, query, some_codes, zou};

/// A figure and the figures it is the sum of, by address.
struct Som {
    geheel: String,
    delen: Vec<String>,
}

/// Every way in which figures of one query add up.
fn sums(measured: &Measured) -> Vec<Som> {
    let address = |cell: &MeasuredCell| measured.address(cell, &measured.query.value);
    let mut out = Vec::new();
    for whole in measured.levels() {
        for part in measured.levels() {
            let is_finer = part.keys.len() > whole.keys.len()
                && whole.keys.iter().all(|key| part.keys.contains(key));
            if !is_finer {
                continue;
            }
            for cell in &whole.cells {
                let delen = parts_of(measured, cell, part);
                if !delen.is_empty() {
                    let delen = delen.into_iter().map(address).collect();
                    out.push(Som { geheel: address(cell), delen });
                }
            }
        }
    }
    out
}

fn parts_of<'m>(
    measured: &Measured,
    whole: &MeasuredCell,
    level: &'m Level,
) -> Vec<&'m MeasuredCell> {
    let is_part = |cell: &&MeasuredCell| {
        let mut pairs = measured.query.keys.iter().zip(whole.key.iter().zip(&cell.key));
        pairs.all(|(key, (of_whole, of_part))| {
            of_whole == of_part || (of_whole == TOTAAL && level.keys.contains(key))
        })
    };
    level.cells.iter().filter(is_part).collect()
}

/// What a reader does not know at first, and learns by adding and subtracting until nothing new follows.
fn learned(sums: &[Som], unknown: &BTreeSet<String>) -> BTreeSet<String> {
    let mut left = unknown.clone();
    loop {
        let solved: Vec<String> = sums
            .iter()
            .filter_map(|som| {
                let all = std::iter::once(&som.geheel).chain(&som.delen);
                let open: Vec<&String> = all.filter(|address| left.contains(*address)).collect();
                match open.as_slice() {
                    [one] => Some((*one).clone()),
                    _ => None,
                }
            })
            .collect();
        if solved.is_empty() {
            return unknown.difference(&left).cloned().collect();
        }
        for address in solved {
            left.remove(&address);
        }
    }
}

fn nothing_follows(regio: &'static Regio, codes: &[&str], least: usize) {
    let minimum = regio.region.disclosure.minimum;
    let by_query: Vec<Vec<Som>> = regio.measured.iter().map(sums).collect();
    for code in codes {
        let hidden = regio.verborgen(code);
        let mut n_sums = 0;
        for (measured, sums) in regio.measured.iter().zip(&by_query) {
            let small = small_of_others(measured, code, minimum);
            let follows = learned(sums, &hidden);
            let own = only_own(measured, sums, code);
            let told: Vec<&String> =
                follows.intersection(&small).filter(|address| !own.contains(*address)).collect();
            assert!(told.is_empty(), "{code} {}: {told:?}", measured.query.id);
            n_sums += shown_with_hidden_parts(measured, sums, &hidden, minimum);
        }
        assert!(by_query.iter().map(Vec::len).sum::<usize>() > least && n_sums > 0, "{code}");
    }
}

/// Wholes to which only this gemeente adds anything, and what these are made of: its own figures under other addresses.
fn only_own(measured: &Measured, sums: &[Som], code: &str) -> BTreeSet<String> {
    let all = measured.levels().iter().flat_map(|level| &level.cells);
    let own: BTreeSet<String> = all
        .clone()
        .filter(|cell| is_own(measured, cell, code))
        .map(|cell| measured.address(cell, &measured.query.value))
        .collect();
    let others: BTreeSet<String> = all
        .filter(|cell| children(cell) > 0 && !is_own(measured, cell, code))
        .map(|cell| measured.address(cell, &measured.query.value))
        .collect();
    let is_of_gemeente = |som: &&Som| som.delen.iter().any(|part| own.contains(part));
    let is_own = |som: &&Som| !som.delen.iter().any(|part| others.contains(part));
    let wholes: BTreeSet<&String> =
        sums.iter().filter(is_of_gemeente).filter(is_own).map(|som| &som.geheel).collect();
    let of_wholes = sums.iter().filter(|som| wholes.contains(&som.geheel));
    of_wholes.flat_map(|som| std::iter::once(&som.geheel).chain(&som.delen)).cloned().collect()
}

/// Figures of others that are too small to be told.
fn small_of_others(measured: &Measured, code: &str, minimum: i64) -> BTreeSet<String> {
    let all = measured.levels().iter().flat_map(|level| &level.cells);
    let small =
        all.filter(|cell| (1..minimum).contains(&children(cell)) && !is_own(measured, cell, code));
    small.map(|cell| measured.address(cell, &measured.query.value)).collect()
}

/// Sums that are shown while parts of them are hidden: together these are no small number. Gives how many there are.
fn shown_with_hidden_parts(
    measured: &Measured,
    sums: &[Som],
    hidden: &BTreeSet<String>,
    minimum: i64,
) -> usize {
    let all = measured.levels().iter().flat_map(|level| &level.cells);
    let n: BTreeMap<String, i64> =
        all.map(|cell| (measured.address(cell, &measured.query.value), children(cell))).collect();
    let mut n_shown = 0;
    for som in sums.iter().filter(|som| !hidden.contains(&som.geheel)) {
        let parts: Vec<&String> = som.delen.iter().filter(|part| hidden.contains(*part)).collect();
        let together: i64 = parts.iter().map(|part| n[*part]).sum();
        let told: Vec<(&String, i64)> = parts.iter().map(|part| (*part, n[*part])).collect();
        assert!(
            // What is large enough itself and hidden from everybody for the sake of the reader's own tells it nothing.
            parts.iter().all(|part| n[*part] >= minimum)
                || (parts.len() > 1 && together >= minimum),
            "{} = {told:?}",
            som.geheel
        );
        n_shown += usize::from(!parts.is_empty());
    }
    n_shown
}

#[test]
fn nothing_hidden_follows_from_sums_in_the_practice_region() {
    let regio = oefenregio();
    nothing_follows(regio, &regio.codes(), 1_000);
}

#[test]
fn nothing_hidden_follows_from_sums_in_a_region_with_every_rule() {
    let regio = zou();
    nothing_follows(regio, &some_codes(regio), 100);
}

#[test]
fn without_more_than_the_small_numbers_themselves_hidden_some_would_follow() {
    let regio = oefenregio();
    let code = regio.codes()[0];
    let minimum = regio.region.disclosure.minimum;
    let found: usize = regio
        .measured
        .iter()
        .map(|measured| {
            let small = small_of_others(measured, code, minimum);
            learned(&sums(measured), &small).len()
        })
        .sum();
    assert!(found > 50, "the test sees what it is to see: {found}");
}

#[test]
fn the_whole_of_all_care_is_a_sum_of_its_classes() {
    let regio = oefenregio();
    let measured = regio.measured.iter().find(|one| one.query.id == "kosten_per_client").unwrap();
    assert_eq!(query(&regio.measured, "kosten_per_client").keys, ["klasse", "deel"]);
    let level = measured.level(&["klasse"]).unwrap();
    let value = |cell: &&MeasuredCell| cell.value;
    let (whole, classes): (Vec<_>, Vec<_>) =
        level.cells.iter().partition(|cell| cell.key[0] == "alle zorg");
    assert_eq!(
        whole.iter().map(value).sum::<i64>(),
        classes.iter().map(value).sum::<i64>(),
        "so a class that is hidden takes the whole along"
    );
    for code in regio.codes() {
        let hidden = regio.verborgen(code);
        let is_hidden =
            |cell: &&&MeasuredCell| hidden.contains(&measured.address(cell, "bedrag_ct"));
        let n = whole.iter().chain(&classes).filter(is_hidden).count();
        assert_ne!(n, 1, "{code}");
        assert!(n > 0, "{code}: one class of the sample is small");
    }
}
