//! The cheapest move of one cell, sought in ever wider neighbourhoods: the first that has one is taken.
//!
//! A rung is tried with flows first, exact and fast, and with a linear programme only where its cells are no network.

use super::bounds::narrowed;
use super::flow::{self, Sent};
use super::ground::Ground;
use super::merge::merged;
use super::neighbourhood::{Move, Neighbourhood, Wanted};
use super::solver::Solver;
use super::system::{Cel, System};
use super::witness::Witness;

/// Price of moving what is hidden already: nearly nothing, so that short ways are taken.
pub(super) const HIDDEN_COST: i64 = 10;

/// Price of the smallest cell that is not hidden yet.
const NEW_COST: i64 = 1000;

/// Units in which a linear programme moves its target at most: floating point stays far from its limits.
const STEPS: i64 = 1000;

/// Cells among which a move is sought, nearest first, before all are taken.
const SIZES: [usize; 4] = [120, 360, 600, 900];

/// Hidden cells that are taken along when more is hidden, nearest first, before all are.
const WIDE: usize = 1500;

/// Cells of each sum that are tried as the one that does the opposite.
const PARTNERS: usize = 2;

/// Whether a cell can move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Shown for good, or known.
    Fixed,
    /// Shown now, can be hidden.
    Shown,
    /// Hidden.
    Hidden,
    /// In no output.
    Free,
}

impl Stand {
    /// True for what moves without anything more being hidden.
    pub(super) fn moves(self) -> bool {
        matches!(self, Self::Hidden | Self::Free)
    }
}

/// Seeks moves in a system of which is known what is hidden.
pub(super) struct Ladder<'a> {
    pub(super) system: &'a System,
    pub(super) stands: Vec<Stand>,
    pub(super) solver: &'a dyn Solver,
    pub(super) ground: Ground,
}

impl<'a> Ladder<'a> {
    /// A ladder on a system in which nothing is hidden.
    pub(super) fn new(system: &'a System, solver: &'a dyn Solver) -> Self {
        let stand = |cel| match () {
            () if system.is_free(cel) => Stand::Free,
            () if system.can_hide(cel) => Stand::Shown,
            () => Stand::Fixed,
        };
        let stands = (0..system.cells().len()).map(stand).collect();
        Self { system, stands, solver, ground: Ground::new(system) }
    }

    /// A move of what is hidden nearby: among all of it when that is a network, else between two layers of it, and else by a
    /// programme.
    pub(super) fn nearby(&mut self, wanted: Wanted) -> Option<Witness> {
        let near = self.around(wanted, (3, false), Stand::moves);
        match self.try_flow(wanted, &near) {
            Tried::Found(witness) => return Some(witness),
            Tried::Stuck => {}
            Tried::NoNetwork => {
                let found = self.between_layers(wanted);
                if let Some(witness) = found.or_else(|| self.try_among(wanted, &near)) {
                    return Some(witness);
                }
            }
        }
        let wider = self.around(wanted, (2, true), Stand::moves);
        self.try_among(wanted, &wider)
    }

    /// A move in which another part of a sum does the opposite, and what stands beside the one likewise beside the other:
    /// the same table in two quarters, so that nothing changes in the year.
    fn between_layers(&mut self, wanted: Wanted) -> Option<Witness> {
        for other in self.partners(wanted.cel) {
            let both = self.layers(wanted.cel, other);
            if let Tried::Found(witness) = self.try_flow(wanted, &both) {
                return Some(witness);
            }
        }
        None
    }

    /// Parts of the sums a cell is part of that can do the opposite.
    pub(super) fn partners(&self, cel: Cel) -> Vec<Cel> {
        let mut partners = Vec::new();
        for (relation, own) in self.system.places(cel) {
            let parts = self.system.members(*relation).iter().filter(|(_, sign)| sign == own);
            let others = parts.map(|(other, _)| *other).filter(|other| *other != cel);
            partners.extend(others.filter(|other| self.stands[*other].moves()).take(PARTNERS));
        }
        partners
    }

    pub(super) fn layers(&mut self, one: Cel, other: Cel) -> Vec<Cel> {
        let stands = &self.stands;
        self.ground.layers(self.system, one, other, |cel| stands[cel].moves())
    }

    /// A move of what is hidden anywhere, among so many cells at most: near first, because a small programme is a fast one.
    pub(super) fn among_hidden(&mut self, wanted: Wanted, most: usize) -> Option<Witness> {
        let all = self.around(wanted, (usize::MAX, true), Stand::moves);
        let wide = all.len().min(most);
        for size in SIZES.into_iter().filter(|size| *size < wide).chain([wide]) {
            if let Some(witness) = self.try_among(wanted, &all[..size]) {
                return Some(witness);
            }
        }
        None
    }

    /// False when bounds alone tell that no move of what is hidden will do.
    pub(super) fn is_thinkable(&mut self, wanted: Wanted) -> bool {
        let system = self.system;
        let all = self.around(wanted, (usize::MAX, true), Stand::moves);
        let room = |cel| system.room(cel);
        let near = self.ground.neighbourhood(system, wanted, &all, |_| HIDDEN_COST, room);
        near.and_then(narrowed).is_some()
    }

