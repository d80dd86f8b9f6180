//! Rules that join tables, over the derived tables: what counts, against what was granted.
//!
//! A hit never changes a figure: these are warnings and remarks. They run when the derived tables are complete, so that a
//! line that was credited, refused or found double is not judged again.

use anyhow::Result;

use crate::checks::treffers::Treffers;
use crate::checks::{cumulatief, koppeling, stapeling};
use crate::dataset::Store;
use crate::rejects::Reject;
use crate::schema::{DECLARATIES, TOEWIJZINGEN};

/// Judges all tables that are there.
pub(super) fn check(store: &Store) -> Result<Vec<Reject>> {
    let mut hits = Treffers::new();
    let declaraties = store.written(DECLARATIES.name);
    if let Some(toewijzingen) = store.written(TOEWIJZINGEN.name) {
        stapeling::check(&toewijzingen, store.folder(), &mut hits)?;
        if let Some(declaraties) = &declaraties {
            koppeling::check(declaraties, &toewijzingen, &mut hits)?;
            cumulatief::check(declaraties, &toewijzingen, &mut hits)?;
        }
    }
    Ok(hits.into_rejects())
}
