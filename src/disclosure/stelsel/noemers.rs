//! What a ratio is divided by.

use std::collections::BTreeMap;

use crate::disclosure::stelsel::Plaats;
use crate::metrics::{Measured, MeasuredCell, shared_level};

/// Per figure with a ratio the figure it is divided by.
pub(in crate::disclosure) fn noemers(measured: &[Measured]) -> BTreeMap<Plaats, Plaats> {
    let mut out = BTreeMap::new();
    for (at, one) in measured.iter().enumerate() {
        let id = one.query.denominator.as_deref();
        let below = measured.iter().position(|other| Some(other.query.id.as_str()) == id);
        let Some(below) = below else { continue };
        for (level_at, level) in one.levels().iter().enumerate() {
            let keys = shared_level(&level.keys, &measured[below].query);
            let levels = measured[below].levels();
            let Some(level_below) = levels.iter().position(|other| other.keys == keys) else {
                continue;
            };
            let texts = |measured: &Measured, cell: &MeasuredCell| -> Vec<String> {
                keys.iter().map(|key| measured.key_of(cell, key).to_owned()).collect()
            };
            let known: BTreeMap<Vec<String>, usize> =
                (levels[level_below].cells.iter().enumerate())
                    .map(|(position, cell)| (texts(&measured[below], cell), position))
                    .collect();
            for (position, cell) in level.cells.iter().enumerate() {
                if let Some(found) = known.get(&texts(one, cell)) {
                    out.insert((at, level_at, position), (below, level_below, *found));
                }
            }
        }
    }
    out
}
