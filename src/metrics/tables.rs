//! The tables a query may read, and their registration as lazy scans of Parquet.
//!
//! Enters: a dataset folder and the settings of the region. Leaves: an SQL context in which every table is
//! already filtered to the period of the query. Does not know what is asked of the tables.

mod days;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use polars::prelude::{
    Column, DataFrame, DataType, Engine, Field, IntoLazy, LazyFrame, PlRefPath, PolarsResult,
    ScanArgsParquet, Schema, UnionArgs, UniqueKeepStrategy, col, concat, lit,
};
use polars::sql::SQLContext;

use crate::metrics::MeasureInput;
use crate::metrics::param::WAARDE;
use crate::metrics::query::{JEUGDIGEN, Query, QueryError};
use crate::metrics::settings::{ONLY_WHEN_GIVEN, SETTINGS, setting_columns};
use crate::metrics::sql::nearest;
use crate::metrics::tables::days::with_days;
use crate::metrics::words::{Word, words};
use crate::period::Kwartaal;
use crate::schema::{DECLARATIES, PER_KWARTAAL, TABLES, Table, table};

/// Tables that get `dagen_tot_einde` when measured, because it depends on the reference date.
pub(super) const ENDING: &[&str] = &["overeenkomsten", "contracten"];

/// Columns that are counted from the reference date, in [`ENDING`] and in the settings of the region.
const OF_PEILDATUM: [&str; 4] =
    ["advies_voorbij", "advies_voorbij_spoed", "dagen_tot_einde", "peildatum"];

/// Columns of which the values are no secret: they stand in a list that everybody knows.
const OF_LIST: [&str; 5] = ["aanbieder", "agb", "productcategorie", "productcode", "segment"];

/// Where they stand in the settings.
const REGIO: &str = "regio";

/// True for SQL over these tables that names a column counted from the reference date, or all columns.
pub(super) fn looks_at_peildatum(tables: &[String], sql: &str) -> bool {
    let has_such = |table: &String| table == REGIO || ENDING.contains(&table.as_str());
    let words = words(sql);
    let is_such =
        |word: &Word<'_>| OF_PEILDATUM.iter().any(|name| word.text.eq_ignore_ascii_case(name));
    // `SELECT *` and `a.*`, but not `COUNT(*)` or a product.
    let is_all = |pair: &[Word<'_>]| {
        pair[1].is("*") && ["select", ",", "."].iter().any(|before| pair[0].is(before))
    };
    tables.iter().any(has_such) && (words.iter().any(is_such) || words.windows(2).any(is_all))
}

/// Declarations that left the figures together with their credit, and that credit: together always 0, but each on its
/// own day. For queries about when something was declared.
pub(super) const VERREKEND: &str = "declaraties_verrekend";

/// Where they stand, among other lines that do not count, and by what they are known.
const VERREKEND_IN: (&str, &str, &str) = ("declaraties_niet_geteld", "uitkomst", "verrekend");

/// Names of all tables a query may read, for "bedoelde u".
pub(super) fn names(query: &Query) -> Vec<String> {
    let canonical = TABLES.iter().map(|table| table.name);
    let quarterly = PER_KWARTAAL.iter().map(|(name, _)| *name);
    let settings = SETTINGS.iter().map(|(name, _)| *name);
    let params = query.params.keys().map(|name| format!("par_{name}"));
    let extra = std::iter::once(VERREKEND).chain(settings);
    canonical.chain(quarterly).chain(extra).map(ToOwned::to_owned).chain(params).collect()
}

/// Columns and types of a table, `None` when a query may not read it.
pub(super) fn columns(name: &str, query: &Query) -> Option<Vec<(String, DataType)>> {
    if let Some(columns) = setting_columns(name) {
        let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), kind.storage()));
        return Some(with_days(columns.collect(), query));
    }
    if let Some(param) = name.strip_prefix("par_") {
        let storage = query.params.get(param)?.soort.storage();
        return Some(with_days(vec![(WAARDE.to_owned(), storage)], query));
    }
    Some(with_days(stored(name)?, query))
}

/// The table of the dictionary that a table of the dataset has its columns from.
pub(super) fn base(name: &str) -> Option<&'static str> {
    let name = if name == VERREKEND { DECLARATIES.name } else { name };
    let quarterly = PER_KWARTAAL.iter().find(|(derived, _)| *derived == name);
    table(quarterly.map_or(name, |(_, base)| base)).map(|table| table.name)
}

