//! What stands behind FROM: tables, table expressions and subqueries.
//!
//! Enters: one relation. Leaves: a [`Relatie`] of which every column has a name of its own.

use sqlparser::ast::{Ident, ObjectName, Spanned, TableAlias, TableFactor};

use crate::metrics::los::catalog;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::scope::{Herkomst, Kolomnaam, Relatie, same};
use crate::metrics::los::statement::{Compiler, Deelvraag, Plek};
use crate::metrics::sql::nearest;

/// Most tables that one question reads, with each table expression written out.
const MAX_TABLES: usize = 40;

/// Reads one relation.
pub(super) fn relation(compiler: &mut Compiler<'_>, factor: &TableFactor) -> Uitkomst<Relatie> {
    match factor {
        TableFactor::Table {
            name,
            alias,
            args: None,
            with_hints,
            version: None,
            with_ordinality: false,
            partitions,
            json_path: None,
            sample: None,
            index_hints,
        } if with_hints.is_empty() && partitions.is_empty() && index_hints.is_empty() => {
            let alias = plain_alias(alias.as_ref())?;
            named(compiler, name, alias)
        }
        TableFactor::Table { name, args: Some(_), .. } => Err(Fout::at(
            name,
            format!(
                "'{name}' is een tabelfunctie; een vraag leest alleen de tabellen van de dataset"
            ),
        )),
        TableFactor::Table { name, .. } => Err(Fout::at(
            name,
            "achter een tabel kan alleen een andere naam staan, geen TABLESAMPLE of iets anders",
        )),
        TableFactor::Derived { lateral: false, subquery, alias, sample: None } => {
            let Some(alias) = plain_alias(alias.as_ref())? else {
                let what = "geef deze deelvraag een naam: (SELECT …) AS naam";
                return Err(Fout::at(subquery.as_ref(), what));
            };
            let part = compiler.part(subquery, Plek::From)?;
            Ok(of_part(compiler, part, alias.value.clone()))
        }
        TableFactor::Derived { subquery, .. } => Err(Fout::at(
            subquery.as_ref(),
            "LATERAL en TABLESAMPLE kunnen niet; koppel met JOIN … ON",
        )),
        TableFactor::NestedJoin { .. } => Err(Fout::at(
            factor,
            "haakjes om een JOIN kunnen niet; schrijf de tabellen achter elkaar",
        )),
        other => {
            let what = "dit is geen tabel; een vraag leest alleen de tabellen van de dataset";
            Err(Fout::on(other.span().start, what))
        }
    }
}

/// The new name of a relation; column names behind it are refused.
pub(super) fn plain_alias(alias: Option<&TableAlias>) -> Uitkomst<Option<&Ident>> {
    let Some(TableAlias { explicit: _, name, columns, at }) = alias else { return Ok(None) };
    if !columns.is_empty() || at.is_some() {
        let what =
            "kolomnamen achter een tabelnaam kunnen niet; geef ze in de SELECT een naam met AS";
        return Err(Fout::on(name.span.start, what));
    }
    Ok(Some(name))
}

fn named(
    compiler: &mut Compiler<'_>,
    name: &ObjectName,
    alias: Option<&Ident>,
) -> Uitkomst<Relatie> {
    let [part] = name.0.as_slice() else {
        let what = format!("onbekende tabel '{name}'; een tabel heeft hier geen punt in de naam");
        return Err(Fout::at(name, what));
    };
    let Some(ident) = part.as_ident() else {
        return Err(Fout::at(name, "dit is geen naam van een tabel"));
    };
    let shown = alias.unwrap_or(ident).value.clone();
    let expression = compiler.table_expression(&ident.value);
    compiler.n_tables += usize::from(expression.is_none());
    if compiler.n_tables > MAX_TABLES {
        let what = format!(
            "deze vraag leest meer dan {MAX_TABLES} tabellen, als elke deelvraag wordt uitgeschreven; maak haar kleiner"
        );
        return Err(Fout::on(ident.span.start, what));
    }
    if let Some(part) = expression {
        return Ok(of_part(compiler, part, shown));
    }
    let lower = ident.value.to_lowercase();
    let Some(columns) = catalog::columns(&lower) else {
        let own = compiler.own_names();
        let known = own.iter().map(String::as_str).chain(catalog::names());
        let near = nearest(&ident.value, known);
        let near = if near.is_empty() {
            "; maatstaf vraag --woordenboek laat alle tabellen zien".to_owned()
        } else {
            near
        };
        return Err(Fout::on(ident.span.start, format!("onbekende tabel '{}'{near}", ident.value)));
    };
    compiler.tabellen.insert(lower.clone());
    let columns: Vec<Kolomnaam> = (columns.into_iter())
        .map(|veld| Kolomnaam {
            naam: veld.naam,
            code: compiler.code("c"),
            aard: veld.aard,
            in_star: veld.is_stored,
        })
        .collect();
    let clients = columns.iter().filter(|column| column.aard.is_client());
    let kinderen = clients.map(|column| column.code.clone()).collect();
    Ok(Relatie {
        naam: shown,
        code: compiler.code("r"),
        is_one_row: lower == "regio",
        herkomst: Herkomst::Tabel(lower),
        columns,
        kinderen,
        is_blind: false,
        is_optional: false,
    })
}

fn of_part(compiler: &mut Compiler<'_>, part: Deelvraag, naam: String) -> Relatie {
    Relatie {
        naam,
        code: compiler.code("r"),
        herkomst: Herkomst::Sql(part.sql),
        columns: part.columns,
        kinderen: part.kinderen,
        is_blind: part.is_blind,
        is_one_row: part.is_one_row,
        is_optional: false,
    }
}

impl Relatie {
    /// The relation as SQL: the columns that are used, under their codes, and of the rows those that meet the conditions.
    pub(super) fn sql(&self, compiler: &Compiler<'_>, conditions: &[String]) -> String {
        let rows = match &self.herkomst {
            Herkomst::Sql(sql) => format!("({sql})"),
            Herkomst::Tabel(table) => {
                let used =
                    self.columns.iter().filter(|column| compiler.used.contains(&column.code));
                let mut items: Vec<String> =
                    used.map(|column| format!("{} AS {}", column.naam, column.code)).collect();
                if items.is_empty() {
                    let first = self.columns.first();
                    items.extend(first.map(|column| format!("{} AS {}", column.naam, column.code)));
                }
                format!("(SELECT {} FROM {table})", items.join(", "))
            }
        };
        if conditions.is_empty() {
            return format!("{rows} AS {}", self.code);
        }
        let (code, all) = (&self.code, conditions.join(" AND "));
        format!("(SELECT * FROM {rows} AS f{code} WHERE {all}) AS {code}")
    }

    /// The first column that is certainly there.
    pub(super) fn any_column(&self, compiler: &Compiler<'_>) -> Option<&str> {
        let used = self.columns.iter().find(|column| compiler.used.contains(&column.code));
        used.or(self.columns.first()).map(|column| column.code.as_str())
    }

    /// True when the names are the same.
    pub(super) fn is_called(&self, name: &str) -> bool {
        same(&self.naam, name)
    }
}
