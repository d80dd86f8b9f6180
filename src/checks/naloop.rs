//! Care that is declared later than the month it was given in: how much, and how late.
//!
//! Enters: the derived declaraties. Leaves: at most one hit, because late is no fault: it says that the last months are
//! not complete.

use std::path::Path;

use anyhow::Result;
use polars::prelude::{DataType, Expr, PolarsResult, col, lit, when};

use crate::checks::stroom::{Batch, for_each_batch, scan};
use crate::checks::treffers::Treffers;
use crate::dutch::{count, counted};
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::DECLARATIES;

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

/// Counts what is declared late.
pub(super) fn check(declaraties: &Path, hits: &mut Treffers) -> Result<()> {
    let late = || months().gt(lit(0_i64));
    let is_known = col("declaratieperiode_begin").is_not_null();
    let ct = when(late()).then(col("bedrag_ct")).otherwise(lit(0_i64));
    let sums = scan(declaraties)?.select([
        is_known.cast(DataType::Int64).sum().alias("bekend"),
        late().cast(DataType::Int64).sum().alias("laat"),
        ct.sum().alias("bedrag_ct"),
        months().max().alias("maanden"),
    ]);
    for_each_batch(sums, |frame| {
        let batch = Batch(frame);
        let of =
            |name: &str| -> PolarsResult<i64> { Ok(batch.ints(name)?.get(0).unwrap_or_default()) };
        let (bekend, laat, bedrag_ct) = (of("bekend")?, of("laat")?, of("bedrag_ct")?);
        if laat > 0 {
            let longest = counted(of("maanden")?, "maand", "maanden");
            let hit = Reject {
                table: DECLARATIES.name.to_owned(),
                found: format!(
                    "{} van de {} regels, tot {longest} later",
                    count(laat),
                    count(bekend)
                ),
                bedrag_ct: Some(bedrag_ct),
                regels: laat.unsigned_abs(),
                ..Reject::new(&OP354, "", 0)
            };
            hits.add(&OP354, hit);
        }
        Ok(())
    })
}

/// Months between the care and its declaring.
fn months() -> Expr {
    let month = |name: &str| {
        let year = col(name).dt().year().cast(DataType::Int64);
        year * lit(12_i64) + col(name).dt().month().cast(DataType::Int64)
    };
    month("declaratieperiode_begin") - month("periode_begin")
}
