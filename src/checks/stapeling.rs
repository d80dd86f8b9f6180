//! Toewijzingen that lie on top of each other: the same product, client and aanbieder at the same time.
//!
//! Enters: the derived toewijzingen, that is the newest versions. Leaves: hits. Equal keys are found on disk, so that
//! memory stays bounded; what shares a key is told apart by a second one.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use foldhash::fast::FixedState;
use polars::prelude::{DataFrame, PolarsResult};
use rayon::prelude::*;

use crate::checks::regel::day;
use crate::checks::regels::{key, proof};
use crate::checks::stroom::{Batch, text};
use crate::checks::texts::Texts;
use crate::checks::treffers::Treffers;
use crate::dataset::parquet::computing;
use crate::dataset::slices::side_by_side;
use crate::dataset::spill::Spill;
use crate::rejects::{Reject, Rule, Severity};
use crate::schema::TOEWIJZINGEN;

/// No stacking.
pub(super) const TR302: Rule = Rule {
    code: "TR302",
    severity: Severity::Waarschuwing,
    title: "toewijzing overlapt een andere van hetzelfde product",
    explanation: "Voor een cliënt, aanbieder en product loopt er op een dag hooguit één toewijzing (OP259). Vergeleken zijn de nieuwste \
        versies; verwijderde toewijzingen tellen niet mee.",
    remedy: "vraag de gemeente welke toewijzing geldt en de andere in te trekken",
    source: "iJw 3.2 (OP259)",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR302];

const COLUMNS: &[&str] = &[
    "gemeente",
    "agb",
    "client",
    "productcategorie",
    "productcode",
    "ingangsdatum",
    "einddatum",
    "bron",
    "regel",
];

/// A toewijzing with a product and a valid period.
struct Toegewezen<'f> {
    about: (&'f str, &'f str, i64, &'f str, &'f str),
    van: i32,
    tot: i32,
    bron: &'f str,
    regel: i64,
}

/// Judges all toewijzingen; `folder` is for keys that do not fit in memory.
pub(super) fn check(
    toewijzingen: &Path,
    folder: &Path,
    stop: &AtomicBool,
    hits: &mut Treffers,
) -> Result<()> {
    let files = [toewijzingen.to_path_buf()];
    let mut spans = Spill::new(folder);
    let span = |r: &Toegewezen<'_>| Some((key(&r.about), packed(r.van, r.tot)));
    walk(&files, stop, span, |pairs| spans.extend(&pairs))?;
    let mut suspect: HashSet<u64, FixedState> = HashSet::default();
    spans.for_each_part(stop, |part| {
        let groups = part.chunk_by(|a, b| a.0 == b.0).filter(|group| overlaps(group));
        suspect.extend(groups.map(|group| group[0].0));
    })?;
    if suspect.is_empty() {
        return Ok(());
    }
    let mut bronnen = Texts::default();
    let mut found = Vec::new();
    let wanted = |r: &Toegewezen<'_>| suspect.contains(&key(&r.about)).then(|| r.owned());
    walk(&files, stop, wanted, |rows| {
        found.extend(
            rows.into_iter().map(|(one, bron)| Verdacht { bron: bronnen.number(&bron), ..one }),
        );
        Ok(())
    })?;
    report(found, &bronnen, hits);
    Ok(())
}

