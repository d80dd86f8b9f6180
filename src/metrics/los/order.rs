//! In which order the rows of the answer stand.
//!
//! Enters: what stands behind ORDER BY. Leaves: columns to sort by, always so many that no two rows can change places
//! unless they are the same: what is asked, then the columns that name a row, then the rest.

use sqlparser::ast::{
    Expr, OrderBy, OrderByExpr, OrderByKind, OrderByOptions, Value, ValueWithSpan,
};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::expr::Reader;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::scope::same;
use crate::metrics::los::select::{Selectie, Uitkolom};

/// A column to sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Volgorde {
    /// Its name in the SQL.
    pub(super) code: String,
    pub(super) descending: bool,
    pub(super) nulls_last: bool,
    /// True for codes of gemeenten, which are sorted by their names.
    pub(super) is_gemeente: bool,
}

/// Reads ORDER BY of a SELECT; what is not shown becomes a hidden column.
pub(super) fn read(
    reader: &mut Reader<'_, '_>,
    order_by: Option<&OrderBy>,
    columns: &[Uitkolom],
    is_distinct: bool,
    hidden: &mut Vec<(String, String)>,
) -> Uitkomst<Vec<Volgorde>> {
    let is_strict = reader.groups.as_ref().is_some_and(|groups| groups.is_strict);
    let mut order = Vec::new();
    for item in items(order_by)? {
        let (expr, descending, nulls_last) = taken_apart(item)?;
        let shown = shown(expr, columns)?;
        let is_key = match shown {
            Some(column) => column.kolom.is_sleutel,
            None => reader.group_key(expr).is_some(),
        };
        if is_strict && !is_key {
            let what = "buiten het publiek intern sorteert ORDER BY alleen op waar GROUP BY op groepeert; op een telling sorteren verraadt wat verborgen is";
            return Err(Fout::at(expr, what));
        }
        let (code, soort) = match shown {
            Some(column) => (column.code.clone(), column.kolom.soort),
            None => not_shown(reader, expr, columns, is_distinct, hidden)?,
        };
        let is_gemeente = soort == Soort::Gemeente;
        order.push(Volgorde { code, descending, nulls_last, is_gemeente });
    }
    Ok(order)
}

/// The column of something that is sorted by and has no name or number of its own.
fn not_shown(
    reader: &mut Reader<'_, '_>,
    expr: &Expr,
    columns: &[Uitkolom],
    is_distinct: bool,
    hidden: &mut Vec<(String, String)>,
) -> Uitkomst<(String, Soort)> {
    let read = reader.value(expr)?;
    if let Some(column) = columns.iter().find(|column| column.sql == read.sql) {
        return Ok((column.code.clone(), column.kolom.soort));
    }
    if is_distinct {
        let what = "met DISTINCT sorteert ORDER BY alleen op kolommen die achter SELECT staan";
        return Err(Fout::at(expr, what));
    }
    let code = reader.compiler.code("o");
    hidden.push((read.sql, code.clone()));
    Ok((code, read.aard.soort))
}

/// Reads ORDER BY behind a UNION: only columns that are shown.
pub(super) fn of_columns(
    order_by: Option<&OrderBy>,
    selectie: &Selectie,
) -> Uitkomst<Vec<Volgorde>> {
    let mut order = Vec::new();
    for item in items(order_by)? {
        let (expr, descending, nulls_last) = taken_apart(item)?;
        let Some(column) = shown(expr, &selectie.columns)? else {
            return Err(Fout::at(
                expr,
                "achter UNION sorteert ORDER BY op de naam of het nummer van een kolom",
            ));
        };
        order.push(Volgorde { descending, nulls_last, ..of(column) });
    }
    Ok(order)
}

/// Adds the columns that make the order complete.
pub(super) fn complete(selectie: &mut Selectie) {
    let keys = selectie.columns.iter().filter(|column| column.kolom.is_sleutel);
    // The place of a row whose number is hidden must not tell that number; its keys are all there.
    let is_counted = selectie.counts.is_some();
    let rest = selectie.columns.iter().filter(|column| !column.kolom.is_sleutel && !is_counted);
    let all: Vec<Volgorde> = keys.chain(rest).map(of).collect();
    for item in all {
        if !selectie.order.iter().any(|known| known.code == item.code) {
            selectie.order.push(item);
        }
    }
}

/// From low to high by a column that is shown.
fn of(column: &Uitkolom) -> Volgorde {
    Volgorde {
        code: column.code.clone(),
        descending: false,
        nulls_last: true,
        is_gemeente: column.kolom.soort == Soort::Gemeente,
    }
}

fn items(order_by: Option<&OrderBy>) -> Uitkomst<&[OrderByExpr]> {
    let Some(order_by) = order_by else { return Ok(&[]) };
    match order_by {
        OrderBy { kind: OrderByKind::Expressions(items), interpolate: None } => Ok(items),
        other => Err(Fout::at(other, "ORDER BY ALL en INTERPOLATE kunnen niet; noem de kolommen")),
    }
}

fn taken_apart(item: &OrderByExpr) -> Uitkomst<(&Expr, bool, bool)> {
    let OrderByExpr { expr, options: OrderByOptions { asc, nulls_first }, with_fill } = item;
    if with_fill.is_some() {
        return Err(Fout::at(expr, "WITH FILL kan niet"));
    }
    Ok((expr, *asc == Some(false), *nulls_first != Some(true)))
}

/// The column of the answer that is meant: by its number or its name.
fn shown<'c>(expr: &Expr, columns: &'c [Uitkolom]) -> Uitkomst<Option<&'c Uitkolom>> {
    match expr {
        Expr::Value(ValueWithSpan { value: Value::Number(digits, false), span: _ }) => {
            let position = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let column = position.and_then(|position| columns.get(position));
            column
                .map(Some)
                .ok_or_else(|| Fout::at(expr, format!("de SELECT heeft geen kolom {digits}")))
        }
        Expr::Identifier(name) => {
            Ok(columns.iter().find(|column| same(&column.kolom.naam, &name.value)))
        }
        _ => Ok(None),
    }
}
