//! From a question that was read to its answer.
//!
//! Enters: SQL that was written here, and a dataset. Leaves: a [`Tabel`], without any polars type.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{Days, NaiveDate};
use polars::prelude::{
    AnyValue, Column, DataFrame, DataType, Engine, Expr, IntoLazy, LazyFrame, NULL, PolarsError,
    SortMultipleOptions, col, lit, when,
};
use polars::sql::SQLContext;

use crate::metrics::MeasureInput;
use crate::metrics::antwoord::{Rij, Soort, Tabel, Waarde};
use crate::metrics::los::statement::Gelezen;
use crate::metrics::query::{Query, QueryError};
use crate::metrics::tables;

/// Plans the question over empty tables, so that what the engine cannot do is known before any data is read.
pub(super) fn plan(gelezen: &Gelezen, bron: &str) -> Result<(), QueryError> {
    let query = Query::loose(&gelezen.sql, &gelezen.tabellen, bron);
    let mut context = SQLContext::new();
    for name in &gelezen.tabellen {
        let columns = tables::columns(name, &query).unwrap_or_default();
        context.register(name, tables::empty(&columns).lazy());
    }
    let planned = guarded(bron, || {
        context.execute(&gelezen.sql).and_then(|mut frame| frame.collect_schema())
    });
    planned?.map(|_| ()).map_err(|error| unsupported(bron, &error.to_string()))
}

/// Asks the dataset.
pub(super) fn answer(
    gelezen: &Gelezen,
    bron: &str,
    input: &MeasureInput<'_>,
) -> Result<Result<Tabel, String>, QueryError> {
    let query = Query::loose(&gelezen.sql, &gelezen.tabellen, bron);
    let mut registered = match tables::register(&query, input)? {
        Ok(registered) => registered,
        Err(reason) => return Ok(Err(reason)),
    };
    // The streaming engine of polars 0.55 stops the program at a cross join with a range behind WHERE.
    let engine = if gelezen.may_stream { Engine::Streaming } else { Engine::InMemory };
    let frame = guarded(bron, || {
        let frame = registered.context.execute(&gelezen.sql)?;
        in_order(frame, gelezen).collect_with_engine(engine)
    })?;
    let frame = frame.map_err(|error| failed(bron, &error))?.unwrap_single();
    table(gelezen, &frame).map(Ok).map_err(|error| failed(bron, &error))
}

/// Runs the engine. A question that it trips over is one that cannot be asked, and no mistake of the program.
pub(super) fn guarded<T>(bron: &str, run: impl FnOnce() -> T) -> Result<T, QueryError> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
        unsupported(bron, text.unwrap_or("panic"))
    })
}

/// The rows in their order, as many as were asked.
fn in_order(frame: LazyFrame, gelezen: &Gelezen) -> LazyFrame {
    let mut by = Vec::new();
    let mut items = Vec::new();
    for item in &gelezen.volgorde {
        if item.is_gemeente {
            by.push(place_of_gemeente(&item.code, &gelezen.gemeenten));
            items.push(item);
        }
        by.push(col(item.code.as_str()));
        items.push(item);
    }
    let options = SortMultipleOptions::default()
        .with_order_descending_multi(items.iter().map(|item| item.descending))
        .with_nulls_last_multi(items.iter().map(|item| item.nulls_last));
    let sorted = frame.sort_by_exprs(by, options);
    match (gelezen.limit, gelezen.offset) {
        (None, 0) => sorted,
        (limit, offset) => sorted.slice(i64::from(offset), limit.unwrap_or(u32::MAX)),
    }
}

/// The place of a gemeente among the names of the region; one of elsewhere comes behind them, by its code.
fn place_of_gemeente(column: &str, gemeenten: &[String]) -> Expr {
    let last = lit(i64::try_from(gemeenten.len()).unwrap_or(i64::MAX));
    let known = gemeenten.iter().zip(0_i64..).fold(last, |rest, (code, place)| {
        when(col(column).eq(lit(code.as_str()))).then(lit(place)).otherwise(rest)
    });
    when(col(column).is_not_null()).then(known).otherwise(lit(NULL))
}

