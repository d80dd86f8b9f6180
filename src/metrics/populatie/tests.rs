//! The arithmetic against a plain reading of what it has to find.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Deel, Populaties, Sleutel, Telt};

/// Rows of the data: row of the answer, child, number.
type Rows = Vec<(u8, u8, u8)>;

fn sleutel_of(row: u8) -> Sleutel {
    // Two keys, so that there is something to add up.
    vec![(row / 2).to_string(), (row % 2).to_string()]
}

fn answer(soort: &str, is_gevolgd: bool, rows: &[(u8, u8, u8)]) -> Populaties {
    named(soort, is_gevolgd, rows, i64::from)
}

fn named(
    soort: &str,
    is_gevolgd: bool,
    rows: &[(u8, u8, u8)],
    pseudonym: impl Fn(u8) -> i64,
) -> Populaties {
    let sleutels: Vec<Sleutel> = (0..=u8::MAX).map(sleutel_of).collect();
    let telt = rows.iter().map(|(sleutel, kind, rij)| Telt {
        sleutel: u32::from(*sleutel),
        kind: pseudonym(*kind),
        rij: u64::from(*rij) * 1000 + u64::from(*kind),
    });
    Populaties::new(vec![Deel::new(soort.to_owned(), is_gevolgd, &sleutels, telt.collect())])
}

/// One row of the answer with these children, each with one row of the data.
fn children(range: std::ops::Range<u8>) -> Rows {
    range.map(|child| (0, child, 0)).collect()
}

fn near(new: &[(u8, u8, u8)], old: &[(u8, u8, u8)]) -> usize {
    answer("t:", true, new).te_dicht(&[answer("t:", true, old)], 10).len()
}

#[test]
fn rows_that_differ_by_fewer_children_than_the_minimum_are_too_near() {
    for n in 1..10 {
        assert_eq!(near(&children(0..20 + n), &children(0..20)), 1, "{n}");
        assert_eq!(near(&children(0..20), &children(0..20 + n)), 1, "{n}");
    }
    assert_eq!(near(&children(0..20), &children(0..20)), 0);
    assert_eq!(near(&children(0..30), &children(0..20)), 0);
    assert_eq!(near(&children(0..25), &children(5..30)), 0);
    assert_eq!(near(&children(0..25), &children(4..29)), 1);
}

#[test]
fn the_same_children_with_other_rows_differ() {
    let mut more = children(0..20);
    more.push((0, 3, 7));
    assert_eq!(near(&more, &children(0..20)), 1);
    // Every child has other rows: another quarter, with nearly the same children.
    let other: Rows = (0..19).map(|child| (0, child, 1)).collect();
    assert_eq!(near(&other, &children(0..20)), 0);
    // One child keeps a row: the counts of children are subtracted from each other.
    let mut shared = other;
    shared.push((0, 0, 0));
    assert_eq!(near(&shared, &children(0..20)), 1);
    // A row that counts twice is another sum.
    let mut twice = children(0..20);
    twice.push((0, 3, 0));
    assert_eq!(near(&twice, &children(0..20)), 1);
}

#[test]
fn counts_over_other_rows_are_not_subtracted_and_what_is_not_followed_is_held_for_the_same() {
    let near = |a: (&str, bool), b: (&str, bool), n| {
        let (new, old) = (answer(a.0, a.1, &children(0..n)), answer(b.0, b.1, &children(0..20)));
        new.te_dicht(&[old], 10).len()
    };
    assert_eq!(near(("t:", true), ("u:", true), 21), 0);
    assert_eq!(near(("t:", true), ("", false), 21), 1);
    assert_eq!(near(("", false), ("t:", true), 21), 1);
    assert_eq!(near(("", false), ("t:", true), 20), 1);
    assert_eq!(near(("", false), ("t:", true), 30), 0);
}

#[test]
fn shown_rows_added_up_are_laid_beside_a_total() {
    // Rows 0 to 2 of 20 children each; a fourth with 5 is not shown.
    let shown: Rows = (0..60).map(|child| (child / 20, child, 0)).collect();
    let total = children(0..65);
    assert_eq!(near(&total, &shown), 1);
    assert_eq!(near(&shown, &total), 1, "one of the three is enough");
    let hidden = answer("t:", true, &shown).te_dicht(&[answer("t:", true, &total)], 10);
    assert_eq!(hidden, BTreeSet::from([sleutel_of(0)]));
    // Rows 0 and 1 have a key together.
    assert_eq!(near(&children(0..45), &shown), 1);
    assert_eq!(near(&children(0..50), &shown), 0);
}

