//! Care that is declared later than the month it was given in: how much, and how late.
//!
//! Enters: the derived declaraties. Leaves: at most one hit, because late is no fault: it says that the last months are
//! not complete.

use std::path::Path;

use anyhow::Result;
use polars::prelude::{DataType, Expr, LazyFrame, col, len, lit};

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
    let is_known = col(PERIODE).is_not_null().cast(DataType::Int64);
    let bekend = sums(scan(declaraties)?.select([is_known.sum().alias("bekend")]), ["bekend"])?[0];
    if bekend == 0 {
        return Ok(());
    }
    // A later month is a later day: only those need their months counted.
    let late = scan(declaraties)?.filter(col(PERIODE).gt(col("periode_begin")));
    let late = late.select([months().alias("maanden"), col("bedrag_ct")]);
    let late = late.filter(col("maanden").gt(lit(0_i64))).select([
        len().cast(DataType::Int64).alias("laat"),
        col("bedrag_ct").sum(),
        col("maanden").max(),
    ]);
    let [laat, bedrag_ct, maanden] = sums(late, ["laat", "bedrag_ct", "maanden"])?;
    if laat > 0 {
        let longest = counted(maanden, "maand", "maanden");
        let hit = Reject {
            table: DECLARATIES.name.to_owned(),
            found: format!("{} van de {} regels, tot {longest} later", count(laat), count(bekend)),
            bedrag_ct: Some(bedrag_ct),
            regels: laat.unsigned_abs(),
            ..Reject::new(&OP354, "", 0)
        };
        hits.add(&OP354, hit);
    }
    Ok(())
}

/// The first day of the month in which was declared.
const PERIODE: &str = "declaratieperiode_begin";

/// The numbers of a result of one row; 0 for what is empty.
fn sums<const N: usize>(frame: LazyFrame, names: [&str; N]) -> Result<[i64; N]> {
    let mut out = [0; N];
    for_each_batch(frame, |frame| {
        let batch = Batch(frame);
        for (number, name) in out.iter_mut().zip(names) {
            *number += batch.ints(name)?.get(0).unwrap_or_default();
        }
        Ok(())
    })?;
    Ok(out)
}

/// Months between the care and its declaring.
fn months() -> Expr {
    let month = |name: &str| {
        let year = col(name).dt().year().cast(DataType::Int64);
        year * lit(12_i64) + col(name).dt().month().cast(DataType::Int64)
    };
    month(PERIODE) - month("periode_begin")
}