/// Columns and types of a table of the dataset, as `SELECT *` gives them.
pub(super) fn stored(name: &str) -> Option<Vec<(String, DataType)>> {
    let is_quarterly = PER_KWARTAAL.iter().any(|(derived, _)| *derived == name);
    let name = if name == VERREKEND { DECLARATIES.name } else { name };
    let mut found: Vec<(String, DataType)> = (table(base(name)?)?.columns.iter())
        .map(|column| (column.name.to_owned(), column.dtype.storage()))
        .collect();
    let mut add = |names: &[&str], dtype: &DataType| {
        found.extend(names.iter().map(|name| ((*name).to_owned(), dtype.clone())));
    };
    if is_quarterly {
        add(&["kwartaal"], &DataType::String);
        add(&["is_nieuw", "loopt_op_einde", "eindigt"], &DataType::Boolean);
    }
    if ENDING.contains(&name) {
        add(&["dagen_tot_einde"], &DataType::Int64);
    }
    add(&["bron"], &DataType::String);
    add(&["regel"], &DataType::Int64);
    Some(found)
}

/// The file of the derived tables in which the rows of a table of SQL stand whole, and its canonical table.
pub(super) fn whole(name: &str) -> Option<(&str, &'static Table)> {
    let (in_file, _, _) = VERREKEND_IN;
    if name == VERREKEND || name == in_file {
        return Some((in_file, table(DECLARATIES.name)?));
    }
    let quarterly = PER_KWARTAAL.iter().find(|(derived, _)| *derived == name);
    let name = quarterly.map_or(name, |(_, base)| base);
    Some((name, table(name)?))
}

/// The canonical tables behind what a query reads, sorted; settings of the region and parameters have none.
pub(super) fn canonical(query: &Query) -> Vec<&'static str> {
    let all: BTreeSet<&'static str> = query.tables.iter().filter_map(|name| base(name)).collect();
    all.into_iter().collect()
}

fn has_column(table: &str, query: &Query, column: &str) -> bool {
    columns(table, query).is_some_and(|known| known.iter().any(|(name, _)| name == column))
}

/// A table without rows, to plan over.
pub(super) fn empty(columns: &[(String, DataType)]) -> DataFrame {
    let schema: Schema = columns
        .iter()
        .map(|(name, dtype)| Field::new(name.as_str().into(), dtype.clone()))
        .collect();
    DataFrame::empty_with_schema(&schema)
}

/// The tables of one query, ready to be asked.
pub(super) struct Registered {
    pub(super) context: SQLContext,
    /// First quarter that any of the tables has a row in, whatever the period; only for rates per children.
    pub(super) first: Option<Kwartaal>,
    /// What was not supplied of the tables that may be absent, as people call it.
    pub(super) absent: Vec<String>,
}

/// Registers the tables of a query, or says in Dutch which are not there.
pub(super) fn register(
    query: &Query,
    input: &MeasureInput<'_>,
) -> Result<Result<Registered, String>, QueryError> {
    let mut missing = Vec::new();
    let mut absent = Vec::new();
    let mut frames = Vec::new();
    let mut first: Option<Kwartaal> = None;
    for name in query.tables.iter().filter(|name| !name.starts_with("par_")) {
        match source(name, query, input).map_err(|error| unusable(query, name, &error))? {
            None if query.optional.contains(name) => {
                absent.push(label(name));
                let columns = columns(name, query).expect("every table was found in the check");
                frames.push((name.as_str(), empty(&columns).lazy()));
            }
            None => missing.push(label(name)),
            Some(Source { frame, first: begin }) => {
                if let Some(begin) = begin {
                    first = Some(first.map_or(begin, |known| known.min(begin)));
                }
                let columns = columns(name, query).expect("every table was found in the check");
                let frame = frame.with_columns(days::expressions(&columns));
                frames.push((name.as_str(), filtered(name, query, frame, input.kwartaal)));
            }
        }
    }
    if !missing.is_empty() {
        // A table and its quarters are one table to who must supply it.
        let mut told = BTreeSet::new();
        missing.retain(|label| told.insert(label.clone()));
        return Ok(Err(format!("geen {} aangeleverd", missing.join(" en geen "))));
    }
    let context = SQLContext::new();
    for name in query.params.keys() {
        let table = format!("par_{name}");
        let frame = parameter(name, query, input, &frames)?
            .map_err(|error| unusable(query, &table, &error))?;
        context.register(&table, frame);
    }
    for (name, frame) in frames {
        context.register(name, frame);
    }
    Ok(Ok(Registered { context, first, absent }))
}

