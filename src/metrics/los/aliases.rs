//! The items behind SELECT: what `*` stands for, and what each column is called.
//!
//! Enters: the items. Leaves: columns with a name in SQL and a Dutch heading, no two alike.

use std::collections::BTreeSet;

use sqlparser::ast::{
    ExceptSelectItem, ExcludeSelectItem, Expr, Ident, ObjectName, Select, SelectItem,
    SelectItemQualifiedWildcardKind, Spanned, WildcardAdditionalOptions,
};

use crate::metrics::antwoord::{Kolom, Soort};
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::headings::{name_of, unit_of_name, with_unit};
use crate::metrics::los::joins::Bronnen;
use crate::metrics::los::scope::{Kolomnaam, same};
use crate::metrics::los::select::Uitkolom;
use crate::metrics::los::statement::Compiler;
use crate::metrics::los::types::Uitdrukking;
use crate::metrics::sql::nearest;

/// Longest name of a column.
const MAX_NAME: usize = 60;

/// One item behind SELECT.
#[derive(Debug)]
pub(super) enum Item<'q> {
    /// An expression, with the name it got.
    Expr { expr: &'q Expr, naam: Option<&'q Ident> },
    /// A column that `*` stands for, and where the star is.
    Kolom { position: usize, column: Kolomnaam, at: Ident },
}

impl<'q> Item<'q> {
    /// The expression, when it is one.
    pub(super) fn expr(&self) -> Option<&'q Expr> {
        match self {
            Self::Expr { expr, naam: _ } => Some(expr),
            Self::Kolom { .. } => None,
        }
    }

    /// The expression, when this is the name it got.
    pub(super) fn called(&self, name: &str) -> Option<&'q Expr> {
        match self {
            Self::Expr { expr, naam: Some(naam) } if same(&naam.value, name) => Some(expr),
            _ => None,
        }
    }

    /// Something that stands where the item stands.
    pub(super) fn spot(&self) -> Ident {
        match self {
            Self::Expr { expr, naam: _ } => spot(expr),
            Self::Kolom { at, .. } => at.clone(),
        }
    }
}

/// Something that stands where an expression stands.
pub(super) fn spot(expr: &Expr) -> Ident {
    Ident::with_span(expr.span(), "x")
}

impl Kolomnaam {
    /// The column as an expression.
    pub(super) fn read(&self, position: usize) -> Uitdrukking {
        Uitdrukking {
            sql: self.code.clone(),
            aard: self.aard.clone(),
            column: Some(self.code.clone()),
            relations: [position].into(),
            literal: None,
            is_constant: false,
        }
    }
}

/// The items of a SELECT, with every star spelled out.
pub(super) fn items<'q>(select: &'q Select, bronnen: &Bronnen) -> Uitkomst<Vec<Item<'q>>> {
    let mut items = Vec::new();
    for item in &select.projection {
        match item {
            SelectItem::UnnamedExpr(expr) => items.push(Item::Expr { expr, naam: None }),
            SelectItem::ExprWithAlias { expr, alias } => {
                check_name(alias)?;
                items.push(Item::Expr { expr, naam: Some(alias) });
            }
            SelectItem::Wildcard(options) => {
                let at = Ident::with_span(item.span(), "*");
                items.extend(star(None, options, bronnen, &at)?);
            }
            SelectItem::QualifiedWildcard(
                SelectItemQualifiedWildcardKind::ObjectName(name),
                options,
            ) => {
                let at = Ident::with_span(name.span(), "*");
                items.extend(star(Some(name), options, bronnen, &at)?);
            }
            other => {
                return Err(Fout::at(
                    other,
                    "hier hoort een kolom of een telling te staan, met een naam achter AS",
                ));
            }
        }
    }
    if items.is_empty() {
        return Err(Fout::at(select, "achter SELECT staat geen kolom"));
    }
    Ok(items)
}

fn check_name(alias: &Ident) -> Uitkomst<()> {
    let is_fit = !alias.value.trim().is_empty()
        && alias.value.chars().count() <= MAX_NAME
        && !alias.value.chars().any(char::is_control);
    if is_fit {
        Ok(())
    } else {
        Err(Fout::on(alias.span.start, format!("een naam heeft 1 tot {MAX_NAME} letters")))
    }
}

