//! Moves on top of a move that is known: what that one moved can be moved back, so that there is room where there was none.

use std::collections::BTreeMap;

use super::bounds::narrowed;
use super::ladder::{HIDDEN_COST, Ladder, NoNetwork, Stand, Tried, moved};
use super::neighbourhood::Wanted;
use super::solver::Solver;
use super::system::Cel;
use super::witness::Witness;

impl Ladder<'_> {
    /// A move of what is hidden nearby, on top of a move that is known: what that one moved can be moved back.
    pub(super) fn on_top(&mut self, wanted: Wanted, base: &Witness) -> Option<Witness> {
        let amount = wanted.amount - base.of(wanted.cel) * wanted.sign;
        if amount <= 0 {
            return Some(base.clone());
        }
        self.added(Wanted { amount, ..wanted }, base, None, |_| true)
    }

    /// The same move without this cell: what is hidden near it takes its place, but for cells that must stay as they are.
    pub(super) fn without(
        &mut self,
        cel: Cel,
        base: &Witness,
        may_change: impl Fn(Cel) -> bool,
    ) -> Option<Witness> {
        let moved = base.of(cel);
        let back = Wanted { cel, sign: -moved.signum(), amount: moved.abs() };
        self.added(back, base, Some(self.solver), may_change)
    }

    /// A move nearby, added to another; where that is no network, between two layers.
    fn added(
        &mut self,
        wanted: Wanted,
        base: &Witness,
        solver: Option<&dyn Solver>,
        may_change: impl Fn(Cel) -> bool,
    ) -> Option<Witness> {
        let mut near = self.around(wanted, (3, false), Stand::moves);
        near.retain(|cel| may_change(*cel));
        let partners = match self.added_among(wanted, base, None, &near) {
            Tried::Found(witness) => return Some(witness),
            Tried::Stuck => return None,
            Tried::NoNetwork => self.partners(wanted.cel),
        };
        for other in partners {
            let mut both = self.layers(wanted.cel, other);
            both.retain(|cel| may_change(*cel));
            if let Tried::Found(witness) = self.added_among(wanted, base, None, &both) {
                return Some(witness);
            }
        }
        match solver.map(|solver| self.added_among(wanted, base, Some(solver), &near)) {
            Some(Tried::Found(witness)) => Some(witness),
            _ => None,
        }
    }

    fn added_among(
        &mut self,
        wanted: Wanted,
        base: &Witness,
        solver: Option<&dyn Solver>,
        candidates: &[Cel],
    ) -> Tried {
        let system = self.system;
        let room = |cel| system.room(cel).saturating_add(base.of(cel));
        let near = self.ground.neighbourhood(system, wanted, candidates, |_| HIDDEN_COST, room);
        let Some(near) = near.and_then(narrowed) else { return Tried::Stuck };
        let moved = match moved(&near, solver) {
            Ok(Some(moved)) => moved,
            Ok(None) => return Tried::Stuck,
            Err(NoNetwork) => return Tried::NoNetwork,
        };
        let mut changes: BTreeMap<Cel, i64> = base.changes().iter().copied().collect();
        for (cell, moved) in near.cells.iter().zip(moved) {
            *changes.entry(cell.cel).or_default() += moved;
        }
        let (stands, witness) = (&self.stands, Witness::new(changes));
        let holds = witness.holds(system, |cel| stands[cel].moves());
        if holds { Tried::Found(witness) } else { Tried::Stuck }
    }
}
