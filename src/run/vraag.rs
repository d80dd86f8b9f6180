//! Dataset → the answer to one question: the short walk, one line per station.

mod logboek;
mod rand;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use chrono::NaiveDate;

use crate::dataset::Dataset;
use crate::disclosure::logboek::Wat;
use crate::disclosure::{Antwoord, Blik, Gekozen, Gezien};
use crate::metrics::keuze::{Filter, Keuze, Namen};
use crate::metrics::los::LosVraag;
use crate::metrics::settings::SettingTable;
use crate::metrics::{
    self, Jeugdigen, ListValue, MeasureInput, Measured, Outcome, Query, QueryError,
};
use crate::period::Kwartaal;
use crate::region::{Publiek, Region};
use crate::run::rapport::jeugdigen;

const KWARTAAL: &str = "kwartaal";

/// What every question is asked with.
pub struct Vraag<'a> {
    /// The region.
    pub region: &'a Region,
    /// The quarter of the run.
    pub kwartaal: Kwartaal,
    /// The day from which is looked back.
    pub peildatum: NaiveDate,
    /// For whom.
    pub publiek: Publiek,
    /// Code and name of every gemeente of the region.
    pub gemeenten: &'a [(String, String)],
    /// Folder of the answer log; `None` where nothing is kept: `intern`.
    pub logboek: Option<&'a Path>,
}

/// Tables beside the dataset, made from the region.
struct Beside {
    jeugdigen: Vec<Jeugdigen>,
    settings: Vec<SettingTable>,
}

impl Vraag<'_> {
    fn beside(&self, dataset: &Dataset) -> Result<Beside> {
        Ok(Beside {
            jeugdigen: jeugdigen(self.region, dataset)?,
            settings: metrics::settings::settings(self.region, self.kwartaal, self.peildatum),
        })
    }

    fn input<'b>(
        &'b self,
        dataset: &'b Dataset,
        beside: &'b Beside,
        params: &'b BTreeMap<String, Vec<String>>,
    ) -> MeasureInput<'b> {
        MeasureInput {
            dataset: dataset.folder(),
            kwartaal: self.kwartaal,
            peildatum: self.peildatum,
            gemeenten: self.gemeenten,
            jeugdigen: &beside.jeugdigen,
            settings: &beside.settings,
            met_jaar: self.publiek != Publiek::Intern,
            params,
        }
    }

    fn blik(&self) -> Blik<'_> {
        Blik {
            publiek: self.publiek,
            minimum: self.region.disclosure.minimum,
            gemeenten: self.gemeenten,
        }
    }
}

