//! A linear programme for surroundings that are no network, behind a small trait.
//!
//! What a solver says is never believed: every answer is checked in whole numbers, so that a mistake of the library can
//! hide too much or refuse, and never show too much.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOptions, Variable};

use super::neighbourhood::{Move, Near, Neighbourhood};

/// Finds the cheapest move of the target of a neighbourhood.
pub trait Solver {
    /// A move in whole units, or `None` when there is none, or none that was found.
    fn solve(&self, near: &Neighbourhood) -> Option<Move>;
}

/// `microlp`, whose version is pinned: between equally cheap moves another version may choose another.
#[derive(Debug, Clone, Copy, Default)]
pub struct Microlp;

/// Branches that are looked at before an answer in whole numbers is given up; a number, not a time, so that every machine
/// gives the same answer.
const NODES: u64 = 2_000;

impl Solver for Microlp {
    /// Where the cheapest move is in halves, twice as much is whole: that is tried before branches are.
    fn solve(&self, near: &Neighbourhood) -> Option<Move> {
        let cheapest = programme(near, false)?;
        let twice = || whole(near, &cheapest, 2.0);
        let half = || whole(near, &programme(&halved(near), false)?, 2.0);
        let branched = || whole(near, &programme(near, true)?, 1.0);
        whole(near, &cheapest, 1.0).or_else(twice).or_else(half).or_else(branched)
    }
}

/// The same with half the room, in which half as far is asked for.
fn halved(near: &Neighbourhood) -> Neighbourhood {
    let mut half = near.clone();
    half.amount = near.amount - near.amount / 2;
    for cell in &mut half.cells {
        (cell.up, cell.down) = (cell.up / 2, cell.down / 2);
    }
    half
}

/// The variables of a cell: up and down.
type Ways = (Option<Variable>, Option<Variable>);

fn programme(near: &Neighbourhood, is_whole: bool) -> Option<Vec<f64>> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let mut rows = vec![LinearExpr::empty(); near.n_relations];
    let mut fixed = vec![0_i64; near.n_relations];
    let mut ways = Vec::with_capacity(near.cells.len());
    for (at, cell) in near.cells.iter().enumerate() {
        if at == near.target {
            let moved = near.sign * near.amount;
            cell.places.iter().for_each(|(row, sign)| fixed[*row] -= sign * moved);
            ways.push(None);
            continue;
        }
        let both = variables(&mut problem, cell, is_whole);
        for (way, direction) in [(both.0, 1.0), (both.1, -1.0)] {
            let Some(way) = way else { continue };
            let add = |(row, sign): &(usize, i64)| rows[*row].add(way, direction * *sign as f64);
            cell.places.iter().for_each(add);
        }
        ways.push(Some(both));
    }
    for (row, fixed) in rows.into_iter().zip(fixed) {
        problem.add_constraint(row, ComparisonOp::Eq, fixed as f64);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
    let value = |way: Option<Variable>| way.map_or(0.0, |way| solution.var_value(way));
    let moved = ways.iter().map(|ways| match ways {
        Some((up, down)) => value(*up) - value(*down),
        None => (near.sign * near.amount) as f64,
    });
    Some(moved.collect())
}

/// How far a cell goes up and how far down, where it can.
fn variables(problem: &mut Problem, cell: &Near, is_whole: bool) -> Ways {
    let mut variable = |room: i64| match i32::try_from(room) {
        Ok(room) if is_whole => problem.add_integer_var(cell.cost as f64, (0, room)),
        _ => problem.add_var(cell.cost as f64, (0.0, room as f64)),
    };
    let mut add = |room: i64| (room > 0).then(|| variable(room));
    (add(cell.up), add(cell.down))
}

/// The move so many times, rounded to whole units; `None` when then a relation does not hold or a cell goes too far.
#[expect(clippy::cast_possible_truncation, reason = "moves are a few thousand units at most")]
fn whole(near: &Neighbourhood, moved: &[f64], times: f64) -> Option<Move> {
    let moved: Move = moved.iter().map(|one| (one * times).round() as i64).collect();
    let mut sums = vec![0_i64; near.n_relations];
    for (cell, moved) in near.cells.iter().zip(&moved) {
        if *moved > cell.up || *moved < -cell.down {
            return None;
        }
        cell.places.iter().for_each(|(row, sign)| sums[*row] += sign * moved);
    }
    sums.iter().all(|sum| *sum == 0).then_some(moved)
}