#[test]
fn a_whole_and_two_parts_do_not_tell_what_is_left() {
    let part = |range: std::ops::Range<u8>, row: u8| range.map(|child| (0, child, row)).collect();
    // 30 children with one row, 12 of them with another, two with a third.
    let (first, second): (Rows, Rows) = (part(0..30, 0), part(10..22, 1));
    let whole = |n| [first.clone(), second.clone(), part(0..n, 2)].concat();
    let given = |rows: &Rows| answer("t:", true, rows);
    for n in [1, 2, 9] {
        let whole = whole(n);
        let all = [&first, &second, &whole];
        for at in 0..3 {
            let others: Vec<Populaties> =
                (0..3).filter(|other| *other != at).map(|other| given(all[other])).collect();
            // Each two of them go together when they differ by enough; the third does not.
            assert_eq!(given(all[at]).te_dicht(&others, 10).len(), 1, "{n} {at}");
        }
        assert_eq!(given(&first).te_dicht(&[given(&whole)], 10).len(), usize::from(n == 0), "{n}");
    }
    let whole = whole(10);
    assert_eq!(given(&first).te_dicht(&[given(&second), given(&whole)], 10).len(), 0);
}

/// Per child the rows that count, with how often.
fn plain(rows: &[&(u8, u8, u8)]) -> BTreeMap<u8, BTreeMap<u8, usize>> {
    let mut out: BTreeMap<u8, BTreeMap<u8, usize>> = BTreeMap::new();
    for (_, child, row) in rows {
        *out.entry(*child).or_default().entry(*row).or_default() += 1;
    }
    out
}

fn is_near(a: &[&(u8, u8, u8)], b: &[&(u8, u8, u8)], is_row: bool, minimum: usize) -> bool {
    let (one, other) = (plain(a), plain(b));
    let all: BTreeSet<&u8> = one.keys().chain(other.keys()).collect();
    let differ = all.iter().filter(|child| one.get(**child) != other.get(**child)).count();
    let only = all.iter().filter(|child| one.contains_key(**child) != other.contains_key(**child));
    let shares = one.iter().any(|(child, rows)| {
        other.get(child).is_some_and(|others| rows.keys().any(|row| others.contains_key(row)))
    });
    let few = |n: usize| (1..minimum).contains(&n);
    few(differ) || (is_row && shares && few(only.count()))
}

/// Every choice of rows of an answer that adding up along its keys gives.
fn sums(rows: &Rows, shown: &BTreeSet<u8>) -> Vec<Vec<u8>> {
    let of = |key: &dyn Fn(u8) -> u8| {
        let mut groups: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
        let present = rows.iter().map(|(row, ..)| *row).filter(|row| shown.contains(row));
        present.for_each(|row| _ = groups.entry(key(row)).or_default().insert(row));
        groups.into_values().map(|rows| rows.into_iter().collect::<Vec<u8>>())
    };
    of(&|row| row).chain(of(&|row| row / 2)).chain(of(&|row| row % 2)).chain(of(&|_| 0)).collect()
}

fn of_rows<'r>(rows: &'r Rows, wanted: &[u8]) -> Vec<&'r (u8, u8, u8)> {
    rows.iter().filter(|(row, ..)| wanted.contains(row)).collect()
}

/// True when exactly this is a row of the other answer.
fn is_known(own: &[&(u8, u8, u8)], old: &Rows) -> bool {
    let is_row = own.iter().all(|one| one.0 == own[0].0);
    is_row && (0..4).any(|row| plain(own) == plain(&of_rows(old, &[row])))
}

/// True when some of the shown rows, or what they add up to, come too near to another answer.
fn tells(new: &Rows, old: &Rows, shown: &BTreeSet<u8>, minimum: usize) -> bool {
    let all: BTreeSet<u8> = (0..=u8::MAX).collect();
    sums(new, shown).iter().filter(|own| !is_known(&of_rows(new, own), old)).any(|own| {
        sums(old, &all).iter().any(|other| {
            let is_row = own.len() == 1 && other.len() == 1;
            is_near(&of_rows(new, own), &of_rows(old, other), is_row, minimum)
        })
    })
}

