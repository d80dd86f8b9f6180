//! A query rewritten so that it gives, beside its keys, the rows they come from.
//!
//! Enters: the SQL of a query and the names of the tables that have rows. Leaves: SQL of which every row is one row of a
//! table with the keys it went into, or the reason in Dutch why that cannot be made. Does not run anything.
//!
//! Every SELECT has a carrier: the first relation of its FROM that has rows. Beside every common table expression `c` comes
//! `spoor_c`: the same rows, each with the row of the table it was made from. Where `c` puts rows together, it is joined
//! back to what it was made from by its GROUP BY keys, so that a row of `c` comes once for each of them. Values are never
//! computed from rows that were repeated: `c` itself stays as it is.

use std::collections::BTreeMap;

use sqlparser::ast::{
    Expr, GroupByExpr, Ident, ObjectName, Query as Sql, Select, SelectItem, SetExpr, SetOperator,
    Statement, TableAlias, TableFactor, TableWithJoins,
};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use crate::metrics::words::words;

/// Columns that tell a row: SQL name of its table, file, line.
pub(in crate::metrics) const SPOOR: [&str; 3] = ["spoor_tabel", "spoor_bron", "spoor_regel"];

/// Before the name of a relation of which only some rows are left.
pub(super) const ENKEL: &str = "enkel_";

/// Functions that put rows together.
const SAMEN: [&str; 9] =
    ["sum", "count", "min", "max", "avg", "median", "quantile_cont", "first", "last"];

/// What is known of a common table expression.
#[derive(Clone, Copy)]
struct Drager {
    /// A row of it comes more than once in its companion.
    herhaald: bool,
}

/// A SELECT with the rows it comes from.
struct Gespoord {
    sql: String,
    herhaald: bool,
}

/// The query over some rows only: its carrier is what is left of each table as `enkel_<table>`, all else it looks at is whole.
/// What comes out rests on those rows, and on no others of these tables but through what is looked up beside them.
pub(super) fn beperk(sql: &str, tabellen: &[&str]) -> Result<String, String> {
    let unreadable = || "deze query is niet te ontleden".to_owned();
    let parsed = Parser::parse_sql(&GenericDialect, sql).map_err(|_| unreadable())?;
    let [Statement::Query(query)] = parsed.as_slice() else { return Err(unreadable()) };
    let mut known: Vec<String> = tabellen.iter().map(|name| (*name).to_owned()).collect();
    let mut parts = Vec::new();
    for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
        let name = cte.alias.name.value.clone();
        parts.push(cte.to_string());
        let mut body = cte.query.body.clone();
        if beperk_body(&mut body, &known) {
            parts.push(format!("{ENKEL}{name} AS ({body})"));
            known.push(name);
        }
    }
    let mut body = query.body.clone();
    if !beperk_body(&mut body, &known) {
        return Err("er is geen tabel met rijen waar deze query bij begint".to_owned());
    }
    let with = if parts.is_empty() { String::new() } else { format!("WITH {} ", parts.join(", ")) };
    Ok(format!("{with}{body}"))
}

/// Puts the restricted form in the place of every carrier; false where a SELECT has none.
fn beperk_body(body: &mut SetExpr, known: &[String]) -> bool {
    match body {
        SetExpr::Select(select) => {
            let found = factors(select).into_iter().find(|factor| {
                matches!(factor, TableFactor::Table { name, .. } if known.contains(&name.to_string()))
            });
            if let Some(TableFactor::Table { name, alias, .. }) = found {
                rename(name, alias, ENKEL);
                return true;
            }
            false
        }
        SetExpr::Query(query) => beperk_body(&mut query.body, known),
        SetExpr::SetOperation { left, right, .. } => {
            let (left, right) = (beperk_body(left, known), beperk_body(right, known));
            left && right
        }
        _ => false,
    }
}

/// The relations of a SELECT, in the order in which they are named.
fn factors(select: &mut Select) -> Vec<&mut TableFactor> {
    let mut out = Vec::new();
    for TableWithJoins { relation, joins } in &mut select.from {
        out.push(relation);
        out.extend(joins.iter_mut().map(|join| &mut join.relation));
    }
    out
}

