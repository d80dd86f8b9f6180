//! Totals of the supplier, held against what was read.
//!
//! Enters: blocks of one file in their order, with the rows in which the supplier added up. Leaves: a finding per
//! total that differs. A total is no data and changes no figure; that it differs says that lines are missing, were
//! changed or could not be read.

use std::collections::{BTreeMap, HashSet};

use crate::dutch;
use crate::rejects::{Reject, Rule, Severity, excerpt};
use crate::schema::{Dtype, Table};
use crate::sources::raw::{Place, RawTable};
use crate::typing::TypedTable;
use crate::typing::cells::{self, Decimal};
use crate::typing::styles::{Style, Styles};

/// A total of the supplier is not the sum of the rows above it.
pub const MS260: Rule = Rule {
    code: "MS260",
    severity: Severity::Waarschuwing,
    title: "controletotaal klopt niet met de regels",
    explanation: "Het bestand bevat een totaalregel. Het bedrag of volume daarin is vergeleken met de som van de regels erboven, ook \
        de afgekeurde, tot op de cent: alle regels, of de regels sinds een eerder subtotaal. De regels zelf zijn gewoon verwerkt. Het \
        euroverschil is het totaal van de leverancier min de som van de regels.",
    remedy: "vraag de leverancier of het bestand volledig is, of herstel de regels waarvan het bedrag niet te lezen is",
    source: "maatstaf",
};

/// Every rule of this file.
pub const RULES: &[&Rule] = &[&MS260];

/// Sum per column of the table; columns that are never added up stay nought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Sums {
    /// As the cells stand in the file.
    written: Vec<i128>,
    /// With credits negative.
    signed: Vec<i128>,
    /// Rows without a readable value.
    n_missing: Vec<u64>,
}

impl Sums {
    fn new(table: &Table) -> Self {
        let n = table.columns.len();
        Self { written: vec![0; n], signed: vec![0; n], n_missing: vec![0; n] }
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.written.iter_mut().zip(&other.written) {
            *mine += theirs;
        }
        for (mine, theirs) in self.signed.iter_mut().zip(&other.signed) {
            *mine += theirs;
        }
        for (mine, theirs) in self.n_missing.iter_mut().zip(&other.n_missing) {
            *mine += theirs;
        }
    }
}

/// Columns of which a sum means something. A sum of tariffs means nothing.
fn summed(table: &Table) -> impl Iterator<Item = usize> {
    let columns = table.columns.iter().enumerate();
    columns
        .filter(|(_, c)| matches!(c.dtype, Dtype::Cent | Dtype::Milli) && c.name != "tarief_ct")
        .map(|(position, _)| position)
}

/// Values of the summed columns of one block, before and after credits got their sign.
#[derive(Debug)]
pub struct Values {
    written: BTreeMap<usize, Vec<Option<i64>>>,
    signed: BTreeMap<usize, Vec<Option<i64>>>,
}

impl Values {
    /// Takes the values as they stand in the file.
    pub fn written(typed: &TypedTable<'_>) -> Self {
        Self { written: values(typed), signed: BTreeMap::new() }
    }

    /// Adds the values after the rules on single rows gave credits their sign.
    pub fn signed(&mut self, typed: &TypedTable<'_>) {
        self.signed = values(typed);
    }
}

fn values(typed: &TypedTable<'_>) -> BTreeMap<usize, Vec<Option<i64>>> {
    let table = typed.raw.table;
    let of = |at: usize| Some((at, typed.ints(table.columns[at].name)?.to_vec()));
    summed(table).filter_map(of).collect()
}

/// A row that could not become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// Its line.
    pub line: u64,
    /// Its amount, where that could be read.
    pub bedrag_ct: Option<i64>,
}

/// What one block adds to the control of its file.
#[derive(Debug)]
pub struct Part {
    table: &'static Table,
    place: Place,
    totals: Vec<Total>,
    /// Sums of the rows behind the last total of this block.
    rest: Sums,
}

