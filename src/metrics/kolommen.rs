//! What a column is called and what it holds, from its name alone.
//!
//! Enters: the name of a column as a query writes it. Leaves: its Dutch heading and its [`Soort`]. The dictionary of the
//! program ([`crate::schema`]) knows the words; a name that stands nowhere is shown without its underscores.

use crate::dutch::capital;
use crate::metrics::ListValue;
use crate::metrics::antwoord::{Kolom, Soort, Waarde};
use crate::schema::{Column, Dtype, TABLES};

/// Heading of a column: what it is called by those who read it, else the label of the dictionary without its remark
/// between brackets, else the name in words.
pub fn kop(name: &str) -> String {
    let own = match name {
        "geval" => "Geval",
        "bedrag_ct" => "Bedrag",
        "oordeel" => "Oordeel",
        "treffers" => "Treffers",
        "minuten" => "Uren",
        // Their labels tell how they came about, which is too much for a heading.
        "maatwerk_id" => "Overeenkomst",
        "is_vrije_keuze" => "Vrije keuze door maatregel",
        _ => "",
    };
    if !own.is_empty() {
        return own.to_owned();
    }
    let words = known(name).map_or_else(
        || in_words(name),
        |column| column.label.split(" (").next().unwrap_or(column.label).to_owned(),
    );
    capital(&words)
}

/// True for a column of the dictionary: what it holds is then known, whatever its values look like.
pub fn is_bekend(name: &str) -> bool {
    known(name).is_some()
}

fn known(name: &str) -> Option<&'static Column> {
    TABLES.iter().flat_map(|table| table.columns).find(|column| column.name == name)
}

/// Words for a number of days, months or hours say it themselves.
fn in_words(name: &str) -> String {
    // Minutes are shown in hours.
    let name = name.replace("minuten", "uren");
    let name = name.trim_end_matches("_ct").trim_end_matches("_milli");
    name.trim_end_matches("_procent").replace('_', " ")
}

/// What a column of that name holds, as far as its name tells.
pub fn soort(name: &str) -> Soort {
    let dtype = known(name).map(|column| column.dtype);
    match dtype {
        _ if name.ends_with("_ct") => Soort::Eurocent,
        _ if name.ends_with("_milli") => Soort::Duizendste,
        _ if name.ends_with("minuten") || name.starts_with("minuten_") => Soort::Minuten,
        _ if name == "kwartaal" || name.ends_with("_kwartaal") => Soort::Kwartaal,
        _ if name == "maand" => Soort::Maand,
        Some(Dtype::Gemeente) => Soort::Gemeente,
        Some(Dtype::Date) => Soort::Datum,
        Some(Dtype::Agb | Dtype::Eenheid) => Soort::Code,
        Some(Dtype::Int) => Soort::Aantal,
        Some(Dtype::Bool | Dtype::Filled) => Soort::JaNee,
        None if name.ends_with("datum") => Soort::Datum,
        _ => Soort::Tekst,
    }
}

/// What a column holds that has these values: a name that the dictionary does not know may hold numbers.
pub fn soort_van<'v>(name: &str, values: impl IntoIterator<Item = &'v ListValue>) -> Soort {
    let first = values.into_iter().find(|value| **value != ListValue::Empty);
    match (first, soort(name)) {
        (Some(ListValue::Int(_)), soort) if !soort.is_getal() => Soort::Aantal,
        (Some(ListValue::Date(_)), _) => Soort::Datum,
        (Some(ListValue::Bool(_)), _) => Soort::JaNee,
        (Some(ListValue::Text(_)), soort) if soort.is_getal() || soort == Soort::Datum => {
            Soort::Tekst
        }
        (_, soort) => soort,
    }
}

/// A column by its name alone.
pub fn kolom(name: &str, soort: Soort, is_sleutel: bool) -> Kolom {
    Kolom { naam: name.to_owned(), kop: kop(name), soort, is_sleutel }
}

/// What a value with that unit of the header holds, and what it is called.
pub fn van_eenheid(unit: &str) -> (Soort, String) {
    match unit {
        "eurocent" => (Soort::Eurocent, "Bedrag".to_owned()),
        "minuten" => (Soort::Minuten, "Tijd".to_owned()),
        "clienten" | "jeugdigen" => (Soort::Aantal, "Jeugdigen".to_owned()),
        "duizendsten van de eenheid" => (Soort::Duizendste, "Volume".to_owned()),
        other => (Soort::Aantal, capital(other)),
    }
}

impl Soort {
    /// True for numbers.
    pub fn is_getal(self) -> bool {
        matches!(
            self,
            Self::Aantal
                | Self::Jaar
                | Self::Eurocent
                | Self::Minuten
                | Self::Duizendste
                | Self::Aandeel
                | Self::Getal(_)
        )
    }
}

impl From<&ListValue> for Waarde {
    fn from(value: &ListValue) -> Self {
        match value {
            ListValue::Text(text) => Self::Tekst(text.clone()),
            ListValue::Int(n) => Self::Geheel(*n),
            ListValue::Date(date) => Self::Datum(*date),
            ListValue::Bool(yes) => Self::JaNee(*yes),
            ListValue::Empty => Self::Leeg,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_it_holds() {
        for (name, soort_, kop_) in [
            ("gemeente", Soort::Gemeente, "Gemeente"),
            ("kwartaal", Soort::Kwartaal, "Kwartaal"),
            ("bedrag_ct", Soort::Eurocent, "Bedrag"),
            ("verschil_ct", Soort::Eurocent, "Verschil"),
            ("zorg_minuten", Soort::Minuten, "Zorg uren"),
            ("agb", Soort::Code, "AGB-code"),
            ("aantal_regels", Soort::Tekst, "Aantal regels"),
        ] {
            assert_eq!((soort(name), kop(name).as_str()), (soort_, kop_), "{name}");
        }
    }

    #[test]
    fn values_tell_what_a_name_does_not() {
        assert_eq!(soort_van("aantal", &[ListValue::Empty, ListValue::Int(3)]), Soort::Aantal);
        assert_eq!(soort_van("x_ct", &[ListValue::Text("a".to_owned())]), Soort::Tekst);
        assert_eq!(soort_van("agb", &[ListValue::Text("01".to_owned())]), Soort::Code);
    }
}
