//! The versions of all toewijzingen, packed: there can be as many as declaraties, and all of them must be seen at once to
//! tell which is the newest.
//!
//! Enters: the base tables. Leaves: which rows are the newest, and those by key. Texts that repeat (AGB code, time, file)
//! are numbers here; gemeente and number of a toewijzing are two independent hashes of 64 bits, of which the second is
//! the proof that the first is no coincidence.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::{Context as _, Result};
use foldhash::fast::FixedState;
use polars::prelude::{DataFrame, PolarsError, PolarsResult};
use rayon::prelude::*;

use crate::checks::regels::{key, proof};
use crate::checks::stroom::{Batch, text};
use crate::checks::texts::Texts;
use crate::dataset::parquet::computing;
use crate::dataset::slices::side_by_side;

/// Withdrawn: to be treated as never sent.
const DELETED: &str = "13";
/// The old code of an administrative correction; with equal dates it withdrew a toewijzing too.
const DELETED_BEFORE_2022: &str = "01";

/// The columns that tell versions apart and link them to declaraties.
const COLUMNS: &[&str] = &[
    "gemeente",
    "toewijzingnummer",
    "client",
    "agb",
    "toewijzingsdatum",
    "toewijzingstijd",
    "reden_wijziging",
    "referentie_aanbieder",
    "ingangsdatum",
    "einddatum",
    "bron",
    "regel",
];

/// What tells the versions of one toewijzing apart, in the order in which it does: newest date and time win; of a
/// repeated one that with a reason or a reference of the aanbieder, because an unchanged repeat leaves those empty
/// (IV099, IV097); then the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Versie {
    key: u64,
    proof: u64,
    /// Days since 1970; without a date it is the oldest.
    datum: i32,
    tijd: u32,
    is_said: bool,
    bron: u32,
    regel: i64,
    row: u32,
    client: i64,
    agb: u32,
    is_deleted: bool,
}

/// What a declaratie is held against; small, because it is looked up for every line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Newest {
    key: u64,
    proof: u64,
    pub(super) client: i64,
    pub(super) agb: u32,
    pub(super) is_deleted: bool,
}

/// A number that two clients or aanbieders share: where its newest version stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gemengd {
    pub(super) nummer: String,
    pub(super) bron: String,
    pub(super) regel: i64,
}

/// The newest versions.
pub(super) struct Versies {
    /// Per row of the base tables: the newest version, and not withdrawn.
    pub(super) is_newest: Vec<bool>,
    /// AGB codes of the newest versions, each with its number.
    pub(super) aanbieders: HashMap<String, u32, FixedState>,
    pub(super) gemengd: Vec<Gemengd>,
    /// In the order of their keys.
    newest: Vec<Newest>,
    /// Where the keys with these first bits begin; one more at the end.
    begins: Vec<u32>,
    shift: u32,
}

/// The versions of one slice, with numbers of its own.
#[derive(Default)]
struct Slice {
    versies: Vec<Versie>,
    agb: Texts,
    tijd: Texts,
    bron: Texts,
}

impl Slice {
    fn of(first: usize, frame: &DataFrame) -> PolarsResult<Self> {
        let batch = Batch(frame);
        let mut out = Self::default();
        let (gemeente, nummer) = (batch.texts("gemeente")?, batch.texts("toewijzingnummer")?);
        let (agb, tijd, bron) =
            (batch.texts("agb")?, batch.texts("toewijzingstijd")?, batch.texts("bron")?);
        let (reden, referentie) =
            (batch.texts("reden_wijziging")?, batch.texts("referentie_aanbieder")?);
        let (client, regel) = (batch.ints("client")?, batch.ints("regel")?);
        let date = |name: &str| Ok::<_, PolarsError>(batch.dates(name)?.physical());
        let (datum, van, tot) =
            (date("toewijzingsdatum")?, date("ingangsdatum")?, date("einddatum")?);
        for row in 0..frame.height() {
            let about = (text(gemeente, row), text(nummer, row));
            let is_deleted = match text(reden, row) {
                DELETED => true,
                DELETED_BEFORE_2022 => van.get(row) == tot.get(row),
                _ => false,
            };
            out.versies.push(Versie {
                key: key(&about),
                proof: proof(&about),
                datum: datum.get(row).unwrap_or(i32::MIN),
                tijd: out.tijd.number(text(tijd, row)),
                is_said: !text(reden, row).is_empty() || !text(referentie, row).is_empty(),
                bron: out.bron.number(text(bron, row)),
                regel: regel.get(row).unwrap_or_default(),
                row: u32::try_from(first + row).unwrap_or(u32::MAX),
                client: client.get(row).unwrap_or_default(),
                agb: out.agb.number(text(agb, row)),
                is_deleted,
            });
        }
        Ok(out)
    }

