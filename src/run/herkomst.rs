//! Report folder + dataset → the origin of one number, computed again.

pub(super) mod plaats;
pub(super) mod rijen;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use serde_json::Value;

use crate::dataset::Dataset;
use crate::disclosure::{self, Published};
use crate::findings::{Chapter, Judged};
use crate::metrics::rijen::Rijtabel;
use crate::metrics::{Query, verwanten};
use crate::region::Publiek;
use crate::report::document::is_place;
use crate::run::rapport::judge;
use crate::run::{Progress, Rapport, check_stop, measure};
use crate::trace::rapportmap::Rapportmap;
use crate::trace::spoor::{Nagerekend, Spoor};
use crate::trace::{adres, afgeleid, bronnen, nagerekend, tabellen};

/// A report and the dataset it is computed from again.
pub struct Nareken<'a> {
    /// The report.
    pub rapport: &'a Rapportmap,
    /// Its dataset, or one with the same files.
    pub dataset: &'a Dataset,
    /// Set when the user interrupts.
    pub stop: &'a AtomicBool,
}

/// These queries computed again, as the audience of the report may see them; without judgements.
///
/// # Errors
/// When a query is wrong or the dataset cannot be read.
pub fn nareken(
    job: &Nareken<'_>,
    queries: &[Arc<Query>],
    progress: &mut dyn Progress,
) -> Result<Published> {
    let rapport = job.rapport;
    let queries = match rapport.publiek {
        Publiek::Intern => queries.to_vec(),
        // What is hidden of a query depends on what is shown of others.
        Publiek::Regio | Publiek::Openbaar => verwanten(queries, &rapport.queries()?),
    };
    let measured = measure(&rapport_job(job, &queries), job.dataset, progress)?;
    check_stop(job.stop)?;
    Ok(disclosure::protect(&measured, Judged::default(), &rapport.regio, rapport.publiek)?)
}

/// Every query of the report with its judgements, computed again.
///
/// # Errors
/// As [`nareken`].
pub fn nareken_alles(job: &Nareken<'_>, progress: &mut dyn Progress) -> Result<Published> {
    let queries = job.rapport.queries()?;
    let rapport_job = rapport_job(job, &queries);
    let measured = measure(&rapport_job, job.dataset, progress)?;
    check_stop(job.stop)?;
    let judged = judge(&rapport_job, &measured);
    Ok(disclosure::protect(&measured, judged, &job.rapport.regio, job.rapport.publiek)?)
}

fn rapport_job<'a>(job: &'a Nareken<'_>, queries: &'a [Arc<Query>]) -> Rapport<'a> {
    let rapport = job.rapport;
    Rapport {
        region: &rapport.regio,
        kwartaal: rapport.kwartaal,
        peildatum: rapport.peildatum,
        publiek: rapport.publiek,
        queries,
        templates: None,
        command: &rapport.herkomst.command,
        exit: rapport.herkomst.exit_code,
        is_above_threshold: false,
        only: rapport.is_verdeling().then_some(Chapter::Zorgcoordinatie),
        stop: job.stop,
    }
}

/// The origin of a number, and the cells of its rows.
pub struct Oorsprong {
    /// What it is and where it comes from.
    pub spoor: Spoor,
    /// Its rows by table; empty where the audience may not see rows, or the number has none of its own.
    pub rijen: Vec<Rijtabel>,
}

/// The origin of the number at an address; without a dataset as far as the report itself tells.
///
/// # Errors
/// When a definition in the report cannot be used, or the dataset cannot be read.
pub fn spoor(
    rapport: &Rapportmap,
    address: &str,
    job: Option<&Nareken<'_>>,
    progress: &mut dyn Progress,
) -> Result<Oorsprong> {
    if is_place(address) {
        let known = tabellen::alle(&rapport.map, address);
        let waarde = known.get(address).cloned().unwrap_or(Value::Null);
        let spoor = plaats::spoor(rapport, address, &waarde, job, progress)?;
        return Ok(Oorsprong { spoor, rijen: Vec::new() });
    }
    let known = adres::alle(&rapport.herkomst);
    let waarde = known.get(address).cloned().unwrap_or(Value::Null);
    let id = address.split('/').next().unwrap_or_default();
    let is_figure = rapport.herkomst.figures.contains_key(address) || address == id;
    if !is_figure && let Some(mut spoor) = afgeleid::spoor(rapport, address, &waarde) {
        if let Some(job) = job {
            let now = nagerekend::oordelen(&nareken_alles(job, progress)?)?;
            spoor.nagerekend = nagerekend::vergelijk_afgeleid(&waarde, address, &now);
        }
        return Ok(Oorsprong { spoor, rijen: Vec::new() });
    }
    let (query, gelijk) = rapport.query(id)?;
    let mut spoor = Spoor::van_cijfer(rapport, address, &query, gelijk);
    spoor.bronnen = bronnen::van(rapport, &query);
    if let Some(job) = job {
        let published = nareken(job, &rapport.met_noemer(query.clone())?, progress)?;
        let now = match published.measure(&query.id) {
            Some(measure) => nagerekend::cijfers(measure)?,
            None => BTreeMap::new(),
        };
        spoor.noemer = nagerekend::noemer(&published, &query, address);
        spoor.nagerekend = if rapport.herkomst.figures.contains_key(address) {
            nagerekend::vergelijk(rapport, address, &query, &now)
        } else {
            Nagerekend::Niet("een lijst heeft geen getal om na te rekenen".to_owned())
        };
    }
    let mut rijen = Vec::new();
    if let Some(job) = job.filter(|_| rapport.publiek == Publiek::Intern) {
        rijen = rijen::vul(job, &Arc::new(query), &mut spoor)?;
    }
    Ok(Oorsprong { spoor, rijen })
}
