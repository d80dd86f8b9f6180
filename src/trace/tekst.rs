//! The origin of a number in words, for a screen.
//!
//! Enters: a [`Spoor`], or the parts below an address. Leaves: Dutch text. Does not know the width of the screen.

use std::fmt::Write as _;

use crate::dutch::{count, counted, euro_ct, n_of};
use crate::report::shown::HIDDEN;
use crate::trace::adres::{Onbekend, Tak};
use crate::trace::rapportmap::Rapportmap;
use crate::trace::spoor::{Bronbestand, Nagerekend, Spoor, getoond};
use crate::trace::{afgeleid, bronnen};

/// More than this many of a kind are counted instead of named.
const MAX_LINES: usize = 40;

/// Digits of a hash that are shown.
const HASH: usize = 16;

/// Everything of one number.
pub fn spoor(spoor: &Spoor) -> String {
    let mut out = format!("{}\n\n", spoor.adres);
    let mut put = |label: &str, text: &str| {
        if !text.is_empty() {
            writeln!(out, "  {label:<13}{text}").expect("a String takes any text");
        }
    };
    put("wat", &spoor.titel);
    put("vraag", &spoor.vraag);
    put("waarde", &spoor.getoond);
    put("nagerekend", &nagerekend(&spoor.nagerekend));
    put("periode", &spoor.periode);
    put("jeugdigen", &spoor.kinderen.map(count).unwrap_or_default());
    put("onderdrukt", &spoor.bescherming);
    let filters: Vec<String> =
        spoor.filters.iter().map(|(key, text)| format!("{key}: {text}")).collect();
    put("uitsnede", &filters.join(" · "));
    if let Some(noemer) = &spoor.noemer {
        let value = noemer.getoond.as_deref().unwrap_or("niet te zien");
        let address = noemer.adres.as_ref().map_or_else(String::new, |adres| format!(" · {adres}"));
        put("gedeeld door", &format!("{}: {value}{address}", noemer.wat));
    }
    if let Some(definitie) = &spoor.definitie {
        put("waarom", &definitie.waarom);
        put("beheer", &format!("{}, beoordeeld op {}", definitie.beheer, definitie.beoordeeld));
        put("query", &format!("{}, {}", definitie.bestand, definitie.stand));
        put("", &format!("sha256 {}", definitie.sha256));
        for (line, text) in &definitie.voorwaarden {
            put("", &format!("regel {line}: {text}"));
        }
    }
    put("methode", spoor.methode.as_deref().unwrap_or_default());
    for (at, address) in spoor.rust_op.iter().take(MAX_LINES).enumerate() {
        put(if at == 0 { "rust op" } else { "" }, address);
    }
    if spoor.rust_op.len() > MAX_LINES {
        put("", &format!("… en nog {}", count(n_of(spoor.rust_op.len() - MAX_LINES))));
    }
    if let Some(rijen) = &spoor.rijen {
        put(
            "rijen",
            &format!("{}: {}", counted(to_i64(rijen.aantal), "rij", "rijen"), rijen.uitleg),
        );
    }
    out + &bestanden(&spoor.bronnen)
}

