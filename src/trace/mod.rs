//! From a figure in a report back to where it comes from, and whether the report still follows from its files.
//!
//! Enters: a report folder and, to compute again, a dataset or the files it was made from. Leaves: [`spoor::Spoor`], the
//! origin of one figure; [`werkboek`], its rows; [`verschil`], how two folders differ and why. Does not compute figures:
//! `run` asks the earlier stations for them and hands them in.

pub mod adres;
pub mod afgeleid;
pub mod bronnen;
pub mod nagerekend;
pub mod rapportmap;
pub mod spoor;
pub mod tabellen;
pub mod tekst;
pub mod verschil;
pub mod werkboek;
