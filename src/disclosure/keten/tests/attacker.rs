//! Someone who knows all that is shown and works out what a hidden cell can be: the least and the most, by a linear
//! programme over the whole system. Reads cells and relations only.

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::super::{Cel, Cell, Pattern, Relation};

/// What a hidden cell can be; `None` is without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Interval {
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
}

impl Interval {
    pub(super) fn covers(self, low: i64, high: i64) -> bool {
        self.low.is_none_or(|own| own <= low) && self.high.is_none_or(|own| own >= high)
    }
}

/// What a cell can be when these are hidden. `is_whole` for counts: only whole numbers are thought of.
pub(super) fn interval(
    cells: &[Cell],
    relations: &[Relation],
    pattern: &dyn Fn(Cel) -> bool,
    cel: Cel,
    is_whole: bool,
) -> Interval {
    let end = |direction| end(cells, relations, pattern, cel, (is_whole, direction));
    Interval {
        low: end(OptimizationDirection::Minimize),
        high: end(OptimizationDirection::Maximize),
    }
}

/// Whether a cell is unknown to the attacker.
pub(super) fn unknown<'p>(cells: &'p [Cell], pattern: &'p Pattern) -> impl Fn(Cel) -> bool + 'p {
    move |cel| !cells[cel].is_frozen && (cells[cel].is_unseen || pattern.hidden.contains(&cel))
}

fn end(
    cells: &[Cell],
    relations: &[Relation],
    is_unknown: &dyn Fn(Cel) -> bool,
    cel: Cel,
    (is_whole, direction): (bool, OptimizationDirection),
) -> Option<i64> {
    let mut problem = Problem::new(direction);
    let mut variables: Vec<Option<Variable>> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let cost = f64::from(u8::from(at == cel));
        let floor = cell.floor.min(cell.value);
        variables.push(is_unknown(at).then(|| {
            if is_whole {
                problem.add_integer_var(cost, (i32::try_from(floor).unwrap(), 1_000_000))
            } else {
                problem.add_var(cost, (floor as f64, f64::INFINITY))
            }
        }));
    }
    for relation in relations {
        let mut known = 0;
        let mut row = Vec::new();
        let signed = relation.parts.iter().map(|part| (*part, 1)).chain([(relation.total, -1)]);
        for (member, sign) in signed {
            match variables[member] {
                Some(variable) => row.push((variable, f64::from(sign))),
                None => known += cells[member].value * i64::from(sign),
            }
        }
        if !row.is_empty() {
            problem.add_constraint(&row, ComparisonOp::Eq, -known as f64);
        }
    }
    let variable = variables[cel]?;
    let solution = problem.solve().ok()?.into_solution().ok()?;
    let value = solution.var_value(variable);
    // Inwards is the safe side for the attacker's bounds, up to the error of floating point.
    let tolerance = 1e-6 * value.abs().max(1.0);
    let end = match direction {
        OptimizationDirection::Minimize => (value - tolerance).ceil(),
        OptimizationDirection::Maximize => (value + tolerance).floor(),
    };
    #[expect(clippy::cast_possible_truncation, reason = "a whole number")]
    (end < 999_999.0 || !is_whole).then_some(end as i64)
}
