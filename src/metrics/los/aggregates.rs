//! Counting and adding up: what a grouped question asks of its rows.
//!
//! Enters: calls of COUNT, SUM and the like. Leaves: three layers of SQL. The innermost gives what is grouped by and what
//! is counted as columns, the middle one groups and counts, the outermost makes of that what was asked. So the engine
//! only ever groups plain columns.

use std::collections::BTreeSet;

use sqlparser::ast::Expr;

use crate::metrics::antwoord::Soort;
use crate::metrics::los::call::{Aanroep, Argument};
use crate::metrics::los::expr::Reader;
use crate::metrics::los::fout::{Fout, Uitkomst};
use crate::metrics::los::statement::Compiler;
use crate::metrics::los::types::{Aard, Basis, Letterlijk, Uitdrukking};
use crate::metrics::los::units;

/// Functions that make one value of many rows.
pub(super) const AGGREGATES: &[&str] =
    &["avg", "count", "max", "median", "min", "quantile_cont", "stddev", "sum"];
/// Those of which the children behind the outcome can be counted.
const COUNTABLE: &[&str] = &["avg", "count", "sum"];
/// Those that a subquery may use outside `intern`.
const IN_PARTS: &[&str] = &["avg", "count", "max", "min", "sum"];

/// What is grouped by.
#[derive(Debug, Clone)]
pub(super) struct Sleutel {
    /// What it is of a single row.
    pub(super) row: Uitdrukking,
    /// Its column once grouped.
    pub(super) code: String,
}

/// The layers of a grouped SELECT.
#[derive(Debug, Default)]
pub(super) struct Groepering {
    pub(super) keys: Vec<Sleutel>,
    /// What is counted: SQL of a row, and its column.
    pub(super) inner: Vec<(String, String)>,
    /// The counts: SQL over those columns, and their column.
    pub(super) aggregates: Vec<(String, String)>,
    /// Outside `intern`, of the outermost SELECT: for each count, which rows stand behind it.
    pub(super) counted: BTreeSet<String>,
    /// True when only what can be counted by children may be asked.
    pub(super) is_strict: bool,
}

impl Groepering {
    /// The column of something that is counted.
    pub(super) fn inner(&mut self, compiler: &mut Compiler<'_>, sql: &str) -> String {
        one_of(&mut self.inner, sql, || compiler.code("v"))
    }

    /// The column of a count.
    pub(super) fn aggregate(&mut self, compiler: &mut Compiler<'_>, sql: &str) -> String {
        one_of(&mut self.aggregates, sql, || compiler.code("a"))
    }
}

fn one_of(known: &mut Vec<(String, String)>, sql: &str, code: impl FnOnce() -> String) -> String {
    if let Some((_, code)) = known.iter().find(|(other, _)| other == sql) {
        return code.clone();
    }
    let code = code();
    known.push((sql.to_owned(), code.clone()));
    code
}

impl Reader<'_, '_> {
    /// The key that an expression is, where rows were grouped.
    pub(super) fn group_key(&mut self, expr: &Expr) -> Option<Uitdrukking> {
        if self.groups.as_ref().is_none_or(|groups| groups.keys.is_empty()) {
            return None;
        }
        let row = self.rows().any(expr).ok()?;
        let keys = &self.groups.as_ref()?.keys;
        let key = keys.iter().find(|key| key.row.sql == row.sql)?;
        Some(Uitdrukking { sql: key.code.clone(), ..key.row.clone() })
    }

