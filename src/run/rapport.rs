//! Dataset → report: the second walk, one line per station.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use chrono::{Datelike as _, NaiveDate};

use crate::checks;
use crate::checks::oorzaken;
use crate::dataset::Dataset;
use crate::disclosure;
use crate::findings;
use crate::findings::Chapter;
use crate::metrics;
use crate::metrics::{Jeugdigen, MeasureInput, Query, verwanten};
use crate::period::Kwartaal;
use crate::region::{Publiek, Region, Stand};
use crate::rejects::Reject;
use crate::report;
use crate::report::compose::{Input, editie};
use crate::report::csv::RuleText;
use crate::report::folder::{Output, Written};
use crate::report::retour::Retour;
use crate::report::templates::Templates;
use crate::run::{Progress, check_stop};

/// What a report needs besides the dataset.
pub struct Rapport<'a> {
    /// The region.
    pub region: &'a Region,
    /// The quarter.
    pub kwartaal: Kwartaal,
    /// The day from which is looked back.
    pub peildatum: NaiveDate,
    /// For whom.
    pub publiek: Publiek,
    /// Queries of the user.
    pub queries: &'a [Arc<Query>],
    /// Templates of the user.
    pub templates: Option<&'a Path>,
    /// The command as it is kept in the manifest.
    pub command: &'a [String],
    /// How the run will end.
    pub exit: u8,
    /// True when more was rejected than the region accepts.
    pub is_above_threshold: bool,
    /// Only this question; `None` for the whole report.
    pub only: Option<Chapter>,
    /// Set when the user interrupts.
    pub stop: &'a AtomicBool,
}

/// Queries that every report looks at: coverage, whether the quarter is provisional, and what a question is worth.
const ALWAYS: [&str; 5] =
    ["volledigheid", "kosten_per_product", "naijl", "naijl_stand", "zonder_dagtekening"];

/// What a report left behind.
pub struct Gemaakt {
    /// Every file of the folder.
    pub bestanden: Vec<Written>,
    /// The conclusion of every chapter that has one, as far as the audience may see it.
    pub conclusies: Vec<String>,
    /// What cannot be answered, why, and what helps.
    pub redenen: Vec<String>,
}

/// Computes, protects, draws and writes.
///
/// # Errors
/// When a query or template of the user is wrong ([`metrics::QueryError`] for the first), when the dataset is replaced
/// meanwhile ([`Dataset::check_current`]), when the user interrupts, or when the disk refuses.
pub fn rapport(
    job: &Rapport<'_>,
    dataset: &Dataset,
    mut output: Output,
    progress: &mut dyn Progress,
) -> Result<Gemaakt> {
    let made = make(job, dataset, &mut output, progress);
    // Figures of two datasets in one report would each look right; a file that has gone is not the real cause either.
    dataset.check_current()?;
    let (conclusies, redenen) = made?;
    check_stop(job.stop)?;
    Ok(Gemaakt { bestanden: output.finish()?, conclusies, redenen })
}

fn make(
    job: &Rapport<'_>,
    dataset: &Dataset,
    output: &mut Output,
    progress: &mut dyn Progress,
) -> Result<(Vec<String>, Vec<String>)> {
    let templates = Templates::load(job.templates)?;
    progress.phase("rekenen", 0);
    let measured = measure(job, dataset, progress)?;
    check_stop(job.stop)?;
    let judged = judge(job, &measured);
    let published = disclosure::protect(&measured, judged.clone(), job.region, job.publiek)?;
    progress.phase("rapport schrijven", 0);
    let rejects = dataset.rejects()?;
    let causes = oorzaken::group(&rejects);
    let retouren = retouren(job, dataset, &rejects)?;
    let input = Input {
        published: &published,
        manifest: &dataset.manifest,
        causes: &causes,
        retouren: &retouren,
        region: job.region,
        kwartaal: job.kwartaal,
        peildatum: job.peildatum,
        is_above_threshold: job.is_above_threshold,
        only: job.only,
    };
    let document = report::compose::compose(&input)?;
    report::write(&document, &templates, output)?;
    check_stop(job.stop)?;
    if job.only.is_none() {
        let edities = disclosure::Edities::new(&measured, &judged, job.region, job.publiek)?;
        editions(&edities, &input, &templates, job.stop, output)?;
    }
    // Rows are for ICM only; outside it the causes with their totals are enough to act on.
    if job.publiek == Publiek::Intern {
        let text = |code: &str| {
            checks::rule(code).map(|rule| RuleText { title: rule.title, remedy: rule.remedy })
        };
        output.put(report::REJECTS, &report::csv::rejects(&rejects, text))?;
        for retour in &retouren {
            check_stop(job.stop)?;
            output.put(&retour.pad, &retour.bytes()?)?;
        }
    }
    for (name, text) in templates.own() {
        output.put(&format!("herkomst/sjabloon/{name}"), text.as_bytes())?;
    }
    report::provenance::write(&input, job.command, job.exit, output)?;
    let judged = published.judged();
    let told = Chapter::ALL.iter().filter_map(|chapter| judged.conclusion(*chapter));
    let reasons = judged.niet_te_bepalen.iter().map(report::compose::undetermined_text);
    Ok((told.map(ToOwned::to_owned).collect(), reasons.collect()))
}

/// What is said of the figures.
pub(super) fn judge(job: &Rapport<'_>, measured: &[metrics::Measured]) -> findings::Judged {
    let judged = findings::judge(&findings::Context {
        region: job.region,
        kwartaal: job.kwartaal,
        peildatum: job.peildatum,
        measured,
    });
    match job.only {
        Some(chapter) => judged.only(chapter),
        None => judged,
    }
}

