//! From amounts and volumes of two quarters to effects per product, unit and aanbieder.
//!
//! Enters: figures of two quarters. Leaves: [`Effecten`] per item, that together are exactly the difference. Items of
//! different units are never added by volume: each unit is split by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::figures::Figure;
use crate::stats::decomposition::{Effects, TwoPeriods, decompose};
use crate::stats::{Computed, NotComputable};

/// What a difference is made of, in eurocents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effecten {
    /// More or less of the same.
    pub volume_ct: i64,
    /// The same for another price.
    pub prijs_ct: i64,
    /// Other products and aanbieders, new or gone ones included.
    pub mix_ct: i64,
    /// Credits that were not matched with their debit.
    pub correctie_ct: i64,
}

impl Effecten {
    /// All parts together.
    pub fn som_ct(&self) -> i64 {
        self.volume_ct + self.prijs_ct + self.mix_ct + self.correctie_ct
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.volume_ct += other.volume_ct;
        self.prijs_ct += other.prijs_ct;
        self.mix_ct += other.mix_ct;
        self.correctie_ct += other.correctie_ct;
    }
}

/// One product in one unit of one aanbieder; both quarters, the earlier first.
#[derive(Debug, Clone, Copy, Default)]
struct Post {
    bedrag_ct: [i64; 2],
    correctie_ct: [i64; 2],
    volume: [i64; 2],
}

/// Product, unit in which volumes may be added, aanbieder.
type Naam = (String, String, String);

/// All items of two quarters.
#[derive(Debug, Default)]
pub(super) struct Posten(BTreeMap<Naam, Post>);

/// An item's product, its amounts in both quarters, and its effects.
pub(super) type PerPost = Vec<(String, [i64; 2], Effecten)>;

impl Posten {
    fn post(&mut self, figure: &Figure<'_>) -> &mut Post {
        let key = |name: &str| figure.key(name).to_owned();
        let eenheid = unit(figure.key("eenheid")).0.to_owned();
        self.0.entry((key("productcode"), eenheid, key("aanbieder"))).or_default()
    }

    pub(super) fn add_bedrag(&mut self, quarter: usize, figure: &Figure<'_>) {
        let post = self.post(figure);
        let side = if figure.key("is_correctie") == "ja" {
            &mut post.correctie_ct
        } else {
            &mut post.bedrag_ct
        };
        side[quarter] += figure.value();
    }

    pub(super) fn add_volume(&mut self, quarter: usize, figure: &Figure<'_>) {
        let steps = unit(figure.key("eenheid")).1;
        self.post(figure).volume[quarter] += figure.value().saturating_mul(steps);
    }

    pub(super) fn n_aanbieders(&self) -> usize {
        self.0.keys().map(|(.., aanbieder)| aanbieder).collect::<BTreeSet<_>>().len()
    }

    /// The effects of every item.
    ///
    /// # Errors
    /// When sums run out of range.
    pub(super) fn effecten(&self) -> Computed<PerPost> {
        let mut per_unit: BTreeMap<&str, Vec<(&Naam, &Post)>> = BTreeMap::new();
        for (naam, post) in &self.0 {
            per_unit.entry(&naam.1).or_default().push((naam, post));
        }
        let mut out = Vec::new();
        for posten in per_unit.values() {
            let items: Vec<TwoPeriods> = posten.iter().map(|(_, post)| two_periods(post)).collect();
            for ((naam, post), effects) in posten.iter().zip(split(&items)?) {
                let effecten = Effecten {
                    volume_ct: effects.volume_ct,
                    prijs_ct: effects.price_ct,
                    mix_ct: effects.mix_ct,
                    correctie_ct: post.correctie_ct[1] - post.correctie_ct[0],
                };
                let amounts = [0, 1].map(|at| post.bedrag_ct[at] + post.correctie_ct[at]);
                out.push((naam.0.clone(), amounts, effecten));
            }
        }
        Ok(out)
    }
}

/// The effects of the items of one unit. A unit without volume in the earlier quarter is wholly new: mix.
fn split(items: &[TwoPeriods]) -> Computed<Vec<Effects>> {
    match decompose(items) {
        Ok(found) => Ok(found.items),
        Err(NotComputable::NoVolumeBefore) => {
            let change = |item: &TwoPeriods| item.amount_after_ct - item.amount_before_ct;
            Ok(items
                .iter()
                .map(|item| Effects { mix_ct: change(item), ..Effects::default() })
                .collect())
        }
        Err(reason) => Err(reason),
    }
}

/// The unit in which volumes may be added, and how many of it one is: an hour and a minute are both time, and who
/// changes from one to the other delivers no less.
fn unit(eenheid: &str) -> (&str, i64) {
    match eenheid {
        "04" => ("01", 60),
        other => (other, 1),
    }
}

fn two_periods(post: &Post) -> TwoPeriods {
    TwoPeriods {
        amount_before_ct: post.bedrag_ct[0],
        amount_after_ct: post.bedrag_ct[1],
        volume_before: post.volume[0],
        volume_after: post.volume[1],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naam(product: u8, eenheid: &str, aanbieder: u8) -> Naam {
        (format!("P{product}"), eenheid.to_owned(), format!("A{aanbieder}"))
    }

    #[test]
    fn a_unit_that_was_not_there_before_is_wholly_mix() {
        let mut posten = Posten::default();
        let new = Post { bedrag_ct: [0, 700], volume: [0, 1_000], ..Post::default() };
        posten.0.insert(naam(1, "82", 1), new);
        let found = posten.effecten().unwrap();
        let expected = Effecten { mix_ct: 700, ..Effecten::default() };
        assert_eq!(found, [("P1".to_owned(), [0, 700], expected)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn effects_add_up_to_the_cent_whatever_the_items(
            items in prop::collection::vec(
                ((0..4_u8, 0..4_usize, 0..3_u8), [0..9_000_000_i64, 0..9_000_000], [-90_000..=0_i64, -90_000..=0], [0..900_000_i64, 0..900_000]),
                0..30,
            )
        ) {
            let mut posten = Posten::default();
            for ((product, eenheid, aanbieder), bedrag_ct, correctie_ct, volume) in items {
                let eenheid = ["01", "14", "16", "82"][eenheid];
                posten.0.insert(naam(product, eenheid, aanbieder), Post { bedrag_ct, correctie_ct, volume });
            }
            let found = posten.effecten().unwrap();
            prop_assert_eq!(found.len(), posten.0.len());
            for (_, [before, after], effecten) in found {
                prop_assert_eq!(effecten.som_ct(), after - before);
            }
        }
    }
}
