//! What is planted besides cases: figures, remarks of reading, and sentences of the report.
//!
//! Enters: TOML. Leaves: [`Cijfer`], [`Toets`], [`Aansluiting`] and [`Zin`], as they stand in the answers.

use anyhow::{Context, bail};
use toml::{Table, Value};

use super::rule::{none_left, take_list, take_tables, take_text};

/// A figure of a measure: the cell that must be there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Cijfer {
    pub(super) query: String,
    pub(super) cel: Vec<String>,
    pub(super) waarde: Option<i64>,
}

/// A rule of reading that must speak.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Toets {
    pub(super) code: String,
    /// What it must have found.
    pub(super) gevonden: String,
}

/// Lines that do not count, in the account of the run.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Aansluiting {
    /// What became of them, as the manifest calls it.
    pub(super) uitkomst: String,
    pub(super) regels: u64,
    pub(super) bedrag_ct: i64,
}

/// A sentence of the report: words that stand in it together, or in no sentence at all.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Zin {
    pub(super) woorden: Vec<String>,
    pub(super) is_er: bool,
}

/// Everything of this kind that one rule has.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) cijfers: Vec<Cijfer>,
    pub(super) toetsen: Vec<Toets>,
    pub(super) zinnen: Vec<Zin>,
    pub(super) aansluiting: Vec<Aansluiting>,
}

impl Told {
    /// Takes them out of the file of a rule.
    ///
    /// # Errors
    /// When a key means nothing.
    pub(super) fn take(table: &mut Table) -> anyhow::Result<Self> {
        let mut out = Self::default();
        for one in take_tables(table, "cijfer")? {
            out.cijfers.push(cijfer(one)?);
        }
        for one in take_tables(table, "toets")? {
            out.toetsen.push(toets(one)?);
        }
        for one in take_tables(table, "aansluiting")? {
            out.aansluiting.push(aansluiting(one)?);
        }
        for (key, is_er) in [("zin", true), ("geen_zin", false)] {
            for one in take_tables(table, key)? {
                out.zinnen.push(zin(one, is_er)?);
            }
        }
        Ok(out)
    }

    /// Whether there is any.
    pub(super) fn is_empty(&self) -> bool {
        self.cijfers.is_empty()
            && self.toetsen.is_empty()
            && self.zinnen.is_empty()
            && self.aansluiting.is_empty()
    }
}

fn cijfer(mut table: Table) -> anyhow::Result<Cijfer> {
    let query = take_text(&mut table, "query")?.context("een cijfer noemt zijn query")?;
    let cel = take_list(&mut table, "cel")?;
    let waarde = match table.remove("waarde") {
        None => None,
        Some(Value::Integer(waarde)) => Some(waarde),
        Some(other) => bail!("waarde is geen geheel getal: {other}"),
    };
    none_left(&table)?;
    Ok(Cijfer { query, cel, waarde })
}

fn toets(mut table: Table) -> anyhow::Result<Toets> {
    let code = take_text(&mut table, "code")?.context("een toets noemt zijn code")?;
    let gevonden = take_text(&mut table, "gevonden")?.unwrap_or_default();
    none_left(&table)?;
    Ok(Toets { code, gevonden })
}

fn aansluiting(mut table: Table) -> anyhow::Result<Aansluiting> {
    let uitkomst =
        take_text(&mut table, "uitkomst")?.context("een aansluiting noemt haar uitkomst")?;
    let mut number = |key: &str| -> anyhow::Result<i64> {
        match table.remove(key) {
            Some(Value::Integer(number)) => Ok(number),
            other => bail!("{key} is geen geheel getal: {other:?}"),
        }
    };
    let out = Aansluiting {
        uitkomst,
        regels: number("regels")?.unsigned_abs(),
        bedrag_ct: number("bedrag_ct")?,
    };
    none_left(&table)?;
    Ok(out)
}

fn zin(mut table: Table, is_er: bool) -> anyhow::Result<Zin> {
    let woorden = take_list(&mut table, "woorden")?;
    none_left(&table)?;
    Ok(Zin { woorden, is_er })
}