/// Another relation under the name by which the SELECT knows the first.
fn rename(name: &mut ObjectName, alias: &mut Option<TableAlias>, prefix: &str) {
    let table = name.to_string();
    *name = ObjectName::from(vec![Ident::new(format!("{prefix}{table}"))]);
    if alias.is_none() {
        let name = Ident::new(table);
        *alias = Some(TableAlias { explicit: true, name, columns: Vec::new(), at: None });
    }
}

/// The rewritten query: one row per key and row of a table. `tabellen` are those with `bron` and `regel`.
pub(super) fn herschrijf(sql: &str, wanted: &[&str], tabellen: &[&str]) -> Result<String, String> {
    let unreadable = || "deze query is niet te ontleden".to_owned();
    let parsed = Parser::parse_sql(&GenericDialect, sql).map_err(|_| unreadable())?;
    let [Statement::Query(query)] = parsed.as_slice() else { return Err(unreadable()) };
    let mut known = BTreeMap::new();
    let mut parts = Vec::new();
    for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
        let name = cte.alias.name.value.clone();
        parts.push(cte.to_string());
        let context = Context { known: &known, tabellen };
        let drager = context.of_query(&cte.query).map(|made| {
            parts.push(format!("spoor_{name} AS ({})", made.sql));
            Drager { herhaald: made.herhaald }
        });
        known.insert(name, drager);
    }
    let context = Context { known: &known, tabellen };
    let last = match context.los_van_telling(&query.body, wanted) {
        Some(made) => made,
        None => context.of_body(&query.body)?,
    };
    let with = if parts.is_empty() { String::new() } else { format!("WITH {} ", parts.join(", ")) };
    let columns: Vec<String> =
        wanted.iter().chain(&SPOOR).map(|name| format!("spoor_uit.{name} AS {name}")).collect();
    Ok(format!("{with}SELECT DISTINCT {} FROM ({}) AS spoor_uit", columns.join(", "), last.sql))
}

struct Context<'a> {
    /// Every expression so far, or why it has no companion.
    known: &'a BTreeMap<String, Result<Drager, String>>,
    tabellen: &'a [&'a str],
}

