//! One question from its outermost SELECT to its innermost.
//!
//! Enters: a syntax tree. Leaves: [`Gelezen`]: the SQL for the engine, the columns of the answer, and how its rows are
//! sorted. Every part of the tree is taken apart by name, so that a part that is not known here does not pass.

use std::collections::BTreeSet;

use sqlparser::ast::{Cte, Query, SetExpr, SetOperator, SetQuantifier, Spanned, With};

use crate::dutch::sort_key;
use crate::metrics::antwoord::Kolom;
use crate::metrics::los::Omgeving;
use crate::metrics::los::achter::Achter;
use crate::metrics::los::catalog;
use crate::metrics::los::clauses::{check_rest, limits};
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::from;
use crate::metrics::los::order::{self, Volgorde};
use crate::metrics::los::scope::{Kolomnaam, same};
use crate::metrics::los::select::{self, Geteld, Selectie};
use crate::region::Publiek;

/// A question that may be asked.
#[derive(Debug, Clone)]
pub(super) struct Gelezen {
    /// SQL for the engine.
    pub(super) sql: String,
    /// Tables of the dataset, sorted.
    pub(super) tabellen: Vec<String>,
    /// The columns of the answer, each with its name in the SQL.
    pub(super) kolommen: Vec<(Kolom, String)>,
    /// True when everybody knows which values the keys can have.
    pub(super) sleutels_gesloten: bool,
    /// By what the rows are sorted: given, then keys, then the rest.
    pub(super) volgorde: Vec<Volgorde>,
    /// Codes of the gemeenten of the region, sorted by name.
    pub(super) gemeenten: Vec<String>,
    pub(super) limit: Option<u32>,
    pub(super) offset: u32,
    /// False for a question that the streaming engine cannot plan.
    pub(super) may_stream: bool,
    /// Columns that count children; `None` when the tables are not about children, or the counts are not asked.
    pub(super) kinderen: Option<Vec<String>>,
    /// The rows behind it, where children are counted.
    pub(super) achter: Option<Achter>,
}

/// A subquery, ready to stand behind FROM.
#[derive(Debug, Clone)]
pub(super) struct Deelvraag {
    pub(super) sql: String,
    pub(super) columns: Vec<Kolomnaam>,
    pub(super) kinderen: Vec<String>,
    pub(super) is_blind: bool,
    /// True when it gives exactly one row.
    pub(super) is_one_row: bool,
}

/// Where a subquery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plek {
    /// Behind WITH or FROM.
    From,
    /// Behind IN.
    In,
}

/// What is kept while a question is read.
#[derive(Debug)]
pub(super) struct Compiler<'a> {
    pub(super) omgeving: &'a Omgeving<'a>,
    n_codes: usize,
    /// How deep the expression is that is being read.
    pub(super) depth: usize,
    /// Codes of the columns that are looked at.
    pub(super) used: BTreeSet<String>,
    pub(super) tabellen: BTreeSet<String>,
    /// True once rows are joined by something else than equality.
    pub(super) has_cross_join: bool,
    /// Table expressions that can be named: name, code, columns and how many tables it reads.
    expressions: Vec<(String, String, Deelvraag, usize)>,
    /// How many tables are read, with each table expression written out as often as it is named.
    pub(super) n_tables: usize,
    with: Vec<String>,
}

/// Reads a question.
pub(super) fn read(query: &Query, omgeving: &Omgeving<'_>) -> Uitkomst<Gelezen> {
    // A name between quotes of another kind has no place of its own.
    whole_question(query, omgeving).map_err(|fout| fout.or_at(query))
}

