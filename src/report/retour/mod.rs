//! Return files: the rejected rows of one aanbieder in a workbook that can be corrected and read again.
//!
//! Enters: rejected rows with what is wrong with them, names of aanbieders, and the region. Leaves: per aanbieder a
//! [`Retour`], a plain description, and from it the bytes of a workbook; rows that no aanbieder supplied go to one
//! workbook for the region itself. Does not know where a row was kept nor how it will be found again.
//!
//! A sheet has its headings in the first row and its rows below them, and nothing else: that is how it is read again
//! (`sources` knows it by the two headings of origin). The letter and what cannot be corrected stand on sheets of
//! their own.

mod blad;
mod brief;
mod keuzes;
mod koppen;
mod verdelen;
mod werkboek;
mod werkbladen;
mod woorden;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::dataset::afgekeurd::{AfgekeurdeRij, Waarde};
use crate::dataset::manifest::Manifest;
use crate::dataset::vervangen::Vervanging;
use crate::period::Kwartaal;
use crate::region::Region;
use crate::rejects::Reject;
use crate::report::retour::brief::Regel;
use crate::report::retour::keuzes::Lijst;
use crate::report::retour::koppen::Koppen;
use crate::report::retour::verdelen::Ontvanger;
use crate::schema::{Column, DECLARATIES, PLANNEN, Table};

/// Where the return files of aanbieders come; the file name is the AGB code.
pub const MAP: &str = "afkeur/per-aanbieder";
/// The return file of rows that no aanbieder supplied.
pub const EIGEN: &str = "afkeur/eigen-registers.xlsx";
/// Rows of one workbook. Who has more has a fault in the export, which is not mended row by row; a sheet of Excel
/// would take a million, but nobody's laptop a million rows with a note each.
const MAX_RIJEN: usize = 20_000;

/// What return files are made from.
pub struct Input<'a> {
    /// The region.
    pub region: &'a Region,
    /// The quarter of the report.
    pub kwartaal: Kwartaal,
    /// The day that stands in the letter.
    pub peildatum: NaiveDate,
    /// The files, with the headings they were read by.
    pub manifest: &'a Manifest,
    /// All rejects of the dataset, by file and line.
    pub rejects: &'a [Reject],
    /// Rejected rows, by file and line.
    pub rijen: &'a [AfgekeurdeRij],
    /// Which of these rows another came in the place of.
    pub vervangen: &'a BTreeSet<Vervanging>,
    /// Name of the aanbieder by AGB code.
    pub aanbieders: &'a BTreeMap<String, String>,
    /// Product codes of the region; empty when it supplied none.
    pub producten: &'a [String],
    /// AGB codes of the accepted rows, by path of the file.
    pub agb_per_bestand: &'a BTreeMap<String, BTreeSet<String>>,
}

/// One workbook, described.
#[derive(Debug, Clone)]
pub struct Retour {
    /// Path in the output folder.
    pub pad: String,
    /// Rows and loose rejects it holds.
    pub aantal: usize,
    /// What it is, for the page that lists the outputs: name and number of rows.
    pub omschrijving: String,
    titel: String,
    banner: String,
    peildatum: NaiveDate,
    brief: Vec<Regel>,
    bladen: Vec<Blad>,
    elders: Vec<Elders>,
    lijsten: Vec<Lijst>,
}

/// One sheet of rows of one canonical table.
#[derive(Debug, Clone)]
struct Blad {
    naam: String,
    kolommen: Vec<Kolom>,
    rijen: Vec<Rij>,
}

/// One column of a sheet.
#[derive(Debug, Clone)]
struct Kolom {
    van: &'static Column,
    /// Position among the drop-down lists of the workbook.
    lijst: Option<usize>,
    /// True when a cell of this column must be filled in or changed.
    heeft_fout: bool,
}

/// One row of a sheet.
#[derive(Debug, Clone)]
struct Rij {
    reden: String,
    /// One per column of the sheet.
    cellen: Vec<Cel>,
    bestand: String,
    regel: u64,
}

/// One cell of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
struct Cel {
    /// What stands in it; `None` for an empty one.
    waarde: Option<Inhoud>,
    /// What is wrong with it and what to do; empty when nothing is.
    noot: String,
}

/// Content of a cell.
#[derive(Debug, Clone, PartialEq)]
enum Inhoud {
    /// As it was read.
    Gelezen(Waarde),
    /// As it stood there and could not be read.
    Gevonden(String),
}

/// Something that cannot be corrected in a cell of this workbook: it never became a row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Elders {
    bestand: String,
    /// Line, or sheet and cell; empty when the whole file is meant.
    plaats: String,
    wat: String,
    oplossing: String,
    bedrag_ct: Option<i64>,
}

/// True for a table that an aanbieder supplies, so that its rows go back to them; the others are registers of
/// gemeenten and of the region.
fn is_van_aanbieder(table: &Table) -> bool {
    [DECLARATIES.name, PLANNEN.name].contains(&table.name)
}

/// The workbooks, aanbieders by AGB code first, then that of the region itself. Only rows with an open fatal reject are
/// in them: what counts needs no correction, and what was corrected needs none any more.
pub fn retouren(input: &Input<'_>) -> Vec<Retour> {
    let koppen = Koppen::new(input.manifest);
    let verdeeld = verdelen::verdeel(input);
    verdeeld.iter().map(|(aan, inhoud)| retour(input, &koppen, aan, inhoud)).collect()
}

/// Files of which a row or reject does not say whose it is: [`Input::agb_per_bestand`] tells who supplied them.
pub fn zonder_afzender<'a>(rejects: &'a [Reject], rijen: &[AfgekeurdeRij]) -> BTreeSet<&'a str> {
    verdelen::zonder_afzender(rejects, rijen)
}

fn retour(
    input: &Input<'_>,
    koppen: &Koppen<'_>,
    aan: &Ontvanger,
    inhoud: &verdelen::Deel<'_>,
) -> Retour {
    let mut lijsten = keuzes::Lijsten::new(input.region, input.producten);
    let is_aanbieder = matches!(aan, Ontvanger::Aanbieder(_));
    let n_rijen = inhoud.rijen.len().min(MAX_RIJEN);
    let bladen = blad::bladen(&inhoud.rijen[..n_rijen], koppen, &mut lijsten, is_aanbieder);
    let elders = blad::elders(&inhoud.los, is_aanbieder);
    let brief = brief::schrijf(input, aan, inhoud, &bladen);
    Retour {
        pad: aan.pad(),
        aantal: inhoud.rijen.len() + inhoud.los.len(),
        omschrijving: brief::omschrijving(input, aan, inhoud),
        titel: brief::titel(input),
        banner: brief::banner(input, aan),
        peildatum: input.peildatum,
        brief,
        bladen,
        elders,
        lijsten: lijsten.gebruikt(),
    }
}

#[cfg(test)]
mod tests;
