//! Derived tables as lazy scans, and what comes out of them batch by batch, so that memory stays bounded.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Result;
use polars::prelude::{
    Column, DataFrame, DataType, DateChunked, Engine, Expr, Int64Chunked, JoinArgs, JoinBuildSide,
    JoinType, LazyFrame, PlRefPath, PlanCallback, PolarsResult, ScanArgsParquet, StringChunked,
    col, len, lit,
};

use crate::dataset::parquet::computing;

/// What is being computed, for a message when it fails.
const WHAT: &str = "de regels over bestanden heen";

/// A lazy scan of a derived table.
pub(super) fn scan(path: &Path) -> Result<LazyFrame> {
    let args = ScanArgsParquet { glob: false, ..ScanArgsParquet::default() };
    let path = computing(PlRefPath::try_from_path(path), WHAT)?;
    computing(LazyFrame::scan_parquet(path, args), WHAT)
}

/// These columns under a name that begins with `t_`, as the other side of a join.
pub(super) fn other_side(columns: &[&str]) -> Vec<Expr> {
    columns.iter().map(|name| col(*name).alias(format!("t_{name}"))).collect()
}

/// These columns.
pub(super) fn columns(names: &[&str]) -> Vec<Expr> {
    names.iter().map(|name| col(*name)).collect()
}

/// True when the column has a value somewhere. Many exports leave a column out, and a rule on it need not look further.
pub(super) fn has_any(path: &Path, column: &str) -> Result<bool> {
    let mut is_there = false;
    let one = scan(path)?.select([col(column)]).filter(col(column).is_not_null()).limit(1);
    for_each_batch(one, |frame| {
        is_there |= frame.height() > 0;
        Ok(())
    })?;
    Ok(is_there)
}

/// Toewijzingen of which a join may hold all at once: some 200 bytes each.
const ROWS_AT_ONCE: i64 = 800_000;

/// Filters that together let every row with a client through once, each few enough toewijzingen for one join.
pub(super) fn parts(toewijzingen: &Path) -> Result<Vec<Expr>> {
    let mut rows = 0;
    let counted = scan(toewijzingen)?.select([len().cast(DataType::Int64).alias("regels")]);
    for_each_batch(counted, |frame| {
        rows += Batch(frame).ints("regels")?.get(0).unwrap_or_default();
        Ok(())
    })?;
    let n = rows / ROWS_AT_ONCE + 1;
    Ok((0..n).map(|part| part_of(part, n)).collect())
}

/// The rows of a table that are in this part.
pub(super) fn scan_part(path: &Path, part: &Expr) -> Result<LazyFrame> {
    Ok(scan(path)?.filter(part.clone()))
}

/// Clients of one of `n` parts. A pseudonym can be negative, and so can what is left of it.
fn part_of(part: i64, n: i64) -> Expr {
    if n == 1 {
        return lit(true);
    }
    let rest = col("client") % lit(n);
    rest.clone().eq(lit(part)).or(rest.eq(lit(part - n)))
}

/// An inner join of which the right side is kept in memory while the left one streams past. Left to itself the engine
/// holds a large part of both to find out which is smaller.
pub(super) fn right_is_smaller() -> JoinArgs {
    JoinArgs::new(JoinType::Inner).with_build_side(Some(JoinBuildSide::ForceRight))
}

/// Runs a query and hands on its rows as they come, in any order. A few batches are in memory at a time.
pub(super) fn for_each_batch(
    frame: LazyFrame,
    mut take: impl FnMut(&DataFrame) -> PolarsResult<()>,
) -> Result<()> {
    let (sender, receiver) = sync_channel(2);
    let frame = computing(frame.sink_batches(send_to(sender), false, None), WHAT)?;
    std::thread::scope(|scope| {
        let engine = scope.spawn(move || frame.collect_with_engine(Engine::Streaming).map(drop));
        let taken = take_all(receiver, &mut take);
        let run = engine.join().unwrap_or_else(|_| {
            Err(polars::prelude::polars_err!(ComputeError: "een berekening is gestopt"))
        });
        match (taken, run) {
            (Ok(()), Ok(())) => Ok(()),
            (Err(error), _) | (Ok(()), Err(error)) => computing(Err(error), WHAT),
        }
    })
}

fn send_to(sender: SyncSender<DataFrame>) -> PlanCallback<DataFrame, bool> {
    // Nobody listens any more when a row could not be taken: then the engine may stop.
    PlanCallback::new(move |frame: DataFrame| Ok(sender.send(frame).is_err()))
}

fn take_all(
    receiver: Receiver<DataFrame>,
    take: &mut impl FnMut(&DataFrame) -> PolarsResult<()>,
) -> PolarsResult<()> {
    for mut frame in receiver {
        frame.rechunk_mut();
        take(&frame)?;
    }
    Ok(())
}

/// Typed access to the columns of a batch.
pub(super) struct Batch<'f>(pub(super) &'f DataFrame);

impl<'f> Batch<'f> {
    /// A column of texts.
    pub(super) fn texts(&self, name: &str) -> PolarsResult<&'f StringChunked> {
        self.0.column(name)?.str()
    }

    /// A column of numbers.
    pub(super) fn ints(&self, name: &str) -> PolarsResult<&'f Int64Chunked> {
        self.0.column(name).and_then(Column::i64)
    }

    /// A column of days.
    pub(super) fn dates(&self, name: &str) -> PolarsResult<&'f DateChunked> {
        self.0.column(name).and_then(Column::date)
    }
}

/// Text of a row, empty for null.
pub(super) fn text(values: &StringChunked, row: usize) -> &str {
    values.get(row).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use polars::prelude::{IntoColumn, IntoLazy, NamedFrom, Series};

    use super::*;

    #[test]
    fn every_client_is_in_one_part() {
        let clients = [i64::MIN, -7, -3, -1, 0, 1, 2, 3, 10, i64::MAX];
        let column = Series::new("client".into(), clients).into_column();
        let frame = DataFrame::new(clients.len(), vec![column]).unwrap();
        for n in 1..=4 {
            let mut found = Vec::new();
            for part in 0..n {
                for_each_batch(frame.clone().lazy().filter(part_of(part, n)), |frame| {
                    found.extend(Batch(frame).ints("client")?.iter().flatten());
                    Ok(())
                })
                .unwrap();
            }
            found.sort_unstable();
            assert_eq!(found, clients, "{n}");
        }
    }
}
