//! `maatstaf vraag`: the answer to one question, in a table, a file or a chart.

mod bron;
mod lijst;
mod naam;
pub(crate) mod opties;
mod tekst;
mod woordenboek;

use crate::cli::Outcome;
use crate::cli::fault::Fault;
use crate::cli::vraag::opties::Opties;

pub(crate) fn run(opties: &Opties) -> Result<Outcome, Fault> {
    if let Some(wanted) = &opties.woordenboek {
        // `vraag declaraties --woordenboek` means the same as the other way round.
        let wanted = wanted.as_deref().or(opties.naam.as_deref());
        return woordenboek::run(opties, wanted, Some(80));
    }
    match &opties.naam {
        Some(naam) => naam::run(opties, naam),
        None => lijst::run(opties, Some(80)),
    }
}
