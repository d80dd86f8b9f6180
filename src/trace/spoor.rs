//! Where one number comes from, as far as the report itself tells.
//!
//! Enters: a report, an address, and the query behind it. Leaves: [`Spoor`]; what was computed again and the rows are put
//! into it by `run`. Does not know how it is shown.

use serde::Serialize;
use serde_json::Value;

use crate::dutch::{UNKNOWN, count, counted, date_short, decimal, euro_ct, hours_text, percent};
use crate::metrics::{Query, TOTAAL};
use crate::region::Publiek;
use crate::report::shown::HIDDEN;
use crate::trace::rapportmap::{Gelijk, Rapportmap};

/// The origin of one number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spoor {
    /// Its address.
    pub adres: String,
    /// What it is.
    pub titel: String,
    /// The question it answers; empty where it is none of a query.
    pub vraag: String,
    /// As the manifest keeps it.
    pub waarde: Value,
    /// As the report shows it, with its unit; a reason where there is none.
    pub getoond: String,
    /// What computing it again gave.
    pub nagerekend: Nagerekend,
    /// The quarters it is about.
    pub periode: String,
    /// Children behind it; absent when hidden or when the query does not name them.
    pub kinderen: Option<i64>,
    /// Protected or not, and why.
    pub bescherming: String,
    /// The query; absent for what was computed from figures.
    pub definitie: Option<Definitie>,
    /// Keys of the figure in words.
    pub filters: Vec<(String, String)>,
    /// What it is divided by.
    pub noemer: Option<Noemer>,
    /// How it was computed from figures, with the chapter of the methods.
    pub methode: Option<String>,
    /// Addresses it rests on.
    pub rust_op: Vec<String>,
    /// Files of its tables.
    pub bronnen: Vec<Bronbestand>,
    /// Which rows stand behind it; absent when they were not looked up.
    pub rijen: Option<RijenSoort>,
}

/// What computing a number again gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nagerekend {
    /// The same.
    Gelijk,
    /// Something else, as it would be shown.
    Anders(String),
    /// Not done, and why.
    Niet(String),
}

/// The definition of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definitie {
    /// Why the answer matters.
    pub waarom: String,
    /// Who keeps it.
    pub beheer: String,
    /// When it was last reviewed.
    pub beoordeeld: String,
    /// Path of the query in the report folder.
    pub bestand: String,
    /// SHA-256 of the query the report was made with.
    pub sha256: String,
    /// Whether the file is still that query, in words.
    pub stand: String,
    /// Lines of the SQL that say which rows count, with their number in the file.
    pub voorwaarden: Vec<(usize, String)>,
}

/// What a figure is divided by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Noemer {
    /// What it counts.
    pub wat: String,
    /// Its address; absent for children, which are supplied or come with the region.
    pub adres: Option<String>,
    /// Its value as it is shown; absent when hidden or not known.
    pub getoond: Option<String>,
}

/// A file behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bronbestand {
    /// Path as shown.
    pub pad: String,
    /// SHA-256.
    pub sha256: String,
    /// The table it holds.
    pub tabel: String,
    /// Rows read and rows rejected, with the eurocents of those; absent where the audience may not see files.
    pub gelezen: Option<(u64, u64, i64)>,
    /// Rows behind the figure, and their eurocents where the table has an amount.
    pub achter: Option<(u64, Option<i64>)>,
}

/// Which rows were found behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RijenSoort {
    /// How many.
    pub aantal: u64,
    /// True when these rows and no others make the figure.
    pub precies: bool,
    /// In words what they are.
    pub uitleg: String,
}

/// An address cut into its parts.
pub struct Delen<'a> {
    /// Id of the query.
    pub id: &'a str,
    /// Text per key of the query, in order.
    pub sleutels: Vec<String>,
    /// The period part.
    pub periode: &'a str,
    /// The column part.
    pub kolom: &'a str,
}

/// Cuts an address along the keys of its query; `None` when it has another number of parts.
pub fn delen<'a>(query: &Query, address: &'a str) -> Option<Delen<'a>> {
    let parts: Vec<&str> = address.split('/').collect();
    let n_keys = query.keys.iter().filter(|key| *key != "kwartaal").count();
    if parts.len() != n_keys + 3 {
        return None;
    }
    let (periode, kolom) = (parts[n_keys + 1], parts[n_keys + 2]);
    let mut texts = parts[1..=n_keys].iter();
    let of = |key: &String| {
        if key == "kwartaal" {
            return Some(periode.to_owned());
        }
        Some(texts.next()?.replace("%2F", "/").replace("%25", "%"))
    };
    let sleutels = query.keys.iter().map(of).collect::<Option<Vec<_>>>()?;
    Some(Delen { id: parts[0], sleutels, periode, kolom })
}

