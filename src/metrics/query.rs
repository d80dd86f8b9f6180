//! One file, one metric: the header and the SQL of a query.
//!
//! Enters: the text of `queries/<id>.sql`, from the program itself or from a folder that adds and overrides.
//! Leaves: [`Query`], of which the header is complete and the SQL is one `SELECT` over known tables and columns.
//! Does not know any data; a query that leaves here can still find its table absent.

mod laden;

pub use laden::verwanten;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use crate::metrics::header::read_header;
use crate::metrics::param::Param;
use crate::metrics::signaal::{self, Deel, SignaalKop};
use crate::metrics::sql::{Checked, check_sql};
use crate::metrics::tables;
use crate::period::Kwartaal;

/// A definition that cannot be used: the author of the query must act, not the supplier of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// Dutch, one line: file, line, what is wrong and what to do.
    pub message: String,
    /// What the SQL engine or the TOML reader said, for `-v`; English.
    pub detail: Option<String>,
}

impl QueryError {
    /// An error at a place; a line of 0 means the whole file.
    pub(crate) fn at(path: &str, line: usize, what: impl fmt::Display) -> Self {
        let message =
            if line == 0 { format!("{path}: {what}") } else { format!("{path}:{line}: {what}") };
        Self { message, detail: None }
    }

    /// Adds what the engine said.
    pub(crate) fn with_detail(mut self, detail: impl fmt::Display) -> Self {
        self.detail = Some(detail.to_string());
        self
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

/// What a query returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Contributions that are rolled up to every level.
    Measure,
    /// Rows that are shown as they are, for the intern audience.
    List,
    /// Who could have coordinated for whom: dossiers without a client, for the comparison with a lottery.
    Draws,
    /// Cases of a rule of the region, each with a verdict.
    Signaal,
}

/// The span of quarters a query sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// The quarter of the run.
    Kwartaal,
    /// The quarter of the run and the three before it: a year.
    VierKwartalen,
    /// The quarter of the run and the seven before it.
    AchtKwartalen,
    /// Everything in the dataset.
    Alles,
}

impl Kind {
    /// As a message calls it.
    pub(super) fn naam(self) -> &'static str {
        match self {
            Self::Measure => "een measure",
            Self::List => "een lijst",
            Self::Draws => "een loting (kind = \"draws\")",
            Self::Signaal => "een signaal",
        }
    }
}

impl Period {
    /// First and last quarter seen, or `None` when nothing is left out.
    pub fn span(self, kwartaal: Kwartaal) -> Option<(Kwartaal, Kwartaal)> {
        match self {
            Self::Kwartaal => Some((kwartaal, kwartaal)),
            Self::VierKwartalen => Some((kwartaal.plus(-3), kwartaal)),
            Self::AchtKwartalen => Some((kwartaal.plus(-7), kwartaal)),
            Self::Alles => None,
        }
    }

    /// As written in the header.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kwartaal => "kwartaal",
            Self::VierKwartalen => "vier_kwartalen",
            Self::AchtKwartalen => "acht_kwartalen",
            Self::Alles => "alles",
        }
    }
}

/// Who can stand behind a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contributor {
    /// Column `client`.
    Client,
    /// Column `aanbieder`.
    Aanbieder,
}

impl Contributor {
    /// Name of its column.
    pub fn column(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Aanbieder => "aanbieder",
        }
    }
}

/// A metric: header and SQL.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// File stem: name of the query, its chart, its case and its section.
    pub id: String,
    /// Where it came from, as shown to the user.
    pub path: String,
    /// Dutch title.
    pub title: String,
    /// The question it answers, in Dutch.
    pub question: String,
    /// Why the answer matters, in Dutch.
    pub why: String,
    /// Measure or list.
    pub kind: Kind,
    /// Columns that name a cell, in the order of the address; of a list: the columns it is sorted by.
    pub keys: Vec<String>,
    /// Subsets of `keys` to which is rolled up, each in the order of `keys`; empty for a list.
    pub levels: Vec<Vec<String>>,
    /// Column of the value, a whole number; empty for a list.
    pub value: String,
    /// Unit of the value; empty for a list.
    pub unit: String,
    /// Who stands behind a value.
    pub contributors: Vec<Contributor>,
    /// Name of the quantity: the same in two queries means the same quantity.
    pub measure: String,
    /// `jeugdigen` or the id of another query.
    pub denominator: Option<String>,
    /// Id of the query that tells the same lines in another unit: a known price makes one of the other, so that outside
    /// ICM their figures are shown or hidden together.
    pub samen_met: Option<String>,
    /// Whether its quarters add up to a year; by default what its unit says ([`Query::telt_op`]).
    pub jaar: Option<bool>,
    /// Quarters the tables are filtered to.
    pub period: Period,
    /// Name of the findings module that judges it.
    pub judge: Option<String>,
    /// Name of the chart.
    pub chart: Option<String>,
    /// False: only `vraag` asks it; no report computes it.
    pub in_rapport: bool,
    /// Rule of the region that it measures (`crate::inventaris`).
    pub regel: Option<String>,
    /// Chapter of the report it stands in, when it measures a rule.
    pub hoofdstuk: Option<String>,
    /// The sentence of a measure that measures a rule, in parts; of a signal it is in `signaal`.
    pub zin: Option<Vec<Deel>>,
    /// What a signal says besides its SQL.
    pub signaal: Option<SignaalKop>,
    /// Who keeps the definition.
    pub owner: String,
    /// When the definition was last reviewed.
    pub reviewed: NaiveDate,
    /// Tables that may be absent: they are then empty, and the answer says so.
    pub optional: Vec<String>,
    /// Parameters by name.
    pub params: BTreeMap<String, Param>,
    /// The whole file; valid SQL because the header is a comment.
    pub sql: String,
    /// Tables the SQL reads, sorted.
    pub tables: Vec<String>,
    /// Columns the SQL returns, in order.
    pub columns: Vec<String>,
    /// Keys that are yes or no: every value of them is known beforehand.
    pub bool_keys: Vec<String>,
}

