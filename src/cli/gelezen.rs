//! The dataset of a report: kept, or read again from the same files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::anyhow;

use crate::cli::args::Bron;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::job::{STOP, passing_folder, passing_key};
use crate::dataset::Dataset;
use crate::dataset::place::Place;
use crate::dutch::{counted, n_of};
use crate::region::stijl::Opdracht;
use crate::run::{Lees, Progress, lees_deze};
use crate::schema;
use crate::sources::gather::{Candidate, real};
use crate::trace::bronnen::{self, Afwijking, Wat};
use crate::trace::rapportmap::Rapportmap;

/// Where a command that starts from a dataset looks when none is named.
const DATASET: &str = "dataset";

/// A dataset, with the folder it is gone with when it is not kept.
pub(crate) struct Gelezen {
    pub(crate) dataset: Dataset,
    /// How many files of the report were not looked at: nowhere to be found, or a dataset was named instead.
    niet_bekeken: usize,
    _folder: Option<Place>,
}

impl Gelezen {
    /// What was not looked at, for who believes that the files are still what they were.
    pub(crate) fn opmerking(&self) -> Option<String> {
        let n = n_of(self.niet_bekeken);
        let files = counted(n, "bestand van het rapport is", "bestanden van het rapport zijn");
        (n > 0).then(|| format!("LET OP nagerekend uit de dataset; {files} zelf niet bekeken\n"))
    }
}

/// Why there is none.
pub(crate) enum Geen {
    /// Files are gone or are not what they were.
    Anders(Vec<Afwijking>),
    /// Something else.
    Fout(Fault),
}

impl From<Fault> for Geen {
    fn from(fault: Fault) -> Self {
        Self::Fout(fault)
    }
}

/// The dataset that is named, else one of its files. Those are looked at first: `./dataset`, when it is of this report,
/// saves reading them again, and stands in for files that are gone.
pub(crate) fn gelezen(
    rapport: &Rapportmap,
    bron: &Bron,
    progress: &mut dyn Progress,
) -> Result<Gelezen, Geen> {
    if let Some(folder) = &bron.dataset {
        let dataset = Dataset::open(folder).or_exit(Exit::Input)?;
        return passend(rapport, dataset, folder);
    }
    let places = bronnen::plaatsen(&rapport.map, &bron.bron);
    progress.phase("bestanden zoeken", 0);
    let (files, afwijkingen) = bronnen::zoek(&rapport.herkomst, &places, &STOP);
    let kept = Dataset::open(Path::new(DATASET)).ok().filter(|one| bronnen::is_van(rapport, one));
    let is_only_absent = afwijkingen.iter().all(|one| one.wat == Wat::Ontbreekt);
    if let Some(dataset) = kept.filter(|_| is_only_absent) {
        return Ok(Gelezen { dataset, niet_bekeken: afwijkingen.len(), _folder: None });
    }
    if !afwijkingen.is_empty() {
        return Err(Geen::Anders(afwijkingen));
    }
    Ok(opnieuw(rapport, &files, progress)?)
}

/// A dataset that the user named must be of this report.
fn passend(rapport: &Rapportmap, dataset: Dataset, folder: &Path) -> Result<Gelezen, Geen> {
    let afwijkingen = bronnen::past(&rapport.herkomst, &dataset);
    if !afwijkingen.is_empty() {
        return Err(Geen::Anders(afwijkingen));
    }
    if dataset.manifest.regio_sha256 != rapport.regio.sha256 {
        let text = format!(
            "de dataset {} is gemaakt met een ander regiobestand dan dit rapport; laat --dataset weg om de bestanden opnieuw te lezen",
            folder.display()
        );
        return Err(Geen::Fout(Fault::usage(text)));
    }
    let niet_bekeken = rapport.herkomst.inputs.len();
    Ok(Gelezen { dataset, niet_bekeken, _folder: None })
}

/// Reads the files again as they were read, with a key that is forgotten.
fn opnieuw(
    rapport: &Rapportmap,
    files: &[Candidate],
    progress: &mut dyn Progress,
) -> Result<Gelezen, Fault> {
    let folder = passing_folder(None)?;
    let gezegd = &rapport.herkomst.reading;
    let mut aliases = rapport.regio.aliases.clone();
    for (table, columns) in &gezegd.kolommen {
        aliases.entry(table.clone()).or_default().extend(columns.clone());
    }
    let forced: BTreeMap<PathBuf, &'static str> = files
        .iter()
        .filter_map(|one| Some((real(&one.path), schema::table(gezegd.als.get(&one.shown)?)?.name)))
        .collect();
    let stijlen = gezegd.stijl.iter().map(|word| Opdracht::lees(word, &aliases));
    let stijlen = stijlen.collect::<Result<Vec<_>, String>>().map_err(Fault::usage)?;
    let inputs: Vec<PathBuf> = files.iter().map(|one| one.path.clone()).collect();
    let job = Lees {
        inputs: &inputs,
        target: &folder.folder().join("dataset"),
        region: &rapport.regio,
        aliases: &aliases,
        forced: &forced,
        stijlen: &stijlen,
        key: &passing_key(None)?,
        stop: &STOP,
    };
    let dataset = lees_deze(&job, files, progress).or_exit(Exit::Internal)?;
    Ok(Gelezen { dataset, niet_bekeken: 0, _folder: Some(folder) })
}

/// What to tell when files are gone or changed.
pub(crate) fn fault(afwijkingen: &[Afwijking]) -> Fault {
    const MAX: usize = 5;
    let named: Vec<String> =
        afwijkingen.iter().take(MAX).map(crate::trace::tekst::afwijking).collect();
    let rest = afwijkingen.len().saturating_sub(MAX);
    let more = if rest > 0 { format!("\n      … en nog {rest}") } else { String::new() };
    let is_gone = afwijkingen.iter().any(|one| one.wat == Wat::Ontbreekt);
    let remedy = if is_gone {
        "wijs met --bron de map aan waarin de bestanden van toen staan, of met --dataset de dataset"
    } else {
        "zet de bestanden van toen terug, of maak het rapport opnieuw"
    };
    let error = anyhow!(
        "de bestanden van dit rapport zijn er niet meer zoals ze waren\n      {}{more}\n      oplossing: {remedy}",
        named.join("\n      ")
    );
    Fault { exit: Exit::Input, error }
}
