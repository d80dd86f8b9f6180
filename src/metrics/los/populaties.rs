//! From the rows behind an answer to who stands behind it.
//!
//! Enters: SQL that was written here, and a dataset. Leaves: [`Populaties`].

use polars::prelude::{Column, DataFrame, DataType, Engine, PolarsResult};

use crate::metrics::MeasureInput;
use crate::metrics::extract::coded;
use crate::metrics::los::achter::{Achter, Spoor, Van};
use crate::metrics::los::execute::{failed, guarded};
use crate::metrics::los::statement::Gelezen;
use crate::metrics::populatie::{Deel, Populaties, Sleutel, Telt, genummerd, rijnummer};
use crate::metrics::query::{Query, QueryError};
use crate::metrics::tables;

/// Asks the dataset.
pub(super) fn read(
    gelezen: &Gelezen,
    bron: &str,
    input: &MeasureInput<'_>,
) -> Result<Populaties, QueryError> {
    let Some(achter) = &gelezen.achter else { return Ok(Populaties::default()) };
    let query = Query::loose(&achter.sql, &gelezen.tabellen, bron);
    let Ok(mut registered) = tables::register(&query, input)? else {
        return Ok(Populaties::default());
    };
    let engine = if gelezen.may_stream { Engine::Streaming } else { Engine::InMemory };
    let frame =
        guarded(bron, || registered.context.execute(&achter.sql)?.collect_with_engine(engine))?;
    let frame = frame.map_err(|error| failed(bron, &error))?.unwrap_single();
    populaties(achter, &frame).map_err(|error| failed(bron, &error))
}

fn populaties(achter: &Achter, frame: &DataFrame) -> PolarsResult<Populaties> {
    let (sleutels, of_row) = sleutels(&achter.sleutels, frame)?;
    let mut delen = Vec::new();
    for van in &achter.van {
        let kinderen = whole(frame, &van.kind)?;
        let rijen = match &van.rij {
            Some(spoor) => rijnummers(spoor, frame)?,
            None => vec![0; frame.height()],
        };
        for (naam, code) in &van.telt {
            let counts = code.as_ref().map(|code| whole(frame, code)).transpose()?;
            let is_counted = |at: usize| counts.as_ref().is_none_or(|counts| counts[at] == 1);
            let telt = (0..frame.height()).filter(|at| is_counted(*at)).map(|at| Telt {
                sleutel: of_row[at],
                kind: kinderen[at],
                rij: rijen[at],
            });
            let telt = telt.collect();
            delen.push(Deel::new(soort(van, naam), van.rij.is_some(), &sleutels, telt));
        }
    }
    Ok(Populaties::new(delen))
}

/// Of rows that are followed, the table and what counts; without a name it is compared with everything.
fn soort(van: &Van, naam: &str) -> String {
    let spoor = van.rij.as_ref();
    spoor.map_or_else(String::new, |spoor| format!("{}:{naam}", spoor.tabel))
}

/// The keys that occur, and which of them each row has.
fn sleutels(codes: &[String], frame: &DataFrame) -> PolarsResult<(Vec<Sleutel>, Vec<u32>)> {
    let columns = codes.iter().map(|code| coded(frame.column(code)?.as_materialized_series()));
    Ok(genummerd(&columns.collect::<PolarsResult<Vec<_>>>()?, frame.height()))
}

fn whole(frame: &DataFrame, name: &str) -> PolarsResult<Vec<i64>> {
    let column = frame.column(name)?.cast(&DataType::Int64)?;
    Ok(column.i64()?.iter().map(Option::unwrap_or_default).collect())
}

/// A number per row; a row that names no line has that of its file.
fn rijnummers(spoor: &Spoor, frame: &DataFrame) -> PolarsResult<Vec<u64>> {
    let (bron, regel) = (frame.column(&spoor.bron)?, whole(frame, &spoor.regel)?);
    let kwartaal = spoor.kwartaal.as_ref().map(|code| frame.column(code)).transpose()?;
    let text = |column: &Column, at: usize| -> PolarsResult<String> {
        Ok(column.str()?.get(at).unwrap_or_default().to_owned())
    };
    (0..frame.height())
        .map(|at| {
            let bron = text(bron, at)?;
            let kwartaal = kwartaal.map(|column| text(column, at)).transpose()?.unwrap_or_default();
            let delen = [spoor.tabel.as_bytes(), bron.as_bytes(), kwartaal.as_bytes()];
            Ok(rijnummer(&delen, regel[at]))
        })
        .collect()
}
