//! Rejected rows as they are kept: what the supplier is asked to mend needs its other cells again.
//!
//! A row with a fault is where numbers stand in the wrong column. So of a person only the pseudonym of the client is
//! kept, and no text or number in which a BSN may stand; which cells were left out is kept with the row.

use polars::prelude::{
    BooleanChunked, Column, DataFrame, IntoColumn, IntoSeries, NamedFrom, NewChunkedArray, Series,
    StringChunkedBuilder,
};

use crate::schema::{self, Dtype};
use crate::typing::cells;
use crate::typing::typed::{TypedColumn, TypedTable, series};

/// Column of a kept row with the names of the columns whose cell was left out, with a comma between them.
pub const LEFT_OUT: &str = "niet_bewaard";

/// Column of a kept row that says whether it stood in a message.
pub const OF_MESSAGE: &str = "uit_bericht";

/// True for a column of which a rejected row keeps the value.
pub fn is_kept(column: &schema::Column) -> bool {
    column.need.is_supplied() && (column.dtype == Dtype::Client || !column.is_person())
}

impl TypedTable<'_> {
    /// The rows that left: the columns that may be kept, `bron`, `regel`, [`LEFT_OUT`] and [`OF_MESSAGE`]. A cell that was not given or
    /// could not be read is null.
    pub(super) fn rejected(&self, rows: &[usize]) -> DataFrame {
        let mut columns: Vec<Column> = Vec::with_capacity(self.columns.len() + 3);
        let mut left_out = vec![Vec::new(); rows.len()];
        for (schema, typed) in self.raw.table.columns.iter().zip(&self.columns) {
            if is_kept(schema) {
                columns.push(self.kept(schema, typed, rows, &mut left_out));
            }
        }
        columns.extend(self.origin(rows));
        let mut builder = StringChunkedBuilder::new(LEFT_OUT.into(), rows.len());
        for names in left_out {
            builder.append_option((!names.is_empty()).then(|| names.join(",")));
        }
        columns.push(builder.finish().into_series().into_column());
        let of_message: Vec<bool> = rows.iter().map(|row| self.is_of_message(*row)).collect();
        columns.push(Series::new(OF_MESSAGE.into(), of_message).into_column());
        DataFrame::new(rows.len(), columns)
            .expect("columns of one block have one length and unique names")
    }

    /// One column of the rows that left; a cell in which a BSN may stand is null, and its column is added to what the
    /// row leaves out.
    fn kept(
        &self,
        schema: &schema::Column,
        typed: &TypedColumn<'_>,
        rows: &[usize],
        left_out: &mut [Vec<&'static str>],
    ) -> Column {
        let may_stay: Vec<bool> = match typed {
            TypedColumn::Text(values) if schema.dtype == Dtype::Text => {
                let text = |row: &usize| values[*row].as_deref();
                rows.iter().map(|row| text(row).is_none_or(|text| !may_hold_bsn(text))).collect()
            }
            TypedColumn::Int(values) if schema.dtype != Dtype::Client => {
                let may_stay = |row: &usize| {
                    let is_of_message = self.is_of_message(*row);
                    let number =
                        values[*row].and_then(|v| as_written(schema.dtype, v, is_of_message));
                    number.is_none_or(|number| !may_hold_bsn(&number.to_string()))
                };
                rows.iter().map(may_stay).collect()
            }
            _ => return series(schema.name, schema.dtype, typed, rows).into_column(),
        };
        let pairs = left_out.iter_mut().zip(&may_stay).filter(|(_, may_stay)| !**may_stay);
        pairs.for_each(|(names, _)| names.push(schema.name));
        let mask = BooleanChunked::from_slice("may_stay".into(), &may_stay);
        let all = series(schema.name, schema.dtype, typed, rows);
        let none = Series::full_null(schema.name.into(), rows.len(), all.dtype());
        all.zip_with(&mask, &none).expect("columns of one table have one length").into_column()
    }
}

/// The whole number that stood in a cell, before it became eurocents or thousandths; none when it had decimals. A
/// message writes eurocents itself.
fn as_written(dtype: Dtype, value: i64, is_of_message: bool) -> Option<u64> {
    let unit = match dtype {
        Dtype::Cent if !is_of_message => 100,
        Dtype::Milli => 1_000,
        _ => 1,
    };
    (value % unit == 0).then_some(value.unsigned_abs() / unit.unsigned_abs())
}

/// True when digits in a text may be a BSN: nine that pass the eleven-proof, also without the zeros in front or with
/// more of them. Points and spaces do not end a row of digits.
pub fn may_hold_bsn(text: &str) -> bool {
    let is_bsn = |digits: &[u8]| {
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        let number = &digits[zeros..];
        matches!(number.len(), 8 | 9) && {
            let mut nine = [b'0'; 9];
            nine[9 - number.len()..].copy_from_slice(number);
            cells::bsn(&nine).is_ok()
        }
    };
    let mut digits = Vec::new();
    for byte in text.bytes().chain([b'|']) {
        if byte.is_ascii_digit() {
            digits.push(byte);
        } else if !matches!(byte, b'.' | b' ') {
            if is_bsn(&digits) {
                return true;
            }
            digits.clear();
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_back_to_what_was_written() {
        assert_eq!(as_written(Dtype::Cent, 99_990_000_600, false), Some(999_900_006));
        assert_eq!(as_written(Dtype::Cent, 999_900_006, false), None);
        assert_eq!(as_written(Dtype::Cent, 999_900_006, true), Some(999_900_006));
        assert_eq!(as_written(Dtype::Milli, -999_900_006_000, false), Some(999_900_006));
        assert_eq!(as_written(Dtype::Int, 999_900_006, false), Some(999_900_006));
    }

    #[test]
    fn a_text_with_a_bsn_in_any_form_is_seen_and_other_numbers_are_not() {
        for text in ["999900006", "9999.00.006", "x 999900006/1", "0999900006", "a-10000008"] {
            assert!(may_hold_bsn(text), "{text}");
        }
        for text in ["999900007", "R1", "2025-07-31", "", "99990000", "9999000061"] {
            assert!(!may_hold_bsn(text), "{text}");
        }
    }
}
