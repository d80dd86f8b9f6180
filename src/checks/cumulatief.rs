//! All declaraties on one toewijzing together against what it grants: volume and budget.
//!
//! Enters: what is declared per toewijzing. Leaves: hits. Only of toewijzingen of which the sum is too high the lines are
//! fetched, to name the ones with which it went over.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::DataFrame;

use crate::checks::omvang::{Omvang, UUR};
use crate::checks::oplopend::{LINE, Lines, Over};
use crate::checks::toegekend::{Toegekend, Toegekenden};
use crate::checks::treffers::Treffers;
use crate::dataset::parquet::computing;
use crate::dataset::slices::{Part, side_by_side_where};
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

/// Toewijzingen that are over, and the lines on them.
#[derive(Debug, Default)]
pub(super) struct Overs {
    over: Vec<Over>,
    /// Row number of a line and the position of its toewijzing in `over`.
    rows: Vec<(u32, u32)>,
}

impl Overs {
    /// Adds those of one part of which the sum is more than is granted. `lines` are row numbers, each with the position of
    /// the toewijzing.
    pub(super) fn take(&mut self, toegekend: &Toegekenden, lines: &[(u32, u32)]) {
        let mut positions = vec![None; toegekend.len()];
        for (one, position) in toegekend.iter().zip(&mut positions) {
            let (volume_milli, bedrag_ct) = one.samen();
            let allowed_milli = allowed_milli(toegekend, one, volume_milli);
            let budget_ct = one.budget_ct.filter(|most| bedrag_ct > *most);
            if allowed_milli.is_some() || budget_ct.is_some() {
                let [_, _, eenheid] = toegekend.product(one);
                *position = u32::try_from(self.over.len()).ok();
                self.over.push(Over { eenheid: eenheid.to_owned(), allowed_milli, budget_ct });
            }
        }
        let named = |(row, at): &(u32, u32)| positions[*at as usize].map(|over| (*row, over));
        self.rows.extend(lines.iter().filter_map(named));
    }

    /// Names the lines with which they went over.
    pub(super) fn report(
        mut self,
        declaraties: &Path,
        stop: &AtomicBool,
        hits: &mut Treffers,
    ) -> Result<()> {
        self.rows.sort_unstable();
        let Self { over, rows } = &self;
        let from = |row: usize| rows.partition_point(|(one, _)| (*one as usize) < row);
        let between = |begin: usize, end: usize| &rows[from(begin)..from(end)];
        let mut lines = Lines::default();
        let work = |first: usize, frame: &DataFrame| {
            let here = between(first, first + frame.height()).iter();
            let here = here.map(|(row, at)| (*row as usize - first, *at as usize));
            computing(Lines::of(frame, over, here), "de declaraties bij hun toewijzing")
        };
        let files = [declaraties.to_path_buf()];
        let is_needed = |part: &Part<'_>| !between(part.rows().start, part.rows().end).is_empty();
        side_by_side_where(&files, LINE, stop, is_needed, work, |found| {
            lines.add(found);
            Ok(())
        })?;
        lines.judge(over, hits);
        Ok(())
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