    /// Adds another slice, of which the numbers become those of this one.
    fn add(&mut self, other: Self) {
        let agb = self.agb.numbers_of(&other.agb);
        let tijd = self.tijd.numbers_of(&other.tijd);
        let bron = self.bron.numbers_of(&other.bron);
        self.versies.extend(other.versies.into_iter().map(|one| Versie {
            agb: agb[one.agb as usize],
            tijd: tijd[one.tijd as usize],
            bron: bron[one.bron as usize],
            ..one
        }));
    }
}

impl Versies {
    /// Collapses the versions in these files (`OP033x1`, IV013).
    pub(super) fn collapse(files: &[PathBuf], stop: &AtomicBool) -> Result<Self> {
        let mut all = Slice::default();
        let work = |first: usize, frame: &DataFrame| {
            u32::try_from(first + frame.height()).context("er zijn te veel toewijzingen")?;
            computing(Slice::of(first, frame), "de toewijzingen")
        };
        side_by_side(files, COLUMNS, stop, work, |slice| {
            all.add(slice);
            Ok(())
        })?;
        let Slice { mut versies, agb, tijd, bron } = all;
        // From here on a lower number is an earlier text.
        let (tijden, bronnen) = (tijd.ranks(), bron.ranks());
        for one in &mut versies {
            one.tijd = tijden[one.tijd as usize];
            one.bron = bronnen[one.bron as usize];
        }
        versies.par_sort_unstable();
        Self::of(&versies, agb, &bron.sorted(), (files, stop))
    }

    fn of(
        versies: &[Versie],
        agb: Texts,
        bron: &[String],
        (files, stop): (&[PathBuf], &AtomicBool),
    ) -> Result<Self> {
        let mut is_newest = vec![false; versies.len()];
        let mut newest: Vec<Newest> = Vec::new();
        let mut mixed: Vec<&Versie> = Vec::new();
        let is_same = |a: &Versie, b: &Versie| (a.key, a.proof) == (b.key, b.proof);
        for group in versies.chunk_by(is_same) {
            let last = &group[group.len() - 1];
            is_newest[last.row as usize] = !last.is_deleted;
            if group.iter().any(|one| (one.client, one.agb) != (last.client, last.agb)) {
                mixed.push(last);
            }
            let Versie { key, proof, client, agb, is_deleted, .. } = *last;
            newest.push(Newest { key, proof, client, agb, is_deleted });
        }
        let used: BTreeSet<u32> = newest.iter().map(|one| one.agb).collect();
        let aanbieders = agb.into_numbers().filter(|(_, number)| used.contains(number));
        let gemengd = gemengd(files, &mixed, bron, stop)?;
        let (begins, shift) = index(newest.iter().map(|one| one.key));
        Ok(Self { is_newest, aanbieders: aanbieders.collect(), gemengd, newest, begins, shift })
    }

