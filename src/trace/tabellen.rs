//! Numbers by their place in a table of the report: what its CSV files hold.
//!
//! Enters: a report folder. Leaves: every cell of a file in `tabellen/` or `figuren/` by its address. Does not know what a
//! cell was made from.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::report::document::{FIGUUR, TABEL, column_names};

/// Every cell that may have an address by place, with its text; empty where no address begins so.
pub fn alle(map: &Path, woorden: &str) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for (begin, folder) in [(TABEL, "tabellen"), (FIGUUR, "figuren")] {
        // Only who asks for a place pays for reading them all.
        if woorden.trim().split('/').next() != Some(begin) {
            continue;
        }
        let Ok(entries) = fs::read_dir(map.join(folder)) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            let is_csv = path.extension().is_some_and(|extension| extension == "csv");
            if let Some(stem) = stem.filter(|_| is_csv) {
                cells(&path, &format!("{begin}/{stem}"), &mut out);
            }
        }
    }
    out
}

/// The cells of one file; a file that is no table of ours has none.
fn cells(path: &Path, begin: &str, out: &mut BTreeMap<String, Value>) {
    let Ok(bytes) = fs::read(path) else { return };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes);
    let Ok(headings) = reader.headers().cloned() else { return };
    let headings: Vec<String> = headings.iter().map(ToOwned::to_owned).collect();
    let columns = column_names(&headings);
    for (row, n) in reader.records().flatten().zip(1_usize..) {
        for (text, column) in row.iter().zip(&columns) {
            out.insert(format!("{begin}/{n}/{column}"), Value::from(text));
        }
    }
}
