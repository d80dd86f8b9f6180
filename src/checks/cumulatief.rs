//! All declaraties on one toewijzing together against what it grants: volume and budget.
//!
//! Enters: both derived tables. Leaves: hits. First sums per toewijzing, by a lazy join; only of those that are too
//! high the lines are fetched, to name the ones with which it went over.

use std::path::Path;

use anyhow::Result;
use polars::prelude::{
    DataFrame, Expr, IntoColumn, IntoLazy, LazyFrame, NamedFrom, PolarsResult, Series, col, lit,
    when,
};

use crate::checks::omvang::{Frequentie, MINUUT, Omvang, UUR};
use crate::checks::oplopend::{LINE, Lines, Over};
use crate::checks::stroom::{
    Batch, columns, for_each_batch, other_side, right_is_smaller, scan, scan_part, text,
};
use crate::checks::treffers::Treffers;
use crate::rejects::{Rule, Severity};

/// Not more in all than was granted.
pub(super) const TR322: Rule = Rule {
    code: "TR322",
    severity: Severity::Waarschuwing,
    title: "in totaal meer gedeclareerd dan is toegewezen",
    explanation: "Alle declaraties op de toewijzing samen zijn meer dan de omvang over de hele looptijd. De regels vanaf het punt waar het \
        te veel wordt, zijn genoemd; ze tellen mee.",
    remedy: "leg de omvang van de toewijzing naast de declaraties en vraag de aanbieder om uitleg",
    source: "iJw 3.2 (OP365)",
};
/// Not more in all than the budget.
pub(super) const TR369: Rule = Rule {
    code: "TR369",
    severity: Severity::Waarschuwing,
    title: "in totaal meer gedeclareerd dan het budget van de toewijzing",
    explanation: "Alle bedragen op de toewijzing samen zijn hoger dan het budget. De regels vanaf het punt waar het te veel wordt, zijn \
        genoemd; ze tellen mee.",
    remedy: "leg het budget van de toewijzing naast de declaraties en vraag de aanbieder om uitleg",
    source: "iJw 3.2",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR322, &TR369];

/// What names a toewijzing for a declaratie; of another client than the toewijzing's is TR304.
const KEY: &[&str] = &["gemeente", "toewijzingnummer", "client"];
/// What a toewijzing grants.
const GRANTED: &[&str] =
    &["ingangsdatum", "einddatum", "volume_milli", "eenheid", "frequentie", "budget_ct"];

/// Toewijzingen that are over, by position: gemeente, number and client beside them.
#[derive(Debug, Default)]
struct Overs {
    gemeente: Vec<String>,
    nummer: Vec<String>,
    client: Vec<i64>,
    over: Vec<Over>,
}

/// Judges the sums of all toewijzingen, in these parts.
pub(super) fn check(
    declaraties: &Path,
    toewijzingen: &Path,
    parts: &[Expr],
    hits: &mut Treffers,
) -> Result<()> {
    let mut overs = Overs::default();
    for part in parts {
        let sums = sums(scan_part(declaraties, part)?, scan_part(toewijzingen, part)?);
        for_each_batch(sums, |frame| overs.take(frame))?;
    }
    if overs.over.is_empty() {
        return Ok(());
    }
    let mut lines = Lines::default();
    let wanted = overs.frame()?.lazy();
    let found = scan(declaraties)?.join(
        wanted,
        columns(KEY),
        columns(&["t_gemeente", "t_toewijzingnummer", "t_client"]),
        right_is_smaller(),
    );
    for_each_batch(found.select(columns(LINE)), |frame| lines.take(frame, &overs.over))?;
    lines.judge(&overs.over, hits);
    Ok(())
}

