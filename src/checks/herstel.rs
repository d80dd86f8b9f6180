//! Files with mended rows: which rejected row each row mends.
//!
//! Enters: the rejected rows of a dataset and a block of such a file. Leaves: the block, with what it left empty filled
//! from the rejected rows, and which rows came in the place of which.

mod bewaard;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

use anyhow::Result;

use crate::checks::herstel::bewaard::{Bewaard, Plek};
use crate::dataset::Store;
use crate::dataset::vervangen::Vervanging;
use crate::rejects::{Rule, Severity, excerpt};
use crate::schema::{DECLARATIES, TABLES};
use crate::typing::TypedTable;

/// A mended row that mends nothing.
pub(super) const MS290: Rule = Rule {
    code: "MS290",
    severity: Severity::Fataal,
    title: "herstelde regel hoort bij geen afgekeurde regel",
    explanation: "Een herstelde regel vindt zijn afgekeurde regel aan AGB-code en referentienummer, en anders aan de kolommen Herkomst bestand \
        en Herkomst regel. Op die plaats is niets afgekeurd, of er staan meer afgekeurde regels. Vakjes die leeg zijn, zijn dan niet aan te \
        vullen. Een nieuwe regel hoort niet in een bestand met herstelde regels.",
    remedy: "lees eerst het bestand waaruit de regel komt; vraag de aanbieder de kolommen Herkomst niet te wijzigen en nieuwe regels gewoon \
        te declareren",
    source: "maatstaf",
};
/// A mended row of which another came before.
pub(super) const MS291: Rule = Rule {
    code: "MS291",
    severity: Severity::Fataal,
    title: "regel is al eerder hersteld of aangeleverd",
    explanation: "De afgekeurde regel is al vervangen door een eerdere herstelde regel, of dezelfde regel (AGB-code en referentienummer) is \
        intussen in een ander bestand aanvaard. De eerste blijft staan; deze telt niet nog een keer mee.",
    remedy: "er hoeft niets te gebeuren; klopt de eerste regel niet, laat de aanbieder die dan crediteren",
    source: "maatstaf",
};

/// A line that was read, and mended after a rule across files rejected it.
pub(super) const MS293: Rule = Rule {
    code: "MS293",
    severity: Severity::Fataal,
    title: "regel is vervangen door een herstelde regel",
    explanation: "Deze regel was te lezen, en is daarna over bestanden heen afgekeurd, bijvoorbeeld omdat hij dubbel was. De aanbieder heeft een \
        herstelde regel gestuurd. Die wordt opnieuw beoordeeld; deze telt niet meer mee, ook niet als de reden van afkeur later vervalt.",
    remedy: "er hoeft niets te gebeuren",
    source: "maatstaf",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&MS290, &MS291, &MS293];

/// What is known of the row that a mended row names.
#[derive(Debug)]
enum Staat {
    /// Rejected, and nothing came in its place.
    Open(Rij),
    /// The row that came in its place was not rejected.
    Klaar(Plek),
    /// There is no such row, or more than one.
    Onbekend,
}

/// A rejected row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rij {
    /// Rejected when it was read: its number.
    Gelezen(usize),
    /// Rejected across files.
    Kruis(usize),
}

/// What is known of rejected rows when a file with mended rows is read.
#[derive(Debug)]
pub struct Herstel {
    tabellen: BTreeMap<&'static str, Bewaard>,
    /// Declaraties that were rejected across files.
    kruis: Bewaard,
    /// Path and `bron` of every file that was read.
    bestanden: Vec<(String, String)>,
}

