//! Which other cells are hidden so that no hidden cell can be worked out, with the proof.
//!
//! Enters: a [`System`], what is hidden already and what every sensitive cell must be able to look like. Leaves:
//! [`Pattern`]. The heuristic of sequential cheapest paths (Cox 1980; Fischetti and Salazar 2001 describe the exact form):
//! the smallest cell first, one proof per side, and what a proof moves is hidden from then on. A proof stays one when more
//! is hidden, so that no cell is looked at twice.

use std::collections::{BTreeMap, BTreeSet};

use super::ladder::{Ladder, Stand};
use super::neighbourhood::Wanted;
use super::pattern::{Failure, Pattern, betrayer};
use super::reuse::Sum;
use super::solver::Solver;
use super::system::{Cel, System};
use super::witness::{Need, Side, Witness};

/// Hides what is needed. `hidden` are the cells that are hidden whatever happens; the cells of `needs` are with them.
/// `twins` are cells that are hidden together, the number of children and the euros of one figure: each has its own needs
/// and proofs, and neither is hidden when one of them is known.
pub fn protect(
    system: &System,
    hidden: BTreeSet<Cel>,
    needs: &[Need],
    twins: &[Vec<Cel>],
    solver: &dyn Solver,
) -> Pattern {
    let mut work = Work::new(system, hidden, needs, twins, solver);
    work.search();
    let secondary = work.secondary();
    work.clean_up(secondary);
    work.finish()
}

/// Goes on from an earlier pattern after cells were withheld ([`System::withhold`]): its proofs still hold, so that only
/// what failed is sought again, and shown again is only what is newly hidden or stands in a sum with a cell that is free.
/// Needs of withheld cells stay, for a total elsewhere can betray them; leave them out when nothing can.
pub fn protect_again(
    system: &System,
    earlier: &Pattern,
    needs: &[Need],
    twins: &[Vec<Cel>],
    solver: &dyn Solver,
) -> Pattern {
    let mut work = Work::new(system, earlier.primary.clone(), needs, twins, solver);
    earlier.hidden.iter().for_each(|cel| work.hide(*cel));
    for witness in &earlier.witnesses {
        if witness.holds(system, |cel| earlier.hidden.contains(&cel)) {
            work.store(witness.clone());
        }
    }
    work.search();
    let is_near_free = |cel: &Cel| {
        let members = system.places(*cel).iter().flat_map(|(at, _)| system.members(*at));
        members.into_iter().any(|(other, _)| system.is_free(*other))
    };
    let mut secondary = work.secondary();
    secondary.retain(|cel| !earlier.hidden.contains(cel) || is_near_free(cel));
    work.clean_up(secondary);
    work.finish()
}

/// What is known while a pattern is made.
pub(super) struct Work<'a> {
    pub(super) needs: BTreeMap<Cel, Need>,
    pub(super) ladder: Ladder<'a>,
    pub(super) pattern: Pattern,
    /// Per cell the witnesses that move it.
    pub(super) movers: Vec<Vec<usize>>,
    /// Per witness the same in the smallest whole steps.
    pub(super) primitives: Vec<Witness>,
    /// Where proofs are added up.
    pub(super) sum: Sum,
    twins: BTreeMap<Cel, &'a [Cel]>,
    /// Cells and sides, in the order in which they are proven.
    order: Vec<(Cel, Side)>,
}

impl<'a> Work<'a> {
    fn new(
        system: &'a System,
        hidden: BTreeSet<Cel>,
        needs: &[Need],
        twins: &'a [Vec<Cel>],
        solver: &'a dyn Solver,
    ) -> Self {
        let mut sorted: Vec<Cel> = needs.iter().map(|need| need.cel).collect();
        // The smallest first: they need most, and what protects them helps the others.
        sorted.sort_by_key(|cel| (system.value(*cel), *cel));
        let of = |group: &'a Vec<Cel>| group.iter().map(|cel| (*cel, group.as_slice()));
        let mut ladder = Ladder::new(system, solver);
        for group in twins.iter().filter(|group| group.iter().any(|cel| is_known(system, *cel))) {
            for cel in group {
                ladder.stands[*cel] = Stand::Fixed;
            }
        }
        let mut work = Self {
            needs: needs.iter().map(|need| (need.cel, *need)).collect(),
            ladder,
            pattern: Pattern::default(),
            movers: vec![Vec::new(); system.cells().len()],
            primitives: Vec::new(),
            sum: Sum::new(system.cells().len()),
            twins: twins.iter().flat_map(of).collect(),
            order: sorted.into_iter().flat_map(|cel| Side::BOTH.map(|side| (cel, side))).collect(),
        };
        let sensitive = needs.iter().map(|need| need.cel);
        for cel in hidden.into_iter().chain(sensitive) {
            work.hide(cel);
            // Also a nought, when it is hidden for its own sake.
            let cell = &system.cells()[cel];
            if !cell.is_frozen && !cell.is_unseen {
                work.ladder.stands[cel] = Stand::Hidden;
            }
        }
        work.pattern.primary = work.pattern.hidden.clone();
        work
    }

