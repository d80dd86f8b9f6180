//! Words between braces: what they stand for in a case.
//!
//! Enters: a text and the row it stands in. Leaves: the text with names and numbers of this child and this aanbieder.

use std::sync::OnceLock;

use anyhow::{Context, bail};

use crate::practice::registers;
use crate::practice::world;

use super::ground::{Ground, ZORG};
use super::rule::Case;

/// Children of one case that can have a number of their own.
const CLIENTS: usize = 3;

/// The test BSNs, looked for once.
static BSNS: OnceLock<Vec<u32>> = OnceLock::new();

/// Where a text stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) ground: &'a Ground,
    pub(super) case: &'a Case,
    /// Names of the rows of the case that can have a toewijzing, in order.
    pub(super) names: &'a [String],
    /// Name of the row.
    pub(super) rij: &'a str,
    /// Which aanbieder of the case the row is about.
    pub(super) agb: u32,
    /// How many rows of its table stand before it in the case.
    pub(super) before: usize,
}

impl Place<'_> {
    /// Fills in every word.
    ///
    /// # Errors
    /// When a word means nothing.
    pub(super) fn fill(&self, text: &str) -> anyhow::Result<String> {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, after) =
                after.split_once('}').with_context(|| format!("\"{text}\" mist een }}"))?;
            out.push_str(before);
            out.push_str(&self.word(word)?);
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn word(&self, word: &str) -> anyhow::Result<String> {
        let (name, which) = match word.split_once(':') {
            Some((name, which)) => (name, Some(which)),
            None => (word, None),
        };
        let agb = || which.map_or(Ok(self.agb), str::parse::<u32>);
        Ok(match name {
            "nr" => self.case.nr.clone(),
            "volg" if self.before == 0 => String::new(),
            "volg" => format!("-{}", self.before + 1),
            "k" => agb()?.to_string(),
            "agb" => self.agb_code(agb()?)?,
            "aanbieder" => aanbieder(&self.case.nr, agb()?),
            "toewijzing" => self.toewijzing(which.unwrap_or(self.rij))?,
            "gemeente" => self.gemeente(),
            other => match self.ground.woorden.get(other) {
                Some(value) => value.clone(),
                None => bail!("{{{word}}} staat nergens voor"),
            },
        })
    }

    /// The gemeente of the case: its own, or in turns.
    fn gemeente(&self) -> String {
        let all = &self.ground.gemeenten;
        let turn = self.case.number as usize % all.len();
        self.case.gemeente.clone().unwrap_or_else(|| all[turn].clone())
    }

    /// A number of eight digits that no aanbieder has.
    pub(super) fn agb_code(&self, k: u32) -> anyhow::Result<String> {
        let number = 1000 + self.case.number;
        if number > 9999 || !(1..=99).contains(&k) {
            bail!("er zijn te veel gevallen, of {k} is geen nummer van een aanbieder");
        }
        Ok(format!("99{number:04}{k:02}"))
    }

    fn toewijzing(&self, rij: &str) -> anyhow::Result<String> {
        let position = self.names.iter().position(|name| name == rij);
        let position = position.or((rij == ZORG).then_some(0));
        let position = position.with_context(|| format!("geen rij heet {rij}"))?;
        Ok((100_000 + self.case.number as usize * 20 + position).to_string())
    }

    /// A test BSN that no other case has.
    pub(super) fn bsn(&self, k: usize) -> anyhow::Result<String> {
        let all = BSNS.get_or_init(world::test_bsns);
        let per_child = all.len() / CLIENTS;
        let number = self.case.number as usize;
        if number >= per_child || !(1..=CLIENTS).contains(&k) {
            bail!("een geval heeft ten hoogste {CLIENTS} cliënten, en er zijn er te veel");
        }
        Ok(all[(k - 1) * per_child + number].to_string())
    }

    /// A family, or the account of an aanbieder, that no other case has.
    pub(super) fn own(&self, column: &str, k: u32) -> String {
        if column == "iban" {
            return registers::iban(self.case.number * 20 + k);
        }
        format!("G{:05}{k}", self.case.number)
    }
}

/// Name of an aanbieder of a case.
pub(super) fn aanbieder(nr: &str, k: u32) -> String {
    let letter = if k == 1 { String::new() } else { format!(" ({k})") };
    format!("Oefenhuis {nr}{letter}")
}
