//! The rows of the data behind the rows of an answer.
//!
//! Enters: a grouped SELECT that others than ICM will see. Leaves: [`Achter`]: SQL that gives each row with its keys, its
//! child and what names the row, so that this answer can be compared with another. Runs nothing.

use crate::metrics::los::aggregates::Groepering;
use crate::metrics::los::joins::Bronnen;
use crate::metrics::los::scope::{Herkomst, Relatie, Scope};
use crate::metrics::los::select::{Uitkolom, filtered, listed};
use crate::metrics::los::statement::Compiler;
use crate::metrics::populatie::UNKNOWN;
use crate::schema::PER_KWARTAAL;

/// SQL of the rows, and which of its columns is what.
#[derive(Debug, Clone)]
pub(super) struct Achter {
    pub(super) sql: String,
    /// The keys of a row of the answer, in the order of its columns.
    pub(super) sleutels: Vec<String>,
    pub(super) van: Vec<Van>,
}

/// Children of one relation.
#[derive(Debug, Clone)]
pub(super) struct Van {
    pub(super) kind: String,
    /// `None` where the rows of a subquery are not those of a table any more.
    pub(super) rij: Option<Spoor>,
    /// Which rows count for something that is shown: a name for it, and its column; without one every row counts.
    pub(super) telt: Vec<(String, Option<String>)>,
}

/// What names a row of a table.
#[derive(Debug, Clone)]
pub(super) struct Spoor {
    pub(super) tabel: String,
    pub(super) bron: String,
    pub(super) regel: String,
    /// Of a table that has a row in each quarter.
    pub(super) kwartaal: Option<String>,
}

/// Writes the SQL. `counted` are the conditions of which children are counted.
pub(super) fn read(
    compiler: &mut Compiler<'_>,
    bronnen: &Bronnen,
    groups: &Groepering,
    columns: &[Uitkolom],
    counted: &[String],
) -> Achter {
    let mut items: Vec<(String, String)> = Vec::new();
    let mut sleutels = Vec::new();
    for column in columns.iter().filter(|column| column.kolom.is_sleutel) {
        let key = groups.keys.iter().find(|key| key.code == column.sql);
        if let Some(key) = key {
            sleutels.push(item(compiler, &mut items, key.row.sql.clone()));
        }
    }
    let mut van = Vec::new();
    for relation in &bronnen.scope.relations {
        for child in &relation.kinderen {
            let kind = item(compiler, &mut items, format!("COALESCE({child}, {UNKNOWN})"));
            let rij = spoor(compiler, relation, &mut items);
            let telt = counted.iter().map(|condition| {
                let code = (!condition.is_empty()).then(|| {
                    item(compiler, &mut items, format!("CASE WHEN {condition} THEN 1 ELSE 0 END"))
                });
                (naam(&bronnen.scope, condition), code)
            });
            van.push(Van { kind, telt: telt.collect(), rij });
        }
    }
    let from = bronnen.sql(compiler);
    let all = listed(items.iter().map(|(sql, code)| (sql.as_str(), code.as_str())));
    Achter { sql: format!("SELECT {all} {from}{}", filtered(&bronnen.conditions)), sleutels, van }
}

fn item(compiler: &mut Compiler<'_>, items: &mut Vec<(String, String)>, sql: String) -> String {
    let code = compiler.code("b");
    items.push((sql, code.clone()));
    code
}

/// What names a row, when the relation is a table.
fn spoor(
    compiler: &mut Compiler<'_>,
    relation: &Relatie,
    items: &mut Vec<(String, String)>,
) -> Option<Spoor> {
    let Herkomst::Tabel(tabel) = &relation.herkomst else { return None };
    let mut named = |naam: &str| {
        let column = relation.columns.iter().find(|column| column.naam == naam)?;
        compiler.used.insert(column.code.clone());
        Some(item(compiler, items, column.code.clone()))
    };
    let (bron, regel) = (named("bron")?, named("regel")?);
    let is_quarterly = PER_KWARTAAL.iter().any(|(name, _)| name == tabel);
    let kwartaal = if is_quarterly { named("kwartaal") } else { None };
    Some(Spoor { tabel: tabel.clone(), bron, regel, kwartaal })
}

/// The same name in every question: the column that is counted.
fn naam(scope: &Scope, condition: &str) -> String {
    let mut columns = scope.relations.iter().flat_map(|relation| &relation.columns);
    let code = condition.split(' ').next().unwrap_or_default();
    columns
        .find(|column| column.code == code)
        .map_or_else(String::new, |column| column.naam.clone())
}