    fn hide(&mut self, cel: Cel) {
        if self.ladder.system.cells()[cel].is_unseen || !self.pattern.hidden.insert(cel) {
            return;
        }
        if self.ladder.stands[cel] == Stand::Shown {
            self.ladder.stands[cel] = Stand::Hidden;
        }
        let twins = self.twins.get(&cel).copied().unwrap_or_default();
        let system = self.ladder.system;
        for twin in twins.iter().filter(|twin| !is_known(system, **twin)) {
            self.hide(*twin);
        }
    }

    /// Cells that are hidden together with this one, itself among them.
    pub(super) fn group(&self, cel: Cel) -> BTreeSet<Cel> {
        let twins = self.twins.get(&cel).copied().unwrap_or_default();
        std::iter::once(cel).chain(twins.iter().copied()).collect()
    }

    fn secondary(&self) -> Vec<Cel> {
        self.pattern.hidden.difference(&self.pattern.primary).copied().collect()
    }

    /// How far a cell must be moved to a side; `None` when its truth is far enough.
    pub(super) fn wanted(&self, cel: Cel, side: Side) -> Option<Wanted> {
        let amount = self.needs.get(&cel)?.amount(self.ladder.system, side);
        (amount > 0).then_some(Wanted { cel, sign: side.sign(), amount })
    }

    fn search(&mut self) {
        for (cel, side) in self.order.clone() {
            let Some(wanted) = self.wanted(cel, side) else { continue };
            let proof = self.known(wanted).or_else(|| {
                let found = self.sought(wanted)?;
                found.cells().for_each(|cel| self.hide(cel));
                Some(self.store(found))
            });
            if let Some(at) = proof {
                self.pattern.proofs.insert((cel, side), at);
            }
        }
    }

    /// The first stored proof that moves the cell far enough and moves only what is hidden now.
    pub(super) fn known(&self, wanted: Wanted) -> Option<usize> {
        let stands = &self.ladder.stands;
        let fits = |at: &usize| {
            let witness = &self.pattern.witnesses[*at];
            witness.of(wanted.cel) * wanted.sign >= wanted.amount
                && witness.cells().all(|cel| stands[cel].moves())
        };
        self.movers[wanted.cel].iter().copied().find(fits)
    }

    fn sought(&mut self, wanted: Wanted) -> Option<Witness> {
        if !self.ladder.stands[wanted.cel].moves() {
            return None;
        }
        self.again(wanted)
            .or_else(|| self.ladder.among_hidden(wanted, usize::MAX))
            .or_else(|| self.ladder.beyond(wanted))
    }

    /// A new proof in which nothing more is hidden, from what is known and what is near.
    pub(super) fn again(&mut self, wanted: Wanted) -> Option<Witness> {
        (self.combined(wanted))
            .or_else(|| self.ladder.nearby(wanted))
            .or_else(|| self.on_known(wanted))
    }

    /// Keeps a proof, by which it becomes known for every cell it moves.
    pub(super) fn store(&mut self, witness: Witness) -> usize {
        let at = self.pattern.witnesses.len();
        witness.cells().for_each(|cel| self.movers[cel].push(at));
        self.primitives.push(witness.primitive());
        self.pattern.witnesses.push(witness);
        at
    }

    /// The pattern with what is not proven, and without proofs of no use.
    fn finish(mut self) -> Pattern {
        self.pattern.compact();
        let stands = &self.ladder.stands;
        for (cel, side) in self.order.iter().copied() {
            if self.wanted(cel, side).is_none() || self.pattern.proofs.contains_key(&(cel, side)) {
                continue;
            }
            let moves = |other: Cel| stands[other].moves();
            let relation = betrayer(self.ladder.system, cel, side, moves);
            let failure = self.needs.get(&cel).map(|need| Failure { need: *need, side, relation });
            self.pattern.failed.extend(failure);
        }
        self.pattern
    }
}

/// True for a cell that is shown for good.
fn is_known(system: &System, cel: Cel) -> bool {
    system.cells()[cel].is_frozen && !system.cells()[cel].is_unseen
}