    /// A call that makes one value of many rows.
    pub(super) fn aggregate(&mut self, call: &Aanroep<'_>) -> Uitkomst<Uitdrukking> {
        let name = call.name.to_uppercase();
        if self.groups.is_none() {
            let what = format!(
                "{name} telt over rijen en kan hier niet staan; zet een voorwaarde op een telling achter HAVING"
            );
            return Err(Fout { is_aggregate: true, ..Fout::on(call.at, what) });
        }
        self.check_strict(call)?;
        let made = match call.args.as_slice() {
            [Argument::Star] if call.name == "count" && !call.is_distinct => None,
            [Argument::Star] => {
                return Err(Fout::on(call.at, format!("{name}(*) kan niet; noem een kolom")));
            }
            [Argument::Expr(argument)] => Some(self.argument(call, argument)?),
            [Argument::Expr(argument), Argument::Expr(_)] if call.name == "quantile_cont" => {
                Some(self.argument(call, argument)?)
            }
            _ => return Err(Fout::on(call.at, format!("{name} hoort één kolom te krijgen"))),
        };
        if call.is_distinct && call.name != "count" {
            let what = format!("DISTINCT kan alleen in COUNT(DISTINCT kolom), niet in {name}");
            return Err(Fout::on(call.at, what));
        }
        self.check_plain(call, made.as_ref())?;
        self.check_counted(call, made.as_ref())?;
        let filter = match call.filter {
            Some(filter) => Some(self.rows().condition(filter)?),
            None => None,
        };
        let level = self.quantile(call)?;
        self.written(call, made, filter.as_ref(), level.as_deref())
    }

    /// What is counted: a person only in COUNT.
    fn argument(&mut self, call: &Aanroep<'_>, argument: &Expr) -> Uitkomst<Uitdrukking> {
        if call.name == "count" {
            return self.rows().any(argument);
        }
        let read = self.rows().value(argument)?;
        if !matches!(call.name.as_str(), "min" | "max") {
            units::number(&read, argument)?;
        }
        Ok(read)
    }

    /// Writes the three layers of one call.
    fn written(
        &mut self,
        call: &Aanroep<'_>,
        made: Option<Uitdrukking>,
        filter: Option<&Uitdrukking>,
        level: Option<&str>,
    ) -> Uitkomst<Uitdrukking> {
        let row = match (&made, filter) {
            (None, None) => None,
            (None, Some(filter)) => Some(format!("CASE WHEN {} THEN 1 END", filter.sql)),
            (Some(read), None) => Some(read.sql.clone()),
            (Some(read), Some(filter)) => {
                Some(format!("CASE WHEN {} THEN {} END", filter.sql, read.sql))
            }
        };
        let Some(groups) = self.groups.as_deref_mut() else {
            return Err(Fout::on(call.at, "hier is niets gegroepeerd"));
        };
        if groups.is_strict {
            groups.counted.insert(behind(made.as_ref()));
        }
        let inner = row.map(|row| groups.inner(self.compiler, &row));
        let name = call.name.to_uppercase();
        let sql = match (&inner, call.is_distinct, level) {
            (None, ..) => "COUNT(*)".to_owned(),
            (Some(inner), true, _) => format!("COUNT(DISTINCT {inner})"),
            (Some(inner), false, Some(level)) => format!("{name}({inner}, {level})"),
            (Some(inner), false, None) => format!("{name}({inner})"),
        };
        let code = groups.aggregate(self.compiler, &sql);
        Ok(outcome(call, code, made))
    }

    /// The level of a quantile.
    fn quantile(&mut self, call: &Aanroep<'_>) -> Uitkomst<Option<String>> {
        if call.name != "quantile_cont" {
            return Ok(None);
        }
        let wrong =
            || Fout::on(call.at, "schrijf QUANTILE_CONT(kolom, 0.9), met een getal van 0 tot 1");
        let [_, Argument::Expr(level)] = call.args.as_slice() else { return Err(wrong()) };
        let read = self.rows().value(level)?;
        let number = read.sql.parse::<f64>().ok().filter(|level| (0.0..=1.0).contains(level));
        match (read.literal, number) {
            (Some(Letterlijk::Getal), Some(level)) => Ok(Some(format!("{level:?}"))),
            _ => Err(wrong()),
        }
    }

