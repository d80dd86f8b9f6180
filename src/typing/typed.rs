//! Typed rows of one block, until they are split into accepted rows and rejects.

use std::borrow::Cow;
use std::collections::BTreeSet;

use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, Int32Type, Int64Chunked, Int64Type,
    IntoColumn, IntoSeries, NewChunkedArray, PlSmallStr, PrimitiveChunkedBuilder, Series,
    StringChunked, StringChunkedBuilder,
};

use crate::rejects::{Reject, Rule, Severity, excerpt};
use crate::schema::{DECLARATIES, Dtype, Need};
use crate::sources::raw::RawTable;
use crate::typing::cell_reject;
use crate::typing::seen::Seen;

/// The values of one canonical column; borrowed from the raw block where they are text.
#[derive(Debug)]
pub enum TypedColumn<'r> {
    /// The file does not have it.
    Absent,
    /// Text and codes.
    Text(Vec<Option<Cow<'r, str>>>),
    /// Numbers, money, pseudonyms.
    Int(Vec<Option<i64>>),
    /// Day numbers.
    Date(Vec<Option<i32>>),
    /// Yes or no.
    Bool(Vec<Option<bool>>),
}

/// A block after typing.
#[derive(Debug)]
pub struct TypedTable<'r> {
    /// The raw block.
    pub raw: &'r RawTable,
    /// One per column of the schema table.
    pub columns: Vec<TypedColumn<'r>>,
    /// Hits so far, in no particular order.
    pub rejects: Vec<Reject>,
    /// What was noticed per raw column besides the values.
    pub seen: Vec<Seen>,
    pub(super) is_fatal: Vec<bool>,
    /// The row of each reject, aligned with `rejects`.
    pub(super) rows: Vec<usize>,
    /// What is known of the rows of a correction besides their cells.
    pub(super) mended: Mended,
}

/// Rows of a correction that are not like those of any other table.
#[derive(Debug, Default)]
pub(super) struct Mended {
    /// Rows whose rejected row stood in a message: its rules hold for them.
    pub(super) of_message: BTreeSet<usize>,
    /// Rows that belong to nothing, so that there is nothing to mend about them.
    pub(super) adrift: BTreeSet<usize>,
}

/// A block split in two.
#[derive(Debug)]
pub struct Finished {
    /// Accepted rows: the supplied columns of the schema, `bron` and `regel`.
    pub accepted: DataFrame,
    /// Rows that left, as far as their cells could be read (see [`rejected`](super::rejected)).
    pub rejected: DataFrame,
    /// Rejects of this block, by line.
    pub rejects: Vec<Reject>,
    /// Rows that left.
    pub n_rejected: u64,
    /// Signed cents of accepted rows; of tables without an amount 0.
    pub accepted_ct: i64,
    /// Signed cents of rejected rows whose amount could be read.
    pub rejected_ct: i64,
    /// Rejected rows whose amount could not be read.
    pub unreadable: u64,
}

impl Finished {
    /// Rows that stayed.
    pub fn n_accepted(&self) -> u64 {
        self.accepted.height() as u64
    }
}

impl<'r> TypedTable<'r> {
    pub(crate) fn new(raw: &'r RawTable, n_columns: usize) -> Self {
        let columns = (0..n_columns).map(|_| TypedColumn::Absent).collect();
        Self {
            raw,
            columns,
            rejects: Vec::new(),
            seen: vec![Seen::default(); raw.headings.len()],
            is_fatal: vec![false; raw.n_rows()],
            rows: Vec::new(),
            mended: Mended::default(),
        }
    }

    /// True when the rules of the message standard hold for a row.
    pub fn is_of_message(&self, row: usize) -> bool {
        self.raw.is_message || self.mended.of_message.contains(&row)
    }

    /// Number of rows, fatal ones included.
    pub fn n_rows(&self) -> usize {
        self.raw.n_rows()
    }

    /// True when the row has left; no further rule needs to look at it.
    pub fn is_fatal(&self, row: usize) -> bool {
        self.is_fatal[row]
    }

