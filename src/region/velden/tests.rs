//! The list of fields against the reader of region files.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::region::Region;
use crate::region::afspraken::WireAfspraken;
use crate::region::wire::{
    WireAdvies, WireAfwijking, WireContract, WireCoordinatie, WireDisclosure, WireDrempels,
    WireEvaluatie, WireFile, WireGeldig, WireHerindeling, WireInstelling, WireJeugdwet, WireKanaal,
    WireKosten, WireLeverancier, WireMaatwerk, WireMandaat, WireProducten, WireRegels, WireRegion,
    WireSegment, WireTarief, WireTeken, WireWachttijd,
};

/// Keys that a struct accepts, as its own error tells them.
fn keys<T: serde::de::DeserializeOwned>() -> BTreeSet<String> {
    let error = toml::from_str::<T>("bestaat_niet = 1").err().expect("the key is not known");
    let message = error.message().to_owned();
    let (_, expected) = message.split_once("expected ").unwrap_or_else(|| panic!("{message}"));
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every struct of a section, by the name of the section.
fn read() -> BTreeMap<&'static str, (&'static str, BTreeSet<String>)> {
    [
        ("region", "WireRegion", keys::<WireRegion>()),
        ("herindelingen", "WireHerindeling", keys::<WireHerindeling>()),
        ("maatwerk", "WireMaatwerk", keys::<WireMaatwerk>()),
        ("coordinatie", "WireCoordinatie", keys::<WireCoordinatie>()),
        ("tarieven", "WireTarief", keys::<WireTarief>()),
        ("kosten", "WireKosten", keys::<WireKosten>()),
        ("drempels", "WireDrempels", keys::<WireDrempels>()),
        ("disclosure", "WireDisclosure", keys::<WireDisclosure>()),
        ("jeugdwet", "WireJeugdwet", keys::<WireJeugdwet>()),
        ("advies", "WireAdvies", keys::<WireAdvies>()),
        ("mandaat", "WireMandaat", keys::<WireMandaat>()),
        ("evaluatie", "WireEvaluatie", keys::<WireEvaluatie>()),
        ("kanaal", "WireKanaal", keys::<WireKanaal>()),
        ("leverancier", "WireLeverancier", keys::<WireLeverancier>()),
        ("producten", "WireProducten", keys::<WireProducten>()),
        ("wachttijd", "WireWachttijd", keys::<WireWachttijd>()),
        ("contract", "WireContract", keys::<WireContract>()),
        ("afspraken", "WireAfspraken", keys::<WireAfspraken>()),
        ("regels", "WireRegels", keys::<WireRegels>()),
    ]
    .into_iter()
    .map(|(sectie, wire, keys)| (sectie, (wire, keys)))
    .collect()
}

/// Structs of values, and where their keys are told.
fn values() -> Vec<(&'static str, BTreeSet<String>, &'static str)> {
    let field = |sectie: &str, naam: &str| {
        let sectie = secties().find(|one| one.naam == sectie).unwrap();
        sectie.velden.iter().find(|veld| veld.naam == naam).unwrap().voorbeeld
    };
    vec![
        ("WireInstelling", keys::<WireInstelling<i64>>(), VORMEN[0].voorbeeld),
        ("WireGeldig", keys::<WireGeldig>(), VORMEN[1].voorbeeld),
        ("WireTeken", keys::<WireTeken>(), field("maatwerk", "teken")),
        ("WireSegment", keys::<WireSegment>(), field("segmenten", "<nummer>")),
        ("WireAfwijking", keys::<WireAfwijking>(), field("regels.afwijkend", "<regel>")),
    ]
}

#[test]
fn every_key_that_is_read_is_told_and_no_other() {
    let told: BTreeSet<&str> = secties().map(|sectie| sectie.naam).collect();
    assert_eq!(told.len(), secties().count(), "a section occurs twice");
    let top: BTreeSet<String> =
        told.iter().map(|naam| naam.split('.').next().unwrap().to_owned()).collect();
    assert_eq!(top, keys::<WireFile>());
    let read = read();
    for sectie in secties().filter(|sectie| sectie.opzet != Opzet::Vrij) {
        let (_, keys) = &read[sectie.naam];
        let mut fields: BTreeSet<String> =
            sectie.velden.iter().map(|veld| veld.naam.to_owned()).collect();
        assert_eq!(fields.len(), sectie.velden.len(), "[{}] has a field twice", sectie.naam);
        // A table that is a section of its own.
        let below = format!("{}.", sectie.naam);
        fields.extend(told.iter().filter_map(|naam| naam.strip_prefix(&below)).map(str::to_owned));
        assert_eq!(&fields, keys, "[{}]", sectie.naam);
    }
    for sectie in secties().filter(|sectie| sectie.opzet == Opzet::Vrij) {
        assert_eq!(sectie.velden.len(), 1, "[{}]", sectie.naam);
        assert!(!read.contains_key(sectie.naam), "[{}]", sectie.naam);
    }
}

