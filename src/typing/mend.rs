//! Rows of a correction: what they leave empty comes from the rejected row they mend.

use std::borrow::Cow;
use std::collections::BTreeSet;

use polars::prelude::{Column, DataFrame, DataType};

use crate::rejects::{Rule, Severity};
use crate::schema::{self, DECLARATIES, Dtype, Need};
use crate::typing::cells;
use crate::typing::rejected::{LEFT_OUT, OF_MESSAGE};
use crate::typing::rules::{MS216, MS292};
use crate::typing::typed::{TypedColumn, TypedTable};

/// What a correction says about a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Given {
    /// It is as it was.
    Nothing,
    /// It is empty: a dash.
    Erased,
    /// It is this.
    Value,
}

impl TypedTable<'_> {
    /// Fills what rows leave empty with the values of rejected rows as they are kept, the client included: per row of
    /// this block the row of `kept`. What a row fills in goes before, and a dash means that there is no value.
    pub fn mend(&mut self, rows: &[(usize, usize)], kept: &DataFrame) {
        let mut gone: BTreeSet<(usize, &str)> = BTreeSet::new();
        for (row, _) in rows {
            for (index, heading) in self.raw.headings.iter().enumerate() {
                let is_value = |position| self.given(*row, position) == Given::Value;
                if self.raw.targets[index].is_some_and(|position| !is_value(position)) {
                    gone.insert((*row, heading));
                }
            }
        }
        self.forget_faults(|row, column| gone.contains(&(row, column)));
        for (row, at) in rows {
            self.mend_row(*row, kept, *at);
        }
        self.weigh(rows.iter().map(|(row, _)| *row));
    }

    /// Says of rows that they have no place, and nothing else: what is wrong with their cells does not matter.
    pub fn set_adrift(&mut self, rows: Vec<(usize, &'static Rule, String)>) {
        let all: BTreeSet<usize> = rows.iter().map(|(row, _, _)| *row).collect();
        self.forget_faults(|row, _| all.contains(&row));
        for (row, rule, found) in rows {
            self.fault_row(row, rule, found, String::new());
        }
        self.mended.adrift.extend(all);
    }

    fn mend_row(&mut self, row: usize, kept: &DataFrame, at: usize) {
        let names = text(kept, LEFT_OUT, at).unwrap_or_default();
        let is_left_out = |column: &schema::Column| names.split(',').any(|n| n == column.name);
        if kept.column(OF_MESSAGE).and_then(Column::bool).is_ok_and(|c| c.get(at) == Some(true)) {
            self.mended.of_message.insert(row);
        }
        let is_debit = self.is_given_as_debit(row);
        for (position, column) in self.raw.table.columns.iter().enumerate() {
            let given = self.given(row, position);
            if given == Given::Value || !column.need.is_supplied() {
                continue;
            }
            self.clear(row, position);
            if given == Given::Nothing && kept.column(column.name).is_ok() {
                self.fill(row, position, kept, at);
            }
            if is_debit && matches!(column.name, "bedrag_ct" | "volume_milli") {
                self.make_positive(row, position);
            }
            if given == Given::Nothing && is_left_out(column) {
                self.fault(row, position, &MS292, String::new());
            } else if column.need == Need::Required && self.is_null(row, position) {
                self.fault(row, position, &MS216, String::new());
            }
        }
    }

    fn given(&self, row: usize, position: usize) -> Given {
        let index = self.raw.targets.iter().position(|target| *target == Some(position));
        match index.map(|index| cells::trim(self.raw.cell(row, index))) {
            None | Some(b"") => Given::Nothing,
            Some(b"-") => Given::Erased,
            Some(_) => Given::Value,
        }
    }

    /// True when the correction itself says that the line is a debit: amounts that were kept as those of a credit
    /// are then not.
    fn is_given_as_debit(&self, row: usize) -> bool {
        let Some(position) = self.raw.table.position("debet_credit") else { return false };
        let mark = self.texts("debet_credit").and_then(|marks| marks[row].as_deref());
        self.raw.table.name == DECLARATIES.name
            && self.given(row, position) == Given::Value
            && mark.is_some_and(|mark| mark.starts_with(['d', 'D']))
    }

    /// Takes back faults, by row and heading.
    fn forget_faults(&mut self, is_gone: impl Fn(usize, &str) -> bool) {
        let rows = std::mem::take(&mut self.rows);
        let rejects = std::mem::take(&mut self.rejects);
        let stay = rejects.into_iter().zip(rows).filter(|(r, row)| !is_gone(*row, &r.column));
        (self.rejects, self.rows) = stay.unzip();
    }

    /// Judges anew whether rows leave, by what is still wrong with them.
    fn weigh(&mut self, rows: impl Iterator<Item = usize>) {
        for row in rows {
            self.is_fatal[row] = false;
        }
        for (reject, row) in self.rejects.iter().zip(&self.rows) {
            self.is_fatal[*row] |= reject.severity == Severity::Fataal;
        }
    }

    fn is_null(&self, row: usize, position: usize) -> bool {
        match &self.columns[position] {
            TypedColumn::Absent => true,
            TypedColumn::Text(values) => values[row].is_none(),
            TypedColumn::Int(values) => values[row].is_none(),
            TypedColumn::Date(values) => values[row].is_none(),
            TypedColumn::Bool(values) => values[row].is_none(),
        }
    }

    /// Empties a cell. Whether a free text was filled in is not kept, so that it is unknown and not "no".
    fn clear(&mut self, row: usize, position: usize) {
        match &mut self.columns[position] {
            TypedColumn::Absent => {}
            TypedColumn::Text(values) => values[row] = None,
            TypedColumn::Int(values) => values[row] = None,
            TypedColumn::Date(values) => values[row] = None,
            TypedColumn::Bool(values) => values[row] = None,
        }
    }

    fn fill(&mut self, row: usize, position: usize, kept: &DataFrame, at: usize) {
        let column = &self.raw.table.columns[position];
        let n = self.n_rows();
        if matches!(self.columns[position], TypedColumn::Absent) {
            self.columns[position] = nothing(column.dtype, n);
        }
        let Ok(from) = kept.column(column.name) else { return };
        match &mut self.columns[position] {
            TypedColumn::Absent => {}
            TypedColumn::Text(values) => {
                values[row] = text(kept, column.name, at).map(|text| Cow::Owned(text.to_owned()));
            }
            TypedColumn::Int(values) => values[row] = from.i64().ok().and_then(|c| c.get(at)),
            TypedColumn::Date(values) => {
                values[row] = from.date().ok().and_then(|c| c.physical().get(at));
            }
            TypedColumn::Bool(values) => values[row] = from.bool().ok().and_then(|c| c.get(at)),
        }
    }

    fn make_positive(&mut self, row: usize, position: usize) {
        if let TypedColumn::Int(values) = &mut self.columns[position] {
            values[row] = values[row].map(i64::abs);
        }
    }
}

/// A column without values.
fn nothing<'r>(dtype: Dtype, n: usize) -> TypedColumn<'r> {
    match dtype.storage() {
        DataType::String => TypedColumn::Text(vec![None; n]),
        DataType::Date => TypedColumn::Date(vec![None; n]),
        DataType::Boolean => TypedColumn::Bool(vec![None; n]),
        _ => TypedColumn::Int(vec![None; n]),
    }
}

fn text<'f>(frame: &'f DataFrame, column: &str, at: usize) -> Option<&'f str> {
    frame.column(column).and_then(Column::str).ok()?.get(at)
}
