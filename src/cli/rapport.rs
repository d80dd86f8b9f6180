//! `maatstaf rapport`: the main job, and `maatstaf verdeling`: one chapter of it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use chrono::{Days, NaiveDate};

use crate::cli::args;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::job::{self, Reading};
use crate::cli::progress::Screen;
use crate::cli::{Outcome, overzicht};
use crate::dataset::place::Place;
use crate::dataset::{Dataset, Unsuitable};
use crate::dutch::n_of;
use crate::findings::Chapter;
use crate::metrics::{Query, QueryError};
use crate::period::Kwartaal;
use crate::region::{Publiek, Region};
use crate::report::folder::Output;
use crate::report::templates::{TemplateError, Templates};
use crate::run::{Gemaakt, Rapport, rapport};

/// Days after the quarter from which is looked back: by then most declaraties are in.
pub(super) const DAYS_AFTER: u64 = 30;

/// Where a command that starts from a dataset looks when none is named.
pub(super) const DATASET: &str = "dataset";

pub(crate) fn run(args: &args::Rapport, only: Option<Chapter>) -> Result<Outcome, Fault> {
    let mut args = args.clone();
    let has_nothing = args.input.bron.is_empty() && args.input.als.is_empty();
    if only.is_some() && has_nothing && args.dataset.is_none() && Path::new(DATASET).is_dir() {
        args.dataset = Some(PathBuf::from(DATASET));
    }
    let mut screen = Screen::new(args.input.screen);
    let result = run_with(&args, only, &mut screen);
    screen.done();
    result
}

fn run_with(
    args: &args::Rapport,
    only: Option<Chapter>,
    screen: &mut Screen,
) -> Result<Outcome, Fault> {
    let has_input = has_input(args)?;
    // Definitions first: a mistake in them should not cost the time of reading.
    let reading = Reading::new(&args.input, None)?;
    let region = &reading.region;
    let queries = Query::load_all(args.queries.as_deref()).map_err(Fault::definition)?;
    drop(Templates::load(args.sjabloon.as_deref()).or_exit(Exit::Usage)?);
    let publiek = audience(args, &reading)?;
    let wanted = wanted_quarter(args, &reading)?;
    let peildatum = args.peildatum.as_deref().map(date).transpose()?;
    if let Some(uit) = &args.uit {
        drop(Output::create(uit, args.overschrijf).or_exit(Exit::Usage)?);
    }
    if args.proef {
        return rehearsal(args, &reading);
    }
    // Without a dataset to keep, what was read is gone with this folder at the end of the run.
    let mut folder = None;
    let dataset = dataset(args, &reading, has_input, &mut folder, screen)?;
    same_region(&dataset, region)?;
    let exit = job::exit_of(&dataset, region);
    if exit == Exit::Input {
        let notes = overzicht::summary(&dataset)?;
        let error =
            anyhow!("in de bestanden is niets herkend om een rapport van te maken\n{notes}");
        return Err(Fault { exit, error });
    }
    let kwartaal = chosen_quarter(wanted, &dataset)?;
    let uit = args.uit.clone().unwrap_or_else(|| folder_name(kwartaal, region, only));
    let output = Output::create(&uit, args.overschrijf).or_exit(Exit::Usage)?;
    let command = command(args, only, kwartaal, publiek, region);
    let rapport_job = Rapport {
        region,
        kwartaal,
        peildatum: peildatum.unwrap_or(kwartaal.last_day() + Days::new(DAYS_AFTER)),
        publiek,
        queries: &queries,
        templates: args.sjabloon.as_deref(),
        command: &command,
        exit: exit as u8,
        is_above_threshold: exit == Exit::Rejects,
        only,
        stop: &job::STOP,
    };
    let made = rapport(&rapport_job, &dataset, output, screen).map_err(|error| {
        let is_definition =
            error.is::<QueryError>() || error.is::<TemplateError>() || error.is::<Unsuitable>();
        let exit = if is_definition { Exit::Usage } else { Exit::Internal };
        Fault::new(exit, error)
    })?;
    let text = if args.input.screen.stil {
        String::new()
    } else {
        told(&dataset, &made, &uit, (kwartaal, only))
    };
    Ok(Outcome { text, notes: String::new(), exit })
}

