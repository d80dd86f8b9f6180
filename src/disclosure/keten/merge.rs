//! Makes a neighbourhood smaller without losing a move: two cells alone in a relation move together, and of relations that
//! then say the same one is enough. What is left is often a network where the whole was none: two quarters of a year, say,
//! in which every cell moves against its twin.

use std::collections::BTreeSet;

use super::neighbourhood::{Move, Near, Neighbourhood};

/// A smaller neighbourhood, and what a move in it means in the larger one.
pub(super) struct Merged {
    pub(super) near: Neighbourhood,
    /// Per cell of the larger one its cell here and its sign; `None` when it does not move.
    members: Vec<Option<(usize, i64)>>,
}

impl Merged {
    /// The move in the larger neighbourhood.
    pub(super) fn expanded(&self, moved: &[i64]) -> Move {
        let own = |member: &Option<(usize, i64)>| member.map_or(0, |(at, sign)| moved[at] * sign);
        self.members.iter().map(own).collect()
    }
}

/// Cells that move together: per cell the first of its group, with its sign relative to that one.
struct Groups {
    of: Vec<(usize, i64)>,
    /// Groups that would have to move against themselves.
    is_stuck: Vec<bool>,
}

impl Groups {
    fn root(&mut self, at: usize) -> (usize, i64) {
        let (mut root, mut sign) = self.of[at];
        while self.of[root].0 != root {
            sign *= self.of[root].1;
            root = self.of[root].0;
        }
        self.of[at] = (root, sign);
        (root, sign)
    }

    /// `a` moves as `sign` times `b`.
    fn join(&mut self, a: usize, b: usize, sign: i64) {
        let ((a, a_sign), (b, b_sign)) = (self.root(a), self.root(b));
        let sign = sign * a_sign * b_sign;
        if a == b {
            self.is_stuck[a] |= sign < 0;
        } else {
            let (first, second) = (a.min(b), a.max(b));
            self.of[second] = (first, sign);
            self.is_stuck[first] |= self.is_stuck[second];
        }
    }
}

/// Merges what moves together; `None` when the target cannot move as far as is wanted.
pub(super) fn merged(near: &Neighbourhood) -> Option<Merged> {
    let mut groups = Groups {
        of: (0..near.cells.len()).map(|at| (at, 1)).collect(),
        is_stuck: vec![false; near.cells.len()],
    };
    let mut rows: Vec<Vec<(usize, i64)>> = vec![Vec::new(); near.n_relations];
    for (at, cell) in near.cells.iter().enumerate() {
        cell.places.iter().for_each(|(relation, sign)| rows[*relation].push((at, *sign)));
    }
    loop {
        let mut is_settled = true;
        for row in rows.iter_mut().filter(|row| !row.is_empty()) {
            *row = gathered(row, &mut groups);
            if let [(a, a_sign), (b, b_sign)] = row[..]
                && a_sign.abs() == b_sign.abs()
            {
                groups.join(a, b, -a_sign.signum() * b_sign.signum());
                row.clear();
                is_settled = false;
            } else if let [(only, _)] = row[..] {
                groups.is_stuck[only] = true;
                row.clear();
                is_settled = false;
            }
        }
        if is_settled {
            break;
        }
    }
    made(near, groups, rows)
}

/// A relation in terms of groups: each once, without those that cannot move.
fn gathered(row: &[(usize, i64)], groups: &mut Groups) -> Vec<(usize, i64)> {
    let mut gathered: Vec<(usize, i64)> = Vec::with_capacity(row.len());
    for (at, sign) in row {
        let (root, own) = groups.root(*at);
        if !groups.is_stuck[root] {
            gathered.push((root, sign * own));
        }
    }
    gathered.sort_unstable_by_key(|(root, _)| *root);
    gathered.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        kept.1 += if is_same { next.1 } else { 0 };
        is_same
    });
    gathered.retain(|(_, sign)| *sign != 0);
    gathered
}

fn made(near: &Neighbourhood, mut groups: Groups, rows: Vec<Vec<(usize, i64)>>) -> Option<Merged> {
    let (target, turn) = groups.root(near.target);
    if groups.is_stuck[target] {
        return None;
    }
    let mut numbers = vec![usize::MAX; near.cells.len()];
    let mut cells: Vec<Near> = Vec::new();
    let mut members = Vec::with_capacity(near.cells.len());
    for (at, cell) in near.cells.iter().enumerate() {
        let (root, sign) = groups.root(at);
        if groups.is_stuck[root] {
            members.push(None);
            continue;
        }
        let (up, down) = if sign > 0 { (cell.up, cell.down) } else { (cell.down, cell.up) };
        if numbers[root] == usize::MAX {
            numbers[root] = cells.len();
            cells.push(Near { up, down, places: Vec::new(), ..cell.clone() });
        } else {
            let group = &mut cells[numbers[root]];
            group.up = group.up.min(up);
            group.down = group.down.min(down);
            group.cost = group.cost.saturating_add(cell.cost);
        }
        members.push(Some((numbers[root], sign)));
    }
    let n_relations = place(&mut cells, &numbers, rows);
    let (target, sign) = (numbers[target], near.sign * turn);
    let room = if sign > 0 { cells[target].up } else { cells[target].down };
    if room < near.amount {
        return None;
    }
    let near = Neighbourhood { cells, n_relations, target, sign, ..near.without_cells() };
    Some(Merged { near, members })
}

/// Gives the groups their relations, each kind once; how many there are.
fn place(cells: &mut [Near], numbers: &[usize], rows: Vec<Vec<(usize, i64)>>) -> usize {
    let mut known: BTreeSet<Vec<(usize, i64)>> = BTreeSet::new();
    let mut n_relations = 0;
    for mut row in rows.into_iter().filter(|row| !row.is_empty()) {
        let first = row[0].1.signum();
        for (_, sign) in &mut row {
            *sign *= first;
        }
        if known.contains(&row) {
            continue;
        }
        for (root, sign) in &row {
            cells[numbers[*root]].places.push((n_relations, *sign));
        }
        n_relations += 1;
        known.insert(row);
    }
    n_relations
}
