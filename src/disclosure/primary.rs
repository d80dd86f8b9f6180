//! Primary protection: which figures are too small by themselves, and how far they must be able to differ.
//!
//! Enters: a figure with who stands behind it. Leaves: [`Gevoelig`], or nothing when it may be seen. After the Handbook on
//! Statistical Disclosure Control (Hundepool et al., 2010) §4.2: a threshold, dominance and the p% rule.

use crate::metrics::{Level, MeasuredCell, Query};

/// Percentage of the largest that the others together must at least be: within less the second knows the largest.
const P: i64 = 10;
/// Percentage that euros of too few children must be able to differ.
const MARGE: i64 = 15;
/// From this share of the euros, in percent, one aanbieder is the figure.
const EEN_AANBIEDER: i64 = 85;
/// From this share of the euros, in percent, two aanbieders together are the figure.
const TWEE_AANBIEDERS: i64 = 90;
/// Fewest aanbieders behind euros that are not told by aanbieder.
const AANBIEDERS: u32 = 3;

/// A figure that is too small, or too much of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gevoelig {
    /// How far its value must be able to differ to both sides; `None` for a number that is small itself, which must be able
    /// to be anything up to the minimum.
    pub(super) marge: Option<i64>,
    /// How far its euros must be able to differ, when it has these beside its value.
    pub(super) marge_bedrag: Option<i64>,
}

/// Whether a figure is too small for others than ICM, and by how much it must then be able to differ.
pub(super) fn gevoelig(
    query: &Query,
    level: &Level,
    cell: &MeasuredCell,
    minimum: i64,
) -> Option<Gevoelig> {
    let is_money = query.unit == "eurocent";
    let share = |value: i64| (value.abs() / 100).saturating_mul(MARGE).max(1);
    let small = is_small(cell, minimum).then(|| {
        if is_money {
            Some(share(cell.value))
        } else if cell.value.abs() < minimum {
            None
        } else {
            Some(share(cell.value).max(3))
        }
    });
    let one = if is_money { overwicht(level, cell) } else { None };
    let marge = match (small, one) {
        (None, None) => return None,
        (None, Some(one)) => Some(one),
        (Some(small), one) => small.map(|small| small.max(one.unwrap_or(0))),
    };
    Some(Gevoelig { marge, marge_bedrag: cell.bedrag_ct.map(share) })
}

/// Euros that are for the largest part of one child or, in a table that is not by aanbieder, of one or two aanbieders: how
/// far they must be able to differ.
fn overwicht(level: &Level, cell: &MeasuredCell) -> Option<i64> {
    if cell.value <= 0 {
        return None;
    }
    let total = i128::from(cell.value);
    // More than half; two children are not looked at together, as they do not know of each other.
    let of_child = margin(total, cell.top_client, (50, 100), |part, whole| part > whole);
    // In a table by aanbieder the euros are contract data.
    let by_aanbieder = level.keys.iter().any(|key| key == "aanbieder");
    let known = cell.aanbieders.filter(|_| !by_aanbieder);
    let of_aanbieder = known.and_then(|n| {
        let shares = (EEN_AANBIEDER, TWEE_AANBIEDERS);
        let found = margin(total, cell.top_aanbieder, shares, |part, whole| part >= whole);
        let is_few = (1..AANBIEDERS).contains(&n);
        found.or_else(|| is_few.then(|| p_level(total, cell.top_aanbieder)))
    });
    let most = of_child.into_iter().chain(of_aanbieder).max()?;
    Some(i64::try_from(most).unwrap_or(i64::MAX).max(1))
}

/// How far a total must be able to differ of which the largest reaches `one` percent, the two largest reach `two`, or the
/// rest is less than p% of the largest; `None` when none of these holds.
fn margin(
    total: i128,
    top: [i64; 2],
    (one, two): (i64, i64),
    reaches: fn(i128, i128) -> bool,
) -> Option<i128> {
    let [first, second] = top.map(i128::from);
    let is_above = |part: i128, percent: i64| reaches(part * 100, total * i128::from(percent));
    let is_dominated = is_above(first, one) || is_above(first + second, two);
    let is_near = (total - first - second) * 100 < first * i128::from(P);
    let of_share = first * 100 / i128::from(one) - total;
    (is_dominated || is_near).then(|| of_share.max(p_level(total, top)))
}

