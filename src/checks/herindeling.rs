//! Gemeenten that were merged: an old code stays right for care before the merger, and counts for the new gemeente.
//!
//! The base tables keep the code as it was supplied, because a toewijzing number is unique within the *old* gemeente;
//! the derived tables, from which figures are made, have the new one.

use polars::prelude::{
    Column, DataFrame, IntoColumn, IntoSeries, NewChunkedArray, PolarsResult, StringChunked,
};

use crate::checks::tabel::Tabel;
use crate::dataset::parquet::computing;
use crate::region::Region;
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::{DECLARATIES, Table};
use crate::typing::cells::day_number;

/// The code ended before the care began.
pub(super) const MS245: Rule = Rule {
    code: "MS245",
    severity: Severity::Waarschuwing,
    title: "gemeentecode is na de herindeling gebruikt",
    explanation: "De gemeente bestond niet meer toen deze zorg begon: zij is opgegaan in een andere. De regel telt mee bij de nieuwe gemeente. \
        Voor zorg van vóór de herindeling is de oude code goed.",
    remedy: "vraag de afzender de code van de nieuwe gemeente te gebruiken",
    source: "maatstaf (TR378)",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&MS245];

const GEMEENTE: &str = "gemeente";

/// Rows under a code that had ended on the day in the column `begin`.
pub(super) fn late(
    region: &Region,
    table: &'static Table,
    begin: &str,
    frame: &DataFrame,
) -> PolarsResult<Vec<Reject>> {
    let mut out = Vec::new();
    if region.herindelingen.is_empty() || table.position(GEMEENTE).is_none() {
        return Ok(out);
    }
    let codes = frame.column(GEMEENTE)?.str()?;
    let days = frame.column(begin)?.date()?.physical();
    let (bron, regel) = (frame.column("bron")?.str()?, frame.column("regel")?.i64()?);
    let bedrag_ct = frame.column("bedrag_ct").and_then(Column::i64).ok();
    let bedrag_ct = bedrag_ct.filter(|_| table.name == DECLARATIES.name);
    for (row, code) in codes.iter().enumerate() {
        let Some(merged) = code.and_then(|code| region.herindeling(code)) else { continue };
        if days.get(row).is_none_or(|day| day < day_number(merged.per)) {
            continue;
        }
        let line = regel.get(row).unwrap_or_default().cast_unsigned();
        out.push(Reject {
            table: table.name.to_owned(),
            column: GEMEENTE.to_owned(),
            found: merged.oud.clone(),
            expected: merged.nieuw.clone(),
            bedrag_ct: bedrag_ct.and_then(|ct| ct.get(row)),
            ..Reject::new(&MS245, bron.get(row).unwrap_or_default(), line)
        });
    }
    Ok(out)
}

/// The rows under the codes of today.
pub(super) fn renamed(region: &Region, mut frame: DataFrame) -> PolarsResult<DataFrame> {
    if region.herindelingen.is_empty() {
        return Ok(frame);
    }
    let Ok(codes) = frame.column(GEMEENTE).and_then(Column::str) else { return Ok(frame) };
    if codes.iter().flatten().all(|code| region.herindeling(code).is_none()) {
        return Ok(frame);
    }
    let now = codes.iter().map(|code| {
        code.map(|code| region.herindeling(code).map_or(code, |merged| merged.nieuw.as_str()))
    });
    let column = StringChunked::from_iter_options(GEMEENTE.into(), now);
    frame.with_column(column.into_series().into_column())?;
    Ok(frame)
}

/// A small table under the codes of today; what was late is added to the rejects.
pub(super) fn current(
    region: &Region,
    tabel: Tabel,
    rejects: &mut Vec<Reject>,
) -> anyhow::Result<Tabel> {
    let Tabel { table, frame } = tabel;
    if frame.width() == 0 {
        return Ok(Tabel { table, frame });
    }
    if table.position("ingangsdatum").is_some() {
        rejects.extend(computing(late(region, table, "ingangsdatum", &frame), table.label)?);
    }
    Ok(Tabel { table, frame: computing(renamed(region, frame), table.label)? })
}