/// One row in which the supplier added up.
#[derive(Debug)]
struct Total {
    /// Sums of the rows of this block since the total before it.
    since: Sums,
    claims: Vec<(usize, Claim)>,
}

/// One cell of such a row.
#[derive(Debug)]
struct Claim {
    /// What it may mean: more than one value only when the column shows no style. Empty when it is no number.
    readings: Vec<i64>,
    reject: Reject,
}

impl Part {
    /// The rows of a block, its totals, and the lines that could not become a row.
    pub fn new(
        raw: &RawTable,
        values: &Values,
        totals: Option<&RawTable>,
        styles: &Styles,
        refused: &[Refused],
    ) -> Self {
        let mut rows = Rows { raw, values, refused, row: 0, n_refused: 0 };
        let of = |total: &RawTable, row: usize, rows: &mut Rows<'_>| Total {
            since: rows.until(total.line(row)),
            claims: claims(total, row, styles),
        };
        let totals = totals.map_or_else(Vec::new, |total| {
            (0..total.n_rows()).map(|row| of(total, row, &mut rows)).collect()
        });
        Self { table: raw.table, place: raw.place.clone(), totals, rest: rows.until(u64::MAX) }
    }
}

/// A walk over the rows of a block, from total to total.
struct Rows<'r> {
    raw: &'r RawTable,
    values: &'r Values,
    refused: &'r [Refused],
    row: usize,
    n_refused: usize,
}

impl Rows<'_> {
    /// Sums of the rows before this line that were not added yet.
    fn until(&mut self, line: u64) -> Sums {
        let mut sums = Sums::new(self.raw.table);
        let begin = self.row;
        while self.row < self.raw.n_rows() && self.raw.line(self.row) < line {
            self.row += 1;
        }
        let before = self.refused.partition_point(|refused| refused.line < line);
        let refused = &self.refused[self.n_refused..before];
        self.n_refused = before;
        let bedrag_at = self.raw.table.position("bedrag_ct");
        let rows = begin..self.row;
        let total = |values: &[Option<i64>]| -> i128 {
            values[rows.clone()].iter().flatten().map(|value| i128::from(*value)).sum()
        };
        for (position, values) in &self.values.written {
            sums.written[*position] = total(values);
            let n_empty = values[rows.clone()].iter().filter(|value| value.is_none()).count();
            // Of a row that could not become one only its amount may be known.
            let known = refused
                .iter()
                .filter_map(|one| one.bedrag_ct.filter(|_| bedrag_at == Some(*position)));
            sums.written[*position] += known.clone().map(i128::from).sum::<i128>();
            sums.signed[*position] += known.clone().map(i128::from).sum::<i128>();
            sums.n_missing[*position] = (n_empty + refused.len() - known.count()) as u64;
        }
        for (position, values) in &self.values.signed {
            sums.signed[*position] += total(values);
        }
        sums
    }
}

/// The cells of a row of totals that can be held against a sum.
fn claims(total: &RawTable, row: usize, styles: &Styles) -> Vec<(usize, Claim)> {
    let columns = total.targets.iter().enumerate();
    let one = |(column, target): (usize, &Option<usize>)| {
        let position = target.filter(|position| summed(total.table).any(|at| at == *position))?;
        let cell = total.cell(row, column);
        // A word in the place of an amount is a label; nothing is claimed.
        cell.iter().any(u8::is_ascii_digit).then_some(())?;
        let style = styles.style(column);
        let reject = Reject {
            table: total.table.name.to_owned(),
            column: total.headings[column].clone(),
            found: excerpt(&String::from_utf8_lossy(cell)),
            cell: total.address(row, Some(column)),
            ..Reject::new(&MS260, &total.file.path, total.line(row))
        };
        let is_money = total.table.columns[position].dtype == Dtype::Cent;
        let readings = readings(cell, total.is_native(row, column), style, is_money);
        Some((position, Claim { readings, reject }))
    };
    columns.filter_map(one).collect()
}

