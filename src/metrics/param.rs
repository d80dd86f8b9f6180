//! Parameters of a query: values the asker may choose, as a table `par_<name>` with one column `waarde`.
//!
//! Enters: the fields of `[params.x]` in a header, and texts that are chosen. Leaves: values in one form, or in Dutch why
//! they do not fit. Does not know which gemeenten there are.

use chrono::NaiveDate;
use polars::prelude::{DataType, NamedFrom, PolarsResult, Series};
use serde::Deserialize;

use crate::dutch;
use crate::period::{Kwartaal, Maand};

/// Column of a parameter table.
pub(super) const WAARDE: &str = "waarde";

/// The largest number of a parameter, either way: a query may still multiply it by a million.
const GROOTSTE: i64 = 1_000_000_000_000;

/// What the values of a parameter are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamSoort {
    /// Values of a column of the tables the query reads (`gemeente`, `kwartaal`, `aanbieder` …); without a choice all
    /// that occur.
    Kolom(String),
    /// Words.
    Tekst,
    /// A whole number in the unit the query reckons with.
    Getal,
    /// A calendar date.
    Datum,
    /// Yes or no.
    JaNee,
}

/// A value the asker may choose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Param {
    /// What its values are.
    #[serde(rename = "type", deserialize_with = "soort")]
    pub soort: ParamSoort,
    /// Values used when none are given; absent means all.
    #[serde(default, deserialize_with = "waarden")]
    pub default: Option<Vec<String>>,
    /// The only values accepted; absent means any.
    #[serde(default, deserialize_with = "waarden")]
    pub allowed: Option<Vec<String>>,
}

fn soort<'de, D: serde::Deserializer<'de>>(from: D) -> Result<ParamSoort, D::Error> {
    Ok(match String::deserialize(from)?.as_str() {
        "tekst" => ParamSoort::Tekst,
        "getal" => ParamSoort::Getal,
        "datum" => ParamSoort::Datum,
        "ja_nee" => ParamSoort::JaNee,
        column => ParamSoort::Kolom(column.to_owned()),
    })
}

/// One value or several, each written as TOML writes it or between quotes.
fn waarden<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    let text = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Boolean(yes) => if *yes { "ja" } else { "nee" }.to_owned(),
        other => other.to_string(),
    };
    Ok(Some(match toml::Value::deserialize(from)? {
        toml::Value::Array(values) => values.iter().map(text).collect(),
        one => vec![text(&one)],
    }))
}

impl ParamSoort {
    /// As the header writes it.
    pub fn naam(&self) -> &str {
        match self {
            Self::Kolom(column) => column,
            Self::Tekst => "tekst",
            Self::Getal => "getal",
            Self::Datum => "datum",
            Self::JaNee => "ja_nee",
        }
    }

    /// The column whose values it holds.
    pub(super) fn kolom(&self) -> Option<&str> {
        match self {
            Self::Kolom(column) => Some(column),
            Self::Tekst | Self::Getal | Self::Datum | Self::JaNee => None,
        }
    }

    /// True when one value is chosen: a threshold, a day, a switch.
    fn is_enkel(&self) -> bool {
        matches!(self, Self::Getal | Self::Datum | Self::JaNee)
    }