fn walk<T: Send>(
    files: &[PathBuf],
    stop: &AtomicBool,
    each: impl Fn(&Toegewezen<'_>) -> Option<T> + Sync,
    take: impl FnMut(Vec<T>) -> Result<()>,
) -> Result<()> {
    let work = |_: usize, frame: &DataFrame| computing(rows(frame, &each), "de toewijzingen");
    side_by_side(files, COLUMNS, stop, work, take)
}

fn rows<T>(frame: &DataFrame, each: impl Fn(&Toegewezen<'_>) -> Option<T>) -> PolarsResult<Vec<T>> {
    let batch = Batch(frame);
    let (gemeente, agb, client) =
        (batch.texts("gemeente")?, batch.texts("agb")?, batch.ints("client")?);
    let (categorie, code) = (batch.texts("productcategorie")?, batch.texts("productcode")?);
    let (van, tot) = (batch.dates("ingangsdatum")?, batch.dates("einddatum")?);
    let (bron, regel) = (batch.texts("bron")?, batch.ints("regel")?);
    let one = |row: usize| {
        let client = client.get(row)?;
        let about =
            (text(gemeente, row), text(agb, row), client, text(categorie, row), text(code, row));
        let van = van.physical().get(row)?;
        let tot = tot.physical().get(row).unwrap_or(i32::MAX);
        let has_product = !about.3.is_empty() || !about.4.is_empty();
        let one = Toegewezen { about, van, tot, bron: text(bron, row), regel: regel.get(row)? };
        (has_product && van <= tot).then_some(one)
    };
    Ok((0..frame.height()).filter_map(one).filter_map(|regel| each(&regel)).collect())
}

/// One that may be stacked, packed: in a region that stacks by habit there are millions.
#[derive(Debug, Clone, Copy)]
struct Verdacht {
    /// Two independent hashes of gemeente, AGB code, client, category and code.
    about: (u64, u64),
    van: i32,
    tot: i32,
    regel: i64,
    /// Number of the file.
    bron: u32,
}

impl Toegewezen<'_> {
    fn owned(&self) -> (Verdacht, Box<str>) {
        let about = (key(&self.about), proof(&self.about));
        let Self { van, tot, regel, .. } = *self;
        (Verdacht { about, van, tot, regel, bron: 0 }, self.bron.into())
    }
}

/// Begin and end in one number, in the order of the begin.
fn packed(van: i32, tot: i32) -> u64 {
    let order = |day: i32| u64::from(day.cast_unsigned() ^ (1 << 31));
    order(van) << 32 | order(tot)
}

/// True when a span begins before an earlier one has ended; spans are in the order of their begin.
fn overlaps(group: &[(u64, u64)]) -> bool {
    let mut last = None;
    group.iter().any(|(_, span)| {
        let (van, tot) = (span >> 32, span & u64::from(u32::MAX));
        let is_on_top = last.is_some_and(|last| van <= last);
        last = last.max(Some(tot));
        is_on_top
    })
}

/// Which of two that begin and end alike is named does not depend on the order of the files.
fn report(mut found: Vec<Verdacht>, bronnen: &Texts, hits: &mut Treffers) {
    let place = |one: &Verdacht| (bronnen.text(one.bron), one.regel);
    found.par_sort_unstable_by(|a, b| {
        let span = |one: &Verdacht| (one.about, one.van, one.tot);
        (span(a), place(a)).cmp(&(span(b), place(b)))
    });
    for group in found.chunk_by(|a, b| a.about == b.about) {
        let mut last: Option<i32> = None;
        for Verdacht { van, tot, bron, regel, .. } in group {
            if let Some(earlier) = last.filter(|last| van <= last) {
                let (bron, regel) = (bronnen.text(*bron), regel.cast_unsigned());
                hits.add_at(&TR302, bron, regel, || hit(*van, earlier, bron, regel));
            }
            last = last.max(Some(*tot));
        }
    }
}

/// A toewijzing that begins before an earlier one has ended.
fn hit(van: i32, earlier: i32, bron: &str, regel: u64) -> Reject {
    let expected = if earlier == i32::MAX {
        "de eerdere loopt door zonder einddatum".to_owned()
    } else {
        format!("na {}", day(earlier))
    };
    Reject {
        table: TOEWIJZINGEN.name.to_owned(),
        column: "ingangsdatum".to_owned(),
        found: format!("vanaf {}", day(van)),
        expected,
        ..Reject::new(&TR302, bron, regel)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(spans: &[(i32, i32)], expect: bool) {
        let mut group: Vec<(u64, u64)> = spans.iter().map(|(a, b)| (1, packed(*a, *b))).collect();
        group.sort_unstable();
        assert_eq!(overlaps(&group), expect, "{spans:?}");
    }

    #[test]
    fn spans_overlap_when_they_share_a_day_also_before_1970() {
        check(&[(1, 5), (6, 9)], false);
        check(&[(1, 5), (5, 9)], true);
        check(&[(-9, -1), (0, 3)], false);
        check(&[(-9, 0), (0, 3)], true);
        check(&[(1, i32::MAX), (9, 10)], true);
        check(&[(1, 20), (2, 3), (10, 11)], true);
        check(&[(1, 5)], false);
    }
}
