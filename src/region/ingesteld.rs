//! What a region file sets, in words or as JSON.
//!
//! Enters: the text of a region file, which is checked. Leaves: every key that is set, by `velden`. Knows no key by name, so
//! that a new field is told at once.

use serde_json::Map;
use toml::{Table, Value};

use crate::region::Region;
use crate::region::genoemd::words;
use crate::region::velden::{Opzet, Sectie, Soort, Veld, secties};

/// A section that is set.
#[derive(Debug)]
pub struct Ingesteld {
    /// Which one.
    pub sectie: &'static Sectie,
    /// Name and value of what is set, in words.
    pub regels: Vec<(String, String)>,
}

impl Region {
    /// What the region file sets, in the order of the sections.
    pub fn ingesteld(&self) -> Vec<Ingesteld> {
        let file: Table = self.text.parse().unwrap_or_default();
        secties()
            .filter_map(|sectie| {
                let regels = match at(&file, sectie.naam)? {
                    Value::Array(entries) => entries
                        .iter()
                        .filter_map(Value::as_table)
                        .map(|one| entry(sectie, one))
                        .collect(),
                    Value::Table(table) if sectie.opzet == Opzet::Vrij => free(sectie, table),
                    Value::Table(table) => fields(sectie, table),
                    _ => return None,
                };
                Some(Ingesteld { sectie, regels })
            })
            .filter(|one| !one.regels.is_empty())
            .collect()
    }

    /// What the region file sets, with the keys of the file; dates are texts.
    pub fn als_json(&self) -> serde_json::Value {
        let file: Table = self.text.parse().unwrap_or_default();
        json(&Value::Table(file))
    }
}

/// The value of a key with dots.
pub(super) fn at<'t>(file: &'t Table, key: &str) -> Option<&'t Value> {
    let (first, rest) =
        key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let value = file.get(first)?;
    match rest {
        Some(rest) => at(value.as_table()?, rest),
        None => Some(value),
    }
}

fn fields(sectie: &Sectie, table: &Table) -> Vec<(String, String)> {
    let set = sectie.velden.iter().filter_map(|veld| Some((veld, table.get(veld.naam)?)));
    set.map(|(veld, value)| (veld.kop.to_owned(), told(veld, value))).collect()
}

/// One of a list of tables on one line: its first field is the name.
fn entry(sectie: &Sectie, table: &Table) -> (String, String) {
    let mut set = fields(sectie, table).into_iter();
    let (_, name) = set.next().unwrap_or_default();
    let rest: Vec<String> = set.map(|(kop, value)| format!("{kop} {value}")).collect();
    (name, rest.join("; "))
}

fn free(sectie: &Sectie, table: &Table) -> Vec<(String, String)> {
    let Some(veld) = sectie.velden.first() else { return Vec::new() };
    let filled = |value: &Value| value.as_table().is_none_or(|table| !table.is_empty());
    let set = table.iter().filter(|(_, value)| filled(value));
    set.map(|(key, value)| (key.clone(), told(veld, value))).collect()
}

/// A value in words, with its unit and what it rests on.
fn told(veld: &Veld, value: &Value) -> String {
    let (setting, value) = match (veld.soort, value) {
        (Soort::Drempel(_), Value::Table(setting)) => {
            (Some(setting), setting.get("waarde").unwrap_or(value))
        }
        _ => (None, value),
    };
    let told = format!("{} {}", plain(veld.naam, value), unit(veld, value));
    let told = told.trim_end();
    let of = |name: &str| {
        let text = setting?.get(name)?;
        Some(plain("", text))
    };
    match (of("grondslag"), of("bron")) {
        (Some(grondslag), Some(bron)) => format!("{told} ({grondslag}: {bron})"),
        _ => told.to_owned(),
    }
}

/// Units of which there can be one.
const EEN: &[(&str, &str)] = &[
    ("aanbieders", "aanbieder"),
    ("dagen", "dag"),
    ("maanden", "maand"),
    ("minuten", "minuut"),
    ("overeenkomsten", "overeenkomst"),
    ("regels", "regel"),
    ("voorwaarden", "voorwaarde"),
    ("weken", "week"),
    ("werkdagen", "werkdag"),
];

