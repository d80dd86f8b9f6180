//! Values that stand in the text, and values of another type.
//!
//! Enters: a literal, or an expression and the type it must get. Leaves: an expression.

use sqlparser::ast::{DataType, DateTimeField, Expr, Spanned, Value, ValueWithSpan};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::compare;
use crate::metrics::los::expr::Reader;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::types::{Aard, Basis, Letterlijk, Uitdrukking};

/// Largest number that can be written: that of an amount in cents. Beyond it sums could leave what the engine holds.
const LARGEST: f64 = 1e11;
/// Largest whole number that is made of a text.
const MOST: i64 = 1_000_000_000_000_000;

impl Reader<'_, '_> {
    pub(super) fn cast(&mut self, inner: &Expr, to: &DataType) -> Uitkomst<Uitdrukking> {
        let read = self.value(inner)?;
        let Some((name, basis)) = cast_type(to) else {
            let what =
                format!("naar '{to}' kan niet; kies INTEGER, DOUBLE, VARCHAR, DATE of BOOLEAN");
            return Err(Fout::at(inner, what));
        };
        if basis == Basis::Datum
            && let Some(Letterlijk::Tekst(text)) = &read.literal
        {
            return compare::date(text, inner.span().start);
        }
        if basis == Basis::JaNee && matches!(read.aard.basis, Basis::Tekst | Basis::Datum) {
            let what = format!(
                "van {} wordt geen ja of nee gemaakt; schrijf een vergelijking: kolom = 'ja'",
                read.aard.basis.name()
            );
            return Err(Fout::at(inner, what));
        }
        if basis == Basis::Datum && matches!(read.aard.basis, Basis::Tekst | Basis::JaNee) {
            let what = format!(
                "van {} wordt geen datum gemaakt; noem een kolom met een datum, of een dag: DATE '2025-08-01'",
                read.aard.basis.name()
            );
            return Err(Fout::at(inner, what));
        }
        let soort = match basis {
            Basis::Geheel | Basis::Getal if read.aard.basis.is_number() => read.aard.soort,
            Basis::Geheel => Soort::Aantal,
            Basis::Getal => Soort::Getal(2),
            Basis::Datum => Soort::Datum,
            Basis::JaNee => Soort::JaNee,
            Basis::Tekst | Basis::Niets => Soort::Tekst,
        };
        // What does not fit is empty, and no reason to stop; a number is rounded, not cut off.
        let from = match (read.aard.basis, basis) {
            (Basis::Getal, Basis::Geheel | Basis::Datum) => format!("ROUND({}, 0)", read.sql),
            _ => read.sql.clone(),
        };
        let sql = format!("TRY_CAST({from} AS {name})");
        let sql = match (read.aard.basis, basis) {
            // A text can hold more digits than can be added up.
            (Basis::Tekst, Basis::Geheel) => {
                format!("(CASE WHEN {sql} BETWEEN -{MOST} AND {MOST} THEN {sql} END)")
            }
            _ => sql,
        };
        Ok(Uitdrukking::made(sql, basis, soort, &[&read]))
    }

    pub(super) fn part_of_date(
        &mut self,
        field: &DateTimeField,
        inner: &Expr,
    ) -> Uitkomst<Uitdrukking> {
        let name = match field {
            DateTimeField::Year => "YEAR",
            DateTimeField::Quarter => "QUARTER",
            DateTimeField::Month => "MONTH",
            DateTimeField::Day => "DAY",
            other => {
                let what = format!("'{other}' kan niet; kies YEAR, QUARTER, MONTH of DAY");
                return Err(Fout::at(inner, what));
            }
        };
        let read = self.value(inner)?;
        if !matches!(read.aard.basis, Basis::Datum | Basis::Niets) {
            let what =
                format!("hier hoort een datum te staan, maar dit is {}", read.aard.basis.name());
            return Err(Fout::at(inner, what));
        }
        let sql = format!("CAST(EXTRACT({name} FROM {}) AS BIGINT)", read.sql);
        let soort = if name == "YEAR" { Soort::Jaar } else { Soort::Aantal };
        let mut made = Uitdrukking::made(sql, Basis::Geheel, soort, &[&read]);
        // The year, quarter or month of a date is a period.
        made.aard.is_free = *field == DateTimeField::Day;
        Ok(made)
    }
}

fn cast_type(to: &DataType) -> Option<(&'static str, Basis)> {
    Some(match to {
        DataType::Int(None)
        | DataType::Integer(None)
        | DataType::BigInt(None)
        | DataType::SmallInt(None)
        | DataType::Int64 => ("BIGINT", Basis::Geheel),
        DataType::Double(_)
        | DataType::DoublePrecision
        | DataType::Float(_)
        | DataType::Real
        | DataType::Float8
        | DataType::Decimal(_)
        | DataType::Numeric(_) => ("DOUBLE", Basis::Getal),
        DataType::Varchar(None)
        | DataType::Text
        | DataType::String(None)
        | DataType::Char(None) => ("VARCHAR", Basis::Tekst),
        DataType::Date => ("DATE", Basis::Datum),
        DataType::Boolean | DataType::Bool => ("BOOLEAN", Basis::JaNee),
        _ => return None,
    })
}

/// A text between quotes, for the engine.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

pub(super) fn literal(value: &ValueWithSpan) -> Uitkomst<Uitdrukking> {
    let (sql, basis, soort, literal) = match &value.value {
        Value::Number(digits, false) => {
            if digits.parse::<f64>().is_ok_and(|number| number > LARGEST) {
                let what = format!("{digits} is te groot; een getal is hooguit {LARGEST}");
                return Err(Fout::on(value.span.start, what));
            }
            if digits.parse::<i64>().is_ok() {
                (digits.clone(), Basis::Geheel, Soort::Aantal, Some(Letterlijk::Getal))
            } else {
                let number = digits.parse::<f64>().ok().filter(|n| n.is_finite());
                let Some(number) = number else {
                    return Err(Fout::on(value.span.start, format!("'{digits}' is geen getal")));
                };
                let text = format!("{number}");
                let text = if text.contains('.') { text } else { format!("{text}.0") };
                (text, Basis::Getal, Soort::Getal(2), Some(Letterlijk::Getal))
            }
        }
        Value::SingleQuotedString(text) => {
            let known = Some(Letterlijk::Tekst(text.clone()));
            (quoted(text), Basis::Tekst, Soort::Tekst, known)
        }
        Value::Boolean(truth) => {
            let word = if *truth { "TRUE" } else { "FALSE" };
            (word.to_owned(), Basis::JaNee, Soort::JaNee, None)
        }
        Value::Null => ("NULL".to_owned(), Basis::Niets, Soort::Tekst, None),
        other => {
            let what =
                format!("de waarde {other} ken ik niet; schrijf 12, 12.5, 'tekst', TRUE of NULL");
            return Err(Fout::on(value.span.start, what));
        }
    };
    let aard = Aard::plain(basis, soort);
    Ok(Uitdrukking { sql, aard, column: None, relations: [].into(), literal, is_constant: true })
}

pub(super) fn typed(kind: &DataType, value: &ValueWithSpan, odbc: bool) -> Uitkomst<Uitdrukking> {
    match (&value.value, kind) {
        (Value::SingleQuotedString(text), DataType::Date) if !odbc => {
            compare::date(text, value.span.start)
        }
        _ => Err(Fout::on(value.span.start, "alleen DATE '2025-08-01' kan zo geschreven worden")),
    }
}
