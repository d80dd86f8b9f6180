//! The practice region: a fictional region of any size, with planted faults and known answers.
//!
//! Enters: a number of lines and a seed. Leaves: a folder with exports, messages, registers, `antwoorden.json` and a
//! README. Everything follows from the plan, which is made before the first byte is written; the answers are added up
//! from that plan. Does not know how the program reads these files, and must never ask it.

mod agreements;
mod answers;
mod archive;
mod assignments;
mod broken;
mod calendar;
mod casebook;
mod columns;
mod export;
mod exports;
mod faults;
mod folder;
mod form;
mod grants;
mod lines;
mod messages;
mod month;
mod notation;
mod oddments;
mod opendocument;
mod parquet;
mod plan;
mod planted;
mod population;
mod post;
mod quarters;
mod registers;
mod special;
mod spoils;
mod text;
mod texts;
mod workbook;
mod world;
mod xml;

#[cfg(test)]
mod tests;

use std::path::Path;

use crate::stats::rng;

pub use casebook::{CaseSummary, case_regions, generate_cases, generate_cases_with};
pub use folder::Summary;
pub use form::{Dialect, Form, MonthForm};
pub use month::write_month;

/// Smallest number of lines in which every planted fault fits.
pub const MINIMUM_REGELS: u64 = 3_000;

/// What kind of practice region is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Number of declared lines, about; fewer than [`MINIMUM_REGELS`] is read as that number.
    pub regels: u64,
    /// Seed: the same seed and number give the same bytes.
    pub zaad: u64,
    /// Whether there is anything to be found. Without, nothing is planted: maatwerk falls over the gemeenten by
    /// their jeugdigen, a fair lot among the aanbieders of a client decides who coordinates, every price is the usual
    /// one and no line is faulty. What a report then points out, chance made.
    pub signalen: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { regels: 6_000, zaad: 7, signalen: true }
    }
}

/// Makes a practice region in a folder, whole or not at all.
///
/// # Errors
/// When the folder exists and is not empty, or when it cannot be written. The messages are Dutch and name the remedy.
pub fn generate(options: &Options, naar: &Path) -> anyhow::Result<Summary> {
    folder::refuse_filled(naar)?;
    let plan = plan::Plan::new(options)?;
    folder::write_whole(&plan, naar)
}