impl Spoor {
    /// What the report tells of a figure of a query.
    pub fn van_cijfer(rapport: &Rapportmap, address: &str, query: &Query, gelijk: Gelijk) -> Self {
        let figure = rapport.herkomst.figures.get(address);
        let waarde = figure.map_or(Value::Null, |figure| figure["value"].clone());
        let delen = delen(query, address);
        let kolom = delen.as_ref().map_or("", |delen| delen.kolom);
        let is_protected = figure.is_some_and(|figure| figure["protected"] == true);
        let unknown = figure.and_then(|figure| figure["unknown"].as_str());
        let unknown = unknown.or(rapport
            .herkomst
            .queries
            .get(&query.id)
            .and_then(|one| one.unknown.as_deref()));
        let getoond = match unknown {
            Some(reason) if waarde.is_null() => format!("{UNKNOWN}: {reason}"),
            _ if is_protected => HIDDEN.to_owned(),
            _ if figure.is_none() => "een lijst van rijen, geen getal".to_owned(),
            _ => getoond(&waarde, kolom, &query.unit),
        };
        Self {
            adres: address.to_owned(),
            titel: query.title.clone(),
            vraag: query.question.clone(),
            waarde,
            getoond,
            nagerekend: Nagerekend::Niet(String::new()),
            periode: periode(rapport, query, delen.as_ref()),
            kinderen: figure.and_then(|figure| figure["n"].as_i64()),
            bescherming: bescherming(rapport, is_protected),
            definitie: Some(definitie(rapport, query, gelijk)),
            filters: delen.map_or_else(Vec::new, |delen| filters(rapport, query, &delen)),
            noemer: None,
            methode: None,
            rust_op: Vec::new(),
            bronnen: Vec::new(),
            rijen: None,
        }
    }
}

impl Spoor {
    /// What the report tells of a number by its place in a table.
    pub fn van_plaats(rapport: &Rapportmap, address: &str, waarde: &Value) -> Self {
        let text = waarde.as_str().unwrap_or_default();
        Self {
            adres: address.to_owned(),
            titel: "Een getal in een tabel van het rapport".to_owned(),
            vraag: String::new(),
            waarde: waarde.clone(),
            getoond: text.to_owned(),
            nagerekend: Nagerekend::Niet(String::new()),
            periode: rapport.kwartaal.to_string(),
            kinderen: None,
            bescherming: bescherming(rapport, text == HIDDEN),
            definitie: None,
            filters: Vec::new(),
            noemer: None,
            methode: Some(
                "berekend uit de cijfers waarop het rust, zoals docs/METHODS.md zegt".to_owned(),
            ),
            rust_op: Vec::new(),
            bronnen: Vec::new(),
            rijen: None,
        }
    }
}

/// A value of the manifest as the report shows it.
pub fn getoond(waarde: &Value, kolom: &str, eenheid: &str) -> String {
    let number = waarde.as_f64().unwrap_or_default();
    let Some(whole) = waarde.as_i64().filter(|_| !["per_10000", "aandeel"].contains(&kolom)) else {
        return match (waarde, kolom) {
            (Value::Null, _) => "geen waarde".to_owned(),
            (Value::Number(_), "aandeel") => percent(number, 1),
            (Value::Number(_), "per_10000") => format!("{} per 10.000", decimal(number, 1)),
            (Value::Number(_), _) => decimal(number, 4),
            (Value::String(text), _) => text.clone(),
            (other, _) => other.to_string(),
        };
    };
    match (kolom, eenheid) {
        ("bedrag_ct", _) | (_, "eurocent") => euro_ct(whole),
        ("gevallen", _) => counted(whole, "geval", "gevallen"),
        (_, "minuten") => hours_text(whole),
        (_, "duizendsten van de eenheid") => decimal(whole as f64 / 1000.0, 3),
        (_, "") => count(whole),
        (_, unit) => format!("{} ({unit})", count(whole)),
    }
}

fn periode(rapport: &Rapportmap, query: &Query, delen: Option<&Delen<'_>>) -> String {
    let text = delen.map(|delen| delen.periode).filter(|text| *text != TOTAAL);
    let span = || match query.period.span(rapport.kwartaal) {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} tot en met {last}"),
        None => "alles in de dataset".to_owned(),
    };
    match text {
        Some(text) if text != query.period.name() && !text.contains('_') => text.to_owned(),
        _ => span(),
    }
}

