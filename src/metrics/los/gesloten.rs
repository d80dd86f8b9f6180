//! Outside `intern`: by what may be chosen and grouped where children stand behind the rows.
//!
//! Enters: a condition or a key. Leaves: nothing, or a refusal. Only columns of which everybody knows which values there
//! can be: with any other a question could pick out one child whom its asker knows.

use sqlparser::ast::{BinaryOperator, Expr, Ident, UnaryOperator};

use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::scope::Scope;
use crate::metrics::los::types::Bekend;

/// Stored columns with values that everybody knows, besides the aanbieder and what is yes or no.
const GESLOTEN: &[&str] = &[
    "eenheid",
    "gemeente",
    "jaar",
    "kwartaal",
    "maand",
    "productcategorie",
    "productcode",
    "segment",
];

/// Whether everybody knows which values a stored column can have.
pub(super) fn bekend(name: &str, is_yes_or_no: bool) -> Bekend {
    match name {
        "aanbieder" | "agb" => Bekend::Telling,
        _ if is_yes_or_no || GESLOTEN.contains(&name) => Bekend::Waarden,
        _ => Bekend::Nee,
    }
}

const WHAT: &str = "buiten het publiek intern kiest en groepeert een vraag alleen op gemeente, aanbieder, agb, kwartaal, maand, jaar, productcode, productcategorie, segment, eenheid en kolommen met ja of nee, zonder bewerking";

/// Refuses a condition that looks at another column, or makes something of one.
pub(super) fn condition(scope: &Scope, condition: &Expr) -> Uitkomst<()> {
    if !scope.has_children() {
        return Ok(());
    }
    let mut open = vec![condition];
    while let Some(next) = open.pop() {
        match next {
            Expr::BinaryOp { left, op, right } if is_condition(op) => open.extend([&**left, right]),
            Expr::UnaryOp { op: UnaryOperator::Not, expr }
            | Expr::Nested(expr)
            | Expr::IsNull(expr)
            | Expr::IsNotNull(expr)
            | Expr::IsTrue(expr)
            | Expr::IsNotTrue(expr)
            | Expr::IsFalse(expr)
            | Expr::IsNotFalse(expr) => open.push(expr),
            Expr::InSubquery { expr, subquery: _, negated: _ } => column(scope, expr)?,
            Expr::InList { expr, list, negated: _ } => {
                open.push(expr);
                open.extend(list);
            }
            Expr::Between { expr, negated: _, low, high } => open.extend([&**expr, low, high]),
            Expr::Like { expr, pattern, .. } | Expr::ILike { expr, pattern, .. } => {
                open.extend([&**expr, pattern]);
            }
            Expr::Value(_) | Expr::TypedString(_) => {}
            other => column(scope, other)?,
        }
    }
    Ok(())
}

fn is_condition(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::And
            | BinaryOperator::Or
            | BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq
    )
}

/// Refuses what is not such a column by itself.
fn column(scope: &Scope, expr: &Expr) -> Uitkomst<()> {
    let named = |table: Option<&Ident>, name: &Ident| {
        scope.find(table, name).is_ok_and(|(_, column)| column.aard.is_gesloten())
    };
    let is_closed = match expr {
        Expr::Identifier(name) => named(None, name),
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [table, name] => named(Some(table), name),
            _ => false,
        },
        _ => false,
    };
    if is_closed { Ok(()) } else { Err(Fout::at(expr, WHAT)) }
}

/// The refusal of a key.
pub(super) fn key_refused(key: &Expr) -> Fout {
    Fout::at(key, WHAT)
}
