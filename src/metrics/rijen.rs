//! The rows behind a figure: which rows of which tables went into it.
//!
//! Enters: a query, a dataset, and the keys of a figure. Leaves: rows by table, file and line, and their cells without a
//! column that can identify a person. No polars type and no pseudonym goes beyond this point. Does not know who may see
//! rows.

mod herschrijf;
mod inhoud;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{
    Column, DataFrame, DataType, Engine, IntoLazy, JoinArgs, JoinType, PolarsResult, col,
};

use crate::metrics::measured::{ONBEKEND, TOTAAL};
use crate::metrics::query::{Kind, Query, QueryError};
use crate::metrics::signaal::{GOED, OORDEEL, TREFFER};
use crate::metrics::{
    MeasureInput, Measured, Outcome, engine, execute, failed, outcome_of, tables,
};

pub(super) use herschrijf::SPOOR;
pub use inhoud::{Rijtabel, inhoud};

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rij {
    /// The table as SQL calls it.
    pub tabel: String,
    /// First 16 digits of the hash of its file.
    pub bron: String,
    /// Line in that file.
    pub regel: i64,
}

/// Every row a query looks at, with the keys of the figures it goes into.
pub struct Afkomst {
    tabellen: Vec<String>,
    /// Texts of the keys as a cell has them, and the row.
    rijen: Vec<(Vec<String>, Rij)>,
}

/// Follows the rows of a query to its keys; why that cannot be done, in Dutch.
///
/// # Errors
/// When the dataset cannot be read.
pub fn afkomst(
    query: &Query,
    input: &MeasureInput<'_>,
) -> Result<Result<Afkomst, String>, QueryError> {
    let wanted: Vec<&str> = query.keys.iter().map(|key| column_of(query, key)).collect();
    let frame = match gevolgd(query, &wanted, input)? {
        Ok(frame) => frame,
        Err(reason) => return Ok(Err(reason)),
    };
    let rijen = read(&frame, query).map_err(|error| failed(query, &error))?;
    Ok(Ok(Afkomst { tabellen: met_rijen(query), rijen }))
}

/// The rows of a query with these columns of its answer and what names each row ([`SPOOR`]); why they cannot be followed,
/// in Dutch.
pub(super) fn gevolgd(
    query: &Query,
    wanted: &[&str],
    input: &MeasureInput<'_>,
) -> Result<Result<DataFrame, String>, QueryError> {
    let tabellen = met_rijen(query);
    let names: Vec<&str> = tabellen.iter().map(String::as_str).collect();
    let sql = match herschrijf::herschrijf(&query.sql, wanted, &names) {
        Ok(sql) => sql,
        Err(reason) => return Ok(Err(reason)),
    };
    let mut registered = match tables::register(query, input)? {
        Ok(registered) => registered,
        Err(reason) => return Ok(Err(reason)),
    };
    let frame = registered.context.execute(&sql);
    // What the engine cannot do with the rewritten form is no reason to stop: the rows are then told more widely.
    let Ok(frame) = frame.and_then(|frame| frame.collect_with_engine(engine(query))) else {
        return Ok(Err("de rijen achter deze query zijn niet op te vragen".to_owned()));
    };
    Ok(Ok(frame.unwrap_single()))
}

/// What the SQL of a query gives, before it is added up; why there is nothing, in Dutch.
pub(super) fn uitgevoerd(
    query: &Query,
    input: &MeasureInput<'_>,
) -> Result<Result<DataFrame, String>, QueryError> {
    match tables::register(query, input)? {
        Ok(mut registered) => execute(query, &mut registered).map(Ok),
        Err(reason) => Ok(Err(reason)),
    }
}

impl Afkomst {
    /// The rows of one figure, by the texts of its keys.
    pub fn van(&self, key: &[String]) -> BTreeSet<Rij> {
        let is_of = |texts: &[String]| {
            key.iter().zip(texts).all(|(wanted, text)| wanted == TOTAAL || wanted == text)
        };
        let rows = self.rijen.iter().filter(|(texts, _)| is_of(texts));
        rows.map(|(_, row)| row.clone()).collect()
    }

    /// The query asked of these rows only; everything else it looks at is whole.
    ///
    /// # Errors
    /// When the dataset cannot be read.
    pub fn alleen(
        &self,
        query: &Arc<Query>,
        input: &MeasureInput<'_>,
        rijen: &BTreeSet<Rij>,
    ) -> Result<Measured, QueryError> {
        let with = |outcome| Measured {
            query: Arc::clone(query),
            kwartaal: input.kwartaal,
            outcome,
            jaar: Vec::new(),
            werklijst: None,
        };
        let not = |reason| Ok(with(Outcome::NotDeterminable { reason }));
        let names: Vec<&str> = self.tabellen.iter().map(String::as_str).collect();
        let sql = match herschrijf::beperk(&query.sql, &names) {
            Ok(sql) => sql,
            Err(reason) => return not(reason),
        };
        let mut registered = match tables::register(query, input)? {
            Ok(registered) => registered,
            Err(reason) => return not(reason),
        };
        let mut asked = || -> PolarsResult<DataFrame> {
            for table in &self.tabellen {
                let whole = registered.context.execute(&format!("SELECT * FROM {table}"))?;
                let kept = kept(rijen, table)?.lazy();
                let on = [col("bron"), col("regel")];
                let some = whole.join(kept, on.clone(), on, JoinArgs::new(JoinType::Semi));
                registered.context.register(&format!("{}{table}", herschrijf::ENKEL), some);
            }
            let frame = registered.context.execute(&sql)?;
            Ok(frame.collect_with_engine(Engine::Streaming)?.unwrap_single())
        };
        let frame = asked().map_err(|error| failed(query, &error))?;
        let absent = std::mem::take(&mut registered.absent);
        Ok(with(outcome_of(query, frame, absent, None)?.0))
    }
}

