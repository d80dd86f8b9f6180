//! One file of `gevallen/`: a rule, what must be found, what must not, and what cannot be told.
//!
//! Enters: TOML. Leaves: [`RuleFile`] with [`Case`]s whose rows are still as they were written.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use toml::{Table, Value};

use super::told::Told;

/// What a query must say of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// It is hit.
    Raak,
    /// It is looked at and fine.
    Bijna,
    /// It cannot be told.
    Onbekend,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Raak, Self::Bijna, Self::Onbekend];

    /// The name of its list, in the file and in the answers.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Raak => "raak",
            Self::Bijna => "bijna",
            Self::Onbekend => "onbekend",
        }
    }
}

/// A row as it is written in the file: a table, the name of the row it changes, and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) tabel: String,
    pub(super) rij: Option<String>,
    pub(super) values: BTreeMap<String, String>,
}

/// A child with its dossier, and what must be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) kind: Kind,
    /// Its name in this run: `Z38-1`, or `Z38-1-07` when it is repeated.
    pub(super) nr: String,
    /// Its number among all cases of the region, from 1; children and aanbieders are made from it.
    pub(super) number: u32,
    /// What the query prints, with words to be filled in.
    pub(super) geval: Vec<String>,
    /// The query that must say so; without: one of the queries of the rule.
    pub(super) query: Option<String>,
    pub(super) dossier: Option<String>,
    /// Setting that the region must have; without: as its file is.
    pub(super) met: Option<String>,
    pub(super) gemeente: Option<String>,
    pub(super) keer: u32,
    /// Tables, or `tabel:rij`, that stay out.
    pub(super) zonder: BTreeSet<String>,
    /// Other rules that cannot but be hit as well: id of the rule and what its query prints.
    pub(super) ook: BTreeMap<String, Vec<String>>,
    pub(super) rows: Vec<Written>,
}

impl Case {
    /// No case: for rows that belong to none.
    pub(super) fn nobody() -> Self {
        Self {
            kind: Kind::Bijna,
            nr: "0".to_owned(),
            number: 0,
            geval: Vec::new(),
            query: None,
            dossier: None,
            met: None,
            gemeente: None,
            keer: 1,
            zonder: BTreeSet::new(),
            ook: BTreeMap::new(),
            rows: Vec::new(),
        }
    }
}

/// A rule with everything that is planted for it.
#[derive(Debug)]
pub(super) struct RuleFile {
    /// Name of the file.
    pub(super) file: String,
    pub(super) regel: String,
    /// Regions in which it is planted; empty: that of its letter.
    pub(super) regios: Vec<String>,
    pub(super) dossier: Option<String>,
    written: Vec<Case>,
    pub(super) told: Told,
}

impl RuleFile {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no TOML, or holds a key that means nothing.
    pub(super) fn parse(text: &str, file: &str) -> anyhow::Result<Self> {
        let table: Table = toml::from_str(text).with_context(|| file.to_owned())?;
        Self::read(table, file).with_context(|| file.to_owned())
    }

    fn read(mut table: Table, file: &str) -> anyhow::Result<Self> {
        let regel = take_text(&mut table, "regel")?.context("de sleutel regel ontbreekt")?;
        let mut out = Self {
            file: file.to_owned(),
            regios: take_list(&mut table, "regios")?,
            dossier: take_text(&mut table, "dossier")?,
            written: Vec::new(),
            told: Told::take(&mut table)?,
            regel,
        };
        for kind in Kind::ALL {
            for one in take_tables(&mut table, kind.name())? {
                let nth = out.written.len() + 1;
                let mut case = case(kind, one).with_context(|| format!("geval {nth}"))?;
                case.nr = format!("{}-{nth}", out.regel);
                out.written.push(case);
            }
        }
        none_left(&table)?;
        if out.written.is_empty() && out.told.is_empty() {
            bail!("er staat geen geval in");
        }
        Ok(out)
    }

    /// Gives each case its number, repeated ones a number each, and tells how many numbers were used.
    pub(super) fn number(&mut self, first: u32) -> u32 {
        let mut number = first;
        for case in &mut self.written {
            case.number = number;
            number += case.keer;
        }
        number - first
    }

