//! Derived tables as lazy scans, and what comes out of them batch by batch, so that memory stays bounded.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Result;
use polars::prelude::{
    Column, DataFrame, DateChunked, Engine, Expr, Int64Chunked, JoinArgs, JoinBuildSide, JoinType,
    LazyFrame, PlRefPath, PlanCallback, PolarsResult, ScanArgsParquet, StringChunked, col,
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