    /// How a value is to be written, for the list of parameters.
    pub fn vorm(&self) -> &'static str {
        match self {
            Self::Kolom(column) => vorm_van(column),
            Self::Tekst => "tekst",
            Self::Getal => "geheel getal",
            Self::Datum => "datum, als 30-09-2025",
            Self::JaNee => "ja of nee",
        }
    }

    /// A value of that form as people write it: `50.000`, `30-09-2025`.
    pub fn toon(&self, value: &str) -> String {
        let shown = match self {
            Self::Getal => value.parse().ok().map(dutch::count),
            Self::Datum => value.parse().ok().map(dutch::date_short),
            Self::Kolom(_) | Self::Tekst | Self::JaNee => None,
        };
        shown.unwrap_or_else(|| value.to_owned())
    }

    /// A value in the one form in which it is compared.
    ///
    /// # Errors
    /// In Dutch: why the text is no such value.
    pub(super) fn lees(&self, text: &str) -> Result<String, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("er staat geen waarde".to_owned());
        }
        match self {
            Self::Kolom(column) if column == "kwartaal" || column.ends_with("_kwartaal") => {
                text.parse::<Kwartaal>().map(|kwartaal| kwartaal.to_string())
            }
            Self::Kolom(column) if column == "maand" => {
                text.parse::<Maand>().map(|maand| maand.to_string())
            }
            Self::Kolom(_) | Self::Tekst => Ok(text.to_owned()),
            Self::Getal => getal(text),
            Self::Datum => datum(text)
                .map(|date| date.to_string())
                .ok_or_else(|| format!("'{text}' is geen datum; schrijf bijvoorbeeld 30-09-2025")),
            Self::JaNee => match text.to_lowercase().as_str() {
                "ja" | "true" => Ok("ja".to_owned()),
                "nee" | "false" => Ok("nee".to_owned()),
                _ => Err(format!("'{text}' is geen ja of nee")),
            },
        }
    }

    /// How its values are stored in the table `par_<name>`.
    pub(super) fn storage(&self) -> DataType {
        match self {
            Self::Kolom(_) | Self::Tekst => DataType::String,
            Self::Getal => DataType::Int64,
            Self::Datum => DataType::Date,
            Self::JaNee => DataType::Boolean,
        }
    }

    /// The column `waarde` with these values, each as [`ParamSoort::lees`] gives it.
    pub(super) fn series(&self, values: &[String]) -> PolarsResult<Series> {
        let name = WAARDE.into();
        match self {
            Self::Kolom(_) | Self::Tekst => Ok(Series::new(name, values)),
            Self::Getal => {
                let numbers = values.iter().map(|value| value.parse().ok());
                Ok(Series::new(name, numbers.collect::<Vec<Option<i64>>>()))
            }
            Self::Datum => {
                let day = |date: NaiveDate| date.signed_duration_since(NaiveDate::default());
                let days = values.iter().map(|value| {
                    let days = day(value.parse().ok()?).num_days();
                    i32::try_from(days).ok()
                });
                Series::new(name, days.collect::<Vec<Option<i32>>>()).cast(&DataType::Date)
            }
            Self::JaNee => {
                let flags = values.iter().map(|value| value == "ja");
                Ok(Series::new(name, flags.collect::<Vec<bool>>()))
            }
        }
    }
}

/// How a value of a column is to be written.
pub(super) fn vorm_van(column: &str) -> &'static str {
    match column {
        "gemeente" => "naam of code",
        "kwartaal" => "als 2025-K3",
        "maand" => "als 2025-07",
        "aanbieder" => "naam of AGB-code",
        "productcode" => "code",
        _ if column.ends_with("_kwartaal") => "als 2025-K3",
        _ => "zoals het in het antwoord staat",
    }
}

/// A whole number with which a query can reckon.
fn getal(text: &str) -> Result<String, String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("'{text}' is geen geheel getal; schrijf bijvoorbeeld 10 of 250000"));
    }
    let number = text.parse::<i64>().ok();
    let number = number.filter(|number| (-GROOTSTE..=GROOTSTE).contains(number));
    number.map(|number| number.to_string()).ok_or_else(|| {
        let most = dutch::count(GROOTSTE);
        format!("'{text}' is te groot; een getal is hooguit {most}")
    })
}

/// A date as people or as machines write it.
pub fn datum(text: &str) -> Option<NaiveDate> {
    let forms = ["%Y-%m-%d", "%d-%m-%Y"];
    forms.iter().find_map(|form| NaiveDate::parse_from_str(text.trim(), form).ok())
}

impl Param {
    /// Values of one form, and only those that are allowed.
    ///
    /// # Errors
    /// In Dutch, about the first that does not fit.
    pub(super) fn kies(&self, given: &[String]) -> Result<Vec<String>, String> {
        let one = |text: &String| {
            let value = self.soort.lees(text)?;
            let allowed = self.allowed.as_deref().unwrap_or_default();
            let fits = |known: &String| *known == value || known.eq_ignore_ascii_case(&value);
            match allowed.iter().find(|known| fits(known)) {
                Some(known) => Ok(known.clone()),
                None if allowed.is_empty() => Ok(value),
                None => Err(format!("'{value}' kan niet; kies uit: {}", allowed.join(", "))),
            }
        };
        let values = given.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        if values.is_empty() {
            return Err("er staat geen waarde achter het =".to_owned());
        }
        if values.len() > 1 && self.soort.is_enkel() {
            return Err(format!("noem één waarde, niet {}", dutch::list(&values)));
        }
        Ok(values)
    }

