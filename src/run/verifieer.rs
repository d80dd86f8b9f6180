//! Report folder + dataset → the same report once more, beside the first.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};

use crate::findings::Chapter;
use crate::metrics::Query;
use crate::report::folder::{Output, Written};
use crate::run::herkomst::Nareken;
use crate::run::{Progress, Rapport, rapport};
use crate::trace::rapportmap::SJABLOON;

/// A report made again.
pub struct Herhaald {
    /// Every file of it.
    pub bestanden: Vec<Written>,
    /// Its manifest.
    pub manifest: Vec<u8>,
}

/// Makes the report again with its own definitions, in `target`, which must not exist yet.
///
/// `exit` is how reading its files ends, `is_above_threshold` whether more was rejected than the region accepts.
///
/// # Errors
/// When a definition in the report cannot be used, the dataset cannot be read, or the disk refuses.
pub fn herhaal(
    job: &Nareken<'_>,
    target: &Path,
    (exit, is_above_threshold): (u8, bool),
    progress: &mut dyn Progress,
) -> Result<Herhaald> {
    let first = job.rapport;
    let queries: Vec<Arc<Query>> = first.queries()?;
    let templates =
        Some(first.map.join("herkomst").join(SJABLOON)).filter(|folder| folder.is_dir());
    let rapport_job = Rapport {
        region: &first.regio,
        kwartaal: first.kwartaal,
        peildatum: first.peildatum,
        publiek: first.publiek,
        queries: &queries,
        templates: templates.as_deref(),
        command: &first.herkomst.command,
        exit,
        is_above_threshold,
        only: first.is_verdeling().then_some(Chapter::Zorgcoordinatie),
        stop: job.stop,
    };
    let output = Output::create(target, false)?;
    let made = rapport(&rapport_job, job.dataset, output, progress)?;
    let path = target.join("herkomst").join("manifest.json");
    let manifest = crate::trace::verschil::lees(&path).context("het manifest is niet te lezen")?;
    Ok(Herhaald { bestanden: made.bestanden, manifest })
}
