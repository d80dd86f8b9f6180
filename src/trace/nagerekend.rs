//! A number of a report beside the same number computed again.
//!
//! Enters: a report and what was computed from its dataset now. Leaves: equal, or what differs. Does not compute figures.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::disclosure::{Published, PublishedCell, PublishedMeasure, Shown};
use crate::dutch::counted;
use crate::metrics::{JEUGDIGEN, Query, TOTAAL};
use crate::report::provenance::{figures_of, judged_of};
use crate::trace::adres::afgeleid;
use crate::trace::rapportmap::{Oordelen, Rapportmap};
use crate::trace::spoor::{Nagerekend, Noemer, getoond};

/// Every figure of a query as its manifest would write it now.
///
/// # Errors
/// Never for the user: what was just computed can be written.
pub fn cijfers(measure: &PublishedMeasure) -> Result<BTreeMap<String, Value>> {
    as_written(&figures_of(measure))
}

/// Every number computed from figures, by address, as the manifest would write it now.
///
/// # Errors
/// Never for the user: what was just computed can be written.
pub fn oordelen(published: &Published) -> Result<BTreeMap<String, Value>> {
    let now: Oordelen = as_written(&judged_of(published))?;
    Ok(afgeleid(&now))
}

/// Both sides have been text once, so that the same number is the same value.
fn as_written<T: serde::de::DeserializeOwned>(value: &impl serde::Serialize) -> Result<T> {
    let text = serde_json::to_string(value).context("het getal is niet te schrijven")?;
    serde_json::from_str(&text).context("het getal is niet te lezen")
}

/// The recorded figure against what was computed now.
pub fn vergelijk(
    rapport: &Rapportmap,
    address: &str,
    query: &Query,
    now: &BTreeMap<String, Value>,
) -> Nagerekend {
    match (rapport.herkomst.figures.get(address), now.get(address)) {
        (Some(then), Some(now)) if then == now => Nagerekend::Gelijk,
        (_, Some(now)) => {
            let kolom = address.rsplit('/').next().unwrap_or_default();
            let shown = getoond(&now["value"], kolom, &query.unit);
            let n = now["n"].as_i64().map(|n| counted(n, "jeugdige", "jeugdigen"));
            Nagerekend::Anders(n.map_or_else(|| shown.clone(), |n| format!("{shown} ({n})")))
        }
        (_, None) => Nagerekend::Anders("niets".to_owned()),
    }
}

/// A number computed from figures against what comes out now.
pub fn vergelijk_afgeleid(
    then: &Value,
    address: &str,
    now: &BTreeMap<String, Value>,
) -> Nagerekend {
    match now.get(address) {
        Some(now) if now == then => Nagerekend::Gelijk,
        Some(now) => Nagerekend::Anders(getoond(now, "", "")),
        None => Nagerekend::Anders("niets".to_owned()),
    }
}

/// What a ratio is divided by; `None` where the address is no ratio.
pub fn noemer(published: &Published, query: &Query, address: &str) -> Option<Noemer> {
    let measure = published.measure(&query.id)?;
    let denominator = query.denominator.as_deref()?;
    let cells = measure.outcome_cells();
    let cell = cells.into_iter().find(|cell| cell.ratio_address.as_deref() == Some(address))?;
    if denominator == JEUGDIGEN {
        let value = cell.noemer.map(|(n, jaar)| match jaar {
            Some(jaar) => format!("{} op 1 januari {jaar}", crate::dutch::count(n)),
            None => crate::dutch::count(n),
        });
        return Some(Noemer {
            wat: "jeugdigen van 0 tot en met 17 jaar".to_owned(),
            adres: None,
            getoond: value,
        });
    }
    let below = published.measure(denominator)?;
    let wanted = |cell: &PublishedCell, key: &str| {
        let position = measure.keys.iter().position(|known| known == key);
        position.map_or(TOTAAL, |at| &cell.key[at]).to_owned()
    };
    let is_it = |other: &&PublishedCell| {
        below.keys.iter().zip(&other.key).all(|(key, text)| *text == wanted(cell, key))
    };
    let other = below.outcome_cells().into_iter().find(is_it);
    let eenheid = if query.unit == "eurocent" { "eurocent" } else { "" };
    let shown = |other: &PublishedCell| match &other.value {
        Shown::Value(value) => Some(getoond(&Value::from(*value), "", eenheid)),
        Shown::Hidden | Shown::Unknown(_) => None,
    };
    Some(Noemer {
        wat: below.title.clone(),
        adres: other.map(|other| other.address.clone()),
        getoond: other.and_then(shown),
    })
}
