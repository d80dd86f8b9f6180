//! Expressions: what each may be made of, and the SQL that is written for it.
//!
//! Enters: an expression and the relations it may look at. Leaves: an [`Uitdrukking`], or why it is refused.
//! A column that points at a person comes out of [`Reader::any`] only by itself; everything that makes something of
//! a value asks [`Reader::value`], which refuses such a column.

use sqlparser::ast::{
    AccessExpr, BinaryOperator, CaseWhen, DataType, DateTimeField, Expr, Ident, Query, Spanned,
    TypedString, UnaryOperator, Value, ValueWithSpan,
};

use crate::metrics::antwoord::Soort;
use crate::metrics::los::aggregates::Groepering;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::scope::Scope;
use crate::metrics::los::statement::{Compiler, Plek};
use crate::metrics::los::types::{Aard, Basis, Letterlijk, Uitdrukking};
use crate::metrics::los::{compare, functions, units};

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
}

impl<'r, 'a> Reader<'r, 'a> {
    /// A reader of single rows.
    pub(super) fn of_rows(
        compiler: &'r mut Compiler<'a>,
        scope: &'r Scope,
        plaats: Plaats,
    ) -> Self {
        Self { compiler, scope, groups: None, plaats }
    }

    /// The same, looking at single rows.
    pub(super) fn rows(&mut self) -> Reader<'_, 'a> {
        Reader { compiler: self.compiler, scope: self.scope, groups: None, plaats: Plaats::Elders }
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
        if read.aard.is_person { Err(person(expr)) } else { Ok(read) }
    }