impl Context<'_> {
    /// Of a SELECT that puts rows together, when only its keys are wanted: the rows have those themselves, and need not be
    /// found again among what they were put together to.
    fn los_van_telling(&self, body: &SetExpr, wanted: &[&str]) -> Option<Gespoord> {
        let SetExpr::Select(select) = body else { return None };
        let names = columns(select).ok()?;
        let keys = group_keys(select, &names).ok()??;
        let has = |wanted: &&str| keys.iter().any(|(name, _)| name == wanted);
        if select.having.is_some() || !wanted.iter().all(has) {
            return None;
        }
        let (carried, columns, _) = self.carried(select).ok()?;
        let keys = keys.iter().map(|(name, expr)| format!("{expr} AS {name}"));
        let spoor = columns.iter().zip(SPOOR).map(|(expr, name)| format!("{expr} AS {name}"));
        let items = keys.chain(spoor).collect::<Vec<_>>().join(", ");
        let rows = carried
            .selection
            .as_ref()
            .map_or_else(String::new, |where_| format!(" WHERE {where_}"));
        let sql = format!("SELECT {items} FROM {}{rows}", list(&carried.from));
        Some(Gespoord { sql, herhaald: true })
    }

    fn of_query(&self, query: &Sql) -> Result<Gespoord, String> {
        if query.with.is_some() || query.limit_clause.is_some() {
            return Err("een query in een query of een LIMIT is niet te volgen".to_owned());
        }
        self.of_body(&query.body)
    }

    fn of_body(&self, body: &SetExpr) -> Result<Gespoord, String> {
        match body {
            SetExpr::Select(select) => self.of_select(select),
            SetExpr::Query(query) => self.of_query(query),
            SetExpr::SetOperation { op: SetOperator::Union, left, right, .. } => {
                let (left, right) = (self.of_body(left)?, self.of_body(right)?);
                Ok(Gespoord {
                    sql: format!("{} UNION ALL {}", left.sql, right.sql),
                    // A union without ALL puts equal rows together.
                    herhaald: true,
                })
            }
            _ => Err("EXCEPT en INTERSECT zijn niet te volgen".to_owned()),
        }
    }

    fn of_select(&self, select: &Select) -> Result<Gespoord, String> {
        let names = columns(select)?;
        let (carried, columns, herhaald) = self.carried(select)?;
        let spoor = columns.iter().zip(SPOOR).map(|(expr, name)| format!("{expr} AS {name}"));
        let spoor = spoor.collect::<Vec<_>>().join(", ");
        let from = list(&carried.from);
        let rows = carried
            .selection
            .as_ref()
            .map_or_else(String::new, |where_| format!(" WHERE {where_}"));
        let keys = group_keys(select, &names)?;
        let Some(keys) = keys else {
            if herhaald && is_windowed(select) {
                return Err("een rangorde over samengevoegde rijen is niet te volgen".to_owned());
            }
            let items = list(&carried.projection);
            let sql = format!("SELECT {items}, {spoor} FROM {from}{rows}");
            return Ok(Gespoord { sql, herhaald: herhaald || select.distinct.is_some() });
        };
        // What is put together, with its keys as text: an empty key must find itself again.
        let text = |what: &str, at: usize| {
            format!("COALESCE(CAST({what} AS VARCHAR), '∅') AS spoor_k{at}")
        };
        let of_whole =
            keys.iter().enumerate().map(|(at, (name, _))| text(&format!("spoor_i.{name}"), at));
        let of_rows = keys.iter().enumerate().map(|(at, (_, expr))| text(&expr.to_string(), at));
        let of_rows: Vec<String> = of_rows.chain([spoor]).collect();
        let kept: Vec<String> =
            names.iter().map(|name| format!("spoor_i.{name} AS {name}")).chain(of_whole).collect();
        let whole = format!("SELECT {} FROM ({select}) AS spoor_i", kept.join(", "));
        let rows = format!("SELECT {} FROM {from}{rows}", of_rows.join(", "));
        let out: Vec<String> = (names.iter().map(|name| format!("spoor_g.{name} AS {name}")))
            .chain(SPOOR.iter().map(|name| format!("spoor_r.{name} AS {name}")))
            .collect();
        let on: Vec<String> = (0..keys.len())
            .map(|at| format!("spoor_g.spoor_k{at} = spoor_r.spoor_k{at}"))
            .collect();
        let sql = format!(
            "SELECT {} FROM ({whole}) AS spoor_g INNER JOIN ({rows}) AS spoor_r ON {}",
            out.join(", "),
            on.join(" AND ")
        );
        Ok(Gespoord { sql, herhaald: true })
    }

    /// The SELECT with its carrier in the form that has rows, what its three columns are, and whether rows come more than
    /// once.
    fn carried(&self, select: &Select) -> Result<(Select, [String; 3], bool), String> {
        let mut out = select.clone();
        let mut reason = None;
        let is_alone = out.from.len() == 1 && out.from[0].joins.is_empty();
        for factor in factors(&mut out) {
            let TableFactor::Table { name, alias, .. } = factor else { continue };
            let table = name.to_string();
            let shown =
                alias.as_ref().map_or_else(|| table.clone(), |alias| alias.name.to_string());
            let dot = if is_alone { String::new() } else { format!("{shown}.") };
            if self.tabellen.contains(&table.as_str()) {
                let columns = [format!("'{table}'"), format!("{dot}bron"), format!("{dot}regel")];
                return Ok((out, columns, false));
            }
            let drager = match self.known.get(&table) {
                Some(Ok(drager)) => drager,
                Some(Err(why)) => {
                    reason.get_or_insert_with(|| why.clone());
                    continue;
                }
                None => continue,
            };
            let herhaald = drager.herhaald;
            rename(name, alias, "spoor_");
            // Only the carrier has these; its alias can be the name of another relation.
            let columns = SPOOR.map(ToOwned::to_owned);
            return Ok((out, columns, herhaald));
        }
        let none = || "er is geen tabel met rijen waar deze query bij begint".to_owned();
        Err(reason.unwrap_or_else(none))
    }
}

/// Names of the columns of a SELECT.
fn columns(select: &Select) -> Result<Vec<String>, String> {
    let one = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { alias, .. } => Ok(alias.to_string()),
        SelectItem::UnnamedExpr(Expr::Identifier(name)) => Ok(name.to_string()),
        SelectItem::UnnamedExpr(Expr::CompoundIdentifier(parts)) => {
            Ok(parts.last().map_or_else(String::new, ToString::to_string))
        }
        _ => Err("een kolom zonder naam of een * is niet te volgen".to_owned()),
    };
    select.projection.iter().map(one).collect()
}

