//! SQL over the dataset: from queries to plain figures.
//!
//! Enters: queries and a dataset folder with its Parquet. Leaves: [`Measured`], one per query, in the same order.
//! No polars type and no pseudonym goes beyond this point. Does not know what is much, odd or secret.

pub mod antwoord;
pub mod draws;
mod extract;
mod header;
mod jaar;
pub mod keuze;
pub mod kolommen;
pub mod los;
mod measured;
pub mod param;
mod personen;
pub mod populatie;
mod query;
mod ratio;
pub mod rijen;
mod rollup;
pub mod settings;
pub mod signaal;
mod sql;
mod tables;
pub mod woordenboek;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::{DataFrame, Engine};

pub use draws::{Dossier, DossierRegel, Dossiers};
pub(crate) use jaar::Jaar;
pub use measured::{
    Level, ListValue, Measured, MeasuredCell, ONBEKEND, Outcome, Ratio, TOTAAL, Werklijst,
};
pub use param::Param;
pub(crate) use query::shared_level;
pub use query::{Contributor, JEUGDIGEN, Kind, Period, Query, QueryError, verwanten};
pub use sql::nearest;

use crate::metrics::extract::Unusable;
use crate::metrics::settings::SettingTable;
use crate::period::Kwartaal;

/// Everything a measurement looks at besides the queries.
#[derive(Debug, Clone, Copy)]
pub struct MeasureInput<'a> {
    /// Folder of the dataset, with `afgeleid/` in it.
    pub dataset: &'a Path,
    /// The quarter of the run.
    pub kwartaal: Kwartaal,
    /// Reference date for what ends soon.
    pub peildatum: NaiveDate,
    /// Code and name of every gemeente of the region; one without rows is reported as 0.
    pub gemeenten: &'a [(String, String)],
    /// Children per gemeente and year: the supplied table, else what comes with the region.
    pub jeugdigen: &'a [Jeugdigen],
    /// Settings of the region that SQL may use.
    pub settings: &'a [SettingTable],
    /// True to look at four quarters together as well, where a query looks at each.
    pub met_jaar: bool,
    /// Values chosen for parameters, by name; one that is absent takes its default, else all values.
    pub params: &'a BTreeMap<String, Vec<String>>,
}

/// Children in one gemeente in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jeugdigen {
    /// Four-digit code.
    pub gemeente: String,
    /// Year; 1 January.
    pub jaar: i32,
    /// Children of 0 to 17 years.
    pub aantal: i64,
}

/// Asks every query and joins the denominators.
///
/// Absent data gives [`Outcome::NotDeterminable`]; an error means that a definition or the dataset is wrong.
/// A query whose denominator is another query needs that query in `queries` too. `begins` is told of each before it
/// is asked.
pub fn measure(
    queries: &[Arc<Query>],
    input: &MeasureInput<'_>,
    mut begins: impl FnMut(&Query),
) -> Result<Vec<Measured>, QueryError> {
    let asked = queries.iter().map(|query| {
        begins(query);
        ask(query, input)
    });
    let asked = asked.collect::<Result<Vec<_>, QueryError>>()?;
    let (mut measured, firsts): (Vec<Measured>, Vec<Option<Kwartaal>>) = asked.into_iter().unzip();
    for index in 0..measured.len() {
        let query = Arc::clone(&measured[index].query);
        let below =
            measured.iter().position(|other| query.denominator.as_ref() == Some(&other.query.id));
        if below == Some(index) {
            continue;
        }
        let unknown = Outcome::NotDeterminable { reason: String::new() };
        let mut outcome = std::mem::replace(&mut measured[index].outcome, unknown);
        let below = below.map(|below| &measured[below]);
        if let Outcome::Cells(levels) = &mut outcome {
            ratio::complete(&query, levels, firsts[index], below, input);
            if let Some(reason) = nothing_to_compare(levels, below) {
                outcome = Outcome::NotDeterminable { reason };
            }
        }
        measured[index].outcome = outcome;
    }
    Ok(measured)
}

/// A measure without rows says nothing when what it is part of has no rows either.
fn nothing_to_compare(levels: &[Level], below: Option<&Measured>) -> Option<String> {
    let below = below?;
    let is_empty = |levels: &[Level]| levels.iter().all(|level| level.cells.is_empty());
    let reason = || format!("geen {} in deze periode", below.query.title.to_lowercase());
    (is_empty(levels) && is_empty(below.levels()))
        .then(|| below.reason().map_or_else(reason, ToOwned::to_owned))
}

