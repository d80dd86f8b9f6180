//! Observations: the prices of a product and unit, equal ones of one aanbieder together.

use std::collections::BTreeMap;

use crate::findings::Context;
use crate::findings::figures::{Figure, whole_cents};
use crate::findings::kosten::prijs::{Oordeel, Prijs};

/// Product and unit.
pub(super) type Key = (String, String);

/// What the figures say of one price, before it is judged.
pub(super) struct Waarneming {
    pub(super) aanbieder: String,
    pub(super) prijs_ct: i64,
    gemeenten: Vec<String>,
    bedrag_ct: i64,
    volume_milli: i64,
    cites: Vec<String>,
}

/// The prices per product and unit, equal ones of an aanbieder together.
pub(super) fn observations(context: &Context<'_>) -> BTreeMap<Key, Vec<Waarneming>> {
    let keys = ["productcode", "eenheid", "gemeente", "aanbieder", "kwartaal"];
    let of = |figure: &Figure<'_>| keys.map(|key| figure.key(key).to_owned());
    let volumes = context.cells("prijs_per_aanbieder_volume", &keys);
    let volumes: BTreeMap<[String; 5], Figure<'_>> =
        volumes.into_iter().map(|figure| (of(&figure), figure)).collect();
    let mut groups: BTreeMap<Key, BTreeMap<(String, i64), Waarneming>> = BTreeMap::new();
    for bedrag in context.cells("prijs_per_aanbieder", &keys) {
        let key = of(&bedrag);
        let Some(volume) = volumes.get(&key) else { continue };
        if bedrag.value() <= 0 || volume.value() <= 0 {
            continue;
        }
        let prijs_ct = price_ct(bedrag.value(), volume.value());
        let [productcode, eenheid, gemeente, aanbieder, _] = key;
        let one = groups
            .entry((productcode, eenheid))
            .or_default()
            .entry((aanbieder.clone(), prijs_ct))
            .or_insert_with(|| Waarneming {
                aanbieder,
                prijs_ct,
                gemeenten: Vec::new(),
                bedrag_ct: 0,
                volume_milli: 0,
                cites: Vec::new(),
            });
        one.gemeenten.push(gemeente);
        one.bedrag_ct += bedrag.value();
        one.volume_milli += volume.value();
        one.cites.extend([bedrag.address(), volume.address()]);
    }
    groups.into_iter().map(|(key, prices)| (key, prices.into_values().collect())).collect()
}

/// Whole cents per unit, half up; what is under a cent counts as a cent, so that it has a logarithm and is not lost.
fn price_ct(bedrag_ct: i64, volume_milli: i64) -> i64 {
    let (bedrag, volume) = (i128::from(bedrag_ct), i128::from(volume_milli));
    let rounded = (2000 * bedrag + volume) / (2 * volume);
    i64::try_from(rounded).unwrap_or(i64::MAX).max(1)
}

impl Waarneming {
    /// The price with what is said of it.
    pub(super) fn into_prijs(self, midden_ct: f64, z: Option<f64>, oordeel: Oordeel) -> Prijs {
        let volume = self.volume_milli as f64 / 1000.0;
        Prijs {
            aanbieder: self.aanbieder,
            gemeenten: self.gemeenten,
            prijs_ct: self.prijs_ct,
            volume,
            z,
            boven_midden_ct: whole_cents(self.bedrag_ct as f64 - midden_ct * volume),
            oordeel,
            cites: self.cites,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_in_whole_cents_and_never_nothing() {
        assert_eq!(price_ct(8_300, 1_000), 8_300);
        assert_eq!(price_ct(25_000, 3_000), 8_333);
        assert_eq!(price_ct(133, 2_000), 67, "half a cent goes up");
        assert_eq!(price_ct(1, 1_000_000), 1, "under a cent is a cent");
        assert_eq!(price_ct(i64::MAX, 1), i64::MAX, "too large to hold is the largest there is");
    }
}