/// All rows that a figure can have been drawn from: of every table of the query, those of which the columns that are
/// called like its keys have its keys. Wider than the figure.
///
/// # Errors
/// When the dataset cannot be read.
pub fn ruim(
    query: &Query,
    input: &MeasureInput<'_>,
    key: &[String],
) -> Result<BTreeSet<Rij>, QueryError> {
    let Ok(mut registered) = tables::register(query, input)? else { return Ok(BTreeSet::new()) };
    let mut out = BTreeSet::new();
    for table in met_rijen(query) {
        let columns = tables::columns(&table, query).unwrap_or_default();
        let shared: Vec<usize> = (0..query.keys.len())
            .filter(|at| columns.iter().any(|(name, _)| *name == query.keys[*at]))
            .collect();
        let wanted: Vec<&str> = shared.iter().map(|at| query.keys[*at].as_str()).collect();
        let [tabel, bron, regel] = SPOOR;
        let row = [format!("'{table}' AS {tabel}"), format!("bron AS {bron}"), "regel".to_owned()];
        let selected: Vec<String> = wanted.iter().map(|key| (*key).to_owned()).chain(row).collect();
        let sql = format!("SELECT DISTINCT {} AS {regel} FROM {table}", selected.join(", "));
        let frame = registered.context.execute(&sql);
        let frame = frame.and_then(|frame| frame.collect_with_engine(Engine::Streaming));
        let frame = frame.map_err(|error| failed(query, &error))?.unwrap_single();
        let rows = rows(&frame, &wanted).map_err(|error| failed(query, &error))?;
        let is_of = |texts: &Vec<String>| {
            let keys = shared.iter().map(|at| &key[*at]);
            keys.zip(texts).all(|(wanted, text)| wanted == TOTAAL || wanted == text)
        };
        out.extend(rows.into_iter().filter(|(texts, _)| is_of(texts)).map(|(_, row)| row));
    }
    Ok(out)
}

/// The tables of a query of which the rows come from a file.
fn met_rijen(query: &Query) -> Vec<String> {
    let has_rows = |name: &&String| {
        let columns = tables::columns(name, query).unwrap_or_default();
        ["bron", "regel"].iter().all(|wanted| columns.iter().any(|(name, _)| name == wanted))
    };
    query.tables.iter().filter(has_rows).cloned().collect()
}

/// The column of the SELECT that holds a key.
fn column_of<'k>(query: &Query, key: &'k str) -> &'k str {
    if query.kind == Kind::Signaal && key == OORDEEL { TREFFER } else { key }
}

fn kept(rijen: &BTreeSet<Rij>, table: &str) -> PolarsResult<DataFrame> {
    let of_table: Vec<&Rij> = rijen.iter().filter(|row| row.tabel == table).collect();
    let bron: Vec<&str> = of_table.iter().map(|row| row.bron.as_str()).collect();
    let regel: Vec<i64> = of_table.iter().map(|row| row.regel).collect();
    let columns = vec![Column::new("bron".into(), bron), Column::new("regel".into(), regel)];
    DataFrame::new_infer_height(columns)
}

fn read(frame: &DataFrame, query: &Query) -> PolarsResult<Vec<(Vec<String>, Rij)>> {
    let wanted: Vec<&str> = query.keys.iter().map(|key| column_of(query, key)).collect();
    let mut out = rows(frame, &wanted)?;
    if query.kind == Kind::Signaal {
        let verdicts = BTreeMap::from([("ja", TREFFER), ("nee", GOED)]);
        for (texts, _) in &mut out {
            if let Some(verdict) = verdicts.get(texts[0].as_str()) {
                (*verdict).clone_into(&mut texts[0]);
            }
        }
    }
    Ok(out)
}

/// The texts of these columns and the row, for every row of a result.
fn rows(frame: &DataFrame, wanted: &[&str]) -> PolarsResult<Vec<(Vec<String>, Rij)>> {
    let texts = wanted.iter().map(|name| texts(frame, name)).collect::<PolarsResult<Vec<_>>>()?;
    let [tabel, bron, regel] = SPOOR;
    let (tabel, bron) = (frame.column(tabel)?.str()?, frame.column(bron)?.str()?);
    let regel = frame.column(regel)?.i64()?;
    let mut out = Vec::with_capacity(frame.height());
    for at in 0..frame.height() {
        if let (Some(tabel), Some(bron), Some(regel)) = (tabel.get(at), bron.get(at), regel.get(at))
        {
            let row = Rij { tabel: tabel.to_owned(), bron: bron.to_owned(), regel };
            out.push((texts.iter().map(|column| column[at].clone()).collect(), row));
        }
    }
    Ok(out)
}

/// A column as the texts of a key.
fn texts(frame: &DataFrame, name: &str) -> PolarsResult<Vec<String>> {
    let column = frame.column(name)?;
    if *column.dtype() == DataType::Boolean {
        let word = |value| match value {
            Some(true) => "ja",
            Some(false) => "nee",
            None => ONBEKEND,
        };
        return Ok(column.bool()?.iter().map(|value| word(value).to_owned()).collect());
    }
    let column = column.cast(&DataType::String)?;
    Ok(column.str()?.iter().map(|text| text.unwrap_or(ONBEKEND).to_owned()).collect())
}
