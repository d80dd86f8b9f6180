//! Columns that point at a person, in the SQL of somebody's own query file.
//!
//! Enters: SQL of one `SELECT`. Leaves: the first place where such a column is more than counted, joined on or passed on
//! under its own name. Judges by name alone, and lets no other column take such a name: whatever a name stands for, it is
//! what the name says. Does not know which tables there are.

use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr,
    Ident, OrderBy, OrderByKind, Query, Select, SelectItem, SetExpr, Spanned, Statement,
    TableFactor, Value, VisitMut, VisitorMut, WildcardAdditionalOptions, WindowType,
};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use crate::schema::{Dtype, TABLES};

/// What is wrong, and on which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Persoon {
    pub(super) regel: usize,
    pub(super) wat: String,
}

/// True for the name of a column that holds a pseudonym.
pub(super) fn is_person(name: &str) -> bool {
    let points = |dtype| matches!(dtype, Dtype::Client | Dtype::Pseudonym);
    let columns = TABLES.iter().flat_map(|table| table.columns);
    columns.into_iter().any(|column| points(column.dtype) && column.name.eq_ignore_ascii_case(name))
}

/// The first wrong use of a person in a `SELECT`; text that cannot be read is refused elsewhere.
pub(super) fn wrong_use(sql: &str) -> Option<Persoon> {
    let mut statements = Parser::parse_sql(&GenericDialect, sql).ok()?;
    for statement in &mut statements {
        let Statement::Query(query) = statement else { continue };
        if let ControlFlow::Break(found) = query.visit(&mut Walk) {
            return Some(*found);
        }
    }
    None
}

/// Takes away what is allowed, from the outside in; a person that is met after that stands where it may not.
struct Walk;

type Step = ControlFlow<Box<Persoon>>;

impl VisitorMut for Walk {
    type Break = Box<Persoon>;

