//! Dates as numbers and quarters: for every column `X` with dates, `X_dag` and `X_kwartaal`.
//!
//! SQL engines disagree on what a difference of two dates is; whole days are the same everywhere.

use polars::prelude::{DataType, Expr, col, lit};

use crate::metrics::query::Query;

/// Behind the name of a date: days since 1970-01-01.
const DAG: &str = "_dag";
/// Behind the name of a date: its quarter, `2025-K3`.
const KWARTAAL: &str = "_kwartaal";

/// The columns of a table with those made of its dates. Only what the SQL names: `SELECT *` gives what is stored.
pub(super) fn with_days(
    mut columns: Vec<(String, DataType)>,
    query: &Query,
) -> Vec<(String, DataType)> {
    let dates = columns.iter().filter(|(_, dtype)| *dtype == DataType::Date);
    let made = dates.flat_map(|(name, _)| {
        [(format!("{name}{DAG}"), DataType::Int64), (format!("{name}{KWARTAAL}"), DataType::String)]
    });
    let named: Vec<_> = made.filter(|(name, _)| query.sql.contains(name.as_str())).collect();
    columns.extend(named);
    columns
}

/// How those columns are made. They are computed for the rows that are asked for, and not at all when nobody asks.
pub(super) fn expressions(columns: &[(String, DataType)]) -> Vec<Expr> {
    let dates = columns.iter().filter(|(_, dtype)| *dtype == DataType::Date);
    let has = |name: &str| columns.iter().any(|(known, _)| known == name);
    let mut out = Vec::new();
    for (date, _) in dates {
        let (dag, kwartaal) = (format!("{date}{DAG}"), format!("{date}{KWARTAAL}"));
        let day = || col(date.as_str());
        if has(&dag) {
            out.push(day().cast(DataType::Int32).cast(DataType::Int64).alias(dag));
        }
        if has(&kwartaal) {
            let year = day().dt().year().cast(DataType::String);
            let quarter = day().dt().quarter().cast(DataType::String);
            out.push((year + lit("-K") + quarter).alias(kwartaal));
        }
    }
    out
}
