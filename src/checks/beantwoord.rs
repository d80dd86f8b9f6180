//! What the answers (JW325) say, packed: per prestatie that was refused 64 bytes, per declaratie that was answered some 60.
//!
//! Enters: the base tables of answers. Leaves: lists in which everything about one message, or one line in it, is found together.
//! Two independent hashes of 64 bits say which: the second is the proof that the first is no coincidence.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::{DataFrame, Int32Chunked, PolarsResult, StringChunked};

use crate::checks::regels::{key, proof};
use crate::checks::stroom::{Batch, text};
use crate::checks::texts::Texts;
use crate::dataset::parquet::computing;
use crate::dataset::slices::side_by_side;

pub(super) const WHAT: &str = "de antwoorden";

/// Columns of an answer.
const ANTWOORD: &[&str] = &[
    "agb",
    "identificatie",
    "dagtekening",
    "declaratienummer",
    "niveau",
    "referentienummer",
    "client",
    "bedrag_ct",
    "bron",
    "regel",
];

/// Two independent hashes: of a message, or of a message and a reference in it.
pub(super) type About = (u64, u64);

/// A prestatie as an answer repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Prestatie {
    pub(super) about: About,
    /// Number of the file of the answer.
    pub(super) bron: u32,
    pub(super) regel: i64,
    pub(super) client: Option<i64>,
    pub(super) bedrag_ct: Option<i64>,
}

/// The number of the declaratie as an answer names it, at the first place where it does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Genoemd {
    pub(super) about: About,
    pub(super) bron: u32,
    pub(super) nummer: Box<str>,
    pub(super) regel: i64,
}

/// What the answers say of prestaties and of declaraties, in the order of what they are about.
#[derive(Debug, Default)]
pub(super) struct Antwoorden {
    pub(super) prestaties: Vec<Prestatie>,
    pub(super) genoemd: Vec<Genoemd>,
    pub(super) bronnen: Texts,
}

impl Antwoorden {
    /// Reads the answers of the base tables.
    pub(super) fn load(files: &[PathBuf], stop: &AtomicBool) -> Result<Self> {
        let mut all = Self::default();
        let work = |_: usize, slice: &DataFrame| computing(Self::of(slice), WHAT);
        side_by_side(files, ANTWOORD, stop, work, |slice| {
            all.add(slice);
            Ok(())
        })?;
        all.prestaties.sort_unstable();
        all.genoemd.sort_unstable();
        // In the order of their lines: of those that say the same, the first stays.
        all.genoemd.dedup_by(|a, b| (a.about, a.bron, &a.nummer) == (b.about, b.bron, &b.nummer));
        Ok(all)
    }

    fn of(slice: &DataFrame) -> PolarsResult<Self> {
        let batch = Batch(slice);
        let message = Message::of(slice)?;
        let (nummer, niveau) = (batch.texts("declaratienummer")?, batch.texts("niveau")?);
        let (client, bedrag) = (batch.ints("client")?, batch.ints("bedrag_ct")?);
        let (bron, regel) = (batch.texts("bron")?, batch.ints("regel")?);
        let mut out = Self::default();
        for row in 0..slice.height() {
            let regel = regel.get(row).unwrap_or_default();
            let bron = out.bronnen.number(text(bron, row));
            if let Some((about, nummer)) = message.about(row).zip(nummer.get(row)) {
                // Lines of one answer follow each other and name the same number.
                let is_same =
                    |one: &Genoemd| (one.about, one.bron, &*one.nummer) == (about, bron, nummer);
                if !out.genoemd.last().is_some_and(is_same) {
                    out.genoemd.push(Genoemd { about, bron, nummer: nummer.into(), regel });
                }
            }
            if let Some(about) = message.line(row).filter(|_| text(niveau, row) == "prestatie") {
                let (client, bedrag_ct) = (client.get(row), bedrag.get(row));
                out.prestaties.push(Prestatie { about, bron, regel, client, bedrag_ct });
            }
        }
        Ok(out)
    }

    /// Adds another slice, of which the files get the numbers of this one.
    fn add(&mut self, other: Self) {
        let now = self.bronnen.numbers_of(&other.bronnen);
        let bron = |number: u32| now[number as usize];
        let prestaties = other.prestaties.into_iter();
        self.prestaties.extend(prestaties.map(|one| Prestatie { bron: bron(one.bron), ..one }));
        let genoemd = other.genoemd.into_iter();
        self.genoemd.extend(genoemd.map(|one| Genoemd { bron: bron(one.bron), ..one }));
    }
}

/// What names the message of an answer or of a line.
pub(super) struct Message<'f> {
    agb: &'f StringChunked,
    identificatie: &'f StringChunked,
    dagtekening: &'f Int32Chunked,
    referentienummer: &'f StringChunked,
}

impl<'f> Message<'f> {
    /// Of the rows of a slice.
    pub(super) fn of(slice: &'f DataFrame) -> PolarsResult<Self> {
        let batch = Batch(slice);
        Ok(Self {
            agb: batch.texts("agb")?,
            identificatie: batch.texts("identificatie")?,
            dagtekening: batch.dates("dagtekening")?.physical(),
            referentienummer: batch.texts("referentienummer")?,
        })
    }

    fn names(&self, row: usize) -> Option<(&'f str, &'f str, i32)> {
        Some((self.agb.get(row)?, self.identificatie.get(row)?, self.dagtekening.get(row)?))
    }

    /// The message; `None` when something that names it is empty.
    pub(super) fn about(&self, row: usize) -> Option<About> {
        self.names(row).map(|names| (key(&names), proof(&names)))
    }

    /// The line in the message; `None` when something that names it is empty.
    pub(super) fn line(&self, row: usize) -> Option<About> {
        let names = (self.names(row)?, self.referentienummer.get(row)?);
        Some((key(&names), proof(&names)))
    }
}

/// Where in a sorted list the things about one message or line are.
pub(super) fn about_it<T>(sorted: &[T], about: About, of: impl Fn(&T) -> About) -> Range<usize> {
    let begin = sorted.partition_point(|one| of(one) < about);
    let n = sorted[begin..].iter().take_while(|one| of(one) == about).count();
    begin..begin + n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_about_one_line_is_found_together() {
        let sorted = [(1, 1), (1, 2), (3, 0), (3, 0), (4, 7)];
        for about in sorted {
            let place = about_it(&sorted, about, |one| *one);
            let all: Vec<About> = sorted[place].to_vec();
            assert_eq!(all.len(), sorted.iter().filter(|one| **one == about).count());
            assert!(all.iter().all(|one| *one == about));
        }
        assert!(about_it(&sorted, (2, 9), |one| *one).is_empty());
        assert!(about_it(&sorted, (9, 9), |one| *one).is_empty());
    }
}
