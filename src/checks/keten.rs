//! Chains of agreements: each names the one it renews.
//!
//! Enters: the register. Leaves: of every agreement how many came before it and when the first began. A reference that
//! leads nowhere is said, and a circle has no beginning.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use polars::prelude::{
    BooleanChunked, Column, DataType, Int32Chunked, Int64Chunked, IntoColumn, IntoSeries,
    NewChunkedArray,
};

use crate::checks::tabel::Tabel;

/// What lies before one agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Keten {
    /// Known agreements before it; `None` in or behind a circle.
    nummer: Option<i64>,
    /// Day on which the first known one began; `None` in or behind a circle.
    begin: Option<i32>,
    /// False when the chain refers to something the register does not have.
    is_volledig: bool,
}

const ROND: Keten = Keten { nummer: None, begin: None, is_volledig: false };

/// One agreement by its number.
struct Schakel<'t> {
    begin: i32,
    vorige: Option<&'t str>,
    /// The register has it twice, renewing different ones.
    is_tegenstrijdig: bool,
}

/// The chain of every agreement in the register, by row.
pub(super) struct Ketens {
    rows: Vec<Keten>,
}

impl Ketens {
    /// Follows every agreement back to its first.
    pub(super) fn of(tabel: &Tabel) -> Self {
        let row = |row| {
            let begin = tabel.date("ingangsdatum", row).unwrap_or_default();
            (tabel.text("maatwerk_id", row), begin, tabel.text("vorige_maatwerk_id", row))
        };
        let register: Vec<(&str, i32, &str)> = (0..tabel.n_rows()).map(row).collect();
        Self { rows: ketens(&register) }
    }

    /// The columns of these rows.
    pub(super) fn columns(&self, rows: &[usize]) -> Vec<Column> {
        let of = |row: &usize| self.rows[*row];
        let nummer = rows.iter().map(|row| of(row).nummer);
        let begin = rows.iter().map(|row| of(row).begin);
        let volledig = rows.iter().map(|row| of(row).is_volledig);
        let begin: Int32Chunked = Int32Chunked::from_iter_options("keten_begin".into(), begin);
        vec![
            Int64Chunked::from_iter_options("keten_nummer".into(), nummer)
                .into_series()
                .into_column(),
            begin.into_series().cast(&DataType::Date).unwrap_or_default().into_column(),
            BooleanChunked::from_iter_values("keten_volledig".into(), volledig)
                .into_series()
                .into_column(),
        ]
    }
}

/// The chain of each of (number, first day, number of the one it renews or nothing).
fn ketens(register: &[(&str, i32, &str)]) -> Vec<Keten> {
    let mut schakels: BTreeMap<&str, Schakel<'_>> = BTreeMap::new();
    for (id, begin, vorige) in register {
        let vorige = Some(*vorige).filter(|vorige| !vorige.is_empty());
        let own = Schakel { begin: *begin, vorige, is_tegenstrijdig: false };
        let known = schakels.entry(id).or_insert(own);
        known.begin = known.begin.min(*begin);
        known.is_tegenstrijdig |=
            known.vorige.is_some() && vorige.is_some() && known.vorige != vorige;
        known.vorige = known.vorige.or(vorige);
    }
    let mut done: HashMap<&str, Keten> = HashMap::new();
    for id in schakels.keys() {
        follow(id, &schakels, &mut done);
    }
    register.iter().map(|(id, ..)| done[id]).collect()
}

/// Walks back from one agreement to what is known already or to a beginning, and fills in all on the way.
fn follow<'t>(
    start: &'t str,
    schakels: &BTreeMap<&'t str, Schakel<'t>>,
    done: &mut HashMap<&'t str, Keten>,
) {
    let (mut way, mut seen) = (Vec::new(), BTreeSet::new());
    let mut at = Some(start);
    let mut keten = None;
    while let Some(id) = at {
        keten = done.get(id).copied();
        if keten.is_some() {
            break;
        }
        if !seen.insert(id) {
            keten = Some(ROND);
            break;
        }
        way.push(id);
        at = earlier(id, schakels);
    }
    for id in way.into_iter().rev() {
        let schakel = &schakels[id];
        let own = match keten {
            Some(keten) => Keten {
                nummer: keten.nummer.map(|nummer| nummer + 1),
                begin: keten.begin.map(|begin| begin.min(schakel.begin)),
                is_volledig: keten.is_volledig,
            },
            None => Keten {
                nummer: Some(0),
                begin: Some(schakel.begin),
                is_volledig: schakel.vorige.is_none(),
            },
        };
        done.insert(id, own);
        keten = Some(own);
    }
}

