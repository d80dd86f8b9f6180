//! One cell of an ODS sheet: what it says of itself → what it holds.

use quick_xml::events::BytesStart;

use super::errors::{shown_error, text_kind};
use super::number;
use super::package::{attribute, value};
use super::row::Kind;

/// A `<table-cell>` while it is being read.
#[derive(Default)]
pub(super) struct Wire {
    kind: String,
    value: String,
    pub(super) text: String,
    pub(super) repeated: u32,
    is_covered: bool,
    has_formula: bool,
}

impl Wire {
    /// What the cell holds; `None` when nothing.
    pub(super) fn value(&self) -> Option<(Kind, String)> {
        if self.is_covered {
            return None;
        }
        let shown = self.text.trim();
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => {
                let plain = number::plain(&self.value)?;
                let is_code = shown.starts_with('0')
                    && shown.bytes().all(|byte| byte.is_ascii_digit())
                    && shown.trim_start_matches('0') == plain.text.trim_start_matches('0');
                let kind = if plain.is_rounded { Kind::Rounded } else { Kind::Number };
                Some((kind, if is_code { shown.to_owned() } else { plain.text }))
            }
            "date" => Some((Kind::Date, number::iso_date(&self.value).to_owned())),
            "time" => Some((Kind::Text, self.text.clone())),
            "boolean" => Some((Kind::Bool, self.value.clone())),
            "error" => Some((Kind::Error, shown_error(shown).to_owned())),
            _ if shown.starts_with("Err:") => Some((Kind::Error, "#FOUT".to_owned())),
            "" if self.has_formula && shown.is_empty() => Some((Kind::NoValue, String::new())),
            _ => {
                let text = if self.text.is_empty() { &self.value } else { &self.text };
                let kind = text_kind(text);
                (!text.is_empty()).then(|| (kind, text.clone()))
            }
        }
    }
}

/// How often an element stands there; once unless it says otherwise.
pub(super) fn repeated(start: &BytesStart<'_>, name: &str) -> u64 {
    attribute(start, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

/// Reads what the element of a cell says of it.
pub(super) fn describe(start: &BytesStart<'_>, cell: &mut Wire) {
    cell.kind.clear();
    cell.value.clear();
    cell.text.clear();
    cell.repeated = 1;
    cell.has_formula = false;
    cell.is_covered = start.local_name().as_ref() == "covered-table-cell";
    let mut is_error = false;
    for attribute in start.attributes().with_checks(false).flatten() {
        let key = attribute.key.local_name();
        match key.as_ref() {
            // LibreOffice says twice what a cell is: an error is text for others.
            "value-type" if attribute.value == "error" => is_error = true,
            "value-type" => {
                cell.kind.clear();
                cell.kind.push_str(&attribute.value);
            }
            "value" | "date-value" | "boolean-value" | "string-value" => {
                cell.value = value(&attribute);
            }
            "number-columns-repeated" => {
                cell.repeated = attribute.value.parse().unwrap_or(1).max(1);
            }
            "formula" => cell.has_formula = true,
            _ => {}
        }
    }
    if is_error {
        cell.kind.clear();
        cell.kind.push_str("error");
    }
}
