//! Expressions: what each may be made of, and the SQL that is written for it.
//!
//! Enters: an expression and the relations it may look at. Leaves: an [`Uitdrukking`], or why it is refused.
//! A column that points at a person comes out of [`Reader::any`] only by itself; everything that makes something of
//! a value asks [`Reader::value`], which refuses such a column.

use sqlparser::ast::{BinaryOperator, Expr, Ident, TypedString, UnaryOperator};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::aggregates::Groepering;
use crate::metrics::los::aliases::Item;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::literals::{literal, typed};
use crate::metrics::los::refusals::{person, refused};
use crate::metrics::los::scope::Scope;
use crate::metrics::los::statement::Compiler;
use crate::metrics::los::types::{Basis, Uitdrukking};
use crate::metrics::los::{compare, units};

/// How many operations may stand inside each other.
const MAX_DEPTH: usize = 60;

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plaats {
    /// Behind SELECT or ORDER BY.
    Uitkomst,
    /// Behind WHERE, as a condition of its own between ANDs.
    Voorwaarde,
    /// Anywhere else.
    Elders,
}

/// Reads expressions over one scope.
pub(super) struct Reader<'r, 'a> {
    pub(super) compiler: &'r mut Compiler<'a>,
    pub(super) scope: &'r Scope,
    /// Where rows were grouped: what is grouped by, and what is counted.
    pub(super) groups: Option<&'r mut Groepering>,
    pub(super) plaats: Plaats,
    /// Behind HAVING and ORDER BY: the items of the SELECT, whose names may be used there.
    pub(super) items: &'r [Item<'r>],
}

impl<'r, 'a> Reader<'r, 'a> {
    /// A reader of single rows.
    pub(super) fn of_rows(
        compiler: &'r mut Compiler<'a>,
        scope: &'r Scope,
        plaats: Plaats,
    ) -> Self {
        Self { compiler, scope, groups: None, plaats, items: &[] }
    }

    /// The same, looking at single rows.
    pub(super) fn rows(&mut self) -> Reader<'_, 'a> {
        Reader {
            compiler: self.compiler,
            scope: self.scope,
            groups: None,
            plaats: Plaats::Elders,
            items: &[],
        }
    }

    /// An expression that something is made of: never a person.
    pub(super) fn value(&mut self, expr: &Expr) -> Uitkomst<Uitdrukking> {
        let was = self.plaats;
        if was == Plaats::Voorwaarde {
            self.plaats = Plaats::Elders;
        }
        let read = self.any(expr);
        self.plaats = was;
        let read = read?;
        if read.aard.is_person() { Err(person(expr)) } else { Ok(read) }
    }

    /// A condition.
    pub(super) fn condition(&mut self, expr: &Expr) -> Uitkomst<Uitdrukking> {
        let plaats = self.plaats;
        let read = self.any(expr);
        self.plaats = plaats;
        let read = read?;
        if read.aard.is_person() {
            return Err(person(expr));
        }
        if matches!(read.aard.basis, Basis::JaNee | Basis::Niets) {
            return Ok(read);
        }
        let what =
            format!("hier hoort een voorwaarde te staan, maar dit is {}", read.aard.basis.name());
        Err(Fout::at(expr, what))
    }

    /// Any expression; a person only as a bare column.
    pub(super) fn any(&mut self, expr: &Expr) -> Uitkomst<Uitdrukking> {
        if let Some(key) = self.group_key(expr) {
            return Ok(key);
        }
        if self.compiler.depth >= MAX_DEPTH {
            return Err(Fout::at(
                expr,
                "hier staan te veel bewerkingen in elkaar; maak er een deelvraag van met WITH",
            ));
        }
        self.compiler.depth += 1;
        let read = self.check_strict_node(expr).and_then(|()| self.node(expr));
        self.compiler.depth -= 1;
        read.map_err(|fout| fout.or_at(expr))
    }

    /// Outside `intern` the answer is made of keys, counts and arithmetic with counts.
    fn check_strict_node(&self, expr: &Expr) -> Uitkomst<()> {
        let is_strict = self.groups.as_ref().is_some_and(|groups| groups.is_strict);
        let is_known = matches!(
            expr,
            Expr::Identifier(_)
                | Expr::CompoundIdentifier(_)
                | Expr::Nested(_)
                | Expr::Value(_)
                | Expr::UnaryOp { .. }
                | Expr::BinaryOp { .. }
                | Expr::Function(_)
        );
        if is_known || !is_strict {
            return Ok(());
        }
        let what = "buiten het publiek intern rekent de buitenste vraag alleen met COUNT, SUM, AVG, + - * / en ROUND";
        Err(Fout::at(expr, what))
    }

