//! Tables in which something goes wrong easily.

use std::collections::BTreeSet;

use super::super::{
    Cel, Cell, Contradiction, Microlp, Need, Pattern, Relation, Side, Solver, System, Witness,
    protect,
};
use super::attacker::interval;
use super::maker::{Axis, Maker, Xorshift, needs};

fn audit(maker: &Maker, hidden: &[Cel], needs: &[Need]) -> (System, Pattern) {
    let system = maker.system();
    let pattern = protect(&system, hidden.iter().copied().collect(), needs, &[], &Microlp);
    (system, pattern)
}

/// Hides exactly these: the others were published before.
fn only(maker: &mut Maker, hidden: &[Cel]) {
    for (at, cell) in maker.cells.iter_mut().enumerate() {
        cell.is_frozen = !hidden.contains(&at);
    }
}

/// Three hidden cells of which each two have a shown sum: a + b, b + c and a + c + d, so that a, b and c move by halves only
/// against an even step of d.
fn gap() -> (Maker, [Cel; 4]) {
    let mut maker = Maker::default();
    let [a, b, c, d] = [2, 1, 2, 1].map(|value| maker.cell(value, 0));
    maker.sum(&[a, b], 1);
    maker.sum(&[b, c], 1);
    maker.sum(&[a, c, d], 1);
    (maker, [a, b, c, d])
}

#[test]
fn half_a_child_is_no_proof() {
    let (mut maker, [a, b, c, d]) = gap();
    only(&mut maker, &[a, b, c, d]);
    let up = Need { cel: d, low: 1, high: 2 };
    // d + 1 asks for a and c half a child less: halves satisfy every sum.
    let is_unknown = |cel: Cel| !maker.cells[cel].is_frozen;
    let halves = interval(&maker.cells, &maker.relations, &is_unknown, d, false);
    let whole = interval(&maker.cells, &maker.relations, &is_unknown, d, true);
    assert_eq!((halves.high, whole.high), (Some(3), Some(3)));
    let (_, pattern) = audit(&maker, &[a, b, c, d], &[up]);
    // Two more is possible in whole children, and more than is asked; one more is not.
    assert!(pattern.witnesses.iter().all(|one| one.of(d) % 2 == 0), "{pattern:?}");
    let (_, pattern) = audit(&maker, &[a, b, c, d], &[Need { cel: d, low: 1, high: 3 }]);
    assert!(pattern.failed.is_empty());
}

#[test]
fn a_gap_in_whole_numbers_is_found() {
    // x = y (their sums with z are equal) and x + y + w = 3: w is odd, 1 or 3; when x is at least 1 it is 1.
    let mut maker = Maker::default();
    let [x, y, z, w] = [1, 1, 4, 1].map(|value| maker.cell(value, 0));
    let sums = [vec![x, z], vec![y, z], vec![x, y, w]];
    for parts in &sums {
        maker.sum(parts, 1);
    }
    only(&mut maker, &[x, y, z, w]);
    maker.cells[x].floor = 0;
    let (system, pattern) = audit(&maker, &[x, y, z, w], &[Need { cel: w, low: 1, high: 2 }]);
    let is_unknown = |cel: Cel| !maker.cells[cel].is_frozen;
    let halves = interval(&maker.cells, &maker.relations, &is_unknown, w, false);
    let whole = interval(&maker.cells, &maker.relations, &is_unknown, w, true);
    assert_eq!((whole.low, whole.high), (Some(1), Some(1)), "{halves:?}");
    assert_eq!(pattern.failed.len(), 1);
    assert!(!pattern.is_proven(&system, &[Need { cel: w, low: 1, high: 2 }]));
}

/// Distinct children of three products, of which some have two: 7 + 25 + 30 children with a product, 50 in all.
fn distinct() -> (Maker, [Cel; 3], Cel, Relation) {
    let mut maker = Maker::default();
    let products = [7, 25, 30].map(|value| maker.cell(value, 0));
    let total = maker.cell(50, 1);
    let overlap = maker.cell(-12, 0);
    maker.cells[overlap].is_unseen = true;
    let relation = Relation { total, parts: [&products[..], &[overlap]].concat() };
    (maker, products, overlap, relation)
}

#[test]
fn a_known_overlap_protects_nothing() {
    let (mut maker, products, overlap, relation) = distinct();
    maker.cells[overlap].is_frozen = true;
    maker.relations.push(relation);
    let system = maker.system();
    let needs = needs(&system);
    let pattern = protect(&system, BTreeSet::new(), &needs, &[], &Microlp);
    assert!(pattern.is_proven(&system, &needs));
    assert_eq!(pattern.hidden, BTreeSet::from([products[0], products[1]]));
    let fewer = Pattern { hidden: BTreeSet::from([products[0]]), ..pattern };
    assert!(!fewer.is_proven(&system, &needs));
}