fn whole_question(query: &Query, omgeving: &Omgeving<'_>) -> Uitkomst<Gelezen> {
    let mut compiler = Compiler {
        omgeving,
        n_codes: 0,
        depth: 0,
        used: BTreeSet::new(),
        tabellen: BTreeSet::new(),
        has_cross_join: false,
        expressions: Vec::new(),
        n_tables: 0,
        with: Vec::new(),
    };
    let Query { with, body, order_by, limit_clause, .. } = query;
    check_rest(query)?;
    compiler.with(with.as_ref())?;
    let (limit, offset) = limits(limit_clause.as_ref())?;
    let mut selectie = match body.as_ref() {
        SetExpr::Select(one) => {
            select::read(&mut compiler, one, select::Rol::Buitenste(order_by.as_ref()))?
        }
        other => {
            if compiler.is_outside() {
                let what = "UNION kan niet buiten het publiek intern; stel twee vragen";
                return Err(Fout::at(query, what));
            }
            let mut all = compiler.set(other, true)?;
            all.order = order::of_columns(order_by.as_ref(), &all)?;
            all
        }
    };
    order::complete(&mut selectie);
    let with = if compiler.with.is_empty() {
        String::new()
    } else {
        format!("WITH {} ", compiler.with.join(", "))
    };
    let mut keys = selectie.columns.iter().filter(|column| column.kolom.is_sleutel);
    let sleutels_gesloten = keys.all(|column| column.aard.is_gesloten());
    let (counts, achter) = match selectie.counts {
        Some(Geteld { columns, achter }) => {
            (Some(columns), Some(Achter { sql: format!("{with}{}", achter.sql), ..achter }))
        }
        None => (None, None),
    };
    Ok(Gelezen {
        sleutels_gesloten,
        sql: format!("{with}{}", selectie.sql),
        tabellen: compiler.tabellen.into_iter().collect(),
        kolommen: selectie.columns.into_iter().map(|column| (column.kolom, column.code)).collect(),
        volgorde: selectie.order,
        gemeenten: by_name(omgeving.gemeenten),
        limit,
        offset,
        may_stream: !compiler.has_cross_join,
        kinderen: counts,
        achter,
    })
}

fn by_name(gemeenten: &[(String, String)]) -> Vec<String> {
    let mut named: Vec<(String, &String)> =
        gemeenten.iter().map(|(code, naam)| (sort_key(naam), code)).collect();
    named.sort();
    named.into_iter().map(|(_, code)| code.clone()).collect()
}

