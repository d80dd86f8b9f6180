//! Which rejected row goes back to whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::afgekeurd::{AfgekeurdeRij, Waarde};
use crate::rejects::{Reject, Severity};
use crate::report::retour::{EIGEN, Input, MAP, is_van_aanbieder};
use crate::schema;

/// Who gets a workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ontvanger {
    /// The aanbieder with this AGB code.
    Aanbieder(String),
    /// The region itself.
    Regio,
}

impl Ontvanger {
    /// Path of the workbook in the output folder.
    pub(super) fn pad(&self) -> String {
        match self {
            Self::Aanbieder(agb) => format!("{MAP}/{agb}.xlsx"),
            Self::Regio => EIGEN.to_owned(),
        }
    }
}

/// What one of them gets.
#[derive(Debug, Default)]
pub(super) struct Deel<'a> {
    /// Rows that can be corrected, with what is wrong with each.
    pub(super) rijen: Vec<Kapot<'a>>,
    /// What never became a row.
    pub(super) los: Vec<&'a Reject>,
    /// Rows that another came in the place of.
    pub(super) hersteld: u64,
}

/// A row with what is wrong with it.
#[derive(Debug)]
pub(super) struct Kapot<'a> {
    pub(super) rij: &'a AfgekeurdeRij,
    pub(super) rejects: Vec<&'a Reject>,
}

/// A file and a line in it.
type Plaats<'a> = (&'a str, u64);

/// Rows and loose rejects by who gets them.
pub(super) fn verdeel<'a>(input: &Input<'a>) -> BTreeMap<Ontvanger, Deel<'a>> {
    let open = per_plaats(input.rejects);
    let klaar = hersteld(input);
    let agb = AgbPerBestand::new(input);
    let mut out: BTreeMap<Ontvanger, Deel<'a>> = BTreeMap::new();
    let mut met_rij: BTreeSet<Plaats<'a>> = BTreeSet::new();
    for (at, rij) in input.rijen.iter().enumerate() {
        let plaats = (rij.file.as_str(), rij.regel);
        met_rij.insert(plaats);
        let aan = || agb.ontvanger(rij.table.name, &rij.file, agb_van(rij));
        if klaar.contains(&at) {
            out.entry(aan()).or_default().hersteld += 1;
        } else if let Some(rejects) = open.get(&plaats) {
            let rejects = rejects.clone();
            out.entry(aan()).or_default().rijen.push(Kapot { rij, rejects });
        }
    }
    for (plaats, rejects) in open {
        if !met_rij.contains(&plaats) {
            let aan = agb.ontvanger(&rejects[0].table, plaats.0, None);
            out.entry(aan).or_default().los.extend(rejects);
        }
    }
    out.retain(|_, deel| !deel.rijen.is_empty() || !deel.los.is_empty());
    out
}

/// Fatal rejects by place. One without a file stands for the rest of a list that was cut short.
fn per_plaats(rejects: &[Reject]) -> BTreeMap<Plaats<'_>, Vec<&Reject>> {
    let mut open: BTreeMap<Plaats<'_>, Vec<&Reject>> = BTreeMap::new();
    let is_open = |reject: &&Reject| {
        let is_fatal = reject.severity == Severity::Fataal && !reject.file.is_empty();
        is_fatal && reject.hersteld.is_empty()
    };
    for reject in rejects.iter().filter(is_open) {
        open.entry((&reject.file, reject.line)).or_default().push(reject);
    }
    open
}

/// Positions of the rows that another came in the place of; of several rows on one line (a message without line breaks)
/// it is known which.
fn hersteld(input: &Input<'_>) -> BTreeSet<usize> {
    let paths = input.manifest.paths();
    let path = |bron: &str| paths.get(bron).map_or("", String::as_str);
    let klaar: BTreeSet<(&str, &str, u64, u32)> = input
        .vervangen
        .iter()
        .map(|one| (one.tabel.as_str(), path(&one.bron), one.regel, one.nummer))
        .collect();
    let mut nummers: BTreeMap<(&str, &str, u64), u32> = BTreeMap::new();
    let mut out = BTreeSet::new();
    for (at, rij) in input.rijen.iter().enumerate() {
        let plaats = (rij.table.name, rij.file.as_str(), rij.regel);
        let nummer = nummers.entry(plaats).or_default();
        if klaar.contains(&(plaats.0, plaats.1, plaats.2, *nummer)) {
            out.insert(at);
        }
        *nummer += 1;
    }
    out
}

/// The AGB code in a row.
fn agb_van(rij: &AfgekeurdeRij) -> Option<&str> {
    match rij.waarden.get(rij.table.position("agb")?)?.as_ref()? {
        Waarde::Text(agb) => Some(agb),
        _ => None,
    }
}

/// Per file the AGB codes of all its rows.
struct AgbPerBestand<'a> {
    codes: BTreeMap<&'a str, BTreeSet<&'a str>>,
    namen: &'a BTreeMap<String, String>,
}

impl<'a> AgbPerBestand<'a> {
    fn new(input: &Input<'a>) -> Self {
        let mut out: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (bestand, codes) in input.agb_per_bestand {
            out.entry(bestand).or_default().extend(codes.iter().map(String::as_str));
        }
        for rij in input.rijen.iter().filter(|rij| is_van_aanbieder(rij.table)) {
            out.entry(&rij.file).or_default().extend(agb_van(rij));
        }
        Self { codes: out, namen: input.aanbieders }
    }

    /// The AGB code of the only aanbieder of a file; the first when that aanbieder has more.
    fn enige(&self, bestand: &str) -> Option<&'a str> {
        let codes = self.codes.get(bestand)?;
        let naam = |agb: &&'a str| self.namen.get(*agb).map_or(*agb, String::as_str);
        let namen: BTreeSet<&str> = codes.iter().map(naam).collect();
        if namen.len() == 1 { codes.first().copied() } else { None }
    }

    /// Who supplied a row: the aanbieder it names, else the only one of its file. Registers are the region's own.
    fn ontvanger(&self, table: &str, bestand: &str, agb: Option<&str>) -> Ontvanger {
        if !schema::table(table).is_some_and(is_van_aanbieder) {
            return Ontvanger::Regio;
        }
        // The code becomes the name of a file.
        let is_agb = |agb: &&str| agb.len() == 8 && agb.bytes().all(|b| b.is_ascii_digit());
        match agb.or_else(|| self.enige(bestand)).filter(is_agb) {
            Some(agb) => Ontvanger::Aanbieder(agb.to_owned()),
            None => Ontvanger::Regio,
        }
    }
}

/// Files of which a row or reject does not say whose it is, so that the other rows of the file must.
pub(super) fn zonder_afzender<'a>(
    rejects: &'a [Reject],
    rijen: &[AfgekeurdeRij],
) -> BTreeSet<&'a str> {
    let met_agb: BTreeSet<Plaats<'_>> = rijen
        .iter()
        .filter(|rij| agb_van(rij).is_some())
        .map(|rij| (rij.file.as_str(), rij.regel))
        .collect();
    let open = per_plaats(rejects);
    open.keys().filter(|plaats| !met_agb.contains(*plaats)).map(|(file, _)| *file).collect()
}