#[test]
fn every_form_of_a_value_shows_all_its_keys() {
    for (wire, keys, example) in values() {
        for key in keys {
            assert!(example.contains(&format!("{key} =")), "{wire}.{key} is not in {example}");
        }
    }
    for (form, (_, keys, _)) in VORMEN.iter().zip(values()) {
        let told: BTreeSet<String> =
            form.sleutels.iter().map(|(key, _)| (*key).to_owned()).collect();
        assert_eq!(told, keys, "{}", form.naam);
    }
}

// A struct that nobody put in the lists above would be compared with nothing.
#[test]
fn every_struct_of_a_region_file_is_compared() {
    let source = concat!(include_str!("../wire.rs"), include_str!("../afspraken.rs"));
    let source = source.split("mod tests").next().unwrap();
    let read = read();
    let mut compared: BTreeSet<&str> = read.values().map(|(wire, _)| *wire).collect();
    compared.extend(values().iter().map(|(wire, ..)| *wire));
    compared.extend(["WireFile", "WireDate"]);
    for line in source.lines().filter_map(|line| line.split_once("struct Wire")) {
        let name: String = line.1.chars().take_while(|c| c.is_alphanumeric()).collect();
        let name = format!("Wire{name}");
        assert!(compared.contains(name.as_str()), "{name} is not compared");
    }
    assert!(compared.len() > 24);
}

/// A region file with every field of the list.
fn all() -> toml::Table {
    let mut file = toml::Table::new();
    for sectie in secties() {
        let mut table = toml::Table::new();
        for veld in sectie.velden {
            let key = match (sectie.naam, veld.naam) {
                ("region.gemeenten", _) => "0355",
                ("columns", _) => "declaraties",
                ("minuten_per_eenheid", _) => "16",
                ("productgroepen", _) => "vervoer",
                ("regels.afwijkend", _) => "Z45",
                (_, naam) => naam.trim_matches(['<', '>']),
            };
            let line = format!("x = {}", veld.voorbeeld);
            let parsed: toml::Table = line
                .parse()
                .unwrap_or_else(|error| panic!("{}.{}: {error}", sectie.naam, veld.naam));
            table.insert(key.to_owned(), parsed["x"].clone());
        }
        let value = match sectie.opzet {
            Opzet::Lijst => toml::Value::Array(vec![toml::Value::Table(table)]),
            _ => toml::Value::Table(table),
        };
        match sectie.naam.split_once('.') {
            Some((above, naam)) => {
                file[above].as_table_mut().unwrap().insert(naam.to_owned(), value);
            }
            None => {
                file.insert(sectie.naam.to_owned(), value);
            }
        }
    }
    let gemeenten = file["region"]["gemeenten"].as_table_mut().unwrap();
    gemeenten.insert("0575".to_owned(), toml::Value::String("Noordwijk".to_owned()));
    file
}

fn is_read(file: &toml::Table) -> Result<(), String> {
    let text = toml::to_string(file).unwrap();
    Region::parse(&text, "alles.toml").map(|_| ()).map_err(|error| format!("{error}\n{text}"))
}

#[test]
fn every_example_is_right_and_what_must_be_there_must_be_there() {
    let file = all();
    is_read(&file).unwrap();
    for sectie in secties().filter(|sectie| sectie.opzet != Opzet::Vrij) {
        let mut without = file.clone();
        without.remove(sectie.naam);
        assert_eq!(is_read(&without).is_err(), sectie.is_verplicht, "[{}]", sectie.naam);
        for veld in sectie.velden {
            let mut without = file.clone();
            let table = match &mut without[sectie.naam] {
                toml::Value::Array(entries) => entries[0].as_table_mut(),
                value => value.as_table_mut(),
            };
            table.unwrap().remove(veld.naam);
            let is_needed = veld.nodig == Nodig::Verplicht;
            assert_eq!(is_read(&without).is_err(), is_needed, "{}.{}", sectie.naam, veld.naam);
        }
    }
}

#[test]
fn texts_are_sentences_and_names_are_short() {
    for sectie in secties() {
        assert!(sectie.wat.ends_with('.'), "[{}]", sectie.naam);
        for veld in sectie.velden {
            assert!(veld.wat.ends_with('.'), "{}.{}", sectie.naam, veld.naam);
            assert!(veld.kop.chars().count() <= 30, "{}", veld.kop);
            assert!(!veld.gebruik.is_empty());
        }
    }
}
