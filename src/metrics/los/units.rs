//! Arithmetic, and what the unit of the outcome is.
//!
//! Enters: two numbers with their units. Leaves: their outcome. Division and multiplication are floating point, so
//! that nothing overflows; division by nothing is empty.

use sqlparser::ast::{BinaryOperator, Expr, UnaryOperator, Value};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::expr::Reader;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::types::{Basis, Uitdrukking};

/// Refuses what is no number.
pub(super) fn number(read: &Uitdrukking, at: &Expr) -> Uitkomst<()> {
    if read.aard.basis.is_number() {
        return Ok(());
    }
    let hint = match read.aard.basis {
        Basis::Datum => "; reken met de kolom <datum>_dag (hele dagen)",
        Basis::JaNee => "; tel met COUNT(*) FILTER (WHERE …)",
        _ => "",
    };
    let what =
        format!("hier hoort een getal te staan, maar dit is {}{hint}", read.aard.basis.name());
    Err(Fout::at(at, what))
}

/// `a + b`, `a * b` and so on.
pub(super) fn arithmetic(
    reader: &mut Reader<'_, '_>,
    left: &Expr,
    op: &BinaryOperator,
    right: &Expr,
) -> Uitkomst<Uitdrukking> {
    let (a, b) = (reader.value(left)?, reader.value(right)?);
    if !is_known(op) {
        let what = format!("het teken {op} ken ik hier niet; gebruik + - * / of %");
        return Err(Fout::at(right, what));
    }
    number(&a, left)?;
    number(&b, right)?;
    let whole = a.aard.basis == Basis::Geheel && b.aard.basis == Basis::Geheel;
    let float = |read: &Uitdrukking| format!("CAST({} AS DOUBLE)", read.sql);
    let basis = if whole { Basis::Geheel } else { Basis::Getal };
    let (sql, basis, unit) = match op {
        BinaryOperator::Plus => (format!("({} + {})", a.sql, b.sql), basis, None),
        BinaryOperator::Minus => (format!("({} - {})", a.sql, b.sql), basis, None),
        BinaryOperator::Multiply => {
            let sql = format!("({} * {})", float(&a), float(&b));
            (sql, Basis::Getal, Some(product((&a, left), (&b, right))))
        }
        BinaryOperator::Divide => {
            let sql = format!("({} / NULLIF({}, 0.0))", float(&a), float(&b));
            (sql, Basis::Getal, Some(quotient(&a, (&b, right))))
        }
        _ if whole => {
            let sql = format!("({} % NULLIF({}, 0))", a.sql, b.sql);
            (sql, basis, Some((a.aard.soort, a.aard.eenheid)))
        }
        _ => return Err(Fout::at(right, "% rekent alleen met hele getallen")),
    };
    let mut made = Uitdrukking::made(sql, basis, sum(&a, &b), &[&a, &b]);
    if let Some((soort, eenheid)) = unit {
        made.aard.soort = soort;
        made.aard.eenheid = eenheid;
    }
    Ok(made)
}

fn is_known(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Modulo
    )
}

/// True for a unit that a pure number leaves as it is.
fn is_unit(soort: Soort) -> bool {
    matches!(soort, Soort::Eurocent | Soort::Minuten | Soort::Duizendste)
}

/// The unit of a sum, a difference or a choice between two.
pub(super) fn sum(a: &Uitdrukking, b: &Uitdrukking) -> Soort {
    let is_bare = |read: &Uitdrukking| read.is_constant || read.aard.basis == Basis::Niets;
    match (a.aard.soort, b.aard.soort) {
        (one, other) if one == other => one,
        (one, _) if is_bare(b) => one,
        (_, other) if is_bare(a) => other,
        (Soort::Getal(one), Soort::Getal(other)) => Soort::Getal(one.max(other)),
        _ if a.aard.basis.is_number() && b.aard.basis.is_number() => Soort::Getal(2),
        _ => Soort::Tekst,
    }
}