/// The rejected rows by who can correct them; rows are for ICM only.
fn retouren(job: &Rapport<'_>, dataset: &Dataset, rejects: &[Reject]) -> Result<Vec<Retour>> {
    if job.publiek != Publiek::Intern || job.only.is_some() {
        return Ok(Vec::new());
    }
    let rijen = dataset.afgekeurde_rijen()?;
    let onbekend = report::retour::zonder_afzender(rejects, &rijen);
    Ok(report::retour::retouren(&report::retour::Input {
        region: job.region,
        kwartaal: job.kwartaal,
        peildatum: job.peildatum,
        manifest: &dataset.manifest,
        rejects,
        rijen: &rijen,
        vervangen: &dataset.vervangen()?,
        aanbieders: &dataset.aanbieders()?,
        producten: &dataset.productcodes()?,
        agb_per_bestand: &dataset.agb_per_bestand(&onbekend)?,
    }))
}

/// A page per gemeente, over what that gemeente alone may see.
fn editions(
    edities: &disclosure::Edities<'_>,
    region: &Input<'_>,
    templates: &Templates,
    stop: &AtomicBool,
    output: &mut Output,
) -> Result<()> {
    for gemeente in &region.region.gemeenten {
        let Some(published) = edities.voor(&gemeente.code) else { continue };
        let document =
            report::compose::compose(&Input { published: &published, retouren: &[], ..*region })?;
        output.put(&editie::pad(gemeente), &report::alone(&document, templates)?)?;
        check_stop(stop)?;
    }
    Ok(())
}

/// The figures alone: every query of the job, asked of the dataset.
///
/// # Errors
/// When a query is wrong ([`metrics::QueryError`]) or the dataset cannot be read.
pub fn measure(
    job: &Rapport<'_>,
    dataset: &Dataset,
    progress: &mut dyn Progress,
) -> Result<Vec<metrics::Measured>> {
    // What the region does not ask is not computed either, nor what only `vraag` asks.
    let today = job.kwartaal.last_day();
    let is_on = |query: &Query| {
        query.in_rapport
            && query.regel.as_deref().is_none_or(|id| job.region.stand(id, today) != Stand::Uit)
    };
    let is_wanted = |query: &&Arc<Query>| {
        is_on(query) && job.only.is_none_or(|chapter| query.judge.as_deref() == Some(chapter.id()))
            || is_on(query) && ALWAYS.contains(&query.id.as_str())
    };
    let mut queries: Vec<Arc<Query>> = job.queries.iter().filter(is_wanted).cloned().collect();
    if job.publiek != Publiek::Intern {
        // A report of one chapter hides the same figures as the whole report.
        let all: Vec<Arc<Query>> = job.queries.iter().filter(|one| is_on(one)).cloned().collect();
        queries = verwanten(&queries, &all);
    }
    with_input(job, dataset, |input| {
        Ok(metrics::measure(&queries, input, |query| progress.step(&query.id))?)
    })
}

/// Asks something of everything that a measurement looks at.
pub(super) fn with_input<T>(
    job: &Rapport<'_>,
    dataset: &Dataset,
    ask: impl FnOnce(&MeasureInput<'_>) -> Result<T>,
) -> Result<T> {
    let gemeenten: Vec<(String, String)> =
        job.region.gemeenten.iter().map(|g| (g.code.clone(), g.naam.clone())).collect();
    let jeugdigen = jeugdigen(job.region, dataset)?;
    let settings = metrics::settings::settings(job.region, job.kwartaal, job.peildatum);
    let input = MeasureInput {
        dataset: dataset.folder(),
        kwartaal: job.kwartaal,
        peildatum: job.peildatum,
        gemeenten: &gemeenten,
        jeugdigen: &jeugdigen,
        settings: &settings,
        // Editions per gemeente leave ICM whatever the audience.
        met_jaar: job.publiek != Publiek::Intern || job.only.is_none(),
        params: &BTreeMap::new(),
    };
    ask(&input)
}

/// Children per gemeente and year: the supplied table where it has the gemeente, else what comes with the region.
pub(super) fn jeugdigen(region: &Region, dataset: &Dataset) -> Result<Vec<Jeugdigen>> {
    let mut supplied: BTreeMap<(String, i32), i64> = BTreeMap::new();
    for (gemeente, jaar, aantal) in dataset.jeugdigen()? {
        // Before a merger the children of the old gemeenten together are those of the new one, like its lines.
        let merged = region.herindeling(&gemeente).filter(|merged| jaar < merged.per.year());
        let code = merged.map_or(gemeente, |merged| merged.nieuw.clone());
        *supplied.entry((code, jaar)).or_default() += aantal;
    }
    let mut out: Vec<Jeugdigen> = supplied
        .into_iter()
        .map(|((gemeente, jaar), aantal)| Jeugdigen { gemeente, jaar, aantal })
        .collect();
    for row in &region.jeugdigen {
        if !out.iter().any(|known| known.gemeente == row.gemeente) {
            out.push(Jeugdigen {
                gemeente: row.gemeente.clone(),
                jaar: row.jaar,
                aantal: row.aantal,
            });
        }
    }
    out.sort_by(|a, b| (&a.gemeente, a.jaar).cmp(&(&b.gemeente, b.jaar)));
    out.dedup_by(|a, b| (&a.gemeente, a.jaar) == (&b.gemeente, b.jaar));
    Ok(out)
}
