//! How relations are put together.
//!
//! Enters: what stands behind FROM. Leaves: the scope, and the SQL once every column that is used is known.

use sqlparser::ast::{
    BinaryOperator, Expr, Ident, Join, JoinConstraint, JoinOperator, ObjectName, TableWithJoins,
};

use sqlparser::tokenizer::Location;

use crate::metrics::los::compare;
use crate::metrics::los::expr::{Plaats, Reader};
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::from;
use crate::metrics::los::gesloten;
use crate::metrics::los::refusals::person;
use crate::metrics::los::scope::{Relatie, Scope, same};
use crate::metrics::los::statement::Compiler;
use crate::metrics::los::types::Uitdrukking;

/// How a relation is put beside those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Soort {
    Binnen,
    Links,
    Kruis,
}

/// One relation beside those before it.
#[derive(Debug)]
struct Koppeling {
    soort: Soort,
    on: Vec<String>,
    only: Vec<String>,
}

/// A FROM that was read.
#[derive(Debug, Default)]
pub(super) struct Bronnen {
    pub(super) scope: Scope,
    koppelingen: Vec<Koppeling>,
    /// Conditions of joins that hold for whole rows.
    pub(super) conditions: Vec<String>,
}

/// Reads everything behind FROM.
pub(super) fn read(
    compiler: &mut Compiler<'_>,
    from: &[TableWithJoins],
    at: &Ident,
) -> Uitkomst<Bronnen> {
    let [TableWithJoins { relation, joins }] = from else {
        return Err(match from.get(1) {
            Some(second) => Fout::at(
                &second.relation,
                "een komma tussen tabellen kan niet; schrijf JOIN … ON … of CROSS JOIN",
            ),
            None => Fout::on(at.span.start, "hier ontbreekt FROM met een tabel"),
        });
    };
    let mut bronnen = Bronnen::default();
    bronnen.scope.relations.push(from::relation(compiler, relation)?);
    for Join { relation, global, join_operator } in joins {
        if *global {
            return Err(Fout::at(relation, "GLOBAL JOIN kan niet; schrijf JOIN … ON …"));
        }
        let read = from::relation(compiler, relation)?;
        if bronnen.scope.relations.iter().any(|other| other.is_called(&read.naam)) {
            let what = format!(
                "twee tabellen heten hier '{}'; geef er een een andere naam met AS",
                read.naam
            );
            return Err(Fout::at(relation, what));
        }
        let (soort, constraint) = operator(join_operator)
            .ok_or_else(|| Fout::at(relation, "alleen JOIN, LEFT JOIN en CROSS JOIN kunnen; gebruik kolom IN (SELECT …) om te kiezen"))?;
        bronnen.join(compiler, read, soort, constraint).map_err(|fout| fout.or_at(relation))?;
    }
    let is_left = |koppeling: &Koppeling| koppeling.soort == Soort::Links;
    if compiler.is_outside()
        && bronnen.scope.has_children()
        && let Some(left) = bronnen.koppelingen.iter().position(is_left)
    {
        return Err(Fout::at(
            &joins[left].relation,
            "LEFT JOIN met kinderen kan niet buiten het publiek intern; gebruik JOIN, of stel twee vragen",
        ));
    }
    Ok(bronnen)
}

fn operator(operator: &JoinOperator) -> Option<(Soort, &JoinConstraint)> {
    match operator {
        JoinOperator::Join(constraint) | JoinOperator::Inner(constraint) => {
            Some((Soort::Binnen, constraint))
        }
        JoinOperator::Left(constraint) | JoinOperator::LeftOuter(constraint) => {
            Some((Soort::Links, constraint))
        }
        JoinOperator::CrossJoin(constraint) => Some((Soort::Kruis, constraint)),
        _ => None,
    }
}