    /// A condition.
    pub(super) fn condition(&mut self, expr: &Expr) -> Uitkomst<Uitdrukking> {
        let plaats = self.plaats;
        let read = self.any(expr);
        self.plaats = plaats;
        let read = read?;
        if read.aard.is_person {
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
        let (relation, column) = self.scope.find(table, name)?;
        if self.groups.is_some() {
            let naam = &column.naam;
            let what = if column.aard.is_person {
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

    /// Conditions with the same word between them, however many.
    fn joined(&mut self, left: &Expr, op: &BinaryOperator, right: &Expr) -> Uitkomst<Uitdrukking> {
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
    fn in_subquery(
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
        match (read.aard.is_person, column.aard.is_person) {
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

    fn case(
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
            sql.push_str(&format!(" WHEN {} THEN {}", when.sql, then.sql));
            looked_at.push(when);
            results.push((then, result));
        }
        if let Some(otherwise) = otherwise {
            let read = self.value(otherwise)?;
            sql.push_str(&format!(" ELSE {}", read.sql));
            results.push((read, otherwise));
        }
        sql.push_str(" END");
        let mut made = functions::choice(format!("({sql})"), &results)?;
        for part in looked_at {
            made.aard.only_grouped |= part.aard.only_grouped;
            made.relations.extend(part.relations);
        }
        Ok(made)
    }

    fn is_null(&mut self, inner: &Expr, words: &str) -> Uitkomst<Uitdrukking> {
        let was = std::mem::replace(&mut self.plaats, Plaats::Elders);
        let read = self.any(inner);
        self.plaats = was;
        let read = read?;
        Ok(Uitdrukking::condition(format!("({} {words})", read.sql), &[&read]))
    }

    fn is_truth(&mut self, inner: &Expr, words: &str) -> Uitkomst<Uitdrukking> {
        let read = self.value_condition(inner)?;
        Ok(Uitdrukking::condition(format!("({} {words})", read.sql), &[&read]))
    }

    fn cast(&mut self, inner: &Expr, to: &DataType) -> Uitkomst<Uitdrukking> {
        let read = self.value(inner)?;
        let Some((name, basis)) = cast_type(to) else {
            let what =
                format!("naar '{to}' kan niet; kies INTEGER, DOUBLE, VARCHAR, DATE of BOOLEAN");
            return Err(Fout::at(inner, what));
        };
        let soort = match basis {
            Basis::Geheel | Basis::Getal if read.aard.basis.is_number() => read.aard.soort,
            Basis::Geheel => Soort::Aantal,
            Basis::Getal => Soort::Getal(2),
            Basis::Datum => Soort::Datum,
            Basis::JaNee => Soort::JaNee,
            Basis::Tekst | Basis::Niets => Soort::Tekst,
        };
        // What does not fit is empty, and no reason to stop; a number is rounded, not cut off.
        let from = match (read.aard.basis, basis) {
            (Basis::Getal, Basis::Geheel) => format!("ROUND({}, 0)", read.sql),
            _ => read.sql.clone(),
        };
        Ok(Uitdrukking::made(format!("TRY_CAST({from} AS {name})"), basis, soort, &[&read]))
    }

    pub(super) fn part_of_date(
        &mut self,
        field: &DateTimeField,
        inner: &Expr,
    ) -> Uitkomst<Uitdrukking> {
        let name = match field {
            DateTimeField::Year => "YEAR",
            DateTimeField::Quarter => "QUARTER",
            DateTimeField::Month => "MONTH",
            DateTimeField::Day => "DAY",
            other => {
                let what = format!("'{other}' kan niet; kies YEAR, QUARTER, MONTH of DAY");
                return Err(Fout::at(inner, what));
            }
        };
        let read = self.value(inner)?;
        if !matches!(read.aard.basis, Basis::Datum | Basis::Niets) {
            let what =
                format!("hier hoort een datum te staan, maar dit is {}", read.aard.basis.name());
            return Err(Fout::at(inner, what));
        }
        let sql = format!("CAST(EXTRACT({name} FROM {}) AS BIGINT)", read.sql);
        let mut made = Uitdrukking::made(sql, Basis::Geheel, Soort::Aantal, &[&read]);
        // The year, quarter or month of a date is a period.
        made.aard.is_free = *field == DateTimeField::Day;
        Ok(made)
    }
}

fn cast_type(to: &DataType) -> Option<(&'static str, Basis)> {
    Some(match to {
        DataType::Int(None)
        | DataType::Integer(None)
        | DataType::BigInt(None)
        | DataType::SmallInt(None)
        | DataType::Int64 => ("BIGINT", Basis::Geheel),
        DataType::Double(_)
        | DataType::DoublePrecision
        | DataType::Float(_)
        | DataType::Real
        | DataType::Float8
        | DataType::Decimal(_)
        | DataType::Numeric(_) => ("DOUBLE", Basis::Getal),
        DataType::Varchar(None)
        | DataType::Text
        | DataType::String(None)
        | DataType::Char(None) => ("VARCHAR", Basis::Tekst),
        DataType::Date => ("DATE", Basis::Datum),
        DataType::Boolean | DataType::Bool => ("BOOLEAN", Basis::JaNee),
        _ => return None,
    })
}

/// A text between quotes, for the engine.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn literal(value: &ValueWithSpan) -> Uitkomst<Uitdrukking> {
    let (sql, basis, soort, literal) = match &value.value {
        Value::Number(digits, false) => {
            // Beyond this a whole number could leave what a sum can hold.
            let is_whole = digits.parse::<i64>().is_ok_and(|n| n.abs() <= 1_000_000_000_000_000);
            if is_whole {
                (digits.clone(), Basis::Geheel, Soort::Aantal, Some(Letterlijk::Getal))
            } else {
                let number = digits.parse::<f64>().ok().filter(|n| n.is_finite());
                let Some(number) = number else {
                    return Err(Fout::on(value.span.start, format!("'{digits}' is geen getal")));
                };
                let text = format!("{number}");
                let text = if text.contains('.') { text } else { format!("{text}.0") };
                (text, Basis::Getal, Soort::Getal(2), Some(Letterlijk::Getal))
            }
        }
        Value::SingleQuotedString(text) => {
            let known = Some(Letterlijk::Tekst(text.clone()));
            (quoted(text), Basis::Tekst, Soort::Tekst, known)
        }
        Value::Boolean(truth) => {
            let word = if *truth { "TRUE" } else { "FALSE" };
            (word.to_owned(), Basis::JaNee, Soort::JaNee, None)
        }
        Value::Null => ("NULL".to_owned(), Basis::Niets, Soort::Tekst, None),
        other => {
            let what =
                format!("de waarde {other} ken ik niet; schrijf 12, 12.5, 'tekst', TRUE of NULL");
            return Err(Fout::on(value.span.start, what));
        }
    };
    let aard = Aard::plain(basis, soort);
    Ok(Uitdrukking { sql, aard, column: None, relations: [].into(), literal, is_constant: true })
}

fn typed(kind: &DataType, value: &ValueWithSpan, odbc: bool) -> Uitkomst<Uitdrukking> {
    match (&value.value, kind) {
        (Value::SingleQuotedString(text), DataType::Date) if !odbc => {
            compare::date(text, value.span.start)
        }
        _ => Err(Fout::on(value.span.start, "alleen DATE '2025-08-01' kan zo geschreven worden")),
    }
}

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
fn refused(expr: &Expr) -> Fout {
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