/// Children for whom one less another, less or plus a third, is not nought.
fn left_of_three(
    a: &[&(u8, u8, u8)],
    b: &[&(u8, u8, u8)],
    c: &[&(u8, u8, u8)],
    c_sign: i32,
) -> usize {
    let mut sums: BTreeMap<(u8, u8), i32> = BTreeMap::new();
    for (rows, sign) in [(a, 1), (b, -1), (c, c_sign)] {
        for (_, child, row) in rows {
            *sums.entry((*child, *row)).or_default() += sign;
        }
    }
    let left = sums.iter().filter(|(_, sum)| **sum != 0);
    left.map(|((child, _), _)| child).collect::<BTreeSet<_>>().len()
}

/// True when some row comes too near to what two rows, or sums of rows, of another answer leave.
fn three_tell(new: &Rows, old: &Rows, minimum: usize) -> bool {
    let all: BTreeSet<u8> = (0..=u8::MAX).collect();
    let few = |n: usize| (1..minimum).contains(&n);
    let olds = sums(old, &all);
    let news = sums(new, &all).into_iter().filter(|one| one.len() == 1);
    let news = news.filter(|own| !is_known(&of_rows(new, own), old));
    let parts: Vec<&Vec<u8>> = olds.iter().filter(|one| one.len() == 1).collect();
    news.into_iter().any(|own| {
        parts.iter().any(|part| {
            let (own, part) = (of_rows(new, &own), of_rows(old, part));
            let enough = left_of_three(&own, &part, &[], 1) >= minimum;
            enough
                && olds.iter().any(|third| {
                    let third = of_rows(old, third);
                    [1, -1].iter().any(|sign| few(left_of_three(&own, &part, &third, *sign)))
                })
        })
    })
}

/// Answers of four rows with at least three children each, as every shown row has at least the minimum.
fn rows_of_an_answer() -> impl Strategy<Value = Rows> {
    proptest::collection::vec((0_u8..4, 0_u8..12, 0_u8..3), 0..60).prop_map(|rows| {
        let many = |row: u8| {
            let of: BTreeSet<u8> =
                rows.iter().filter(|one| one.0 == row).map(|one| one.1).collect();
            of.len() >= 3
        };
        rows.iter().filter(|one| many(one.0)).copied().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_left_tells_nothing_and_what_tells_nothing_is_left(
        new in rows_of_an_answer(),
        old in rows_of_an_answer(),
    ) {
        const MINIMUM: i64 = 3;
        let hidden = answer("t:", true, &new).te_dicht(&[answer("t:", true, &old)], MINIMUM);
        let shown: BTreeSet<u8> =
            new.iter().map(|one| one.0).filter(|row| !hidden.contains(&sleutel_of(*row))).collect();
        prop_assert!(!tells(&new, &old, &shown, 3));
        let all: BTreeSet<u8> = (0..4).collect();
        prop_assert_eq!(hidden.is_empty(), !tells(&new, &old, &all, 3) && !three_tell(&new, &old, 3));
    }

    #[test]
    fn neither_pseudonyms_nor_the_order_of_rows_matter(
        new in rows_of_an_answer(),
        old in rows_of_an_answer(),
        secret in 1_i64..1_000_000,
    ) {
        let other = |kind: u8| (i64::from(kind) + 1).wrapping_mul(secret).wrapping_mul(0x9e37_79b9) ^ secret;
        let expected = answer("t:", true, &new).te_dicht(&[answer("t:", true, &old)], 3);
        let turned = |rows: &Rows| rows.iter().rev().copied().collect::<Rows>();
        let new = named("t:", true, &turned(&new), other);
        prop_assert_eq!(new.te_dicht(&[named("t:", true, &turned(&old), other)], 3), expected);
    }

    #[test]
    fn a_row_that_was_shown_is_shown_again(rows in rows_of_an_answer(), old in rows_of_an_answer()) {
        let row: Rows = rows.into_iter().filter(|one| one.0 == 1).collect();
        let one = answer("t:", true, &row);
        prop_assert!(one.te_dicht(&[answer("t:", true, &old), one.clone()], 3).is_empty());
    }
}
