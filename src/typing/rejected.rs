//! Rejected rows as they are kept: what the supplier is asked to mend needs its other cells again.
//!
//! A row with a fault is where numbers stand in the wrong column. So of a person only the pseudonym of the client is
//! kept, and no text in which a BSN may stand; which cells were left out is kept with the row.

use polars::prelude::{
    Column, DataFrame, IntoColumn, IntoSeries, NamedFrom, Series, StringChunkedBuilder,
};

use crate::schema::{self, Dtype};
use crate::typing::cells;
use crate::typing::typed::{TypedColumn, TypedTable, series};

/// Column of a kept row with the names of the columns whose text was left out, with a comma between them.
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
            if !is_kept(schema) {
                continue;
            }
            columns.push(match typed {
                TypedColumn::Text(values) if schema.dtype == Dtype::Text => {
                    let mut builder = StringChunkedBuilder::new(schema.name.into(), rows.len());
                    for (names, row) in left_out.iter_mut().zip(rows) {
                        let value = values[*row].as_deref();
                        let may_stay = value.is_none_or(|text| !may_hold_bsn(text));
                        if !may_stay {
                            names.push(schema.name);
                        }
                        builder.append_option(value.filter(|_| may_stay));
                    }
                    builder.finish().into_series().into_column()
                }
                _ => series(schema.name, schema.dtype, typed, rows).into_column(),
            });
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
    fn a_text_with_a_bsn_in_any_form_is_seen_and_other_numbers_are_not() {
        for text in ["999900006", "9999.00.006", "x 999900006/1", "0999900006", "a-10000008"] {
            assert!(may_hold_bsn(text), "{text}");
        }
        for text in ["999900007", "R1", "2025-07-31", "", "99990000", "9999000061"] {
            assert!(!may_hold_bsn(text), "{text}");
        }
    }
}