    fn node(&mut self, expr: &Expr) -> Uitkomst<Uitdrukking> {
        match expr {
            Expr::Identifier(name) => self.column(None, name),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [table, name] => self.column(Some(table), name),
                _ => Err(Fout::at(expr, "schrijf een kolom als kolom of als tabel.kolom")),
            },
            Expr::Nested(inner) => self.any(inner),
            Expr::Value(value) => literal(value),
            Expr::TypedString(TypedString { data_type, value, uses_odbc_syntax }) => {
                typed(data_type, value, *uses_odbc_syntax)
            }
            Expr::UnaryOp { op, expr } => self.unary(*op, expr),
            Expr::BinaryOp { left, op, right } => self.binary(left, op, right),
            Expr::IsNull(inner) => self.is_null(inner, "IS NULL"),
            Expr::IsNotNull(inner) => self.is_null(inner, "IS NOT NULL"),
            Expr::IsTrue(inner) => self.is_truth(inner, "IS TRUE"),
            Expr::IsNotTrue(inner) => self.is_truth(inner, "IS NOT TRUE"),
            Expr::IsFalse(inner) => self.is_truth(inner, "IS FALSE"),
            Expr::IsNotFalse(inner) => self.is_truth(inner, "IS NOT FALSE"),
            Expr::InList { expr, list, negated } => compare::in_list(self, expr, list, *negated),
            Expr::InSubquery { expr: inner, subquery, negated } => {
                self.in_subquery(inner, subquery, *negated)
            }
            Expr::Between { expr, negated, low, high } => {
                compare::between(self, expr, low, high, *negated)
            }
            Expr::Like { negated, any: false, expr, pattern, escape_char: None } => {
                compare::like(self, "LIKE", expr, pattern, *negated)
            }
            Expr::ILike { negated, any: false, expr, pattern, escape_char: None } => {
                compare::like(self, "ILIKE", expr, pattern, *negated)
            }
            Expr::Case { case_token: _, end_token: _, operand, conditions, else_result } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref())
            }
            Expr::Cast { kind: _, expr, data_type, array: false, format: None } => {
                self.cast(expr, data_type)
            }
            Expr::Extract { field, syntax: _, expr } => self.part_of_date(field, expr),
            Expr::Function(function) => self.function(function),
            Expr::Ceil { .. } | Expr::Floor { .. } | Expr::Substring { .. } | Expr::Trim { .. } => {
                self.spelled_function(expr)
            }
            other => Err(refused(other)),
        }
    }

    /// A column by its name.
    pub(super) fn column(&mut self, table: Option<&Ident>, name: &Ident) -> Uitkomst<Uitdrukking> {
        let (relation, column) = match self.scope.find(table, name) {
            Ok(found) => found,
            Err(fout) => return self.item_called(table, name).unwrap_or(Err(fout)),
        };
        if self.groups.is_some() {
            let naam = &column.naam;
            let what = if column.aard.is_person() {
                format!("'{naam}' staat niet achter GROUP BY; tel het met COUNT(DISTINCT {naam})")
            } else {
                format!(
                    "'{naam}' staat niet achter GROUP BY; zet het daar bij, of neem SUM({naam}), MAX({naam}) of COUNT({naam})"
                )
            };
            return Err(Fout::on(name.span.start, what));
        }
        self.compiler.used.insert(column.code.clone());
        Ok(Uitdrukking {
            sql: column.code.clone(),
            aard: column.aard.clone(),
            column: Some(column.code.clone()),
            relations: [relation].into(),
            literal: None,
            is_constant: false,
        })
    }

    /// The item of the SELECT that got this name.
    fn item_called(
        &mut self,
        table: Option<&Ident>,
        name: &Ident,
    ) -> Option<Uitkomst<Uitdrukking>> {
        if table.is_some() {
            return None;
        }
        // Inside the item its own name means nothing.
        let items = std::mem::take(&mut self.items);
        let expr = items.iter().find_map(|item| item.called(&name.value))?;
        let read = self.any(expr);
        self.items = items;
        Some(read)
    }

    fn unary(&mut self, op: UnaryOperator, inner: &Expr) -> Uitkomst<Uitdrukking> {
        match op {
            UnaryOperator::Not => {
                let read = self.value_condition(inner)?;
                Ok(Uitdrukking::condition(format!("(NOT {})", read.sql), &[&read]))
            }
            UnaryOperator::Plus | UnaryOperator::Minus => {
                let read = self.value(inner)?;
                units::number(&read, inner)?;
                let sign = if op == UnaryOperator::Minus { "-" } else { "" };
                let mut made = Uitdrukking::made(
                    format!("({sign}{})", read.sql),
                    read.aard.basis,
                    read.aard.soort,
                    &[&read],
                );
                made.literal = read.literal;
                Ok(made)
            }
            _ => Err(Fout::at(inner, "dit teken ken ik hier niet; gebruik NOT, + of -")),
        }
    }

    /// A condition inside another: no subquery there.
    pub(super) fn value_condition(&mut self, expr: &Expr) -> Uitkomst<Uitdrukking> {
        let was = self.plaats;
        if was == Plaats::Voorwaarde {
            self.plaats = Plaats::Elders;
        }
        let read = self.condition(expr);
        self.plaats = was;
        read
    }

    fn binary(&mut self, left: &Expr, op: &BinaryOperator, right: &Expr) -> Uitkomst<Uitdrukking> {
        match op {
            BinaryOperator::And | BinaryOperator::Or => self.joined(left, op, right),
            BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq => compare::compare(self, left, op, right),
            BinaryOperator::StringConcat => {
                let (a, b) = (self.value(left)?, self.value(right)?);
                let sql = format!("({} || {})", a.sql, b.sql);
                Ok(Uitdrukking::made(sql, Basis::Tekst, Soort::Tekst, &[&a, &b]))
            }
            _ => units::arithmetic(self, left, op, right),
        }
    }
}
