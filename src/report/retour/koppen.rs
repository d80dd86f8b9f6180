//! Which column of a table the heading in a reject is.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::dataset::manifest::Manifest;
use crate::rejects::Reject;
use crate::schema::{Table, normalise_heading};

/// Table, file and heading.
type Genoemd = (&'static str, String, String);

/// The headings by which each file was read.
pub(super) struct Koppen<'a> {
    per_bestand: HashMap<&'a str, &'a [(String, String)]>,
    /// What was found before, by table, file and heading: thousands of rejects are about a few columns.
    bekend: RefCell<HashMap<Genoemd, Option<usize>>>,
}

impl<'a> Koppen<'a> {
    pub(super) fn new(manifest: &'a Manifest) -> Self {
        let of = |entry: &'a crate::dataset::manifest::FileEntry| {
            (entry.pad.as_str(), entry.lezing.columns.as_slice())
        };
        let per_bestand = manifest.bestanden.iter().map(of).collect();
        Self { per_bestand, bekend: RefCell::default() }
    }

    /// Position in the table of the column a reject names; `None` when it names none of this table.
    ///
    /// A rule on a cell names the heading of the supplier, a rule across files our name for it or its label.
    pub(super) fn positie(&self, table: &Table, reject: &Reject) -> Option<usize> {
        if reject.column.is_empty() {
            return None;
        }
        let key = (table.name, reject.file.clone(), reject.column.clone());
        *self.bekend.borrow_mut().entry(key).or_insert_with(|| self.zoek(table, reject))
    }

    fn zoek(&self, table: &Table, reject: &Reject) -> Option<usize> {
        let heading = reject.column.as_str();
        let used = self.per_bestand.get(reject.file.as_str()).copied().unwrap_or_default();
        let by_file = used
            .iter()
            .filter(|(written, _)| written == heading)
            .find_map(|(_, name)| table.position(name));
        let wanted = normalise_heading(heading);
        let is_it = |name: &str| normalise_heading(name) == wanted;
        by_file.or_else(|| {
            table.columns.iter().position(|column| {
                is_it(column.name)
                    || is_it(column.label)
                    || is_it(column.kop())
                    || column.aliases.iter().any(|alias| is_it(alias))
            })
        })
    }
}
