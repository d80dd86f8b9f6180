//! The answer for a machine.
//!
//! Enters: an [`Antwoord`]. Leaves: one JSON object, one line per column and per row. Values stand in their own unit
//! (cents, minutes, thousandths) under the name of their column; what is not shown is an object in the place of a
//! number, so that nobody takes it for nought or for nothing.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::disclosure::{Antwoord, Cel, Shown};
use crate::metrics::antwoord::{Kolom, Soort, Waarde};
use crate::report::antwoord::tabel::{self, Names};
use crate::report::antwoord::{Gemeenten, banner};

/// Beyond these the last bits differ between computers, and the bytes must not.
const DECIMALS: f64 = 1e6;

pub(super) fn text(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> String {
    let names = Names::new(gemeenten);
    let strings = |texts: &[String]| texts.iter().map(|text| json!(text).to_string()).collect();
    let rows = antwoord.rijen().iter();
    let mut out = Object(String::from("{\n"));
    for (key, value) in [
        ("query", antwoord.naam()),
        ("titel", antwoord.titel()),
        ("vraag", antwoord.vraag()),
        ("publiek", &antwoord.publiek().to_string()),
        ("voor_wie", banner(antwoord)),
        ("bron", &tabel::bron(antwoord)),
    ] {
        out.field(key, &json!(value).to_string());
    }
    out.list("opmerkingen", strings(antwoord.opmerkingen()));
    out.list("kolommen", antwoord.kolommen().iter().map(column).collect());
    out.list("rijen", rows.clone().map(|row| values(antwoord, row, &names)).collect());
    if antwoord.rijen().iter().flatten().any(|cel| cel.adres.is_some()) {
        out.list("adressen", rows.map(|row| addresses(antwoord, row)).collect());
    }
    out.finish()
}

fn column(kolom: &Kolom) -> String {
    object([
        ("naam".to_owned(), json!(kolom.naam)),
        ("kop".to_owned(), json!(kolom.kop)),
        ("soort".to_owned(), json!(soort(kolom.soort))),
        ("sleutel".to_owned(), json!(kolom.is_sleutel)),
    ])
}

/// What a column holds and in which unit.
fn soort(soort: Soort) -> &'static str {
    match soort {
        Soort::Tekst => "tekst",
        Soort::Code => "code",
        Soort::Gemeente => "gemeente",
        Soort::Kwartaal => "kwartaal",
        Soort::Maand => "maand",
        Soort::Aantal | Soort::Jaar => "aantal",
        Soort::Eurocent => "eurocent",
        Soort::Minuten => "minuten",
        Soort::Duizendste => "duizendste",
        Soort::Aandeel => "aandeel",
        Soort::Getal(_) => "getal",
        Soort::Datum => "datum",
        Soort::JaNee => "ja_nee",
    }
}

fn values(antwoord: &Antwoord, row: &[Cel], names: &Names<'_>) -> String {
    let mut fields = Vec::new();
    for (cel, kolom) in row.iter().zip(antwoord.kolommen()) {
        fields.push((kolom.naam.clone(), value(&cel.waarde)));
        let naam = format!("{}_naam", kolom.naam);
        let is_taken = antwoord.kolommen().iter().any(|other| other.naam == naam);
        if kolom.soort == Soort::Gemeente && !is_taken {
            let value = match &cel.waarde {
                Shown::Value(Waarde::Tekst(code)) => json!(names.of(code)),
                other => value(other),
            };
            fields.push((naam, value));
        }
    }
    object(fields)
}

fn addresses(antwoord: &Antwoord, row: &[Cel]) -> String {
    let cells = row.iter().zip(antwoord.kolommen());
    object(cells.filter_map(|(cel, kolom)| Some((kolom.naam.clone(), json!(cel.adres.as_ref()?)))))
}

fn value(shown: &Shown<Waarde>) -> Value {
    match shown {
        Shown::Value(Waarde::Leeg) => Value::Null,
        Shown::Value(Waarde::Tekst(text)) => json!(text),
        Shown::Value(Waarde::Geheel(n)) => json!(n),
        Shown::Value(Waarde::Getal(number)) if number.is_finite() => json!(rounded(*number)),
        Shown::Value(Waarde::Getal(_)) => json!({"niet_te_bepalen": "dit is geen getal"}),
        Shown::Value(Waarde::Datum(date)) => json!(date.format("%Y-%m-%d").to_string()),
        Shown::Value(Waarde::JaNee(yes)) => json!(yes),
        Shown::Hidden => json!({"verborgen": true}),
        Shown::Unknown(reason) => json!({"niet_te_bepalen": reason}),
    }
}

/// Minus nought would be another text.
fn rounded(number: f64) -> f64 {
    let scaled = (number * DECIMALS).round();
    if scaled.is_finite() { scaled / DECIMALS + 0.0 } else { number }
}

/// An object with its fields in the order given.
fn object(fields: impl IntoIterator<Item = (String, Value)>) -> String {
    let field = |(key, value): (String, Value)| format!("{}: {value}", json!(key));
    let fields: Vec<String> = fields.into_iter().map(field).collect();
    format!("{{{}}}", fields.join(", "))
}

/// The whole, field by field.
struct Object(String);

impl Object {
    fn field(&mut self, key: &str, value: &str) {
        if self.0.len() > 2 {
            self.0.push_str(",\n");
        }
        write!(self.0, "  {}: {value}", json!(key)).expect("a text takes every text");
    }

    fn list(&mut self, key: &str, items: Vec<String>) {
        if items.is_empty() {
            self.field(key, "[]");
        } else {
            self.field(key, &format!("[\n    {}\n  ]", items.join(",\n    ")));
        }
    }

    fn finish(self) -> String {
        self.0 + "\n}\n"
    }
}
