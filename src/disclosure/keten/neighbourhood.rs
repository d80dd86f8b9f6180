//! A target and the cells that may move with it: the question that flows and programmes answer.

use super::system::Cel;

/// Per cell of a neighbourhood how far it moves, in its units.
pub type Move = Vec<i64>;

/// A cell of a neighbourhood.
#[derive(Debug, Clone)]
pub struct Near {
    /// Which cell it is.
    pub cel: Cel,
    /// How far it can go up, in units.
    pub up: i64,
    /// How far it can go down, in units.
    pub down: i64,
    /// What a unit of move costs.
    pub cost: i64,
    /// Its relations by their number here, with its sign.
    pub places: Vec<(usize, i64)>,
}

/// A target and the cells that may move with it.
#[derive(Debug, Clone)]
pub struct Neighbourhood {
    /// The cells, by number.
    pub cells: Vec<Near>,
    /// Number of relations among them.
    pub n_relations: usize,
    /// Position of the target in `cells`.
    pub target: usize,
    /// +1 when it must go up, −1 when down.
    pub sign: i64,
    /// How far, in units.
    pub amount: i64,
    /// What one unit is.
    pub unit: i64,
}

impl Neighbourhood {
    /// The question without the cells.
    pub(super) fn without_cells(&self) -> Self {
        Self { cells: Vec::new(), n_relations: 0, target: 0, ..*self }
    }

    /// The same in larger units, at most `steps` of them for the target: for a solver that counts in floating point.
    /// The unit is as small as leaves the target room to move a whole number of them.
    pub(super) fn scaled(mut self, steps: i64) -> Self {
        if self.amount <= steps {
            return self;
        }
        let target = &self.cells[self.target];
        let room = if self.sign > 0 { target.up } else { target.down };
        let fits = |step: &i64| {
            let unit = self.amount / step;
            unit * (self.amount + unit - 1).div_euclid(unit) <= room
        };
        // One step of the whole amount always fits.
        let unit = self.amount / (1..=steps).rev().find(fits).unwrap_or(1);
        self.amount = (self.amount + unit - 1).div_euclid(unit);
        self.unit *= unit;
        for cell in &mut self.cells {
            cell.up /= unit;
            cell.down /= unit;
        }
        self
    }
}

/// How far a target must move.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// The cell.
    pub(super) cel: Cel,
    /// +1 up, −1 down.
    pub(super) sign: i64,
    /// How far.
    pub(super) amount: i64,
}