/// The agreement that this one renews, when that can be: it is in the register and did not begin later.
fn earlier<'t>(id: &str, schakels: &BTreeMap<&'t str, Schakel<'t>>) -> Option<&'t str> {
    let schakel = &schakels[id];
    let (vorige, found) = schakels.get_key_value(schakel.vorige?)?;
    (!schakel.is_tegenstrijdig && found.begin <= schakel.begin).then_some(*vorige)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Number, first day and whether it is complete, of each in turn.
    #[track_caller]
    fn check(register: &[(&str, i32, &str)], expect: &[(Option<i64>, Option<i32>, bool)]) {
        let found: Vec<_> = (ketens(register).iter())
            .map(|keten| (keten.nummer, keten.begin, keten.is_volledig))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn a_chain_is_followed_to_its_first_whatever_the_order_of_the_register() {
        check(
            &[("C", 30, "B"), ("A", 10, ""), ("D", 40, "C"), ("B", 20, "A"), ("los", 5, "")],
            &[
                (Some(2), Some(10), true),
                (Some(0), Some(10), true),
                (Some(3), Some(10), true),
                (Some(1), Some(10), true),
                (Some(0), Some(5), true),
            ],
        );
    }

    #[test]
    fn two_renewals_of_one_agreement_are_each_the_first_renewal() {
        let register = [("A", 10, ""), ("B", 20, "A"), ("C", 20, "A")];
        check(
            &register,
            &[(Some(0), Some(10), true), (Some(1), Some(10), true), (Some(1), Some(10), true)],
        );
    }

    #[test]
    fn what_the_register_does_not_have_leaves_the_chain_incomplete() {
        check(
            &[("B", 20, "weg"), ("C", 30, "B")],
            &[(Some(0), Some(20), false), (Some(1), Some(20), false)],
        );
    }

    #[test]
    fn what_begins_later_cannot_be_renewed_and_the_same_day_can() {
        check(
            &[("A", 21, ""), ("B", 20, "A"), ("C", 21, "A")],
            &[(Some(0), Some(21), true), (Some(0), Some(20), false), (Some(1), Some(21), true)],
        );
    }

    #[test]
    fn a_circle_has_no_number_nor_has_what_hangs_on_it() {
        let rond = (None, None, false);
        check(&[("A", 10, "B"), ("B", 10, "A"), ("C", 20, "B")], &[rond, rond, rond]);
        check(&[("A", 10, "A")], &[rond]);
    }

    #[test]
    fn an_agreement_that_is_there_twice_is_one() {
        check(
            &[("B", 20, "A"), ("A", 10, ""), ("A", 8, ""), ("B", 20, "")],
            &[
                (Some(1), Some(8), true),
                (Some(0), Some(8), true),
                (Some(0), Some(8), true),
                (Some(1), Some(8), true),
            ],
        );
        let two = [("B", 20, "A"), ("B", 20, "C"), ("A", 10, ""), ("C", 5, "")];
        check(
            &two,
            &[
                (Some(0), Some(20), false),
                (Some(0), Some(20), false),
                (Some(0), Some(10), true),
                (Some(0), Some(5), true),
            ],
        );
    }

    #[test]
    fn a_very_long_chain_is_followed_at_once() {
        let ids: Vec<String> = (0..50_000).map(|n| format!("{n:05}")).collect();
        let register: Vec<(&str, i32, &str)> = (ids.iter().enumerate())
            .map(|(at, id)| (id.as_str(), 0, if at == 0 { "" } else { ids[at - 1].as_str() }))
            .collect();
        assert_eq!(ketens(&register)[49_999].nummer, Some(49_999));
        let back: Vec<(&str, i32, &str)> = (ids.iter().enumerate())
            .map(|(at, id)| (id.as_str(), 0, ids.get(at + 1).map_or("", String::as_str)))
            .collect();
        assert_eq!(ketens(&back)[0].nummer, Some(49_999));
    }
}
