//! The figures of a run as one linear system: cells, and the sums between them.
//!
//! Enters: cells with their true value and the relations `total = Σ parts`. Leaves: [`System`], on which is decided which
//! cells are hidden and with which proof. Numbers only: does not know what a cell is about.

/// Number of a cell: its position in [`System::cells`]. The order of the caller breaks every tie.
pub type Cel = usize;

/// A figure, in whole units: children, or euro cents up to 10^12.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The true value.
    pub value: i64,
    /// What a reader knows it is at least while it is hidden: 1 for a count where noughts are shown, 0 or less for euros.
    /// Above the value it counts as the value.
    pub floor: i64,
    /// How many keys are summed away: 0 for an inner cell. Totals are dearer to hide.
    pub level: u32,
    /// Its value is known, whatever is hidden now: it was published before, or the reader knows it from elsewhere.
    pub is_frozen: bool,
    /// No output ever shows it: a remainder, the overlap of distinct children, a table that is withheld. It moves freely
    /// above its floor, also from nought, at no cost, and does not count as hidden. With `is_frozen` it never moves.
    pub is_unseen: bool,
}

/// `total = Σ parts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The sum.
    pub total: Cel,
    /// What it is the sum of.
    pub parts: Vec<Cel>,
}

/// Cells with their relations.
#[derive(Debug, Clone)]
pub struct System {
    cells: Vec<Cell>,
    relations: Vec<Relation>,
    /// Per cell the relations it is in, with its sign there: +1 as a part, −1 as the total.
    places: Lists,
    /// Per relation its cells with their sign, the total first.
    members: Lists,
    /// Smallest value a hidden cell can be thought to have.
    floors: Vec<i64>,
}

/// Cells and relations that contradict each other: a mistake of the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Position of the relation that does not add up, or names a cell twice or one that is not there.
    pub relation: usize,
}

/// Lists of numbers with a sign, one after another.
#[derive(Debug, Clone)]
struct Lists {
    starts: Vec<usize>,
    items: Vec<(usize, i64)>,
}

impl Lists {
    fn new<'l>(lists: impl Iterator<Item = &'l [(usize, i64)]>) -> Self {
        let (mut starts, mut items) = (vec![0], Vec::new());
        for list in lists {
            items.extend_from_slice(list);
            starts.push(items.len());
        }
        Self { starts, items }
    }

    fn of(&self, at: usize) -> &[(usize, i64)] {
        &self.items[self.starts[at]..self.starts[at + 1]]
    }
}

impl System {
    /// Checks that every relation adds up and names a cell once.
    pub fn new(cells: Vec<Cell>, relations: Vec<Relation>) -> Result<Self, Contradiction> {
        let mut places: Vec<Vec<(usize, i64)>> = vec![Vec::new(); cells.len()];
        let mut members = Vec::with_capacity(relations.len());
        for (at, relation) in relations.iter().enumerate() {
            let wrong = Contradiction { relation: at };
            let mut sum: i128 = 0;
            let own: Vec<(Cel, i64)> = signed(relation).collect();
            for (cel, sign) in own.iter().copied() {
                let Some(cell) = cells.get(cel) else { return Err(wrong) };
                if places[cel].last().is_some_and(|(last, _)| *last == at) {
                    return Err(wrong);
                }
                sum += i128::from(cell.value) * i128::from(sign);
                places[cel].push((at, sign));
            }
            if sum != 0 {
                return Err(wrong);
            }
            members.push(own);
        }
        let places = Lists::new(places.iter().map(Vec::as_slice));
        let members = Lists::new(members.iter().map(Vec::as_slice));
        let floors = floors(&cells, &relations);
        Ok(Self { cells, relations, places, members, floors })
    }

