//! What is seen in many cells of a sheet and told once.

use std::collections::BTreeSet;

use super::layout::Layout;
use super::row::{Kind, Row};
use super::rules::{MS208, MS278, MS279};
use crate::dutch::counted;
use crate::rejects::{Reject, Rule};
use crate::schema::Dtype;
use crate::sources::Opened;

/// Cells of one kind: how many, and where the first is.
#[derive(Default)]
struct Seen {
    n: i64,
    /// Column, and number of the row.
    first: (u32, u64),
}

impl Seen {
    fn see(&mut self, column: u32, row: u64) {
        if self.n == 0 {
            self.first = (column, row);
        }
        self.n += 1;
    }
}

/// What was noticed on the way through a sheet.
#[derive(Default)]
pub(super) struct Notes {
    hidden: Seen,
    beside: Seen,
    as_text: Seen,
    /// Columns in which figures are text.
    columns: BTreeSet<usize>,
}

impl Notes {
    /// Looks at a row as a whole.
    pub(super) fn see_row(&mut self, row: &Row) {
        if row.is_hidden {
            self.hidden.see(0, row.number);
        }
    }

    /// Looks for cells in columns without a heading, and for figures that are text.
    pub(super) fn see_cells(&mut self, row: &Row, layout: &Layout) {
        for column in row.columns() {
            let at = usize::try_from(column).unwrap_or(usize::MAX);
            if layout.headings.get(at).is_none_or(String::is_empty) {
                self.beside.see(column, row.number);
            }
            let target = layout.targets.get(at).copied().flatten();
            let dtype = target.map(|position| layout.table.columns[position].dtype);
            let is_figure =
                matches!(dtype, Some(Dtype::Cent | Dtype::Milli | Dtype::Int | Dtype::Date));
            let (text, kind) = row.cell(column);
            if is_figure && kind == Kind::Text && !text.trim_ascii().is_empty() {
                self.as_text.see(column, row.number);
                self.columns.insert(at);
            }
        }
    }

    /// What is told at the end of the sheet.
    pub(super) fn tell(self, opened: &Opened<'_>, layout: &Layout) -> Vec<Reject> {
        let mut out = Vec::new();
        let cells = |seen: &Seen| counted(seen.n, "cel", "cellen");
        if self.hidden.n > 0 {
            let row = self.hidden.first.1;
            let rows = counted(self.hidden.n, "rij", "rijen");
            let found = format!("{rows} verborgen, de eerste is rij {row}");
            out.push(note(opened, layout, &MS278, row, found, layout.address_of_row(row)));
        }
        if self.beside.n > 0 {
            let (column, row) = self.beside.first;
            let cell = layout.address(column, row);
            out.push(note(opened, layout, &MS208, row, cells(&self.beside), cell));
        }
        if self.as_text.n > 0 {
            let (column, row) = self.as_text.first;
            let names: Vec<&str> =
                self.columns.iter().map(|at| layout.headings[*at].as_str()).collect();
            let found = format!("{} in {}", cells(&self.as_text), names.join(", "));
            out.push(note(opened, layout, &MS279, row, found, layout.address(column, row)));
        }
        out
    }

    /// That something of a sheet as a whole is not to be seen in Excel.
    pub(super) fn of_sheet(opened: &Opened<'_>, layout: &Layout, found: String) -> Reject {
        note(opened, layout, &MS278, layout.heading_row, found, layout.name().to_owned())
    }
}

fn note(
    opened: &Opened<'_>,
    layout: &Layout,
    rule: &'static Rule,
    row: u64,
    found: String,
    cell: String,
) -> Reject {
    Reject {
        table: layout.table.name.to_owned(),
        found,
        cell,
        ..Reject::new(rule, &opened.file.path, layout.offset() + row)
    }
}
