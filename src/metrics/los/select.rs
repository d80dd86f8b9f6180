//! One SELECT: what it shows of which rows.
//!
//! Enters: a SELECT and the part it plays. Leaves: a [`Selectie`].

use sqlparser::ast::{Expr, GroupByExpr, Ident, OrderBy, Select, Spanned};

use crate::metrics::antwoord::Kolom;
use crate::metrics::los::achter::Achter;
use crate::metrics::los::aliases::{self, Item};
use crate::metrics::los::clauses::check_clauses;
use crate::metrics::los::expr::{Plaats, Reader};
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::gesloten;
use crate::metrics::los::joins::{self, Bronnen};
use crate::metrics::los::order::{self, Volgorde};
use crate::metrics::los::refusals::{forbidden, person};
use crate::metrics::los::scope::Kolomnaam;
use crate::metrics::los::statement::{Compiler, Deelvraag};
use crate::metrics::los::types::{Aard, Basis, Persoon, Uitdrukking};
use crate::metrics::los::{kinderen, units};

/// What part a SELECT plays.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rol<'q> {
    /// Its rows are the answer, in this order.
    Buitenste(Option<&'q OrderBy>),
    /// Its rows are put under others, or are looked at by another SELECT.
    Deel { is_shown: bool },
}

impl Rol<'_> {
    pub(super) fn is_shown(self) -> bool {
        matches!(self, Self::Buitenste(_) | Self::Deel { is_shown: true })
    }
}

/// A column that a SELECT gives.
#[derive(Debug, Clone)]
pub(super) struct Uitkolom {
    pub(super) kolom: Kolom,
    pub(super) code: String,
    pub(super) aard: Aard,
    /// The SQL it was made with, to recognise it behind ORDER BY.
    pub(super) sql: String,
}

/// How children are counted outside `intern`.
#[derive(Debug, Clone)]
pub(super) struct Geteld {
    /// Columns that count them.
    pub(super) columns: Vec<String>,
    /// The rows behind the answer.
    pub(super) achter: Achter,
}

/// A SELECT that was read.
#[derive(Debug, Clone)]
pub(super) struct Selectie {
    pub(super) sql: String,
    pub(super) columns: Vec<Uitkolom>,
    pub(super) order: Vec<Volgorde>,
    pub(super) kinderen: Vec<String>,
    pub(super) is_blind: bool,
    pub(super) is_one_row: bool,
    pub(super) counts: Option<Geteld>,
}

impl Selectie {
    /// As something that stands behind FROM.
    pub(super) fn into_part(self) -> Deelvraag {
        let columns = self.columns.into_iter().map(|column| Kolomnaam {
            naam: column.kolom.naam,
            code: column.code,
            aard: column.aard,
            in_star: true,
        });
        Deelvraag {
            sql: self.sql,
            columns: columns.collect(),
            kinderen: self.kinderen,
            is_blind: self.is_blind,
            is_one_row: self.is_one_row,
        }
    }
}

impl Uitkolom {
    /// Makes it the column in which another stands below it.
    pub(super) fn merge(&mut self, other: &Self) -> Result<(), String> {
        let naam = &self.kolom.naam;
        if self.aard.is_person() != other.aard.is_person() {
            return Err(forbidden(if self.aard.is_person() { naam } else { &other.kolom.naam }));
        }
        if !self.aard.basis.fits(other.aard.basis) {
            let (a, b) = (self.aard.basis.name(), other.aard.basis.name());
            return Err(format!("kolom '{naam}' is voor UNION {a} en erachter {b}"));
        }
        let as_read = |column: &Self| Uitdrukking {
            sql: String::new(),
            aard: column.aard.clone(),
            column: None,
            relations: [].into(),
            literal: None,
            is_constant: false,
        };
        self.aard.soort = units::sum(&as_read(self), &as_read(other));
        self.kolom.soort = self.aard.soort;
        if self.aard.basis == Basis::Niets {
            self.aard.basis = other.aard.basis;
        }
        if self.aard.persoon != other.aard.persoon {
            self.aard.persoon = Persoon::Ander;
        }
        self.aard.only_grouped |= other.aard.only_grouped;
        self.aard.is_free |= other.aard.is_free;
        Ok(())
    }
}

/// Reads a SELECT.
pub(super) fn read(
    compiler: &mut Compiler<'_>,
    select: &Select,
    rol: Rol<'_>,
) -> Uitkomst<Selectie> {
    let is_distinct = check_clauses(select)?;
    let here = Ident::with_span(select.span(), "SELECT");
    let mut bronnen = joins::read(compiler, &select.from, &here)?;
    if let Some(condition) = &select.selection {
        if compiler.is_outside() {
            gesloten::condition(&bronnen.scope, condition)?;
        }
        let mut reader = Reader::of_rows(compiler, &bronnen.scope, Plaats::Voorwaarde);
        let read = reader.condition(condition)?;
        bronnen.conditions.push(read.sql);
    }
    let items = aliases::items(select, &bronnen)?;
    let mut lezing = Lezing { compiler, bronnen: &bronnen, items: &items, rol, is_distinct };
    if lezing.is_grouped(select)? { lezing.grouped(select) } else { lezing.of_rows(select) }
}

/// What is needed to read the items of a SELECT.
pub(super) struct Lezing<'r, 'a> {
    pub(super) compiler: &'r mut Compiler<'a>,
    pub(super) bronnen: &'r Bronnen,
    pub(super) items: &'r [Item<'r>],
    pub(super) rol: Rol<'r>,
    pub(super) is_distinct: bool,
}