/// The unit behind a value; what is said of the range of the number is left out.
fn unit(veld: &Veld, value: &Value) -> String {
    let (Soort::Drempel(unit) | Soort::Getal(unit)) = veld.soort else { return String::new() };
    let unit = unit.split(", ").next().unwrap_or(unit);
    if let Some(rest) = unit.strip_prefix("eurocent").filter(|_| value.is_integer()) {
        // Whole eurocents are written as money.
        return rest.trim_start().to_owned();
    }
    let (first, rest) = unit.split_once(' ').map_or((unit, ""), |(first, rest)| (first, rest));
    match EEN.iter().find(|(many, _)| *many == first && value.as_integer() == Some(1)) {
        Some((_, one)) => format!("{one} {rest}").trim_end().to_owned(),
        None => unit.to_owned(),
    }
}

/// Keys that read as words.
const PERIODE: [&str; 3] = ["geldig", "van", "tot"];

/// Any value in words.
fn plain(key: &str, value: &Value) -> String {
    match value {
        Value::Table(table) if table.is_empty() => "leeg".to_owned(),
        Value::Array(values) if values.is_empty() => "leeg".to_owned(),
        Value::Table(table) => {
            let part = |(name, value): (&String, &Value)| {
                let sign = if PERIODE.contains(&name.as_str()) { "" } else { "= " };
                format!("{name} {sign}{}", plain(name, value))
            };
            table.iter().map(part).collect::<Vec<_>>().join(", ")
        }
        value => words(key, value).unwrap_or_else(|| value.to_string()),
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::String(text) => text.clone().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(yes) => (*yes).into(),
        Value::Datetime(date) => date.to_string().into(),
        Value::Array(values) => values.iter().map(json).collect(),
        Value::Table(table) => {
            let entries = table.iter().map(|(key, value)| (key.clone(), json(value)));
            serde_json::Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told_of(name: &str, sectie: &str) -> Vec<(String, String)> {
        let found = Region::load(name, None).unwrap().ingesteld();
        found.into_iter().find(|one| one.sectie.naam == sectie).unwrap().regels
    }

    fn pair(kop: &str, value: &str) -> (String, String) {
        (kop.to_owned(), value.to_owned())
    }

    #[test]
    fn a_setting_is_told_with_unit_ground_and_source() {
        let tegelijk = told_of("oefenregio", "coordinatie");
        let tegelijk = tegelijk.iter().find(|(kop, _)| kop == "coördinatoren tegelijk").unwrap();
        assert_eq!(tegelijk.1, "1 aanbieder (norm: afspraken oefenregio)");
        let kosten = told_of("zou", "kosten");
        assert!(kosten[0].1.starts_with("0,5 eurocent per eenheid (norm: "), "{kosten:?}");
        let mandaat = told_of("oefenregio", "mandaat");
        assert_eq!(mandaat[0], pair("grens", "€ 50.000,00 (norm: afspraken oefenregio)"));
        let maatwerk = told_of("oefenregio", "maatwerk");
        assert!(maatwerk.contains(&pair("teken", "positie = 3, teken = M")), "{maatwerk:?}");
        assert!(maatwerk.contains(&pair("categorieën", "leeg")));
        let drempels = told_of("oefenregio", "drempels");
        let (_, dagen) = &drempels[2];
        assert_eq!(dagen, "30, 60 en 90 dagen (norm: afspraken oefenregio)");
        let segmenten = told_of("holland-rijnland", "segmenten");
        assert_eq!(segmenten[1], pair("2", "geldig van 1 januari 2022, naam = Wonen"));
        let oud = told_of("oefenregio", "herindelingen");
        assert_eq!(oud[0].0, "9909");
        assert!(oud[0].1.contains("per 1 januari 2024"), "{oud:?}");
    }

    // Whatever stands in a file is told: no value of any built-in region is left out.
    #[test]
    fn every_key_of_every_region_is_told() {
        for name in Region::names() {
            let region = Region::load(&name, None).unwrap();
            let file: Table = region.text.parse().unwrap();
            let told = region.ingesteld();
            for (key, value) in &file {
                let Value::Table(table) = value else { continue };
                let inner = table.values().any(Value::is_table);
                let is_set = table
                    .iter()
                    .any(|(_, value)| value.as_table().is_none_or(|table| !table.is_empty()));
                let is_told = told.iter().any(|one| {
                    one.sectie.naam == key || one.sectie.naam.starts_with(&format!("{key}."))
                });
                assert!(is_told || !is_set, "{name}: [{key}] {inner}");
            }
            let json = region.als_json();
            assert_eq!(json["region"]["naam"], region.naam.as_str());
        }
    }
}
