//! Records of a message → rows of a [`RawTable`].
//!
//! Enters: the cells of one record and its line. Leaves: blocks of a bounded size. Knows which element fills
//! which column, and nothing of what the column means.

use std::sync::Arc;

use crate::schema::Table;
use crate::sources::ijw::cells::{Cells, Slot};
use crate::sources::raw::{RawTable, SourceFile};

/// A block is handed on when it holds this much text.
const BLOCK_BYTES: usize = 16 << 20;

/// One raw column: XML element, column of the canonical table, where its text stands.
pub(super) type Field = (&'static str, &'static str, Slot);

/// Which elements become which columns.
pub(super) struct Layout {
    pub(super) table: &'static Table,
    pub(super) fields: &'static [Field],
}

/// Rows of one file.
pub(super) struct Rows {
    layout: &'static Layout,
    file: Arc<SourceFile>,
    headings: Arc<[String]>,
    targets: Arc<[Option<usize>]>,
    full: Vec<RawTable>,
    current: RawTable,
}

impl Rows {
    /// No rows yet.
    pub(super) fn new(layout: &'static Layout, file: &Arc<SourceFile>) -> Self {
        let headings: Arc<[String]> =
            layout.fields.iter().map(|(heading, ..)| (*heading).to_owned()).collect();
        let targets: Arc<[Option<usize>]> =
            layout.fields.iter().map(|(_, column, _)| layout.table.position(column)).collect();
        let current = block(layout, file, &headings, &targets);
        Self { layout, file: Arc::clone(file), headings, targets, full: Vec::new(), current }
    }

    /// Adds the record that now stands in the cells.
    pub(super) fn push(&mut self, line: u64, cells: &Cells<'_>) {
        let texts = self.layout.fields.iter().map(|(_, _, slot)| cells.get(*slot).as_bytes());
        self.current.push(line, texts);
        if self.current.n_bytes() >= BLOCK_BYTES {
            let next = block(self.layout, &self.file, &self.headings, &self.targets);
            self.full.push(std::mem::replace(&mut self.current, next));
        }
    }

    /// All blocks; none when there are no rows.
    pub(super) fn finish(mut self) -> Vec<RawTable> {
        if self.current.n_rows() > 0 {
            self.full.push(self.current);
        }
        self.full
    }
}

fn block(
    layout: &'static Layout,
    file: &Arc<SourceFile>,
    headings: &Arc<[String]>,
    targets: &Arc<[Option<usize>]>,
) -> RawTable {
    let (headings, targets) = (Arc::clone(headings), Arc::clone(targets));
    RawTable::new(layout.table, Arc::clone(file), headings, targets, true)
}

/// Position of a slot among the raw columns.
pub(super) fn position(layout: &Layout, wanted: Slot) -> usize {
    layout
        .fields
        .iter()
        .position(|(_, _, slot)| *slot == wanted)
        .expect("the layout holds the column")
}

#[cfg(test)]
mod tests {
    use crate::sources::ijw::{jw301, jw323, jw325};

    #[test]
    fn every_element_fills_a_column_of_the_schema_and_every_required_column_is_filled() {
        for layout in [&jw301::LAYOUT, &jw323::LAYOUT, &jw325::LAYOUT] {
            for (heading, column, _) in layout.fields {
                assert!(layout.table.position(column).is_some(), "{heading} → {column}");
            }
            for column in layout.table.columns {
                let is_filled = layout.fields.iter().any(|(_, name, _)| *name == column.name);
                assert!(
                    is_filled || column.need != crate::schema::Need::Required,
                    "{}",
                    column.name
                );
            }
        }
    }
}
