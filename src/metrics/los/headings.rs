//! What a column of an answer is called when nobody named it, and its heading and unit.
//!
//! Enters: an item behind SELECT. Leaves: name, heading, unit.

use sqlparser::ast::{Expr, Function};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::aliases::Item;
use crate::metrics::los::scope::same;
use crate::metrics::los::types::Aard;

/// The unit of a column. A number that was made by calculating has the unit that its name ends with: `_ct` or `_milli`.
pub(super) fn unit_of_name(item: &Item<'_>, aard: &Aard) -> Soort {
    let Item::Expr { naam: Some(naam), expr: _ } = item else { return aard.soort };
    if aard.eenheid.is_some() {
        return aard.soort;
    }
    match (aard.soort, naam.value.to_lowercase()) {
        (Soort::Getal(_) | Soort::Aantal, name) if name.ends_with("_ct") => Soort::Eurocent,
        (Soort::Getal(_) | Soort::Aantal, name) if name.ends_with("_milli") => Soort::Duizendste,
        (soort, _) => soort,
    }
}

/// The heading with what the number was made into, unless that stands there already.
pub(super) fn with_unit(kop: String, aard: &Aard) -> String {
    let said = kop.to_lowercase();
    match (aard.eenheid, aard.soort) {
        (Some("uur"), _) if said.contains("uren") => kop,
        (Some(unit), Soort::Getal(_)) if !said.contains(unit) => format!("{kop} ({unit})"),
        _ => kop,
    }
}

/// Name, heading, and whether the asker chose the name.
pub(super) fn name_of(
    item: &Item<'_>,
    kop: Option<&str>,
    position: usize,
) -> (String, String, bool) {
    let headed = |naam: &str| kop.map_or_else(|| heading(naam), ToOwned::to_owned);
    match item {
        Item::Kolom { column, .. } => (column.naam.clone(), headed(&column.naam), true),
        Item::Expr { expr, naam: Some(naam) } => {
            let is_same = column_name(expr).is_some_and(|column| same(column, &naam.value));
            let kop = if is_same { headed(&naam.value) } else { heading(&naam.value) };
            (naam.value.clone(), kop, true)
        }
        Item::Expr { expr, naam: None } => {
            if let Some(column) = column_name(expr) {
                return (column.to_owned(), headed(column), true);
            }
            let number = position + 1;
            let plain = || (format!("kolom_{number}"), format!("Kolom {number}"));
            let (naam, kop) = count_name(expr).unwrap_or_else(plain);
            (naam, kop, false)
        }
    }
}

fn column_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Identifier(name) => Some(&name.value),
        Expr::CompoundIdentifier(parts) => parts.last().map(|name| name.value.as_str()),
        Expr::Nested(inner) => column_name(inner),
        _ => None,
    }
}

/// Name and heading of a count that got no name.
fn count_name(expr: &Expr) -> Option<(String, String)> {
    let Expr::Function(Function { name, args, over: None, .. }) = expr else { return None };
    let (naam, kop) = match name.to_string().to_lowercase().as_str() {
        "count" => ("aantal", "Aantal"),
        "sum" => ("som", "Som van"),
        "avg" | "mean" => ("gemiddelde", "Gemiddelde van"),
        "min" => ("laagste", "Laagste"),
        "max" => ("hoogste", "Hoogste"),
        "median" => ("mediaan", "Mediaan van"),
        _ => return None,
    };
    let inside = args.to_string();
    let inside = inside.trim_matches(['(', ')']).trim();
    let inside = inside.strip_prefix("DISTINCT ").unwrap_or(inside);
    let column = inside.rsplit('.').next().unwrap_or(inside);
    let is_name = !column.is_empty() && column.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_name {
        return (naam == "aantal" && inside == "*").then(|| (naam.to_owned(), kop.to_owned()));
    }
    let shown = heading(column).to_lowercase();
    Some((format!("{naam}_{}", column.to_lowercase()), format!("{kop} {shown}")))
}

/// A heading made of a name in SQL: without its unit, with spaces.
fn heading(naam: &str) -> String {
    let bare = ["_ct", "_milli"].iter().find_map(|unit| naam.strip_suffix(unit)).unwrap_or(naam);
    let spaced = bare.replace('_', " ");
    let mut letters = spaced.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
