//! Whether an answer tells something together with two earlier ones: the whole, one part, and what both leave.
//!
//! Enters: who stands behind a row, and earlier answers to look children up in. Leaves: yes or no.

use crate::metrics::populatie::dichtbij::Eerder;

/// True when what is left of a row after an earlier one is taken from it, or of the earlier one after this row is, counts
/// nearly the same as a third.
pub(super) fn botst_met_twee(own: &[(i64, u64)], eerder: &[&Eerder<'_>], grens: usize) -> bool {
    eerder.iter().any(|tussen| {
        tussen.met_een_van(own, grens).into_iter().any(|at| {
            let rest = min(own, &tussen.samen[at].kinderen);
            // Fewer is already too near by itself; nobody is the same answer.
            if rest.len() < grens {
                return false;
            }
            let terug: Vec<(i64, u64)> =
                rest.iter().map(|(wie, som)| (*wie, som.wrapping_neg())).collect();
            let is_near = |other: &&Eerder<'_>| {
                other.telt_bijna_hetzelfde(&rest, grens)
                    || other.telt_bijna_hetzelfde(&terug, grens)
            };
            eerder.iter().any(is_near)
        })
    })
}

/// What each child counts in the one less what it counts in the other; who counts the same is left out.
fn min(a: &[(i64, u64)], b: &[(i64, u64)]) -> Vec<(i64, u64)> {
    let mut out = Vec::with_capacity(a.len());
    let mut b = b.iter().copied().peekable();
    for (wie, som) in a.iter().copied() {
        while let Some((other, less)) = b.next_if(|(other, _)| *other < wie) {
            out.push((other, less.wrapping_neg()));
        }
        let less = b.next_if(|(other, _)| *other == wie).map_or(0, |(_, less)| less);
        out.push((wie, som.wrapping_sub(less)));
    }
    out.extend(b.map(|(other, less)| (other, less.wrapping_neg())));
    out.retain(|(_, som)| *som != 0);
    out
}
