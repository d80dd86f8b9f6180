//! The proof that a hidden cell can have another value: a whole-number change that agrees with everything that is shown.

use super::system::{Cel, System};

/// What a cell must be able to look like to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The cell.
    pub cel: Cel,
    /// At most this must be possible.
    pub low: i64,
    /// At least this must be possible.
    pub high: i64,
}

/// The direction in which a cell is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Towards [`Need::high`].
    Up,
    /// Towards [`Need::low`].
    Down,
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Up, Self::Down];

    /// +1 or −1.
    pub fn sign(self) -> i64 {
        match self {
            Self::Up => 1,
            Self::Down => -1,
        }
    }
}

impl Need {
    /// What a count of children must be able to look like: anything up to `minimum`, 2 less and 3 more than it is, and
    /// never within fewer than 5.
    pub fn of_count(system: &System, cel: Cel, minimum: i64) -> Self {
        let value = system.value(cel);
        let low = system.floor(cel).max(value.saturating_sub(2));
        let high = minimum.max(value.saturating_add(3)).max(low.saturating_add(5));
        Self { cel, low, high }
    }

    /// How far the cell must move; 0 or less when it needs not.
    pub fn amount(&self, system: &System, side: Side) -> i64 {
        let value = system.value(self.cel);
        match side {
            Side::Up => self.high.saturating_sub(value),
            Side::Down => value.saturating_sub(self.low),
        }
    }

    /// True when this change moves the cell far enough to that side.
    pub fn is_met(&self, system: &System, side: Side, witness: &Witness) -> bool {
        witness.of(self.cel).saturating_mul(side.sign()) >= self.amount(system, side)
    }
}

/// A change of cells, in whole units; cells that are not named do not change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Witness {
    /// By cell, each once, none nought.
    changes: Vec<(Cel, i64)>,
}

impl Witness {
    /// Keeps what is not nought. Each cell is given once.
    pub fn new(changes: impl IntoIterator<Item = (Cel, i64)>) -> Self {
        let mut changes: Vec<_> = changes.into_iter().filter(|(_, change)| *change != 0).collect();
        changes.sort_unstable_by_key(|(cel, _)| *cel);
        Self { changes }
    }

    /// The same change in the smallest whole steps.
    pub(super) fn primitive(&self) -> Self {
        let changes = self.changes.iter().map(|(_, change)| *change);
        let step = changes.fold(0, greatest_common_divisor).max(1);
        Self { changes: self.changes.iter().map(|(cel, change)| (*cel, change / step)).collect() }
    }

    /// The same change so many times.
    pub(super) fn times(&self, times: i64) -> Self {
        let changes = self.changes.iter().map(|(cel, change)| (*cel, change * times));
        Self { changes: changes.collect() }
    }

    /// The change of a cell.
    pub fn of(&self, cel: Cel) -> i64 {
        self.changes.binary_search_by_key(&cel, |(cel, _)| *cel).map_or(0, |at| self.changes[at].1)
    }

    /// Cells that change.
    pub fn cells(&self) -> impl Iterator<Item = Cel> + '_ {
        self.changes.iter().map(|(cel, _)| *cel)
    }

    /// The changes with their cells, by cell.
    pub fn changes(&self) -> &[(Cel, i64)] {
        &self.changes
    }

    /// True when the changed table agrees with all that is shown: every relation still holds, only cells that are hidden or
    /// free change, none that is known, and none goes below what a reader knows it is at least. Whole numbers only; no
    /// solver has a say in it.
    pub fn holds(&self, system: &System, is_hidden: impl Fn(Cel) -> bool) -> bool {
        let mut sums: Vec<(usize, i128)> = Vec::with_capacity(self.changes.len() * 3);
        let mut last = None;
        for (cel, change) in self.changes.iter().copied() {
            let after = i128::from(system.value(cel)) + i128::from(change);
            let may_move =
                system.is_free(cel) || (is_hidden(cel) && !system.cells()[cel].is_frozen);
            if !may_move || last.replace(cel) == Some(cel) || after < i128::from(system.floor(cel))
            {
                return false;
            }
            let places = system.places(cel).iter();
            sums.extend(places.map(|(at, sign)| (*at, i128::from(change) * i128::from(*sign))));
        }
        sums.sort_unstable_by_key(|(relation, _)| *relation);
        sums.chunk_by(|a, b| a.0 == b.0)
            .all(|one| one.iter().map(|(_, sum)| *sum).sum::<i128>() == 0)
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
