//! What the newest toewijzingen grant, packed: found by gemeente, number and client for every line that is held against them.
//!
//! Enters: the derived toewijzingen, in parts of the clients so that memory stays bounded. Leaves: what a line may be, and
//! per toewijzing what its lines are together. Texts that repeat are numbers here; gemeente and number are two independent
//! hashes of 64 bits, of which the second is the proof that the first is no coincidence.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use anyhow::{Context as _, Result};
use polars::prelude::{DataFrame, PolarsResult};
use rayon::prelude::*;

use crate::checks::omvang::Frequentie;
use crate::checks::oplopend::in_unit_milli;
use crate::checks::regels::{key, proof};
use crate::checks::stroom::{Batch, text};
use crate::checks::texts::Texts;
use crate::checks::versies::index;
use crate::dataset::parquet::computing;
use crate::dataset::slices::{rows, side_by_side};

/// Toewijzingen that are in memory at once: some 150 bytes each.
const ROWS_AT_ONCE: usize = 1_500_000;

const WHAT: &str = "de toewijzingen";

const COLUMNS: &[&str] = &[
    "gemeente",
    "toewijzingnummer",
    "client",
    "productcategorie",
    "productcode",
    "ingangsdatum",
    "einddatum",
    "volume_milli",
    "eenheid",
    "frequentie",
    "budget_ct",
];

/// A part of the clients.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deel {
    at: i64,
    of: i64,
}

impl Deel {
    /// Parts that together have every client once, each with few enough of these toewijzingen.
    pub(super) fn all(toewijzingen: &Path) -> Result<Vec<Self>> {
        let of = i64::try_from(rows(toewijzingen)? / ROWS_AT_ONCE + 1)?;
        Ok((0..of).map(|at| Self { at, of }).collect())
    }

    /// True when the client is in this part. A pseudonym can be negative.
    pub(super) fn has(self, client: i64) -> bool {
        client.rem_euclid(self.of) == self.at
    }
}

/// The newest version of one toewijzing, and what lines on it are together.
#[derive(Debug)]
pub(super) struct Toegekend {
    proof: u64,
    client: i64,
    categorie: u32,
    code: u32,
    eenheid: u32,
    frequentie: u32,
    pub(super) ingangsdatum: Option<i32>,
    pub(super) einddatum: Option<i32>,
    pub(super) volume_milli: Option<i64>,
    pub(super) budget_ct: Option<i64>,
    /// Of hours as minutes.
    samen_milli: AtomicI64,
    samen_ct: AtomicI64,
}

/// What a line names, by its position among those that are looked up.
struct Wanted {
    line: usize,
    key: u64,
    proof: u64,
    client: i64,
}

/// The toewijzingen of one part.
pub(super) struct Toegekenden {
    deel: Deel,
    rows: Vec<Toegekend>,
    /// Key of gemeente and number with the position in `rows`, in order.
    keys: Vec<(u64, u32)>,
    /// Where the keys with these first bits begin; one more at the end.
    begins: Vec<u32>,
    shift: u32,
    texts: Texts,
    /// Per text.
    frequenties: Vec<Option<Frequentie>>,
}

/// The toewijzingen of one slice, with numbers of its own.
#[derive(Default)]
struct Slice {
    rows: Vec<Toegekend>,
    keys: Vec<u64>,
    texts: Texts,
}

impl Slice {
    fn of(frame: &DataFrame, deel: Deel) -> PolarsResult<Self> {
        let batch = Batch(frame);
        let mut out = Self::default();
        let (gemeente, nummer) = (batch.texts("gemeente")?, batch.texts("toewijzingnummer")?);
        let (client, volume) = (batch.ints("client")?, batch.ints("volume_milli")?);
        let (categorie, code) = (batch.texts("productcategorie")?, batch.texts("productcode")?);
        let (eenheid, frequentie) = (batch.texts("eenheid")?, batch.texts("frequentie")?);
        let (van, tot) =
            (batch.dates("ingangsdatum")?.physical(), batch.dates("einddatum")?.physical());
        let budget = batch.ints("budget_ct")?;
        for row in 0..frame.height() {
            // What has no name cannot be meant by a line.
            let (Some(gemeente), Some(nummer)) = (gemeente.get(row), nummer.get(row)) else {
                continue;
            };
            let Some(client) = client.get(row).filter(|client| deel.has(*client)) else { continue };
            let (key, proof) = about(gemeente, nummer);
            out.keys.push(key);
            out.rows.push(Toegekend {
                proof,
                client,
                categorie: out.texts.number(text(categorie, row)),
                code: out.texts.number(text(code, row)),
                eenheid: out.texts.number(text(eenheid, row)),
                frequentie: out.texts.number(text(frequentie, row)),
                ingangsdatum: van.get(row),
                einddatum: tot.get(row),
                volume_milli: volume.get(row),
                budget_ct: budget.get(row),
                samen_milli: AtomicI64::new(0),
                samen_ct: AtomicI64::new(0),
            });
        }
        Ok(out)
    }