fn to_i64(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn nagerekend(outcome: &Nagerekend) -> String {
    match outcome {
        Nagerekend::Gelijk => "gelijk".to_owned(),
        Nagerekend::Anders(now) => format!("ANDERS: nu komt er {now} uit"),
        Nagerekend::Niet(reason) => reason.clone(),
    }
}

/// Files with rows behind the number first; the others, which hold the same tables, are counted.
fn bestanden(all: &[Bronbestand]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let is_known = all.iter().any(|one| one.achter.is_some());
    let behind = |one: &&Bronbestand| !is_known || one.achter.is_some_and(|(regels, _)| regels > 0);
    let named: Vec<&Bronbestand> = all.iter().filter(behind).collect();
    let mut out = String::from("\nBestanden\n");
    for one in named.iter().take(MAX_LINES) {
        out += &bestand(one);
    }
    if named.len() > MAX_LINES {
        writeln!(
            out,
            "  … en nog {}",
            counted(n_of(named.len() - MAX_LINES), "bestand", "bestanden")
        )
        .expect("a String takes any text");
    }
    let others = all.len() - named.len();
    if others > 0 {
        let what = counted(n_of(others), "ander bestand", "andere bestanden");
        writeln!(out, "  {what} van dezelfde tabellen, zonder rij achter dit getal")
            .expect("a String takes any text");
    }
    out
}

fn bestand(one: &Bronbestand) -> String {
    let hash = one.sha256.get(..HASH).unwrap_or("niet gelezen");
    let mut out = format!("  {} · {} · sha256 {hash}\n", one.pad, one.tabel);
    let mut parts = Vec::new();
    if let Some((gelezen, afgekeurd, ct)) = one.gelezen {
        parts.push(format!("{} gelezen", counted(to_i64(gelezen), "regel", "regels")));
        parts.push(match afgekeurd {
            0 => "geen afgekeurd".to_owned(),
            n => format!("{} afgekeurd ({})", count(to_i64(n)), euro_ct(ct)),
        });
    }
    if let Some((regels, ct)) = one.achter {
        let euros = ct.map_or_else(String::new, |ct| format!(" ({})", euro_ct(ct)));
        parts.push(format!("{} achter dit getal{euros}", counted(to_i64(regels), "rij", "rijen")));
    }
    if !parts.is_empty() {
        writeln!(out, "      {}", parts.join(" · ")).expect("a String takes any text");
    }
    out
}

/// What is under a part of an address.
pub fn onder(rapport: &Rapportmap, tot: &str, takken: &[Tak]) -> String {
    let total: usize = takken.iter().map(|tak| tak.aantal).sum();
    let place = if tot.is_empty() { rapport.map.display().to_string() } else { tot.to_owned() };
    let mut out = format!("{place}: {}\n\n", counted(n_of(total), "getal", "getallen"));
    let width = takken.iter().map(|tak| tak.adres.chars().count()).max().unwrap_or(0);
    for tak in takken {
        let told = match &tak.waarde {
            Some(value) if tak.aantal == 1 => waarde(rapport, tak, value),
            _ => {
                format!("{} {}", counted(n_of(tak.aantal), "getal", "getallen"), naam(rapport, tak))
            }
        };
        writeln!(out, "  {:<width$}  {}", tak.adres, told.trim_end())
            .expect("a String takes any text");
    }
    out
}

fn waarde(rapport: &Rapportmap, tak: &Tak, value: &serde_json::Value) -> String {
    let figure = rapport.herkomst.figures.get(&tak.adres);
    if figure.is_some_and(|figure| figure["protected"] == true) {
        return HIDDEN.to_owned();
    }
    if value.is_null() && figure.is_none() {
        return naam(rapport, tak);
    }
    let kolom = tak.adres.rsplit('/').next().unwrap_or_default();
    getoond(value, kolom, "")
}

/// What a part is called: a gemeente by its name, a query by its title.
fn naam(rapport: &Rapportmap, tak: &Tak) -> String {
    if let Some(titel) = afgeleid::titel(tak) {
        return format!("· {titel}");
    }
    let part = tak.adres.rsplit('/').next().unwrap_or_default();
    if !tak.adres.contains('/') {
        let title = rapport.query(part).map(|(query, _)| query.title);
        return title.map_or_else(|_| String::new(), |title| format!("· {title}"));
    }
    let found = rapport.regio.gemeenten.iter().find(|one| one.code == part);
    found.map_or_else(String::new, |one| format!("· {}", one.naam))
}

/// Why an address leads nowhere, with the nearest.
pub fn onbekend(error: &Onbekend, rapport: &Rapportmap) -> String {
    let place = if error.tot.is_empty() { "dit rapport".to_owned() } else { error.tot.clone() };
    let list = if error.tot.is_empty() { String::new() } else { format!(" {}", error.tot) };
    let see = format!("maatstaf herkomst{list} --van {}", rapport.map.display());
    let remedy = match &error.naaste {
        Some(near) => format!("bedoelde u '{near}'? Zie anders: {see}"),
        None => format!("zie: {see}"),
    };
    format!("onder {place} bestaat '{}' niet; {remedy}", error.deel)
}

/// A file that is not what it was, in words.
pub fn afwijking(one: &bronnen::Afwijking) -> String {
    let short = |hash: &str| {
        if hash.is_empty() {
            "niet te lezen".to_owned()
        } else {
            hash.get(..HASH).unwrap_or(hash).to_owned()
        }
    };
    match &one.wat {
        bronnen::Wat::Ontbreekt => format!("{} ontbreekt", one.pad),
        bronnen::Wat::Extra => format!("{} hoort niet bij dit rapport", one.pad),
        bronnen::Wat::Anders { was, is } => {
            format!("{} is veranderd: sha256 was {}, is nu {}", one.pad, short(was), short(is))
        }
    }
}