/// What a number is: its unit, or what it was made into.
type Maat = (Soort, Option<&'static str>);

/// The number that stands there, when it is fixed.
fn fixed(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, _) => digits.parse().ok(),
            _ => None,
        },
        Expr::Nested(inner) => fixed(inner),
        Expr::Cast { expr, .. } => fixed(expr),
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => fixed(expr).map(|number| -number),
        Expr::BinaryOp { left, op, right } => {
            let (a, b) = (fixed(left)?, fixed(right)?);
            match op {
                BinaryOperator::Plus => Some(a + b),
                BinaryOperator::Minus => Some(a - b),
                BinaryOperator::Multiply => Some(a * b),
                BinaryOperator::Divide => Some(a / b),
                _ => None,
            }
        }
        _ => None,
    }
}

/// What a unit becomes that is divided by a fixed number: itself, unless that number is there to make another of it.
fn divided(of: &Uitdrukking, by: Option<f64>) -> Maat {
    let is = |wanted: f64| by.is_some_and(|by| (by.abs() - wanted).abs() < wanted * 1e-9);
    let is_any = |wanted: &[f64]| wanted.iter().any(|wanted| is(*wanted));
    let is_of_hours =
        || by.is_some_and(|by| by.abs() > 59.0 && ((by / 60.0).round() * 60.0 - by).abs() < 1e-6);
    match (of.aard.soort, of.aard.eenheid) {
        (Soort::Eurocent, _) if is(100.0) => (Soort::Getal(2), Some("euro")),
        (Soort::Minuten, _) if is(60.0) => (Soort::Getal(2), Some("uur")),
        // Thousands or millions of euros, days, whole units of a volume.
        (Soort::Eurocent, _) if is_any(&[1e5, 1e8, 1e11]) => (Soort::Getal(2), None),
        (Soort::Minuten, _) if is_of_hours() => (Soort::Getal(2), None),
        (Soort::Duizendste, _) if is_any(&[1e3, 1e6]) => (Soort::Getal(2), None),
        (unit, _) if is_unit(unit) => (unit, None),
        // An hour by 8 is a day, a euro by 1000 something else.
        (_, Some("euro")) if !is_any(&[1e-6, 1e-3, 1e-2, 1e2, 1e3, 1e6]) => {
            (Soort::Getal(2), Some("euro"))
        }
        _ => (Soort::Getal(2), None),
    }
}

fn has_unit(of: &Uitdrukking) -> bool {
    is_unit(of.aard.soort) || of.aard.eenheid.is_some()
}

/// What a unit stays that is multiplied or divided by a number that has none.
fn kept(of: &Uitdrukking) -> Maat {
    (of.aard.soort, of.aard.eenheid)
}

fn product((a, at_a): (&Uitdrukking, &Expr), (b, at_b): (&Uitdrukking, &Expr)) -> Maat {
    match (has_unit(a), has_unit(b)) {
        (true, true) => (Soort::Getal(0), None),
        (true, false) if b.is_constant => divided(a, fixed(at_b).map(|by| 1.0 / by)),
        (false, true) if a.is_constant => divided(b, fixed(at_a).map(|by| 1.0 / by)),
        (true, false) => kept(a),
        (false, true) => kept(b),
        _ if a.aard.soort == Soort::Aantal && b.aard.soort == Soort::Aantal => {
            (Soort::Aantal, None)
        }
        _ => (Soort::Getal(2), None),
    }
}

fn quotient(a: &Uitdrukking, (b, at_b): (&Uitdrukking, &Expr)) -> Maat {
    match (a.aard.soort, b.aard.soort) {
        _ if has_unit(a) && b.is_constant => divided(a, fixed(at_b)),
        _ if has_unit(a) && !has_unit(b) => kept(a),
        // Cents for each minute are cents.
        (Soort::Eurocent, Soort::Minuten) => (Soort::Eurocent, None),
        (one, other) if one == other && kept(a) == kept(b) => (Soort::Getal(3), None),
        _ => (Soort::Getal(2), None),
    }
}
