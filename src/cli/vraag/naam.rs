//! A question with a name: its parameters, its level, its answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault};
use crate::cli::vraag::bron::Bron;
use crate::cli::vraag::opties::Opties;
use crate::cli::vraag::uit::Uitvoer;
use crate::dataset::Unsuitable;
use crate::disclosure::logboek::Onbruikbaar;
use crate::disclosure::{Antwoord, Geweigerd, Shown};
use crate::metrics::keuze::{self, Gevraagd, Namen};
use crate::metrics::{Kind, Query, QueryError, nearest, verwanten};
use crate::region::Publiek;
use crate::run;

/// Answers the query of that name.
pub(super) fn run(opties: &Opties, naam: &str) -> Result<Outcome, Fault> {
    let queries = Query::load(naam, opties.queries.as_deref()).map_err(Fault::definition)?;
    let queries = queries.ok_or_else(|| onbekend(opties, naam))?;
    answer(opties, naam, &queries)
}

/// Answers one of the queries, the one of that name; the others are what it is divided by.
pub(super) fn answer(opties: &Opties, id: &str, queries: &[Arc<Query>]) -> Result<Outcome, Fault> {
    let Some(query) = queries.iter().find(|query| query.id == id) else {
        return Err(onbekend(opties, id));
    };
    check_kind(query, opties)?;
    let uitvoer = Uitvoer::of(opties)?;
    let gevraagd = opties.par.iter().map(|text| gevraagd(text)).collect::<Result<Vec<_>, _>>()?;
    let bron = Bron::open(opties)?;
    // Only who asks for an aanbieder needs their names.
    let needs_names = gevraagd.iter().any(|one| one.naam.to_lowercase().contains("aanbieder"));
    let aanbieders = if needs_names { bron.aanbieders()? } else { BTreeMap::new() };
    let namen = Namen { gemeenten: &bron.gemeenten, aanbieders: &aanbieders };
    let keuze = keuze::kies(query, &gevraagd, opties.per.as_deref(), opties.regels, &namen)
        .map_err(Fault::usage)?;
    let job = bron.vraag(opties, keuze.kwartaal)?;
    let queries = match job.publiek {
        Publiek::Intern => queries.to_vec(),
        Publiek::Regio | Publiek::Openbaar => {
            let all = Query::load_all(opties.queries.as_deref()).map_err(Fault::definition)?;
            verwanten(queries, &all)
        }
    };
    let antwoord = run::vraag(&job, &queries, id, &keuze, (&namen, opties.regels), &bron.dataset);
    let antwoord = antwoord.map_err(fault_of)?;
    uitvoer.put(&antwoord, opties, &bron.gemeenten, &verder(query, opties, &antwoord, &bron))
}

/// A definition that is wrong is for the user to mend, what the disk says is not.
pub(super) fn fault_of(error: anyhow::Error) -> Fault {
    // The question that somebody asked is not at fault when an earlier one cannot be asked again.
    if error.is::<Onbruikbaar>() || error.is::<Unsuitable>() {
        return Fault::new(Exit::Usage, error);
    }
    match error.downcast::<QueryError>() {
        Ok(error) => Fault::definition(error),
        Err(error) if error.is::<Geweigerd>() => Fault::new(Exit::Refused, error),
        Err(error) => Fault::new(Exit::Internal, error),
    }
}

/// The answer as a file, or the file that was just written.
pub(super) fn in_excel(opties: &Opties, naam: &str) -> String {
    match opties.bestand() {
        Some(path) => format!("open {}", path.display()),
        None => format!("in Excel: {} --xlsx {naam}.xlsx", opties.opdracht()),
    }
}

