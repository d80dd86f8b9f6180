//! A question with a name: its parameters, its level, its answer.

use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault};
use crate::cli::vraag::bron::Bron;
use crate::cli::vraag::opties::Opties;
use crate::disclosure::Antwoord;
use crate::metrics::keuze::{self, Gevraagd, Namen};

use crate::metrics::{Kind, Query, QueryError};
use crate::run;

/// Answers the query of that name.
pub(super) fn run(opties: &Opties, naam: &str) -> Result<Outcome, Fault> {
    let queries = Query::load(naam, opties.queries.as_deref()).map_err(query_fault)?;
    let queries = queries.ok_or_else(|| Fault::usage(format!("onbekende vraag '{naam}'")))?;
    let antwoord = antwoord(opties, naam, &queries)?;
    Ok(Outcome { text: format!("{antwoord:#?}\n"), notes: String::new(), exit: Exit::Done })
}

fn antwoord(
    opties: &Opties,
    id: &str,
    queries: &[std::sync::Arc<Query>],
) -> Result<Antwoord, Fault> {
    let Some(query) = queries.iter().find(|query| query.id == id) else {
        return Err(Fault::usage(format!("onbekende vraag '{id}'")));
    };
    check_kind(query, opties)?;
    let gevraagd = opties.par.iter().map(|text| gevraagd(text)).collect::<Result<Vec<_>, _>>()?;
    let bron = Bron::open(opties)?;
    // Only who asks for an aanbieder needs their names.
    let needs_names = gevraagd.iter().any(|one| one.naam.to_lowercase().contains("aanbieder"));
    let aanbieders = if needs_names { bron.aanbieders()? } else { Default::default() };
    let namen = Namen { gemeenten: &bron.gemeenten, aanbieders: &aanbieders };
    let keuze = keuze::kies(query, &gevraagd, opties.per.as_deref(), opties.regels, &namen)
        .map_err(Fault::usage)?;
    let job = bron.vraag(opties, keuze.kwartaal)?;
    run::vraag(&job, queries, id, &keuze, (&namen, opties.regels), &bron.dataset).map_err(|error| {
        let is_definition = error.is::<QueryError>();
        Fault::new(if is_definition { Exit::Usage } else { Exit::Internal }, error)
    })
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

pub(super) fn query_fault(error: QueryError) -> Fault {
    Fault { exit: Exit::Usage, error: error.into() }
}