    /// The cases, repeated ones one by one.
    pub(super) fn cases(&self) -> impl Iterator<Item = Case> + '_ {
        self.written.iter().flat_map(|written| {
            (0..written.keer).map(move |nth| {
                let mut case = written.clone();
                case.number += nth;
                if written.keer > 1 {
                    case.nr = format!("{}-{:02}", written.nr, nth + 1);
                }
                case
            })
        })
    }
}

fn case(kind: Kind, mut table: Table) -> anyhow::Result<Case> {
    let geval = take_list(&mut table, "geval")?;
    let keer = match table.remove("keer") {
        None => 1,
        Some(Value::Integer(keer)) if (1..=500).contains(&keer) => u32::try_from(keer)?,
        Some(other) => bail!("keer is geen getal van 1 tot en met 500: {other}"),
    };
    let mut case = Case {
        kind,
        geval,
        query: take_text(&mut table, "query")?,
        dossier: take_text(&mut table, "dossier")?,
        met: take_text(&mut table, "met")?,
        gemeente: take_text(&mut table, "gemeente")?,
        keer,
        zonder: take_list(&mut table, "zonder")?.into_iter().collect(),
        ..Case::nobody()
    };
    if let Some(ook) = table.remove("ook") {
        let Value::Table(ook) = ook else { bail!("ook is geen tabel: {ook}") };
        case.ook = hits(ook)?;
    }
    let tables: Vec<String> = table.keys().cloned().collect();
    for tabel in tables {
        for row in take_tables(&mut table, &tabel)? {
            case.rows.push(written(&tabel, row)?);
        }
    }
    Ok(case)
}

/// By rule: what is hit as well.
pub(super) fn hits(mut ook: Table) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let rules: Vec<String> = ook.keys().cloned().collect();
    rules
        .into_iter()
        .map(|rule| {
            let gevallen = take_list(&mut ook, &rule)?;
            Ok((rule, gevallen))
        })
        .collect()
}

/// A row of a table of the case, or of a dossier.
pub(super) fn written(tabel: &str, mut row: Table) -> anyhow::Result<Written> {
    let rij = take_text(&mut row, "rij")?;
    Ok(Written { tabel: tabel.to_owned(), rij, values: values(row)? })
}

/// Every value of a row as text.
pub(super) fn values(row: Table) -> anyhow::Result<BTreeMap<String, String>> {
    row.into_iter().map(|(column, value)| Ok((column, text(value)?))).collect()
}

/// A value as it is written in a register.
fn text(value: Value) -> anyhow::Result<String> {
    Ok(match value {
        Value::String(text) => text,
        Value::Integer(number) => number.to_string(),
        Value::Boolean(is) => if is { "ja" } else { "nee" }.to_owned(),
        Value::Datetime(date) => date.to_string(),
        other => bail!("{other} is geen tekst, getal, datum of waar/onwaar"),
    })
}

/// A text, or nothing when the key is absent.
pub(super) fn take_text(table: &mut Table, key: &str) -> anyhow::Result<Option<String>> {
    table.remove(key).map(|value| text(value).with_context(|| key.to_owned())).transpose()
}

/// A list of texts, where one text is a list of one; empty when the key is absent.
pub(super) fn take_list(table: &mut Table, key: &str) -> anyhow::Result<Vec<String>> {
    match table.remove(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) => {
            list.into_iter().map(|value| text(value).with_context(|| key.to_owned())).collect()
        }
        Some(one) => Ok(vec![text(one).with_context(|| key.to_owned())?]),
    }
}

/// A list of tables, where one table is a list of one; empty when the key is absent.
pub(super) fn take_tables(table: &mut Table, key: &str) -> anyhow::Result<Vec<Table>> {
    let list = match table.remove(key) {
        None => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
    };
    list.into_iter()
        .map(|value| match value {
            Value::Table(table) => Ok(table),
            other => bail!("{key}: {other} is geen rij; schrijf [[{key}]]"),
        })
        .collect()
}

/// Refuses what nobody has read.
pub(super) fn none_left(table: &Table) -> anyhow::Result<()> {
    if let Some(key) = table.keys().next() {
        bail!("onbekende sleutel {key}");
    }
    Ok(())
}