    /// Adds another slice, of which the numbers become those of this one.
    fn add(&mut self, other: Self) {
        let numbers = self.texts.numbers_of(&other.texts);
        let now = |number: u32| numbers[number as usize];
        self.keys.extend(other.keys);
        self.rows.extend(other.rows.into_iter().map(|one| Toegekend {
            categorie: now(one.categorie),
            code: now(one.code),
            eenheid: now(one.eenheid),
            frequentie: now(one.frequentie),
            ..one
        }));
    }
}

impl Toegekenden {
    /// Reads those of one part of the clients.
    pub(super) fn load(toewijzingen: &Path, deel: Deel, stop: &AtomicBool) -> Result<Self> {
        let mut all = Slice::default();
        let files = [toewijzingen.to_path_buf()];
        let work = |_: usize, frame: &DataFrame| computing(Slice::of(frame, deel), WHAT);
        side_by_side(&files, COLUMNS, stop, work, |slice| {
            all.add(slice);
            Ok(())
        })?;
        u32::try_from(all.rows.len()).context("er zijn te veel toewijzingen")?;
        Ok(Self::of(all, deel))
    }

    fn of(all: Slice, deel: Deel) -> Self {
        let mut keys: Vec<(u64, u32)> = all.keys.into_iter().zip(0..).collect();
        keys.par_sort_unstable();
        let (begins, shift) = index(keys.iter().map(|(key, _)| *key));
        let frequenties = all.texts.iter().map(Frequentie::of).collect();
        Self { deel, rows: all.rows, keys, begins, shift, texts: all.texts, frequenties }
    }

    /// The toewijzingen of this part that lines name by gemeente, number and client: pairs of a position in `lines` and one
    /// here. After a merger of gemeenten two may have one number. Each step is done for all lines before the next one, so
    /// that they wait for memory together.
    pub(super) fn find_all(&self, lines: &[Option<(&str, &str, i64)>]) -> Vec<(usize, usize)> {
        let wanted: Vec<Wanted> = lines.iter().enumerate().filter_map(|l| self.wanted(l)).collect();
        let place = |one: &Wanted| {
            let at = usize::try_from(one.key >> self.shift).expect("few bits are left");
            self.begins[at] as usize..self.begins[at + 1] as usize
        };
        let places: Vec<Range<usize>> = wanted.iter().map(place).collect();
        let mut found: Vec<(&Wanted, usize)> = Vec::with_capacity(wanted.len());
        for (one, place) in wanted.iter().zip(places) {
            let same = self.keys[place].iter().filter(|(key, _)| *key == one.key);
            found.extend(same.map(|(_, at)| (one, *at as usize)));
        }
        found.retain(|(one, at)| {
            let granted = &self.rows[*at];
            (granted.proof, granted.client) == (one.proof, one.client)
        });
        found.into_iter().map(|(one, at)| (one.line, at)).collect()
    }

    fn wanted(&self, (line, named): (usize, &Option<(&str, &str, i64)>)) -> Option<Wanted> {
        let (gemeente, nummer, client) = (*named).filter(|(.., client)| self.deel.has(*client))?;
        let (key, proof) = about(gemeente, nummer);
        Some(Wanted { line, key, proof, client })
    }

    /// What is granted.
    pub(super) fn get(&self, at: usize) -> &Toegekend {
        &self.rows[at]
    }

    /// Category, code and unit; empty for none.
    pub(super) fn product(&self, one: &Toegekend) -> [&str; 3] {
        [one.categorie, one.code, one.eenheid].map(|number| self.texts.text(number))
    }

