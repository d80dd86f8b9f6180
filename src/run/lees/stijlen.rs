//! The styles of one file while it is read: decided on the first block, held against the later ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::rejects::Reject;
use crate::sources::raw::RawTable;
use crate::typing::evidence::Evidence;
use crate::typing::seen::{self, Seen};
use crate::typing::styles::{Frozen, Styles, add, gather};
use crate::typing::undecided_reject;

/// The styles of one file, per set of headings: a workbook may have several.
#[derive(Default)]
pub(super) struct FileStyles {
    sets: Vec<Set>,
    /// The whole file was looked at: nothing that is still to come can change a decision.
    is_final: bool,
}

/// Rows with the same headings.
struct Set {
    /// A block without rows, for its headings.
    head: RawTable,
    /// What the decisions rest on.
    evidence: Vec<Evidence>,
    styles: Styles,
    /// What was noticed in all blocks, and in those that did not take part in the decision.
    all: Vec<Seen>,
    later: Vec<Seen>,
}

/// A block of a set: its number, and whether the decisions rest on this very block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    set: usize,
    is_first: bool,
}

impl FileStyles {
    /// The set of a block; one that is new is decided on it.
    pub(super) fn meet(&mut self, block: &RawTable, frozen: &Frozen<'_>) -> Place {
        if let Some(set) = self.find(block) {
            return Place { set, is_first: false };
        }
        let evidence = gather(block);
        let styles = Styles::on(block, &evidence, frozen, false);
        self.sets.push(Set::new(block, evidence, styles));
        Place { set: self.sets.len() - 1, is_first: true }
    }

    fn find(&self, block: &RawTable) -> Option<usize> {
        self.sets.iter().position(|set| {
            set.head.table.name == block.table.name && set.head.headings == block.headings
        })
    }

    /// The decisions for a block.
    pub(super) fn of(&self, place: Place) -> &Styles {
        &self.sets[place.set].styles
    }

    /// True when the whole file must be looked at before a row of it can be read.
    pub(super) fn is_open(&self) -> bool {
        !self.is_final && self.sets.iter().any(|set| set.styles.is_open())
    }

    /// Takes in what typing noticed in a block. True when that contradicts a decision.
    pub(super) fn note(&mut self, place: Place, noticed: &[Seen]) -> bool {
        let set = &mut self.sets[place.set];
        merge(&mut set.all, noticed);
        if self.is_final || place.is_first {
            return false;
        }
        merge(&mut set.later, noticed);
        set.styles.is_contradicted(&set.head, &set.evidence, &set.later)
    }

    /// Looks at a block without reading it: only what it says about the styles.
    pub(super) fn look(&mut self, block: &RawTable) {
        let place = self.find(block);
        let set = if let Some(set) = place {
            &mut self.sets[set]
        } else {
            let evidence = vec![Evidence::default(); block.headings.len()];
            let styles = Styles::on(block, &evidence, &Frozen::default(), false);
            self.sets.push(Set::new(block, evidence, styles));
            self.sets.last_mut().expect("one was pushed")
        };
        add(&mut set.evidence, block);
    }

    /// Decides on everything that was looked at.
    pub(super) fn settle(&mut self, frozen: &Frozen<'_>) {
        for set in &mut self.sets {
            set.styles = Styles::on(&set.head, &set.evidence, frozen, true);
        }
        self.is_final = true;
    }

    /// The reject of the first column that stayed undecided.
    pub(super) fn undecided(&self) -> Option<Reject> {
        self.sets.iter().find_map(|set| {
            let index = set.styles.undecided()?;
            Some(undecided_reject(&set.head, index, &set.evidence[index].example))
        })
    }

    /// How the file was read, in words.
    pub(super) fn describe(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for line in self.sets.iter().flat_map(|set| set.styles.describe(&set.head.headings)) {
            if !out.contains(&line) {
                out.push(line);
            }
        }
        out
    }

    /// What the user can freeze.
    pub(super) fn freezable(&self) -> BTreeMap<String, String> {
        self.sets.iter().flat_map(|set| set.styles.freezable(&set.head)).collect()
    }

    /// What is told once per column.
    pub(super) fn notes(&self) -> Vec<Reject> {
        let of = |set: &Set| seen::notes(&set.head, &set.styles, &set.all);
        self.sets.iter().flat_map(of).collect()
    }
}

impl Set {
    fn new(block: &RawTable, evidence: Vec<Evidence>, styles: Styles) -> Self {
        let head = RawTable::new(
            block.table,
            Arc::clone(&block.file),
            Arc::clone(&block.headings),
            Arc::clone(&block.targets),
            block.is_message,
        );
        let nothing = vec![Seen::default(); block.headings.len()];
        Self { head, evidence, styles, all: nothing.clone(), later: nothing }
    }
}

fn merge(sum: &mut [Seen], more: &[Seen]) {
    for (sum, more) in sum.iter_mut().zip(more) {
        sum.merge(more);
    }
}
