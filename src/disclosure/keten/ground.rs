//! The cells among which a move is sought: small enough to be fast, pruned of what cannot take part.

use std::collections::BTreeMap;

use super::neighbourhood::{Near, Neighbourhood, Wanted};
use super::system::{Cel, System};

/// No cell has to move further than so many times what its target moves.
const REACH: i64 = 4;

/// Hops within which two layers are told apart.
const LAYER_HOPS: usize = 3;

/// Marks on cells and relations, made once and used over and over: there are tens of thousands of moves to seek. A mark
/// counts when it has the number of the search it was made in.
#[derive(Debug)]
pub(super) struct Ground {
    search: u32,
    cells: Vec<u32>,
    relations: Vec<u32>,
    /// Members that are in, per relation.
    n_members: Vec<u32>,
    /// Number of the relation in the neighbourhood, from 1; 0 when it has none.
    numbers: Vec<u32>,
}

impl Ground {
    /// Ground for a system.
    pub(super) fn new(system: &System) -> Self {
        let (n_cells, n_relations) = (system.cells().len(), system.relations().len());
        Self {
            search: 0,
            cells: vec![0; n_cells],
            relations: vec![0; n_relations],
            n_members: vec![0; n_relations],
            numbers: vec![0; n_relations],
        }
    }

    fn begin(&mut self) {
        if self.search == u32::MAX {
            self.cells.fill(0);
            self.relations.fill(0);
            self.search = 0;
        }
        self.search += 1;
    }

    /// True the first time a cell is marked in this search.
    fn mark(&mut self, cel: Cel) -> bool {
        std::mem::replace(&mut self.cells[cel], self.search) != self.search
    }

    /// True the first time a relation is marked in this search.
    fn mark_relation(&mut self, relation: usize) -> bool {
        std::mem::replace(&mut self.relations[relation], self.search) != self.search
    }

    /// Cells within so many hops that may move: from a part of a sum to its other parts, and to the sum itself when totals
    /// are wanted.
    pub(super) fn around(
        &mut self,
        system: &System,
        target: Cel,
        (hops, with_totals): (usize, bool),
        may_move: impl Fn(Cel) -> bool,
    ) -> Vec<Cel> {
        self.begin();
        self.mark(target);
        let mut found = vec![target];
        let mut begin = 0;
        for _ in 0..hops {
            let end = found.len();
            if begin == end {
                break;
            }
            for at in begin..end {
                for (relation, sign) in system.places(found[at]) {
                    if (*sign < 0 && !with_totals) || !self.mark_relation(*relation) {
                        continue;
                    }
                    for (other, sign) in system.members(*relation) {
                        if (with_totals || *sign > 0) && may_move(*other) && self.mark(*other) {
                            found.push(*other);
                        }
                    }
                }
            }
            begin = end;
        }
        found
    }

    /// Cells that may move and are nearer to one of two cells than to the other, counted in hops from part to part over
    /// any cells, at most `LAYER_HOPS`.
    pub(super) fn layers(
        &mut self,
        system: &System,
        one: Cel,
        other: Cel,
        may_move: impl Fn(Cel) -> bool,
    ) -> Vec<Cel> {
        let mut distances: BTreeMap<Cel, usize> = BTreeMap::new();
        for (at, cel) in self.distances(system, one) {
            distances.insert(cel, at);
        }
        let others = self.distances(system, other).into_iter();
        let differs = |(at, cel): &(usize, Cel)| distances.get(cel).is_some_and(|own| own != at);
        others.filter(differs).map(|(_, cel)| cel).filter(|cel| may_move(*cel)).collect()
    }

    fn distances(&mut self, system: &System, from: Cel) -> Vec<(usize, Cel)> {
        self.begin();
        self.mark(from);
        let mut found = vec![(0, from)];
        let mut at = 0;
        while let Some((distance, cel)) = found.get(at).copied() {
            at += 1;
            if distance == LAYER_HOPS {
                break;
            }
            for (relation, sign) in system.places(cel) {
                if *sign < 0 || !self.mark_relation(*relation) {
                    continue;
                }
                for (other, sign) in system.members(*relation) {
                    if *sign > 0 && self.mark(*other) {
                        found.push((distance + 1, *other));
                    }
                }
            }
        }
        found
    }

