//! A table as the templates see it: texts, marks and the legend that explains them.

use serde::Serialize;

use crate::dutch;
use crate::report::document::{Cell, Table, TableColumn, Value, is_place};
use crate::report::shown;

/// From so many characters on a text needs a column that is wide enough to read a sentence in.
const PROSE: usize = 28;

/// From so many columns on a table is printed on a page turned sideways.
const WIDE: usize = 10;

#[derive(Serialize)]
pub(super) struct TableView {
    id: String,
    name: String,
    caption: String,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    wide: bool,
    has_hidden: bool,
    has_empty: bool,
    reasons: Vec<ReasonView>,
    source: String,
    /// What is not on the page, and where it is; empty when all is.
    rest: String,
    #[serde(skip)]
    rest_n: usize,
    /// What the addresses of numbers without one of their own begin with.
    place: Option<String>,
    /// Address of the first cell that has one, as an example of what can be traced.
    address: Option<String>,
    csv_path: Option<String>,
}

#[derive(Serialize)]
struct ColumnView {
    label: String,
    unit: String,
    is_number: bool,
}

#[derive(Serialize)]
struct RowView {
    is_total: bool,
    highlight: bool,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    /// `waarde`, `onderdrukt`, `leeg` or `onbekend`.
    look: &'static str,
    text: String,
    /// Letter of the reason, for `onbekend`.
    mark: String,
    /// Of the element. Most cells are numbers, and these have none.
    class: &'static str,
    is_header: bool,
    address: Option<String>,
}

#[derive(Serialize)]
struct ReasonView {
    mark: String,
    text: String,
}

impl TableView {
    pub(super) fn new(table: &Table, id: String, name: String, csv_path: Option<String>) -> Self {
        let mut reasons = Vec::new();
        let header = table.row_header();
        let shown = csv_path.as_ref().and(table.op_pagina).unwrap_or(usize::MAX);
        let rows: Vec<RowView> = table
            .rows
            .iter()
            .take(shown)
            .map(|row| RowView {
                is_total: row.is_total,
                highlight: row.highlight,
                cells: std::iter::zip(&row.cells, &table.columns)
                    .enumerate()
                    .map(|(n, (cell, column))| {
                        CellView::new(cell, column, n == header, &mut reasons)
                    })
                    .collect(),
            })
            .collect();
        let has = |look| rows.iter().any(|row| row.cells.iter().any(|cell| cell.look == look));
        Self {
            id,
            name,
            caption: table.caption.clone(),
            columns: table.columns.iter().map(ColumnView::new).collect(),
            wide: table.columns.len() >= WIDE,
            has_hidden: has("onderdrukt"),
            has_empty: has("leeg"),
            rest_n: table.rows.len().saturating_sub(shown),
            rest: rest(table.rows.len().saturating_sub(shown)),
            place: place(table),
            address: first_address(table),
            rows,
            reasons,
            source: table.source_line.clone(),
            csv_path,
        }
    }
}

impl TableView {
    /// Only the first rows; says how many are left for the CSV.
    pub(super) fn at_most(mut self, n: usize) -> Self {
        let left_out = self.rest_n + self.rows.len().saturating_sub(n);
        self.rows.truncate(n);
        self.rest_n = left_out;
        self.rest = rest(left_out);
        self
    }
}

/// So many rows stand only in the CSV.
fn rest(n: usize) -> String {
    match n {
        0 => String::new(),
        n => format!(
            "Nog {} in de CSV.",
            dutch::counted(dutch::n_of(n), "regel staat", "regels staan")
        ),
    }
}

impl ColumnView {
    fn new(column: &TableColumn) -> Self {
        Self {
            label: column.label.clone(),
            unit: shown::unit(column).to_owned(),
            is_number: column.kind.is_number(),
        }
    }
}

impl CellView {
    fn new(
        cell: &Cell,
        column: &TableColumn,
        is_header: bool,
        reasons: &mut Vec<ReasonView>,
    ) -> Self {
        let text = shown::text(&cell.value, column.kind);
        let (look, mark) = match &cell.value {
            Value::Hidden => ("onderdrukt", String::new()),
            Value::Unknown { reason } => ("onbekend", mark_of(reason, reasons)),
            Value::Share(number) | Value::Decimal(number) if !number.is_finite() => {
                ("onbekend", mark_of("de noemer is 0", reasons))
            }
            _ if text == shown::EMPTY => ("leeg", String::new()),
            _ => ("waarde", String::new()),
        };
        let text = if look == "onbekend" { dutch::UNKNOWN.to_owned() } else { text };
        let is_prose = matches!(&cell.value, Value::Text(text) if text.chars().count() >= PROSE);
        let class = match (look, column.kind.is_number()) {
            ("onbekend", _) => "onbekend",
            (_, true) if is_header => "getal",
            (_, false) if is_prose => "zin",
            (_, false) if !is_header => "t",
            _ => "",
        };
        // The address of a place follows from that of the table, the row and the heading.
        let address = cell.address.clone().filter(|address| !is_place(address));
        Self { look, text, mark, class, is_header, address }
    }
}

/// What the addresses by place in this table begin with, before row and column.
fn place(table: &Table) -> Option<String> {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    let address =
        cells.find_map(|cell| cell.address.as_ref().filter(|address| is_place(address)))?;
    address.rsplitn(3, '/').last().map(ToOwned::to_owned)
}

/// The letter of a reason; the same reason keeps its letter.
fn mark_of(reason: &str, reasons: &mut Vec<ReasonView>) -> String {
    if let Some(known) = reasons.iter().find(|known| known.text == reason) {
        return known.mark.clone();
    }
    let n = u8::try_from(reasons.len()).ok().filter(|n| *n < 26);
    let mark =
        n.map_or_else(|| (reasons.len() + 1).to_string(), |n| char::from(b'a' + n).to_string());
    reasons.push(ReasonView { mark: mark.clone(), text: reason.to_owned() });
    mark
}

/// The first figure of a query, else the first number that has a place.
fn first_address(table: &Table) -> Option<String> {
    let all =
        || table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.address.as_ref());
    all().find(|address| !is_place(address)).or_else(|| all().next()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Kind, Row};

    #[test]
    fn the_same_reason_keeps_its_letter_and_another_gets_the_next() {
        let columns = vec![TableColumn::new("n", "", Kind::Count)];
        let mut table = Table::new("t", "Titel", columns);
        for reason in ["geen tabel", "geen noemer", "geen tabel"] {
            table.rows.push(Row::new(vec![Cell::unknown(reason)]));
        }
        let view = TableView::new(&table, String::new(), String::new(), None);
        let marks: Vec<&str> = view.rows.iter().map(|row| row.cells[0].mark.as_str()).collect();
        assert_eq!(marks, ["a", "b", "a"]);
        assert_eq!(view.reasons.len(), 2);
    }

    #[test]
    fn a_division_by_zero_is_never_shown_as_a_number() {
        let columns = vec![TableColumn::new("p", "", Kind::Share)];
        let mut table = Table::new("t", "Titel", columns);
        table.rows.push(Row::new(vec![Cell::new(Value::Share(f64::NAN))]));
        let view = TableView::new(&table, String::new(), String::new(), None);
        assert_eq!(view.rows[0].cells[0].look, "onbekend");
        assert_eq!(view.reasons[0].text, "de noemer is 0");
    }
}