    fn pre_visit_query(&mut self, query: &mut Query) -> Step {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            if let Some(column) = cte.alias.columns.first() {
                return other_name(&column.name, "achter de naam van een deelvraag");
            }
        }
        if let Some(order) = &query.order_by {
            named_order(order)?;
        }
        same_places(&query.body)
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> Step {
        for item in &mut select.projection {
            match item {
                SelectItem::UnnamedExpr(expr) => take(expr),
                SelectItem::ExprWithAlias { expr, alias } => {
                    let is_same = person(expr).is_some_and(|name| same(name, alias));
                    if is_nobody(expr) {
                        // No child at all, where a column for one must be.
                    } else if is_same {
                        take(expr);
                    } else if is_person(&alias.value) {
                        return other_name(alias, "achter AS");
                    }
                }
                SelectItem::ExprWithAliases { .. } => return unclear(item, "meer namen achter AS"),
                SelectItem::Wildcard(options) | SelectItem::QualifiedWildcard(_, options) => {
                    plain_star(options)?;
                }
            }
        }
        if let GroupByExpr::Expressions(by, _) = &mut select.group_by {
            by.iter_mut().for_each(take);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> Step {
        let alias = match factor {
            TableFactor::Table { alias, args: None, .. } | TableFactor::Derived { alias, .. } => {
                alias.as_ref()
            }
            // A join between brackets; its own tables are met one by one.
            TableFactor::NestedJoin { alias: None, .. } => None,
            _ => return unclear(factor, "wat hier achter FROM of JOIN staat"),
        };
        match alias.and_then(|alias| alias.columns.first()) {
            Some(column) => other_name(&column.name, "achter de naam van een tabel"),
            None => ControlFlow::Continue(()),
        }
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> Step {
        match expr {
            Expr::BinaryOp { left, op: BinaryOperator::Eq, right }
                if person(left).is_some() && person(right).is_some() =>
            {
                take(left);
                take(right);
            }
            Expr::IsNull(inner) | Expr::IsNotNull(inner) => take(inner),
            Expr::InSubquery { expr: inner, subquery, .. } => {
                if gives_person(subquery) && person(inner).is_some() {
                    take(inner);
                } else if has_person(subquery) {
                    return compared(subquery);
                }
            }
            Expr::Subquery(subquery) if has_person(subquery) => return compared(subquery),
            Expr::Function(function) => in_function(function)?,
            _ => {}
        }
        match person(expr) {
            Some(name) => ControlFlow::Break(Box::new(Persoon {
                regel: line(name),
                wat: format!(
                    "'{0}' wijst een persoon aan; dat mag alleen geteld (COUNT(DISTINCT {0})), gekoppeld (a.{0} = b.{0}), \
                     gegroepeerd en onder de eigen naam doorgegeven worden",
                    name.value
                ),
            })),
            None => ControlFlow::Continue(()),
        }
    }
}

/// A count, and what a window is divided by. Columns that are meant without being named may be persons.
fn in_function(function: &mut Function) -> Step {
    let is_named =
        |name: &str| function.name.to_string().trim_matches('"').eq_ignore_ascii_case(name);
    let (is_count, is_columns) = (is_named("count"), is_named("columns"));
    if is_columns {
        return unclear(function, "COLUMNS(…)");
    }
    if let FunctionArguments::List(list) = &mut function.args {
        for arg in &mut list.args {
            match arg {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) if is_count => take(expr),
                FunctionArg::Unnamed(FunctionArgExpr::Expr(_)) => {}
                FunctionArg::Unnamed(FunctionArgExpr::Wildcard) if is_count => {}
                _ => return unclear(function, "een ster of een naam tussen deze haakjes"),
            }
        }
    }
    if let Some(WindowType::WindowSpec(window)) = &mut function.over {
        window.partition_by.iter_mut().for_each(take);
    }
    ControlFlow::Continue(())
}

/// `ORDER BY 1` and `ORDER BY ALL` may mean a person without naming it.
fn named_order(order: &OrderBy) -> Step {
    let OrderByKind::Expressions(by) = &order.kind else {
        return unclear(order, "ORDER BY ALL");
    };
    let is_place = |expr: &Expr| match expr {
        Expr::Value(_) => true,
        // The parser of the engine takes ALL for the name of a column.
        Expr::Identifier(name) => name.value.eq_ignore_ascii_case("all"),
        _ => false,
    };
    match by.iter().find(|one| is_place(&one.expr)) {
        Some(one) => unclear(one, "ORDER BY met een nummer of ALL"),
        None => ControlFlow::Continue(()),
    }
}

/// `*` and `* EXCLUDE (…)` leave every column its own name.
fn plain_star(options: &WildcardAdditionalOptions) -> Step {
    let WildcardAdditionalOptions {
        opt_ilike: _,
        opt_exclude: _,
        opt_except: _,
        opt_replace: None,
        opt_rename: None,
        opt_alias: None,
        ..
    } = options
    else {
        return unclear(&options.wildcard_token.0, "een ster met andere namen of waarden");
    };
    ControlFlow::Continue(())
}

/// What could hand on a person under another name without naming it.
fn unclear(node: &impl Spanned, what: &str) -> Step {
    let regel = usize::try_from(node.span().start.line).unwrap_or(0);
    let wat = format!(
        "{what} kan ongenoemd een kolom meenemen die een persoon aanwijst; noem de kolommen zelf"
    );
    ControlFlow::Break(Box::new(Persoon { regel, wat }))
}

/// A bare person is fine here; anything else is looked at later.
fn take(expr: &mut Expr) {
    if person(expr).is_some() {
        *expr = Expr::Value(Value::Null.with_empty_span());
    }
}

/// The name of a person, when the expression is nothing else than that column.
fn person(expr: &Expr) -> Option<&Ident> {
    let name = match expr {
        Expr::Identifier(name) => Some(name),
        Expr::CompoundIdentifier(parts) => parts.last(),
        Expr::Nested(inner) => return person(inner),
        _ => None,
    };
    name.filter(|name| is_person(&name.value))
}

/// `NULL`, or that as a number.
fn is_nobody(expr: &Expr) -> bool {
    match expr {
        Expr::Value(value) => value.value == Value::Null,
        Expr::Cast { expr, .. } | Expr::Nested(expr) => is_nobody(expr),
        _ => false,
    }
}

fn same(one: &Ident, other: &Ident) -> bool {
    one.value.eq_ignore_ascii_case(&other.value)
}

fn line(name: &Ident) -> usize {
    usize::try_from(name.span.start.line).unwrap_or(0)
}

fn other_name(name: &Ident, place: &str) -> Step {
    let wat = format!(
        "de naam '{}' kan hier niet {place}: een kolom die een persoon aanwijst houdt haar naam, en geen andere kolom heet zo",
        name.value
    );
    ControlFlow::Break(Box::new(Persoon { regel: line(name), wat }))
}

/// True when a subquery gives one column, and that is a person.
fn gives_person(query: &Query) -> bool {
    columns(&query.body).iter().all(|names| matches!(names[..], [Some(_)]))
}

/// True when a subquery gives a person among its columns, or may do so.
fn has_person(query: &Query) -> bool {
    columns(&query.body).iter().flatten().any(Option::is_some)
}

fn compared(query: &Query) -> Step {
    let regel = usize::try_from(query.span().start.line).unwrap_or(0);
    let wat = "een deelvraag die een persoon aanwijst kan alleen naast die persoon staan: client IN (SELECT client …)";
    ControlFlow::Break(Box::new(Persoon { regel, wat: wat.to_owned() }))
}

/// Per `SELECT` of a UNION the persons among its columns, by place.
fn columns(body: &SetExpr) -> Vec<Vec<Option<String>>> {
    match body {
        SetExpr::Select(select) => {
            let one = |item: &SelectItem| match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, alias: _ } => {
                    person(expr).map(|name| name.value.to_lowercase())
                }
                // A star may have persons in it; it never equals a list.
                _ => Some("*".to_owned()),
            };
            vec![select.projection.iter().map(one).collect()]
        }
        SetExpr::Query(query) => columns(&query.body),
        SetExpr::SetOperation { left, op: _, set_quantifier: _, right } => {
            let mut all = columns(left);
            all.extend(columns(right));
            all
        }
        _ => Vec::new(),
    }
}