impl Compiler<'_> {
    /// A name that nothing else has.
    pub(super) fn code(&mut self, letter: &str) -> String {
        self.n_codes += 1;
        format!("{letter}{}", self.n_codes)
    }

    /// True when others than ICM itself will see the answer.
    pub(super) fn is_outside(&self) -> bool {
        self.omgeving.publiek != Publiek::Intern
    }

    /// Names of the table expressions.
    pub(super) fn own_names(&self) -> Vec<String> {
        self.expressions.iter().map(|(naam, ..)| naam.clone()).collect()
    }

    /// A table expression with new names for its columns, so that it can stand twice behind one FROM.
    pub(super) fn table_expression(&mut self, name: &str) -> Option<Deelvraag> {
        let found = self.expressions.iter().rev().find(|(naam, ..)| same(naam, name))?;
        let (_, code, part, n_tables) = found.clone();
        self.n_tables += n_tables;
        let mut columns = part.columns;
        let mut items = Vec::new();
        let mut kinderen = Vec::new();
        for column in &mut columns {
            let new = self.code("c");
            items.push(format!("{} AS {new}", column.code));
            if part.kinderen.contains(&column.code) {
                kinderen.push(new.clone());
            }
            column.code = new;
        }
        let sql = format!("SELECT {} FROM {code}", items.join(", "));
        Some(Deelvraag {
            sql,
            columns,
            kinderen,
            is_blind: part.is_blind,
            is_one_row: part.is_one_row,
        })
    }

    /// A subquery.
    pub(super) fn part(&mut self, query: &Query, plek: Plek) -> Uitkomst<Deelvraag> {
        let Query { with, body, order_by, limit_clause, .. } = query;
        check_rest(query)?;
        if order_by.is_some() || limit_clause.is_some() {
            let what = "ORDER BY en LIMIT kunnen alleen in de buitenste vraag; neem hier MIN, MAX of ROW_NUMBER() OVER (…)";
            return Err(Fout::at(query, what));
        }
        if plek == Plek::In && with.is_some() {
            return Err(Fout::at(query, "WITH kan niet achter IN; zet het vooraan in de vraag"));
        }
        let n_known = self.expressions.len();
        self.with(with.as_ref())?;
        let read = self.set(body, false);
        self.expressions.truncate(n_known);
        Ok(read?.into_part())
    }

    fn with(&mut self, with: Option<&With>) -> Uitkomst<()> {
        let Some(With { with_token: _, recursive, cte_tables }) = with else { return Ok(()) };
        for cte in cte_tables {
            let Cte { alias, query, from, materialized, closing_paren_token: _ } = cte;
            let Some(name) = from::plain_alias(Some(alias))? else { continue };
            if *recursive || from.is_some() || materialized.is_some() {
                return Err(Fout::on(
                    name.span.start,
                    "RECURSIVE en MATERIALIZED kunnen niet; schrijf WITH naam AS (SELECT …)",
                ));
            }
            let is_known = self.expressions.iter().any(|(naam, ..)| same(naam, &name.value));
            if is_known || catalog::columns(&name.value.to_lowercase()).is_some() {
                let what = format!(
                    "'{}' achter WITH is ook een andere tabel; kies een andere naam",
                    name.value
                );
                return Err(Fout::on(name.span.start, what));
            }
            let n_before = self.n_tables;
            let part = self.part(query, Plek::From)?;
            let n_tables = std::mem::replace(&mut self.n_tables, n_before) - n_before;
            let code = self.code("q");
            self.with.push(format!("{code} AS ({})", part.sql));
            self.expressions.push((name.value.clone(), code, part, n_tables));
        }
        Ok(())
    }

    /// A SELECT, or several put under each other.
    fn set(&mut self, body: &SetExpr, is_outer: bool) -> Uitkomst<Selectie> {
        match body {
            SetExpr::Select(one) => {
                let rol = if is_outer {
                    select::Rol::Deel { is_shown: true }
                } else {
                    select::Rol::Deel { is_shown: false }
                };
                select::read(self, one, rol)
            }
            SetExpr::Query(query) => {
                let Query { with: None, body, order_by: None, limit_clause: None, .. } =
                    query.as_ref()
                else {
                    return Err(Fout::at(
                        query.as_ref(),
                        "tussen haakjes kan alleen een SELECT zonder WITH, ORDER BY of LIMIT",
                    ));
                };
                check_rest(query)?;
                self.set(body, is_outer)
            }
            SetExpr::SetOperation { left, op, set_quantifier, right } => {
                self.union(left, *op, *set_quantifier, right, is_outer)
            }
            other => Err(Fout::on(other.span().start, "hier hoort een SELECT te staan")),
        }
    }

    fn union(
        &mut self,
        left: &SetExpr,
        op: SetOperator,
        quantifier: SetQuantifier,
        right: &SetExpr,
        is_outer: bool,
    ) -> Uitkomst<Selectie> {
        let at = right.span().start;
        let word = match (op, quantifier) {
            (SetOperator::Union, SetQuantifier::All) => "UNION ALL",
            (SetOperator::Union, SetQuantifier::None | SetQuantifier::Distinct) => "UNION",
            _ => {
                return Err(Fout::on(
                    at,
                    "alleen UNION en UNION ALL kunnen; gebruik kolom [NOT] IN (SELECT …)",
                ));
            }
        };
        if self.is_outside() {
            return Err(Fout::on(at, "UNION kan niet buiten het publiek intern; stel twee vragen"));
        }
        let (mut one, other) = (self.set(left, is_outer)?, self.set(right, is_outer)?);
        if one.columns.len() != other.columns.len() {
            let (a, b) = (one.columns.len(), other.columns.len());
            return Err(Fout::on(at, format!("voor UNION staan {a} kolommen en erachter {b}")));
        }
        for (a, b) in one.columns.iter_mut().zip(&other.columns) {
            a.merge(b).map_err(|wat| Fout::on(at, wat))?;
        }
        one.sql = format!("({}) {word} ({})", one.sql, other.sql);
        one.is_one_row = false;
        one.is_blind |= other.is_blind || !one.kinderen.is_empty() || !other.kinderen.is_empty();
        one.kinderen.clear();
        Ok(one)
    }
}
