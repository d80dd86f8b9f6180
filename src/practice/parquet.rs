//! A table as Parquet, each column in a type of its own.
//!
//! Enters: rows of [`Value`]s, in order. Leaves: a Parquet file, written in row groups as the rows come.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetWriter, PlSmallStr, PolarsError,
    Schema, Series,
};

use super::columns::{Cell, Columns, Value};
use super::form::Dialect;
use super::text::push_value;

/// Rows of a row group.
const GROUP_ROWS: usize = 50_000;

/// The values of a column that are still in memory.
enum Store {
    Texts(Vec<Option<String>>),
    Wholes(Vec<Option<i64>>),
    Reals(Vec<Option<f64>>),
    /// Days since 1970.
    Days(Vec<Option<i32>>),
}

/// A Parquet file being written.
pub(super) struct ParquetFile {
    out: BatchedWriter<BufWriter<File>>,
    columns: Columns,
    stores: Vec<Store>,
    waiting: usize,
    written: u64,
}

impl ParquetFile {
    /// Begins a file.
    pub(super) fn create(path: &Path, columns: Columns) -> io::Result<Self> {
        let field = |(cell, heading): &(Cell, &'static str)| {
            (PlSmallStr::from_static(heading), Store::of(*cell).dtype())
        };
        let schema = columns.iter().map(field).collect::<Schema>();
        let out = BufWriter::with_capacity(1 << 18, File::create(path)?);
        let out = ParquetWriter::new(out).batched(&schema).map_err(as_io)?;
        let stores = columns.iter().map(|(cell, _)| Store::of(*cell)).collect();
        Ok(Self { out, columns, stores, waiting: 0, written: 0 })
    }

    /// Adds a row and gives its number, from 1.
    pub(super) fn write(&mut self, row: &[Value]) -> io::Result<u64> {
        for (store, value) in self.stores.iter_mut().zip(row) {
            store.push(value);
        }
        self.waiting += 1;
        self.written += 1;
        if self.waiting == GROUP_ROWS {
            self.write_group()?;
        }
        Ok(self.written)
    }

    /// Writes what is still in memory, and the footer.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.write_group()?;
        self.out.finish().map_err(as_io)?;
        Ok(())
    }

    fn write_group(&mut self) -> io::Result<()> {
        if self.waiting == 0 {
            return Ok(());
        }
        let columns: Vec<Column> = self
            .columns
            .iter()
            .zip(&mut self.stores)
            .map(|((cell, heading), store)| {
                std::mem::replace(store, Store::of(*cell)).into_column(heading)
            })
            .collect::<Result<_, PolarsError>>()
            .map_err(as_io)?;
        let group = DataFrame::new(self.waiting, columns).map_err(as_io)?;
        self.out.write_batch(&group).map_err(as_io)?;
        self.waiting = 0;
        Ok(())
    }
}

/// Writes a small table, each column in the type of its first value, and gives the number of its last row.
///
/// # Errors
/// When the disk refuses.
pub(super) fn write_table(
    path: &Path,
    headings: &[&'static str],
    rows: &[Vec<Value>],
) -> io::Result<u64> {
    let column = |(position, heading): (usize, &&'static str)| {
        let values = rows.iter().map(|row| &row[position]);
        let mut store = Store::like(values.clone().find(|value| **value != Value::Empty));
        values.for_each(|value| store.push(value));
        store.into_column(heading)
    };
    let columns = headings.iter().enumerate().map(column).collect::<Result<_, _>>();
    let mut frame =
        columns.and_then(|columns| DataFrame::new(rows.len(), columns)).map_err(as_io)?;
    let out = BufWriter::new(File::create(path)?);
    ParquetWriter::new(out).finish(&mut frame).map_err(as_io)?;
    Ok(rows.len() as u64)
}

impl Store {
    fn like(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Whole(_)) => Self::Wholes(Vec::new()),
            Some(Value::Milli(_) | Value::Cents(_)) => Self::Reals(Vec::new()),
            Some(Value::Day(_)) => Self::Days(Vec::new()),
            _ => Self::Texts(Vec::new()),
        }
    }

    fn of(cell: Cell) -> Self {
        match cell {
            Cell::GemeenteGetal | Cell::Client | Cell::Toewijzing => Self::Wholes(Vec::new()),
            Cell::Volume | Cell::Tarief | Cell::Bedrag => Self::Reals(Vec::new()),
            Cell::Begin | Cell::Eind | Cell::Dagtekening | Cell::Betaald => Self::Days(Vec::new()),
            _ => Self::Texts(Vec::new()),
        }
    }

    fn dtype(&self) -> DataType {
        match self {
            Self::Texts(_) => DataType::String,
            Self::Wholes(_) => DataType::Int64,
            Self::Reals(_) => DataType::Float64,
            Self::Days(_) => DataType::Date,
        }
    }

    /// A value that is no number or day does not fit in such a column, and is absent then.
    fn push(&mut self, value: &Value) {
        match self {
            Self::Texts(texts) => {
                let mut text = String::new();
                push_value(&mut text, value, Dialect::Komma);
                texts.push((!text.is_empty()).then_some(text));
            }
            Self::Wholes(numbers) => numbers.push(match value {
                Value::Whole(number) => Some(*number),
                _ => None,
            }),
            Self::Reals(numbers) => numbers.push(match value {
                Value::Milli(milli) => Some(*milli as f64 / 1000.0),
                Value::Cents(cents) => Some(*cents as f64 / 100.0),
                _ => None,
            }),
            Self::Days(days) => days.push(match value {
                Value::Day(day) => Some(day.number()),
                _ => None,
            }),
        }
    }

    fn into_column(self, heading: &'static str) -> Result<Column, PolarsError> {
        let name = PlSmallStr::from_static(heading);
        Ok(match self {
            Self::Texts(values) => Series::new(name, values).into_column(),
            Self::Wholes(values) => Series::new(name, values).into_column(),
            Self::Reals(values) => Series::new(name, values).into_column(),
            Self::Days(values) => Series::new(name, values).cast(&DataType::Date)?.into_column(),
        })
    }
}

/// The library's errors as those of the disk, so that a full one is recognised.
fn as_io(error: PolarsError) -> io::Error {
    match error {
        PolarsError::IO { error, .. } => io::Error::new(error.kind(), error.to_string()),
        other => io::Error::other(other.to_string()),
    }
}