fn bescherming(rapport: &Rapportmap, is_protected: bool) -> String {
    let minimum = rapport.regio.disclosure.minimum;
    match rapport.publiek {
        Publiek::Intern => "nee: dit rapport is intern, alle aantallen staan erin".to_owned(),
        _ if is_protected => format!("ja: er staan 1 tot en met {} jeugdigen achter", minimum - 1),
        _ => format!("nee: er staan geen of ten minste {minimum} jeugdigen achter"),
    }
}

fn definitie(rapport: &Rapportmap, query: &Query, gelijk: Gelijk) -> Definitie {
    let known = rapport.herkomst.queries.get(&query.id);
    let stand = match gelijk {
        Gelijk::Ja => "dezelfde als waarmee het rapport is gemaakt",
        Gelijk::Programma => {
            "in de map veranderd; de ingebouwde is die waarmee het rapport is gemaakt"
        }
        Gelijk::Nee => "VERANDERD sinds het rapport is gemaakt",
    };
    Definitie {
        waarom: query.why.clone(),
        beheer: query.owner.clone(),
        beoordeeld: date_short(query.reviewed),
        bestand: format!("herkomst/sql/{}.sql", query.id),
        sha256: known.map_or_else(String::new, |known| known.sql_sha256.clone()),
        stand: stand.to_owned(),
        voorwaarden: voorwaarden(&query.sql),
    }
}

/// Lines that begin with a word of choosing, and what continues them.
fn voorwaarden(sql: &str) -> Vec<(usize, String)> {
    let body = sql.lines().enumerate().skip_while(|(_, line)| line.trim() != "---*/");
    let mut out = Vec::new();
    let mut is_choosing = false;
    for (at, line) in body.skip(1) {
        let text = line.trim();
        let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        is_choosing = match first.to_uppercase().as_str() {
            "WHERE" | "HAVING" => true,
            "AND" | "OR" | "NOT" => is_choosing,
            _ => false,
        };
        if is_choosing {
            out.push((at + 1, text.to_owned()));
        }
    }
    out
}

/// The keys in words.
fn filters(rapport: &Rapportmap, query: &Query, delen: &Delen<'_>) -> Vec<(String, String)> {
    let one = |(key, text): (&String, &String)| {
        let naam = |code: &str| {
            let found = rapport.regio.gemeenten.iter().find(|one| one.code == code);
            found.map_or_else(|| code.to_owned(), |one| format!("{code} {}", one.naam))
        };
        let words = match text.as_str() {
            TOTAAL => "alle samen".to_owned(),
            code if key == "gemeente" => naam(code),
            other => other.to_owned(),
        };
        (key.clone(), words)
    };
    query.keys.iter().zip(&delen.sleutels).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_shown_in_its_unit() {
        assert_eq!(getoond(&json!(123_456), "bedrag_ct", "eurocent"), "€ 1.234,56");
        assert_eq!(getoond(&json!(90), "minuten", "minuten"), "1,5 uur");
        assert_eq!(getoond(&json!(12), "aantal", "overeenkomsten"), "12 (overeenkomsten)");
        assert_eq!(getoond(&json!(0.25), "aandeel", "eurocent"), "25,0%");
        assert_eq!(getoond(&json!(1), "aandeel", "eurocent"), "100,0%");
        assert_eq!(getoond(&json!(1500), "volume", "duizendsten van de eenheid"), "1,500");
    }

    #[test]
    fn conditions_are_told_with_their_line() {
        let sql = "/*---\nwhere = 1\n---*/\nSELECT a\nFROM b\nWHERE x = 1\n  AND y\nGROUP BY a";
        let told = voorwaarden(sql);
        assert_eq!(told, [(6, "WHERE x = 1".to_owned()), (7, "AND y".to_owned())]);
    }

    #[test]
    fn an_address_is_cut_along_the_keys_of_its_query() {
        let all = Query::load_all(None).unwrap();
        let query = all.iter().find(|query| query.id == "volledigheid").unwrap();
        let cut =
            delen(query, "volledigheid/Huis 1%2F2 %25/2025-08/2023-K4_2025-K3/regels").unwrap();
        assert_eq!(cut.sleutels, ["Huis 1/2 %", "2025-08"]);
        assert_eq!((cut.id, cut.kolom), ("volledigheid", "regels"));
        assert!(delen(query, "volledigheid/x").is_none());
    }
}
