//! Addresses: `query/keys/period/column`, as a user writes them.
//!
//! Enters: words of the user and what a report has. Leaves: the address it is, what is under a part of one, or the nearest
//! that exists. Does not know what stands behind an address.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::region::Region;
use crate::trace::rapportmap::{Herkomst, Oordelen, Rapportmap};
use crate::trace::tabellen;

/// First part of the address of a sentence.
pub const ZIN: &str = "zin";

/// What the words of the user lead to.
#[derive(Debug, Clone, PartialEq)]
pub enum Gevonden {
    /// One number, or a list: its full address.
    Getal(String),
    /// A part of an address, and what is under it.
    Onder(String, Vec<Tak>),
}

/// One step below a part of an address.
#[derive(Debug, Clone, PartialEq)]
pub struct Tak {
    /// The address, or again a part of one.
    pub adres: String,
    /// Numbers under it, itself included.
    pub aantal: usize,
    /// The value, where it is one number.
    pub waarde: Option<Value>,
}

/// No such address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onbekend {
    /// As far as it exists; may be empty.
    pub tot: String,
    /// The part that does not.
    pub deel: String,
    /// The nearest part that does, as a whole address or a part of one.
    pub naaste: Option<String>,
}

/// Every address of a report with its value: figures, and what was computed from them.
pub fn alle(herkomst: &Herkomst) -> BTreeMap<String, Value> {
    let mut out: BTreeMap<String, Value> = BTreeMap::new();
    // A list or a lottery has no figures; what is said of it cites the query itself.
    out.extend(herkomst.queries.keys().map(|id| (id.clone(), Value::Null)));
    let cited = herkomst.figures.keys().filter_map(|address| address.split('/').next());
    for id in cited.collect::<BTreeSet<_>>() {
        out.remove(id);
    }
    let value = |figure: &Value| figure["value"].clone();
    out.extend(herkomst.figures.iter().map(|(address, one)| (address.clone(), value(one))));
    out.extend(afgeleid(&herkomst.oordelen));
    out
}

/// The same, with the cells of tables and figures when that is what the words are about.
pub fn alles(rapport: &Rapportmap, woorden: &str) -> BTreeMap<String, Value> {
    let mut out = tabellen::alle(&rapport.map, woorden);
    if out.is_empty() {
        out = alle(&rapport.herkomst);
    }
    out
}

/// What was computed from figures, by address.
pub fn afgeleid(oordelen: &Oordelen) -> BTreeMap<String, Value> {
    let mut out = oordelen.derived.clone();
    for (address, one) in &oordelen.judged {
        flatten(address, one, &mut out);
    }
    for one in array(&oordelen.signalen["regels"]) {
        flatten(&format!("signaal/{}", text(&one["query"])), one, &mut out);
    }
    for one in array(&oordelen.verdeling) {
        let gemeente = one["gemeente"].as_str().unwrap_or("totaal");
        flatten(&format!("verdeling/{gemeente}/{}", text(&one["termijn"])), one, &mut out);
    }
    for (one, n) in array(&oordelen.sentences).iter().zip(1_usize..) {
        out.insert(format!("{ZIN}/{n}"), one["text"].clone());
    }
    for one in array(&oordelen.prices) {
        let group = format!("prijsgroep/{}/{}", text(&one["productcode"]), text(&one["eenheid"]));
        flatten(&group, one, &mut out);
    }
    out
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    text.replace('%', "%25").replace('/', "%2F")
}

/// Every number and word below a value, each by the names that lead to it. Parts of a list are named by their aanbieder,
/// else numbered from 1; what a judgement rests on is no number of its own.
fn flatten(address: &str, value: &Value, out: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) => {
            for (name, one) in fields.iter().filter(|(name, _)| *name != "cites") {
                flatten(&format!("{address}/{name}"), one, out);
            }
        }
        Value::Array(all) => {
            for (at, one) in all.iter().enumerate() {
                let mut part = one["aanbieder"].as_str().map_or_else(
                    || format!("{address}/{}", at + 1),
                    |_| format!("{address}/{}", text(&one["aanbieder"])),
                );
                let is_taken = |part: &str| {
                    out.range(format!("{part}/")..)
                        .next()
                        .is_some_and(|(a, _)| a.starts_with(&format!("{part}/")))
                };
                if is_taken(&part) {
                    part = format!("{part} ({})", at + 1);
                }
                flatten(&part, one, out);
            }
        }
        other => {
            out.insert(address.to_owned(), other.clone());
        }
    }
}

/// Finds what the user means among the addresses of [`alle`]: exact, by the name of a gemeente, or with other capitals.
///
/// # Errors
/// [`Onbekend`], with the nearest that exists.
pub fn zoek(
    alle: &BTreeMap<String, Value>,
    regio: &Region,
    woorden: &str,
) -> Result<Gevonden, Onbekend> {
    let whole = woorden.trim().trim_matches('/');
    if alle.contains_key(whole) {
        return Ok(Gevonden::Getal(whole.to_owned()));
    }
    let mut tot = String::new();
    for deel in whole.split('/').filter(|deel| !deel.is_empty()) {
        let next = takken(alle, &tot);
        let names: Vec<&str> = next.iter().map(|tak| last(&tak.adres)).collect();
        let Some(found) = part(&names, regio, deel) else {
            let naaste = nearest(&names, regio, deel).map(|name| below(&tot, name));
            return Err(Onbekend { tot, deel: deel.to_owned(), naaste });
        };
        tot = below(&tot, found);
    }
    if alle.contains_key(&tot) {
        return Ok(Gevonden::Getal(tot));
    }
    let takken = takken(alle, &tot);
    Ok(Gevonden::Onder(tot, takken))
}