/// The next useful command.
fn verder(query: &Query, opties: &Opties, antwoord: &Antwoord, bron: &Bron) -> String {
    let is_unknown = antwoord.rijen().iter().flatten().any(
        |cel| matches!(&cel.waarde, Shown::Unknown(reason) if reason.ends_with("aangeleverd")),
    );
    if is_unknown {
        let (regio, folder) = (&bron.dataset.manifest.regio, bron.dataset.folder().display());
        return format!(
            "lever aan wat ontbreekt en lees het erbij: maatstaf lees BESTAND --regio {regio} --naar {folder}"
        );
    }
    if query.kind == Kind::Signaal && !opties.regels && antwoord.publiek() == Publiek::Intern {
        return format!("de gevallen één voor één: {}", opties.gevallen());
    }
    let other = query.levels.last().filter(|level| {
        opties.per.is_none() && opties.par.is_empty() && query.levels.first() != Some(level)
    });
    let asked = opties.opdracht();
    match other.map(|level| level.join(",")) {
        Some(level) if level.is_empty() => format!("alles bij elkaar: {asked} --per totaal"),
        Some(level) => format!("anders uitgesplitst: {asked} --per {level}"),
        None => in_excel(opties, &query.id),
    }
}

/// No query of that name: the nearest by its id, else by the words of its title and question.
pub(super) fn onbekend(opties: &Opties, naam: &str) -> Fault {
    let queries = match Query::koppen(opties.queries.as_deref()) {
        Ok(queries) => queries,
        Err(error) => return Fault::definition(error),
    };
    let asked = |query: &&Query| query.kind != Kind::Draws;
    let file = format!("{naam}.sql");
    let near = if Path::new(&file).is_file() {
        format!("; bedoelde u {file}?")
    } else {
        nearest(naam, queries.iter().filter(asked).map(|query| query.id.as_str()))
    };
    let mut lines = vec![format!("onbekende vraag '{naam}'{near}")];
    if near.is_empty() {
        let found = by_words(naam, &queries);
        if !found.is_empty() {
            lines.push("misschien een van deze:".to_owned());
            let line = |query: &&Query| format!("  {}  {}", query.id, query.question);
            lines.extend(found.iter().map(line));
        }
    }
    lines.push("alle vragen: maatstaf vraag".to_owned());
    Fault::usage(lines.join("\n      "))
}

/// Queries whose id, title or question has most of these words.
fn by_words<'q>(naam: &str, queries: &'q [Query]) -> Vec<&'q Query> {
    const MOST: usize = 5;
    let words: Vec<String> = (naam.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 2)
        .collect();
    let hits = |query: &Query| {
        let text = format!("{} {} {}", query.id, query.title, query.question).to_lowercase();
        words.iter().filter(|word| text.contains(word.as_str())).count()
    };
    let mut found: Vec<(usize, &Query)> = (queries.iter())
        .filter(|query| query.kind != Kind::Draws)
        .map(|query| (hits(query), query))
        .filter(|(n, _)| *n > 0)
        .collect();
    found.sort_by_key(|(n, query)| (std::cmp::Reverse(*n), query.id.clone()));
    let most = found.first().map_or(0, |(n, _)| *n);
    found.into_iter().filter(|(n, _)| *n == most).take(MOST).map(|(_, query)| query).collect()
}

/// What cannot be shown as a table, and options that do not fit.
fn check_kind(query: &Query, opties: &Opties) -> Result<(), Fault> {
    if query.kind == Kind::Draws {
        return Err(Fault::usage(format!(
            "{} is geen tabel: de rijen gaan over enkele jeugdigen en worden aan niemand getoond; \
             de uitkomst staat in maatstaf verdeling",
            query.id
        )));
    }
    if opties.regels && query.kind != Kind::Signaal {
        let text = match query.kind {
            Kind::List => "deze vraag geeft al regels; laat --regels weg",
            _ => "--regels hoort bij een signaal: deze vraag telt, en houdt geen gevallen bij",
        };
        return Err(Fault::usage(text.to_owned()));
    }
    Ok(())
}

/// One `--par NAAM=WAARDE`.
fn gevraagd(text: &str) -> Result<Gevraagd, Fault> {
    match text.split_once('=') {
        Some((naam, tekst)) if !naam.trim().is_empty() => {
            Ok(Gevraagd { naam: naam.trim().to_owned(), tekst: tekst.trim().to_owned() })
        }
        _ => Err(Fault::usage(format!(
            "'{text}' past niet bij --par; schrijf NAAM=WAARDE, bijvoorbeeld --par gemeente=Zeist"
        ))),
    }
}
