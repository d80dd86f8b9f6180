//! The clauses of a query and of a SELECT: which there are, and which are refused.
//!
//! Enters: a query or a SELECT. Leaves: nothing, or what is refused; of LIMIT the numbers. Both are taken apart by name,
//! so that a clause that a later parser knows does not pass here unseen.

use sqlparser::ast::{
    Distinct, Expr, LimitClause, Offset, Query, Select, SelectFlavor, Value, ValueWithSpan,
};

use crate::metrics::los::fout::{Fout, Uitkomst};

/// Clauses that are not known here are refused; tells whether double rows fall away.
pub(super) fn check_clauses(select: &Select) -> Uitkomst<bool> {
    let Select {
        select_token: _,
        optimizer_hints,
        distinct,
        select_modifiers,
        top,
        top_before_distinct: _,
        projection: _,
        exclude,
        into,
        from: _,
        lateral_views,
        prewhere,
        selection: _,
        connect_by,
        group_by: _,
        cluster_by,
        distribute_by,
        sort_by,
        having: _,
        named_window,
        qualify,
        window_before_qualify: _,
        value_table_mode,
        flavor,
    } = select;
    let refuse = |what: &str| Err(Fout::at(select, what));
    if into.is_some() {
        return refuse("INTO kan niet: een vraag schrijft niets weg; gebruik --csv of --xlsx");
    }
    if top.is_some() {
        return refuse("TOP kan niet; schrijf LIMIT 10 achteraan");
    }
    if let Some(qualify) = qualify {
        return Err(Fout::at(
            qualify,
            "QUALIFY kan niet; zet OVER in een deelvraag en kies daarna met WHERE",
        ));
    }
    if !named_window.is_empty() {
        return refuse("WINDOW kan niet; schrijf het venster uit achter OVER");
    }
    let is_plain = optimizer_hints.is_empty()
        && select_modifiers.is_none()
        && exclude.is_none()
        && lateral_views.is_empty()
        && prewhere.is_none()
        && connect_by.is_empty()
        && cluster_by.is_empty()
        && distribute_by.is_empty()
        && sort_by.is_empty()
        && value_table_mode.is_none()
        && matches!(flavor, SelectFlavor::Standard);
    if !is_plain {
        return refuse(
            "deze vorm ken ik niet; schrijf SELECT … FROM … WHERE … GROUP BY … HAVING … ORDER BY … LIMIT …",
        );
    }
    is_distinct(distinct.as_ref(), select)
}

fn is_distinct(distinct: Option<&Distinct>, select: &Select) -> Uitkomst<bool> {
    match distinct {
        None | Some(Distinct::All) => Ok(false),
        Some(Distinct::Distinct) => Ok(true),
        Some(Distinct::On(_)) => {
            Err(Fout::at(select, "DISTINCT ON kan niet; gebruik GROUP BY met MIN of MAX"))
        }
    }
}

/// Clauses of a query that are not known here.
pub(super) fn check_rest(query: &Query) -> Uitkomst<()> {
    let Query {
        with: _,
        body: _,
        order_by: _,
        limit_clause: _,
        fetch,
        locks,
        for_clause,
        settings,
        format_clause,
        pipe_operators,
    } = query;
    if fetch.is_some() {
        return Err(Fout::at(query, "FETCH kan niet; schrijf LIMIT 10"));
    }
    let is_plain = locks.is_empty()
        && for_clause.is_none()
        && settings.is_none()
        && format_clause.is_none()
        && pipe_operators.is_empty();
    if is_plain {
        return Ok(());
    }
    Err(Fout::at(
        query,
        "achter de SELECT kunnen alleen ORDER BY en LIMIT staan, geen FOR, SETTINGS, FORMAT of |>",
    ))
}

pub(super) fn limits(clause: Option<&LimitClause>) -> Uitkomst<(Option<u32>, u32)> {
    match clause {
        None => Ok((None, 0)),
        Some(LimitClause::LimitOffset { limit, offset, limit_by }) => {
            if let Some(by) = limit_by.first() {
                return Err(Fout::at(
                    by,
                    "LIMIT … BY kan niet; gebruik ROW_NUMBER() OVER (PARTITION BY …)",
                ));
            }
            let offset = match offset {
                Some(Offset { value, rows: _ }) => whole(value)?,
                None => 0,
            };
            Ok((limit.as_ref().map(whole).transpose()?, offset))
        }
        Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
            Ok((Some(whole(limit)?), whole(offset)?))
        }
    }
}

fn whole(expr: &Expr) -> Uitkomst<u32> {
    if let Expr::Value(ValueWithSpan { value: Value::Number(digits, false), span: _ }) = expr
        && let Ok(number) = digits.parse()
    {
        return Ok(number);
    }
    Err(Fout::at(expr, "achter LIMIT en OFFSET hoort een heel getal te staan"))
}
