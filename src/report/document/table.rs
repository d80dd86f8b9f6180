//! A table of the report: typed cells, so that every writer can give a number its own form.
//!
//! Enters: values of a composer. Leaves: [`Table`]. Does not know how a number is written in a given file.

use anyhow::bail;
use chrono::NaiveDate;

use super::check_id;

/// A table with a caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name, `a-z 0-9 - _`, unique in the document; `tabellen/<id>.csv`.
    pub id: String,
    /// What the table shows, with its period.
    pub caption: String,
    /// Columns, left to right.
    pub columns: Vec<TableColumn>,
    /// Rows, top to bottom, each as wide as `columns`.
    pub rows: Vec<Row>,
    /// Where the figures come from: source, query, period, n.
    pub source_line: String,
    /// So many rows stand on a page, the first ones; the CSV has all. `None` for all.
    pub op_pagina: Option<usize>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    /// Heading.
    pub label: String,
    /// Unit, empty when the label says it all.
    pub unit: String,
    /// What the cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold, and so how they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A code that only looks like a number; keeps its zeros.
    Code,
    /// [`Value::Int`]: 1.240.
    Count,
    /// [`Value::Int`] without a mark between thousands: 2025.
    Year,
    /// [`Value::Cents`], shown in euros: 1.234,56.
    Cents,
    /// [`Value::Share`], 0 to 1, shown in percent: 12,3%.
    Share,
    /// [`Value::Decimal`] with so many decimals.
    Decimal(u8),
    /// [`Value::Int`] in **minutes**, shown in hours with one decimal: 1.234,5.
    Hours,
    /// [`Value::Date`].
    Date,
}

impl Kind {
    /// True for columns that are set right in their column, digit under digit.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::Text | Self::Code | Self::Date)
    }

    /// True when a cell of this column may hold `value`; absence fits everywhere.
    fn fits(self, value: &Value) -> bool {
        match value {
            Value::Text(_) => matches!(self, Self::Text | Self::Code),
            Value::Int(_) => matches!(self, Self::Count | Self::Year | Self::Hours),
            Value::Cents(_) => self == Self::Cents,
            Value::Share(_) => self == Self::Share,
            Value::Decimal(_) => matches!(self, Self::Decimal(_)),
            Value::Date(_) => self == Self::Date,
            Value::Hidden | Value::Empty | Value::Unknown { .. } => true,
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One cell per column.
    pub cells: Vec<Cell>,
    /// A sum of the rows above.
    pub is_total: bool,
    /// The row this report is about.
    pub highlight: bool,
}

/// A cell with the address by which its origin can be traced.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What is in it.
    pub value: Value,
    /// `query/keys/period/column`; absent for names and headings.
    pub address: Option<String>,
}

/// The content of a cell. Zero, nothing, hidden and unknown are four different things.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words or a code.
    Text(String),
    /// A count, or minutes in a column of hours.
    Int(i64),
    /// Money in eurocents.
    Cents(i64),
    /// A share, 0 to 1.
    Share(f64),
    /// Any other number.
    Decimal(f64),
    /// A calendar date.
    Date(NaiveDate),
    /// Known, and not shown because too few children are behind it.
    Hidden,
    /// Nothing belongs here.
    Empty,
    /// It cannot be determined.
    Unknown {
        /// Why not, and what would change it.
        reason: String,
    },
}

impl Table {
    /// A table without rows.
    pub fn new(id: &str, caption: &str, columns: Vec<TableColumn>) -> Self {
        Self {
            id: id.to_owned(),
            caption: caption.to_owned(),
            columns,
            rows: Vec::new(),
            source_line: String::new(),
            op_pagina: None,
        }
    }

    /// Position of the column that names a row: the first with words, else the first.
    pub fn row_header(&self) -> usize {
        self.columns.iter().position(|column| column.kind == Kind::Text).unwrap_or(0)
    }

    /// Leaves out the columns in which no row has anything.
    pub fn without_empty_columns(&mut self) {
        let is_used = |at: usize| {
            self.rows.iter().any(|row| match &row.cells[at].value {
                Value::Text(text) => !text.is_empty(),
                value => *value != Value::Empty,
            })
        };
        let used: Vec<bool> = (0..self.columns.len()).map(is_used).collect();
        if self.rows.is_empty() {
            return;
        }
        let mut at = used.iter();
        self.columns.retain(|_| at.next().copied().unwrap_or(true));
        for row in &mut self.rows {
            let mut at = used.iter();
            row.cells.retain(|_| at.next().copied().unwrap_or(true));
        }
    }