    /// Records a hit of a rule on a cell.
    pub fn fault(&mut self, row: usize, position: usize, rule: &'static Rule, expected: String) {
        let reject = cell_reject(self.raw, row, position, rule, &expected);
        self.push(row, reject);
    }

    /// Records a hit on a whole row, with what was found and expected in words; hidden where they show a number that
    /// could be a BSN.
    pub fn fault_row(&mut self, row: usize, rule: &'static Rule, found: String, expected: String) {
        let reject = Reject {
            table: self.raw.table.name.to_owned(),
            found: excerpt(&found),
            expected: excerpt(&expected),
            cell: self.raw.address(row, None),
            ..Reject::new(rule, &self.raw.file.path, self.raw.line(row))
        };
        self.push(row, reject);
    }

    fn push(&mut self, row: usize, reject: Reject) {
        self.is_fatal[row] |= reject.severity == Severity::Fataal;
        self.rejects.push(reject);
        self.rows.push(row);
    }

    /// Rows on which a rule was hit so far.
    pub fn rows_hit_by(&self, rule: &Rule) -> BTreeSet<usize> {
        let hits =
            self.rejects.iter().zip(&self.rows).filter(|(reject, _)| reject.code == rule.code);
        hits.map(|(_, row)| *row).collect()
    }

    /// Values of a numeric column; `None` when the file does not have it.
    pub fn ints(&self, name: &str) -> Option<&[Option<i64>]> {
        match &self.columns[self.raw.table.position(name)?] {
            TypedColumn::Int(values) => Some(values),
            _ => None,
        }
    }

    /// Values of a date column.
    pub fn dates(&self, name: &str) -> Option<&[Option<i32>]> {
        match &self.columns[self.raw.table.position(name)?] {
            TypedColumn::Date(values) => Some(values),
            _ => None,
        }
    }

    /// Values of a text column.
    pub fn texts(&self, name: &str) -> Option<&[Option<Cow<'r, str>>]> {
        match &self.columns[self.raw.table.position(name)?] {
            TypedColumn::Text(values) => Some(values),
            _ => None,
        }
    }

    /// Makes volume and amount negative where the row is a credit, and marks the row as one. A negative amount
    /// without a mark is a credit too: exports write it either way.
    pub fn sign(&mut self) {
        if self.raw.table.name != DECLARATIES.name {
            return;
        }
        let at = |name| self.raw.table.position(name).expect("the column is in the schema");
        let (bedrag_at, volume_at, mark_at) =
            (at("bedrag_ct"), at("volume_milli"), at("debet_credit"));
        let is_credit: Vec<bool> = (0..self.n_rows())
            .map(|row| {
                let mark = self.texts("debet_credit").and_then(|values| values[row].as_deref());
                let bedrag = self.ints("bedrag_ct").and_then(|values| values[row]).unwrap_or(0);
                mark.is_some_and(|mark| mark.starts_with(['c', 'C'])) || bedrag < 0
            })
            .collect();
        for position in [bedrag_at, volume_at] {
            if let TypedColumn::Int(values) = &mut self.columns[position] {
                for (value, is_credit) in values.iter_mut().zip(&is_credit) {
                    *value = value.map(|v| if *is_credit { -v.abs() } else { v });
                }
            }
        }
        // What a mark that could not be read means is for its supplier to say.
        let is_unknown = |row: usize| {
            self.is_fatal[row]
                && self.texts("debet_credit").is_none_or(|marks| marks[row].is_none())
        };
        let mark = |(row, is_credit): (usize, &bool)| {
            (!is_unknown(row)).then_some(Cow::Borrowed(if *is_credit { "C" } else { "D" }))
        };
        let marks = is_credit.iter().enumerate().map(mark).collect();
        self.columns[mark_at] = TypedColumn::Text(marks);
    }