/// The parts of a UNION have their persons in the same places: its names are those of the first part.
fn same_places(body: &SetExpr) -> Step {
    let SetExpr::SetOperation { .. } = body else { return ControlFlow::Continue(()) };
    let all = columns(body);
    let is_star = |names: &Vec<Option<String>>| names.iter().flatten().any(|name| name == "*");
    if all.windows(2).all(|two| two[0] == two[1]) && !all.iter().any(is_star) {
        return ControlFlow::Continue(());
    }
    let regel = usize::try_from(body.span().start.line).unwrap_or(0);
    let wat = "de delen van een UNION hebben een kolom die een persoon aanwijst op dezelfde plaats, en noemen hun kolommen zonder *";
    ControlFlow::Break(Box::new(Persoon { regel, wat: wat.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_something_of_a_person_is_refused() {
        for sql in [
            "SELECT CAST(client AS VARCHAR) AS x FROM declaraties",
            "SELECT client % 1000000007 AS y FROM declaraties",
            "SELECT client AS x FROM pgb",
            "SELECT iban AS rekening FROM overeenkomsten",
            "SELECT client % 2 AS x, COUNT(*) AS n FROM pgb GROUP BY client % 2",
            "SELECT gemeente FROM declaraties WHERE client > 0",
            "SELECT gemeente FROM declaraties WHERE client = 5",
            "SELECT client FROM declaraties ORDER BY client LIMIT 3",
            "SELECT MAX(client) AS client FROM declaraties",
            "SELECT regel AS client FROM declaraties",
            "SELECT a.gemeente, b.regel AS client FROM declaraties a CROSS JOIN gemeenten b",
            "WITH a(x) AS (SELECT client FROM pgb) SELECT x FROM a",
            "SELECT t.x FROM (SELECT client FROM pgb) AS t(x)",
            "SELECT regel AS x FROM declaraties UNION ALL SELECT client FROM pgb",
            "SELECT * FROM pgb UNION ALL SELECT * FROM pgb",
            "SELECT ROW_NUMBER() OVER (ORDER BY client) AS n FROM pgb",
            "SELECT LAG(client) OVER (PARTITION BY gemeente ORDER BY maand) AS x FROM declaraties",
            "SELECT gemeente FROM pgb WHERE client IN (SELECT regel FROM declaraties)",
            "SELECT gemeente FROM pgb WHERE client BETWEEN 1 AND 2",
            "SELECT gemeente FROM pgb WHERE 5 IN (SELECT client FROM plannen)",
            "SELECT gemeente FROM pgb WHERE regel = (SELECT client FROM plannen)",
            "SELECT gemeente FROM pgb WHERE regel IN (SELECT * FROM plannen)",
            "SELECT CASE WHEN client IS NULL THEN 0 ELSE client END AS x FROM pgb",
            "SELECT gezin || 'x' AS x FROM plannen",
            "SELECT \"client\" AS x FROM pgb",
            "SELECT p.CLIENT AS x FROM pgb AS p",
            "SELECT gemeente FROM pgb HAVING MAX(client) > 3",
            "SELECT * RENAME (client AS x) FROM pgb",
            "SELECT p.* RENAME (client AS x) FROM pgb AS p",
            "SELECT * REPLACE (regel AS client) FROM pgb",
            "SELECT COLUMNS('cl.*') FROM pgb",
            "SELECT MAX(COLUMNS('cl.*')) FROM pgb",
            "SELECT MAX(*) FROM pgb",
            "SELECT FIRST(p.*) FROM pgb AS p",
            "SELECT gemeente, client FROM pgb ORDER BY 2 LIMIT 3",
            "SELECT gemeente, client FROM pgb ORDER BY ALL LIMIT 3",
            "SELECT x FROM pgb UNPIVOT (x FOR y IN (client, maand))",
            "SELECT x FROM UNNEST([1, 2]) AS t(x)",
        ] {
            assert!(wrong_use(sql).is_some(), "{sql}");
        }
    }

    #[test]
    fn counting_joining_grouping_and_passing_on_is_allowed() {
        for sql in [
            "SELECT gemeente, client, SUM(bedrag_ct) AS bedrag_ct FROM declaraties GROUP BY gemeente, client",
            "SELECT d.client AS client FROM declaraties AS d JOIN toewijzingen AS t ON d.client = t.client AND d.maand = '2025-01'",
            "SELECT COUNT(DISTINCT client) AS n, COUNT(gezin) AS m FROM declaraties",
            "SELECT client FROM pgb WHERE client IN (SELECT client FROM plannen) AND gezin IS NOT NULL",
            "WITH a AS (SELECT client, gemeente FROM pgb UNION ALL SELECT client, gemeente FROM plannen) SELECT gemeente, client FROM a",
            "SELECT gemeente, CAST(NULL AS BIGINT) AS client FROM contracten",
            "SELECT client, ROW_NUMBER() OVER (PARTITION BY client ORDER BY maand) AS n FROM declaraties",
            "SELECT * EXCLUDE (regel) FROM (pgb JOIN plannen ON pgb.client = plannen.client) ORDER BY gemeente",
            "SELECT COUNT(*) AS n, ROUND(SUM(bedrag_ct) / 100, 2) AS euro FROM pgb ORDER BY n DESC",
        ] {
            assert_eq!(wrong_use(sql), None, "{sql}");
        }
    }
}
