//! A loose question: one SELECT, on the command line or in a file without our header.

use crate::cli::Outcome;
use crate::cli::fault::Fault;
use crate::cli::vraag::bron::Bron;
use crate::cli::vraag::naam::{fault_of, in_excel};
use crate::cli::vraag::opties::Opties;
use crate::cli::vraag::uit::Uitvoer;
use crate::metrics::los::{LosVraag, OPDRACHTEN, Omgeving};
use crate::run;

/// Signs within the name of a query or a file.
const NAME_SIGNS: [char; 6] = ['_', '-', '.', '/', '\\', ':'];

/// True for SQL, rather than the name of a query or a file. Other commands than SELECT are too: why they are refused is
/// told where SQL is read.
pub(super) fn is_sql(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    // A name or a path goes on with one of these.
    OPDRACHTEN.contains(&first.to_lowercase().as_str()) && !rest.starts_with(NAME_SIGNS)
}

/// Answers a SELECT. `bron` is how messages call it, `naam` the stem of what is written.
pub(super) fn run(opties: &Opties, sql: &str, bron: &str, naam: &str) -> Result<Outcome, Fault> {
    check_options(opties)?;
    let uitvoer = Uitvoer::of(opties)?;
    let dataset = Bron::open(opties)?;
    let omgeving = Omgeving {
        gemeenten: &dataset.gemeenten,
        publiek: dataset.publiek,
        minimum: dataset.region.disclosure.minimum,
    };
    let vraag = LosVraag::lees(sql, bron, &omgeving).map_err(Fault::definition)?;
    let job = dataset.vraag(opties, None)?;
    let notes = opties.kwartaal.iter().map(|kwartaal| {
        format!(
            "een losse vraag kijkt naar alles in de dataset; zet WHERE kwartaal = '{kwartaal}' in de SELECT om er een te kiezen"
        )
    });
    let antwoord = run::losse_vraag(&job, &vraag, (naam, sql), notes.collect(), &dataset.dataset);
    let verder = verder(opties, naam);
    uitvoer.put(&antwoord.map_err(fault_of)?, opties, &dataset.gemeenten, &verder)
}

/// The next useful command. A question that was typed is not typed again by the program.
fn verder(opties: &Opties, naam: &str) -> String {
    if naam == "vraag" && opties.bestand().is_none() {
        "de tabellen en kolommen: maatstaf vraag --woordenboek".to_owned()
    } else {
        in_excel(opties, naam)
    }
}

/// What is chosen with options of a query with a name, stands in the SELECT of a loose one.
fn check_options(opties: &Opties) -> Result<(), Fault> {
    if let Some(par) = opties.par.first() {
        let (name, value) = par.split_once('=').unwrap_or((par, "…"));
        return Err(Fault::usage(format!(
            "een losse SELECT heeft geen parameters; zet de voorwaarde erin: WHERE {name} = '{value}' \
             (parameters horen bij een bestand met een kop, zie docs/QUERIES.md)"
        )));
    }
    if let Some(per) = &opties.per {
        let per = per.join(", ");
        return Err(Fault::usage(format!(
            "een losse SELECT heeft geen niveaus; zet erin: GROUP BY {per}"
        )));
    }
    if opties.regels {
        let text = "--regels hoort bij een signaal; een losse SELECT geeft zelf aan wat u ziet";
        return Err(Fault::usage(text.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sql_is_told_from_a_name() {
        let all = [
            "SELECT 1",
            "select(1)",
            "WITH x AS (SELECT 1) SELECT 1",
            "Select\n*",
            "select",
            "DELETE FROM declaraties",
            "from declaraties",
        ];
        for sql in all {
            assert!(is_sql(sql), "{sql}");
        }
        for name in ["maatwerk_nieuw", "selectie", "select.sql", "with_x", "withheld", "", "--"] {
            assert!(!is_sql(name), "{name}");
        }
    }
}