    /// The part of `candidates` that can move together with the target; `None` when the target cannot move among them.
    /// `cost` is the price of moving a cell by one, `room` how far it
    /// can go down.
    pub(super) fn neighbourhood(
        &mut self,
        system: &System,
        wanted: Wanted,
        candidates: &[Cel],
        cost: impl Fn(Cel) -> i64,
        room: impl Fn(Cel) -> i64,
    ) -> Option<Neighbourhood> {
        self.begin();
        let candidates: Vec<Cel> = candidates.iter().copied().chain([wanted.cel]).collect();
        for cel in candidates.iter().copied() {
            if self.mark(cel) {
                system.places(cel).iter().for_each(|(relation, _)| self.n_members[*relation] += 1);
            }
        }
        let can_move = self.prune(system, wanted.cel, &candidates);
        let near = can_move.then(|| {
            let kept = self.connected(system, wanted.cel);
            self.made(system, wanted, &kept, (cost, room))
        });
        for cel in candidates.iter().copied() {
            for (relation, _) in system.places(cel) {
                self.n_members[*relation] = 0;
                self.numbers[*relation] = 0;
            }
        }
        near
    }

    /// Takes out cells that stand alone in a relation, for those cannot move; false when the target is one.
    fn prune(&mut self, system: &System, target: Cel, candidates: &[Cel]) -> bool {
        let is_alone = |n_members: &[u32], cel: Cel| {
            system.places(cel).iter().any(|(relation, _)| n_members[*relation] == 1)
        };
        let mut open = candidates.to_vec();
        open.retain(|cel| is_alone(&self.n_members, *cel));
        while let Some(cel) = open.pop() {
            if cel == target {
                return false;
            }
            if std::mem::take(&mut self.cells[cel]) != self.search {
                continue;
            }
            for (relation, _) in system.places(cel) {
                self.n_members[*relation] -= 1;
                if self.n_members[*relation] == 1 {
                    let others = system.members(*relation).iter().map(|(other, _)| *other);
                    open.extend(others.filter(|other| self.cells[*other] == self.search));
                }
            }
        }
        true
    }

    /// The cells that are left and connected to the target, by number. Takes their marks.
    fn connected(&mut self, system: &System, target: Cel) -> Vec<Cel> {
        self.cells[target] = 0;
        let mut found = vec![target];
        let mut at = 0;
        while let Some(cel) = found.get(at).copied() {
            at += 1;
            for (relation, _) in system.places(cel) {
                if !self.mark_relation(*relation) {
                    continue;
                }
                for (other, _) in system.members(*relation) {
                    if self.cells[*other] == self.search {
                        self.cells[*other] = 0;
                        found.push(*other);
                    }
                }
            }
        }
        found.sort_unstable();
        found
    }

    fn made(
        &mut self,
        system: &System,
        wanted: Wanted,
        kept: &[Cel],
        (cost, room): (impl Fn(Cel) -> i64, impl Fn(Cel) -> i64),
    ) -> Neighbourhood {
        let limit = wanted.amount.saturating_mul(REACH).min(i64::MAX / 4);
        let mut n_relations = 0;
        let mut cells = Vec::with_capacity(kept.len());
        let mut target = 0;
        for cel in kept.iter().copied() {
            let place = |(relation, sign): &(usize, i64)| {
                let number = &mut self.numbers[*relation];
                if *number == 0 {
                    n_relations += 1;
                    *number = n_relations;
                }
                (*number as usize - 1, *sign)
            };
            let places = system.places(cel).iter().map(place).collect();
            if cel == wanted.cel {
                target = cells.len();
            }
            let down = room(cel).min(limit);
            cells.push(Near { cel, up: limit, down, cost: cost(cel), places });
        }
        let n_relations = n_relations as usize;
        Neighbourhood {
            cells,
            n_relations,
            target,
            sign: wanted.sign,
            amount: wanted.amount,
            unit: 1,
        }
    }
}
