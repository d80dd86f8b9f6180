//! Rows of the tables, and the text of their files.
//!
//! Enters: rows with a value per column. Leaves: CSV in the Dutch dialect, with the columns that are used.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};

use crate::schema::{self, Column, Need, Table};

/// A row as it will be written.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) tabel: &'static Table,
    /// By the name of the column.
    pub(super) cells: BTreeMap<&'static str, String>,
    /// Whether the case itself says when it begins or ends.
    pub(super) is_dated: bool,
}

/// A table of the folder.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) tabel: &'static Table,
    pub(super) rows: Vec<BTreeMap<&'static str, String>>,
    /// Keys of those rows.
    keys: BTreeSet<Vec<String>>,
}

/// A sheet for every table, without rows.
pub(super) fn sheets() -> Vec<Sheet> {
    let sheet = |tabel| Sheet { tabel, rows: Vec::new(), keys: BTreeSet::new() };
    schema::TABLES.iter().copied().map(sheet).collect()
}

/// Puts a row in its sheet.
///
/// # Errors
/// When a required value is missing, or another row has the same key.
pub(super) fn put(sheets: &mut [Sheet], row: Row) -> anyhow::Result<()> {
    for column in row.tabel.columns.iter().filter(|column| column.need == Need::Required) {
        if row.cells.get(column.name).is_none_or(String::is_empty) {
            bail!("{} zonder {}", row.tabel.name, column.name);
        }
    }
    let sheet = sheets.iter_mut().find(|sheet| sheet.tabel.name == row.tabel.name);
    let sheet = sheet.context("een tabel van het schema")?;
    // One number for two children is a fault that can be planted (Z02).
    let names = row.tabel.key.iter().chain(&["client"]);
    let key: Vec<String> = names.filter_map(|name| row.cells.get(name).cloned()).collect();
    if !row.tabel.key.is_empty() && !key.is_empty() && !sheet.keys.insert(key.clone()) {
        bail!("{}: er is al een rij met {}", row.tabel.name, key.join(" en "));
    }
    sheet.rows.push(row.cells);
    Ok(())
}

/// The table of that name.
///
/// # Errors
/// When there is none.
pub(super) fn table(name: &str) -> anyhow::Result<&'static Table> {
    schema::table(name).with_context(|| format!("geen tabel heet {name}"))
}

/// The column that a heading or a name stands for.
///
/// # Errors
/// When the table has no such column, or we make it ourselves.
pub(super) fn column(tabel: &'static Table, heading: &str) -> anyhow::Result<&'static Column> {
    match named(tabel.columns, heading) {
        Some(column) if column.need.is_supplied() => Ok(column),
        _ => bail!("{} heeft geen kolom {heading}", tabel.name),
    }
}

/// Values by the name of their column, so that two headings of one column are one value; what is no heading stays.
pub(super) fn by_name(tabel: &str, values: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let columns = schema::table(tabel).map_or(&[][..], |tabel| tabel.columns);
    values
        .iter()
        .map(|(heading, value)| {
            let column = named(columns, heading);
            (column.map_or(heading.as_str(), |column| column.name).to_owned(), value.clone())
        })
        .collect()
}

/// The column of this name or heading.
fn named(columns: &'static [Column], heading: &str) -> Option<&'static Column> {
    let own = columns.iter().find(|column| column.name == heading);
    own.or_else(|| columns.iter().find(|column| names(column, heading)))
}

fn names(column: &Column, heading: &str) -> bool {
    let wanted = schema::normalise_heading(heading);
    std::iter::once(&column.name)
        .chain(column.aliases)
        .any(|name| schema::normalise_heading(name) == wanted)
}

/// The heading of a column: its name without the unit, where that is understood.
fn heading(column: &Column) -> &'static str {
    let short = column.name.trim_end_matches("_ct").trim_end_matches("_milli");
    if names(column, short) { short } else { column.name }
}

impl Sheet {
    /// The text of the file: semicolons, CRLF, only columns in which something stands.
    pub(super) fn csv(&self) -> String {
        let filled = |row: &BTreeMap<&'static str, String>| -> Vec<&'static str> {
            row.iter().filter(|(_, cell)| !cell.is_empty()).map(|(name, _)| *name).collect()
        };
        let used: BTreeSet<&str> = self.rows.iter().flat_map(filled).collect();
        let stands = |column: &&Column| column.need == Need::Heading || used.contains(column.name);
        let columns: Vec<&Column> = self.tabel.columns.iter().filter(stands).collect();
        let mut out = String::from("\u{feff}");
        let head: Vec<&str> = columns.iter().map(|column| heading(column)).collect();
        out.push_str(&head.join(";"));
        out.push_str("\r\n");
        for row in &self.rows {
            let cells: Vec<String> = columns
                .iter()
                .map(|column| quoted(row.get(column.name).map_or("", String::as_str)))
                .collect();
            out.push_str(&cells.join(";"));
            out.push_str("\r\n");
        }
        out
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}