/// Per toewijzing the sum of what is declared on it, where that is more than the least it may grant.
fn sums(declaraties: LazyFrame, toewijzingen: LazyFrame) -> LazyFrame {
    let key_and_unit: Vec<Expr> = columns(&[KEY, &["eenheid"]].concat());
    let per_unit = declaraties
        .filter(col("toewijzingnummer").is_not_null())
        .group_by(key_and_unit)
        .agg([col("volume_milli").sum(), col("bedrag_ct").sum()]);
    let joined = per_unit.join(
        toewijzingen.select(other_side(&[KEY, GRANTED].concat())),
        columns(KEY),
        columns(&["t_gemeente", "t_toewijzingnummer", "t_client"]),
        right_is_smaller(),
    );
    let granted = GRANTED.iter().map(|name| col(format!("t_{name}")).first());
    let mut aggregated = vec![in_unit().sum().alias("volume_milli"), col("bedrag_ct").sum()];
    aggregated.extend(granted);
    let is_hours = when(col("t_eenheid").eq(lit(UUR))).then(lit(60_i64)).otherwise(lit(1_i64));
    joined.group_by(columns(KEY)).agg(aggregated).filter(
        col("volume_milli")
            .gt(col("t_volume_milli") * is_hours)
            .or(col("bedrag_ct").gt(col("t_budget_ct"))),
    )
}

/// Volume as it adds up: on a toewijzing in hours as minutes; another unit than the toewijzing's does not count (TR341).
fn in_unit() -> Expr {
    let is = |declared: &str, granted: &str| {
        col("eenheid")
            .eq(lit(declared.to_owned()))
            .and(col("t_eenheid").eq(lit(granted.to_owned())))
    };
    when(is(MINUUT, UUR))
        .then(col("volume_milli"))
        .when(is(UUR, UUR))
        .then(col("volume_milli") * lit(60_i64))
        .when(col("eenheid").eq(col("t_eenheid")))
        .then(col("volume_milli"))
        .otherwise(lit(0_i64))
}

impl Overs {
    fn take(&mut self, frame: &DataFrame) -> PolarsResult<()> {
        let batch = Batch(frame);
        let (gemeente, nummer) = (batch.texts("gemeente")?, batch.texts("toewijzingnummer")?);
        let (client, volume) = (batch.ints("client")?, batch.ints("volume_milli")?);
        let (bedrag, budget) = (batch.ints("bedrag_ct")?, batch.ints("t_budget_ct")?);
        let (eenheid, frequentie) = (batch.texts("t_eenheid")?, batch.texts("t_frequentie")?);
        let (van, tot) = (batch.dates("t_ingangsdatum")?, batch.dates("t_einddatum")?);
        let granted = batch.ints("t_volume_milli")?;
        for row in 0..frame.height() {
            let eenheid = text(eenheid, row);
            let begin = van.physical().get(row).unwrap_or_default();
            let omvang = |frequentie, volume_milli| Omvang {
                volume_milli,
                eenheid,
                frequentie,
                looptijd: (begin, tot.physical().get(row)),
            };
            let allowed = Frequentie::of(text(frequentie, row))
                .zip(granted.get(row))
                .and_then(|(frequentie, volume)| omvang(frequentie, volume).in_totaal_milli())
                .and_then(|milli| milli.checked_mul(if eenheid == UUR { 60 } else { 1 }));
            let allowed_milli = allowed.filter(|most| volume.get(row).unwrap_or_default() > *most);
            let budget_ct =
                budget.get(row).filter(|most| bedrag.get(row).unwrap_or_default() > *most);
            if allowed_milli.is_some() || budget_ct.is_some() {
                self.gemeente.push(text(gemeente, row).to_owned());
                self.nummer.push(text(nummer, row).to_owned());
                self.client.push(client.get(row).unwrap_or_default());
                self.over.push(Over { eenheid: eenheid.to_owned(), allowed_milli, budget_ct });
            }
        }
        Ok(())
    }

    /// As a table to join with; `positie` is the position in `over`.
    fn frame(&self) -> Result<DataFrame> {
        let positions: Vec<i64> = (0..).take(self.over.len()).collect();
        let columns = vec![
            Series::new("t_gemeente".into(), &self.gemeente).into_column(),
            Series::new("t_toewijzingnummer".into(), &self.nummer).into_column(),
            Series::new("t_client".into(), &self.client).into_column(),
            Series::new("positie".into(), positions).into_column(),
        ];
        Ok(DataFrame::new(self.over.len(), columns)?)
    }
}
