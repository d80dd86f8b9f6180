//! The cells of rows, without a column that can identify a person.
//!
//! Enters: rows by table, file and line. Leaves: [`Rijtabel`], one per table. Does not know why these rows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use polars::prelude::{
    Column as PlColumn, DataFrame, IntoLazy, JoinArgs, JoinType, LazyFrame, PlRefPath,
    PolarsResult, ScanArgsParquet, col,
};

use crate::metrics::extract::list_value;
use crate::metrics::measured::ListValue;
use crate::metrics::query::QueryError;
use crate::metrics::rijen::Rij;
use crate::metrics::tables;
use crate::rejects::{HIDDEN, excerpt};
use crate::schema::{Column, Dtype, Table};

/// Rows of one table.
pub struct Rijtabel {
    /// The table.
    pub tabel: &'static Table,
    /// Its columns that are shown, in the order of the schema.
    pub kolommen: Vec<&'static Column>,
    /// File (first 16 digits of its hash), line, and a value per column; by file and line.
    pub rijen: Vec<(String, i64, Vec<ListValue>)>,
}

/// Reads the rows; one table per canonical table, in the order of their names.
///
/// # Errors
/// When the dataset cannot be read.
pub fn inhoud(dataset: &Path, rijen: &BTreeSet<Rij>) -> Result<Vec<Rijtabel>, QueryError> {
    let mut per_file: BTreeMap<&str, BTreeSet<(&str, i64)>> = BTreeMap::new();
    for row in rijen {
        let Some((file, _)) = tables::whole(&row.tabel) else { continue };
        per_file.entry(file).or_default().insert((&row.bron, row.regel));
    }
    let mut out: BTreeMap<&str, Rijtabel> = BTreeMap::new();
    for (file, rows) in per_file {
        let Some((_, tabel)) = tables::whole(file) else { continue };
        let read = of_file(dataset, file, tabel, &rows).map_err(|error| {
            let what = format!(
                "tabel '{file}' van de dataset is niet te lezen; maak de dataset opnieuw met lees"
            );
            QueryError::at(file, 0, what).with_detail(error)
        })?;
        let kolommen = shown(tabel);
        let known =
            out.entry(tabel.name).or_insert(Rijtabel { tabel, kolommen, rijen: Vec::new() });
        known.rijen.extend(read);
    }
    let mut out: Vec<Rijtabel> = out.into_values().collect();
    for table in &mut out {
        table.rijen.sort();
    }
    Ok(out)
}

/// Columns that say nothing about who it is.
fn shown(tabel: &'static Table) -> Vec<&'static Column> {
    // The quarter in which somebody turns eighteen is as good as a birth date.
    let tells = |column: &&Column| column.is_person() || column.name == "wordt_18";
    tabel.columns.iter().filter(|column| !tells(column)).collect()
}

fn of_file(
    dataset: &Path,
    file: &str,
    tabel: &'static Table,
    rows: &BTreeSet<(&str, i64)>,
) -> PolarsResult<Vec<(String, i64, Vec<ListValue>)>> {
    let path = dataset.join("afgeleid").join(format!("{file}.parquet"));
    let args = ScanArgsParquet { glob: false, ..ScanArgsParquet::default() };
    let frame = LazyFrame::scan_parquet(PlRefPath::try_from_path(&path)?, args)?;
    let columns = shown(tabel);
    let bron: Vec<&str> = rows.iter().map(|(bron, _)| *bron).collect();
    let regel: Vec<i64> = rows.iter().map(|(_, regel)| *regel).collect();
    let kept = vec![PlColumn::new("bron".into(), bron), PlColumn::new("regel".into(), regel)];
    let kept = DataFrame::new_infer_height(kept)?.lazy();
    let on = [col("bron"), col("regel")];
    let wanted: Vec<_> =
        on.iter().cloned().chain(columns.iter().map(|one| col(one.name))).collect();
    let frame = frame.select(wanted).join(kept, on.clone(), on, JoinArgs::new(JoinType::Semi));
    let frame = frame.collect()?;
    let (bron, regel) = (frame.column("bron")?.str()?, frame.column("regel")?.i64()?);
    let mut out = Vec::with_capacity(frame.height());
    for at in 0..frame.height() {
        let mut cells = Vec::with_capacity(columns.len());
        for column in &columns {
            cells.push(safe(column, list_value(&frame.column(column.name)?.get(at)?)));
        }
        out.push((
            bron.get(at).unwrap_or_default().to_owned(),
            regel.get(at).unwrap_or_default(),
            cells,
        ));
    }
    Ok(out)
}

/// Free words in which a client number may stand are hidden; an AGB code has eight digits too.
fn safe(column: &Column, value: ListValue) -> ListValue {
    match value {
        ListValue::Text(text) if column.dtype == Dtype::Text && excerpt(&text) == HIDDEN => {
            ListValue::Text(HIDDEN.to_owned())
        }
        other => other,
    }
}
