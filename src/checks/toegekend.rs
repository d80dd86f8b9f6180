//! What the newest toewijzingen grant, packed: found by gemeente, number and client for every line that is held against them.
//!
//! Enters: the derived toewijzingen, in parts of the clients so that memory stays bounded. Leaves: what a line may be, and
//! per toewijzing what its lines are together. Texts that repeat are numbers here; gemeente and number are two independent
//! hashes of 64 bits, of which the second is the proof that the first is no coincidence.

use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context as _, Result};
use polars::prelude::{DataFrame, PolarsResult};
use rayon::prelude::*;

use crate::checks::omvang::Frequentie;
use crate::checks::oplopend::in_unit_milli;
use crate::checks::regels::{key, proof};
use crate::checks::stroom::{Batch, text};
use crate::checks::texts::Texts;
use crate::checks::versies::index;
use crate::dataset::parquet::{computing, rows, side_by_side};

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

/// The newest version of one toewijzing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Toegekend {
    pub(super) proof: u64,
    pub(super) client: i64,
    categorie: u32,
    code: u32,
    eenheid: u32,
    frequentie: u32,
    pub(super) ingangsdatum: Option<i32>,
    pub(super) einddatum: Option<i32>,
    pub(super) volume_milli: Option<i64>,
    pub(super) budget_ct: Option<i64>,
}

/// What lines on one toewijzing are together.
#[derive(Debug, Default)]
struct Samen {
    volume_milli: AtomicI64,
    bedrag_ct: AtomicI64,
}

/// The toewijzingen of one part.
pub(super) struct Toegekenden {
    deel: Deel,
    rows: Vec<Toegekend>,
    samen: Vec<Samen>,
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
    pub(super) fn load(toewijzingen: &Path, deel: Deel) -> Result<Self> {
        let mut all = Slice::default();
        let files = [toewijzingen.to_path_buf()];
        let work = |_: usize, frame: &DataFrame| computing(Slice::of(frame, deel), WHAT);
        side_by_side(&files, COLUMNS, work, |slice| {
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
        let samen = all.rows.iter().map(|_| Samen::default()).collect();
        Self { deel, rows: all.rows, samen, keys, begins, shift, texts: all.texts, frequenties }
    }

    /// The toewijzingen of this part that a line names: their positions. After a merger of gemeenten two may have one number.
    pub(super) fn find(
        &self,
        gemeente: &str,
        nummer: &str,
        client: i64,
    ) -> impl Iterator<Item = usize> {
        let wanted = self.deel.has(client).then(|| about(gemeente, nummer));
        wanted.into_iter().flat_map(move |(key, proof)| {
            let at = usize::try_from(key >> self.shift).expect("few bits are left");
            let (begin, end) = (self.begins[at] as usize, self.begins[at + 1] as usize);
            let same = self.keys[begin..end].iter().filter(move |(one, _)| *one == key);
            same.map(|(_, at)| *at as usize).filter(move |at| {
                let one = &self.rows[*at];
                (one.proof, one.client) == (proof, client)
            })
        })
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
        let granted = self.texts.text(self.rows[at].eenheid);
        let samen = &self.samen[at];
        // Without a unit nothing says how much it is.
        if !eenheid.is_empty() {
            let milli = in_unit_milli(volume_milli, eenheid, granted);
            samen.volume_milli.fetch_add(milli, Ordering::Relaxed);
        }
        samen.bedrag_ct.fetch_add(bedrag_ct, Ordering::Relaxed);
    }

    /// Every toewijzing with the key of its gemeente and number, and the volume (of hours as minutes) and euros declared on it.
    pub(super) fn declared(&self) -> impl Iterator<Item = (u64, &Toegekend, i64, i64)> {
        self.keys.iter().map(|(key, at)| {
            let (one, samen) = (&self.rows[*at as usize], &self.samen[*at as usize]);
            let volume_milli = samen.volume_milli.load(Ordering::Relaxed);
            (*key, one, volume_milli, samen.bedrag_ct.load(Ordering::Relaxed))
        })
    }
}

/// Two independent hashes of gemeente and number.
pub(super) fn about(gemeente: &str, nummer: &str) -> (u64, u64) {
    let both = (gemeente, nummer);
    (key(&both), proof(&both))
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
            });
        }
        Toegekenden::of(slice, deel)
    }

    const WHOLE: Deel = Deel { at: 0, of: 1 };

    #[test]
    fn a_toewijzing_is_found_by_gemeente_number_and_client() {
        let all = toegekenden(WHOLE, &[("1", 7), ("2", 7), ("1", -8), ("1", 7)]);
        let find = |gemeente, nummer, client| -> Vec<usize> {
            all.find(gemeente, nummer, client).collect()
        };
        assert_eq!(find("0484", "1", 7), [0, 3]);
        assert_eq!(find("0484", "1", -8), [2]);
        assert_eq!(find("0484", "2", 7), [1]);
        assert_eq!(find("0484", "2", -8), []);
        assert_eq!(find("0513", "1", 7), []);
        assert_eq!(all.frequentie(all.get(0)), Some(Frequentie::Week));
        let none = toegekenden(WHOLE, &[]);
        assert_eq!(none.find("0484", "1", 7).count(), 0);
    }

    #[test]
    fn lines_on_one_add_up_in_its_unit_and_without_a_unit_only_their_euros() {
        let all = toegekenden(WHOLE, &[("1", 7), ("2", 7)]);
        all.declare(0, 2_000, "04", 500);
        all.declare(0, 30_000, "01", 250);
        all.declare(0, 9_000, "", 50);
        all.declare(1, 9_000, "82", 1);
        let mut sums: Vec<(u64, i64, i64)> =
            all.declared().map(|(key, _, milli, ct)| (key, milli, ct)).collect();
        let mut expected = vec![(about("0484", "1").0, 150_000, 800), (about("0484", "2").0, 0, 1)];
        sums.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sums, expected);
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
