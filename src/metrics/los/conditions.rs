//! Conditions: AND, OR, IN (SELECT …), IS NULL and CASE.
//!
//! Enters: the parts. Leaves: an expression.

use sqlparser::ast::{BinaryOperator, CaseWhen, Expr, Query};

use crate::metrics::los::expr::{Plaats, Reader};
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::refusals::{forbidden, person};
use crate::metrics::los::statement::Plek;
use crate::metrics::los::types::Uitdrukking;
use crate::metrics::los::{compare, functions};

impl Reader<'_, '_> {
    /// Conditions with the same word between them, however many.
    pub(super) fn joined(
        &mut self,
        left: &Expr,
        op: &BinaryOperator,
        right: &Expr,
    ) -> Uitkomst<Uitdrukking> {
        let mut sides = vec![right];
        let mut rest = left;
        while let Expr::BinaryOp { left, op: other, right } = rest
            && other == op
        {
            sides.push(right);
            rest = left;
        }
        sides.push(rest);
        let mut read = Vec::new();
        for side in sides.into_iter().rev() {
            // Only between ANDs a condition stands by itself.
            read.push(match op {
                BinaryOperator::And => self.condition(side)?,
                _ => self.value_condition(side)?,
            });
        }
        let word = if *op == BinaryOperator::And { " AND " } else { " OR " };
        let sql = read.iter().map(|side| side.sql.as_str()).collect::<Vec<_>>().join(word);
        Ok(Uitdrukking::condition(format!("({sql})"), &read.iter().collect::<Vec<_>>()))
    }

    /// `kolom IN (SELECT kolom …)`: the only place of a subquery besides FROM.
    pub(super) fn in_subquery(
        &mut self,
        inner: &Expr,
        subquery: &Query,
        negated: bool,
    ) -> Uitkomst<Uitdrukking> {
        if self.plaats != Plaats::Voorwaarde || self.groups.is_some() {
            let what = "IN (SELECT …) kan alleen achter WHERE, als een eigen voorwaarde tussen AND";
            return Err(Fout::at(inner, what));
        }
        let was = std::mem::replace(&mut self.plaats, Plaats::Elders);
        let read = self.any(inner);
        self.plaats = was;
        let read = read?;
        let depth = std::mem::take(&mut self.compiler.depth);
        let part = self.compiler.part(subquery, Plek::In);
        self.compiler.depth = depth;
        let part = part?;
        let [column] = part.columns.as_slice() else {
            return Err(Fout::at(subquery, "achter IN geeft de deelvraag precies een kolom"));
        };
        match (read.aard.is_person(), column.aard.is_person()) {
            (true, false) => return Err(person(inner)),
            (false, true) => return Err(Fout::at(subquery, forbidden(&column.naam))),
            _ => {}
        }
        if !read.aard.basis.fits(column.aard.basis) {
            let (a, b) = (read.aard.basis.name(), column.aard.basis.name());
            return Err(Fout::at(subquery, format!("voor IN staat {a} en de deelvraag geeft {b}")));
        }
        let alias = self.compiler.code("s");
        let word = if negated { "NOT IN" } else { "IN" };
        let sql =
            format!("{} {word} (SELECT {} FROM ({}) AS {alias})", read.sql, column.code, part.sql);
        Ok(Uitdrukking::condition(sql, &[&read]))
    }

    pub(super) fn case(
        &mut self,
        operand: Option<&Expr>,
        conditions: &[CaseWhen],
        otherwise: Option<&Expr>,
    ) -> Uitkomst<Uitdrukking> {
        let mut sql = String::from("CASE");
        let mut results = Vec::new();
        let mut looked_at = Vec::new();
        for CaseWhen { condition, result } in conditions {
            let when = match operand {
                Some(operand) => compare::compare(self, operand, &BinaryOperator::Eq, condition)?,
                None => self.value_condition(condition)?,
            };
            let then = self.value(result)?;
            sql += &[" WHEN ", &when.sql, " THEN ", &then.sql].concat();
            looked_at.push(when);
            results.push((then, result));
        }
        if let Some(otherwise) = otherwise {
            let read = self.value(otherwise)?;
            sql += &[" ELSE ", &read.sql].concat();
            results.push((read, otherwise));
        }
        sql.push_str(" END");
        let mut made = functions::choice(format!("({sql})"), &results)?;
        for part in looked_at {
            made.aard.only_grouped |= part.aard.only_grouped;
            made.is_constant &= part.is_constant;
            made.relations.extend(part.relations);
        }
        Ok(made)
    }

    pub(super) fn is_null(&mut self, inner: &Expr, words: &str) -> Uitkomst<Uitdrukking> {
        let was = std::mem::replace(&mut self.plaats, Plaats::Elders);
        let read = self.any(inner);
        self.plaats = was;
        let read = read?;
        Ok(Uitdrukking::condition(format!("({} {words})", read.sql), &[&read]))
    }

    pub(super) fn is_truth(&mut self, inner: &Expr, words: &str) -> Uitkomst<Uitdrukking> {
        let read = self.value_condition(inner)?;
        Ok(Uitdrukking::condition(format!("({} {words})", read.sql), &[&read]))
    }
}
