//! One row per quarter that an agreement, toewijzing or measure touches.

use anyhow::Result;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, IntoColumn, IntoSeries, NewChunkedArray, StringChunked,
};

use crate::checks::tabel::Tabel;
use crate::period::Kwartaal;
use crate::typing::cells::{date_of, day_number};

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
    let mut taken = Vec::new();
    let (mut kwartalen, mut is_nieuw, mut loopt, mut eindigt) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let Some(begin) = tabel.date("ingangsdatum", *row) else { continue };
        let eind = tabel.date("einddatum", *row);
        for kwartaal in touched(begin, eind, last) {
            let (from, to) = (day_number(kwartaal.first_day()), day_number(kwartaal.last_day()));
            taken.push(*row);
            kwartalen.push(kwartaal.to_string());
            is_nieuw.push((from..=to).contains(&begin));
            loopt.push(begin <= to && eind.is_none_or(|eind| eind >= to));
            eindigt.push(eind.is_some_and(|eind| (from..=to).contains(&eind)));
        }
    }
    let flags = [("is_nieuw", is_nieuw), ("loopt_op_einde", loopt), ("eindigt", eindigt)];
    let mut columns = derived(&taken);
    let mut frame = tabel.take(&taken, std::mem::take(&mut columns))?;
    let kwartaal =
        StringChunked::from_iter_values("kwartaal".into(), kwartalen.iter().map(String::as_str));
    let mut added = vec![kwartaal.into_series().into_column()];
    added.extend(flags.into_iter().map(|(name, values)| {
        BooleanChunked::from_slice(name.into(), &values).into_series().into_column()
    }));
    for column in added {
        crate::dataset::parquet::computing(
            frame.with_column(column).map(|_| ()),
            tabel.table.label,
        )?;
    }
    Ok(frame)
}

fn touched(begin: i32, eind: Option<i32>, last: Kwartaal) -> Vec<Kwartaal> {
    let Some(first) = date_of(begin).map(Kwartaal::of) else { return Vec::new() };
    let end = match eind.and_then(date_of) {
        Some(eind) => Kwartaal::of(eind),
        None => last.max(first),
    };
    std::iter::successors(Some(first), |k| Some(k.next()))
        .take_while(|k| *k <= end)
        .take(MAX_QUARTERS)
        .collect()
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
            touched(day(begin), eind.map(day), last).iter().map(ToString::to_string).collect();
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
