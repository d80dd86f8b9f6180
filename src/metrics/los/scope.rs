//! The relations of one FROM, and which column a name stands for.
//!
//! Enters: relations with their columns. Leaves: the column, or the nearest name.

use sqlparser::ast::Ident;

use crate::metrics::los::catalog;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::types::Aard;
use crate::metrics::sql::nearest;

/// A column of a relation.
#[derive(Debug, Clone)]
pub(super) struct Kolomnaam {
    /// As the asker calls it.
    pub(super) naam: String,
    /// As the engine calls it: unique in the whole question.
    pub(super) code: String,
    pub(super) aard: Aard,
    /// True when `*` gives it.
    pub(super) in_star: bool,
}

/// Where the rows of a relation come from.
#[derive(Debug, Clone)]
pub(super) enum Herkomst {
    /// A table of the dataset, of which only the columns that are used are read.
    Tabel(String),
    /// SQL that gives exactly the columns, by their codes.
    Sql(String),
}

/// One table, table expression or subquery behind FROM or JOIN.
#[derive(Debug, Clone)]
pub(super) struct Relatie {
    /// As the asker calls it.
    pub(super) naam: String,
    /// As the engine calls it.
    pub(super) code: String,
    pub(super) herkomst: Herkomst,
    pub(super) columns: Vec<Kolomnaam>,
    /// Codes of the columns that together name every child behind a row.
    pub(super) kinderen: Vec<String>,
    /// True when children stand behind its rows who can no longer be counted.
    pub(super) is_blind: bool,
    /// True when it has exactly one row.
    pub(super) is_one_row: bool,
    /// True when a row of the others can be without one of this.
    pub(super) is_optional: bool,
}

/// All relations of one FROM.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) relations: Vec<Relatie>,
    /// Names, in lower case, that stand in USING: the first column with that name is meant.
    pub(super) shared: Vec<String>,
    /// Codes of person columns that a join made equal.
    pub(super) equal: Vec<(String, String)>,
}

impl Scope {
    /// True when children stand behind the rows.
    pub(super) fn has_children(&self) -> bool {
        self.relations.iter().any(|one| one.is_blind || !one.kinderen.is_empty())
    }

    /// The column of that name, and the position of its relation.
    pub(super) fn find(
        &self,
        table: Option<&Ident>,
        name: &Ident,
    ) -> Uitkomst<(usize, &Kolomnaam)> {
        let wanted = name.value.to_lowercase();
        let mut found = Vec::new();
        for (position, relation) in self.relations.iter().enumerate() {
            if table.is_some_and(|table| !same(&table.value, &relation.naam)) {
                continue;
            }
            let column = relation.columns.iter().find(|column| same(&column.naam, &wanted));
            found.extend(column.map(|column| (position, column)));
        }
        if let Some(table) = table
            && !self.relations.iter().any(|relation| same(&relation.naam, &table.value))
        {
            return Err(self.unknown_relation(table));
        }
        match found.as_slice() {
            [] => Err(self.unknown_column(table, name)),
            [one] => Ok(*one),
            [first, ..] if self.shared.contains(&wanted) => Ok(*first),
            [(first, _), (second, _), ..] => {
                let (a, b) = (&self.relations[*first].naam, &self.relations[*second].naam);
                let what = format!(
                    "'{wanted}' staat in '{a}' en in '{b}'; schrijf {a}.{wanted} of {b}.{wanted}"
                );
                Err(Fout::on(name.span.start, what))
            }
        }
    }

    fn unknown_relation(&self, table: &Ident) -> Fout {
        let known = self.relations.iter().map(|relation| relation.naam.as_str());
        let near = nearest(&table.value, known);
        Fout::on(
            table.span.start,
            format!("'{}' staat niet achter FROM of JOIN{near}", table.value),
        )
    }

    fn unknown_column(&self, table: Option<&Ident>, name: &Ident) -> Fout {
        let here: Vec<&Relatie> = (self.relations.iter())
            .filter(|relation| table.is_none_or(|table| same(&table.value, &relation.naam)))
            .collect();
        let known = here.iter().flat_map(|relation| &relation.columns);
        let near = nearest(&name.value, known.map(|column| column.naam.as_str()));
        let near = if near.is_empty() { elsewhere(name) } else { near };
        let inside = match here.as_slice() {
            [one] => format!(" in {}", one.naam),
            _ => String::new(),
        };
        Fout::on(name.span.start, format!("onbekende kolom '{}'{inside}{near}", name.value))
    }
}

/// Where the column does exist, or that a text stands between other quotes.
fn elsewhere(name: &Ident) -> String {
    if name.quote_style.is_some() {
        return format!(
            "; bedoelde u de tekst '{}'? Zet hem dan tussen enkele aanhalingstekens",
            name.value
        );
    }
    let has = |table: &&&str| {
        let columns = catalog::columns(table).unwrap_or_default();
        columns.iter().any(|column| same(&column.naam, &name.value))
    };
    let tables = catalog::names();
    let found: Vec<&str> = tables.iter().filter(has).take(3).copied().collect();
    if found.is_empty() {
        String::new()
    } else {
        format!("; die kolom staat wel in {}", found.join(", "))
    }
}

/// Names are compared without case, as SQL does.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