#[test]
fn an_unknown_overlap_can_protect() {
    let (mut maker, products, overlap, _) = distinct();
    // S = Σ products = total + overlap, with S and the overlap in no output.
    maker.cells[overlap] = Cell { value: 12, is_unseen: true, ..Cell::default() };
    let sum = maker.sum(&products, 1);
    maker.cells[sum].is_unseen = true;
    maker.cells[sum].floor = 0;
    maker.relations.push(Relation { total: sum, parts: vec![3, overlap] });
    let system = maker.system();
    let needs = needs(&system);
    let pattern = protect(&system, BTreeSet::new(), &needs, &[], &Microlp);
    assert!(pattern.is_proven(&system, &needs));
    // The overlap gives the room, and no unseen cell counts as hidden.
    assert_eq!(pattern.hidden, BTreeSet::from([products[0]]));
    assert_eq!(pattern.counts().n_secondary, 0);
}

/// Counts of children and their euros, in two tables of the same shape.
fn with_euros(seed: u64) -> (Maker, Vec<Vec<Cel>>, Vec<Need>) {
    let mut maker = Maker::default();
    let mut random = Xorshift::new(seed);
    let axes = [Axis::new(5, 2), Axis::new(4, 1)];
    let counts = maker.table(&axes, &mut random);
    let n_counts = maker.cells.len();
    let n_sums = maker.relations.len();
    for at in 0..n_counts {
        let level = maker.cells[at].level;
        let price = 90_000_000 + random.below(9_000_000_000);
        let value = if level == 0 { maker.cells[at].value * price } else { 0 };
        maker.cells.push(Cell { value, level, ..Cell::default() });
    }
    for at in 0..n_sums {
        let moved = |cel: &Cel| cel + n_counts;
        let relation = &maker.relations[at];
        let (total, parts) =
            (moved(&relation.total), relation.parts.iter().map(moved).collect::<Vec<_>>());
        maker.cells[total].value = parts.iter().map(|part| maker.cells[*part].value).sum();
        maker.relations.push(Relation { total, parts });
    }
    let twins = counts.values().map(|cel| vec![*cel, cel + n_counts]).collect();
    let system = maker.system();
    let mut all = needs(&system);
    all.retain(|need| need.cel < n_counts);
    let euros: Vec<Need> =
        all.iter().map(|need| fifteen_percent(&system, need.cel + n_counts)).collect();
    all.extend(euros);
    (maker, twins, all)
}

fn fifteen_percent(system: &System, cel: Cel) -> Need {
    let value = system.value(cel);
    let margin = value / 100 * 15;
    Need { cel, low: value - margin, high: value + margin }
}

#[test]
fn euros_and_children_share_a_pattern() {
    let mut n_proven = 0;
    for seed in 0..20 {
        let (maker, twins, needs) = with_euros(seed);
        let system = maker.system();
        let pattern = protect(&system, BTreeSet::new(), &needs, &twins, &Microlp);
        assert_eq!(pattern.is_proven(&system, &needs), pattern.failed.is_empty(), "table {seed}");
        for pair in &twins {
            let n_hidden = pair.iter().filter(|cel| pattern.hidden.contains(cel)).count();
            assert!(n_hidden != 1, "table {seed}: {pair:?}");
        }
        let failed: BTreeSet<Cel> = pattern.failed.iter().map(|one| one.need.cel).collect();
        let unknown = |cel: Cel| pattern.hidden.contains(&cel);
        for need in needs.iter().filter(|need| !failed.contains(&need.cel)) {
            let seen = interval(&maker.cells, &maker.relations, &unknown, need.cel, false);
            // The attacker counts in floating point: a millionth of a billion euros is a cent or so.
            let slack = need.high / 1_000_000;
            assert!(seen.covers(need.low + slack, need.high - slack), "{need:?} but {seen:?}");
        }
        n_proven += usize::from(pattern.failed.is_empty());
    }
    assert!(n_proven > 5, "{n_proven}");
}

#[test]
fn twins_of_what_is_known_are_not_hidden() {
    let mut maker = Maker::default();
    let counts = [4, 30, 60].map(|value| maker.cell(value, 0));
    maker.sum(&counts, 1);
    let euros = maker.cell(9_000, 0);
    maker.cells[euros].is_frozen = true;
    let system = maker.system();
    let needs = needs(&system);
    let pattern = protect(&system, BTreeSet::new(), &needs, &[vec![counts[1], euros]], &Microlp);
    assert!(pattern.is_proven(&system, &needs));
    assert_eq!(pattern.hidden, BTreeSet::from([counts[0], counts[2]]));
}