fn table(gelezen: &Gelezen, frame: &DataFrame) -> Result<Tabel, PolarsError> {
    let mut rijen: Vec<Rij> =
        (0..frame.height()).map(|_| Rij { waarden: Vec::new(), kinderen: None }).collect();
    for (kolom, code) in &gelezen.kolommen {
        let column = frame.column(code)?;
        for (rij, value) in rijen.iter_mut().zip(column.as_materialized_series().rechunk().iter()) {
            rij.waarden.push(waarde(kolom.soort, &value));
        }
    }
    if let Some(codes) = &gelezen.kinderen {
        let counts = codes.iter().map(|code| frame.column(code)).collect::<Result<Vec<_>, _>>()?;
        for (row, rij) in rijen.iter_mut().enumerate() {
            rij.kinderen = Some(fewest(&counts, row)?);
        }
    }
    let kolommen = gelezen.kolommen.iter().map(|(kolom, _)| kolom.clone()).collect();
    Ok(Tabel { kolommen, rijen, sleutels_gesloten: gelezen.sleutels_gesloten })
}

/// Fewest children of the counts that have any.
fn fewest(counts: &[&Column], row: usize) -> Result<i64, PolarsError> {
    let mut fewest = BTreeSet::new();
    for column in counts {
        fewest.insert(column.get(row)?.extract::<i64>().unwrap_or(0));
    }
    Ok(fewest.into_iter().find(|count| *count > 0).unwrap_or(0))
}

/// One value in the unit of its column. What is no number that can be written is empty.
fn waarde(soort: Soort, value: &AnyValue<'_>) -> Waarde {
    match value {
        AnyValue::Null => Waarde::Leeg,
        AnyValue::Boolean(truth) => Waarde::JaNee(*truth),
        AnyValue::String(text) => Waarde::Tekst((*text).to_owned()),
        AnyValue::StringOwned(text) => Waarde::Tekst(text.to_string()),
        AnyValue::Date(days) => date(*days).map_or(Waarde::Leeg, Waarde::Datum),
        AnyValue::Float32(_) | AnyValue::Float64(_) => {
            value.extract::<f64>().map_or(Waarde::Leeg, |number| from_float(soort, number))
        }
        other if other.dtype().is_integer() => match (soort, other.extract::<i64>()) {
            (_, None) => Waarde::Leeg,
            (Soort::Getal(_) | Soort::Aandeel, Some(_)) => {
                other.extract::<f64>().map_or(Waarde::Leeg, Waarde::Getal)
            }
            (_, Some(whole)) => Waarde::Geheel(whole),
        },
        other if matches!(other.dtype(), DataType::Null) => Waarde::Leeg,
        other => Waarde::Tekst(other.to_string()),
    }
}

fn from_float(soort: Soort, number: f64) -> Waarde {
    /// Beyond this a float is no longer every whole number.
    const LARGEST: f64 = 9.0e15;
    if !number.is_finite() {
        return Waarde::Leeg;
    }
    match soort {
        Soort::Getal(_) | Soort::Aandeel => Waarde::Getal(to_nine_digits(number)),
        _ if number.abs() > LARGEST => Waarde::Leeg,
        #[allow(clippy::cast_possible_truncation, reason = "it is whole and fits")]
        _ => Waarde::Geheel(number.round_ties_even() as i64),
    }
}

/// Floats are added up in an order that may differ; what differs is beyond the ninth decimal.
fn to_nine_digits(number: f64) -> f64 {
    const SCALE: f64 = 1e9;
    let scaled = number * SCALE;
    if scaled.abs() < 9.0e15 { scaled.round() / SCALE } else { number }
}

fn date(days: i32) -> Option<NaiveDate> {
    let epoch = NaiveDate::default();
    let distance = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) }
}

fn unsupported(bron: &str, raw: &str) -> QueryError {
    let what = if raw.contains("recursion limit") {
        "deze vraag heeft te veel haakjes of bewerkingen in elkaar; maak er deelvragen van met WITH"
    } else {
        "zo kan deze vraag niet worden uitgevoerd; maak er kleinere deelvragen van met WITH"
    };
    QueryError::at(bron, 0, what).with_detail(raw)
}

pub(super) fn failed(bron: &str, error: &PolarsError) -> QueryError {
    let what =
        "deze vraag kan niet worden uitgevoerd op deze dataset; maak de dataset opnieuw met lees";
    QueryError::at(bron, 0, what).with_detail(error)
}
