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
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    let mut out = Vec::new();
    loop {
        let next = match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return out,
            (Some(one), Some(other)) if one.0 == other.0 => {
                (a.next(), b.next());
                (one.0, one.1.wrapping_sub(other.1))
            }
            (Some(one), other) if other.is_none_or(|other| one.0 < other.0) => {
                a.next();
                one
            }
            (_, Some(other)) => {
                b.next();
                (other.0, other.1.wrapping_neg())
            }
            (Some(_), None) => return out,
        };
        if next.1 != 0 {
            out.push(next);
        }
    }
}
