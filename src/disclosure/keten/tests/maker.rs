//! Random tables: nested in both directions, over quarters, linked by a shared margin.

use std::collections::BTreeMap;

use super::super::{Cel, Cell, Need, Relation, System};

/// A row of numbers that looks random and is the same every time (Marsaglia 2003).
pub(super) struct Xorshift(u64);

impl Xorshift {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from((self.0 >> 16) % end.unsigned_abs()).unwrap()
    }

    /// Many small counts, many noughts, now and then a large one.
    fn count(&mut self) -> i64 {
        match self.below(6) {
            0 => 0,
            1 | 2 => self.below(6),
            3 | 4 => self.below(20),
            _ => self.below(90),
        }
    }
}

/// One direction of a table: nodes with what they are the sum of; without parts they are leaves.
pub(super) struct Axis(Vec<Vec<usize>>);

impl Axis {
    /// So many leaves in so many groups, with a total; no groups when there is one.
    pub(super) fn new(n: usize, n_groups: usize) -> Self {
        let mut nodes = vec![Vec::new(); n];
        if n_groups > 1 {
            for group in 0..n_groups {
                nodes.push((0..n).filter(|leaf| leaf * n_groups / n == group).collect());
            }
            nodes.push((n..n + n_groups).collect());
        } else if n > 1 {
            nodes.push((0..n).collect());
        }
        Self(nodes)
    }

    fn level(&self, node: usize) -> u32 {
        self.0[node].iter().map(|part| self.level(*part) + 1).max().unwrap_or(0)
    }
}

/// Cells and relations in the making.
#[derive(Default)]
pub(super) struct Maker {
    pub(super) cells: Vec<Cell>,
    pub(super) relations: Vec<Relation>,
}

impl Maker {
    /// A cell with its value, of which a reader knows that it is not nought.
    pub(super) fn cell(&mut self, value: i64, level: u32) -> Cel {
        self.cells.push(Cell { value, floor: 1, level, ..Cell::default() });
        self.cells.len() - 1
    }

    /// A sum of cells, with its relation.
    pub(super) fn sum(&mut self, parts: &[Cel], level: u32) -> Cel {
        let total = self.cell(parts.iter().map(|part| self.cells[*part].value).sum(), level);
        self.relations.push(Relation { total, parts: parts.to_vec() });
        total
    }

    /// A table of every combination of the nodes of its axes, with all its sums.
    pub(super) fn table(
        &mut self,
        axes: &[Axis],
        random: &mut Xorshift,
    ) -> BTreeMap<Vec<usize>, Cel> {
        let mut table = BTreeMap::new();
        for key in keys(axes) {
            let level = key.iter().zip(axes).map(|(node, axis)| axis.level(*node)).sum();
            let mut sums = Vec::new();
            for (at, axis) in axes.iter().enumerate() {
                let part = |part: &usize| {
                    let mut key = key.clone();
                    key[at] = *part;
                    table[&key]
                };
                let parts: Vec<Cel> = axis.0[key[at]].iter().map(part).collect();
                sums.extend((!parts.is_empty()).then_some(parts));
            }
            let value =
                sums.first().map(|parts| parts.iter().map(|part| self.cells[*part].value).sum());
            let cel = self.cell(value.unwrap_or_else(|| random.count()), level);
            table.insert(key, cel);
            self.relations.extend(sums.into_iter().map(|parts| Relation { total: cel, parts }));
        }
        table
    }

    pub(super) fn system(&self) -> System {
        System::new(self.cells.clone(), self.relations.clone()).unwrap()
    }

    /// The same in another order: cell `at` becomes `order[at]`.
    pub(super) fn permuted(&self, order: &[usize]) -> Self {
        let mut cells = vec![Cell::default(); self.cells.len()];
        order.iter().zip(&self.cells).for_each(|(to, cell)| cells[*to] = cell.clone());
        let moved = |relation: &Relation| Relation {
            total: order[relation.total],
            parts: relation.parts.iter().rev().map(|part| order[*part]).collect(),
        };
        Self { cells, relations: self.relations.iter().rev().map(moved).collect() }
    }
}

/// All combinations of nodes, parts before their sums.
fn keys(axes: &[Axis]) -> Vec<Vec<usize>> {
    let mut keys = vec![Vec::new()];
    for axis in axes {
        let nodes = 0..axis.0.len();
        let longer = |key: &Vec<usize>| {
            nodes.clone().map(|node| [key.as_slice(), &[node]].concat()).collect::<Vec<_>>()
        };
        keys = keys.iter().flat_map(longer).collect();
    }
    keys
}

/// Counts from 1 to 9 that are not known already, with what they must be able to look like.
pub(super) fn needs(system: &System) -> Vec<Need> {
    let small = (0..system.cells().len()).filter(|cel| {
        let cell = &system.cells()[*cel];
        (1..10).contains(&cell.value) && !cell.is_frozen && !cell.is_unseen
    });
    small.map(|cel| Need::of_count(system, cel, 10)).collect()
}

/// Random tables of several shapes: flat, nested, over quarters, three directions, two linked tables.
pub(super) fn random(seed: u64) -> Maker {
    let mut random = Xorshift::new(seed);
    let mut maker = Maker::default();
    let axes = match seed % 5 {
        0 => vec![Axis::new(5, 1), Axis::new(4, 1)],
        1 => vec![Axis::new(6, 2), Axis::new(5, 2)],
        2 => vec![Axis::new(4, 1), Axis::new(3, 1), Axis::new(3, 1)],
        3 => vec![Axis::new(6, 3), Axis::new(4, 2), Axis::new(2, 1)],
        _ => vec![Axis::new(7, 2), Axis::new(3, 1)],
    };
    let table = maker.table(&axes, &mut random);
    if seed % 5 == 4 {
        link(&mut maker, &table, &mut random);
    }
    maker
}

/// Splits the last margin of a table once more, in another way.
fn link(maker: &mut Maker, table: &BTreeMap<Vec<usize>, Cel>, random: &mut Xorshift) {
    let last = table.keys().map(|key| key[1]).max().unwrap();
    let margins: Vec<(usize, Cel)> =
        table.iter().filter(|(key, _)| key[1] == last).map(|(key, cel)| (key[0], *cel)).collect();
    let mut columns = vec![Vec::new(); 3];
    for (row, margin) in margins.iter().filter(|(row, _)| *row < 7) {
        let value = maker.cells[*margin].value;
        let first = random.below(value + 1);
        let second = random.below(value - first + 1);
        let parts: Vec<Cel> =
            [first, second, value - first - second].map(|value| maker.cell(value, 0)).to_vec();
        parts.iter().zip(&mut columns).for_each(|(part, column)| column.push((*row, *part)));
        maker.relations.push(Relation { total: *margin, parts });
    }
    let totals: Vec<Cel> = columns
        .iter()
        .map(|column| maker.sum(&column.iter().map(|(_, part)| *part).collect::<Vec<_>>(), 1))
        .collect();
    let whole = margins.iter().map(|(row, _)| *row).max().unwrap();
    let total = margins.iter().find(|(row, _)| *row == whole).unwrap().1;
    maker.relations.push(Relation { total, parts: totals });
}

/// The same with every third total published before.
pub(super) fn known_totals(mut maker: Maker) -> Maker {
    for (at, cell) in maker.cells.iter_mut().enumerate() {
        cell.is_frozen |= at % 3 == 0 && cell.level > 0 && cell.value >= 10;
    }
    maker
}