/// The p% level (Handbook, table 4.4): nearer than this the second contributor may not come to the first.
fn p_level(total: i128, top: [i64; 2]) -> i128 {
    let [first, second] = top.map(i128::from);
    (first * i128::from(P) / 100 + first + second - total).max(0)
}

/// Fewer children than the minimum, but not none: a shown 0 says that nobody is there. Where a query does not
/// name its clients the value itself is the only count there is; so it is for cases of a rule that name none, such as
/// an agreement of several children.
pub(super) fn is_small(cell: &MeasuredCell, minimum: i64) -> bool {
    (1..minimum).contains(&children(cell))
}

/// Children behind a cell; where a query does not name its clients, what it counts. Of rows that name no child at all it
/// is not known how many there are: at most one for each.
fn children(cell: &MeasuredCell) -> i64 {
    match cell.clienten {
        Some(0) if cell.bedrag_ct.is_some() => cell.value.abs(),
        Some(0) => i64::from(cell.rows),
        Some(n) => i64::from(n),
        None => cell.value.abs(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: i64, clienten: Option<u32>) -> MeasuredCell {
        MeasuredCell {
            key: Vec::new(),
            value,
            bedrag_ct: None,
            clienten,
            aanbieders: None,
            top_client: [0; 2],
            top_aanbieder: [0; 2],
            rows: 0,
            ratio: None,
        }
    }

    #[test]
    fn a_cell_is_small_by_its_children_and_never_by_its_euros() {
        assert!(is_small(&cell(1_000_000, Some(9)), 10));
        assert!(!is_small(&cell(5, Some(10)), 10));
        assert!(!is_small(&cell(0, Some(0)), 10));
        assert!(is_small(&cell(3, None), 10));
        assert!(is_small(&MeasuredCell { rows: 2, ..cell(90_000, Some(0)) }, 10));
    }

    /// The seven cells of the test of dominance in `GaussSuppression` (MIT), each of 100 in all.
    #[test]
    fn a_figure_is_not_for_the_most_part_of_one_or_two() {
        let level = |keys: &[&str]| Level {
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            cells: Vec::new(),
        };
        let of = |top: [i64; 2], n| MeasuredCell {
            top_aanbieder: top,
            aanbieders: Some(n),
            ..cell(100, Some(50))
        };
        let verdicts: Vec<Option<i64>> = [
            of([100, 0], 1),
            of([90, 10], 2),
            of([80, 20], 2),
            of([70, 30], 2),
            of([80, 10], 3),
            of([70, 10], 4),
            of([60, 20], 4),
        ]
        .iter()
        .map(|cell| overwicht(&level(&["gemeente"]), cell))
        .collect();
        // On the boundary (80 and 10 of 100) it is the figure of two.
        let expected = [Some(17), Some(9), Some(8), Some(7), Some(1), None, None];
        assert_eq!(verdicts, expected);
        assert_eq!(overwicht(&level(&["aanbieder"]), &of([100, 0], 1)), None);
        let of_child = |largest| MeasuredCell { top_client: [largest, 10], ..cell(100, Some(50)) };
        assert_eq!(overwicht(&level(&[]), &of_child(50)), None);
        assert_eq!(overwicht(&level(&[]), &of_child(51)), Some(2));
    }

    #[test]
    fn cases_that_name_no_child_are_counted_themselves() {
        let cases = |value| MeasuredCell { bedrag_ct: Some(1_120_000), ..cell(value, Some(0)) };
        assert!(is_small(&cases(1), 10));
        assert!(!is_small(&cases(10), 10));
        assert!(!is_small(&cases(0), 10));
    }
}