/// The values a cell may have: in the style of its column, or in either when the column shows none.
fn readings(cell: &[u8], is_native: bool, style: Style, is_money: bool) -> Vec<i64> {
    let both = [Decimal::Comma, Decimal::Point];
    let decimals: &[Decimal] = match style {
        _ if is_native => &both[1..],
        Style::Number(Decimal::Comma) => &both[..1],
        Style::Number(Decimal::Point) => &both[1..],
        _ => &both,
    };
    let digits = if is_money { 2 } else { 3 };
    // A label may stand in the same cell: "Totaal: 1.234,56".
    let cell = cell.rsplit(|b| *b == b':').next().unwrap_or_default();
    let mut out: Vec<i64> = decimals
        .iter()
        .filter_map(|decimal| cells::scaled(cells::trim(cell), *decimal, digits).ok())
        .collect();
    out.dedup();
    out
}

/// The control of one file.
#[derive(Debug, Default)]
pub struct Control(BTreeMap<&'static str, State>);

#[derive(Debug)]
struct State {
    place: Place,
    sums: Sums,
    /// Per column the sums at which a total stood or a sheet began, as written and signed.
    marks: Vec<[HashSet<i128>; 2]>,
}

impl Control {
    /// Takes the next block; gives a finding for every total that is no sum of the rows above it.
    pub fn take(&mut self, part: Part) -> Vec<Reject> {
        let state = self.0.entry(part.table.name).or_insert_with(|| State {
            place: part.place.clone(),
            sums: Sums::new(part.table),
            marks: vec![[HashSet::from([0]), HashSet::from([0])]; part.table.columns.len()],
        });
        if state.place != part.place {
            state.mark();
            state.place = part.place;
        }
        let mut out = Vec::new();
        for total in part.totals {
            state.sums.add(&total.since);
            for (position, claim) in total.claims {
                out.extend(state.judge(part.table, position, claim));
            }
            state.mark();
        }
        state.sums.add(&part.rest);
        out
    }
}

impl State {
    /// From here a later total may begin to add up.
    fn mark(&mut self) {
        for (position, [written, signed]) in self.marks.iter_mut().enumerate() {
            written.insert(self.sums.written[position]);
            signed.insert(self.sums.signed[position]);
        }
    }

    /// A total may add up credits as they are written or as what they are; both are sums of the same rows.
    fn judge(&self, table: &Table, position: usize, claim: Claim) -> Option<Reject> {
        let (written, signed) = (self.sums.written[position], self.sums.signed[position]);
        let [marks, signed_marks] = &self.marks[position];
        let agrees = |value: &i64| {
            let value = i128::from(*value);
            marks.contains(&(written - value)) || signed_marks.contains(&(signed - value))
        };
        if claim.readings.iter().any(agrees) {
            return None;
        }
        let is_money = table.columns[position].dtype == Dtype::Cent;
        let sum = i64::try_from(written).ok();
        let first = claim.readings.first().copied();
        let n_missing = self.sums.n_missing[position].cast_signed();
        let missing = match n_missing {
            0 => String::new(),
            n => {
                format!("; bij {} is de waarde niet te lezen", dutch::counted(n, "regel", "regels"))
            }
        };
        let shown = |value: i64| if is_money { dutch::euro_ct(value) } else { thousandths(value) };
        Some(Reject {
            found: first.map_or(claim.reject.found, shown),
            expected: format!(
                "{}, de som van de regels erboven{missing}",
                sum.map_or_else(|| "een groter getal".to_owned(), shown)
            ),
            bedrag_ct: first.zip(sum).filter(|_| is_money).and_then(|(v, s)| v.checked_sub(s)),
            ..claim.reject
        })
    }
}

fn thousandths(value: i64) -> String {
    let whole = dutch::count(value / 1000);
    match value.unsigned_abs() % 1000 {
        0 => whole,
        rest => format!("{whole},{rest:03}"),
    }
}

#[cfg(test)]
mod tests;