#[test]
fn a_billion_euros_and_a_credit_are_exact() {
    let mut maker = Maker::default();
    let values = [300_000_000_001, -40_000_000_007, 999_999_999_999, 500_000_000_000];
    let cells = values.map(|value| maker.cell(value, 0));
    for cel in cells {
        maker.cells[cel].floor = -1_000_000_000_000;
    }
    let total = maker.sum(&cells, 1);
    maker.cells[total].floor = -1_000_000_000_000;
    // A second way to add up makes it no network, so that the programme must scale.
    let half = maker.sum(&[cells[0], cells[1]], 1);
    maker.sum(&[half, cells[2], cells[3]], 1);
    maker.sum(&[cells[1], cells[3]], 1);
    let system = maker.system();
    let needs: Vec<Need> = [cells[0], cells[1]]
        .map(|cel| {
            let margin = system.value(cel).abs() / 100 * 15 + 7;
            let value = system.value(cel);
            Need { cel, low: value - margin, high: value + margin }
        })
        .to_vec();
    let pattern = protect(&system, BTreeSet::new(), &needs, &[], &Microlp);
    assert!(pattern.is_proven(&system, &needs), "{:?}", pattern.failed);
}

#[test]
fn a_nought_that_is_shown_never_moves() {
    let mut maker = Maker::default();
    let cells = [3, 0, 0, 40].map(|value| maker.cell(value, 0));
    maker.sum(&cells, 1);
    let (system, pattern) = audit(&maker, &[], &needs(&maker.system()));
    assert!(pattern.is_proven(&system, &needs(&system)));
    assert_eq!(pattern.hidden, BTreeSet::from([cells[0], cells[3]]));
}

#[test]
fn a_cell_that_is_known_cannot_be_proven() {
    let mut maker = Maker::default();
    let cells = [3, 30, 40].map(|value| maker.cell(value, 0));
    maker.sum(&cells, 1);
    maker.cells[cells[0]].is_frozen = true;
    let need = Need { cel: cells[0], low: 1, high: 10 };
    let (system, pattern) = audit(&maker, &[cells[0]], &[need]);
    assert!(!pattern.is_proven(&system, &[need]));
    assert_eq!(pattern.failed.iter().map(|one| one.side).collect::<Vec<_>>(), Side::BOTH);
}

#[test]
fn sums_that_do_not_add_up_are_told() {
    let cell = |value| Cell { value, ..Cell::default() };
    let relation = |parts: &[Cel]| Relation { total: 0, parts: parts.to_vec() };
    let made = |relations| System::new(vec![cell(3), cell(1), cell(2)], relations).map(|_| ());
    assert_eq!(made(vec![relation(&[1, 2])]), Ok(()));
    for wrong in [relation(&[1]), relation(&[1, 1, 1]), relation(&[1, 2, 7])] {
        let relations = vec![relation(&[1, 2]), wrong];
        assert_eq!(made(relations), Err(Contradiction { relation: 1 }));
    }
}

/// A solver that lies.
struct Liar;

impl Solver for Liar {
    fn solve(&self, near: &super::super::Neighbourhood) -> Option<Vec<i64>> {
        Some(near.cells.iter().map(|_| near.sign * near.amount).collect())
    }
}

#[test]
fn a_solver_that_lies_makes_no_proof() {
    for seed in [2, 3, 7, 8] {
        let maker = super::maker::random(seed);
        let system = maker.system();
        let needs = needs(&system);
        let pattern = protect(&system, BTreeSet::new(), &needs, &[], &Liar);
        let is_hidden = |cel: Cel| pattern.hidden.contains(&cel);
        assert!(pattern.witnesses.iter().all(|one| one.holds(&system, is_hidden)));
        assert_eq!(pattern.is_proven(&system, &needs), pattern.failed.is_empty());
    }
}

#[test]
fn a_false_witness_does_not_hold() {
    let mut maker = Maker::default();
    let cells = [3, 30, 40].map(|value| maker.cell(value, 0));
    maker.sum(&cells, 1);
    let system = maker.system();
    let holds = |changes: &[(Cel, i64)]| {
        Witness::new(changes.iter().copied()).holds(&system, |cel| cel < 2)
    };
    assert!(holds(&[(cells[0], 5), (cells[1], -5)]));
    assert!(holds(&[(cells[0], -2), (cells[1], 2)]));
    assert!(!holds(&[(cells[0], -3), (cells[1], 3)]), "below 1");
    assert!(!holds(&[(cells[0], 5)]), "does not add up");
    assert!(!holds(&[(cells[0], 5), (cells[2], -5)]), "moves what is shown");
    assert!(!holds(&[(cells[0], 5), (cells[0], -5)]), "moves a cell twice");
    assert!(!holds(&[(cells[0], i64::MAX), (cells[1], i64::MIN)]), "too far");
}