/// Asks one query; also gives the first quarter its tables know of.
fn ask(
    query: &Arc<Query>,
    input: &MeasureInput<'_>,
) -> Result<(Measured, Option<Kwartaal>), QueryError> {
    let with = |(outcome, jaar, werklijst)| Measured {
        query: Arc::clone(query),
        kwartaal: input.kwartaal,
        outcome,
        jaar,
        werklijst,
    };
    let mut registered = match tables::register(query, input)? {
        Ok(registered) => registered,
        Err(reason) => {
            return Ok((with((Outcome::NotDeterminable { reason }, Vec::new(), None)), None));
        }
    };
    let frame = execute(query, &mut registered)?;
    let absent = std::mem::take(&mut registered.absent);
    let jaar = input.met_jaar.then(|| Jaar::tot(input.kwartaal));
    Ok((with(outcome_of(query, frame, absent, jaar.as_ref())?), registered.first))
}

/// What a query answers, from the rows of its SQL. `absent` is what was not supplied of the tables that may be absent.
fn outcome_of(
    query: &Query,
    frame: DataFrame,
    absent: Vec<String>,
    jaar: Option<&Jaar>,
) -> Result<(Outcome, Vec<Level>, Option<Werklijst>), QueryError> {
    let (mut werklijst, mut of_year) = (None, Vec::new());
    let outcome = match query.kind {
        Kind::List => {
            let rows = extract::list(query, &frame, &query.columns)
                .map_err(|error| failed(query, &error))?;
            Outcome::List { columns: query.columns.clone(), rows }
        }
        Kind::Draws => {
            let dossiers =
                draws::dossiers(&frame, absent).map_err(|error| failed(query, &error))?;
            Outcome::Draws(dossiers)
        }
        Kind::Signaal => match cases(query, &frame) {
            Ok((levels, hits)) => {
                werklijst = Some(hits);
                Outcome::Cells(levels)
            }
            Err(Unusable::Reason(reason)) => Outcome::NotDeterminable { reason },
            Err(Unusable::Engine(error)) => return Err(failed(query, &error)),
        },
        Kind::Measure => match extract::contributions(query, frame) {
            Ok(rows) => {
                let jaar = jaar.filter(|_| query.telt_op());
                of_year = jaar.map_or_else(Vec::new, |jaar| jaar.roll_up(&rows, query));
                Outcome::Cells(rollup::roll_up(&rows, &query.levels))
            }
            Err(Unusable::Reason(reason)) => Outcome::NotDeterminable { reason },
            Err(Unusable::Engine(error)) => return Err(failed(query, &error)),
        },
    };
    Ok((outcome, of_year, werklijst))
}

/// The cases of a signal by verdict, and its hits one by one.
fn cases(query: &Query, frame: &DataFrame) -> Result<(Vec<Level>, Werklijst), Unusable> {
    let hits = frame.filter(frame.column("treffer")?.bool()?)?;
    let columns = signaal::worklist_columns(query);
    let rows = extract::list(query, &hits, &columns)?;
    let (contributions, amounts) = signaal::contributions(frame)?;
    let levels = rollup::roll_up_with(contributions, amounts, &query.levels);
    Ok((levels, Werklijst { columns, rows }))
}

fn execute(query: &Query, registered: &mut tables::Registered) -> Result<DataFrame, QueryError> {
    let frame = registered.context.execute(&query.sql);
    let result = frame.and_then(|frame| frame.collect_with_engine(engine(query)));
    Ok(result.map_err(|error| failed(query, &error))?.unwrap_single())
}

fn engine(query: &Query) -> Engine {
    // A single value that is joined to every row and then compared is a join on a range, which the streaming engine of
    // polars 0.55 does not know how to plan; it stops the program.
    let has_single_values = query.params.values().any(|param| param.soort.kolom().is_none());
    let may_join_so = || !query.is_built_in() && query.sql.to_lowercase().contains("cross");
    let is_risky = has_single_values || may_join_so();
    if is_risky { Engine::InMemory } else { Engine::Streaming }
}

fn failed(query: &Query, error: &polars::prelude::PolarsError) -> QueryError {
    let what =
        "deze query kan niet worden uitgevoerd op de dataset; maak de dataset opnieuw met lees";
    QueryError::at(&query.path, 0, what).with_detail(error)
}