    /// Outside `intern` only what can be counted by children.
    fn check_strict(&self, call: &Aanroep<'_>) -> Uitkomst<()> {
        if !self.compiler.is_outside() {
            return Ok(());
        }
        let is_strict = self.groups.as_ref().is_some_and(|groups| groups.is_strict);
        let allowed = if is_strict { COUNTABLE } else { IN_PARTS };
        if !allowed.contains(&call.name.as_str()) {
            let names: Vec<String> = allowed.iter().map(|name| name.to_uppercase()).collect();
            let what = format!(
                "{} kan niet buiten het publiek intern; kies uit {}",
                call.name.to_uppercase(),
                names.join(", ")
            );
            return Err(Fout::on(call.at, what));
        }
        match call.filter {
            Some(filter) => Err(Fout::at(
                filter,
                "FILTER kan niet buiten het publiek intern; zet de voorwaarde achter WHERE",
            )),
            None => Ok(()),
        }
    }

    /// Outside `intern` a count of one column would tell in how many rows it is filled in.
    fn check_counted(&self, call: &Aanroep<'_>, made: Option<&Uitdrukking>) -> Uitkomst<()> {
        let is_risky = self.compiler.is_outside() && self.scope.has_children();
        let is_allowed = made
            .is_none_or(|made| call.is_distinct && made.column.is_some() && made.aard.is_telbaar());
        if !is_risky || call.name != "count" || is_allowed {
            return Ok(());
        }
        let what = "buiten het publiek intern telt een vraag alleen met COUNT(*) en COUNT(DISTINCT client, gezin, aanbieder of agb)";
        Err(Fout::on(call.at, what))
    }

    /// Outside `intern` a condition inside a count would make a smaller group than the one that is counted.
    fn check_plain(&self, call: &Aanroep<'_>, made: Option<&Uitdrukking>) -> Uitkomst<()> {
        let is_plain = made.is_none_or(|made| made.column.is_some());
        if is_plain || !self.compiler.is_outside() {
            return Ok(());
        }
        let what = format!(
            "buiten het publiek intern staat in {} alleen een kolom; zet een voorwaarde achter WHERE",
            call.name.to_uppercase()
        );
        Err(Fout::on(call.at, what))
    }
}

/// Which rows stand behind a count: those that add something to it.
fn behind(made: Option<&Uitdrukking>) -> String {
    match made {
        None => String::new(),
        Some(read) if read.aard.basis.is_number() && !read.aard.is_person() => {
            format!("{0} IS NOT NULL AND {0} <> 0", read.sql)
        }
        Some(read) => format!("{} IS NOT NULL", read.sql),
    }
}

/// What a count is.
fn outcome(call: &Aanroep<'_>, code: String, made: Option<Uitdrukking>) -> Uitdrukking {
    let of = made
        .as_ref()
        .map_or_else(|| Aard::plain(Basis::Geheel, Soort::Aantal), |made| made.aard.clone());
    let is_unit = matches!(of.soort, Soort::Eurocent | Soort::Minuten | Soort::Duizendste);
    let (sql, basis, soort, is_free) = match call.name.as_str() {
        // The engine counts in an unsigned type, that goes wrong below zero.
        "count" => (format!("CAST({code} AS BIGINT)"), Basis::Geheel, Soort::Aantal, false),
        "sum" if of.soort == Soort::Jaar => (code, of.basis, Soort::Aantal, of.is_free),
        "sum" | "min" | "max" => (code, of.basis, of.soort, of.is_free),
        _ if is_unit => (code, Basis::Getal, of.soort, true),
        _ => (code, Basis::Getal, Soort::Getal(2), true),
    };
    let mut made = Uitdrukking::made(sql, basis, soort, &[]);
    made.aard.is_free = is_free;
    made.aard.eenheid = of.eenheid.filter(|_| call.name != "count");
    made.aard.only_grouped = matches!(call.name.as_str(), "min" | "max") && of.only_grouped;
    made
}