    /// Splits the block: a row is accepted wholly or not at all.
    ///
    /// # Panics
    /// Never: all columns have the length of the block.
    pub fn finish(mut self) -> Finished {
        let is_money = self.raw.table.name == DECLARATIES.name;
        let amount_of = |row: usize| self.ints("bedrag_ct").and_then(|values| values[row]);
        let amounts: Vec<Option<i64>> = (0..self.n_rows()).map(amount_of).collect();
        for (reject, row) in self.rejects.iter_mut().zip(&self.rows) {
            reject.bedrag_ct = if is_money { amounts[*row] } else { None };
        }
        let (mut accepted_ct, mut rejected_ct, mut unreadable) = (0, 0, 0);
        for (row, amount) in amounts.iter().enumerate().filter(|_| is_money) {
            match (self.is_fatal[row], amount) {
                (false, amount) => accepted_ct += amount.unwrap_or(0),
                (true, Some(amount)) => rejected_ct += amount,
                (true, None) => unreadable += 1,
            }
        }
        let (leave, keep): (Vec<usize>, Vec<usize>) =
            (0..self.n_rows()).partition(|row| self.is_fatal[*row]);
        let n_rejected = leave.len() as u64;
        let leave: Vec<usize> =
            leave.into_iter().filter(|row| !self.mended.adrift.contains(row)).collect();
        let (accepted, rejected) = (self.frame(&keep), self.rejected(&leave));
        let mut rejects = self.rejects;
        rejects.sort_by(|a, b| (a.line, &a.code, &a.column).cmp(&(b.line, &b.code, &b.column)));
        Finished { accepted, rejected, rejects, n_rejected, accepted_ct, rejected_ct, unreadable }
    }

    fn frame(&self, keep: &[usize]) -> DataFrame {
        let mut columns: Vec<Column> = Vec::with_capacity(self.columns.len() + 2);
        for (schema, typed) in self.raw.table.columns.iter().zip(&self.columns) {
            if schema.need != Need::Derived {
                columns.push(series(schema.name, schema.dtype, typed, keep).into_column());
            }
        }
        columns.extend(self.origin(keep));
        DataFrame::new(keep.len(), columns)
            .expect("columns of one block have one length and unique names")
    }

    /// Where rows come from: `bron` and `regel`.
    pub(super) fn origin(&self, rows: &[usize]) -> [Column; 2] {
        let bron = rows.iter().map(|_| self.raw.file.bron());
        let bron = StringChunked::from_iter_values("bron".into(), bron).into_series();
        let regel = rows.iter().map(|row| self.raw.line(*row).cast_signed());
        let regel = Int64Chunked::from_iter_values("regel".into(), regel).into_series();
        [bron.into_column(), regel.into_column()]
    }
}

pub(super) fn series(
    name: &'static str,
    dtype: Dtype,
    typed: &TypedColumn<'_>,
    keep: &[usize],
) -> Series {
    let name = PlSmallStr::from_static(name);
    match typed {
        TypedColumn::Absent => Series::full_null(name, keep.len(), &dtype.storage()),
        TypedColumn::Text(values) => {
            let mut builder = StringChunkedBuilder::new(name, keep.len());
            kept(values, keep, |value| builder.append_option(value.as_deref()));
            builder.finish().into_series()
        }
        TypedColumn::Int(values) => {
            let mut builder = PrimitiveChunkedBuilder::<Int64Type>::new(name, keep.len());
            kept(values, keep, |value| builder.append_option(*value));
            builder.finish().into_series()
        }
        TypedColumn::Date(values) => {
            let mut builder = PrimitiveChunkedBuilder::<Int32Type>::new(name, keep.len());
            kept(values, keep, |value| builder.append_option(*value));
            builder.finish().into_series().into_date()
        }
        TypedColumn::Bool(values) => {
            let mut builder = BooleanChunkedBuilder::new(name, keep.len());
            kept(values, keep, |value| builder.append_option(*value));
            builder.finish().into_series()
        }
    }
}

/// The values of the rows that stay; mostly that is all of them.
fn kept<T>(values: &[T], keep: &[usize], mut take: impl FnMut(&T)) {
    if keep.len() == values.len() {
        values.iter().for_each(take);
    } else {
        for row in keep {
            take(&values[*row]);
        }
    }
}
