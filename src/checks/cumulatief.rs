//! All declaraties on one toewijzing together against what it grants: volume and budget.
//!
//! Enters: what is declared per toewijzing. Leaves: hits. Only of toewijzingen of which the sum is too high the lines are
//! fetched, to name the ones with which it went over.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use foldhash::fast::FixedState;
use polars::prelude::{DataFrame, PolarsResult};

use crate::checks::omvang::{Omvang, UUR};
use crate::checks::oplopend::{LINE, Lines, Over};
use crate::checks::stroom::Batch;
use crate::checks::toegekend::{Toegekend, Toegekenden, about};
use crate::checks::treffers::Treffers;
use crate::dataset::parquet::{Part, computing, side_by_side_where};
use crate::rejects::{Rule, Severity};

/// Not more in all than was granted.
pub(super) const TR322: Rule = Rule {
    code: "TR322",
    severity: Severity::Waarschuwing,
    title: "in totaal meer gedeclareerd dan is toegewezen",
    explanation: "Alle declaraties op de toewijzing samen zijn meer dan de omvang over de hele looptijd. De regels vanaf het punt waar het \
        te veel wordt, zijn genoemd; ze tellen mee.",
    remedy: "leg de omvang van de toewijzing naast de declaraties en vraag de aanbieder om uitleg",
    source: "iJw 3.2 (OP365)",
};
/// Not more in all than the budget.
pub(super) const TR369: Rule = Rule {
    code: "TR369",
    severity: Severity::Waarschuwing,
    title: "in totaal meer gedeclareerd dan het budget van de toewijzing",
    explanation: "Alle bedragen op de toewijzing samen zijn hoger dan het budget. De regels vanaf het punt waar het te veel wordt, zijn \
        genoemd; ze tellen mee.",
    remedy: "leg het budget van de toewijzing naast de declaraties en vraag de aanbieder om uitleg",
    source: "iJw 3.2",
};

/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR322, &TR369];

/// What names a toewijzing for a declaratie; of another client than the toewijzing's is TR304.
const KEY: &[&str] = &["gemeente", "toewijzingnummer", "client"];

/// Toewijzingen that are over.
#[derive(Debug, Default)]
pub(super) struct Overs {
    /// Position in `over`, by gemeente and number (as two hashes) and client.
    at: HashMap<(u64, u64, i64), usize, FixedState>,
    over: Vec<Over>,
}

impl Overs {
    /// Adds those of one part of which the sum is more than is granted.
    pub(super) fn take(&mut self, toegekend: &Toegekenden) {
        for (key, one, volume_milli, bedrag_ct) in toegekend.declared() {
            let allowed_milli = allowed_milli(toegekend, one, volume_milli);
            let budget_ct = one.budget_ct.filter(|most| bedrag_ct > *most);
            if allowed_milli.is_some() || budget_ct.is_some() {
                let [_, _, eenheid] = toegekend.product(one);
                self.at.insert((key, one.proof, one.client), self.over.len());
                self.over.push(Over { eenheid: eenheid.to_owned(), allowed_milli, budget_ct });
            }
        }
    }

    /// Names the lines with which they went over.
    pub(super) fn report(self, declaraties: &Path, hits: &mut Treffers) -> Result<()> {
        if self.over.is_empty() {
            return Ok(());
        }
        let mut lines = Lines::default();
        let work = |_: usize, frame: &DataFrame| {
            computing(self.lines(frame), "de declaraties bij hun toewijzing")
        };
        let files = [declaraties.to_path_buf()];
        let columns = [KEY, LINE].concat();
        let names_one = |part: &Part<'_>| part.has_any("toewijzingnummer");
        side_by_side_where(&files, &columns, names_one, work, |found| {
            lines.add(found);
            Ok(())
        })?;
        lines.judge(&self.over, hits);
        Ok(())
    }

    fn lines(&self, frame: &DataFrame) -> PolarsResult<Lines> {
        let batch = Batch(frame);
        let (gemeente, nummer) = (batch.texts("gemeente")?, batch.texts("toewijzingnummer")?);
        let client = batch.ints("client")?;
        Lines::of(frame, &self.over, |row| {
            let (key, proof) = about(gemeente.get(row)?, nummer.get(row)?);
            self.at.get(&(key, proof, client.get(row)?)).copied()
        })
    }
}

/// The most that may be declared, when more is: in thousandths, of hours as minutes.
fn allowed_milli(toegekend: &Toegekenden, one: &Toegekend, declared_milli: i64) -> Option<i64> {
    let [_, _, eenheid] = toegekend.product(one);
    let granted_milli = one.volume_milli?;
    let per_unit = if eenheid == UUR { 60 } else { 1 };
    // Most are not even above the least that may be granted: once.
    if declared_milli <= granted_milli.saturating_mul(per_unit) {
        return None;
    }
    let omvang = Omvang {
        volume_milli: granted_milli,
        eenheid,
        frequentie: toegekend.frequentie(one)?,
        looptijd: (one.ingangsdatum.unwrap_or_default(), one.einddatum),
    };
    omvang.in_totaal_milli()?.checked_mul(per_unit).filter(|most| declared_milli > *most)
}