/// The keys by which rows are put together: their name in the SELECT and their expression; `None` where none are.
fn group_keys<'s>(
    select: &'s Select,
    names: &[String],
) -> Result<Option<Vec<(String, &'s Expr)>>, String> {
    let GroupByExpr::Expressions(keys, _) = &select.group_by else {
        return Err("GROUP BY ALL is niet te volgen".to_owned());
    };
    if keys.is_empty() {
        let puts_together = select.projection.iter().any(|item| {
            let text = item.to_string();
            has_call(&text, &SAMEN) && !has_call(&text, &["over"])
        });
        if puts_together {
            return Err("één getal over alle rijen samen heeft geen eigen rijen".to_owned());
        }
        return Ok(None);
    }
    let of = |key: &'s Expr| {
        let position = select.projection.iter().zip(names).position(|(item, name)| match item {
            SelectItem::ExprWithAlias { expr, .. } | SelectItem::UnnamedExpr(expr) => {
                expr == key || *name == key.to_string()
            }
            _ => false,
        });
        let at = position.ok_or("een sleutel van GROUP BY staat niet in de SELECT")?;
        let expr = match &select.projection[at] {
            SelectItem::ExprWithAlias { expr, .. } | SelectItem::UnnamedExpr(expr) => expr,
            _ => key,
        };
        Ok((names[at].clone(), expr))
    };
    keys.iter().map(of).collect::<Result<Vec<_>, String>>().map(Some)
}

fn is_windowed(select: &Select) -> bool {
    has_call(&list(&select.projection), &["over"])
}

/// True when one of these names stands before a `(`.
fn has_call(text: &str, names: &[&str]) -> bool {
    let words = words(text);
    words.windows(2).any(|pair| pair[1].is("(") && names.iter().any(|name| pair[0].is(name)))
}

fn list<T: ToString>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_its_row() {
        let sql = "SELECT gemeente, bedrag_ct AS x FROM declaraties WHERE bedrag_ct > 0";
        let made = herschrijf(sql, &["gemeente"], &["declaraties"]).unwrap();
        assert_eq!(
            made,
            "SELECT DISTINCT spoor_uit.gemeente AS gemeente, spoor_uit.spoor_tabel AS spoor_tabel, \
             spoor_uit.spoor_bron AS spoor_bron, spoor_uit.spoor_regel AS spoor_regel FROM (SELECT gemeente, bedrag_ct AS x, \
             'declaraties' AS spoor_tabel, bron AS spoor_bron, regel AS spoor_regel FROM declaraties WHERE bedrag_ct > 0) \
             AS spoor_uit"
        );
    }

    #[test]
    fn rows_have_the_keys_of_the_last_telling_themselves() {
        let sql =
            "SELECT gemeente, client, SUM(x) AS x FROM t WHERE x > 0 GROUP BY gemeente, client";
        let made = herschrijf(sql, &["gemeente"], &["t"]).unwrap();
        assert!(
            made.ends_with(
                "FROM (SELECT gemeente AS gemeente, client AS client, 't' AS spoor_tabel, bron AS spoor_bron, \
                 regel AS spoor_regel FROM t WHERE x > 0) AS spoor_uit"
            ),
            "{made}"
        );
        // What was counted is not a key, and HAVING leaves out groups.
        assert!(herschrijf(sql, &["x"], &["t"]).unwrap().contains("INNER JOIN"));
        let having = format!("{sql} HAVING SUM(x) > 5");
        assert!(herschrijf(&having, &["gemeente"], &["t"]).unwrap().contains("INNER JOIN"));
    }

    #[test]
    fn what_cannot_be_followed_says_why() {
        let error = |sql: &str| herschrijf(sql, &["a"], &["t"]).unwrap_err();
        assert!(error("SELECT SUM(a) AS a FROM t").contains("alle rijen samen"));
        assert!(error("SELECT a FROM regio").contains("geen tabel met rijen"));
        assert!(error("SELECT a + 1 FROM t").contains("zonder naam"));
        assert!(error("SELECT COUNT(*) AS n FROM t GROUP BY a").contains("sleutel van GROUP BY"));
        let ranked = "WITH g AS (SELECT a, SUM(b) AS b FROM t GROUP BY a) \
                      SELECT a, ROW_NUMBER() OVER (ORDER BY b) AS n FROM g";
        assert!(error(ranked).contains("rangorde"));
    }
}
