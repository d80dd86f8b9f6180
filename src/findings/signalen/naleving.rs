//! How far the agreed steps were followed, per gemeente and quarter (Z47, Z48).
//!
//! Enters: the signals of the chapter proces that look back. Leaves: [`Naleving`]: judged steps that went as agreed.

use std::collections::BTreeMap;

use crate::findings::signalen::Signaal;
use crate::findings::{Chapter, Context};
use crate::metrics::Period;
use crate::metrics::signaal::{GEVALLEN, GOED, OORDEEL, TREFFER};
use crate::metrics::{Measured, ONBEKEND};
use crate::period::Kwartaal;
use crate::region::Stand;

/// Steps of a gemeente in a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stappen {
    /// Rules that had something to judge.
    pub regels: i64,
    /// Rules without a single hit.
    pub regels_gevolgd: i64,
    /// Cases that were judged.
    pub gevallen: i64,
    /// Cases that were as agreed.
    pub gevallen_gevolgd: i64,
}

/// Adherence of the region.
#[derive(Debug, Clone, PartialEq)]
pub struct Naleving {
    /// Quarters, earliest first; those of the report and before.
    pub kwartalen: Vec<Kwartaal>,
    /// Code of a gemeente to its steps, in the order of `kwartalen`; absent where nothing could be judged.
    pub gemeenten: BTreeMap<String, Vec<Option<Stappen>>>,
    /// Addresses of the figures.
    pub cites: Vec<String>,
}

/// Adds up the steps; `None` when no rule of the procedure could be judged.
pub(super) fn naleving(context: &Context<'_>, signalen: &[Signaal]) -> Option<Naleving> {
    // Before the agreements there was nothing to follow.
    let start = context.region.evaluatie.as_ref().and_then(|evaluatie| evaluatie.start);
    let mut kwartalen = context.kwartaal.last_n(8);
    kwartalen.retain(|kwartaal| start.is_none_or(|start| start <= kwartaal.last_day()));
    let mut steps: BTreeMap<(String, Kwartaal), Stappen> = BTreeMap::new();
    let mut cites = Vec::new();
    for signaal in signalen {
        if signaal.chapter != Chapter::Proces || signaal.stand != Stand::Controle {
            continue;
        }
        let Some(measured) = context.query(&signaal.query) else { continue };
        if measured.query.period != Period::AchtKwartalen {
            continue;
        }
        for (key, (goed, treffers)) in verdicts(measured, &mut cites) {
            if !kwartalen.contains(&key.1) {
                continue;
            }
            let steps = steps.entry(key).or_default();
            steps.regels += 1;
            steps.regels_gevolgd += i64::from(treffers == 0);
            steps.gevallen += goed + treffers;
            steps.gevallen_gevolgd += goed;
        }
    }
    if steps.is_empty() {
        return None;
    }
    let of = |code: &str| {
        let one = |kwartaal: &Kwartaal| steps.get(&(code.to_owned(), *kwartaal)).copied();
        kwartalen.iter().map(one).collect::<Vec<_>>()
    };
    let gemeenten =
        context.region.gemeenten.iter().map(|g| (g.code.clone(), of(&g.code))).collect();
    Some(Naleving { kwartalen, gemeenten, cites })
}

/// As agreed and hit, per gemeente and quarter.
fn verdicts(
    measured: &Measured,
    cites: &mut Vec<String>,
) -> BTreeMap<(String, Kwartaal), (i64, i64)> {
    let mut out: BTreeMap<(String, Kwartaal), (i64, i64)> = BTreeMap::new();
    let cells = measured.level(&[OORDEEL, "gemeente", "kwartaal"]).map(|level| &level.cells);
    for cell in cells.into_iter().flatten() {
        let (code, verdict) = (measured.key_of(cell, "gemeente"), measured.key_of(cell, OORDEEL));
        let Ok(kwartaal) = measured.key_of(cell, "kwartaal").parse() else { continue };
        if code == ONBEKEND || ![GOED, TREFFER].contains(&verdict) {
            continue;
        }
        let (goed, treffers) = out.entry((code.to_owned(), kwartaal)).or_default();
        *(if verdict == TREFFER { treffers } else { goed }) += cell.value;
        cites.push(measured.address(cell, GEVALLEN));
    }
    out
}
