//! An answer beside what was answered before about the same dataset.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use chrono::NaiveDate;

use crate::dataset::Dataset;
use crate::disclosure::logboek::{Gesteld, HOOGSTENS, Logboek, Onbruikbaar, Vermelding, Wat};
use crate::disclosure::{Antwoord, Geweigerd};
use crate::metrics::Query;
use crate::metrics::los::{LosVraag, Omgeving};
use crate::metrics::populatie::{Populaties, Sleutel, van_query};
use crate::period::Kwartaal;
use crate::region::Publiek;
use crate::run::vraag::Vraag;

/// Lets an answer through as far as nothing of few children follows from it together with an earlier one, and remembers it.
/// ICM itself sees all, and what it sees is not shared: that is neither looked at nor remembered.
pub(super) fn naast_eerdere(
    job: &Vraag<'_>,
    antwoord: Antwoord,
    wat: Wat,
    dataset: &Dataset,
) -> Result<Antwoord> {
    let getoond = antwoord.getoond();
    if job.publiek == Publiek::Intern || getoond.is_empty() {
        return Ok(antwoord);
    }
    let folder = job.logboek.context("buiten intern is er een antwoordlogboek")?;
    let minimum = job.region.disclosure.minimum;
    let gesteld =
        Gesteld { wat, kwartaal: job.kwartaal.to_string(), peildatum: job.peildatum.to_string() };
    let logboek = Logboek::open(folder, &dataset.kenmerk()?)?;
    if let Some(eerder) = logboek.eerder(&gesteld) {
        // What was hidden then is hidden now, and nothing more: it was looked at beside all that came before it.
        let te_dicht = &getoond - &eerder.getoond;
        return Ok(antwoord.zonder(&te_dicht, minimum)?);
    }
    let nieuw = achter(job, &gesteld, &getoond, dataset)?;
    if nieuw.is_over_niemand() {
        return Ok(antwoord);
    }
    if logboek.vermeldingen().len() >= HOOGSTENS {
        return Err(Geweigerd::Vol.into());
    }
    let eerder = logboek.vermeldingen().iter().map(|one| {
        let found = achter(job, &one.gesteld, &one.getoond, dataset);
        found.map_err(|error| error.context(Onbruikbaar::niet_te_herhalen(&logboek)))
    });
    let eerder = eerder.collect::<Result<Vec<_>>>()?;
    let mut te_dicht = nieuw.te_dicht(&eerder, minimum);
    // Of a row behind which nobody is found it cannot be told how near it comes.
    te_dicht.extend(&getoond - &nieuw.sleutels());
    dataset.check_current()?;
    let antwoord = antwoord.zonder(&te_dicht, minimum)?;
    logboek.schrijf(Vermelding { gesteld, getoond: antwoord.getoond() })?;
    Ok(antwoord)
}

/// Who stands behind the answer to a question, this one or an earlier one.
fn achter(
    job: &Vraag<'_>,
    gesteld: &Gesteld,
    getoond: &BTreeSet<Sleutel>,
    dataset: &Dataset,
) -> Result<Populaties> {
    let onleesbaar = || anyhow!("een eerdere vraag in het antwoordlogboek is niet te herhalen");
    let kwartaal: Kwartaal = gesteld.kwartaal.parse().map_err(|_| onleesbaar())?;
    let peildatum: NaiveDate = gesteld.peildatum.parse().map_err(|_| onleesbaar())?;
    let job = Vraag { kwartaal, peildatum, ..*job };
    let beside = job.beside(dataset)?;
    match &gesteld.wat {
        Wat::Los(sql) => {
            let omgeving = Omgeving {
                gemeenten: job.gemeenten,
                publiek: job.publiek,
                minimum: job.region.disclosure.minimum,
            };
            let vraag = LosVraag::lees(sql, "een eerdere vraag", &omgeving)?;
            let params = std::collections::BTreeMap::new();
            let mut found = vraag.populaties(&job.input(dataset, &beside, &params))?;
            found.alleen(getoond);
            Ok(found)
        }
        Wat::Query { id, teksten, params, niveau, waarden: _ } => {
            let queries = teksten.iter().map(|(path, text)| Query::parse(text, path).map(Arc::new));
            let queries = queries.collect::<Result<Vec<_>, _>>()?;
            let input = job.input(dataset, &beside, params);
            Ok(van_query((&queries, id), niveau, getoond, &input)?)
        }
    }
}