    /// A move in which more is hidden.
    pub(super) fn beyond(&mut self, wanted: Wanted) -> Option<Witness> {
        let may_move = |stand: Stand| stand != Stand::Fixed;
        let near = self.around(wanted, (3, false), may_move);
        if let Some(witness) = self.try_among(wanted, &near) {
            return Some(witness);
        }
        let mut wider = self.around(wanted, (2, true), may_move);
        wider.extend(near);
        let hidden = self.around(wanted, (usize::MAX, true), Stand::moves);
        for size in [WIDE, hidden.len()] {
            wider.extend(hidden.iter().take(size));
            if let Some(witness) = self.try_among(wanted, &wider) {
                return Some(witness);
            }
        }
        let all = self.around(wanted, (usize::MAX, true), may_move);
        self.try_among(wanted, &all)
    }

    pub(super) fn around(
        &mut self,
        wanted: Wanted,
        reach: (usize, bool),
        may_move: impl Fn(Stand) -> bool,
    ) -> Vec<Cel> {
        let stands = &self.stands;
        self.ground.around(self.system, wanted.cel, reach, |cel| may_move(stands[cel]))
    }

    /// A move among these cells, checked.
    fn try_among(&mut self, wanted: Wanted, candidates: &[Cel]) -> Option<Witness> {
        match self.tried(wanted, candidates, Some(self.solver)) {
            Tried::Found(witness) => Some(witness),
            Tried::Stuck | Tried::NoNetwork => None,
        }
    }

    /// The same without a programme.
    fn try_flow(&mut self, wanted: Wanted, candidates: &[Cel]) -> Tried {
        self.tried(wanted, candidates, None)
    }

    fn tried(&mut self, wanted: Wanted, candidates: &[Cel], solver: Option<&dyn Solver>) -> Tried {
        let (system, stands) = (self.system, &self.stands);
        let cost = |cel| cost(system, stands, cel);
        let room = |cel| system.room(cel);
        let near = self.ground.neighbourhood(system, wanted, candidates, cost, room);
        let Some(near) = near.and_then(narrowed) else { return Tried::Stuck };
        let moved = match moved(&near, solver) {
            Ok(Some(moved)) => moved,
            Ok(None) => return Tried::Stuck,
            Err(NoNetwork) => return Tried::NoNetwork,
        };
        let changes = near.cells.iter().zip(moved);
        let witness = Witness::new(changes.map(|(cell, moved)| (cell.cel, moved)));
        let is_far = witness.of(wanted.cel).saturating_mul(wanted.sign) >= wanted.amount;
        let may_move = |cel: Cel| stands[cel] != Stand::Fixed;
        if is_far && witness.holds(system, may_move) { Tried::Found(witness) } else { Tried::Stuck }
    }
}

/// What trying to find a move gave.
pub(super) enum Tried {
    Found(Witness),
    Stuck,
    NoNetwork,
}

/// There is no network, and no solver either.
pub(super) struct NoNetwork;

/// The cheapest move in a neighbourhood, if there is one: by flows, after merging if need be, and else by a programme.
pub(super) fn moved(
    near: &Neighbourhood,
    solver: Option<&dyn Solver>,
) -> Result<Option<Move>, NoNetwork> {
    match flow::send(near) {
        Sent::Moved(moved) => return Ok(Some(moved)),
        Sent::Stuck => return Ok(None),
        Sent::NoNetwork => {}
    }
    let Some(merged) = merged(near) else { return Ok(None) };
    match flow::send(&merged.near) {
        Sent::Moved(moved) => return Ok(Some(merged.expanded(&moved))),
        Sent::Stuck => return Ok(None),
        Sent::NoNetwork => {}
    }
    let scaled = merged.near.clone().scaled(STEPS);
    let Some(solver) = solver else { return Err(NoNetwork) };
    let in_units = solver.solve(&scaled);
    Ok(in_units.map(|moved| {
        let moved: Move = moved.iter().map(|one| one.saturating_mul(scaled.unit)).collect();
        merged.expanded(&moved)
    }))
}

/// What moving a cell by one costs. Hiding a large figure, or a total, costs more.
fn cost(system: &System, stands: &[Stand], cel: Cel) -> i64 {
    match stands[cel] {
        Stand::Free => 0,
        Stand::Hidden => HIDDEN_COST,
        Stand::Shown | Stand::Fixed => weight(system, cel).saturating_mul(NEW_COST),
    }
}

/// How dear it is to hide a cell.
fn weight(system: &System, cel: Cel) -> i64 {
    let cell = &system.cells()[cel];
    let size = cell.value.unsigned_abs().isqrt().cast_signed() + 1;
    // Levels are a handful; beyond that paths could not be added up.
    size * (1 + 9 * i64::from(cell.level.min(100)))
}