    /// The newest versions of toewijzingen, each by both its hashes. All places are looked up before any of them is looked
    /// at: the waits for memory are then one after another's beginning, not its end.
    pub(super) fn find_all(&self, wanted: &[Option<(u64, u64)>]) -> Vec<Option<&Newest>> {
        let place = |(key, _): (u64, u64)| {
            let at = usize::try_from(key >> self.shift).expect("few bits are left");
            self.begins[at] as usize..self.begins[at + 1] as usize
        };
        let places: Vec<Option<Range<usize>>> = wanted.iter().map(|one| one.map(place)).collect();
        let find = |(about, place): (&Option<(u64, u64)>, Option<Range<usize>>)| {
            let (about, place) = (*about).zip(place)?;
            self.newest[place].iter().find(|one| (one.key, one.proof) == about)
        };
        wanted.iter().zip(places).map(find).collect()
    }
}

/// Where keys with equal first bits begin, with so many bits that few share them, and by how much a key is shifted to get
/// those bits. The keys are in order, and counted in 32 bits.
pub(super) fn index(keys: impl ExactSizeIterator<Item = u64>) -> (Vec<u32>, u32) {
    let n = u32::try_from(keys.len()).expect("rows are counted in u32");
    let bits = n.max(2).ilog2();
    let shift = 64 - bits;
    let mut begins = Vec::with_capacity((1 << bits) + 1);
    for (at, key) in (0_u32..).zip(keys) {
        let first = usize::try_from(key >> shift).expect("few bits are left");
        while begins.len() <= first {
            begins.push(at);
        }
    }
    begins.resize((1 << bits) + 1, n);
    (begins, shift)
}

/// The numbers themselves, read again: they are few.
fn gemengd(
    files: &[PathBuf],
    mixed: &[&Versie],
    bron: &[String],
    stop: &AtomicBool,
) -> Result<Vec<Gemengd>> {
    if mixed.is_empty() {
        return Ok(Vec::new());
    }
    let of_row: BTreeMap<usize, &Versie> =
        mixed.iter().map(|one| (one.row as usize, *one)).collect();
    let mut out = Vec::new();
    let work = |first: usize, frame: &DataFrame| {
        let nummer = computing(Batch(frame).texts("toewijzingnummer"), "de toewijzingen")?;
        let here = of_row.range(first..first + frame.height());
        let found = here.map(|(row, one)| Gemengd {
            nummer: text(nummer, row - first).to_owned(),
            bron: bron[one.bron as usize].clone(),
            regel: one.regel,
        });
        Ok(found.collect::<Vec<_>>())
    };
    side_by_side(files, &["toewijzingnummer"], stop, work, |found| {
        out.extend(found);
        Ok(())
    })?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newest(key: u64) -> Newest {
        Newest { key, proof: !key, client: 0, agb: 0, is_deleted: false }
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        for n in [0_u64, 1, 2, 3, 1000] {
            let mut keys: Vec<u64> = (0..n).map(|i| key(&i)).collect();
            keys.extend([0, u64::MAX]);
            keys.sort_unstable();
            let newest: Vec<Newest> = keys.iter().map(|key| newest(*key)).collect();
            let (begins, shift) = index(newest.iter().map(|one| one.key));
            let is_newest = Vec::new();
            let aanbieders = HashMap::default();
            let gemengd = Vec::new();
            let all = Versies { is_newest, aanbieders, gemengd, newest, begins, shift };
            let found = |wanted: &dyn Fn(&u64) -> Option<(u64, u64)>| -> Vec<Option<u64>> {
                let wanted: Vec<_> = keys.iter().map(wanted).collect();
                all.find_all(&wanted).into_iter().map(|one| one.map(|one| one.key)).collect()
            };
            let every: Vec<Option<u64>> = keys.iter().copied().map(Some).collect();
            let none = vec![None; keys.len()];
            assert_eq!(found(&|key| Some((*key, !key))), every, "{n}");
            assert_eq!(found(&|key| Some((*key, *key))), none, "another proof is another one");
            assert_eq!(found(&|_| None), none);
            assert!(all.find_all(&[Some((1, !1))])[0].is_none());
        }
    }
}
