//! Report: what may be shown becomes files.
//!
//! Enters: a [`document::Document`], the templates of its pages and an output folder that is being
//! written. Leaves: pages, tables and pictures in that folder. Does not know where a figure comes from:
//! a writer sees the document and nothing else.

pub mod antwoord;
pub mod bestand;
pub mod compose;
pub mod csv;
pub mod document;
pub mod folder;
pub mod html;
pub mod provenance;
pub mod retour;
pub mod shown;
pub mod templates;
pub mod workbook;
mod writers;

#[cfg(test)]
pub(crate) mod sample;

/// Where the list of rejected rows comes, for those who may see rows.
pub const REJECTS: &str = "afkeur/afkeur.csv";

pub use writers::{Files, WRITERS, Writer, alone, write};