fn below(tot: &str, deel: &str) -> String {
    if tot.is_empty() { deel.to_owned() } else { format!("{tot}/{deel}") }
}

fn last(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// The steps right below a part of an address, in order.
fn takken(alle: &BTreeMap<String, Value>, tot: &str) -> Vec<Tak> {
    let prefix = if tot.is_empty() { String::new() } else { format!("{tot}/") };
    let mut out: Vec<Tak> = Vec::new();
    let under =
        alle.range(prefix.clone()..).take_while(|(address, _)| address.starts_with(&prefix));
    for (address, value) in under {
        let rest = &address[prefix.len()..];
        let adres = format!("{prefix}{}", rest.split('/').next().unwrap_or(rest));
        let is_whole = adres == *address;
        // Addresses of one step stand together, so that the last is nearly always the one.
        let is_last = out.last().is_some_and(|tak| tak.adres == adres);
        let known = if is_last {
            Some(out.len() - 1)
        } else {
            out.iter().position(|tak| tak.adres == adres)
        };
        let at = known.unwrap_or_else(|| {
            out.push(Tak { adres, aantal: 0, waarde: None });
            out.len() - 1
        });
        out[at].aantal += 1;
        if is_whole {
            out[at].waarde = Some(value.clone());
        }
    }
    out
}

fn part<'n>(names: &[&'n str], regio: &Region, deel: &str) -> Option<&'n str> {
    let is = |wanted: &str| names.iter().copied().find(|name| *name == wanted);
    let lower = deel.to_lowercase();
    let code = regio.gemeenten.iter().find(|one| one.naam.to_lowercase() == lower);
    is(deel)
        .or_else(|| is(&code?.code))
        .or_else(|| names.iter().copied().find(|name| name.to_lowercase() == lower))
}

/// The part that looks most like it, a gemeente also by its name; `None` when none does.
fn nearest<'n>(names: &[&'n str], regio: &Region, deel: &str) -> Option<&'n str> {
    let lower = deel.to_lowercase();
    let like = |text: &str| strsim::jaro_winkler(&text.to_lowercase(), &lower);
    let score = |name: &str| {
        let naam = regio.gemeenten.iter().find(|one| one.code == name);
        like(name).max(naam.map_or(0.0, |one| like(&one.naam)))
    };
    let best = names.iter().copied().map(|name| (score(name), name));
    let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    best.filter(|(score, _)| *score > 0.5).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn all(addresses: &[&str]) -> BTreeMap<String, Value> {
        addresses.iter().map(|one| ((*one).to_owned(), json!(1))).collect()
    }

    fn regio() -> Region {
        Region::load("oefenregio", None).unwrap()
    }

    #[test]
    fn a_gemeente_is_known_by_code_and_by_name() {
        let regio = regio();
        let one = &regio.gemeenten[0];
        let address = format!("a/{}/2025-K3/aantal", one.code);
        let alle = all(&[&address]);
        let words = format!("a/{}/2025-k3/aantal", one.naam.to_uppercase());
        assert_eq!(zoek(&alle, &regio, &words), Ok(Gevonden::Getal(address)));
    }

    #[test]
    fn a_part_lists_what_is_under_it() {
        let alle = all(&["a/1/x", "a/1/y", "a/2/x", "ab/1/x"]);
        let Ok(Gevonden::Onder(tot, takken)) = zoek(&alle, &regio(), "a/") else { panic!() };
        let told: Vec<(&str, usize)> =
            takken.iter().map(|tak| (tak.adres.as_str(), tak.aantal)).collect();
        assert_eq!((tot.as_str(), told), ("a", vec![("a/1", 2), ("a/2", 1)]));
    }

    #[test]
    fn what_does_not_exist_is_met_with_the_nearest() {
        let alle = all(&["kosten/1/2025-K3/x", "naijl/1/2025-K3/x"]);
        let error = zoek(&alle, &regio(), "kosten/1/2025-K4/x").unwrap_err();
        assert_eq!((error.tot.as_str(), error.deel.as_str()), ("kosten/1", "2025-K4"));
        assert_eq!(error.naaste.as_deref(), Some("kosten/1/2025-K3"));
        let error = zoek(&alle, &regio(), "kostn").unwrap_err();
        assert_eq!(error.naaste.as_deref(), Some("kosten"));
    }

    #[test]
    fn parts_of_a_list_are_named_by_their_aanbieder_and_never_meet() {
        let mut out = BTreeMap::new();
        // The name stays beside the numbers: what is shown of a part must say whose it is.
        let value = json!([{"aanbieder": "A/B", "x": 1}, {"aanbieder": "A/B", "x": 2}, [3]]);
        flatten("p", &value, &mut out);
        let told: Vec<&str> = out.keys().map(String::as_str).collect();
        let twice = ["p/A%2FB (2)/aanbieder", "p/A%2FB (2)/x", "p/A%2FB/aanbieder", "p/A%2FB/x"];
        assert_eq!(told, [&["p/3/1"], &twice[..]].concat());
    }
}