impl Bronnen {
    fn join(
        &mut self,
        compiler: &mut Compiler<'_>,
        mut read: Relatie,
        soort: Soort,
        constraint: &JoinConstraint,
    ) -> Uitkomst<()> {
        let nowhere = Location { line: 0, column: 0 };
        read.is_optional = soort == Soort::Links;
        compiler.has_cross_join |= soort == Soort::Kruis;
        self.scope.relations.push(read);
        self.koppelingen.push(Koppeling { soort, on: Vec::new(), only: Vec::new() });
        match (soort, constraint) {
            (Soort::Kruis, JoinConstraint::None)
                if compiler.is_outside() && self.is_about_children() =>
            {
                Err(Fout::on(
                    nowhere,
                    "CROSS JOIN met kinderen kan niet buiten het publiek intern; koppel met ON",
                ))
            }
            (Soort::Kruis, JoinConstraint::None) => Ok(()),
            (Soort::Kruis, _) => {
                Err(Fout::on(nowhere, "CROSS JOIN heeft geen ON; schrijf JOIN … ON …"))
            }
            (_, JoinConstraint::On(condition)) => {
                for part in conjuncts(condition) {
                    self.on(compiler, part)?;
                }
                self.check_joined(condition)
            }
            (_, JoinConstraint::Using(names)) => {
                for name in names {
                    self.using(compiler, name)?;
                }
                Ok(())
            }
            (_, JoinConstraint::Natural) => Err(Fout::on(
                nowhere,
                "NATURAL JOIN kan niet; schrijf op welke kolom: ON a.kolom = b.kolom",
            )),
            (_, JoinConstraint::None) => {
                Err(Fout::on(nowhere, "bij JOIN ontbreekt ON a.kolom = b.kolom"))
            }
        }
    }

    /// True when the newest relation has other rows than one, and children are in sight.
    fn is_about_children(&self) -> bool {
        self.scope.relations.last().is_some_and(|last| {
            !matches!(&last.herkomst, super::scope::Herkomst::Tabel(name) if name == "regio")
        }) && self.scope.has_children()
    }

    /// One condition of ON.
    fn on(&mut self, compiler: &mut Compiler<'_>, part: &Expr) -> Uitkomst<()> {
        if let Expr::BinaryOp { left, op: BinaryOperator::Eq, right } = part
            && self.equal(compiler, left, right)?
        {
            return Ok(());
        }
        if compiler.is_outside() {
            gesloten::condition(&self.scope, part)?;
        }
        let newest = self.scope.relations.len() - 1;
        let mut reader = Reader::of_rows(compiler, &self.scope, Plaats::Elders);
        let read = reader.condition(part)?;
        let is_left = self.koppelingen.last().is_some_and(|last| last.soort == Soort::Links);
        let is_own = read.relations.iter().all(|relation| *relation == newest);
        if is_own {
            if let Some(last) = self.koppelingen.last_mut() {
                last.only.push(read.sql);
            }
            return Ok(());
        }
        if compiler.is_outside() && read.relations.contains(&newest) {
            return Err(Fout::at(
                part,
                "buiten het publiek intern koppelt ON alleen met kolom = kolom",
            ));
        }
        if is_left {
            return Err(Fout::at(
                part,
                "bij LEFT JOIN koppelt ON met kolom = kolom; zet deze voorwaarde achter WHERE of in een deelvraag",
            ));
        }
        compiler.has_cross_join = true;
        self.conditions.push(read.sql);
        Ok(())
    }

    /// `a.x = b.y` between the newest relation and one before it. False when it is another condition.
    fn equal(&mut self, compiler: &mut Compiler<'_>, left: &Expr, right: &Expr) -> Uitkomst<bool> {
        let newest = self.scope.relations.len() - 1;
        let mut reader = Reader::of_rows(compiler, &self.scope, Plaats::Elders);
        let (a, b) = (reader.any(left)?, reader.any(right)?);
        match (a.aard.is_person(), b.aard.is_person()) {
            (true, false) => return Err(person(left)),
            (false, true) => return Err(person(right)),
            _ => {}
        }
        let is_new = |read: &Uitdrukking| read.relations.contains(&newest);
        let is_pair = a.column.is_some() && b.column.is_some() && is_new(&a) != is_new(&b);
        if !is_pair {
            if a.aard.is_person() {
                let what = "een persoon koppelt alleen de nieuwe tabel aan een eerdere: ON a.client = b.client";
                return Err(Fout::at(right, what));
            }
            return Ok(false);
        }
        let is_person = a.aard.is_person();
        let (a, b) = if is_person { (a, b) } else { compare::alike(&reader, a, left, b, right)? };
        let (before, after) = if is_new(&a) { (b, a) } else { (a, b) };
        self.link(&before, &after);
        Ok(true)
    }

