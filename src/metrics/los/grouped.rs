//! A SELECT that counts: its keys, its counts and the three layers they are written in.
//!
//! Enters: a SELECT of which the rows are known. Leaves: a [`Selectie`].

use sqlparser::ast::{Expr, GroupByExpr, Select, Value, ValueWithSpan};

use crate::metrics::los::achter;
use crate::metrics::los::aggregates::{Groepering, Sleutel};
use crate::metrics::los::aliases::{self, Item};
use crate::metrics::los::expr::{Plaats, Reader};
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::gesloten;
use crate::metrics::los::kinderen;
use crate::metrics::los::order;
use crate::metrics::los::refusals::person;
use crate::metrics::los::scope::Scope;
use crate::metrics::los::select::{Geteld, Lezing, Rol, Selectie, Uitkolom, filtered, listed};
use crate::metrics::los::types::Uitdrukking;

impl<'a> Lezing<'_, 'a> {
    /// A SELECT that counts.
    pub(super) fn grouped(&mut self, select: &Select) -> Uitkomst<Selectie> {
        let is_strict = self.compiler.is_outside() && self.rol.is_shown();
        if self.compiler.is_outside() {
            self.check_strict(select)?;
        }
        let mut groups = Groepering { is_strict, ..Groepering::default() };
        self.keys(select, &mut groups)?;
        let read = self.grouped_items(&mut groups)?;
        let columns = aliases::named(self.compiler, self.items, read)?;
        if is_strict && self.bronnen.scope.has_children() {
            check_keys(&groups, &columns, select)?;
        }
        let items = self.items;
        let having = match &select.having {
            Some(having) => {
                let mut reader = self.reader(&mut groups);
                reader.plaats = Plaats::Elders;
                reader.items = items;
                Some(reader.condition(having)?.sql)
            }
            None => None,
        };
        let mut hidden = Vec::new();
        let mut order = Vec::new();
        if let Rol::Buitenste(order_by) = self.rol {
            let is_distinct = self.is_distinct;
            let mut reader = self.reader(&mut groups);
            reader.items = items;
            order = order::read(&mut reader, order_by, &columns, is_distinct, &mut hidden)?;
        }
        let scope = &self.bronnen.scope;
        let counts = kinderen::counts(self.compiler, scope, &mut groups, &mut hidden, select)?;
        let (kinderen, is_blind) = kinderen::passed_on(scope, |code| {
            let key = groups.keys.iter().find(|key| key.row.sql == code)?;
            columns.iter().find(|column| column.sql == key.code).map(|column| column.code.clone())
        });
        let sql = self.layers(&groups, &columns, &hidden, having);
        let is_one_row = groups.keys.is_empty() && select.having.is_none();
        let bronnen = self.bronnen;
        let counts = counts.map(|(codes, counted)| Geteld {
            columns: codes,
            achter: achter::read(self.compiler, bronnen, &groups, &columns, &counted),
        });
        Ok(Selectie { sql, columns, order, kinderen, is_blind, is_one_row, counts })
    }

    fn reader<'s>(&'s mut self, groups: &'s mut Groepering) -> Reader<'s, 'a> {
        Reader {
            compiler: &mut *self.compiler,
            scope: &self.bronnen.scope,
            groups: Some(groups),
            plaats: Plaats::Uitkomst,
            items: &[],
        }
    }

    fn grouped_items(&mut self, groups: &mut Groepering) -> Uitkomst<Vec<(Uitdrukking, bool)>> {
        let mut columns = Vec::new();
        for item in self.items {
            let Item::Expr { expr, naam: _ } = item else {
                let what = "* kan niet samen met GROUP BY of een telling; noem de kolommen";
                return Err(Fout::on(item.spot().span.start, what));
            };
            let key = self.reader(groups).group_key(expr);
            let is_key = key.is_some();
            let read = match key {
                Some(key) => key,
                None => self.reader(groups).any(expr)?,
            };
            if read.aard.is_person() && self.rol.is_shown() {
                return Err(person(expr));
            }
            if !self.rol.is_shown() && self.compiler.is_outside() && !is_simple(expr) && !is_key {
                let what = "buiten het publiek intern geeft een deelvraag alleen kolommen door, en COUNT, SUM, AVG, MIN of MAX daarvan";
                return Err(Fout::at(*expr, what));
            }
            columns.push((read, is_key));
        }
        Ok(columns)
    }

    /// Outside `intern` nothing may make a group smaller than the one whose children are counted.
    fn check_strict(&self, select: &Select) -> Uitkomst<()> {
        if let Some(having) = &select.having {
            return Err(Fout::at(
                having,
                "HAVING kan niet buiten het publiek intern; het verraadt wat verborgen is",
            ));
        }
        if self.is_distinct {
            return Err(Fout::at(
                select,
                "DISTINCT kan niet buiten het publiek intern; gebruik GROUP BY",
            ));
        }
        Ok(())
    }

    fn keys(&mut self, select: &Select, groups: &mut Groepering) -> Uitkomst<()> {
        let keys: Vec<&Expr> = match &select.group_by {
            GroupByExpr::Expressions(by, modifiers) if modifiers.is_empty() => by
                .iter()
                .map(|key| meant(self.items, &self.bronnen.scope, key))
                .collect::<Uitkomst<_>>()?,
            GroupByExpr::All(modifiers) if modifiers.is_empty() => {
                let mut plain = Vec::new();
                for expr in self.items.iter().filter_map(Item::expr) {
                    let scope = &self.bronnen.scope;
                    let mut reader = Reader::of_rows(self.compiler, scope, Plaats::Elders);
                    if !reader.any(expr).is_err_and(|fout| fout.is_aggregate) {
                        plain.push(expr);
                    }
                }
                plain
            }
            _ => {
                return Err(Fout::at(
                    select,
                    "ROLLUP, CUBE en GROUPING SETS kunnen niet; stel een vraag per niveau",
                ));
            }
        };
        for key in keys {
            let mut reader = Reader::of_rows(self.compiler, &self.bronnen.scope, Plaats::Elders);
            let row = reader.any(key).map_err(|fout| {
                let what = "een telling kan niet achter GROUP BY staan; groepeer op een kolom";
                if fout.is_aggregate { Fout::at(key, what) } else { fout }
            })?;
            if groups.is_strict && row.aard.is_person() {
                return Err(person(key));
            }
            if groups.is_strict && row.aard.is_free {
                let what = "hierop groeperen kan niet buiten het publiek intern, want zo'n groep is een enkel geval; groepeer op gemeente, aanbieder, product, segment, maand of kwartaal";
                return Err(Fout::at(key, what));
            }
            let is_outside = self.compiler.is_outside() && self.bronnen.scope.has_children();
            let is_closed =
                row.column.is_some() && (row.aard.is_gesloten() || row.aard.is_person());
            if is_outside && !is_closed {
                return Err(gesloten::key_refused(key));
            }
            let code = self.compiler.code("k");
            groups.keys.push(Sleutel { row, code });
        }
        Ok(())
    }

    /// The layers, from the rows outwards.
    fn layers(
        &self,
        groups: &Groepering,
        columns: &[Uitkolom],
        hidden: &[(String, String)],
        having: Option<String>,
    ) -> String {
        let from = self.bronnen.sql(self.compiler);
        let keys = groups.keys.iter().map(|key| (key.row.sql.as_str(), key.code.as_str()));
        let counted = groups.inner.iter().map(|(sql, code)| (sql.as_str(), code.as_str()));
        let mut inner = listed(keys.chain(counted));
        if inner.is_empty() {
            let relation = self.bronnen.scope.relations.first();
            inner.push_str(relation.and_then(|one| one.any_column(self.compiler)).unwrap_or("1"));
        }
        let rows = format!("SELECT {inner} {from}{}", filtered(&self.bronnen.conditions));
        let keys: Vec<&str> = groups.keys.iter().map(|key| key.code.as_str()).collect();
        let keys = keys.join(", ");
        let counts = groups.aggregates.iter().map(|(sql, code)| (sql.as_str(), code.as_str()));
        let counts = listed(counts);
        let grouped = match (keys.is_empty(), counts.is_empty()) {
            (true, _) => format!("SELECT {counts} FROM ({rows}) AS g1"),
            (false, true) => format!("SELECT DISTINCT {keys} FROM ({rows}) AS g1"),
            (false, false) => {
                format!("SELECT {keys}, {counts} FROM ({rows}) AS g1 GROUP BY {keys}")
            }
        };
        let shown = columns.iter().map(|column| (column.sql.as_str(), column.code.as_str()));
        let all = shown.chain(hidden.iter().map(|(sql, code)| (sql.as_str(), code.as_str())));
        let distinct = if self.is_distinct { "DISTINCT " } else { "" };
        let having: Vec<String> = having.into_iter().collect();
        format!("SELECT {distinct}{} FROM ({grouped}) AS g2{}", listed(all), filtered(&having))
    }
}

