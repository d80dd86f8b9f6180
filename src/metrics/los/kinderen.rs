//! How many children stand behind each row of an answer.
//!
//! Enters: a grouped SELECT. Leaves: extra columns that count distinct children, one per count and per relation that is
//! about children. The fewest of them is what decides whether a row may be seen; that is not decided here.

use sqlparser::ast::Select;

use crate::metrics::los::aggregates::Groepering;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::scope::Scope;
use crate::metrics::los::statement::Compiler;
use crate::metrics::populatie::UNKNOWN;

/// The columns that count children, when others than ICM will see the answer and children stand behind it; and the
/// conditions by which rows count for what is shown.
pub(super) fn counts(
    compiler: &mut Compiler<'_>,
    scope: &Scope,
    groups: &mut Groepering,
    hidden: &mut Vec<(String, String)>,
    select: &Select,
) -> Uitkomst<Option<(Vec<String>, Vec<String>)>> {
    if !groups.is_strict {
        return Ok(None);
    }
    if let Some(blind) = scope.relations.iter().find(|relation| relation.is_blind) {
        let minimum = compiler.omgeving.minimum;
        let what = format!(
            "van '{}' is niet te tellen hoeveel kinderen erachter staan, en dat moet buiten het publiek intern (ten minste {minimum}); neem client mee in de deelvraag: SELECT client, … GROUP BY client, …",
            blind.naam
        );
        return Err(Fout::at(select, what));
    }
    // A question that only groups shows that there is someone.
    let mut counted: Vec<String> = std::mem::take(&mut groups.counted).into_iter().collect();
    counted.push(String::new());
    counted.sort();
    counted.dedup();
    let mut found = Vec::new();
    for relation in &scope.relations {
        for child in &relation.kinderen {
            compiler.used.insert(child.clone());
            let child = if relation.is_optional {
                child.clone()
            } else {
                format!("COALESCE({child}, {UNKNOWN})")
            };
            for condition in &counted {
                let row = match condition.as_str() {
                    "" => child.clone(),
                    condition => format!("CASE WHEN {condition} THEN {child} END"),
                };
                let inner = groups.inner(compiler, &row);
                let code = groups.aggregate(compiler, &format!("COUNT(DISTINCT {inner})"));
                let shown = compiler.code("n");
                hidden.push((format!("CAST({code} AS BIGINT)"), shown.clone()));
                found.push(shown);
            }
        }
    }
    Ok((!found.is_empty()).then_some((found, counted)))
}

/// Which columns of a subquery name the children behind its rows, and whether some can no longer be told.
///
/// `column_of` gives the column that hands on the one with this code.
pub(super) fn passed_on(
    scope: &Scope,
    column_of: impl Fn(&str) -> Option<String>,
) -> (Vec<String>, bool) {
    let mut found: Vec<String> = Vec::new();
    let mut is_blind = scope.relations.iter().any(|relation| relation.is_blind);
    for child in scope.relations.iter().flat_map(|relation| &relation.kinderen) {
        let equals = scope.equal.iter().filter_map(|(a, b)| match () {
            () if a == child => Some(b),
            () if b == child => Some(a),
            () => None,
        });
        let column = std::iter::once(child).chain(equals).find_map(|code| column_of(code));
        match column {
            Some(column) if found.contains(&column) => {}
            Some(column) => found.push(column),
            None => is_blind = true,
        }
    }
    (found, is_blind)
}
