//! Whose share of hits differs from that of the others together.
//!
//! Enters: cases per gemeente or aanbieder. Leaves: those for whom chance is no explanation, after Fisher's exact test
//! and Benjamini–Hochberg over all groups of the rule.

use crate::dutch::sort_key;
use crate::findings::Context;
use crate::findings::signalen::lezen::cells;
use crate::metrics::signaal::{GEVALLEN, GOED, OORDEEL, TREFFER, Vergelijk};
use crate::metrics::{Measured, ONBEKEND};
use crate::stats::multiple_testing::benjamini_hochberg;
use crate::stats::proportion::{Share, ShareAgainstOthers, exact_against_others};

/// Groups with a q below this are named: of those that are, one in twenty is by chance.
const MAX_Q: f64 = 0.05;

/// A group whose share differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Verschil {
    /// Name of the gemeente or aanbieder.
    pub naam: String,
    /// Hits.
    pub treffers: i64,
    /// Judged cases.
    pub gevallen: i64,
    /// Share of hits in the others together, 0–1.
    pub elders: f64,
    /// More than the others, else fewer.
    pub is_meer: bool,
    /// After Benjamini–Hochberg.
    pub q: f64,
    /// Addresses of its hits and of what was as agreed.
    pub cites: Vec<String>,
}

/// A gemeente or aanbieder with its judged cases.
struct Groep {
    naam: String,
    share: Share,
    cites: Vec<String>,
}

/// The groups that differ, in order of their names; none when nothing can be compared.
pub(super) fn verschillen(
    context: &Context<'_>,
    measured: &Measured,
    groep: Vergelijk,
) -> Vec<Verschil> {
    let groups = groups(context, measured, groep);
    let shares: Vec<Share> = groups.iter().map(|one| one.share).collect();
    let tests: Vec<Option<ShareAgainstOthers>> =
        (0..shares.len()).map(|index| exact_against_others(&shares, index).ok()).collect();
    let p: Vec<Option<f64>> =
        tests.iter().map(|test| test.map(|test| test.tails.two_sided())).collect();
    let Ok(q) = benjamini_hochberg(&p) else { return Vec::new() };
    let mut out = Vec::new();
    for ((groep, test), q) in groups.into_iter().zip(tests).zip(q) {
        let (Some(test), Some(q)) = (test, q) else { continue };
        if q < MAX_Q {
            out.push(Verschil {
                naam: groep.naam,
                treffers: groep.share.hits,
                gevallen: groep.share.cases,
                elders: test.elsewhere,
                is_meer: test.tails.upper < test.tails.lower,
                q,
                cites: groep.cites,
            });
        }
    }
    out
}

/// Hits and judged cases per group with a name, in order of the names; groups without a judged case are left out.
fn groups(context: &Context<'_>, measured: &Measured, groep: Vergelijk) -> Vec<Groep> {
    let key = groep.key();
    let mut out: Vec<Groep> = Vec::new();
    for cell in cells(context, measured, &[key]) {
        let (code, verdict) = (measured.key_of(cell, key), measured.key_of(cell, OORDEEL));
        if code == ONBEKEND || ![GOED, TREFFER].contains(&verdict) {
            continue;
        }
        let naam = context.gemeente(code).to_owned();
        let at = out.iter().position(|known| known.naam == naam).unwrap_or_else(|| {
            let share = Share { hits: 0, cases: 0 };
            out.push(Groep { naam, share, cites: Vec::new() });
            out.len() - 1
        });
        out[at].share.hits += if verdict == TREFFER { cell.value } else { 0 };
        out[at].share.cases += cell.value;
        out[at].cites.push(measured.address(cell, GEVALLEN));
    }
    out.sort_by_cached_key(|groep| (sort_key(&groep.naam), groep.naam.clone()));
    out
}
