//! The page of a gemeente does not depend on anything it may not see.
//!
//! Every hidden figure is replaced by another, in all queries at once, and everything is judged and written again. A
//! page that stays the same to the byte holds no hidden figure in whatever form: not as amount, rate, share, interval,
//! length of a bar, order of rows or word of a sentence.

use std::collections::BTreeSet;

use maatstaf::metrics::{Measured, Outcome};

use super::{Regio, cells, changed, children, oefenregio, some_codes, zou};

/// What tells that a quarter is provisional, yes or no, for the whole region; editions say that and no number of it.
const VOORLOPIG: [&str; 2] = ["naijl", "naijl_stand"];

/// An amount that occurs nowhere else, by its place.
fn odd(at: usize) -> i64 {
    7_000_003 + 104_729 * i64::try_from(at).unwrap()
}

/// All hidden figures of `code` as other figures, and every row of a child as none. Numbers of children stay: they decide
/// what is hidden.
fn with_other_values(regio: &'static Regio, code: &str) -> (Vec<Measured>, usize) {
    let hidden = regio.verborgen(code);
    let at = std::cell::Cell::new(0);
    let mut out = changed(&regio.measured, &|measured, cell, address| {
        if !hidden.contains(address) || VOORLOPIG.contains(&measured.query.id.as_str()) {
            return;
        }
        at.set(at.get() + 1);
        // A count of millions would keep an exact test busy for hours.
        let is_money = measured.query.unit == "eurocent";
        let odd = if is_money { odd(at.get()) } else { cell.value + 11 };
        let counts_itself =
            children(cell) == cell.value.abs() && cell.clienten.is_none_or(|n| n == 0);
        if !counts_itself {
            cell.value = odd;
        }
        cell.bedrag_ct = cell.bedrag_ct.map(|_| self::odd(at.get()));
        cell.aanbieders = cell.aanbieders.map(|n| n + 1);
        cell.top_client = [odd, odd];
        cell.top_aanbieder = [odd, odd];
        if let Some(ratio) = &mut cell.ratio
            && let Ok(value) = &mut ratio.outcome
        {
            *value = *value * 3.0 + 0.0137;
            ratio.noemer = ratio.noemer.map(|noemer| noemer + odd);
        }
    });
    for one in &mut out {
        one.werklijst = None;
        if let Outcome::List { rows, .. } = &mut one.outcome {
            rows.clear();
        }
        if let Outcome::Draws(dossiers) = &mut one.outcome {
            let is_own = |gemeente: &str| gemeente == code;
            for dossier in &mut dossiers.dossiers {
                if !dossier.iter().any(|regel| is_own(&regel.gemeente)) {
                    // Nobody else could have done it: out of the lottery of the region.
                    dossier.truncate(1);
                }
            }
        }
    }
    (out, at.get())
}

#[track_caller]
fn assert_same(code: &str, before: &str, after: &str) {
    if before == after {
        return;
    }
    let at = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let bytes = &text.as_bytes()[at.saturating_sub(300)..(at + 200).min(text.len())];
        String::from_utf8_lossy(bytes).into_owned()
    };
    panic!("{code}: a hidden figure is on the page\n{}\n----\n{}", around(before), around(after));
}

fn values_do_not_matter(regio: &'static Regio, codes: &[&str], least: usize) {
    for code in codes {
        let (other, n) = with_other_values(regio, code);
        assert!(n > least, "{code}: only {n} figures were changed");
        let page = regio.page_if(&other, code);
        assert_same(code, &regio.page(code), &page);
        let numbers = numbers(&page);
        for text in (1..=n).flat_map(|at| forms(odd(at))) {
            assert!(!numbers.contains(text.as_str()), "{code}: {text}");
        }
    }
}

/// Every number of a page as it is written, also within a drawing.
fn numbers(page: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let runs = page.split(|c| !is_part(c)).map(|run| run.trim_matches(['.', ',']));
    runs.filter(|run| run.len() > 4).collect()
}

/// How an amount can be printed.
fn forms(ct: i64) -> Vec<String> {
    let euro = maatstaf::dutch::euro_ct(ct).replace("€ ", "");
    let whole = maatstaf::dutch::euro_whole(ct).replace("€ ", "");
    vec![ct.to_string(), maatstaf::dutch::count(ct), euro, whole]
}

#[test]
fn no_value_that_is_hidden_changes_the_page_in_the_practice_region() {
    let regio = oefenregio();
    values_do_not_matter(regio, &regio.codes(), 1_000);
}

#[test]
fn no_value_that_is_hidden_changes_the_page_in_a_region_with_every_rule() {
    let regio = zou();
    values_do_not_matter(regio, &some_codes(regio), 100);
}

/// Every hidden number of children becomes another.
fn with_other_children(regio: &'static Regio, code: &str) -> (Vec<Measured>, usize) {
    let hidden = regio.verborgen(code);
    let minimum = regio.region.disclosure.minimum;
    let mut out = regio.measured.clone();
    let mut n = 0;
    for (other, one) in out.iter_mut().zip(&regio.measured) {
        if VOORLOPIG.contains(&one.query.id.as_str()) {
            continue;
        }
        let Outcome::Cells(levels) = &mut other.outcome else { continue };
        for cell in levels.iter_mut().flat_map(|level| &mut level.cells) {
            let known = children(cell);
            if !hidden.contains(&one.address(cell, &one.query.value))
                || !(1..minimum).contains(&known)
            {
                continue;
            }
            let other = if known == minimum - 1 { known - 1 } else { known + 1 };
            match &mut cell.clienten {
                Some(clienten) if *clienten > 0 => *clienten = u32::try_from(other).unwrap(),
                _ => cell.value = other,
            }
            n += 1;
        }
    }
    (out, n)
}

#[test]
fn no_number_of_children_that_is_hidden_changes_the_page() {
    let regio = oefenregio();
    for code in some_codes(regio) {
        let (other, n) = with_other_children(regio, code);
        assert!(n > 100, "{code}: only {n} numbers were changed");
        assert_same(code, &regio.page(code), &regio.page_if(&other, code));
    }
}

#[test]
fn the_page_does_depend_on_what_may_be_seen() {
    let regio = oefenregio();
    let code = regio.codes()[0];
    let hidden = regio.verborgen(code);
    let seen = cells(&regio.measured).find(|(measured, cell, address)| {
        measured.query.id == "kosten_totaal"
            && cell.key == [code, "2025-K3"]
            && !hidden.contains(address)
    });
    assert!(seen.is_some(), "its own costs are shown");
    let other = changed(&regio.measured, &|measured, cell, _| {
        if measured.query.id == "kosten_totaal" && cell.key == [code, "2025-K3"] {
            cell.value += 100;
        }
    });
    assert_ne!(regio.page(code), regio.page_if(&other, code));
}