    /// Name, caption, headings, and rows that fit their columns.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        check_id(&self.id)?;
        if self.caption.trim().is_empty() {
            bail!("no caption");
        }
        if self.columns.is_empty()
            || self.columns.iter().any(|column| column.label.trim().is_empty())
        {
            bail!("every column needs a heading");
        }
        for (n, row) in self.rows.iter().enumerate() {
            if row.cells.len() != self.columns.len() {
                bail!(
                    "row {}: {} cells for {} columns",
                    n + 1,
                    row.cells.len(),
                    self.columns.len()
                );
            }
            for (cell, column) in row.cells.iter().zip(&self.columns) {
                if !column.kind.fits(&cell.value) {
                    bail!("row {}, column {}: {:?}", n + 1, column.label, cell.value);
                }
            }
        }
        Ok(())
    }
}

impl TableColumn {
    /// A column with its unit.
    pub fn new(label: &str, unit: &str, kind: Kind) -> Self {
        Self { label: label.to_owned(), unit: unit.to_owned(), kind }
    }
}

impl Row {
    /// An ordinary row.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, is_total: false, highlight: false }
    }

    /// A sum of the rows above.
    pub fn total(cells: Vec<Cell>) -> Self {
        Self { is_total: true, ..Self::new(cells) }
    }
}

impl Cell {
    /// A cell without an address.
    pub fn new(value: Value) -> Self {
        Self { value, address: None }
    }

    /// Words or a code.
    pub fn text(text: &str) -> Self {
        Self::new(Value::Text(text.to_owned()))
    }

    /// Cannot be determined, because of `reason`.
    pub fn unknown(reason: &str) -> Self {
        Self::new(Value::Unknown { reason: reason.to_owned() })
    }

    /// The same cell with its address.
    #[must_use]
    pub fn at(self, address: &str) -> Self {
        Self { address: Some(address.to_owned()), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(kind: Kind, value: Value) -> Table {
        let mut table = Table::new("t", "Titel", vec![TableColumn::new("Kop", "", kind)]);
        table.rows.push(Row::new(vec![Cell::new(value)]));
        table
    }

    #[test]
    fn a_value_of_another_kind_is_refused() {
        assert!(table(Kind::Count, Value::Cents(1)).check().is_err());
        assert!(table(Kind::Cents, Value::Int(1)).check().is_err());
        assert!(table(Kind::Date, Value::Text("1-1-2025".to_owned())).check().is_err());
        table(Kind::Hours, Value::Int(90)).check().unwrap();
        table(Kind::Cents, Value::Hidden).check().unwrap();
    }

    #[test]
    fn columns_of_which_no_row_has_anything_are_left_out() {
        let kinds = [Kind::Text, Kind::Cents, Kind::Text, Kind::Count];
        let columns = kinds.map(|kind| TableColumn::new("Kop", "", kind));
        let mut table = Table::new("t", "Titel", columns.to_vec());
        for n in [0, 3] {
            let values = [
                Value::Text("a".to_owned()),
                Value::Empty,
                Value::Text(String::new()),
                Value::Int(n),
            ];
            table.rows.push(Row::new(values.map(Cell::new).to_vec()));
        }
        table.without_empty_columns();
        let kinds: Vec<Kind> = table.columns.iter().map(|column| column.kind).collect();
        assert_eq!(kinds, [Kind::Text, Kind::Count], "nought is something");
        table.check().unwrap();
        let mut empty = Table::new("t", "Titel", vec![TableColumn::new("Kop", "", Kind::Text)]);
        empty.without_empty_columns();
        assert_eq!(empty.columns.len(), 1);
    }

    #[test]
    fn a_row_that_is_too_short_is_refused() {
        let mut table = table(Kind::Count, Value::Int(1));
        table.rows.push(Row::new(Vec::new()));
        assert!(table.check().unwrap_err().to_string().contains("row 2"));
    }

    #[test]
    fn the_name_of_a_row_is_its_first_words_and_not_its_code() {
        let columns = vec![
            TableColumn::new("Code", "", Kind::Code),
            TableColumn::new("Gemeente", "", Kind::Text),
        ];
        assert_eq!(Table::new("t", "Titel", columns).row_header(), 1);
        assert_eq!(table(Kind::Code, Value::Empty).row_header(), 0);
    }
}
