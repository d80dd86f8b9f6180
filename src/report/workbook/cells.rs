//! The cells of a sheet as a chart points to them.
//!
//! Enters: a table and the name of its sheet. Leaves: ranges, in which an empty cell stands for what is not drawn.
//! Does not know what kind of chart is made.

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell_absolute};
use rust_xlsxwriter::{ChartRange, ChartSeries};

use crate::dutch;
use crate::report::document::{Row, Table, Value};
use crate::report::shown;
use crate::report::workbook::body;

/// More names than these are counted instead.
const MANY: usize = 5;

/// Where the values stand.
pub(super) struct Cells<'a> {
    pub(super) sheet: &'a str,
    pub(super) table: &'a Table,
}

impl Cells<'_> {
    /// Rows with a value of their own: the totals under a table are no bar beside the others.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.table.rows.iter().enumerate().filter(|(_, row)| !row.is_total)
    }

    fn has_value(&self, row: usize, column: usize) -> bool {
        is_value(&self.table.rows[row].cells[column].value)
    }

    /// A column as a range; rows that are not wanted are empty cells beside the table.
    fn range(&self, column: usize, wanted: impl Fn(usize) -> bool) -> ChartRange {
        let rows: Vec<usize> = self.rows().map(|(at, _)| at).collect();
        let beside = self.table.columns.len();
        let place = |at: &usize| (*at, if wanted(*at) { column } else { beside });
        let mut parts: Vec<((usize, usize), (usize, usize))> = Vec::new();
        for (row, column) in rows.iter().map(place) {
            match parts.last_mut() {
                Some((_, last)) if last.1 == column && last.0 + 1 == row => *last = (row, column),
                _ => parts.push(((row, column), (row, column))),
            }
        }
        let sheet = quote_sheet_name(self.sheet);
        let part = |(first, last): &((usize, usize), (usize, usize))| {
            if first == last {
                format!("{sheet}!{}", cell(*first))
            } else {
                format!("{sheet}!{}:{}", cell(*first), cell(*last))
            }
        };
        let parts: Vec<String> = parts.iter().map(part).collect();
        match parts.as_slice() {
            [whole] if rows.iter().all(|at| wanted(*at)) => ChartRange::new_from_string(whole),
            _ => ChartRange::new_from_string(&format!("=({})", parts.join(","))),
        }
    }

    /// The names of the rows.
    fn names(&self) -> ChartRange {
        self.range(self.table.row_header(), |_| true)
    }

    /// The rows of a column that are wanted and have a value.
    pub(super) fn values(&self, column: usize, wanted: impl Fn(usize) -> bool) -> ChartRange {
        self.range(column, |row| wanted(row) && self.has_value(row, column))
    }

    /// Names a series and points it to its cells.
    pub(super) fn fill<'s>(
        &self,
        series: &'s mut ChartSeries,
        name: &str,
        values: &ChartRange,
    ) -> &'s mut ChartSeries {
        series.set_name(name).set_categories(&self.names()).set_values(values)
    }

    /// A series of its own over those rows.
    pub(super) fn series(
        &self,
        name: &str,
        column: usize,
        wanted: impl Fn(usize) -> bool,
    ) -> ChartSeries {
        let mut series = ChartSeries::new();
        self.fill(&mut series, name, &self.values(column, wanted));
        series
    }

    /// Who has a word instead of a value, by word.
    pub(super) fn missing(&self, column: usize) -> Vec<String> {
        let mut out = Vec::new();
        for word in [shown::HIDDEN, dutch::UNKNOWN] {
            let text = |row: &Row, at: usize| {
                shown::text(&row.cells[at].value, self.table.columns[at].kind)
            };
            let rows = self.rows().filter(|(_, row)| text(row, column) == word);
            let names: Vec<String> =
                rows.map(|(_, row)| text(row, self.table.row_header())).collect();
            match names.len() {
                0 => {}
                n if n <= MANY => out.push(format!("{word}: {}", dutch::list(&names))),
                n => out.push(format!(
                    "{word}: {}",
                    dutch::counted(dutch::n_of(n), "waarde", "waarden")
                )),
            }
        }
        out
    }
}

fn is_value(value: &Value) -> bool {
    match value {
        Value::Int(_) | Value::Cents(_) => true,
        Value::Share(number) | Value::Decimal(number) => number.is_finite(),
        _ => false,
    }
}

fn cell((row, column): (usize, usize)) -> String {
    let row = body::FIRST + u32::try_from(row).unwrap_or(u32::MAX - body::FIRST);
    row_col_to_cell_absolute(row, u16::try_from(column).unwrap_or(u16::MAX))
}