    fn link(&mut self, before: &Uitdrukking, after: &Uitdrukking) {
        if before.aard.is_person() {
            self.scope.equal.push((before.sql.clone(), after.sql.clone()));
        }
        if let Some(last) = self.koppelingen.last_mut() {
            last.on.push(format!("{} = {}", before.sql, after.sql));
        }
    }

    fn using(&mut self, compiler: &mut Compiler<'_>, name: &ObjectName) -> Uitkomst<()> {
        let [part] = name.0.as_slice() else {
            return Err(Fout::at(name, "in USING staan alleen namen van kolommen"));
        };
        let Some(ident) = part.as_ident() else {
            return Err(Fout::at(name, "in USING staan alleen namen van kolommen"));
        };
        let newest = self.scope.relations.len() - 1;
        let scope = Scope {
            relations: self.scope.relations[..newest].to_vec(),
            shared: self.scope.shared.clone(),
            equal: Vec::new(),
        };
        let before = Reader::of_rows(compiler, &scope, Plaats::Elders).column(None, ident)?;
        let own = Ident::new(self.scope.relations[newest].naam.clone());
        let mut reader = Reader::of_rows(compiler, &self.scope, Plaats::Elders);
        let after = reader.column(Some(&own), ident)?;
        if before.aard.is_person() != after.aard.is_person()
            || !before.aard.basis.fits(after.aard.basis)
        {
            let what = format!("'{}' is in beide tabellen iets anders", ident.value);
            return Err(Fout::on(ident.span.start, what));
        }
        self.link(&before, &after);
        self.scope.shared.push(ident.value.to_lowercase());
        Ok(())
    }

    fn check_joined(&self, at: &Expr) -> Uitkomst<()> {
        let is_joined = self.koppelingen.last().is_some_and(|last| !last.on.is_empty());
        if is_joined {
            return Ok(());
        }
        Err(Fout::at(
            at,
            "ON koppelt de nieuwe tabel niet aan een eerdere; schrijf ON a.kolom = b.kolom",
        ))
    }

    /// True when every row stands beside every row of another relation.
    pub(super) fn multiplies_rows(&self) -> bool {
        let relations = &self.scope.relations;
        self.koppelingen.iter().enumerate().any(|(before, koppeling)| {
            koppeling.soort == Soort::Kruis
                && !relations[before + 1].is_one_row
                && !relations[..=before].iter().all(|one| one.is_one_row)
        })
    }

    /// The FROM as SQL.
    pub(super) fn sql(&self, compiler: &Compiler<'_>) -> String {
        let mut sql = String::from("FROM ");
        for (position, relation) in self.scope.relations.iter().enumerate() {
            let Some(before) = position.checked_sub(1) else {
                sql.push_str(&relation.sql(compiler, &[]));
                continue;
            };
            let Koppeling { soort, on, only } = &self.koppelingen[before];
            let word = match soort {
                Soort::Binnen => "INNER JOIN",
                Soort::Links => "LEFT JOIN",
                Soort::Kruis => "CROSS JOIN",
            };
            sql += &[" ", word, " ", &relation.sql(compiler, only)].concat();
            if !on.is_empty() {
                sql += &[" ON ", &on.join(" AND ")].concat();
            }
        }
        sql
    }

    /// True when the name stands in USING and this relation is not the first to have it.
    pub(super) fn is_repeated(&self, position: usize, name: &str) -> bool {
        self.scope.shared.contains(&name.to_lowercase())
            && self.scope.relations[..position]
                .iter()
                .any(|other| other.columns.iter().any(|column| same(&column.naam, name)))
    }
}

/// The conditions between ANDs.
fn conjuncts(condition: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    let mut open = vec![condition];
    while let Some(next) = open.pop() {
        match next {
            Expr::Nested(inner) => open.push(inner),
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                open.push(right);
                open.push(left);
            }
            other => found.push(other),
        }
    }
    found
}
