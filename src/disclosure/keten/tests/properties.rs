//! What holds for any table.

use std::collections::BTreeSet;

use super::super::{Cel, Microlp, Need, Pattern, System, protect};
use super::attacker::{interval, unknown};
use super::maker::{Maker, Xorshift, known_totals, needs, random};

const SEEDS: std::ops::Range<u64> = 0..40;

fn protected(maker: &Maker) -> (System, Vec<Need>, Pattern) {
    let system = maker.system();
    let needs = needs(&system);
    let pattern = protect(&system, BTreeSet::new(), &needs, &[], &Microlp);
    (system, needs, pattern)
}

#[test]
fn an_attacker_agrees_with_every_proof() {
    let mut n_attacked = 0;
    for seed in SEEDS {
        let maker = random(seed);
        let (system, needs, pattern) = protected(&maker);
        assert_eq!(pattern.is_proven(&system, &needs), pattern.failed.is_empty(), "table {seed}");
        let failed: BTreeSet<Cel> = pattern.failed.iter().map(|one| one.need.cel).collect();
        let unknown = unknown(&maker.cells, &pattern);
        for need in needs.iter().filter(|need| !failed.contains(&need.cel)) {
            let seen = interval(&maker.cells, &maker.relations, &unknown, need.cel, false);
            assert!(seen.covers(need.low, need.high), "table {seed}: {need:?} but {seen:?}");
            n_attacked += 1;
        }
    }
    assert!(n_attacked > 500, "{n_attacked}");
}

#[test]
fn what_fails_cannot_be_protected_by_hiding_all() {
    let mut n_failed = 0;
    for seed in SEEDS {
        let maker = known_totals(random(seed));
        let (_, _, pattern) = protected(&maker);
        let is_nonzero = |cel: Cel| maker.cells[cel].value != 0 && !maker.cells[cel].is_frozen;
        for failure in &pattern.failed {
            let need = failure.need;
            let seen = interval(&maker.cells, &maker.relations, &is_nonzero, need.cel, true);
            assert!(!seen.covers(need.low, need.high), "table {seed}: {failure:?} but {seen:?}");
            n_failed += 1;
        }
    }
    assert!(n_failed > 0);
}

#[test]
fn showing_any_protecting_cell_breaks_the_proof() {
    let mut n_shown = 0;
    for seed in SEEDS {
        let maker = random(seed);
        let (system, needs, pattern) = protected(&maker);
        if !pattern.failed.is_empty() {
            continue;
        }
        for cel in pattern.hidden.difference(&pattern.primary) {
            let mut fewer = pattern.clone();
            fewer.hidden.remove(cel);
            assert!(!fewer.is_proven(&system, &needs), "table {seed}, cell {cel}");
            n_shown += 1;
        }
    }
    assert!(n_shown > 100, "{n_shown}");
}

#[test]
fn another_order_gives_the_same_verdict() {
    for seed in SEEDS {
        let maker = random(seed);
        let mut order: Vec<usize> = (0..maker.cells.len()).collect();
        let mut shuffle = Xorshift::new(seed + 1000);
        for at in (1..order.len()).rev() {
            let other = shuffle.below(i64::try_from(at).unwrap() + 1);
            order.swap(at, usize::try_from(other).unwrap());
        }
        let failed = |pattern: &Pattern, order: &dyn Fn(Cel) -> Cel| {
            let failed = pattern.failed.iter().map(|one| (order(one.need.cel), one.side));
            failed.collect::<BTreeSet<_>>()
        };
        let (_, _, straight) = protected(&maker);
        let (system, needs, permuted) = protected(&maker.permuted(&order));
        assert_eq!(
            failed(&straight, &|cel| order[cel]),
            failed(&permuted, &|cel| cel),
            "table {seed}"
        );
        assert_eq!(permuted.is_proven(&system, &needs), straight.failed.is_empty(), "table {seed}");
    }
}

#[test]
fn twice_gives_the_same() {
    for seed in SEEDS {
        let maker = random(seed);
        let (_, _, first) = protected(&maker);
        let (_, _, second) = protected(&maker);
        assert_eq!(first, second, "table {seed}");
        assert!(first.words().eq(second.words()), "table {seed}");
    }
}

#[test]
fn what_is_known_is_never_hidden_nor_moved() {
    let mut n_frozen = 0;
    for seed in SEEDS {
        let mut maker = random(seed);
        let (_, _, free) = protected(&maker);
        // Half of what would be hidden to protect others was published before.
        let secondary: Vec<Cel> = free.hidden.difference(&free.primary).copied().collect();
        for cel in secondary.iter().step_by(2) {
            maker.cells[*cel].is_frozen = true;
            n_frozen += 1;
        }
        let (system, needs, pattern) = protected(&maker);
        assert_eq!(pattern.is_proven(&system, &needs), pattern.failed.is_empty(), "table {seed}");
        for (cel, cell) in maker.cells.iter().enumerate().filter(|(_, cell)| cell.is_frozen) {
            assert!(!pattern.hidden.contains(&cel), "table {seed}: {cell:?}");
            assert!(pattern.witnesses.iter().all(|one| one.of(cel) == 0), "table {seed}: {cell:?}");
        }
        let unknown = unknown(&maker.cells, &pattern);
        let failed: BTreeSet<Cel> = pattern.failed.iter().map(|one| one.need.cel).collect();
        for need in needs.iter().filter(|need| !failed.contains(&need.cel)) {
            let seen = interval(&maker.cells, &maker.relations, &unknown, need.cel, false);
            assert!(seen.covers(need.low, need.high), "table {seed}: {need:?} but {seen:?}");
        }
    }
    assert!(n_frozen > 50, "{n_frozen}");
}
