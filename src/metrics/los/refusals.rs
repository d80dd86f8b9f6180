//! What is said of an expression that is refused.
//!
//! Enters: the expression. Leaves: the reason, with what to do instead.

use sqlparser::ast::{AccessExpr, Expr, Spanned};

use crate::metrics::los::fout::Fout;

/// The refusal of a column that points at a person.
pub(super) fn person(at: &Expr) -> Fout {
    let name = match at {
        Expr::Identifier(name) => name.value.clone(),
        Expr::CompoundIdentifier(parts) => {
            parts.last().map(|name| name.value.clone()).unwrap_or_default()
        }
        other => other.to_string(),
    };
    Fout::at(at, forbidden(&name))
}

/// What may be done with a column that points at a person.
pub(super) fn forbidden(name: &str) -> String {
    format!(
        "'{name}' wijst een persoon aan en is nooit te zien of te vergelijken met een waarde; wel kan: \
         COUNT(DISTINCT {name}), koppelen (JOIN … ON a.{name} = b.{name}), {name} IS NULL, {name} IN (SELECT {name} …) \
         en in een deelvraag GROUP BY {name}"
    )
}

/// Why an expression is not known here, with what to do instead where that is known.
pub(super) fn refused(expr: &Expr) -> Fout {
    let what = match expr {
        Expr::Exists { subquery: _, negated: _ } => {
            "EXISTS kan niet; schrijf kolom IN (SELECT kolom …)".to_owned()
        }
        Expr::Subquery(_) => {
            "een deelvraag kan hier niet; zet hem achter WITH of FROM en koppel hem met JOIN"
                .to_owned()
        }
        Expr::Wildcard(_) | Expr::QualifiedWildcard(..) => {
            "een * kan hier niet; noem de kolom".to_owned()
        }
        Expr::Interval(_) => {
            "INTERVAL kan niet; reken met de kolom <datum>_dag (hele dagen)".to_owned()
        }
        Expr::CompoundFieldAccess { root: _, access_chain } => {
            let is_index = access_chain.iter().any(|part| matches!(part, AccessExpr::Subscript(_)));
            let sign = if is_index { "[ ]" } else { "." };
            format!("'{sign}' kan hier niet; een kolom is een enkele waarde")
        }
        other => {
            let text = other.to_string();
            let text: String = text.chars().take(40).collect();
            format!("dit kan niet in een vraag: {text}; zie maatstaf vraag --help voor wat wel kan")
        }
    };
    Fout::on(expr.span().start, what)
}