    /// How often; `None` when it is empty or no frequency.
    pub(super) fn frequentie(&self, one: &Toegekend) -> Option<Frequentie> {
        self.frequenties[one.frequentie as usize]
    }

    /// Adds a line to what is declared on a toewijzing.
    pub(super) fn declare(&self, at: usize, volume_milli: i64, eenheid: &str, bedrag_ct: i64) {
        let one = &self.rows[at];
        // Without a unit nothing says how much it is.
        if !eenheid.is_empty() {
            let milli = in_unit_milli(volume_milli, eenheid, self.texts.text(one.eenheid));
            add(&one.samen_milli, milli);
        }
        add(&one.samen_ct, bedrag_ct);
    }

    /// Number of toewijzingen.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// All of them, by position.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Toegekend> {
        self.rows.iter()
    }
}

impl Toegekend {
    /// Volume (of hours as minutes) and euros of the lines on it.
    pub(super) fn samen(&self) -> (i64, i64) {
        (self.samen_milli.load(Ordering::Relaxed), self.samen_ct.load(Ordering::Relaxed))
    }
}

/// Two independent hashes of gemeente and number.
fn about(gemeente: &str, nummer: &str) -> (u64, u64) {
    let both = (gemeente, nummer);
    (key(&both), proof(&both))
}

/// Adds to a sum that both cores add to. A sum that no longer fits stays at the end of what fits: far above any grant.
fn add(sum: &AtomicI64, value: i64) {
    let saturated = |known: i64| Some(known.saturating_add(value));
    sum.fetch_update(Ordering::Relaxed, Ordering::Relaxed, saturated)
        .expect("the new value is always given");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of each: number and client.
    fn toegekenden(deel: Deel, all: &[(&str, i64)]) -> Toegekenden {
        let mut slice = Slice::default();
        for (nummer, client) in all {
            let (key, proof) = about("0484", nummer);
            let eenheid = slice.texts.number("04");
            slice.keys.push(key);
            slice.rows.push(Toegekend {
                proof,
                client: *client,
                categorie: eenheid,
                code: eenheid,
                eenheid,
                frequentie: slice.texts.number("per week"),
                ingangsdatum: None,
                einddatum: None,
                volume_milli: None,
                budget_ct: None,
                samen_milli: AtomicI64::new(0),
                samen_ct: AtomicI64::new(0),
            });
        }
        Toegekenden::of(slice, deel)
    }

    const WHOLE: Deel = Deel { at: 0, of: 1 };

    #[test]
    fn a_toewijzing_is_found_by_gemeente_number_and_client() {
        let all = toegekenden(WHOLE, &[("1", 7), ("2", 7), ("1", -8), ("1", 7)]);
        let lines = [
            Some(("0484", "1", 7)),
            None,
            Some(("0484", "2", -8)),
            Some(("0513", "1", 7)),
            Some(("0484", "1", -8)),
            Some(("0484", "2", 7)),
        ];
        assert_eq!(all.find_all(&lines), [(0, 0), (0, 3), (4, 2), (5, 1)]);
        assert_eq!(all.find_all(&[]), []);
        assert_eq!(all.frequentie(all.get(0)), Some(Frequentie::Week));
        let none = toegekenden(WHOLE, &[]);
        assert_eq!(none.find_all(&lines), []);
    }

    #[test]
    fn lines_on_one_add_up_in_its_unit_and_without_a_unit_only_their_euros() {
        let all = toegekenden(WHOLE, &[("1", 7), ("2", 7)]);
        all.declare(0, 2_000, "04", 500);
        all.declare(0, 30_000, "01", 250);
        all.declare(0, 9_000, "", 50);
        all.declare(1, 9_000, "82", 1);
        let sums: Vec<(i64, i64)> = all.iter().map(Toegekend::samen).collect();
        assert_eq!(sums, [(150_000, 800), (0, 1)]);
    }

    #[test]
    fn every_client_is_in_one_part() {
        for client in [i64::MIN, -7, -3, -1, 0, 1, 2, 3, 10, i64::MAX] {
            for of in 1..=4 {
                let has = (0..of).filter(|at| Deel { at: *at, of }.has(client));
                assert_eq!(has.count(), 1, "{client} of {of}");
            }
        }
    }
}