/// True when files are given; without them there must be a dataset.
fn has_input(args: &args::Rapport) -> Result<bool, Fault> {
    let has_input = !args.input.bron.is_empty() || !args.input.als.is_empty();
    if has_input || args.dataset.is_some() {
        return Ok(has_input);
    }
    let text =
        "geen BRON gegeven; noem de bestanden of mappen, of een bestaande dataset met --dataset";
    Err(Fault::usage(text.to_owned()))
}

/// Opens the dataset that is kept, or reads the files into one that is not.
fn dataset(
    args: &args::Rapport,
    reading: &Reading,
    has_input: bool,
    folder: &mut Option<Place>,
    screen: &mut Screen,
) -> Result<Dataset, Fault> {
    match (&args.dataset, has_input) {
        (Some(kept), true) => {
            let key = job::kept_key(args.input.sleutel.as_deref())?;
            reading.read(kept, &key, screen)
        }
        (Some(kept), false) => Dataset::open(kept).or_exit(Exit::Input),
        (None, _) => {
            let key = job::passing_key(args.input.sleutel.as_deref())?;
            let beside =
                args.uit.as_deref().and_then(Path::parent).filter(|parent| parent.is_dir());
            let folder = folder.insert(job::passing_folder(beside)?);
            reading.read(&folder.folder().join("dataset"), &key, screen)
        }
    }
}

fn audience(args: &args::Rapport, reading: &Reading) -> Result<Publiek, Fault> {
    let named = args.publiek.as_deref().or(reading.settings.publiek.as_deref());
    audience_of(named, &reading.region)
}

/// The audience that was named, else that of the region.
pub(super) fn audience_of(named: Option<&str>, region: &Region) -> Result<Publiek, Fault> {
    match named {
        None => Ok(region.disclosure.publiek),
        Some("intern") => Ok(Publiek::Intern),
        Some("regio") => Ok(Publiek::Regio),
        Some("openbaar") => Err(Fault::usage(
            "publiek 'openbaar' kan nog niet: daarvoor moeten de cijfers ook worden afgerond; kies intern of regio".to_owned(),
        )),
        Some(other) => Err(Fault::usage(format!("onbekend publiek '{other}'; kies intern of regio"))),
    }
}

fn wanted_quarter(args: &args::Rapport, reading: &Reading) -> Result<Option<Kwartaal>, Fault> {
    let text = args.kwartaal.as_deref().or(reading.settings.kwartaal.as_deref());
    text.map(|text| text.parse().map_err(Fault::usage)).transpose()
}

pub(super) fn date(text: &str) -> Result<NaiveDate, Fault> {
    let forms = ["%Y-%m-%d", "%d-%m-%Y"];
    forms.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok()).ok_or_else(|| {
        Fault::usage(format!("'{text}' is geen datum; schrijf --peildatum als 30-10-2025"))
    })
}

/// A dataset keeps what one region made of it; another region would read its codes otherwise.
pub(super) fn same_region(dataset: &Dataset, region: &Region) -> Result<(), Fault> {
    let known = &dataset.manifest.regio;
    if dataset.manifest.regio_sha256 == region.sha256 {
        return Ok(());
    }
    Err(Fault::usage(if known == &region.id {
        format!(
            "het regiobestand {known} is veranderd sinds de dataset is gemaakt; lees de bestanden opnieuw in"
        )
    } else {
        format!(
            "de dataset is gemaakt voor regio {known}; kies --regio {known} of lees de bestanden opnieuw in"
        )
    }))
}

