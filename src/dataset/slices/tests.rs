//! Slices in their order, only those that are needed, and walks that fail or stop.

use polars::prelude::{Column, IntoColumn, NamedFrom, Series};

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::dataset::parquet::Writer;
use crate::dataset::stop::Interrupted;

/// Nobody wants to stop.
static GO: AtomicBool = AtomicBool::new(false);

/// Numbers from `first`, and a text on one of them.
fn rows_from(first: i64, n: i64, with_text: Option<i64>) -> DataFrame {
    let numbers: Vec<i64> = (first..first + n).collect();
    let texts: Vec<Option<&str>> =
        numbers.iter().map(|number| (Some(*number) == with_text).then_some("x")).collect();
    let columns: Vec<Column> = vec![
        Series::new("nummer".into(), numbers).into_column(),
        Series::new("tekst".into(), texts).into_column(),
    ];
    DataFrame::new(columns[0].len(), columns).unwrap()
}

/// Two files of two row groups that do not go together in a slice; in the third there is a text.
fn files(folder: &Path) -> Vec<PathBuf> {
    let n = 40_000;
    let mut out = Vec::new();
    for at in 0..2 {
        let path = folder.join(format!("{at}.parquet"));
        let mut writer = Writer::new(path.clone());
        for group in 0..2 {
            writer.write(&rows_from((2 * at + group) * n, n, Some(100_000))).unwrap();
        }
        writer.finish().unwrap();
        out.push(path);
    }
    out
}

#[test]
fn slices_come_in_their_order_and_only_those_that_are_needed() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let sums = |is_needed: &dyn Fn(&Part<'_>) -> bool| {
        let mut out = Vec::new();
        let work = |first: usize, frame: &DataFrame| {
            let sum = frame.column("nummer")?.i64()?.iter().flatten().sum::<i64>();
            Ok((first, sum))
        };
        side_by_side_where(&files, &["nummer"], &GO, is_needed, work, |one| {
            out.push(one);
            Ok(())
        })
        .unwrap();
        out
    };
    let of = |first: i64| (first..first + 40_000).sum::<i64>();
    let all = [0, 40_000, 80_000, 120_000].map(|first| (first, of(first)));
    let all = all.map(|(first, sum)| (usize::try_from(first).unwrap(), sum));
    assert_eq!(sums(&|_| true), all);
    assert_eq!(sums(&|part| part.has_any("tekst")), all[2..3]);
    assert_eq!(sums(&|part| part.rows().contains(&40_000)), all[1..2]);
    assert_eq!(sums(&|part| part.has_any("nummer")), all);
    assert!(!has_any(&files[0], "tekst").unwrap());
    assert!(has_any(&files[1], "tekst").unwrap());
    assert_eq!(rows(&files[1]).unwrap(), 80_000);
}

#[test]
fn what_goes_wrong_on_either_side_is_told_and_nothing_waits_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let failing = |first: usize, _: &DataFrame| {
        if first == 40_000 {
            bail!("stuk")
        }
        Ok(())
    };
    let told = side_by_side(&files, &[], &GO, failing, |()| Ok(())).unwrap_err();
    assert_eq!(told.to_string(), "stuk");
    let told = side_by_side(&files, &[], &GO, |_, _| Ok(()), |()| bail!("vol")).unwrap_err();
    assert_eq!(told.to_string(), "vol");
}

#[test]
fn a_walk_that_is_to_stop_begins_no_other_slice() {
    let folder = tempfile::tempdir().unwrap();
    // More slices than there are cores, each of which may have begun one.
    let n = rayon::current_num_threads();
    let files = vec![files(folder.path()); n].concat();
    let (stop, taken) = (AtomicBool::new(false), AtomicUsize::new(0));
    // The first slice that comes through stops the walk.
    let take = |()| {
        taken.fetch_add(1, Ordering::Relaxed);
        stop.store(true, Ordering::Relaxed);
        Ok(())
    };
    let wait = |first: usize, _: &DataFrame| {
        while first > 0 && !stop.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        Ok(())
    };
    let told = side_by_side(&files, &[], &stop, wait, take).unwrap_err();
    assert!(told.is::<Interrupted>(), "{told}");
    assert!((1..=n + 1).contains(&taken.into_inner()));
}