    /// Takes cells out of every output: they are unseen from now on, so that a reader does not even know which are nought.
    /// What was proven stays proven. Only for cells that no other output shows.
    pub fn withhold(&mut self, cells: impl IntoIterator<Item = Cel>) {
        for cel in cells {
            let cell = &mut self.cells[cel];
            cell.is_unseen = true;
            cell.floor = cell.floor.min(0);
        }
        self.floors = floors(&self.cells, &self.relations);
    }

    /// The cells.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The relations.
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// The relations a cell is in, with its sign there: +1 as a part, −1 as the total.
    pub fn places(&self, cel: Cel) -> &[(usize, i64)] {
        self.places.of(cel)
    }

    /// Cells of a relation with their sign, the total first.
    pub fn members(&self, relation: usize) -> &[(Cel, i64)] {
        self.members.of(relation)
    }

    /// Smallest value a reader can think a hidden cell has; never above its value.
    pub fn floor(&self, cel: Cel) -> i64 {
        self.floors[cel]
    }

    /// The true value.
    pub fn value(&self, cel: Cel) -> i64 {
        self.cells[cel].value
    }

    /// How far a cell can go down.
    pub fn room(&self, cel: Cel) -> i64 {
        self.value(cel).saturating_sub(self.floor(cel))
    }

    /// True when no output shows it and no reader knows it.
    pub fn is_free(&self, cel: Cel) -> bool {
        self.cells[cel].is_unseen && !self.cells[cel].is_frozen
    }

    /// True when a cell can be hidden to protect another: a nought is shown, and so is what was published before.
    pub fn can_hide(&self, cel: Cel) -> bool {
        let cell = &self.cells[cel];
        cell.value != 0 && !cell.is_frozen && !cell.is_unseen
    }
}

fn signed(relation: &Relation) -> impl Iterator<Item = (Cel, i64)> + '_ {
    std::iter::once((relation.total, -1)).chain(relation.parts.iter().map(|part| (*part, 1)))
}

/// Every cell is at least its own floor, what is known its value, a sum at least what its parts are, and the only part of a
/// sum that can differ at least what the sum leaves it.
fn floors(cells: &[Cell], relations: &[Relation]) -> Vec<i64> {
    let own = |cell: &Cell| if cell.is_frozen { cell.value } else { cell.value.min(cell.floor) };
    let mut floors: Vec<i64> = cells.iter().map(own).collect();
    // Sums of sums settle after as many rounds as there are levels; a floor only rises and never above the value.
    for _ in 0..cells.len() {
        let mut is_settled = true;
        for relation in relations {
            let sum: i128 = relation.parts.iter().map(|part| i128::from(floors[*part])).sum();
            is_settled &= !raise(&mut floors, cells, relation.total, sum);
            if let Some((part, rest)) = only_part(cells, relation) {
                let least = i128::from(floors[relation.total]) - rest;
                is_settled &= !raise(&mut floors, cells, part, least);
            }
        }
        if is_settled {
            break;
        }
    }
    floors
}

/// The only part that can differ, with what the others are together.
fn only_part(cells: &[Cell], relation: &Relation) -> Option<(Cel, i128)> {
    let is_fixed = |cell: &Cell| cell.is_frozen || (cell.value == 0 && !cell.is_unseen);
    let mut open = relation.parts.iter().filter(|part| !is_fixed(&cells[**part]));
    let (part, next) = (*open.next()?, open.next());
    let sum: i128 = relation.parts.iter().map(|one| i128::from(cells[*one].value)).sum();
    next.is_none().then(|| (part, sum - i128::from(cells[part].value)))
}

/// Raises a floor, never above the value; true when that made a difference.
fn raise(floors: &mut [i64], cells: &[Cell], cel: Cel, least: i128) -> bool {
    let (known, value) = (floors[cel], cells[cel].value);
    if least <= i128::from(known) || known >= value {
        return false;
    }
    // Between two numbers of 64 bits.
    floors[cel] = i64::try_from(least).unwrap_or(value).min(value);
    floors[cel] > known
}
