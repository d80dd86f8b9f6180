//! One walk over the declaraties that count, for every rule that holds a line against a small table or against itself.
//!
//! Enters: the derived declaraties and the rules. Leaves: hits. A slice is read once, with the columns of all rules together,
//! and only where one of them has something to judge. In memory are the slices that are being looked at, whatever their number.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use foldhash::fast::FixedState;
use polars::prelude::{DataFrame, Int64Chunked, PolarsResult, StringChunked};

use crate::checks::stroom::{Batch, text};
use crate::checks::treffers::Treffers;
use crate::dataset::parquet::computing;
use crate::dataset::slices::{Part, side_by_side_where};
use crate::rejects::{Reject, Rule, excerpt};
use crate::schema::DECLARATIES;

/// A rule with what broke it.
pub(super) type Hit = (&'static Rule, Reject);

/// A rule that looks at every line once.
pub(super) trait Toets: Sync {
    /// The columns it looks at.
    fn columns(&self) -> &'static [&'static str];

    /// A line without a value in this column is nothing to it.
    fn judged(&self) -> &'static str;

    /// Judges the lines of a slice. Slices come side by side, in no order.
    fn look(&self, slice: &DataFrame, hits: &mut Vec<Hit>) -> PolarsResult<()>;

    /// Says what all lines together show.
    fn finish(&self, _hits: &mut Treffers) {}
}

/// Walks past all lines.
pub(super) fn walk(
    declaraties: &Path,
    toetsen: &[&dyn Toets],
    stop: &AtomicBool,
    hits: &mut Treffers,
) -> Result<()> {
    let columns: BTreeSet<&str> =
        toetsen.iter().flat_map(|toets| toets.columns()).copied().collect();
    let columns: Vec<&str> = columns.into_iter().collect();
    let is_needed = |part: &Part<'_>| toetsen.iter().any(|toets| part.has_any(toets.judged()));
    let work = |_: usize, slice: &DataFrame| {
        let mut found = Vec::new();
        for toets in toetsen {
            computing(toets.look(slice, &mut found), "de regels over bestanden heen")?;
        }
        Ok(found)
    };
    side_by_side_where(
        &[declaraties.to_path_buf()],
        &columns,
        stop,
        is_needed,
        work,
        |found: Vec<Hit>| {
            for (rule, hit) in found {
                hits.add(rule, hit);
            }
            Ok(())
        },
    )?;
    for toets in toetsen {
        toets.finish(hits);
    }
    Ok(())
}

/// Where the lines of a slice stand, and their euros: columns `bron`, `regel` and `bedrag_ct`.
pub(super) struct Plaatsen<'f> {
    bron: &'f StringChunked,
    regel: &'f Int64Chunked,
    bedrag_ct: &'f Int64Chunked,
}

impl<'f> Plaatsen<'f> {
    /// Those of a slice.
    pub(super) fn of(slice: &'f DataFrame) -> PolarsResult<Self> {
        let batch = Batch(slice);
        Ok(Self {
            bron: batch.texts("bron")?,
            regel: batch.ints("regel")?,
            bedrag_ct: batch.ints("bedrag_ct")?,
        })
    }

    /// Euros of a line, in cents.
    pub(super) fn bedrag_ct(&self, row: usize) -> Option<i64> {
        self.bedrag_ct.get(row)
    }

    /// A line that breaks a rule in a column: what it says there and what it should say.
    pub(super) fn hit(
        &self,
        row: usize,
        (rule, column): (&'static Rule, &str),
        [found, expected]: [&str; 2],
    ) -> Hit {
        let line = self.regel.get(row).unwrap_or_default().cast_unsigned();
        let hit = Reject {
            table: DECLARATIES.name.to_owned(),
            column: column.to_owned(),
            found: excerpt(found),
            expected: excerpt(expected),
            bedrag_ct: self.bedrag_ct(row),
            ..Reject::new(rule, text(self.bron, row), line)
        };
        (rule, hit)
    }
}

/// What is the same for every line with the same values: found out once per slice.
pub(super) struct Eens<K, V> {
    places: HashMap<K, usize, FixedState>,
    known: Vec<(K, V)>,
    last: usize,
}

impl<K: Hash + Eq + Copy, V> Eens<K, V> {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self { places: HashMap::default(), known: Vec::new(), last: 0 }
    }

    /// What belongs to a key; `make` is called when it is new.
    pub(super) fn get(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        // Lines that are alike often follow each other.
        if self.known.get(self.last).is_none_or(|(last, _)| *last != key) {
            let known = &mut self.known;
            self.last = *self.places.entry(key).or_insert_with(|| {
                known.push((key, make()));
                known.len() - 1
            });
        }
        &mut self.known[self.last].1
    }

    /// Everything, in the order in which it appeared.
    pub(super) fn into_known(self) -> Vec<(K, V)> {
        self.known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_found_out_once_and_kept_apart() {
        let mut eens = Eens::new();
        let mut n_made = 0;
        for key in ["b", "b", "a", "b", "a", "a"] {
            *eens.get(key, || {
                n_made += 1;
                0
            }) += 1;
        }
        assert_eq!(n_made, 2);
        assert_eq!(eens.into_known(), [("b", 3), ("a", 3)]);
    }
}
