//! `maatstaf vraag`: the answer to one question, in a table, a file or a chart.

mod bron;
mod lijst;
mod los;
mod naam;
pub(crate) mod opties;
mod tekst;
mod uit;
mod woordenboek;

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault};
use crate::cli::job::STOP;
use crate::cli::scherm::scherm;
use crate::cli::vraag::opties::Opties;
use crate::metrics::Query;
use crate::run::Interrupted;

/// How often is looked whether the user wants to stop.
const TICK: Duration = Duration::from_millis(20);

/// Answers beside a loop that looks at Ctrl-C: a question of the moment is given up at once, while the engine cannot be
/// told to stop. Only a file that is being written is waited for.
pub(crate) fn run(opties: Box<Opties>) -> Result<Outcome, Fault> {
    let (tell, told) = channel();
    let asking = thread::spawn(move || {
        // When nobody listens any more, there is nothing to tell.
        drop(tell.send(answered(&opties)));
    });
    loop {
        match told.recv_timeout(TICK) {
            Ok(outcome) => return outcome,
            Err(RecvTimeoutError::Timeout) if is_given_up() => {
                return Err(Fault::new(Exit::Interrupted, Interrupted.into()));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => match asking.join() {
                Err(panic) => resume_unwind(panic),
                Ok(()) => return Err(Fault::new(Exit::Internal, anyhow::anyhow!("geen antwoord"))),
            },
        }
    }
}

fn is_given_up() -> bool {
    STOP.load(Ordering::Relaxed) && !uit::is_writing()
}

fn answered(opties: &Opties) -> Result<Outcome, Fault> {
    let breedte = scherm(opties.kleur).breedte;
    if let Some(wanted) = &opties.woordenboek {
        // `vraag declaraties --woordenboek` means the same as the other way round.
        let wanted = wanted.as_deref().or(opties.naam.as_deref());
        return woordenboek::run(opties, wanted, breedte);
    }
    // A SELECT that is copied from a file of Notepad may have its mark in front.
    let naam = opties.naam.as_deref().map(|text| text.trim_start_matches('\u{feff}').trim());
    match naam {
        None => lijst::run(opties, breedte),
        Some(sql) if los::is_sql(sql) => los::run(opties, sql, "de vraag", "vraag"),
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
    // Notepad writes a mark in front of UTF-8.
    let sql = text.trim_start_matches('\u{feff}');
    if !sql.starts_with("/*---") {
        return los::run(opties, sql, &shown, &stem);
    }
    let queries = Query::load_own(&text, &shown, opties.queries.as_deref());
    naam::answer(opties, &stem, &queries.map_err(Fault::definition)?)
}
