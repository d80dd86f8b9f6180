//! Prices that were held against each other, for `herkomst/manifest.json`.

use serde_json::{Value, json};

use crate::disclosure::Published;
use crate::findings::kosten::{Oordeel, Prijs, PrijsGroep, Vergelijking};

/// Every group of prices that were held against each other, with what was said of each.
///
/// Prices and amounts are in eurocents; `z` is absent where there is no spread, `cites` are the figures they rest on.
pub(super) fn all(published: &Published) -> Vec<Value> {
    let price = |prijs: &Prijs| {
        json!({
            "aanbieder": prijs.aanbieder, "prijs_ct": prijs.prijs_ct, "z": prijs.z,
            "verschil_ct": prijs.boven_midden_ct, "cites": prijs.cites,
            "oordeel": match prijs.oordeel {
                Oordeel::Gewoon => "gewoon".to_owned(),
                Oordeel::Opvallend => "opvallend".to_owned(),
                Oordeel::Komma(macht) => format!("komma {macht}"),
            },
        })
    };
    let one = |groep: &PrijsGroep| {
        json!({
            "productcode": groep.productcode, "eenheid": groep.eenheid, "midden_ct": groep.midden_ct,
            "band_ct": groep.band_ct,
            "vergelijking": match groep.vergelijking {
                Vergelijking::Referentie => "regionaal tarief",
                Vergelijking::VastTarief => "vast tarief",
                Vergelijking::Spreiding => "spreiding",
                Vergelijking::EenAanbieder => "een aanbieder",
            },
            "prijzen": groep.prijzen.iter().map(price).collect::<Vec<_>>(),
        })
    };
    let groups = published.judged().kosten.prijzen.iter();
    groups.filter(|groep| groep.is_compared()).map(one).collect()
}
