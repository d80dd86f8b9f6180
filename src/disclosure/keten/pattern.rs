//! What is hidden in the end, and how it is known to be enough.

use std::collections::{BTreeMap, BTreeSet};

use super::system::{Cel, System};
use super::witness::{Need, Side, Witness};

/// What is hidden, and how it is known to be enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    /// Hidden cells: those that were to be hidden and those that protect them. Unseen cells are not counted.
    pub hidden: BTreeSet<Cel>,
    /// The hidden cells that were to be hidden, with their twins.
    pub primary: BTreeSet<Cel>,
    /// Per sensitive cell and side the number of its proof in `witnesses`.
    pub proofs: BTreeMap<(Cel, Side), usize>,
    /// The proofs, each of use.
    pub witnesses: Vec<Witness>,
    /// What has no proof: where it stands cannot be shown as it is.
    pub failed: Vec<Failure>,
}

/// A sensitive cell that can be worked out, or nearly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// What could not be met.
    pub need: Need,
    /// To which side.
    pub side: Side,
    /// Position of the relation that betrays it: the smallest in which nothing else is hidden, else the one that leaves the
    /// least room. `None` when it is in none.
    pub relation: Option<usize>,
}

/// Numbers for a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Cells hidden for their own sake.
    pub n_primary: usize,
    /// Cells hidden to protect others.
    pub n_secondary: usize,
    /// Proofs.
    pub n_witnesses: usize,
}

impl Pattern {
    /// True when every need is met by a proof that holds, in whole numbers and without any solver.
    pub fn is_proven(&self, system: &System, needs: &[Need]) -> bool {
        let is_hidden = |cel: Cel| self.hidden.contains(&cel);
        let has_proof = |need: &Need, side: Side| {
            let at = self.proofs.get(&(need.cel, side));
            let proof = at.and_then(|at| self.witnesses.get(*at));
            proof.is_some_and(|one| need.is_met(system, side, one) && one.holds(system, is_hidden))
        };
        needs.iter().all(|need| {
            let is_met = |side| need.amount(system, side) <= 0 || has_proof(need, side);
            let is_out_of_sight = is_hidden(need.cel) || system.cells()[need.cel].is_unseen;
            is_out_of_sight && Side::BOTH.into_iter().all(is_met)
        })
    }

    /// How many cells are hidden and how many proofs there are.
    pub fn counts(&self) -> Counts {
        Counts {
            n_primary: self.primary.len(),
            n_secondary: self.hidden.difference(&self.primary).count(),
            n_witnesses: self.witnesses.len(),
        }
    }

    /// Everything that makes this pattern what it is, in a fixed order and without ambiguity, to be hashed: the hidden cells,
    /// which proof is whose, and the proofs.
    pub fn words(&self) -> impl Iterator<Item = i64> + '_ {
        let hidden = self.hidden.iter().map(|cel| word(*cel));
        let proof =
            |((cel, side), at): (&(Cel, Side), &usize)| [word(*cel), side.sign(), word(*at)];
        let witness = |one: &Witness| {
            let changes = one.changes().to_vec();
            let words = changes.into_iter().flat_map(|(cel, change)| [word(cel), change]);
            std::iter::once(word(one.changes().len())).chain(words)
        };
        let sizes = [self.hidden.len(), self.proofs.len(), self.witnesses.len()].map(word);
        (sizes.into_iter())
            .chain(hidden)
            .chain(self.proofs.iter().flat_map(proof))
            .chain(self.witnesses.iter().flat_map(witness))
    }

    /// Keeps the witnesses that are a proof, in the order of the proofs.
    pub(super) fn compact(&mut self) {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for at in self.proofs.values_mut() {
            *at = *numbers.entry(*at).or_insert_with(|| {
                kept.push(self.witnesses[*at].clone());
                kept.len() - 1
            });
        }
        self.witnesses = kept;
    }
}

fn word(number: usize) -> i64 {
    // No list has more than 2^63 entries.
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The relation that betrays a cell: see [`Failure::relation`].
pub(super) fn betrayer(
    system: &System,
    cel: Cel,
    side: Side,
    moves: impl Fn(Cel) -> bool,
) -> Option<usize> {
    let tightness = |place: &(usize, i64)| {
        let (relation, own) = *place;
        let members = system.members(relation);
        let mut room: i128 = 0;
        let mut is_alone = true;
        for (other, sign) in members.iter().filter(|(other, _)| *other != cel && moves(*other)) {
            is_alone = false;
            // A part moves against the cell, a total along with it; upwards there is no end.
            let is_down = own * sign * side.sign() > 0;
            room += if is_down { i128::from(system.room(*other)) } else { i128::from(i64::MAX) };
        }
        (!is_alone, room, members.len(), relation)
    };
    system.places(cel).iter().map(tightness).min().map(|(_, _, _, relation)| relation)
}
