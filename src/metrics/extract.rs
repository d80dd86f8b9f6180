//! From the table SQL returns to plain columns.
//!
//! Enters: a data frame. Leaves: [`Contributions`] or the rows of a list, without any polars type.
//! Does not know what the columns mean.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use polars::prelude::{AnyValue, DataFrame, DataType, PolarsResult, Series};

use crate::metrics::measured::ListValue;
pub(super) use crate::metrics::measured::ONBEKEND;
use crate::metrics::query::{Contributor, Query};
pub(super) use crate::metrics::rollup::NOBODY;
use crate::metrics::rollup::{Coded, Contributions};

/// Why contributions cannot be added up, in Dutch.
pub(super) enum Unusable {
    /// For the reader of the report.
    Reason(String),
    /// For the log.
    Engine(polars::prelude::PolarsError),
}

impl From<polars::prelude::PolarsError> for Unusable {
    fn from(error: polars::prelude::PolarsError) -> Self {
        Self::Engine(error)
    }
}

/// The columns of a measure.
///
/// Takes the frame and lets go of every column once it is read: with millions of contributions that is most of the memory.
pub(super) fn contributions(
    query: &Query,
    mut frame: DataFrame,
) -> Result<Contributions, Unusable> {
    let values = frame.drop_in_place(&query.value)?.cast(&DataType::Int64)?;
    let n_empty = values.null_count();
    if n_empty > 0 {
        let id = &query.id;
        return Err(Unusable::Reason(format!(
            "{n_empty} bijdragen van query {id} hebben geen waarde"
        )));
    }
    let values: Vec<i64> = values.i64()?.into_no_null_iter().collect();
    // Every sum made later is at most this large, so that none of them can overflow.
    let largest: i128 = values.iter().map(|value| i128::from(value.unsigned_abs())).sum();
    if i64::try_from(largest).is_err() {
        return Err(Unusable::Reason(format!(
            "de som van {} is te groot om mee te rekenen",
            query.value
        )));
    }
    let has = |contributor| query.contributors.contains(&contributor);
    let clients = if has(Contributor::Client) {
        let column = frame.drop_in_place("client")?;
        Some(column.i64()?.iter().map(|client| client.unwrap_or(NOBODY)).collect())
    } else {
        None
    };
    let aanbieders = if has(Contributor::Aanbieder) { Some(aanbieders(&frame)?) } else { None };
    let keys = (query.keys.iter())
        .map(|key| Ok(coded(frame.drop_in_place(key)?.as_materialized_series())?))
        .collect::<Result<Vec<_>, Unusable>>()?;
    Ok(Contributions { names: query.keys.clone(), keys, values, clients, aanbieders })
}

fn series<'a>(frame: &'a DataFrame, name: &str) -> PolarsResult<&'a Series> {
    Ok(frame.column(name)?.as_materialized_series())
}

/// The aanbieder of every row as a code; `u32::MAX` where there is none.
pub(super) fn aanbieders(frame: &DataFrame) -> PolarsResult<Vec<u32>> {
    let series = series(frame, "aanbieder")?;
    let mut codes = coded(series)?.codes;
    if series.null_count() > 0 {
        for (code, is_null) in codes.iter_mut().zip(series.is_null().iter()) {
            if is_null == Some(true) {
                *code = u32::MAX;
            }
        }
    }
    Ok(codes)
}

/// Numbers the texts of a column in their own order.
pub(super) fn coded(series: &Series) -> PolarsResult<Coded> {
    if *series.dtype() == DataType::Boolean {
        let texts = ["ja", "nee", ONBEKEND].map(ToOwned::to_owned).to_vec();
        let code = |value| match value {
            Some(true) => 0,
            Some(false) => 1,
            None => 2,
        };
        return Ok(Coded { codes: series.bool()?.iter().map(code).collect(), texts });
    }
    let texts = series.cast(&DataType::String)?;
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut first_seen: Vec<&str> = Vec::new();
    let mut codes: Vec<u32> = Vec::with_capacity(texts.len());
    for text in texts.str()?.iter() {
        let text = text.unwrap_or(ONBEKEND);
        let code = *seen.entry(text).or_insert_with(|| {
            first_seen.push(text);
            u32::try_from(first_seen.len() - 1).expect("a result has fewer than 4 billion rows")
        });
        codes.push(code);
    }
    let mut order: Vec<(&str, u32)> = first_seen.iter().copied().zip(0..).collect();
    order.sort_unstable();
    let mut place = vec![0_u32; order.len()];
    for ((_, code), position) in order.iter().zip(0..) {
        place[*code as usize] = position;
    }
    for code in &mut codes {
        *code = place[*code as usize];
    }
    Ok(Coded { codes, texts: order.into_iter().map(|(text, _)| text.to_owned()).collect() })
}

/// The rows of these columns, sorted by the keys of the header and then by all columns.
pub(super) fn list(
    query: &Query,
    frame: &DataFrame,
    columns: &[String],
) -> PolarsResult<Vec<Vec<ListValue>>> {
    let mut rows: Vec<Vec<ListValue>> = (0..frame.height()).map(|_| Vec::new()).collect();
    for name in columns {
        let series = series(frame, name)?;
        for (row, value) in rows.iter_mut().zip(series.rechunk().iter()) {
            row.push(list_value(&value));
        }
    }
    let positions: Vec<usize> = (query.keys.iter())
        .filter_map(|key| columns.iter().position(|column| column == key))
        .collect();
    rows.sort_by(|a, b| {
        let by_keys = positions.iter().map(|at| a[*at].cmp(&b[*at])).find(|order| order.is_ne());
        by_keys.unwrap_or_else(|| a.cmp(b))
    });
    Ok(rows)
}

pub(super) fn list_value(value: &AnyValue<'_>) -> ListValue {
    match value {
        AnyValue::Null => ListValue::Empty,
        AnyValue::Boolean(value) => ListValue::Bool(*value),
        AnyValue::Date(days) => date(*days).map_or(ListValue::Empty, ListValue::Date),
        AnyValue::String(text) => ListValue::Text((*text).to_owned()),
        AnyValue::StringOwned(text) => ListValue::Text(text.to_string()),
        other => match other.extract::<i64>().filter(|_| other.dtype().is_integer()) {
            Some(number) => ListValue::Int(number),
            None => ListValue::Text(other.to_string()),
        },
    }
}

fn date(days: i32) -> Option<NaiveDate> {
    let epoch = NaiveDate::default();
    let distance = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) }
}
