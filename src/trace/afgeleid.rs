//! What was computed from figures: what it is, by which method, and on what it rests.
//!
//! Enters: a report and the address of such a number. Leaves: its [`Spoor`]. Does not compute.

use serde_json::Value;

use crate::dutch::{UNKNOWN, decimal, euro_ct};
use crate::trace::adres::{Tak, ZIN};
use crate::trace::rapportmap::Rapportmap;
use crate::trace::spoor::{Nagerekend, Spoor};

/// A kind of computed number.
struct Soort {
    /// First part of its addresses.
    begin: &'static str,
    /// What it is.
    titel: &'static str,
    /// Where docs/METHODS.md tells how.
    methode: &'static str,
    /// Queries of which the figures go into it.
    uit: &'static [&'static str],
}

const SOORTEN: &[Soort] = &[
    Soort { begin: ZIN, titel: "Een zin van het rapport", methode: "", uit: &[] },
    Soort {
        begin: "maatwerk_oordeel",
        titel: "Oordeel over nieuw maatwerk van een gemeente tegenover de andere",
        methode: "docs/METHODS.md, «Maatwerk against the other gemeenten»: against_others, prediction_limits, tails",
        uit: &["maatwerk_nieuw"],
    },
    Soort {
        begin: "naijl",
        titel: "Wat over een kwartaal nog te declareren is",
        methode: "docs/METHODS.md, «Na-ijl»: chain_ladder, range95",
        uit: &["naijl", "naijl_stand", "zonder_dagtekening"],
    },
    Soort {
        begin: "verandering",
        titel: "Een deel van de verandering van de kosten tussen twee kwartalen",
        methode: "docs/METHODS.md, «What changed since earlier quarters»: decompose",
        uit: &["verandering", "verandering_volume"],
    },
    Soort {
        begin: "verdeling",
        titel: "Verdeling van zorgcoördinatie, vergeleken met een eerlijke loting",
        methode: "docs/METHODS.md, «Zorgcoördinatie against a fair lottery»: with_steps, null_world, exact_against_others",
        uit: &["coordinatie_loting", "coordinatie_clienten", "coordinatie_uren"],
    },
    Soort {
        begin: "prijsgroep",
        titel: "Prijzen per eenheid naast elkaar",
        methode: "docs/METHODS.md, «Prices held against each other»: reference_ratio, modified_z_on_log",
        uit: &["prijs_per_aanbieder", "prijs_per_aanbieder_volume"],
    },
    Soort {
        begin: "signaal",
        titel: "Oordeel over een regel van de regio",
        methode: "docs/METHODS.md, «Shares against each other»: exact_against_others, benjamini_hochberg",
        uit: &[],
    },
];

/// What the report tells of a number that was computed from figures; `None` when the address is none of these.
pub fn spoor(rapport: &Rapportmap, address: &str, waarde: &Value) -> Option<Spoor> {
    let mut parts = address.split('/');
    let begin = parts.next()?;
    let soort = SOORTEN.iter().find(|soort| soort.begin == begin)?;
    Some(Spoor {
        adres: address.to_owned(),
        titel: soort.titel.to_owned(),
        vraag: String::new(),
        waarde: waarde.clone(),
        getoond: getoond(address, waarde),
        nagerekend: Nagerekend::Niet(String::new()),
        periode: address.split('/').find(|part| is_period(part)).unwrap_or_default().to_owned(),
        kinderen: None,
        bescherming: "wat op een onderdrukt getal rust, staat niet in het rapport".to_owned(),
        definitie: None,
        filters: Vec::new(),
        noemer: None,
        methode: Some(soort.methode.to_owned()),
        rust_op: rust_op(rapport, address, soort),
        bronnen: Vec::new(),
        rijen: None,
    })
}

fn is_period(part: &str) -> bool {
    let is_quarter = |text: &str| text.len() == 7 && text.as_bytes()[4..6] == *b"-K";
    part.split('_').all(is_quarter)
}

fn getoond(address: &str, waarde: &Value) -> String {
    let name = address.rsplit('/').next().unwrap_or_default();
    let is_cents = address.split('/').any(|part| part.ends_with("_ct"));
    match waarde {
        Value::Number(number) if is_cents => {
            format!("{} eurocent", decimal(number.as_f64().unwrap_or_default(), 2))
        }
        Value::Number(number) => match number.as_i64() {
            Some(whole) if name.ends_with("_ct") => euro_ct(whole),
            Some(whole) => whole.to_string(),
            None => decimal(number.as_f64().unwrap_or_default(), 4),
        },
        Value::String(text) => text.clone(),
        Value::Bool(true) => "ja".to_owned(),
        Value::Bool(false) => "nee".to_owned(),
        Value::Null => UNKNOWN.to_owned(),
        other => other.to_string(),
    }
}

/// The figures a judgement names itself, else those of its queries for the same gemeente; at least the queries.
fn rust_op(rapport: &Rapportmap, address: &str, soort: &Soort) -> Vec<String> {
    let named = cites(rapport, address);
    if !named.is_empty() {
        return named;
    }
    let code = address.split('/').nth(1).unwrap_or_default();
    let is_gemeente = rapport.regio.gemeenten.iter().any(|one| one.code == code);
    let has = |begin: &str| {
        let below = format!("{begin}/");
        let mut after = rapport.herkomst.figures.range(below.clone()..);
        after.next().is_some_and(|(address, _)| address.starts_with(&below))
            || rapport.herkomst.queries.contains_key(begin)
    };
    let own = soort.uit.iter().map(|id| {
        let of_gemeente = format!("{id}/{code}");
        if is_gemeente && has(&of_gemeente) { of_gemeente } else { (*id).to_owned() }
    });
    own.filter(|begin| has(begin)).collect()
}

fn cites(rapport: &Rapportmap, address: &str) -> Vec<String> {
    let parts: Vec<&str> = address.split('/').collect();
    let all = |value: &Value| -> Vec<String> {
        let cites = value["cites"].as_array();
        let text = |one: &Value| one.as_str().map(ToOwned::to_owned);
        cites.into_iter().flatten().filter_map(text).collect()
    };
    let oordelen = &rapport.herkomst.oordelen;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match parts.as_slice() {
        ["zin", n] => {
            let at = n.parse::<usize>().unwrap_or_default().checked_sub(1);
            at.map_or_else(Vec::new, |at| all(&oordelen.sentences[at]))
        }
        ["signaal", query, ..] => {
            let found =
                list(&oordelen.signalen["regels"]).into_iter().find(|one| one["query"] == **query);
            found.map_or_else(Vec::new, |one| all(&one))
        }
        ["prijsgroep", product, eenheid, rest @ ..] => {
            let is_it =
                |one: &Value| one["productcode"] == **product && one["eenheid"] == **eenheid;
            let group = list(&oordelen.prices).into_iter().find(is_it).unwrap_or_default();
            let name = |one: &Value| one["aanbieder"].as_str().unwrap_or_default().to_owned();
            let wanted = rest.get(1).map(|part| part.replace("%2F", "/").replace("%25", "%"));
            let of =
                |one: &Value| wanted.as_ref().is_none_or(|wanted| wanted.starts_with(&name(one)));
            list(&group["prijzen"]).iter().filter(|one| of(one)).flat_map(all).collect()
        }
        _ => Vec::new(),
    }
}

/// What a first part of addresses is about, for a list of them.
pub fn titel(tak: &Tak) -> Option<&'static str> {
    SOORTEN.iter().find(|soort| soort.begin == tak.adres).map(|soort| soort.titel)
}
