//! Practice data for the rules of a real region: each rule hit on purpose, with a near miss beside it.
//!
//! Enters: the name of a region, and `gevallen/` beside this folder: a file per rule with what is planted, a file per
//! region with what is clean. Leaves: a folder with registers and `antwoorden.json`. Children, aanbieders and amounts
//! are invented. Does not know how a rule is measured, and must never ask.

mod answers;
mod companions;
mod complete;
mod dates;
mod folder;
mod ground;
mod rows;
mod rule;
mod told;
mod words;

#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::Context;
use include_dir::{Dir, include_dir};

use crate::region::Region;

use answers::Answers;
use ground::Ground;
use rows::Sheet;
use rule::RuleFile;

/// The planted cases and the clean rows of each region.
static GEVALLEN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/practice/gevallen");

/// What has been made for a real region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    /// Number of files.
    pub bestanden: u64,
    /// Number of rules with something planted.
    pub regels: u64,
    /// Number of places that must be found.
    pub raak: u64,
    /// Number of near misses.
    pub bijna: u64,
    /// The quarter to look at, written `2025-K3`.
    pub kwartaal: String,
}

/// Names of the regions for which cases are planted, in alphabetical order.
pub fn case_regions() -> Vec<String> {
    let files = GEVALLEN.get_dir("regio").into_iter().flat_map(Dir::files);
    let mut names: Vec<String> = files
        .filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    names
}

/// Makes a folder in which every rule of a real region is planted, whole or not at all.
///
/// # Errors
/// When no cases are known for the region, a definition is wrong, or the folder is filled or cannot be written. The
/// messages are Dutch and name the remedy.
pub fn generate_cases(regio: &str, naar: &Path) -> anyhow::Result<CaseSummary> {
    super::folder::refuse_filled(naar)?;
    folder::write(&Book::of(regio, None)?, naar)
}

/// The same, with only the cases for a setting that the region file leaves open.
///
/// # Errors
/// As [`generate_cases`].
pub fn generate_cases_with(regio: &str, met: &str, naar: &Path) -> anyhow::Result<CaseSummary> {
    super::folder::refuse_filled(naar)?;
    folder::write(&Book::of(regio, Some(met))?, naar)
}

/// Everything that is planted in one region: its sheets, and what must be found in them.
struct Book {
    ground: Ground,
    sheets: Vec<Sheet>,
    answers: Answers,
    n_rules: u64,
}

impl Book {
    fn of(regio: &str, met: Option<&str>) -> anyhow::Result<Self> {
        let region = Region::load(regio, None)?;
        let ground = Ground::of(&region)?;
        let rules = rules(&ground)?;
        let n_rules = rules.len() as u64;
        let mut book =
            Self { ground, sheets: rows::sheets(), answers: Answers::default(), n_rules };
        for rule in &rules {
            book.add(rule, met).with_context(|| rule.file.clone())?;
        }
        for row in book.ground.fixed()? {
            rows::put(&mut book.sheets, row).context(ground::BASIS)?;
        }
        book.sheets.retain(|sheet| !sheet.rows.is_empty());
        Ok(book)
    }

    fn add(&mut self, rule: &RuleFile, met: Option<&str>) -> anyhow::Result<()> {
        for case in rule.cases().filter(|case| case.met.as_deref() == met) {
            let made = complete::rows_of(&self.ground, rule, &case)
                .with_context(|| format!("geval {}", case.nr))?;
            self.answers.add(rule, &case, &made);
            for row in made.rows {
                rows::put(&mut self.sheets, row).with_context(|| format!("geval {}", case.nr))?;
            }
        }
        if met.is_none() {
            self.answers.add_others(rule);
        }
        Ok(())
    }
}

/// The rules that are planted in a region, in the order of their files, with numbered cases.
fn rules(ground: &Ground) -> anyhow::Result<Vec<RuleFile>> {
    let mut files: Vec<_> = GEVALLEN.files().collect();
    files.sort_by_key(|file| file.path());
    let mut out = Vec::new();
    for file in files {
        let name = file.path().to_string_lossy();
        if !name.ends_with(".toml") || name == ground::BASIS {
            continue;
        }
        let rule = RuleFile::parse(file.contents_utf8().unwrap_or_default(), &name)?;
        if ground.holds(&rule) {
            out.push(rule);
        }
    }
    ground::number(&mut out);
    Ok(out)
}
