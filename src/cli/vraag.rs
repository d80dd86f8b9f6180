//! `maatstaf vraag`: the answer to one question, in a table, a file or a chart.

mod bron;
mod lijst;
mod los;
mod naam;
pub(crate) mod opties;
mod tekst;
mod uit;
mod woordenboek;

use std::path::Path;

use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault};
use crate::cli::scherm::scherm;
use crate::cli::vraag::opties::Opties;
use crate::metrics::Query;

pub(crate) fn run(opties: &Opties) -> Result<Outcome, Fault> {
    let breedte = scherm(opties.kleur).breedte;
    if let Some(wanted) = &opties.woordenboek {
        // `vraag declaraties --woordenboek` means the same as the other way round.
        let wanted = wanted.as_deref().or(opties.naam.as_deref());
        return woordenboek::run(opties, wanted, breedte);
    }
    match opties.naam.as_deref().map(str::trim) {
        None => lijst::run(opties, breedte),
        Some(sql) if los::is_select(sql) => los::run(opties, sql, "de vraag", "vraag"),
        Some(path) if path.to_lowercase().ends_with(".sql") => file(opties, Path::new(path)),
        Some(naam) => naam::run(opties, naam),
    }
}

/// A file with SQL: a query with our header, or a loose question.
fn file(opties: &Opties, path: &Path) -> Result<Outcome, Fault> {
    if !path.is_file() {
        let shown = path.display();
        let text = format!("{shown} bestaat niet; controleer de naam en de map");
        return Err(Fault { exit: Exit::Input, error: anyhow::anyhow!(text) });
    }
    let text = Query::read_text(path).map_err(Fault::definition)?;
    let shown = path.display().to_string().replace('\\', "/");
    let stem =
        path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    if !text.trim_start_matches('\u{feff}').starts_with("/*---") {
        return los::run(opties, &text, &shown, &stem);
    }
    let queries = Query::load_own(&text, &shown, opties.queries.as_deref());
    naam::answer(opties, &stem, &queries.map_err(Fault::definition)?)
}
