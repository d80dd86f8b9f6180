//! Typed access to the columns of a slice.

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DateChunked, Int64Chunked, PolarsResult, StringChunked,
};

/// The columns of a slice.
pub(super) struct Batch<'f>(pub(super) &'f DataFrame);

impl<'f> Batch<'f> {
    /// A column of texts.
    pub(super) fn texts(&self, name: &str) -> PolarsResult<&'f StringChunked> {
        self.0.column(name)?.str()
    }

    /// A column of numbers.
    pub(super) fn ints(&self, name: &str) -> PolarsResult<&'f Int64Chunked> {
        self.0.column(name).and_then(Column::i64)
    }

    /// A column of days.
    pub(super) fn dates(&self, name: &str) -> PolarsResult<&'f DateChunked> {
        self.0.column(name).and_then(Column::date)
    }

    /// A column of yes and no.
    pub(super) fn flags(&self, name: &str) -> PolarsResult<&'f BooleanChunked> {
        self.0.column(name).and_then(Column::bool)
    }
}

/// Text of a row, empty for null.
pub(super) fn text(values: &StringChunked, row: usize) -> &str {
    values.get(row).unwrap_or_default()
}