/// A table that is there and has at least one row.
struct Source {
    frame: LazyFrame,
    /// First quarter it has a row in; only looked up where a 0 may have to be added.
    first: Option<Kwartaal>,
}

/// Opens a table; `None` when it was not supplied, or without a single usable row.
fn source(name: &str, query: &Query, input: &MeasureInput<'_>) -> PolarsResult<Option<Source>> {
    if setting_columns(name).is_some() {
        return Ok(setting(name, input));
    }
    if name == VERREKEND {
        return verrekend(query, input).map(Some);
    }
    let path = input.dataset.join("afgeleid").join(format!("{name}.parquet"));
    if !path.exists() {
        return Ok(if name == "gemeenten" { gemeenten(input) } else { None });
    }
    let args = ScanArgsParquet { glob: false, ..ScanArgsParquet::default() };
    let mut frame = LazyFrame::scan_parquet(PlRefPath::try_from_path(&path)?, args)?;
    if ENDING.contains(&name) {
        frame = frame.with_columns([days_to_end(input.peildatum)]);
    }
    let needs_first = query.denominator.as_deref() == Some(JEUGDIGEN);
    if needs_first && has_column(name, query, "kwartaal") {
        let probe = frame.clone().select([col("kwartaal").min()]).collect()?;
        let first = probe.column("kwartaal")?.str()?.get(0).map(str::parse);
        return Ok(first.map(|first| Source { frame, first: first.ok() }));
    }
    let probe = frame.clone().select([col("regel")]).limit(1).collect()?;
    Ok((probe.height() > 0).then_some(Source { frame, first: None }))
}

/// What was netted; that there is none is an answer, and no reason to leave the question unanswered.
fn verrekend(query: &Query, input: &MeasureInput<'_>) -> PolarsResult<Source> {
    let (file, column, value) = VERREKEND_IN;
    let path = input.dataset.join("afgeleid").join(format!("{file}.parquet"));
    if !path.exists() {
        let frame = empty(&columns(VERREKEND, query).unwrap_or_default()).lazy();
        return Ok(Source { frame, first: None });
    }
    let args = ScanArgsParquet { glob: false, ..ScanArgsParquet::default() };
    let frame = LazyFrame::scan_parquet(PlRefPath::try_from_path(&path)?, args)?;
    Ok(Source { frame: frame.filter(col(column).eq(lit(value))), first: None })
}

/// A setting of the region as a table.
fn setting(name: &str, input: &MeasureInput<'_>) -> Option<Source> {
    let table = input.settings.iter().find(|table| table.name == name)?;
    Some(Source { frame: table.frame()?.lazy(), first: None })
}

/// Days from the reference date to `einddatum`.
fn days_to_end(peildatum: NaiveDate) -> polars::prelude::Expr {
    let today = peildatum.signed_duration_since(NaiveDate::default()).num_days();
    let end = col("einddatum").cast(DataType::Int32).cast(DataType::Int64);
    (end - lit(today)).alias("dagen_tot_einde")
}

/// Children per gemeente as shipped with the program, when no table was supplied.
fn gemeenten(input: &MeasureInput<'_>) -> Option<Source> {
    if input.jeugdigen.is_empty() {
        return None;
    }
    let rows = input.jeugdigen;
    let naam = |code: &str| {
        input.gemeenten.iter().find(|(known, _)| known == code).map(|(_, naam)| naam.clone())
    };
    let codes: Vec<&str> = rows.iter().map(|row| row.gemeente.as_str()).collect();
    let namen: Vec<Option<String>> = rows.iter().map(|row| naam(&row.gemeente)).collect();
    let jaren: Vec<i64> = rows.iter().map(|row| i64::from(row.jaar)).collect();
    let aantallen: Vec<i64> = rows.iter().map(|row| row.aantal).collect();
    let columns = vec![
        Column::new("gemeente".into(), codes),
        Column::new("gemeente_naam".into(), namen),
        Column::new("jaar".into(), jaren),
        Column::new("jeugdigen".into(), aantallen),
    ];
    let frame = DataFrame::new_infer_height(columns).ok()?;
    Some(Source { frame: frame.lazy(), first: None })
}

