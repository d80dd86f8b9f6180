//! Care that is declared later than the month it was given in: how much, and how late.
//!
//! Enters: the derived declaraties, slice by slice. Leaves: at most one hit, because late is no fault: it says that the last
//! months are not complete.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::Datelike;
use polars::prelude::{DataFrame, PolarsResult};

use crate::checks::ronde::{Hit, Toets};
use crate::checks::stroom::Batch;
use crate::checks::treffers::Treffers;
use crate::dutch::{count, counted};
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::DECLARATIES;
use crate::typing::cells::date_of;

/// Late declaring.
pub(super) const OP354: Rule = Rule {
    code: "OP354",
    severity: Severity::Info,
    title: "zorg is in een latere maand gedeclareerd",
    explanation: "Een declaratie mag over eerdere maanden gaan (IV090). Wat hier staat, zegt hoeveel er na afloop nog binnenkomt: zo veel kan er \
        aan de laatste maanden ook nog ontbreken. Geteld zijn de regels waarvan de declaratieperiode bekend is.",
    remedy: "maak het rapport een maand later opnieuw als de laatste maanden ertoe doen",
    source: "iJw 3.2 (IV090)",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&OP354];

/// The first day of the month in which was declared.
const PERIODE: &str = "declaratieperiode_begin";

/// What is declared late.
#[derive(Debug, Default)]
pub(super) struct Naloop {
    /// Lines of which the month of declaring is known.
    bekend: AtomicI64,
    /// Those that are late, and their euros in cents.
    laat: AtomicI64,
    bedrag_ct: AtomicI64,
    /// The most months that a line is late.
    maanden: AtomicI64,
}

impl Toets for Naloop {
    fn columns(&self) -> &'static [&'static str] {
        &[PERIODE, "periode_begin", "bedrag_ct"]
    }

    fn judged(&self) -> &'static str {
        PERIODE
    }

    fn look(&self, slice: &DataFrame, _hits: &mut Vec<Hit>) -> PolarsResult<()> {
        let batch = Batch(slice);
        let (declared, given) =
            (batch.dates(PERIODE)?.physical(), batch.dates("periode_begin")?.physical());
        let bedrag = batch.ints("bedrag_ct")?;
        let (mut bekend, mut laat, mut bedrag_ct, mut longest) = (0, 0, 0, 0);
        for row in 0..slice.height() {
            let Some(declared) = declared.get(row) else { continue };
            bekend += 1;
            let Some(given) = given.get(row) else { continue };
            let maanden = months(given, declared);
            if maanden > 0 {
                laat += 1;
                bedrag_ct += bedrag.get(row).unwrap_or_default();
                longest = longest.max(maanden);
            }
        }
        self.bekend.fetch_add(bekend, Ordering::Relaxed);
        self.laat.fetch_add(laat, Ordering::Relaxed);
        self.bedrag_ct.fetch_add(bedrag_ct, Ordering::Relaxed);
        self.maanden.fetch_max(longest, Ordering::Relaxed);
        Ok(())
    }

    fn finish(&self, hits: &mut Treffers) {
        let said = |value: &AtomicI64| value.load(Ordering::Relaxed);
        let (laat, bekend) = (said(&self.laat), said(&self.bekend));
        if laat == 0 {
            return;
        }
        let longest = counted(said(&self.maanden), "maand", "maanden");
        let hit = Reject {
            table: DECLARATIES.name.to_owned(),
            found: format!("{} van de {} regels, tot {longest} later", count(laat), count(bekend)),
            bedrag_ct: Some(said(&self.bedrag_ct)),
            regels: laat.unsigned_abs(),
            ..Reject::new(&OP354, "", 0)
        };
        hits.add(&OP354, hit);
    }
}

/// Months between the care and its declaring; 0 when it is not declared in a later month.
fn months(given: i32, declared: i32) -> i64 {
    // A later month is a later day: only those need their months counted.
    if declared <= given {
        return 0;
    }
    let month =
        |day: i32| date_of(day).map(|date| i64::from(date.year()) * 12 + i64::from(date.month0()));
    month(declared).zip(month(given)).map_or(0, |(declared, given)| declared - given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: i32, declared: i32, expect: i64) {
        assert_eq!(months(given, declared), expect, "{given} {declared}");
    }

    #[test]
    fn months_are_those_of_the_calendar_and_never_below_zero() {
        let first_of_2025 = 20_089;
        check(first_of_2025, first_of_2025, 0);
        check(first_of_2025, first_of_2025 + 30, 0);
        check(first_of_2025 + 30, first_of_2025 + 31, 1);
        check(first_of_2025 - 1, first_of_2025, 1);
        check(first_of_2025, first_of_2025 + 365, 12);
        check(first_of_2025 + 31, first_of_2025, 0);
        check(-1, 0, 1);
    }
}
