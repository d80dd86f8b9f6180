//! Who stands behind the rows of an answer: to be compared with another answer, and never to be seen.
//!
//! Enters: rows of the data, each with the row of the answer it counts for and its child. Leaves: [`Populaties`], of which
//! only can be asked which rows come too near to those of an earlier answer. It has no `Debug` and is written nowhere, so no
//! pseudonym leaves with it. Does not know which rows may be shown, nor how near is too near.
//!
//! Of each child behind a row of the answer one number is kept: the sum of numbers made of the rows of the data that count.
//! Two answers in which that number is the same count the same for that child, so that it falls away when one is subtracted
//! from the other. Whoever is left is whom the difference is about.

mod dichtbij;
mod drie;
#[cfg(test)]
mod tests;
mod vraag;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use crate::metrics::populatie::vraag::genummerd;
pub use crate::metrics::populatie::vraag::van_query;

/// Stands for the child of a row that does not say whose it is: such rows together count as one child, the fewest it
/// can be.
pub(super) const UNKNOWN: i64 = -1;

/// The texts of the keys that name a row of an answer, in the order of its columns.
pub type Sleutel = Vec<String>;

/// Everybody behind the rows of one answer.
#[derive(Clone, Default)]
pub struct Populaties {
    delen: Vec<Deel>,
}

/// Everybody behind the rows of one answer as far as one count looks at them.
#[derive(Clone)]
pub(super) struct Deel {
    /// Which table the rows are of and which of them count: counts that look at other rows cannot be subtracted.
    soort: String,
    /// False when it is known which children count, and not with which rows.
    is_gevolgd: bool,
    groepen: BTreeMap<Sleutel, Vec<Kind>>,
    /// Numbers of rows, those of one child behind one row of the answer together and sorted.
    rijen: Vec<u64>,
}

/// One child behind one row of the answer.
#[derive(Clone, Copy)]
struct Kind {
    wie: i64,
    /// The rows that count for it, added up: a row that counts twice is another sum.
    som: u64,
    /// Where its rows stand.
    van: u32,
    tot: u32,
}

/// One row of the data that counts for a row of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Telt {
    /// Which of the keys.
    pub(super) sleutel: u32,
    pub(super) kind: i64,
    /// A number of that row, the same in every question; without meaning where rows are not followed.
    pub(super) rij: u64,
}

impl Deel {
    /// Puts rows together. `sleutels` are the keys that [`Telt::sleutel`] counts.
    pub(super) fn new(
        soort: String,
        is_gevolgd: bool,
        sleutels: &[Sleutel],
        mut telt: Vec<Telt>,
    ) -> Self {
        telt.sort_unstable();
        let mut out = Self {
            soort,
            is_gevolgd,
            groepen: BTreeMap::new(),
            rijen: Vec::with_capacity(telt.len()),
        };
        for child in telt.chunk_by(|a, b| (a.sleutel, a.kind) == (b.sleutel, b.kind)) {
            let van = place(out.rijen.len());
            let som = child.iter().fold(0_u64, |sum, row| sum.wrapping_add(mixed(row.rij)));
            out.rijen.extend(child.iter().map(|row| row.rij));
            let kind = Kind { wie: child[0].kind, som, van, tot: place(out.rijen.len()) };
            let sleutel = sleutels[child[0].sleutel as usize].clone();
            out.groepen.entry(sleutel).or_default().push(kind);
        }
        // Two codes can have one text; then their children are put together.
        for kinderen in out.groepen.values_mut() {
            kinderen.sort_by_key(|kind| kind.wie);
        }
        out
    }
}

impl Populaties {
    pub(super) fn new(delen: Vec<Deel>) -> Self {
        Self { delen }
    }

    /// True for the answer to a question that is not about children.
    pub fn is_over_niemand(&self) -> bool {
        self.delen.is_empty()
    }

    /// The keys of the rows of the answer behind which somebody stands.
    pub fn sleutels(&self) -> BTreeSet<Sleutel> {
        self.delen.iter().flat_map(|deel| deel.groepen.keys().cloned()).collect()
    }

    /// Only the rows of the answer with these keys.
    pub fn alleen(&mut self, getoond: &BTreeSet<Sleutel>) {
        for deel in &mut self.delen {
            deel.groepen.retain(|sleutel, _| getoond.contains(sleutel));
        }
    }

    /// The rows that have to be hidden, because with an earlier answer they tell of fewer than `grens` children, but of some.
    pub fn te_dicht(&self, eerder: &[Self], grens: i64) -> BTreeSet<Sleutel> {
        let grens = usize::try_from(grens).unwrap_or_default();
        dichtbij::te_dicht(&self.delen, eerder, grens)
    }
}

fn place(at: usize) -> u32 {
    u32::try_from(at).expect("a result has fewer than 4 billion rows")
}

/// Spreads a number over all bits: sums of rows that were only counted would soon be the same.
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number of a row of the data, from what names it.
pub(super) fn rijnummer(delen: &[&[u8]], regel: i64) -> u64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut number = START;
    for deel in delen {
        // A byte that stands in no text ends each part.
        for byte in deel.iter().chain(&[0xff]) {
            number = (number ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }
    mixed(number ^ mixed(regel.cast_unsigned()))
}

/// The keys of a row as they are compared: a number has no zeros in front, however its column is shown.
pub fn sleutel<'t>(texts: impl Iterator<Item = &'t str>) -> Sleutel {
    let one = |text: &str| text.parse::<i64>().map_or_else(|_| text.to_owned(), |n| n.to_string());
    texts.map(one).collect()
}
