//! Writes derived tables other than declaraties, whole or slice by slice.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use polars::prelude::{Column, DataFrame};

use crate::checks::afgeleid;
use crate::checks::herindeling;
use crate::checks::kwartalen;
use crate::checks::tabel::Tabel;
use crate::dataset::Store;
use crate::dataset::encode::{Encoded, encode};
use crate::dataset::slices::side_by_side;
use crate::period::Kwartaal;
use crate::region::Region;
use crate::rejects::Reject;
use crate::schema::{PER_KWARTAAL, TOEWIJZINGEN};

/// AGB → aanbieder; of two names the later line of the later file counts.
pub(super) fn aanbieder_names(tabel: &Tabel) -> HashMap<String, String> {
    let rows = tabel.ordered().into_iter();
    rows.map(|row| (tabel.text("agb", row).to_owned(), tabel.text("aanbieder", row).to_owned()))
        .collect()
}

pub(super) type Deriver<'a> = dyn Fn(&Tabel, &[usize]) -> Vec<Column> + 'a;

pub(super) fn write_all(
    store: &Store,
    tabel: &Tabel,
    last: Option<Kwartaal>,
    derived: &Deriver<'_>,
) -> Result<()> {
    write_table(store, tabel, &tabel.ordered(), last, derived)
}

/// Writes a derived table and, where it has one, its table per quarter. A table that was not supplied is not
/// written: its absence is what makes a figure "niet te bepalen".
pub(super) fn write_table(
    store: &Store,
    tabel: &Tabel,
    rows: &[usize],
    last: Option<Kwartaal>,
    derived: &Deriver<'_>,
) -> Result<()> {
    if !tabel.is_supplied() {
        return Ok(());
    }
    let mut writer = store.derived(tabel.table.name);
    for part in parts(rows) {
        writer.write(&tabel.take(part, derived(tabel, part))?)?;
    }
    writer.finish()?;
    let per = PER_KWARTAAL.iter().find(|(_, of)| *of == tabel.table.name);
    if let (Some((name, _)), Some(last)) = (per, last) {
        let mut writer = store.derived(name);
        for part in parts(rows) {
            writer.write(&kwartalen::per_kwartaal(tabel, part, last, |taken| {
                derived(tabel, taken)
            })?)?;
        }
        writer.finish()?;
    }
    Ok(())
}

/// Rows written at a time; at least one part, so that an empty table exists too.
fn parts(rows: &[usize]) -> impl Iterator<Item = &[usize]> {
    const ROWS: usize = 1 << 15;
    rows.chunks(ROWS).chain(rows.is_empty().then_some(rows))
}

/// Writes the newest version of every toewijzing, in the slices of the base tables: there can be millions. Those under
/// the code of a gemeente that had ended come back as rejects.
pub(super) fn write_toewijzingen(
    store: &Store,
    is_newest: &[bool],
    last: Option<Kwartaal>,
    names: &HashMap<String, String>,
    region: &Region,
    stop: &AtomicBool,
) -> Result<Vec<Reject>> {
    let mut late = Vec::new();
    let mut all = store.derived(TOEWIJZINGEN.name);
    let per = PER_KWARTAAL.iter().find(|(_, of)| *of == TOEWIJZINGEN.name);
    let mut quarters = per.map(|(name, _)| store.derived(name));
    let work = |first: usize, frame: &DataFrame| {
        let tabel = Tabel { table: &TOEWIJZINGEN, frame: frame.clone() };
        let newest: Vec<usize> = (0..tabel.n_rows()).filter(|row| is_newest[first + row]).collect();
        Slice::of(&tabel, &newest, last, names, region)
    };
    side_by_side(&store.base(TOEWIJZINGEN.name)?, &[], stop, work, |slice| {
        late.extend(slice.late);
        all.put(&slice.all)?;
        match (&mut quarters, &slice.quarters) {
            (Some(writer), Some(rows)) => writer.put(rows),
            _ => Ok(()),
        }
    })?;
    all.finish()?;
    quarters.map_or(Ok(0), crate::dataset::parquet::Writer::finish)?;
    Ok(late)
}

/// A slice of the newest toewijzingen, ready to be written.
struct Slice {
    all: Encoded,
    quarters: Option<Encoded>,
    late: Vec<Reject>,
}

impl Slice {
    fn of(
        tabel: &Tabel,
        rows: &[usize],
        last: Option<Kwartaal>,
        names: &HashMap<String, String>,
        region: &Region,
    ) -> Result<Self> {
        let mut late = Vec::new();
        let newest = Tabel { table: tabel.table, frame: tabel.take(rows, Vec::new())? };
        let newest = herindeling::current(region, newest, &mut late)?;
        let rows: Vec<usize> = (0..newest.n_rows()).collect();
        let named = |taken: &[usize]| {
            vec![
                afgeleid::aanbieder(&newest, taken, names),
                afgeleid::looptijd_dagen(&newest, taken),
                afgeleid::toegekend_milli(&newest, taken),
            ]
        };
        let all = encode(&newest.take(&rows, named(&rows))?)?;
        let per = |last| kwartalen::per_kwartaal(&newest, &rows, last, named);
        let quarters = last.map(|last| encode(&per(last)?)).transpose()?;
        Ok(Self { all, quarters, late })
    }
}
