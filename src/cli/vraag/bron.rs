//! What a question is asked of: the dataset, its region, the quarter and the audience.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::Days;

use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::job::logboek_folder;
use crate::cli::rapport::{DATASET, DAYS_AFTER, audience_of, chosen_quarter, date, same_region};
use crate::cli::vraag::opties::Opties;
use crate::dataset::Dataset;
use crate::period::Kwartaal;
use crate::region::{Publiek, Region};
use crate::run::Vraag;

/// A dataset with the region it was made for.
pub(super) struct Bron {
    pub(super) dataset: Dataset,
    pub(super) region: Region,
    pub(super) publiek: Publiek,
    pub(super) gemeenten: Vec<(String, String)>,
    /// Where outside `intern` is kept what was answered.
    logboek: Option<PathBuf>,
}

impl Bron {
    /// Opens what the options name, else the folder `dataset` and the region it was made for.
    pub(super) fn open(opties: &Opties) -> Result<Self, Fault> {
        let folder = folder(opties)?;
        let dataset = Dataset::open(&folder).or_exit(Exit::Input)?;
        let region = region(opties, &dataset)?;
        let publiek = audience_of(opties.publiek.as_deref(), &region)?;
        let gemeenten =
            region.gemeenten.iter().map(|one| (one.code.clone(), one.naam.clone())).collect();
        let logboek = match publiek {
            Publiek::Intern => None,
            Publiek::Regio | Publiek::Openbaar => Some(logboek_folder()?),
        };
        Ok(Self { dataset, region, publiek, gemeenten, logboek })
    }

    /// Name of the aanbieder by AGB code.
    pub(super) fn aanbieders(&self) -> Result<BTreeMap<String, String>, Fault> {
        self.dataset.aanbieders().or_exit(Exit::Internal)
    }

    /// What every question is asked with, over this quarter or the one of the options.
    pub(super) fn vraag(
        &self,
        opties: &Opties,
        gekozen: Option<Kwartaal>,
    ) -> Result<Vraag<'_>, Fault> {
        let named = opties.kwartaal.as_deref().map(str::parse).transpose().map_err(Fault::usage)?;
        let wanted = named.or(gekozen);
        if wanted.is_none() && self.dataset.manifest.totals().1.maanden.is_empty() {
            let text =
                "er zijn geen declaraties waar het kwartaal uit blijkt; kies er een met --kwartaal";
            return Err(Fault::usage(text.to_owned()));
        }
        let kwartaal = chosen_quarter(wanted, &self.dataset)?;
        let peildatum = opties.peildatum.as_deref().map(date).transpose()?;
        Ok(Vraag {
            region: &self.region,
            kwartaal,
            peildatum: peildatum.unwrap_or(kwartaal.last_day() + Days::new(DAYS_AFTER)),
            publiek: self.publiek,
            gemeenten: &self.gemeenten,
            logboek: self.logboek.as_deref(),
        })
    }
}

fn folder(opties: &Opties) -> Result<PathBuf, Fault> {
    if let Some(folder) = &opties.dataset {
        return Ok(folder.clone());
    }
    let folder = Path::new(DATASET);
    if folder.is_dir() {
        return Ok(folder.to_owned());
    }
    let error = anyhow!(
        "hier staat geen map {DATASET}; noem er een met --dataset MAP, of maak er een met: \
         maatstaf lees BRON --regio REGIO --naar {DATASET}"
    );
    Err(Fault { exit: Exit::Input, error })
}

/// The region that was named, else the built-in one that the dataset was made with.
fn region(opties: &Opties, dataset: &Dataset) -> Result<Region, Fault> {
    if let Some(name) = &opties.regio {
        let region = Region::load(name, None).or_exit(Exit::Usage)?;
        same_region(dataset, &region)?;
        return Ok(region);
    }
    let id = &dataset.manifest.regio;
    if !Region::names().contains(id) {
        return Err(Fault::usage(format!(
            "de dataset is gemaakt met een eigen regiobestand ({id}); geef dat mee met --regio pad/{id}.toml"
        )));
    }
    let region = Region::load(id, None).or_exit(Exit::Usage)?;
    if region.sha256 != dataset.manifest.regio_sha256 {
        return Err(Fault::usage(format!(
            "de dataset is gemaakt met een andere versie van regio {id}; geef dat regiobestand mee met --regio BESTAND, \
             of maak de dataset opnieuw met maatstaf lees"
        )));
    }
    Ok(region)
}
