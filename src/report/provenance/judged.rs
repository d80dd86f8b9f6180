//! What was computed from figures, by address, so that it can be computed again elsewhere.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::findings::Judged;
use crate::findings::maatwerk::vergelijking::{Oordeel, Vergelijking};
use crate::stats::Level;
use crate::stats::overdispersion::Decision;

/// Every judgement that may be seen.
pub(super) fn judged(judged: &Judged) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for vergelijking in [&judged.maatwerk, &judged.maatwerk_kwartaal].into_iter().flatten() {
        for one in &vergelijking.gemeenten {
            out.insert(vergelijking.address_of(&one.telling.code), oordeel(one));
        }
        out.insert(vergelijking.address_of("totaal"), spreiding(vergelijking));
    }
    out
}

fn oordeel(one: &Oordeel) -> Value {
    json!({
        "aantal": one.telling.aantal,
        "vrije_keuze": one.telling.vrije_keuze,
        "jeugdigen": one.telling.jeugdigen,
        "per_10000": rounded(one.per_10000),
        "ondergrens": rounded(one.interval.lower),
        "bovengrens": rounded(one.interval.upper),
        "elders_per_10000": rounded(one.elders_per_10000),
        "verwacht": rounded(one.verwacht),
        "kans_zo_weinig": rounded(one.tails.lower),
        "kans_zo_veel": rounded(one.tails.upper),
        "bereik": [one.bereik.low, one.bereik.high],
        "grens": match one.level {
            Level::Within => "binnen",
            Level::Beyond95(_) => "95%",
            Level::Beyond998(_) => "99,8%",
        },
        "binnen_zonder": one.binnen_zonder,
        "is_klein": one.is_klein,
    })
}

fn spreiding(vergelijking: &Vergelijking) -> Value {
    let kwartalen: Vec<String> = vergelijking.kwartalen.iter().map(ToString::to_string).collect();
    let spreiding = &vergelijking.spreiding;
    json!({
        "kwartalen": kwartalen,
        "per_10000": rounded(vergelijking.per_10000),
        "phi": rounded(spreiding.phi),
        "tau2": rounded(spreiding.tau2),
        "p": rounded(spreiding.p),
        "besluit": match spreiding.decision {
            Decision::Widened => "verbreed",
            Decision::NotNeeded => "niet nodig",
            Decision::TooFewUnits => "te weinig gemeenten",
        },
    })
}

/// Ten digits: what lies behind them differs between machines, and the bytes of a report may not.
fn rounded(value: f64) -> f64 {
    format!("{value:.9e}").parse().unwrap_or(value)
}
