//! One row per quarter that an agreement, toewijzing or measure touches.

use std::collections::BTreeMap;

use anyhow::Result;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, IntoColumn, IntoSeries, NewChunkedArray, StringChunked,
};

use crate::checks::tabel::Tabel;
use crate::dataset::parquet::computing;
use crate::period::Kwartaal;
use crate::typing::cells::{date_of, day_number};

const WHAT: &str = "de kwartalen";

/// A row that runs without end date is followed no further than this many quarters, so that a typing error in
/// a begin date cannot fill the disk.
const MAX_QUARTERS: usize = 400;

/// Repeats each of `rows` for every quarter it touches, up to and including `last` where it has no end.
/// `derived` makes further columns from the repeated row numbers.
pub(super) fn per_kwartaal(
    tabel: &Tabel,
    rows: &[usize],
    last: Kwartaal,
    derived: impl Fn(&[usize]) -> Vec<Column>,
) -> Result<DataFrame> {
    let days = |name: &str| computing(tabel.frame.column(name).and_then(Column::date), WHAT);
    let (ingang, einde) = (days("ingangsdatum")?.physical(), days("einddatum")?.physical());
    // The same few quarters come back on very many rows.
    let mut known: BTreeMap<Kwartaal, Dagen> = BTreeMap::new();
    let mut taken = Vec::new();
    let (mut kwartalen, mut is_nieuw, mut loopt, mut eindigt) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let Some(begin) = ingang.get(*row) else { continue };
        let eind = einde.get(*row);
        for kwartaal in touched(begin, eind, last) {
            let Dagen { from, to, .. } =
                known.entry(kwartaal).or_insert_with(|| Dagen::of(kwartaal));
            taken.push(*row);
            kwartalen.push(kwartaal);
            is_nieuw.push((*from..=*to).contains(&begin));
            loopt.push(begin <= *to && eind.is_none_or(|eind| eind >= *to));
            eindigt.push(eind.is_some_and(|eind| (*from..=*to).contains(&eind)));
        }
    }
    let flags = [("is_nieuw", is_nieuw), ("loopt_op_einde", loopt), ("eindigt", eindigt)];
    let mut columns = derived(&taken);
    let mut frame = tabel.take(&taken, std::mem::take(&mut columns))?;
    let names = kwartalen.iter().map(|kwartaal| known[kwartaal].name.as_str());
    let kwartaal = StringChunked::from_iter_values("kwartaal".into(), names);
    let mut added = vec![kwartaal.into_series().into_column()];
    added.extend(flags.into_iter().map(|(name, values)| {
        BooleanChunked::from_slice(name.into(), &values).into_series().into_column()
    }));
    for column in added {
        computing(frame.with_column(column).map(|_| ()), tabel.table.label)?;
    }
    Ok(frame)
}

/// What is needed of a quarter for each row that touches it.
struct Dagen {
    name: String,
    from: i32,
    to: i32,
}

impl Dagen {
    fn of(kwartaal: Kwartaal) -> Self {
        let (from, to) = (day_number(kwartaal.first_day()), day_number(kwartaal.last_day()));
        Self { name: kwartaal.to_string(), from, to }
    }
}

fn touched(begin: i32, eind: Option<i32>, last: Kwartaal) -> impl Iterator<Item = Kwartaal> {
    let first = date_of(begin).map(Kwartaal::of);
    let end = match eind.and_then(date_of) {
        Some(eind) => Some(Kwartaal::of(eind)),
        None => first.map(|first| last.max(first)),
    };
    std::iter::successors(first, |k| Some(k.next()))
        .take_while(move |k| Some(*k) <= end)
        .take(MAX_QUARTERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[track_caller]
    fn check(begin: (i32, u32, u32), eind: Option<(i32, u32, u32)>, expect: &str) {
        let day = |(y, m, d)| day_number(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        let last = "2025-K3".parse().unwrap();
        let names: Vec<String> =
            touched(day(begin), eind.map(day), last).map(|k| k.to_string()).collect();
        assert_eq!(names.join(" "), expect);
    }

    #[test]
    fn quarters_touched_include_both_ends_and_stop_at_the_last_one_seen() {
        check((2025, 3, 31), Some((2025, 7, 1)), "2025-K1 2025-K2 2025-K3");
        check((2025, 5, 1), None, "2025-K2 2025-K3");
        check((2025, 11, 1), None, "2025-K4");
        check((2025, 5, 1), Some((2025, 5, 1)), "2025-K2");
        check((2025, 5, 1), Some((2025, 1, 1)), "");
    }
}
