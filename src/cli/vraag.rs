//! `maatstaf vraag`: the answer to one question, in a table, a file or a chart.

mod bron;
mod naam;
pub(crate) mod opties;

use crate::cli::Outcome;
use crate::cli::fault::Fault;
use crate::cli::vraag::opties::Opties;

pub(crate) fn run(opties: &Opties) -> Result<Outcome, Fault> {
    let Some(naam) = &opties.naam else {
        return Err(Fault::usage("geen vraag".to_owned()));
    };
    naam::run(opties, naam)
}