/// The quarter that was asked for, else the last whole one.
///
/// A quarter before or after all declaraties is a slip of the pen: the report would be empty.
pub(super) fn chosen_quarter(
    wanted: Option<Kwartaal>,
    dataset: &Dataset,
) -> Result<Kwartaal, Fault> {
    let manifest = &dataset.manifest;
    let Some(kwartaal) = wanted else {
        if manifest.totals().1.maanden.is_empty() {
            let what = format!(
                "er zijn geen declaraties die meetellen in regio {}; lever declaraties van gemeenten van deze regio aan, of kies een andere --regio",
                manifest.regio
            );
            return Err(Fault::usage(what));
        }
        let none = "geen kwartaal waarvan alle drie de maanden in de declaraties voorkomen; \
                    kies er een met --kwartaal";
        return manifest.last_full_quarter().context(none).or_exit(Exit::Usage);
    };
    let (_, reporting) = manifest.totals();
    let months = &reporting.maanden;
    let is_there = kwartaal.months().iter().any(|maand| months.contains_key(&maand.to_string()));
    match (months.keys().next(), months.keys().next_back()) {
        (Some(first), Some(last)) if !is_there => Err(Fault::usage(format!(
            "er zijn geen declaraties over {kwartaal}; de declaraties gaan over {first} tot en met {last}: \
             kies met --kwartaal een kwartaal daarbinnen"
        ))),
        _ => Ok(kwartaal),
    }
}

/// The command for the manifest: what decides the figures, and no path of this machine.
fn command(
    args: &args::Rapport,
    only: Option<Chapter>,
    kwartaal: Kwartaal,
    publiek: Publiek,
    region: &Region,
) -> Vec<String> {
    let last = |path: &PathBuf| {
        path.file_name().map_or_else(|| ".".to_owned(), |n| n.to_string_lossy().into_owned())
    };
    let mut out = vec![if only.is_some() { "verdeling" } else { "rapport" }.to_owned()];
    out.extend(args.input.bron.iter().map(last));
    out.extend(["--regio".to_owned(), region.id.clone()]);
    out.extend(["--kwartaal".to_owned(), kwartaal.to_string()]);
    out.extend(["--publiek".to_owned(), publiek.to_string()]);
    for (option, folder) in [("--queries", &args.queries), ("--sjabloon", &args.sjabloon)] {
        out.extend(folder.iter().flat_map(|folder| [option.to_owned(), last(folder)]));
    }
    if let Some(peildatum) = &args.peildatum {
        out.extend(["--peildatum".to_owned(), peildatum.clone()]);
    }
    out
}

/// What would be read and written.
fn rehearsal(args: &args::Rapport, reading: &Reading) -> Result<Outcome, Fault> {
    let found = crate::sources::gather::gather(&reading.inputs).or_exit(Exit::Input)?;
    let mut text = String::from("Proef: er is niets geschreven.\nZou lezen:\n");
    for candidate in &found {
        text.push_str("  ");
        text.push_str(&candidate.shown);
        text.push('\n');
    }
    let uit = args
        .uit
        .as_deref()
        .map_or_else(|| "KWARTAAL_REGIO".to_owned(), |path| path.display().to_string());
    let text = format!("{text}Zou schrijven: {uit}\n");
    Ok(Outcome { text, notes: String::new(), exit: Exit::Done })
}

/// A report of one question stands beside the whole report.
fn folder_name(kwartaal: Kwartaal, region: &Region, only: Option<Chapter>) -> PathBuf {
    let tail = if only.is_some() { "_verdeling" } else { "" };
    PathBuf::from(format!("{kwartaal}_{}{tail}", region.id))
}

fn told(
    dataset: &Dataset,
    made: &Gemaakt,
    uit: &Path,
    (kwartaal, only): (Kwartaal, Option<Chapter>),
) -> String {
    let n = crate::dutch::count(n_of(made.bestanden.len()));
    // One question is answered on the spot; a whole report is read in the browser.
    let answer = match only {
        Some(_) if made.conclusies.is_empty() => format!("{}\n\n", made.redenen.join("\n")),
        Some(_) => format!("{}\n\n", made.conclusies.join("\n")),
        None => format!("{}\n", overzicht::accounts(dataset)),
    };
    format!(
        "{answer}OK     rapport over {kwartaal}: {n} bestanden in {}\nVerder: open {} in uw browser\n",
        uit.display(),
        uit.join("LEESMIJ.html").display()
    )
}
