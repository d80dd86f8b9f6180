//! A new proof out of proofs that are known: the same the other way round, several times, or several together.
//!
//! Sums of moves keep every relation, so that only the floors are to be looked at. It costs next to nothing beside a search
//! and hides nothing more.

use super::neighbourhood::Wanted;
use super::protect::Work;
use super::system::Cel;
use super::witness::Witness;

/// Proofs that are tried for one cell, at most; the latest first, for those know most of what is hidden.
const TRIED: usize = 24;

/// Proofs of one sum that are built upon.
const BASES: usize = 4;

/// Changes that are being added up: per cell, and which cells were touched.
#[derive(Debug)]
pub(super) struct Sum {
    changes: Vec<i64>,
    touched: Vec<Cel>,
}

impl Sum {
    /// Nothing added yet, for so many cells.
    pub(super) fn new(n_cells: usize) -> Self {
        Self { changes: vec![0; n_cells], touched: Vec::new() }
    }

    fn add(&mut self, witness: &Witness, times: i64) {
        for (cel, change) in witness.changes() {
            self.changes[*cel] += change * times;
            self.touched.push(*cel);
        }
    }

    /// What was added, after which it is empty again.
    fn take(&mut self) -> Witness {
        self.touched.sort_unstable();
        self.touched.dedup();
        let changes = &mut self.changes;
        let taken = self.touched.drain(..);
        Witness::new(taken.map(|cel| (cel, std::mem::take(&mut changes[cel]))))
    }
}

impl Work<'_> {
    /// A proof made of stored ones, or `None` when those do not reach.
    pub(super) fn combined(&mut self, wanted: Wanted) -> Option<Witness> {
        let mut sum = std::mem::replace(&mut self.sum, Sum::new(0));
        let movers = self.movers[wanted.cel].iter().rev().take(TRIED);
        for at in movers {
            let witness = &self.primitives[*at];
            let left = wanted.amount - sum.changes[wanted.cel] * wanted.sign;
            let step = witness.of(wanted.cel);
            let most = (left + step.abs() - 1) / step.abs();
            let times = self.times(witness, step.signum() * wanted.sign, &sum, most);
            sum.add(witness, times);
            if sum.changes[wanted.cel] * wanted.sign >= wanted.amount {
                break;
            }
        }
        let is_enough = sum.changes[wanted.cel] * wanted.sign >= wanted.amount;
        let made = sum.take();
        self.sum = sum;
        is_enough.then_some(made)
    }

    /// A proof on top of one that moves a sum the cell is part of: where the surroundings of the cell have too little room
    /// among themselves, the sum gives it.
    pub(super) fn on_known(&mut self, wanted: Wanted) -> Option<Witness> {
        let system = self.ladder.system;
        let mut n_tried = 0;
        for (relation, own) in system.places(wanted.cel) {
            let along = system.members(*relation).iter().filter(|(_, sign)| sign != own);
            for (other, _) in along {
                for at in self.movers[*other].clone().into_iter().rev().take(BASES) {
                    let Some(base) = self.base(wanted, *other, at) else { continue };
                    if n_tried == 2 * BASES {
                        return None;
                    }
                    n_tried += 1;
                    if let Some(witness) = self.ladder.on_top(wanted, &base) {
                        return Some(witness);
                    }
                }
            }
        }
        None
    }

    /// A known move, so often that it moves the other cell as far as is wanted; `None` when it cannot.
    fn base(&self, wanted: Wanted, other: Cel, at: usize) -> Option<Witness> {
        let witness = &self.primitives[at];
        let step = witness.of(other);
        let most = (wanted.amount + step.abs() - 1) / step.abs();
        let times = self.times(witness, step.signum() * wanted.sign, &self.sum, most);
        let is_enough = times != 0 && witness.of(wanted.cel) * times * wanted.sign >= 0;
        is_enough.then(|| witness.times(times))
    }

    /// How often a move can be added in this direction, at most `most`; with its sign.
    fn times(&self, witness: &Witness, direction: i64, sum: &Sum, most: i64) -> i64 {
        let mut times = most;
        for (cel, change) in witness.changes() {
            if !self.ladder.stands[*cel].moves() {
                return 0;
            }
            let down = -change * direction;
            if down > 0 {
                let room = self.ladder.system.room(*cel).saturating_add(sum.changes[*cel]);
                times = times.min(room / down);
            }
        }
        times.max(0) * direction
    }
}
