//! What cannot be protected is named, and withholding the right cells mends it.

use std::collections::BTreeSet;

use super::super::{Cel, Failure, Microlp, Side, protect, protect_again};
use super::maker::{Maker, known_totals, needs, random};

#[test]
fn a_failure_names_the_sum_that_betrays_it_and_withholding_mends_it() {
    let mut maker = Maker::default();
    // One part of the sum was published before, the others are noughts; the wider sum has room.
    let cells = [4, 0, 12].map(|value| maker.cell(value, 0));
    let total = maker.sum(&cells, 1);
    let other = maker.cell(80, 1);
    let whole = maker.sum(&[total, other], 2);
    maker.cells[cells[2]].is_frozen = true;
    maker.cells[total].is_frozen = true;
    maker.cells[whole].is_frozen = true;
    let mut system = maker.system();
    let needs = needs(&system);
    let first = protect(&system, BTreeSet::new(), &needs, &[], &Microlp);
    let told = |failed: &[Failure]| -> Vec<(Side, Option<usize>)> {
        failed.iter().map(|one| (one.side, one.relation)).collect()
    };
    // With all others known it can be nothing but 4, so that it needs not go lower.
    assert_eq!(told(&first.failed), [(Side::Up, Some(0))]);
    // The row of noughts is taken out of the report: now it can be less as well, and is to be.
    system.withhold([cells[1]]);
    let needs = super::maker::needs(&system);
    let second = protect_again(&system, &first, &needs, &[], &Microlp);
    assert_eq!(told(&second.failed), [(Side::Up, Some(0))]);
    let down = second.proofs[&(cells[0], Side::Down)];
    assert!(second.witnesses[down].of(cells[1]) > 0);
}

#[test]
fn going_on_gives_a_proven_pattern_and_keeps_the_proofs() {
    let mut n_mended = 0;
    for seed in 0..60 {
        let maker = known_totals(random(seed));
        let mut system = maker.system();
        let needs = needs(&system);
        let first = protect(&system, BTreeSet::new(), &needs, &[], &Microlp);
        let betraying: BTreeSet<usize> =
            first.failed.iter().filter_map(|one| one.relation).collect();
        let members = betraying.iter().flat_map(|at| system.members(*at));
        let cells: Vec<Cel> = members.map(|(cel, _)| *cel).collect();
        system.withhold(cells);
        let again = protect_again(&system, &first, &needs, &[], &Microlp);
        assert_eq!(again.is_proven(&system, &needs), again.failed.is_empty(), "table {seed}");
        assert!(again.failed.len() <= first.failed.len(), "table {seed}");
        n_mended += first.failed.len() - again.failed.len();
    }
    assert!(n_mended > 0);
}