impl Lezing<'_, '_> {
    /// True when rows are grouped, or counted as one group.
    fn is_grouped(&mut self, select: &Select) -> Uitkomst<bool> {
        let has_groups = match &select.group_by {
            GroupByExpr::All(_) => true,
            GroupByExpr::Expressions(by, _) => !by.is_empty(),
        };
        if !has_groups && let Some(having) = &select.having {
            return Err(Fout::at(having, "HAVING hoort bij GROUP BY; zonder groepen is het WHERE"));
        }
        let mut counts = has_groups;
        for expr in self.items.iter().filter_map(Item::expr) {
            let mut reader = Reader::of_rows(self.compiler, &self.bronnen.scope, Plaats::Uitkomst);
            counts |= reader.any(expr).is_err_and(|fout| fout.is_aggregate);
        }
        Ok(counts)
    }

    /// A SELECT that shows single rows.
    fn of_rows(&mut self, select: &Select) -> Uitkomst<Selectie> {
        if self.compiler.is_outside() && self.rol.is_shown() {
            return Err(Fout::at(
                select,
                "buiten het publiek intern toont een vraag geen losse regels; tel met COUNT, SUM of AVG en GROUP BY",
            ));
        }
        if self.bronnen.multiplies_rows() {
            return Err(Fout::at(
                select,
                "CROSS JOIN geeft elke regel naast elke andere, dat is te veel om te tonen; tel met GROUP BY, of koppel met ON",
            ));
        }
        let mut columns = Vec::new();
        for item in self.items {
            let read = match item {
                Item::Kolom { position, column, at } => {
                    self.compiler.used.insert(column.code.clone());
                    let read = column.read(*position);
                    self.check_item(&read, at, None)?;
                    read
                }
                Item::Expr { expr, .. } => {
                    let mut reader =
                        Reader::of_rows(self.compiler, &self.bronnen.scope, Plaats::Uitkomst);
                    let read = reader.any(expr)?;
                    self.check_item(&read, &aliases::spot(expr), Some(expr))?;
                    read
                }
            };
            columns.push((read, false));
        }
        let mut columns = aliases::named(self.compiler, self.items, columns)?;
        let mut hidden = Vec::new();
        let order = match self.rol {
            Rol::Buitenste(order_by) => {
                let mut reader =
                    Reader::of_rows(self.compiler, &self.bronnen.scope, Plaats::Uitkomst);
                reader.items = self.items;
                order::read(&mut reader, order_by, &columns, self.is_distinct, &mut hidden)?
            }
            Rol::Deel { .. } => Vec::new(),
        };
        let kinderen = kinderen::passed_on(&self.bronnen.scope, |code| {
            columns.iter().find(|column| column.sql == code).map(|column| column.code.clone())
        });
        let shown = columns.iter().map(|column| (column.sql.as_str(), column.code.as_str()));
        let all = shown.chain(hidden.iter().map(|(sql, code)| (sql.as_str(), code.as_str())));
        let distinct = if self.is_distinct { "DISTINCT " } else { "" };
        let from = self.bronnen.sql(self.compiler);
        let sql = format!(
            "SELECT {distinct}{} {from}{}",
            listed(all),
            filtered(&self.bronnen.conditions)
        );
        for column in &mut columns {
            column.kolom.is_sleutel = aliases::names_rows(column);
        }
        let (kinderen, is_blind) = kinderen;
        Ok(Selectie { sql, columns, order, kinderen, is_blind, is_one_row: false, counts: None })
    }

    /// What may be shown, or handed on.
    fn check_item(&self, read: &Uitdrukking, at: &Ident, expr: Option<&Expr>) -> Uitkomst<()> {
        if !self.rol.is_shown() {
            let is_made = read.column.is_none() && self.compiler.is_outside();
            if is_made {
                let what = "buiten het publiek intern geeft een deelvraag alleen kolommen door, en COUNT, SUM, AVG, MIN of MAX daarvan";
                return Err(Fout::on(at.span.start, what));
            }
            return Ok(());
        }
        if read.aard.is_person() {
            return Err(match expr {
                Some(expr) => person(expr),
                None => self.star_refused(at),
            });
        }
        if read.aard.only_grouped {
            let what = "het geboortejaar is alleen van een groep te zien; gebruik GROUP BY";
            return Err(if expr.is_some() {
                Fout::on(at.span.start, what)
            } else {
                self.star_refused(at)
            });
        }
        Ok(())
    }

    /// Says what to leave out of a star.
    fn star_refused(&self, at: &Ident) -> Fout {
        let hidden = self.items.iter().filter_map(|item| match item {
            Item::Kolom { column, .. } if column.aard.is_person() || column.aard.only_grouped => {
                Some(column.naam.as_str())
            }
            _ => None,
        });
        let mut names: Vec<&str> = hidden.collect();
        names.sort_unstable();
        names.dedup();
        let names = names.join(", ");
        Fout::on(
            at.span.start,
            format!(
                "* zou ook {names} tonen, en die wijzen een kind aan; schrijf * EXCLUDE ({names}), of noem de kolommen"
            ),
        )
    }
}

/// Items behind SELECT.
pub(super) fn listed<'t>(items: impl Iterator<Item = (&'t str, &'t str)>) -> String {
    items.map(|(sql, code)| format!("{sql} AS {code}")).collect::<Vec<_>>().join(", ")
}

/// Conditions behind WHERE.
pub(super) fn filtered(conditions: &[String]) -> String {
    if conditions.is_empty() {
        String::new()
    } else {
        format!(" WHERE {}", conditions.join(" AND "))
    }
}
