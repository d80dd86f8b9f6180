//! Arithmetic, and what the unit of the outcome is.
//!
//! Enters: two numbers with their units. Leaves: their outcome. Division and multiplication are floating point, so
//! that nothing overflows; division by nothing is empty.

use sqlparser::ast::{BinaryOperator, Expr};

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
    let (sql, basis, soort) = match op {
        BinaryOperator::Plus => (format!("({} + {})", a.sql, b.sql), basis, sum(&a, &b)),
        BinaryOperator::Minus => (format!("({} - {})", a.sql, b.sql), basis, sum(&a, &b)),
        BinaryOperator::Multiply => {
            (format!("({} * {})", float(&a), float(&b)), Basis::Getal, product(&a, &b))
        }
        BinaryOperator::Divide => {
            let sql = format!("({} / NULLIF({}, 0.0))", float(&a), float(&b));
            (sql, Basis::Getal, quotient(&a, &b))
        }
        _ if whole => (format!("({} % NULLIF({}, 0))", a.sql, b.sql), basis, a.aard.soort),
        _ => return Err(Fout::at(right, "% rekent alleen met hele getallen")),
    };
    Ok(Uitdrukking::made(sql, basis, soort, &[&a, &b]))
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

/// A fixed number beside a unit is there to make another of it, and which one is not known here.
fn is_converted(a: &Uitdrukking, b: &Uitdrukking) -> bool {
    (is_unit(a.aard.soort) && b.is_constant) || (is_unit(b.aard.soort) && a.is_constant)
}

fn product(a: &Uitdrukking, b: &Uitdrukking) -> Soort {
    match (a.aard.soort, b.aard.soort) {
        _ if is_converted(a, b) => Soort::Getal(2),
        (one, other) if is_unit(one) && is_unit(other) => Soort::Getal(0),
        (one, _) if is_unit(one) => one,
        (_, other) if is_unit(other) => other,
        (Soort::Aantal, Soort::Aantal) => Soort::Aantal,
        _ => Soort::Getal(2),
    }
}

fn quotient(a: &Uitdrukking, b: &Uitdrukking) -> Soort {
    match (a.aard.soort, b.aard.soort) {
        _ if is_converted(a, b) => Soort::Getal(2),
        (one, other) if is_unit(one) && !is_unit(other) => one,
        (one, other) if one == other => Soort::Getal(3),
        _ => Soort::Getal(2),
    }
}