/// What rows of one file with mended rows did so far.
#[derive(Debug, Default)]
pub struct Overgenomen {
    /// Rejected rows that were found, by table and number, with the line that found them.
    gevonden: BTreeMap<(&'static str, Rij), u64>,
    /// What came in the place of what.
    pub vervangingen: Vec<Vervanging>,
}

impl Herstel {
    /// Gathers the rejected rows of a dataset under construction.
    ///
    /// # Errors
    /// When the disk refuses, a file of the dataset is damaged, or the user interrupts.
    pub fn load(store: &Store, stop: &AtomicBool) -> Result<Self> {
        let plek = |(bron, regel): (String, u64)| Plek { bron, regel };
        let refused = store.cross_rejected(DECLARATIES.name)?.into_iter().map(plek).collect();
        let mut tabellen = BTreeMap::new();
        for table in TABLES.iter().copied() {
            tabellen.insert(table.name, Bewaard::load(store, table, &refused, stop)?);
        }
        let kruis = Bewaard::load_kruis(store, &refused, stop)?;
        let read = store.manifest.bestanden.iter().filter(|entry| entry.sha256.len() >= 16);
        let bestanden =
            read.map(|entry| (entry.pad.clone(), entry.sha256[..16].to_owned())).collect();
        Ok(Self { tabellen, kruis, bestanden })
    }

    /// Finds for every row of a block the rejected row it mends, and fills what it leaves empty from there. Without the
    /// headings of origin a block is what it is.
    pub fn mend(&self, typed: &mut TypedTable<'_>, overgenomen: &mut Overgenomen) {
        let Some(bewaard) = self.tabellen.get(typed.raw.table.name) else { return };
        if typed.raw.origin().is_none() {
            return;
        }
        let table = typed.raw.table.name;
        let (mut found, mut kruis, mut adrift) = (Vec::new(), Vec::new(), Vec::new());
        for row in 0..typed.n_rows() {
            match self.find(bewaard, typed, row, overgenomen) {
                Staat::Open(rij) => {
                    overgenomen.gevonden.insert((table, rij), typed.raw.line(row));
                    match rij {
                        Rij::Gelezen(at) => found.push((row, at)),
                        Rij::Kruis(at) => kruis.push((row, at)),
                    }
                }
                Staat::Klaar(plek) => {
                    adrift.push((row, &MS291, self.told(&plek)));
                    overgenomen.vervangingen.push(replaced(typed, row, &plek));
                }
                Staat::Onbekend => adrift.push((row, &MS290, named(typed, row))),
            }
        }
        typed.mend(&found, &bewaard.frame);
        typed.mend(&kruis, &self.kruis.frame);
        // The sign of an amount tells a debit from a credit with the same reference.
        typed.sign();
        for (row, at) in found {
            let plek = match bewaard.elsewhere(typed, row) {
                Some(plek) => {
                    adrift.push((row, &MS291, self.told(&plek)));
                    overgenomen.vervangingen.push(replaced(typed, row, &plek));
                    plek
                }
                None => Plek::new(typed.raw.file.bron(), typed.raw.line(row)),
            };
            overgenomen.vervangingen.push(bewaard.replaced(at, &plek));
        }
        let here = |row: usize| Plek::new(typed.raw.file.bron(), typed.raw.line(row));
        let replaced = kruis.into_iter().map(|(row, at)| self.kruis.replaced(at, &here(row)));
        overgenomen.vervangingen.extend(replaced);
        typed.set_adrift(adrift);
    }

    fn find(
        &self,
        bewaard: &Bewaard,
        typed: &TypedTable<'_>,
        row: usize,
        overgenomen: &Overgenomen,
    ) -> Staat {
        let taken = |rij: Rij| overgenomen.gevonden.get(&(typed.raw.table.name, rij));
        if let Some(at) = bewaard.by_reference(typed, row, |at| taken(Rij::Gelezen(at)).is_some()) {
            return Staat::Open(Rij::Gelezen(at));
        }
        let Some((bestand, regel)) = origin(typed, row) else { return Staat::Onbekend };
        let places = self.brons(&bestand).into_iter().map(|bron| Plek::new(bron, regel));
        let mut known = places.filter_map(|plek| self.resolve(bewaard, plek));
        match (known.next(), known.next()) {
            (Some(Staat::Open(rij)), None) => match taken(rij) {
                Some(regel) => Staat::Klaar(Plek::new(typed.raw.file.bron(), *regel)),
                None => Staat::Open(rij),
            },
            (Some(other), None) => other,
            _ => Staat::Onbekend,
        }
    }

