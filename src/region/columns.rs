//! Aliases of column headings, checked against the schema.
//!
//! Enters: `[columns.<table>]` of a region file or `[kolommen.<table>]` of `maatstaf.toml`.
//! Leaves: table to normalised heading to column. Does not know which file uses an alias.

use std::collections::BTreeMap;

use crate::region::document::Document;
use crate::region::document::suggestion;
use crate::region::wire::WireColumns;
use crate::schema;

/// Table to normalised heading to column.
pub(super) type Aliases = BTreeMap<String, BTreeMap<String, String>>;

/// Every table and column exists, may be supplied, and no heading stands for two columns.
pub(super) fn check(document: &Document<'_>, wire: &WireColumns) -> anyhow::Result<Aliases> {
    let mut aliases = Aliases::new();
    for (table_name, headings) in wire {
        let Some(table) = schema::table(table_name.get_ref()) else {
            let names: Vec<&str> = schema::TABLES.iter().map(|table| table.name).collect();
            let near = suggestion(table_name.get_ref(), &names);
            let message = format!("onbekende tabel \"{}\"; {near}", table_name.get_ref());
            return Err(document.error(table_name.span().start, message));
        };
        let known: Vec<&str> = table
            .columns
            .iter()
            .filter(|column| column.need.is_supplied())
            .map(|column| column.name)
            .collect();
        let checked = aliases.entry(table.name.to_owned()).or_default();
        for (heading, column) in headings {
            if !known.contains(&column.get_ref().as_str()) {
                let near = suggestion(column.get_ref(), &known);
                let message = format!(
                    "tabel {} heeft geen kolom \"{}\"; {near}",
                    table.name,
                    column.get_ref()
                );
                return Err(document.error(column.span().start, message));
            }
            let normalised = schema::normalise_heading(heading.get_ref());
            if normalised.is_empty() {
                let message = "een kolomkop heeft minstens één letter of cijfer; schrijf de kop uit het bestand";
                return Err(document.error(heading.span().start, message));
            }
            let other = checked.insert(normalised, column.get_ref().clone());
            if let Some(other) = other.filter(|other| other != column.get_ref()) {
                let message = format!(
                    "kop \"{}\" staat er ook voor kolom \"{other}\" (hoofdletters, spaties en leestekens \
                     tellen niet); verwijder er een",
                    heading.get_ref()
                );
                return Err(document.error(heading.span().start, message));
            }
        }
    }
    Ok(aliases)
}
