//! Small things a report asks of the derived tables without a query.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use polars::prelude::{DataFrame, PolarsResult};

use crate::dataset::Dataset;
use crate::dataset::parquet::computing;
use crate::dataset::slices::for_each_slice;
use crate::schema::{AANBIEDERS, DECLARATIES, PLANNEN, PRODUCTEN};

/// Accepted declaraties that do not count.
const NOT_COUNTED: &str = "declaraties_niet_geteld";

impl Dataset {
    /// Name of the aanbieder by AGB code; empty when no such table was supplied. Of two names the last counts, as it
    /// does in the figures.
    ///
    /// # Errors
    /// When the disk refuses or a file is damaged.
    pub fn aanbieders(&self) -> Result<BTreeMap<String, String>> {
        let mut out = BTreeMap::new();
        self.each_pair(AANBIEDERS.name, ["agb", "aanbieder"], |agb, naam| {
            out.insert(agb.to_owned(), naam.to_owned());
        })?;
        Ok(out)
    }

    /// Product codes of the region, sorted; empty when no such table was supplied.
    ///
    /// # Errors
    /// When the disk refuses or a file is damaged.
    pub fn productcodes(&self) -> Result<Vec<String>> {
        let mut out = BTreeSet::new();
        self.each_pair(PRODUCTEN.name, ["productcode", "productcode"], |code, _| {
            out.insert(code.to_owned());
        })?;
        Ok(out.into_iter().collect())
    }

    /// AGB codes of the accepted declaraties and plannen of these files, by path.
    ///
    /// # Errors
    /// When the disk refuses or a file is damaged.
    pub fn agb_per_bestand(
        &self,
        bestanden: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, BTreeSet<String>>> {
        let mut paths = self.manifest.paths();
        paths.retain(|_, path| bestanden.contains(path.as_str()));
        let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        if paths.is_empty() {
            return Ok(out);
        }
        for table in [DECLARATIES.name, NOT_COUNTED, PLANNEN.name] {
            self.each_pair(table, ["bron", "agb"], |bron, agb| {
                let Some(path) = paths.get(bron) else { return };
                let codes = out.entry(path.clone()).or_default();
                if !codes.contains(agb) {
                    codes.insert(agb.to_owned());
                }
            })?;
        }
        Ok(out)
    }

    /// The values of two text columns of a derived table, where both are there; nothing when the table is not.
    fn each_pair(
        &self,
        table: &str,
        columns: [&str; 2],
        mut take: impl FnMut(&str, &str),
    ) -> Result<()> {
        let path = self.derived(table);
        if !path.is_file() {
            return Ok(());
        }
        let wanted = if columns[0] == columns[1] { &columns[..1] } else { &columns[..] };
        for_each_slice(&path, wanted, |frame| {
            computing(pairs(frame, columns, &mut take), "de registers")
        })
    }
}

fn pairs(
    frame: &DataFrame,
    columns: [&str; 2],
    take: &mut impl FnMut(&str, &str),
) -> PolarsResult<()> {
    let (first, second) = (frame.column(columns[0])?.str()?, frame.column(columns[1])?.str()?);
    for (first, second) in first.iter().zip(second.iter()) {
        if let (Some(first), Some(second)) = (first, second) {
            take(first, second);
        }
    }
    Ok(())
}