    /// Default and allowed values in one form; `field` is the one at fault.
    ///
    /// # Errors
    /// The field, and in Dutch what is wrong with it.
    pub(super) fn check(&mut self) -> Result<(), (&'static str, String)> {
        if self.soort.kolom().is_none() && self.default.is_none() {
            let what = format!("type {} heeft een default nodig", self.soort.naam());
            return Err(("type", what));
        }
        let soort = self.soort.clone();
        let read = |field, values: &mut Option<Vec<String>>| {
            let Some(values) = values else { return Ok(()) };
            if values.is_empty() {
                return Err((field, "er staat geen enkele waarde".to_owned()));
            }
            for value in values {
                *value = soort.lees(value).map_err(|what| (field, what))?;
            }
            Ok(())
        };
        read("allowed", &mut self.allowed)?;
        read("default", &mut self.default)?;
        match &self.default {
            Some(default) => {
                self.kies(&default.clone()).map(drop).map_err(|what| ("default", what))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(text: &str) -> Param {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn every_type_has_one_form_and_refuses_the_rest() {
        let soort = |name: &str| param(&format!("type = \"{name}\"")).soort;
        for (name, text, form) in [
            ("kwartaal", " 2025-k3", Some("2025-K3")),
            ("begin_kwartaal", "2025-K5", None),
            ("maand", "2025-7", Some("2025-07")),
            ("maand", "2025-13", None),
            ("getal", "-12", Some("-12")),
            ("getal", "1,5", None),
            ("getal", "+7", Some("7")),
            ("getal", "-", None),
            ("getal", "1000000000000", Some("1000000000000")),
            ("getal", "-1000000000001", None),
            ("getal", "9223372036854775807", None),
            ("getal", "99999999999999999999", None),
            ("datum", "30-09-2025", Some("2025-09-30")),
            ("datum", "2025-09-31", None),
            ("ja_nee", "Ja", Some("ja")),
            ("ja_nee", "true", Some("ja")),
            ("ja_nee", "misschien", None),
            ("tekst", " a b ", Some("a b")),
            ("tekst", " ", None),
            ("productcode", "45A04", Some("45A04")),
        ] {
            assert_eq!(soort(name).lees(text).ok().as_deref(), form, "{name} {text}");
        }
    }

    #[test]
    fn defaults_are_written_as_toml_has_them() {
        let mut flag = param("type = \"ja_nee\"\ndefault = true");
        assert_eq!(flag.check(), Ok(()));
        assert_eq!(flag.default, Some(vec!["ja".to_owned()]));
        let mut number = param("type = \"getal\"\ndefault = 5\nallowed = [5, 10]");
        assert_eq!(number.check(), Ok(()));
        assert_eq!(number.kies(&["10".to_owned()]), Ok(vec!["10".to_owned()]));
        assert_eq!(number.kies(&["7".to_owned()]), Err("'7' kan niet; kies uit: 5, 10".to_owned()));
        let mut date = param("type = \"datum\"\ndefault = 2025-07-01");
        assert_eq!(date.check(), Ok(()));
        assert_eq!(date.default, Some(vec!["2025-07-01".to_owned()]));
    }

    #[test]
    fn of_a_number_a_day_or_a_switch_one_value_is_chosen() {
        let given = |values: &[&str]| values.iter().map(|text| (*text).to_owned()).collect();
        let kies = |soort: &str, values: &[&str]| {
            let values: Vec<String> = given(values);
            param(&format!("type = \"{soort}\"")).kies(&values)
        };
        let told = kies("getal", &["1", "2"]).unwrap_err();
        assert_eq!(told, "noem één waarde, niet 1 en 2");
        assert!(kies("datum", &["2025-01-01", "2025-02-01"]).is_err());
        assert!(kies("ja_nee", &["ja", "nee"]).is_err());
        assert_eq!(kies("productcode", &[]), Err("er staat geen waarde achter het =".to_owned()));
        assert_eq!(kies("productcode", &["45A04", "45A53"]).map(|all| all.len()), Ok(2));
        let large = kies("getal", &["9223372036854775807"]).unwrap_err();
        assert_eq!(
            large,
            "'9223372036854775807' is te groot; een getal is hooguit 1.000.000.000.000"
        );
    }

    #[test]
    fn a_single_value_needs_a_default_and_a_list_is_not_empty() {
        assert_eq!(param("type = \"getal\"").check().unwrap_err().0, "type");
        assert_eq!(param("type = \"aanbieder\"").check(), Ok(()));
        let empty = param("type = \"aanbieder\"\nallowed = []").check().unwrap_err();
        assert_eq!(empty, ("allowed", "er staat geen enkele waarde".to_owned()));
    }
}
