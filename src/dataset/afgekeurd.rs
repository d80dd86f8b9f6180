//! Rejected rows, as far as their cells could be read: what a return file is made from.

use std::collections::BTreeSet;

use anyhow::Result;
use chrono::NaiveDate;
use polars::prelude::{
    BooleanChunked, Column as PolarsColumn, DataFrame, NewChunkedArray, PolarsResult,
};

use crate::dataset::parquet::{computing, read_whole};
use crate::dataset::slices::for_each_slice;
use crate::dataset::store::files_in;
use crate::dataset::{BASE, CROSS_REJECTS, Dataset, REJECTED, read_rejects, vervangen};
use crate::rejects::{Reject, Severity};
use crate::schema::{Column, DECLARATIES, TABLES, Table};
use crate::typing::cells::date_of;
use crate::typing::rejected::{LEFT_OUT, is_kept, may_hold_bsn};

/// One rejected row, as far as its cells could be read.
#[derive(Debug, Clone)]
pub struct AfgekeurdeRij {
    /// The table it was meant for.
    pub table: &'static Table,
    /// Path of its file as the user gave it, `/` between folders.
    pub file: String,
    /// Line in the file, as in [`Reject::line`](crate::rejects::Reject::line).
    pub regel: u64,
    /// One per column of `table`; `None` when it was not given, could not be read, or is of a person (the client too).
    pub waarden: Vec<Option<Waarde>>,
    /// Columns whose text was given and not kept, because a BSN may stand in it: the supplier writes it again.
    pub niet_bewaard: Vec<&'static str>,
}

/// A value of a kept row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waarde {
    /// Text and codes.
    Text(String),
    /// A number in the unit of the column: cents, thousandths, whole.
    Int(i64),
    /// A calendar date.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
}

impl Dataset {
    /// Rejected rows, by file and line: those that are kept, and accepted declaraties that a rule across files rejected
    /// and that nothing came in the place of. Rows that never became one (another number of fields than the
    /// heading) and rows of a file that was refused whole are not among them.
    ///
    /// # Errors
    /// When the disk refuses or a file is damaged.
    pub fn afgekeurde_rijen(&self) -> Result<Vec<AfgekeurdeRij>> {
        let paths = self.manifest.paths();
        let mut out = Vec::new();
        for table in TABLES.iter().copied() {
            for file in files_in(&self.folder.join(REJECTED).join(table.name))? {
                let frame = read_whole(&file, &[])?;
                let mut rows = computing(rows_of(table, &frame), "de afgekeurde regels")?;
                for row in &mut rows {
                    row.file = paths.get(&row.file).cloned().unwrap_or_default();
                }
                out.append(&mut rows);
            }
        }
        let mut rows = self.kruis_rijen()?;
        for row in &mut rows {
            row.file = paths.get(&row.file).cloned().unwrap_or_default();
        }
        out.append(&mut rows);
        // Rows on one line (a message without line breaks) stay in their own order.
        out.sort_by(|a, b| (&a.file, a.regel).cmp(&(&b.file, b.regel)));
        Ok(out)
    }
}

impl Dataset {
    /// Accepted declaraties that a rule across files rejected, as far as nothing came in their place.
    fn kruis_rijen(&self) -> Result<Vec<AfgekeurdeRij>> {
        let mut rejects = read_rejects(&self.folder.join(CROSS_REJECTS))?;
        vervangen::mark(&self.vervangen()?, &self.manifest, &mut rejects);
        let is_open = |reject: &&Reject| {
            let is_line = reject.line > 0 && reject.table == DECLARATIES.name;
            is_line && reject.severity == Severity::Fataal && reject.hersteld.is_empty()
        };
        let open: BTreeSet<(&str, u64)> = rejects
            .iter()
            .filter(is_open)
            .map(|reject| (reject.bron.as_str(), reject.line))
            .collect();
        let mut out = Vec::new();
        if open.is_empty() {
            return Ok(out);
        }
        for file in files_in(&self.folder.join(BASE).join(DECLARATIES.name))? {
            for_each_slice(&file, &[], |slice| {
                let rows = computing(rows_among(slice, &open), "de afgekeurde regels")?;
                out.extend(rows);
                Ok(())
            })?;
        }
        // An accepted line may hold any text.
        for value in out.iter_mut().flat_map(|row| &mut row.waarden) {
            *value = value
                .take()
                .filter(|value| !matches!(value, Waarde::Text(text) if may_hold_bsn(text)));
        }
        Ok(out)
    }
}

/// The declaraties of a slice that stand at one of these places.
fn rows_among(
    slice: &DataFrame,
    places: &BTreeSet<(&str, u64)>,
) -> PolarsResult<Vec<AfgekeurdeRij>> {
    let (bron, regel) = (slice.column("bron")?.str()?, slice.column("regel")?.i64()?);
    let is_it = |row: usize| {
        let place = bron.get(row).zip(regel.get(row));
        place.is_some_and(|(bron, regel)| places.contains(&(bron, regel.cast_unsigned())))
    };
    let rows: Vec<bool> = (0..slice.height()).map(is_it).collect();
    if !rows.contains(&true) {
        return Ok(Vec::new());
    }
    rows_of(&DECLARATIES, &slice.filter(&BooleanChunked::from_slice("".into(), &rows))?)
}

/// The rows of a file; in the place of its path, their `bron`.
fn rows_of(table: &'static Table, frame: &DataFrame) -> PolarsResult<Vec<AfgekeurdeRij>> {
    let bron = frame.column("bron")?.str()?;
    let regel = frame.column("regel")?.i64()?;
    // Accepted rows leave nothing out.
    let left_out = frame.column(LEFT_OUT).and_then(PolarsColumn::str).ok();
    let named = |names: &str| {
        let columns = table.columns.iter().map(|column| column.name);
        columns.filter(|name| names.split(',').any(|other| other == *name)).collect()
    };
    let mut rows: Vec<AfgekeurdeRij> = (0..frame.height())
        .map(|row| AfgekeurdeRij {
            table,
            file: bron.get(row).unwrap_or_default().to_owned(),
            regel: regel.get(row).unwrap_or_default().cast_unsigned(),
            waarden: vec![None; table.columns.len()],
            niet_bewaard: left_out.and_then(|names| names.get(row)).map(named).unwrap_or_default(),
        })
        .collect();
    for (at, column) in table.columns.iter().enumerate() {
        if is_kept(column) && !column.is_person() {
            for (row, value) in rows.iter_mut().zip(values(column, frame)?) {
                row.waarden[at] = value;
            }
        }
    }
    Ok(rows)
}

fn values(column: &Column, frame: &DataFrame) -> PolarsResult<Vec<Option<Waarde>>> {
    let from = frame.column(column.name)?;
    Ok(if let Ok(texts) = from.str() {
        texts.iter().map(|text| text.map(|text| Waarde::Text(text.to_owned()))).collect()
    } else if let Ok(numbers) = from.i64() {
        numbers.iter().map(|number| number.map(Waarde::Int)).collect()
    } else if let Ok(flags) = from.bool() {
        flags.iter().map(|flag| flag.map(Waarde::Bool)).collect()
    } else {
        let days = from.date()?.physical();
        days.iter().map(|day| day.and_then(date_of).map(Waarde::Date)).collect()
    })
}