    /// The end of the chain of rows that came in the place of one another, for a mended row may be rejected too; `None`
    /// when nothing was rejected at this place.
    fn resolve(&self, bewaard: &Bewaard, mut plek: Plek) -> Option<Staat> {
        let is_of_kruis = bewaard.is_of(DECLARATIES.name);
        let mut is_first = true;
        // Every step leads to a row that was read later.
        loop {
            let (rij, next) = match (bewaard.at(&plek), self.kruis.at(&plek)) {
                ([at], _) => (Rij::Gelezen(*at), bewaard.vervangen(*at)),
                ([], [at]) if is_of_kruis => (Rij::Kruis(*at), self.kruis.vervangen(*at)),
                ([], _) if is_first => return None,
                ([], _) => return Some(Staat::Klaar(plek)),
                _ => return Some(Staat::Onbekend),
            };
            let Some(next) = next else { return Some(Staat::Open(rij)) };
            if *next == plek {
                return Some(Staat::Klaar(plek));
            }
            plek = next.clone();
            is_first = false;
        }
    }

    /// The files a name stands for: by the whole path, else by the name alone.
    fn brons(&self, bestand: &str) -> BTreeSet<&str> {
        let last = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
        let of = |is_it: &dyn Fn(&str) -> bool| -> BTreeSet<&str> {
            let files = self.bestanden.iter().filter(|(path, _)| is_it(path));
            files.map(|(_, bron)| bron.as_str()).collect()
        };
        let whole = of(&|path| path == bestand);
        let name = last(bestand);
        if whole.is_empty() { of(&|path| last(path) == name) } else { whole }
    }

    fn told(&self, plek: &Plek) -> String {
        let path = self.bestanden.iter().find(|(_, bron)| *bron == plek.bron);
        let path = path.map_or("dit bestand", |(path, _)| path.as_str());
        let shown = excerpt(path.rsplit('/').next().unwrap_or_default());
        format!("{shown} regel {}", plek.regel)
    }
}

/// Where a mended row says it comes from, as it may be shown.
fn named(typed: &TypedTable<'_>, row: usize) -> String {
    match origin(typed, row) {
        Some((bestand, regel)) => {
            let name = bestand.rsplit(['/', '\\']).next().unwrap_or_default();
            format!("{} regel {regel}", excerpt(name))
        }
        None => String::new(),
    }
}

/// A mended row that came too late has the one that came first in its place.
fn replaced(typed: &TypedTable<'_>, row: usize, door: &Plek) -> Vervanging {
    let bedrag_ct = typed.ints("bedrag_ct").and_then(|values| values[row]);
    Vervanging {
        tabel: typed.raw.table.name.to_owned(),
        bron: typed.raw.file.bron().to_owned(),
        regel: typed.raw.line(row),
        nummer: 0,
        samen: 1,
        door_bron: door.bron.clone(),
        door_regel: door.regel,
        bedrag_ct,
        kruis: false,
    }
}

/// File and line as a mended row names them.
fn origin(typed: &TypedTable<'_>, row: usize) -> Option<(String, u64)> {
    let (bestand, regel) = typed.raw.origin()?;
    let text = |index| String::from_utf8_lossy(typed.raw.cell(row, index)).trim().to_owned();
    let (bestand, regel) = (text(bestand), text(regel));
    // A spreadsheet may give a whole number a fraction.
    let regel = regel.split(['.', ',']).next()?.parse().ok()?;
    (!bestand.is_empty()).then_some((bestand, regel))
}