/// Only the quarters the query looks at, when the table knows quarters.
fn filtered(name: &str, query: &Query, frame: LazyFrame, kwartaal: Kwartaal) -> LazyFrame {
    let has_kwartaal = has_column(name, query, "kwartaal");
    match query.period.span(kwartaal).filter(|_| has_kwartaal) {
        // Quarters are written so that the order of the texts is the order of time.
        Some((first, last)) => frame.filter(
            col("kwartaal")
                .gt_eq(lit(first.to_string()))
                .and(col("kwartaal").lt_eq(lit(last.to_string()))),
        ),
        None => frame,
    }
}

/// The table of a parameter: the values given, else the default of the header, else all.
fn parameter(
    name: &str,
    query: &Query,
    input: &MeasureInput<'_>,
    frames: &[(&str, LazyFrame)],
) -> Result<PolarsResult<LazyFrame>, QueryError> {
    let param = &query.params[name];
    let wrong = |what| QueryError::at(&query.path, 0, format!("parameter '{name}': {what}"));
    let given = input.params.get(name).map(|given| param.kies(given).map_err(wrong)).transpose()?;
    if let (Some(given), Some(column)) = (&given, param.soort.kolom())
        && OF_LIST.contains(&column)
    {
        match absent(given, column, query, frames) {
            Err(error) => return Ok(Err(error)),
            Ok(Some(what)) => {
                let message = format!("parameter '{name}': {what}");
                return Err(QueryError { message, detail: None });
            }
            Ok(None) => {}
        }
    }
    let table = |values: &Vec<String>| {
        let frame = DataFrame::new_infer_height(vec![param.soort.series(values)?.into()])?.lazy();
        let columns = columns(&format!("par_{name}"), query).unwrap_or_default();
        Ok(frame.with_columns(days::expressions(&columns)))
    };
    Ok(match (given.as_ref().or(param.default.as_ref()), param.soort.kolom()) {
        (Some(values), _) => table(values),
        (None, Some(column)) => all_values(column, query, frames),
        (None, None) => table(&Vec::new()),
    })
}

/// What is said of a chosen value that no row has: a code with a mistake in it would give an answer without rows.
fn absent(
    given: &[String],
    column: &str,
    query: &Query,
    frames: &[(&str, LazyFrame)],
) -> PolarsResult<Option<String>> {
    let frame = all_values(column, query, frames)?.collect_with_engine(Engine::Streaming)?;
    let found = frame.unwrap_single();
    let occurring: BTreeSet<&str> = found.column(WAARDE)?.str()?.iter().flatten().collect();
    Ok(given.iter().find(|value| !occurring.contains(value.as_str())).map(|value| {
        let near = nearest(value, occurring.iter().copied());
        format!("'{value}' komt niet voor bij {column}{near}")
    }))
}

fn all_values(
    column: &str,
    query: &Query,
    frames: &[(&str, LazyFrame)],
) -> PolarsResult<LazyFrame> {
    let parts: Vec<LazyFrame> = (frames.iter())
        .filter(|(name, _)| has_column(name, query, column))
        .map(|(_, frame)| frame.clone().select([col(column).alias(WAARDE)]))
        .collect();
    Ok(concat(parts, UnionArgs::default())?.unique(None, UniqueKeepStrategy::Any))
}

fn label(name: &str) -> String {
    if let Some((_, words)) = ONLY_WHEN_GIVEN.iter().find(|(list, _)| *list == name) {
        return (*words).to_owned();
    }
    let base =
        PER_KWARTAAL.iter().find(|(derived, _)| *derived == name).map_or(name, |(_, base)| base);
    table(base).map_or_else(|| base.to_owned(), |table| table.label.to_lowercase())
}

fn unusable(query: &Query, table: &str, error: &polars::prelude::PolarsError) -> QueryError {
    let what = format!(
        "tabel '{table}' van de dataset is niet te lezen; maak de dataset opnieuw met lees"
    );
    QueryError::at(&query.path, 0, what).with_detail(error)
}