/// Name of the denominator that is not a query.
pub const JEUGDIGEN: &str = "jeugdigen";

impl Query {
    /// Reads and checks one query file.
    ///
    /// `shown_path` is the name for messages; its stem is the id.
    pub fn parse(text: &str, shown_path: &str) -> Result<Self, QueryError> {
        let header = read_header(text, shown_path)?;
        let mut query = header.into_query(text, shown_path)?;
        let Checked { tables, columns, bool_columns } = check_sql(&query)?;
        query.bool_keys =
            query.keys.iter().filter(|key| bool_columns.contains(key)).cloned().collect();
        query.tables = tables;
        query.columns = columns;
        Ok(query)
    }

    /// True when what it answers follows from the reference date too.
    pub fn hangt_af_van_peildatum(&self) -> bool {
        tables::looks_at_peildatum(&self.tables, &self.sql)
    }

    /// The canonical tables it reads, sorted; settings of the region are none of them.
    pub fn canonical_tables(&self) -> Vec<&'static str> {
        tables::canonical(self)
    }

    /// SQL without a header, that looks at everything in the dataset: what `los` wrote.
    pub(super) fn loose(sql: &str, tables: &[String], path: &str) -> Self {
        let text = String::new;
        Self {
            id: "vraag".to_owned(),
            path: path.to_owned(),
            title: text(),
            question: text(),
            why: text(),
            kind: Kind::List,
            keys: Vec::new(),
            levels: Vec::new(),
            value: text(),
            unit: text(),
            contributors: Vec::new(),
            measure: text(),
            denominator: None,
            samen_met: None,
            jaar: None,
            period: Period::Alles,
            judge: None,
            chart: None,
            regel: None,
            hoofdstuk: None,
            in_rapport: false,
            zin: None,
            signaal: None,
            owner: text(),
            reviewed: NaiveDate::default(),
            optional: Vec::new(),
            params: BTreeMap::new(),
            sql: sql.to_owned(),
            tables: tables.to_vec(),
            columns: Vec::new(),
            bool_keys: Vec::new(),
        }
    }

    /// Keys, levels and value of a signal: the same for every rule.
    pub(super) fn count_cases(&mut self) {
        (self.keys, self.levels) = signaal::shape(self.period);
        self.contributors = vec![Contributor::Client, Contributor::Aanbieder];
        signaal::GEVALLEN.clone_into(&mut self.value);
        signaal::GEVALLEN.clone_into(&mut self.unit);
        self.id.clone_into(&mut self.measure);
    }

    /// True when figures of one tell something of figures of the other: they promise the same quantity, or are told
    /// together.
    pub(crate) fn is_verwant(&self, other: &Self) -> bool {
        (self.measure == other.measure && !self.measure.is_empty()) || self.is_samen(other)
    }

    /// True when four quarters make a year: money, time, volume and lines do, and children are counted once. What runs at
    /// some time, such as an agreement, is in many quarters the same.
    pub fn telt_op(&self) -> bool {
        let adds =
            ["eurocent", "minuten", "duizendsten van de eenheid", "regels", "declaratieregels"];
        self.jaar.unwrap_or_else(|| adds.contains(&self.unit.as_str()) || self.counts_children())
    }

    /// True for a query whose value is a number of children.
    pub fn counts_children(&self) -> bool {
        ["clienten", "jeugdigen"].contains(&self.unit.as_str())
    }

    /// True when they tell the same lines in another unit: a known price makes one of the other.
    pub(crate) fn is_samen(&self, other: &Self) -> bool {
        let names = |one: &Self, two: &Self| one.samen_met.as_deref() == Some(two.id.as_str());
        names(self, other) || names(other, self)
    }

    /// The line on which a header field stands, 0 when it is absent.
    pub(crate) fn line_of(&self, field: &str) -> usize {
        line_of_field(&self.sql, field)
    }
}

/// The line on which a header field stands, 0 when it is absent.
pub(crate) fn line_of_field(text: &str, field: &str) -> usize {
    let is_field = |line: &str| {
        line.trim_start()
            .strip_prefix(field)
            .filter(|_| !field.is_empty())
            .is_some_and(|rest| rest.trim_start().starts_with(['=', ']', '.']))
    };
    text.lines().position(is_field).map_or(0, |index| index + 1)
}

/// The keys of a level that the denominator also has, in the denominator's order.
pub(crate) fn shared_level(level: &[String], below: &Query) -> Vec<String> {
    below.keys.iter().filter(|key| level.contains(key)).cloned().collect()
}