/// Asks a query with a name: computes it, what it is divided by and outside `intern` what tells something of its figures,
/// and protects what was chosen of it.
///
/// # Errors
/// When the query is wrong or a chosen value does not occur ([`QueryError`]), or when the dataset cannot be read or is
/// replaced meanwhile.
pub fn vraag(
    job: &Vraag<'_>,
    queries: &[Arc<Query>],
    id: &str,
    keuze: &Keuze,
    (namen, is_rijen): (&Namen<'_>, bool),
    dataset: &Dataset,
) -> Result<Antwoord> {
    let beside = job.beside(dataset)?;
    let input = job.input(dataset, &beside, &keuze.params);
    let asked = metrics::measure(queries, &input, |_| ());
    // A file that has gone is not the real cause when the dataset was replaced.
    dataset.check_current()?;
    let all = asked?;
    let gezien = Gezien::new(&all, job.blik().grens())?;
    let measured = all.iter().find(|measured| measured.query.id == id);
    let measured = measured.context("a query that was asked has an answer")?;
    let may_see = job.publiek == Publiek::Intern;
    let waarden = waarden(measured, keuze, namen, (is_rijen, may_see))?;
    let gekozen = Gekozen { niveau: &keuze.niveau, waarden: &waarden, is_rijen };
    let rand = rand::van_query(job, measured, keuze, &waarden, dataset);
    let antwoord = Antwoord::van_query(&gezien, id, &gekozen, &job.blik(), rand);
    let antwoord = antwoord.context("a query that was asked has an answer")?;
    let texts = queries.iter().map(|query| (query.path.clone(), query.sql.clone()));
    let wat = Wat::Query {
        id: id.to_owned(),
        teksten: texts.collect(),
        params: keuze.params.clone(),
        niveau: keuze.niveau.clone(),
        waarden,
    };
    logboek::naast_eerdere(job, antwoord, wat, dataset)
}

/// Asks a loose question, over everything in the dataset. `naam` is `vraag`, or the stem of its file.
///
/// # Errors
/// When the question cannot be answered ([`QueryError`]), or when the dataset cannot be read or is replaced meanwhile.
pub fn losse_vraag(
    job: &Vraag<'_>,
    vraag: &LosVraag,
    (naam, sql): (&str, &str),
    opmerkingen: Vec<String>,
    dataset: &Dataset,
) -> Result<Antwoord> {
    let beside = job.beside(dataset)?;
    let params = BTreeMap::new();
    let asked = vraag.antwoord(&job.input(dataset, &beside, &params));
    dataset.check_current()?;
    let rand = rand::van_los(job, vraag, sql, opmerkingen, dataset);
    let antwoord = Antwoord::van_los(asked?, (naam, sql), &job.blik(), rand);
    logboek::naast_eerdere(job, antwoord, Wat::Los(sql.trim().to_owned()), dataset)
}

/// A quarter that the query does not look at has no rows, and that is not the same as none.
fn check_quarters(measured: &Measured, filter: &Filter) -> Result<(), QueryError> {
    let Some((first, last)) = measured.query.period.span(measured.kwartaal) else { return Ok(()) };
    let quarters = filter.bekend.iter().flatten().filter(|_| filter.naam == KWARTAAL);
    let outside = |text: &&String| {
        text.parse::<Kwartaal>().is_ok_and(|kwartaal| kwartaal < first || kwartaal > last)
    };
    match quarters.into_iter().find(outside) {
        Some(text) => Err(QueryError {
            message: format!(
                "{} kijkt van {first} tot en met {last}, niet naar {text}; vraag {text} apart",
                measured.query.id
            ),
            detail: None,
        }),
        None => Ok(()),
    }
}

/// The wanted values of every key, as they occur in the answer.
fn waarden(
    measured: &Measured,
    keuze: &Keuze,
    namen: &Namen<'_>,
    (is_rijen, may_see): (bool, bool),
) -> Result<BTreeMap<String, BTreeSet<String>>, QueryError> {
    let one = |filter: &Filter| {
        check_quarters(measured, filter)?;
        let texts = occurring(measured, &keuze.niveau, &filter.naam, is_rijen);
        // Rows that may not be seen do not tell what is in them either.
        let is_told = measured.reason().is_none() && (may_see || !is_list(measured, is_rijen));
        if !is_told {
            return Ok((filter.naam.clone(), BTreeSet::new()));
        }
        let texts: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
        let values = filter.waarden(&texts, namen);
        let values = values.map_err(|message| QueryError { message, detail: None })?;
        Ok((filter.naam.clone(), values))
    };
    keuze.filters.iter().map(one).collect()
}

fn is_list(measured: &Measured, is_rijen: bool) -> bool {
    is_rijen || matches!(measured.outcome, Outcome::List { .. })
}

/// The texts of a key or column in the answer.
fn occurring(
    measured: &Measured,
    niveau: &[String],
    naam: &str,
    is_rijen: bool,
) -> BTreeSet<String> {
    let of_rows = |columns: &[String], rows: &[Vec<ListValue>]| {
        let at = columns.iter().position(|column| column == naam);
        let value = |row: &Vec<ListValue>| row.get(at?).map(ListValue::tekst);
        rows.iter().filter_map(value).collect()
    };
    match (&measured.outcome, &measured.werklijst) {
        (_, Some(hits)) if is_rijen => of_rows(&hits.columns, &hits.rows),
        (Outcome::List { columns, rows }, _) => of_rows(columns, rows),
        (Outcome::Cells(levels), _) => {
            let level = levels.iter().filter(|level| level.keys == niveau);
            let cells = level.flat_map(|level| &level.cells);
            cells.map(|cell| measured.key_of(cell, naam).to_owned()).collect()
        }
        _ => BTreeSet::new(),
    }
}