fn star<'q>(
    of: Option<&ObjectName>,
    options: &WildcardAdditionalOptions,
    bronnen: &Bronnen,
    at: &Ident,
) -> Uitkomst<Vec<Item<'q>>> {
    let mut left_out = left_out(options, at)?;
    let table = match of.map(|name| name.0.as_slice()) {
        None => None,
        Some([part]) if part.as_ident().is_some() => part.as_ident(),
        Some(_) => {
            return Err(Fout::on(at.span.start, "schrijf tabel.* met alleen de naam van de tabel"));
        }
    };
    let mut items = Vec::new();
    for (position, relation) in bronnen.scope.relations.iter().enumerate() {
        if table.is_some_and(|table| !relation.is_called(&table.value)) {
            continue;
        }
        for column in relation.columns.iter().filter(|column| column.in_star) {
            if table.is_none() && bronnen.is_repeated(position, &column.naam) {
                continue;
            }
            if let Some(out) = left_out.iter_mut().find(|(name, _)| same(&name.value, &column.naam))
            {
                out.1 = true;
                continue;
            }
            items.push(Item::Kolom { position, column: column.clone(), at: at.clone() });
        }
    }
    if let Some((unknown, _)) = left_out.iter().find(|(_, is_found)| !is_found) {
        let known = bronnen.scope.relations.iter().flat_map(|relation| &relation.columns);
        let near = nearest(&unknown.value, known.map(|column| column.naam.as_str()));
        return Err(Fout::on(
            unknown.span.start,
            format!("* heeft geen kolom '{}' om weg te laten{near}", unknown.value),
        ));
    }
    match table {
        Some(table) if items.is_empty() => Err(Fout::on(
            table.span.start,
            format!("'{}' staat niet achter FROM of JOIN", table.value),
        )),
        _ => Ok(items),
    }
}

/// The names behind EXCLUDE or EXCEPT, none of them found yet.
fn left_out(options: &WildcardAdditionalOptions, at: &Ident) -> Uitkomst<Vec<(Ident, bool)>> {
    let WildcardAdditionalOptions {
        wildcard_token: _,
        opt_ilike: None,
        opt_exclude,
        opt_except,
        opt_replace: None,
        opt_rename: None,
        opt_alias: None,
    } = options
    else {
        return Err(Fout::on(at.span.start, "achter * kan alleen EXCLUDE (kolom, kolom) staan"));
    };
    let mut names = Vec::new();
    let excluded = match opt_exclude {
        None => &[][..],
        Some(ExcludeSelectItem::Single(one)) => std::slice::from_ref(one),
        Some(ExcludeSelectItem::Multiple(all)) => all,
    };
    for name in excluded {
        let [part] = name.0.as_slice() else {
            return Err(Fout::at(name, "achter EXCLUDE staan alleen namen van kolommen"));
        };
        names.extend(part.as_ident().cloned());
    }
    if let Some(ExceptSelectItem { first_element, additional_elements }) = opt_except {
        names.push(first_element.clone());
        names.extend(additional_elements.iter().cloned());
    }
    Ok(names.into_iter().map(|name| (name, false)).collect())
}

/// Gives every column its name; with each expression comes whether rows are grouped by it.
pub(super) fn named(
    compiler: &mut Compiler<'_>,
    items: &[Item<'_>],
    read: Vec<(Uitdrukking, bool)>,
) -> Uitkomst<Vec<Uitkolom>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut columns = Vec::new();
    for (position, (item, (read, is_key))) in items.iter().zip(read).enumerate() {
        let mut aard = read.aard;
        let (mut naam, kop, is_own) = name_of(item, aard.kop.as_deref(), position);
        if taken.contains(&naam.to_lowercase()) {
            if is_own {
                let what =
                    format!("twee kolommen heten '{naam}'; geef er een een andere naam met AS");
                return Err(Fout::on(item.spot().span.start, what));
            }
            // Fewer names are taken than there are items.
            let mut others = (2..=items.len() + 1).map(|n| format!("{naam}_{n}"));
            naam = others.find(|name| !taken.contains(name)).unwrap_or(naam);
        }
        taken.insert(naam.to_lowercase());
        aard.soort = unit_of_name(item, &aard);
        let kop = with_unit(kop, &aard);
        aard.kop = Some(kop.clone());
        let kolom = Kolom { naam, kop, soort: aard.soort, is_sleutel: is_key };
        columns.push(Uitkolom { kolom, code: compiler.code("u"), aard, sql: read.sql });
    }
    Ok(columns)
}

/// True for a column that names a row where nothing is grouped.
pub(super) fn names_rows(column: &Uitkolom) -> bool {
    matches!(
        column.kolom.soort,
        Soort::Tekst
            | Soort::Code
            | Soort::Gemeente
            | Soort::Kwartaal
            | Soort::Maand
            | Soort::Datum
    )
}
