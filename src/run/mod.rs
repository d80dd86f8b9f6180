//! The walks along the stations: one line per station.

mod herkomst;
mod lees;
mod rapport;
mod vraag;
mod verifieer;

use crate::dataset::stop::check_stop;

pub use crate::dataset::stop::Interrupted;
pub use herkomst::plaats::document;
pub use herkomst::rijen::{Achter, achter};
pub use herkomst::{Nareken, Oorsprong, nareken, nareken_alles, spoor};
pub use lees::{Lees, lees, lees_deze, shown};
pub use rapport::{Gemaakt, Rapport, measure, rapport};
pub use verifieer::{Herhaald, herhaal};
pub use vraag::{Vraag, losse_vraag, vraag};

/// Where progress is told; the command line shows it, tests do not.
pub trait Progress {
    /// A phase begins, with its size in bytes (0 when unknown).
    fn phase(&mut self, name: &str, size: u64);
    /// A part of the phase begins.
    fn step(&mut self, _name: &str) {}
    /// Bytes read, rows seen and rows rejected since the last call.
    fn advance(&mut self, bytes: u64, rows: u64, rejected: u64);
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn phase(&mut self, _name: &str, _size: u64) {}
    fn advance(&mut self, _bytes: u64, _rows: u64, _rejected: u64) {}
}
