//! Numbers of rows of workbooks and tables → places as the user finds them.
//!
//! A rule across files knows of a row its file and its number only. In a workbook the number says the sheet too.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::dataset::manifest::Manifest;
use crate::rejects::Reject;
use crate::sources::raw::SHEET_STEP;

/// How the rows of a file are told.
enum Rows<'m> {
    /// By sheet and row: the sheets that were used, in order.
    Sheets(&'m [String]),
    /// By row.
    Numbers,
}

/// The files of which rows are not told by line.
pub(super) struct Places<'m>(BTreeMap<&'m str, Rows<'m>>);

impl<'m> Places<'m> {
    /// Of all files that were read.
    pub(super) fn of(manifest: &'m Manifest) -> Self {
        let rows = manifest.bestanden.iter().filter_map(|entry| {
            let rows = match entry.lezing.sheets.as_slice() {
                [] if entry.lezing.format == "Parquet" => Rows::Numbers,
                [] => return None,
                sheets => Rows::Sheets(sheets),
            };
            Some((entry.pad.as_str(), rows))
        });
        Self(rows.collect())
    }

    /// The rejects, each with its place.
    pub(super) fn told<'r>(&self, rejects: &'r [Reject]) -> Cow<'r, [Reject]> {
        if self.0.is_empty() {
            return Cow::Borrowed(rejects);
        }
        let told = |reject: &Reject| {
            let cell = if reject.cell.is_empty() && reject.line > 0 {
                self.place(&reject.file, reject.line)
            } else {
                reject.cell.clone()
            };
            Reject { cell, ..reject.clone() }
        };
        Cow::Owned(rejects.iter().map(told).collect())
    }

    fn place(&self, file: &str, line: u64) -> String {
        match self.0.get(file) {
            None => String::new(),
            Some(Rows::Numbers) => format!("rij {line}"),
            Some(Rows::Sheets(names)) => {
                let sheet = usize::try_from(line / SHEET_STEP).ok().and_then(|at| names.get(at));
                sheet.map_or_else(String::new, |name| format!("{name}!{}", line % SHEET_STEP))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_beyond_a_sheet_is_a_row_of_the_next() {
        let names = ["Juli".to_owned(), "Augustus".to_owned()];
        let places =
            Places([("a.xlsx", Rows::Sheets(&names)), ("b.parquet", Rows::Numbers)].into());
        assert_eq!(places.place("a.xlsx", 12), "Juli!12");
        assert_eq!(places.place("a.xlsx", SHEET_STEP + 12), "Augustus!12");
        assert_eq!(places.place("a.xlsx", 2 * SHEET_STEP), "");
        assert_eq!(places.place("b.parquet", 12), "rij 12");
        assert_eq!(places.place("c.csv", 12), "");
    }
}