/// Rows of which not every key is shown would have to be told apart, and sorted, by their values.
fn check_keys(groups: &Groepering, columns: &[Uitkolom], select: &Select) -> Uitkomst<()> {
    let is_shown = |key: &Sleutel| columns.iter().any(|column| column.sql == key.code);
    if groups.keys.iter().all(is_shown) {
        return Ok(());
    }
    let what = "buiten het publiek intern staat alles van GROUP BY ook achter SELECT";
    Err(Fout::at(select, what))
}

/// What a key stands for: a column, the number of an item, or the name an item got.
fn meant<'k>(items: &[Item<'k>], scope: &Scope, key: &'k Expr) -> Uitkomst<&'k Expr> {
    if let Expr::Value(ValueWithSpan { value: Value::Number(digits, false), span: _ }) = key {
        let position = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let item = position.and_then(|position| items.get(position)).and_then(Item::expr);
        return item.ok_or_else(|| Fout::at(key, format!("de SELECT heeft geen kolom {digits}")));
    }
    let Expr::Identifier(name) = key else { return Ok(key) };
    if scope.find(None, name).is_ok() {
        return Ok(key);
    }
    let named = items.iter().find_map(|item| item.called(&name.value));
    Ok(named.unwrap_or(key))
}

/// True for a column or a count of one.
fn is_simple(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_simple(inner),
        Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Function(_) => true,
        _ => false,
    }
}
